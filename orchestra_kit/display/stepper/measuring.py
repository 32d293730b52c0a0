"""What can always be measured of a piece of work: whether there is anything, and whether its figures were given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ...messages import Verdict
from ...models.embedded.figures import Figure, figures
from ...scenarios.check import Check
from ...specialist import Ask
from .sentences import counted, listed
from .texts import as_text, parts_of, short

Rows = list[list[str]]
ROOM_LETTERS = 80_000  # of a run, all its texts together: more is not measured, so that a long run is told as quickly
PIECE_LETTERS = 10_000  # of a piece of text; as above
MOST_ROWS = 20
# Where no figure can be cut in two: between paragraphs, sentences, items of a list, fields of JSON.
SEAM = re.compile(r"\n\s*\n|(?<=[.!?])\s+(?=[A-Z])|\n(?=\s*[-*•#|])|(?<=\"),\s*(?=\")")


def usual(text: str, given: Sequence[str] | None) -> list[Check]:
    """What can always be measured. Of a maker nobody knows, nothing can be said about figures.

    >>> [(check.name, check.detail) for check in usual("Bees fly at 25 km an hour.", ["Bees: 24 km an hour."])]
    [('not empty', '7 words, 26 letters'), ('figures as given', '1 of 1 is not in what its maker was given: 25 km')]
    """
    words = len(text.split())
    size = f"{counted(words, 'word')}, {counted(len(text), 'letter')}"
    checks = [Check("not empty", float(words > 0), words > 0, size)]
    if given is not None:
        checks.append(figures_as_given(text, given))
    return checks


def figures_as_given(text: str, given: Iterable[str]) -> Check:
    """How many of the figures in a text stand in what its maker was given: 42 % and 42 percent are the same."""
    said = {figure.key: figure.text for figure in figures_in(text) if figure.unit != "word"}
    known = {figure.key for part in given for figure in figures_in(part)}
    unknown = [figure for key, figure in said.items() if key not in known]
    if not said:
        return Check("figures as given", 1.0, True, "there are no figures in it")
    if not unknown:
        they = "it stands" if len(said) == 1 else f"all {len(said)} stand"
        return Check("figures as given", 1.0, True, f"{they} in what its maker was given")
    share = 1 - len(unknown) / len(said)
    verb = "is" if len(unknown) == 1 else "are"
    detail = f"{len(unknown)} of {len(said)} {verb} not in what its maker was given: {listed(unknown)}"
    return Check("figures as given", share, False, detail)


@lru_cache(512)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text, piece by piece: what was found in one is remembered, and most come more than once."""
    return tuple(figure for piece in SEAM.split(text) for figure in figures(piece))


def soon_read(text: str) -> bool:
    """Whether a text falls into small pieces: what one takes back is sought before each figure, in all of the piece."""
    return all(len(piece) <= PIECE_LETTERS for piece in SEAM.split(text))


def given_to(request: Ask) -> list[str]:
    """All that a specialist was told, but for its own last draft."""
    told = [as_text(work) for label, work in parts_of(request.brief) if label != "last draft"]
    found = [part for each in request.found or () for part in (each.source, each.heading, each.text)]
    return [request.to.role, *told, *found]


class Measuring:
    """Measures the works of a run, each once, as long as there is room."""

    def __init__(self) -> None:
        self._letters = 0
        self._seen: set[str] = set()
        self._asked: dict[tuple[int | None, str], Ask] = {}  # a member, and its work -> what it was asked

    def made(self, maker: int, work: str, request: Ask) -> None:
        self._asked[maker, work] = request

    def handed_on(self, team: int, maker: int | None, work: str) -> None:
        """A team hands on what one of it has made, as it stands."""
        if (maker, work) in self._asked:
            self._asked[team, work] = self._asked[maker, work]

    def rows(self, maker: int | None, work: str) -> Rows:
        """The checks of a work. What its maker has not made as it stands is not held against anything."""
        request = self._asked.get((maker, work))
        given = given_to(request) if request is not None else None
        if given is not None and not self._room([work, *given]):
            why = "not measured: it is too long to be read while the run is told"
            return [*marked(usual(work, None)), ["figures as given", why]]
        return marked(usual(work, given))

    def _room(self, texts: Iterable[str]) -> bool:
        new = {text for text in texts if text not in self._seen}
        letters = sum(map(len, new))
        if self._letters + letters > ROOM_LETTERS:
            return False
        if not all(map(soon_read, new)):
            return False
        self._seen |= new
        self._letters += letters
        return True


def marked(checks: Iterable[Check]) -> Rows:
    return [check_row(check.name, check.detail, passed=check.passed) for check in checks]


def check_row(name: object, value: object, *, passed: object) -> list[str]:
    """A check as a row: a mark and its name, and what was measured.

    >>> check_row("at least 800 words", "612 words", passed=False)
    ['✕ at least 800 words', '612 words']
    """
    return [f"{'✓' if passed else '✕'} {short(str(name))}", short(str(value))]


def stated(how: object) -> Rows:
    """The checks that a reviewer's own answer states; anything in another shape is not one.

    >>> stated([("at least 800 words", False, "612 words"), "all is well"])
    [['✕ at least 800 words', '612 words']]
    """
    rows = how if isinstance(how, list | tuple) else []
    return capped([
        check_row(row[0], row[2], passed=row[1]) for row in rows
        if isinstance(row, list | tuple) and len(row) == 3 and isinstance(row[1], bool)
    ])  # fmt: skip


def capped(rows: Rows, most: int = MOST_ROWS) -> Rows:
    """The first rows, and how many more there are."""
    return rows if len(rows) <= most else [*rows[:most], [f"and {len(rows) - most:,} more", ""]]


def judged(request: Ask, phase: str, answer: object) -> str | None:
    """The work that a reviewer was asked about, if it was one: it is told it last."""
    if phase != "review" and not isinstance(answer, Verdict):
        return None
    works = [as_text(work) for _, work in parts_of(request.brief)] if request.brief is not None else []
    return works[-1] if works else None
