"""Reading captions, .srt and .vtt, strict or not: every line of text belongs to a cue, and no word is lost.

One reader serves both, since files in the wild mix them. A line with two times and an arrow begins a cue; what follows
is its text, up to the next such line. A number or a name right above the times is the cue's own, and not spoken.

    WebVTT: https://www.w3.org/TR/webvtt1/   SubRip has no standard; what players read is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ..errors import BadSources
from .markup import CLOCK, VOICE, plain, seconds, timed_words
from .parts import Line

TIMES = re.compile(rf"\s*({CLOCK})\s*-+>\s*({CLOCK})(?:\s.*)?$")
MEANT_AS_TIMES = re.compile(r"\s*\d*:\d.*-->|.*-->\s*\d+:\d+:\d")  # an arrow beside a time: no speech looks like this
NOT_SPOKEN = re.compile(r"NOTE(?:\s|$)|(?:STYLE|REGION)\s*$")
HEADER = re.compile(r"WEBVTT(?:[ \t]+-?[ \t]*(.*))?$")
SLACK_S = 1.0  # what automatic captions and rounding do to the order of cues; beyond it the order of words is in doubt


@dataclass(slots=True)
class Cue:
    """Some lines of text and when they are on screen. `number` counts from 1."""

    number: int
    start_s: float
    end_s: float
    times: str
    lines: list[str] = field(default_factory=list)


def looks_like_captions(text: str) -> bool:
    """Whether a text is captions, whatever its file is called."""
    return text.startswith("WEBVTT") or any(TIMES.match(line) for line in text.split("\n"))


def read_cues(text: str, name: str) -> tuple[str, list[Cue]]:
    """The title in the header ("" if there is none) and the cues, in the order of the file.

    BadSources, with the name of the file, if there is no cue, or times that cannot be read or run backwards.
    """
    lines = text.split("\n")
    header = HEADER.match(lines[0])
    cues: list[Cue] = []
    expected = ""  # the number of the next cue, where cues have numbers
    skipping = header is not None
    for number, line in enumerate(lines):
        blank_above = not number or not lines[number - 1].strip()
        if times := TIMES.match(line):
            if cues:
                name_of_cue = take_name(cues[-1].lines, header is not None, expected)
            else:
                name_of_cue = next((above.strip() for above in reversed(lines[:number]) if above.strip()), "")
            if name_of_cue.isdecimal():
                expected = str(int(name_of_cue) + 1)
            cues.append(Cue(len(cues) + 1, seconds(times[1]), seconds(times[2]), line.strip()))
            skipping = False
        elif MEANT_AS_TIMES.match(line):
            raise BadSources(
                f"Line {number + 1} of {name} should be the times of a cue, such as 00:00:01.000 --> 00:00:04.000, "
                f"and is {line.strip()[:60]!r}. Correct that line, or export the captions again."
            )
        elif not line:
            skipping = False
            if cues:
                cues[-1].lines.append("")
        elif header and blank_above and NOT_SPOKEN.match(line):
            skipping = True
        elif cues and not skipping:
            cues[-1].lines.append(line)
    if not cues:
        raise BadSources(
            f"{name} holds no captions: no line such as 00:00:01.000 --> 00:00:04.000. "
            "Export the captions again, or, if it is a plain transcript, save it as a .txt file."
        )
    check_order(cues, name)
    return (plain(header[1] or "") if header else ""), cues


def take_name(lines: list[str], webvtt: bool, expected: str) -> str:
    """Take off the last line, if it is not spoken but the name or the number of the cue that follows, and return it.

    A number may stand without the blank line above it that the format asks for, or with a blank line below that it does
    not; then it has to be the `expected` one, since somebody may have said a number.
    """
    last = len(lines) - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    if last < 0:
        return ""
    name, where_it_should_be = (
        lines[last].strip(),
        last == len(lines) - 1 and (last == 0 or not lines[last - 1].strip()),
    )
    spoken_before = any(line.strip() for line in lines[:last])
    numbered = name.isdecimal() and bool(expected) and (where_it_should_be or name == expected)
    named = webvtt and where_it_should_be and (spoken_before or " " not in name)
    if not numbered and not named:
        return ""
    del lines[last:]
    return name


def check_order(cues: list[Cue], name: str) -> None:
    """BadSources if times run backwards, so that nobody can know in which order the words were spoken.

    Overlaps are fine: automatic captions have them everywhere, and two people may speak at once.
    """
    for cue in cues:
        if cue.end_s < cue.start_s - SLACK_S:
            raise BadSources(f"Cue {cue.number} of {name} ends before it begins ({cue.times}). Correct its times.")
    for before, cue in pairwise(cues):
        if cue.start_s < before.start_s - SLACK_S:
            raise BadSources(
                f"The times of {name} run backwards: cue {before.number} ({before.times}) stands before cue "
                f"{cue.number} ({cue.times}). Put the cues into order, or give one talk a file."
            )


def lines_of(cues: list[Cue]) -> list[list[Line]]:
    """The lines of each cue as they are read on the screen, with their speakers where the captions have voices."""
    voiced = any(VOICE.search(line) for cue in cues for line in cue.lines)
    shown: list[list[Line]] = []
    for cue in cues:
        speaker = "" if voiced else None
        shown.append([])
        for line in cue.lines:
            pieces = VOICE.split(line)
            for voice, text in zip([None, *pieces[1::2]], pieces[::2], strict=True):
                speaker = plain(voice) if voice is not None else speaker
                if spoken := plain(text):
                    # Some machines count the times of words from elsewhere: then they tell nothing.
                    timed = tuple((word, at) for word, at in timed_words(text) if cue.start_s <= at <= cue.end_s)
                    shown[-1].append(Line(spoken, cue.start_s, cue.end_s, speaker, timed=timed))
    return shown
