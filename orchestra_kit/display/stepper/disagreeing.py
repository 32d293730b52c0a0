"""Where the parts of a result disagree: the same sentence with another figure in it, or a figure that is taken back.

A false alarm is worse than silence. So two sentences are held against each other only if they say the same in the same
words, each can be understood alone, and one figure differs by more than rounding; or if one names the very figure of
the other as wrong ("£40, not £30"), and is about the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ...models.embedded.checking import CAPITALISED, NEGATION
from ...models.embedded.corrections import CORRECTS, corrected_figures
from ...models.embedded.facts import POINTS_BACK
from ...models.embedded.figures import Figure, figures
from ...models.embedded.owners import COMMON_VERBS
from ...models.embedded.reading import read
from ...models.embedded.words import FUNCTION_WORDS, content_words
from .measuring import Rows, capped, soon_read
from .sentences import counted
from .texts import short, short_name

HEDGES = frozenset({"approximat", "approximately", "circa", "estimat", "exact", "exactly", "rough", "roughly", "some"})
LEAST_WORDS = 3  # that carry meaning: "it costs 5 %" may be about anything
ROOM_LETTERS = 30_000  # of all parts together: longer ones are not compared, so that a run is told quickly
SHARED_WORDS = 2  # of a correction and what it corrects, besides the figure itself
MOST_FIGURES = 4  # in a sentence: a row of a table is no statement

Subject: TypeAlias = tuple[frozenset[str], frozenset[str], tuple[str, ...]]


class Statement(NamedTuple):
    """What a sentence says, its figures apart."""

    subject: Subject  # its words, its names, the units of its figures
    figures: tuple[Figure, ...]
    text: str


class Correction(NamedTuple):
    """What a sentence takes back, what it says instead, and about what."""

    old: Figure
    new: Figure
    about: frozenset[str]
    text: str


class Part(NamedTuple):
    """A part of a result, read: `known` is where each of its figures stands."""

    statements: list[Statement]
    corrections: list[Correction]
    known: dict[tuple[float | str, str], list[str]]


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
    read_parts: dict[str, Part] = {}
    for name, text in parts.items():
        if len(text) > room or not soon_read(text):
            continue
        there, room = there + 1, room - len(text)
        part = read_parts[name] = read_part(text)
        number += sum(map(len, part.known.values()))
        for statement in part.statements:
            told[statement.subject][name].append(statement)
    found = [conflict for by_part in told.values() if len(by_part) > 1 and (conflict := conflict_in(by_part))]
    return Compared(len(parts), there, number, (*found, *taken_back(read_parts)))


@lru_cache(256)
def read_part(text: str) -> Part:
    """What a text states, and what it takes back."""
    part = Part([], [], defaultdict(list))
    for said in dict.fromkeys(sentence.text for sentence in read(text)):
        old, new = corrected_figures(said)
        if old and new and old[0].key[1] == new[0].key[1] != "":
            part.known[new[0].key].append(said)
            part.corrections.append(Correction(old[0], new[0], content_words(CORRECTS.sub("", said)), said))
        elif not old:
            for figure in figures(said):
                part.known[figure.key].append(said)
            part.statements.extend([stated] if (stated := statement(said)) else [])
    return part


def taken_back(parts: Mapping[str, Part]) -> Iterator[Conflict]:
    """Figures of one part that another part takes back, where nothing shows that the first knows of it. Each once."""
    told = set()
    for name, part in parts.items():
        for old, new, about, text in part.corrections:
            said = {
                other: old.text for other, its in parts.items()
                if other != name and new.key not in its.known
                and any(len(about & content_words(each)) >= SHARED_WORDS for each in its.known.get(old.key, ()))
            }  # fmt: skip
            if said and (old.key, new.key) not in told:
                told.add((old.key, new.key))
                yield Conflict(short(text), {**said, name: new.text})


def statement(text: str) -> Statement | None:
    """A sentence as something to be held against others; None if it states no figure, or needs others to be clear."""
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
    by_unit = tuple(sorted(stated, key=lambda figure: figure.key[1]))  # "in 2024 12 %" is "12 % in 2024"
    return Statement((meant, names, tuple(figure.key[1] for figure in by_unit)), by_unit, text)


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
        return [["conflicts", "none found among sentences that say the same of the same thing"], ["compared", over]]
    rows = [[each.about, "; ".join(f"{figure} ({short_name(name, 40)})" for name, figure in each.said.items())]
            for each in found.conflicts]  # fmt: skip
    return [*capped([[head, short(cell, 200)] for head, cell in rows], 8), ["compared", over]]
