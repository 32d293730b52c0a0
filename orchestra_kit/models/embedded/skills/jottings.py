"""Headings and titles that somebody jotted down without marking them as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import figures
from ..sentences import Sentence
from .cleaning import is_aside
from .prose import capitalised, is_sentence

FIELD_LIKE = re.compile(r":\s*\S")
TITLE_JOINT = re.compile(r"\s+[-–—|]\s+|:\s+|,\s+(?=(?:notes?|minutes)\b)", re.IGNORECASE)
JOTTING_WORD = re.compile(
    r"\b(?:(?:rough |quick |my |meeting )?notes?|minutes|scribbles|jottings|draft|call|summary)\b", re.IGNORECASE
)
PREPOSITION = re.compile(r"(?:from|of|on|for|with|w/|about|in|at)\b", re.IGNORECASE)


def with_headings(sentences: Sequence[Sentence]) -> tuple[list[Sentence], str]:
    """Jotted headings ("1. Results", alone on a line) made headings of what follows; the first one is the title."""
    result: list[Sentence] = []
    title, heading, under = "", "", ""
    for n, sentence in enumerate(sentences):
        if sentence.heading != under:
            heading, under = "", sentence.heading
        following = sentences[n + 1] if n + 1 < len(sentences) else None
        if (
            following is not None
            and following.position != sentence.position
            and _is_jotted_heading(sentence, following, first=n == 0)
        ):
            title, heading = (plain_title(sentence.text), "") if n == 0 else (title, sentence.text.strip(" :"))
        else:
            result.append(replace(sentence, heading=heading or sentence.heading))
    return result, title


def _is_jotted_heading(sentence: Sentence, following: Sentence, *, first: bool) -> bool:
    text = sentence.text
    bare = (
        len(text.split()) <= (12 if first else 6)
        and text[-1] not in ".!?;,"
        and not is_sentence(text)
        and not FIELD_LIKE.search(text)
    )
    return (
        bare
        and not [f for f in figures(text) if f.unit not in ("year", "date")]
        and (first or (text[0].isupper() and is_sentence(following.text) and following.text[-1] in ".!?"))
        and not is_aside(text)
    )


def plain_title(text: str) -> str:
    """A jotted title without the words that only say that these are notes.

    >>> plain_title("Q3 notes - Harrow & Lane bakeries"), plain_title("train punctuality - scribbles from call, tues")
    ('Q3: Harrow & Lane bakeries', 'Train punctuality')
    """
    parts = [JOTTING_WORD.sub("", part).strip(" ,") for part in TITLE_JOINT.split(text)]
    kept = [part for part in parts if part and not PREPOSITION.match(part)]
    return capitalised(": ".join(kept)) or capitalised(text)
