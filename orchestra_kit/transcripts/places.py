"""Times at the beginning of the lines of a transcript: where in the talk a line stands.

[00:12:03] text     (0:12) text     12:03 text     [00:01.000 --> 00:04.000] text     Maria Lopez 0:12
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ..errors import BadSources
from .markup import CLOCK, seconds
from .parts import Line, count
from .speakers import NAME

IN_BRACKETS = re.compile(rf"[\[(]({CLOCK})(?:\s*-+>\s*{CLOCK})?[\])]:?(?:\s+-\s+|\s*)")
BARE = re.compile(rf"({CLOCK})(?:\s+[-–—|]\s+|\s+|$)")
AFTER_NAME = re.compile(rf"({NAME})\s+[\[(]?({CLOCK})[\])]?:?$")
SPELT_OUT = re.compile(r"(?:(\d+) hours?)?,? ?(?:(\d+) minutes?)?,? ?(?:(\d+) seconds?)?$")  # for those who listen


class Place(NamedTuple):
    """A time, where the line goes on behind it, and the name of the speaker if one stands before it."""

    start_s: float
    end: int
    name: str | None = None
    bare: bool = False


def with_places(lines: list[Line], name: str) -> tuple[list[Line], str]:
    """The lines with their times, and a sentence on it ("" if there are none).

    BadSources if times in brackets run backwards. Bare ones that do are no times of the talk ("9:30 is too early").
    """
    places = [place_of(line.text) for line in lines]
    found = [place for place in places if place]
    backwards = next(((a, b) for a, b in pairwise(found) if b.start_s < a.start_s), None)
    if backwards and not any(place.bare for place in found):
        earlier, later = (lines[places.index(place)].text[:40] for place in backwards)
        raise BadSources(
            f"The times of {name} run backwards: the line {earlier!r} stands before {later!r}. "
            "Put the lines into order, or give one talk a file."
        )
    if backwards or not found or (len(found) == 1 and found[0].bare and len(lines) > 1):
        return lines, ""
    caption_like = 3 * len(found) > len(lines)  # then a line is as long as the screen is wide, and means no paragraph
    placed: list[Line] = []
    start_s: float | None = None
    speaker: str | None = None
    for number, (line, place) in enumerate(zip(lines, places, strict=True)):
        text = line.text
        if place:
            text, start_s, speaker = text[place.end :], place.start_s, place.name or speaker
        elif number and (above := places[number - 1]) and spelt_out(text) == above.start_s:
            text = ""
        if text:
            opens = line.opens and not caption_like
            placed.append(replace(line, text=text, start_s=start_s, speaker=speaker, opens=opens))
    return placed, f"{count(len(found), 'time')} at the beginning of lines, kept as places"


def place_of(text: str) -> Place | None:
    """The time at the beginning of a line, or behind the name that is all else there is.

    >>> place_of("[1:02] Hello"), place_of("Ann Lee 1:02"), place_of("1 in 2")
    (Place(start_s=62.0, end=7, name=None, bare=False), Place(start_s=62.0, end=12, name='Ann Lee', bare=False), None)
    """
    if bracketed := IN_BRACKETS.match(text):
        return Place(seconds(bracketed[1]), bracketed.end())
    if bare := BARE.match(text):
        return Place(seconds(bare[1]), bare.end(), bare=True)
    if named := AFTER_NAME.match(text):
        return Place(seconds(named[2]), named.end(), named[1])
    return None


def spelt_out(text: str) -> float | None:
    """The seconds in "1 minute, 4 seconds", which stands below "1:04" in some transcripts; None for any other line."""
    found = SPELT_OUT.match(text) if text else None
    if not found:
        return None
    hours, minutes, rest = (int(number or 0) for number in found.groups())
    return float(hours * 3600 + minutes * 60 + rest)
