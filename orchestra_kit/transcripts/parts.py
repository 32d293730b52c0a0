"""What a talk is made of on its way from a file to sentences: lines, then words, then what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a talk. `start_s` is None where the file has no times, `speaker` is "" where it names nobody."""

    text: str
    start_s: float | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, without its markup.

    start_s, end_s  when it is on screen, None where the file has no times
    speaker         who says it: "" is somebody whom nobody names, None is whoever spoke before
    opens           whether something new begins here (a speaker, a paragraph), so that no sentence runs on into it
    timed           those of its words that have a time of their own, in order, each with that time
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    speaker: str | None = None
    opens: bool = False
    timed: tuple[tuple[str, float], ...] = ()


class Word(NamedTuple):
    """One word as it is written, with its punctuation.

    start_s  when it is said, or when its line appears
    pause_s  the silence before it, as far as the times tell; 0 where they tell nothing
    glued    whether it follows the word before without a space, as in Chinese and Japanese
    """

    text: str
    start_s: float | None = None
    pause_s: float = 0.0
    glued: bool = False


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "full stop"), count(1_200, "full stop")
    ('1 full stop', '1,200 full stops')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
