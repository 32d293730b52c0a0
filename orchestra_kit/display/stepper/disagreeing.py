"""Where the parts of a result disagree: nearly the same sentence with another figure in it.

A false alarm is worse than silence. So two sentences are held against each other only if they say the same in the same
words, each can be understood alone, and one figure differs by more than rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ...models.embedded.checking import CAPITALISED, NEGATION
from ...models.embedded.facts import POINTS_BACK
from ...models.embedded.figures import Figure, figures
from ...models.embedded.owners import COMMON_VERBS
from ...models.embedded.reading import read
from ...models.embedded.words import FUNCTION_WORDS, content_words
from .measuring import Rows, capped
from .sentences import counted
from .texts import short, short_name

HEDGES = frozenset({"approximat", "approximately", "circa", "estimat", "exact", "exactly", "rough", "roughly", "some"})
LEAST_WORDS = 3  # that carry meaning: "it costs 5 %" may be about anything
ROOM_LETTERS = 40_000  # of all parts together: longer ones are not compared, so that a run is told quickly
MOST_FIGURES = 4  # in a sentence: a row of a table is no statement

Subject: TypeAlias = tuple[frozenset[str], frozenset[str], tuple[str, ...]]


class Statement(NamedTuple):
    """What a sentence says, its figures apart."""

    subject: Subject  # its words, its names, the units of its figures
    figures: tuple[Figure, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One figure that two parts state differently: the sentence, and the figure as each of them has it."""

    about: str
    said: Mapping[str, str]  # part -> figure


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing parts."""

    parts: int
    read: int  # how many of them: there is not room for any number of long ones
    figures: int
    conflicts: tuple[Conflict, ...]


def compared(parts: Mapping[str, str]) -> Compared:
    """Where parts disagree, by the names of their makers.

    >>> parts = {"writer 1": "A tree search costs 130 dollars.", "writer 2": "A tree search costs 164 dollars."}
    >>> [dict(conflict.said) for conflict in compared(parts).conflicts]
    [{'writer 1': '130 dollars', 'writer 2': '164 dollars'}]
    """
    told: dict[Subject, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    number, there, room = 0, 0, ROOM_LETTERS
    for name, text in parts.items():
        if len(text) > room:
            continue
        there, room = there + 1, room - len(text)
        for statement in statements(text):
            told[statement.subject][name].append(statement)
            number += len(statement.figures)
    found = [conflict for by_part in told.values() if len(by_part) > 1 and (conflict := conflict_in(by_part))]
    return Compared(len(parts), there, number, tuple(found))


@lru_cache(256)
def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of a text that state a figure and can be understood alone."""
    found = (statement(sentence.text) for sentence in read(text))
    return tuple(each for each in found if each is not None)


def statement(text: str) -> Statement | None:
    stated = figures(text)
    if not 0 < len(stated) <= MOST_FIGURES or text.endswith("?") or POINTS_BACK.match(text) or NEGATION.search(text):
        return None
    if not all(measures(text, figure) for figure in stated):
        return None
    words = " ".join(text[left.end if left else 0 : right.start if right else None]
                     for left, right in zip((None, *stated), (*stated, None), strict=True))  # fmt: skip
    meant = content_words(words) - HEDGES
    if len(meant) < LEAST_WORDS:
        return None
    names = frozenset(CAPITALISED.findall(words[1:]))  # the first word of a sentence may be any word
    return Statement((meant, names, tuple(figure.key[1] for figure in stated)), stated, text)


def measures(text: str, figure: Figure) -> bool:
    """Whether a figure says how much of something there is: "attempt 2" and "week 3" are names."""
    if figure.key[1]:
        return True
    before = text[: figure.start].split()
    word = before[-1].strip("(“\"'").lower() if before else ""
    return not word or word in FUNCTION_WORDS or COMMON_VERBS.fullmatch(word) is not None


def conflict_in(by_part: Mapping[str, list[Statement]]) -> Conflict | None:
    """The one figure that differs. A part that says both says nothing clearly, and is not asked."""
    clear = {name: said[0] for name, said in by_part.items() if len({keys(each) for each in said}) == 1}
    rows = [said.figures for said in clear.values()]
    differing = [column for column in zip(*rows, strict=True) if len({figure.key for figure in column}) > 1]
    if len(differing) != 1 or all_round(differing[0]):
        return None
    about = next(iter(clear.values())).text
    return Conflict(short(about), {name: figure.text for name, figure in zip(clear, differing[0], strict=True)})


def keys(statement: Statement) -> tuple[object, ...]:
    return tuple(figure.key for figure in statement.figures)


def all_round(column: tuple[Figure, ...]) -> bool:
    """Whether figures are the same but for rounding: 1.5 million and 1,512,000. Dates and years are not rounded."""
    if any(figure.unit in ("date", "year") for figure in column):
        return False
    digits = max(1, min(significant(figure.value) for figure in column))
    return len({f"{figure.value:.{digits}g}" for figure in column}) == 1


def significant(value: float) -> int:
    """How many digits of a number say something.

    >>> significant(1_500_000), significant(42.3)
    (2, 3)
    """
    return len(f"{value:.12f}".replace(".", "").strip("-0").rstrip("0"))


def in_rows(found: Compared) -> Rows:
    """What was compared, and what came of it."""
    parts = counted(found.parts, "part")
    where = parts if found.read == found.parts else f"{found.read:,} of {parts}: the others are too long"
    over = f"{counted(found.figures, 'figure')} in {where}"
    if not found.conflicts:
        return [["conflicts", "no two parts state another figure for the same thing"], ["compared", over]]
    rows = [[each.about, "; ".join(f"{figure} ({short_name(name, 40)})" for name, figure in each.said.items())]
            for each in found.conflicts]  # fmt: skip
    return [*capped([[head, short(cell, 200)] for head, cell in rows], 8), ["compared", over]]
