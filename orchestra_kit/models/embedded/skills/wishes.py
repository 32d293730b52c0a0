"""What a writing request asks for: which deliverables, how long, about what, to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..demands import read_demands
from ..figures import NUMBER_WORDS, number_of

Kind = Literal["article", "report", "email", "newsletter", "social", "community", "summary", "subject", "paragraph"]

# The words people use for each deliverable. The order counts: "community post" must be seen before "post".
KINDS: dict[Kind, str] = {
    "subject": r"(?:e-?mail )?subject(?: lines?)?|headlines?",
    "newsletter": r"news ?letters?(?: items?| sections?| blurbs?)?",
    "community": r"(?:community|forum|discord|slack|reddit|discourse)(?: \w+)?(?: posts?| messages?| updates?"
    r"| announcements?| notes?| threads?)",
    "social": r"(?:social(?:[ -]media)?|linkedin|twitter|x|mastodon|bluesky|instagram"
    r"|facebook)(?: media)? (?:posts?|updates?|copy|threads?|captions?)"
    r"|tweets?|social media|socials",
    "email": r"(?:(?!an?\b|the\b|one\b|this\b|your\b|short\b)\w+ )?(?:e-?mails?|mails?)|letters?",
    "report": r"reports?|memos?|briefings?|briefing papers?|case stud(?:y|ies)",
    "summary": r"(?:executive )?summar(?:y|ies)|summari[sz]es?|abstracts?|tl;?dr|digests?|synops[ie]s|recaps?"
    r"|overviews?",
    "article": r"blog(?:[ -]?posts?)?|articles?|posts?|essays?|features?|columns?|press releases?|announcements?"
    r"|guides?|white ?papers?",
    "paragraph": r"paragraphs?|blurbs?|descriptions?",
}
KIND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in KINDS.items()) + r")\b(?!['’]s)", re.IGNORECASE
)
VERB = re.compile(
    r"\b(?:(?:re)?writ(?:e|es|ing)|draft(?:s|ing)|draft(?=\s+(?:an?|the|one|two|three|\d)\b)|compos(?:e|es)"
    r"|creates?|produces?|prepares?|makes?|delivers?|"
    r"suggests?|proposes?|you are|(?:turns?|converts?|shapes?|reworks?)\b[^.;\n]{0,80}?\b(?:in)?to)\b"
    r"|\b(?=summari[sz]es?\b)",
    re.IGNORECASE,
)
# What comes after one of these is what the deliverable is made of, or for, and no deliverable itself.
MATERIAL = re.compile(
    r"\b(?:from|based|that|which|about|using|with|carr(?:y|ies|ying)|contain(?:s|ing)?|for|of|on|announcing"
    r"|introducing|to|linking|"
    r"against|like|the last|this|it|your own)\b|[.;:()\n]",
    re.IGNORECASE,
)
NEXT_ITEM = re.compile(
    r"(?:,|\band\b|\bplus\b)\s+(?:(?:and|an?|the|one|two|three|four|five|six|\d+|short)\s+)+(?P<own>[^,.;:()]{0,30})$",
    re.IGNORECASE,
)
# "Write all of these: a post of 600 words; a newsletter; …": what an item of such a list begins with.
HEAD_OF_ITEM = re.compile(
    r"(?:;|\b(?:these|following|things):)\s+(?:and\s+)?(?:an?|the|one|two|three|four|five|six|\d+)\s+(?:short\s+)?$",
    re.IGNORECASE,
)

NUMBER = r"(?:\d[\d,]*|a|an|one|" + "|".join(NUMBER_WORDS) + r")"
COUNT = re.compile(rf"\b(?P<n>{NUMBER})\s+(?:(?!of\b|words?\b)[\w-]+\s+){{0,2}}$", re.IGNORECASE)
PARAGRAPHS = re.compile(rf"\b(?P<n>{NUMBER})[ -](?:(?:short|plain) )?paragraphs?\b", re.IGNORECASE)


USUAL_WORDS: dict[Kind, int] = {
    "article": 550,
    "report": 450,
    "email": 170,
    "newsletter": 300,
    "social": 45,
    "community": 140,
    "summary": 90,
    "subject": 9,
    "paragraph": 90,
}
CHARACTERS_A_WORD = 6.5  # with the blank behind it; a text should stay within its limit
LONG = 400  # words of a social post, however many its network allows
SOCIAL_CHARACTERS = 280  # where the request gives no limit: what most networks allow
MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """One deliverable that was asked for. 0 means: nothing was said about it."""

    kind: Kind
    said: str = ""  # what the request calls it
    count: int = 1
    words: int = 0
    at_most: bool = False  # whether `words` is a limit rather than an aim
    characters: int = 0
    sentences: int = 0
    paragraphs: int = 0

    @property
    def aim(self) -> int:
        """Words to aim at."""
        if self.characters and not self.words:
            return max(1, min(int(self.characters / CHARACTERS_A_WORD), LONG if self.kind == "social" else 10**6))
        return int(self.words * 0.93) if self.words and self.at_most else self.words or USUAL_WORDS[self.kind]


@lru_cache(512)
def read_wishes(request: str) -> tuple[Wish, ...]:
    """The deliverables that a request asks for, in its order; none when it names none.

    >>> wishes = read_wishes("Write a blog post of 600 words and three social posts from the report.")
    >>> [(wish.kind, wish.count, wish.words) for wish in wishes]
    [('article', 1, 600), ('social', 3, 0)]
    """
    found = [match for match in KIND.finditer(request) if _is_deliverable(request, match)]
    edges = [*(match.start() for match in found[1:]), len(request)][: len(found)]
    single = len(found) == 1
    wishes: dict[str, Wish] = {}
    for match, edge in zip(found, edges, strict=True):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        count = COUNT.search(request, max(0, match.start() - 40), match.start())
        about = request if single else request[match.start() : edge]
        name = match.group().lower() if kind == "social" else kind  # two networks are two wishes
        wishes.setdefault(
            name, _sized(kind, match.group(), about, number_of(count["n"]) if count and match.group()[-1] == "s" else 1)
        )
    return tuple(wishes.values())


def _is_deliverable(request: str, match: re.Match[str]) -> bool:
    verbs = [
        verb
        for verb in VERB.finditer(request, 0, match.start() + 1)
        if not re.search(r"[.\n]\s", request[verb.end() : match.start()])
    ]
    if not verbs:
        return False
    between = request[verbs[-1].end() : match.start()]
    item = NEXT_ITEM.search(between)
    if HEAD_OF_ITEM.search(between):
        return True
    return not MATERIAL.search(between) or bool(
        item and not MATERIAL.search(item["own"]) and not re.search(r"[.;:()\n]", between)
    )


def _sized(kind: Kind, said: str, about: str, count: int) -> Wish:
    lengths = {length.unit: length for length in read_demands(about).lengths}
    words, characters, sentences = (lengths.get(unit) for unit in ("word", "character", "sentence"))
    found = PARAGRAPHS.search(about)
    paragraphs = number_of(found["n"]) if found else 0
    if kind == "paragraph":
        count, paragraphs = 1, max(count, paragraphs)
    at_most = bool(words and not words.low)
    sizes = [length.aim if length else 0 for length in (words, characters, sentences)]
    return Wish(kind, said, min(count, MOST_ITEMS), sizes[0], at_most, sizes[1], sizes[2], paragraphs)
