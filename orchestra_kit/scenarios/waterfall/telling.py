"""Do the pieces tell what the talk tells, beyond figures? What is denied, turned round, or put in another's mouth.

A sentence of a piece is compared with those sentences of the talk, and parts of them, that have nearly all its words.
It is contrary if none of these agrees with it: one of them denies what the other says, has an opposite word, or has
another name, month or number in words in the place of the one that is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...transcripts import Transcript
from ..articles import sentences_of
from ..claims import says_the_opposite
from ..statements import NUMBER_WORDS, Statement, stem, stems
from .heard import in_full
from .reading import known_from
from .slips import corrected

NEARLY_ALL = 0.75  # share of a sentence's words that another must have to be compared with it
PARTS = re.compile(r"[,;:–—] (?:and |but |so |because )?| and | but | so | because | as well ")
QUOTED = re.compile(r"[”\"] +[–—] (?P<name>[A-ZÀ-Þ][^\n#]{1,60}?)\s*(?:#|$)", re.MULTILINE)
BYLINE = re.compile(
    r"\b(?:talk|words)\b[^.\n]{0,160}?\bby (?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the talk, or a part of one, and who says it."""

    statement: Statement
    speaker: str


@lru_cache(8)
def told_in(talk: Transcript) -> tuple[Told, ...]:
    """Every sentence of the talk, and its parts, as the checks read them."""
    known = known_from(talk)
    return tuple(
        Told(known.read(part), said.speaker)
        for said in talk.said
        for sentence in sentences_of(in_full(corrected(said.text, talk.text)))
        for part in dict.fromkeys((sentence, *PARTS.split(sentence)))
        if part
    )


def near(mine: Statement, told: Iterable[Told]) -> Iterator[Told]:
    """What in the talk has nearly all the words of a sentence, apart from its names."""
    names = frozenset(stem(name) for name in mine.names)
    bare = mine.words - names
    for each in told:
        theirs = each.statement.words
        alike = len(bare) > 1 and len(bare & theirs) >= NEARLY_ALL * len(bare)
        if alike or (len(mine.words) > 1 and mine.share_in(theirs) >= NEARLY_ALL):
            yield each


def contrary(mine: Statement, told: Iterable[Told]) -> bool:
    """Whether the talk has this sentence only with another meaning."""
    shared = [(len(mine.words & each.statement.words), each.statement) for each in near(mine, told)]
    most = max((count for count, _ in shared), default=0)
    return bool(shared) and not any(agrees(mine, theirs) for count, theirs in shared if count == most)


def agrees(mine: Statement, theirs: Statement) -> bool:
    return (
        mine.negations == theirs.negations
        and not says_the_opposite(mine, theirs)
        and not replaced(marks(mine), marks(theirs), mine, theirs)
    )


def marks(statement: Statement) -> frozenset[str]:
    """What one cannot put in another's place: names, months, numbers in words."""
    words = frozenset(re.findall(r"\w+", statement.text.lower()))
    return frozenset(statement.names) | (words & frozenset(NUMBER_WORDS))


def replaced(ours: frozenset[str], others: frozenset[str], mine: Statement, theirs: Statement) -> bool:
    """Whether one has a mark that the other lacks, and the other way round."""
    extra = {mark for mark in ours - others if stem(mark) not in theirs.words | frozenset(stems(theirs.text))}
    missing = {mark for mark in others - ours if stem(mark) not in mine.words}
    return bool(extra and missing)


def wrongly_credited(text: str, statements: Iterable[Statement], told: Iterable[Told]) -> Iterator[bool]:
    """For each sentence that a piece credits to somebody, and that the talk has: whether somebody else said it."""
    told = tuple(told)
    byline = BYLINE.search(text)
    quoted = {" ".join(re.findall(r"\w+", in_full(line))): match["name"]
              for line in text.splitlines() if (match := QUOTED.search(line))}  # fmt: skip
    for mine in statements:
        plain = " ".join(re.findall(r"\w+", mine.text))
        name = next((who for line, who in quoted.items() if plain and plain in line), byline["name"] if byline else "")
        speakers = {each.speaker for each in near(mine, told)} - {""}
        if name and speakers:
            yield not any(same_person(name, speaker) for speaker in speakers)


def same_person(name: str, speaker: str) -> bool:
    """Whether a name may be this speaker's: a first name is enough."""
    return bool(set(name.split()) & set(speaker.split()))
