"""How the checks read a talk: its names, its decisions, its corrections, and what is only said to a room.

The patterns are few and plain on purpose: what they miss is missed for every team alike.
"""

from __future__ import annotations

import re
from collections import Counter

from ...transcripts import Transcript
from ..articles import sentences_of

NAME = re.compile(r"(?<=[a-z,] )(?!I['’])[A-Z][\w’'-]+(?: (?:of |the |de |van )*[A-Z][\w’'-]+)+")
DECISION = re.compile(
    r"\b(?:have|has|was|were) (?:\w+ )?(?:decided|agreed|approved|resolved|voted|promised)\b"
    r"|\b(?:we|council|board|committee) (?:\w+ )?(?:decided|agreed|approved|resolved|voted)\b"
    r"|\b(?:we|I|they|council|board|company) (?:will|are going to|am going to|shall) (?:open|close|stop|start|begin|"
    r"publish|build|buy|hire|launch|release|ship|introduce|cut|raise|lower|replace|move|pay|sell|offer|add|end|ban|"
    r"invest|plant|repair|switch|invite|double|train|extend|test)\b"
    r"|\bfrom (?:January|February|March|April|May|June|July|August|September|October|November|December|next \w+|"
    r"now on)\b[^.?!]*\bwill\b",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(r"\b(?:decided|agreed) (?:\w+ )?(?:things?|points?)\b", re.IGNORECASE)  # what, it does not say
SPOKEN = re.compile(
    r"\b(?:u+m+|u+h+|er+m)\b|\bnext slide\b|\bthis slide\b|\bcan you (?:all )?hear me\b|\bthank you (?:for (?:having|"
    r"coming|that)|very much|all\b|so much)|\bover to you\b|\b(?:any|last|next) question\b|\bany questions\b|"
    r"^(?:good (?:morning|evening|afternoon)|welcome|so,|okay|well,|thanks[,. ])|\bas I (?:said|mentioned)\b|"
    r"\bplease join me\b|\bI have to correct myself\b|\bthe (?:lady|gentleman) (?:in|at|with)\b",
    re.IGNORECASE,
)
NUMBER = r"[€£$]?\d[\d,.]*\d%?|[€£$]?\d%?"
SLIP = re.compile(
    rf"\bI (?:just )?said\b[^?]{{0,120}}?(?<![\d.,])(?P<old>{NUMBER})(?!\d)[^?]{{0,160}}?"
    rf"\b(?:it is|it's|it was|I meant|should be|make that) (?:actually |really )?(?P<new>{NUMBER})(?!\d)",
    re.IGNORECASE,
)


def names_in(talk: Transcript) -> list[str]:
    """Full names in the talk, of people, places and bodies, the most frequent first; a speaker's own is one of them.

    >>> from orchestra_kit.transcripts import Said
    >>> names_in(Transcript("t", (Said("Last year Ada King met us in Marsh Lane."),)))
    ['Ada King', 'Marsh Lane']
    """
    found = Counter(name for said in talk.said for whole in NAME.findall(said.text) for name in whole.split(" of the "))
    return sorted(found, key=lambda name: (-found[name], list(found).index(name)))


def decisions_in(talk: Transcript) -> list[str]:
    """Sentences in which something is decided or announced, by whoever speaks; questions decide nothing."""
    return [
        text
        for said in talk.said
        for text in sentences_of(said.text)
        if DECISION.search(text) and not ANNOUNCES.search(text) and not text.endswith("?")
    ]


def said_to_the_room(sentence: str) -> bool:
    """Whether a sentence has something in it that makes sense only where it was spoken."""
    return SPOKEN.search(sentence) is not None


def corrected(passage: str, talk: str) -> str:
    """A passage with the right figure, where the speaker says later in the talk "I said 40, it is 36".

    >>> corrected("It takes 40 hours.", "It takes 40 hours. We rest. Sorry, I said 40, it is 36.")
    'It takes 36 hours.'
    """
    for slip in SLIP.finditer(talk):
        figure = re.compile(rf"(?<![\d.,]){re.escape(slip['old'])}(?![\d%])")
        first = list(figure.finditer(talk, 0, slip.start()))
        if slip["old"] != slip["new"] and first and (at := passage.find(around(talk, first[-1]))) >= 0:
            old = figure.search(passage, at)
            passage = f"{passage[: old.start()]}{slip['new']}{passage[old.end() :]}" if old else passage
    return passage


def around(text: str, found: re.Match[str]) -> str:
    """A figure with the words just before it, by which it is found again."""
    return text[max(0, found.start() - 20) : found.end()]
