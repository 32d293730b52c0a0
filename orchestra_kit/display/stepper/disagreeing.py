"""Where the parts of a result disagree: the same sentence with another figure in it, or a figure that is taken back.

A false alarm is worse than silence. So two sentences are held against each other only if they say the same word for
word, each can be understood alone, and one figure of them differs by more than rounding, which surely says how much of
something there is; or if one names the very figure of the other as wrong ("£40, not £30"), and is about the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ...models.embedded.corrections import CORRECTS, corrected_figures
from ...models.embedded.figures import Figure, figures
from ...models.embedded.owners import COMMON_VERBS
from ...models.embedded.reading import read
from ...models.embedded.words import content_words
from .measuring import Rows, capped, soon_read
from .sentences import counted
from .stating import Statement, statement
from .texts import short, short_name

ROOM_LETTERS = 30_000  # of all parts together: longer ones are not compared, so that a run is told quickly
LEAST_TOPIC = 2  # words that say what a correction is about; all of them stand in what it corrects
LABEL = re.compile(r"\b(?:[A-Z]|\w*\d\w*)\b")


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
    read_parts: dict[str, Part] = {}
    room = ROOM_LETTERS
    for name, text in parts.items():
        if len(text) <= room and soon_read(text):
            room -= len(text)
            read_parts[name] = read_part(text)
    told: dict[object, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for name, part in read_parts.items():
        for stated in part.statements:
            told[stated.about][name].append(stated)
    found = [*filter(None, map(conflict_in, told.values())), *taken_back(read_parts)]
    number = sum(len(said) for part in read_parts.values() for said in part.known.values())
    return Compared(len(parts), len(read_parts), number, tuple(found))


@lru_cache(256)
def read_part(text: str) -> Part:
    """What a text states, and what it takes back."""
    part = Part([], [], defaultdict(list))
    for said in dict.fromkeys(sentence.text for sentence in read(text)):
        old, new = corrected_figures(said)
        if old and new and old[0].key[1] == new[0].key[1] != "":
            part.known[new[0].key].append(said)
            plain = CORRECTS.sub("", said.rpartition(": ")[2]).replace(old[0].text, "").replace(new[0].text, "")
            if len(about := topic(plain) - {"instead"}) >= LEAST_TOPIC:
                part.corrections.append(Correction(old[0], new[0], about, said))
        elif not old:
            for figure in figures(said):
                part.known[figure.key].append(said)
            part.statements.extend(statement(said))
    return part


def topic(said: str) -> frozenset[str]:
    """What a sentence is about: its words, and what tells Option A from Option B and one year from another.

    >>> sorted(topic("In 2024 rent cost cafe B much."))
    ['2024', 'B', 'caf', 'rent']
    """
    return content_words(COMMON_VERBS.sub("", said)) | frozenset(LABEL.findall(said))


def taken_back(parts: Mapping[str, Part]) -> Iterator[Conflict]:
    """Figures of one part that another part takes back, where nothing shows that the first knows of it. Each once."""
    told = set()
    for name, part in parts.items():
        for old, new, about, text in part.corrections:
            said = {
                other: old.text for other, its in parts.items()
                if other != name and new.key not in its.known
                and any(about <= topic(each) for each in its.known.get(old.key, ()))
            }  # fmt: skip
            if said and (old.key, new.key) not in told:
                told.add((old.key, new.key))
                yield Conflict(short(text), {**said, name: new.text})


def conflict_in(by_part: Mapping[str, list[Statement]]) -> Conflict | None:
    """The one figure that differs. A part that says both says nothing clearly, and is not asked."""
    clear = {name: said[0] for name, said in by_part.items() if len({keys(each) for each in said}) == 1}
    columns = zip(*(stated.figures for stated in clear.values()), strict=True)
    differing = [column for column in columns if len({figure.key for figure in column}) > 1]
    if len(differing) != 1 or all_round(differing[0]):
        return None
    about = next(iter(clear.values())).text
    return Conflict(short(about), {name: figure.text for name, figure in zip(clear, differing[0], strict=True)})


def keys(stated: Statement) -> tuple[object, ...]:
    return tuple(figure.key for figure in stated.figures)


def all_round(column: tuple[Figure, ...]) -> bool:
    """Whether figures are the same but for rounding: 1.5 million and 1,512,000."""
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
