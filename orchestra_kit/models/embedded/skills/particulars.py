"""What a request says beside the deliverable: about what, to whom, from whom, with sources or hashtags."""

from __future__ import annotations

import re
from functools import lru_cache

from ..words import content_words

TOPIC = re.compile(
    r"\b(?:about|on the (?:topic|subject) of|regarding|explaining|covering|on|announcing|introducing)\s+"
    r"(?P<topic>(?!\d|(?:the|these|those|your|our|its) (?:facts|notes|material|sources|findings|following|text"
    r"|draft|figures)\b|it\b|them\b|what\b|behalf\b)"
    r"[^.;:\n()]{3,90}?)"
    r"(?=\s*(?:[.;:\n()]|$|,|\b(?:for|from|with|in (?:about|under|at most|\d|plain|our|the (?:brand|house)|two"
    r"|three|four|five)|using|based|under|"
    r"at most|that|which|as (?:an?|markdown)|to (?:our|the|all|my)|and (?:check|format|keep|write|send|make|then"
    r"|edit|publish|draft|list|return))\b"
    r"|\bof (?:about|some|roughly|around|\d)))",
    re.IGNORECASE,
)
ADDRESSEE = re.compile(
    r"\b(?i:(?:e-?mail|mail|letter|message|reply|note|write)\b[^.;:,\n]{0,30}? to|inform|tell|invite|remind) "
    r"(?P<to>(?:the|our|all|my|your)\s+[\w'’-]+(?:\s+(?!that|which|with|about|on|in|from|and|announcing|who|whose|for"
    r"|by|using|of|under|at)[\w'’-]+){0,2}|[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})"
)
SENDER = re.compile(
    r"\b(?:[Ss]ign(?:ed)?(?: it| off)? (?:as|by|with|from)|on behalf of)\s+"
    r"(?P<sender>(?:the )?[A-Z][\w'’.&-]*(?:\s+(?:of|the|and|&|[A-Z][\w'’.&-]*))*(?: team)?|the (?:[\w-]+ ){1,3}team)"
)
HASHTAGS = re.compile(r"hash ?tags?", re.IGNORECASE)
SOURCES_WANTED = re.compile(
    r"\b(?:with|cite|citing|name|list|includ(?:e|ing)|give|keep|state)\s+(?:\w+ ){0,3}(?:sources?|references"
    r"|citations|places)\b",
    re.IGNORECASE,
)
IN_FULL = re.compile(
    r"\b(?:carr(?:y|ies|ying)|contain(?:s|ing)?)\b[^.;\n]{0,24}\b(?:report|text|article|post|work|whole|full)\b"
    r"|\bin full\b",
    re.IGNORECASE,
)


@lru_cache(512)
def read_topic(request: str) -> str:
    """What the request is about, in its own words; "" if it does not say.

    >>> read_topic("Write a blog post about urban beekeeping in Glasgow for beginners.")
    'urban beekeeping in Glasgow'
    """
    match = TOPIC.search(request)
    return match["topic"].strip(" \"'“”‘’,") if match and content_words(match["topic"]) else ""
