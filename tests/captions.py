"""A text made into caption files as they are found: clean ones, and the rolling ones that machines write.

The words are spoken at an even pace. `pause_s` says how long the speaker is silent before each word; by default never.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

SECONDS_A_LETTER = 0.055
SECONDS_A_WORD = 0.10
WORDS_A_LINE = 7


def times_of(words: Sequence[str], pause_s: Sequence[float] = ()) -> list[tuple[float, float]]:
    """When each word begins and ends, in seconds."""
    clock, times = 1.0, []
    for number, word in enumerate(words):
        clock += pause_s[number] if pause_s else 0.0
        end = clock + SECONDS_A_WORD + SECONDS_A_LETTER * len(word)
        times.append((clock, end))
        clock = end
    return times


def lines_of(
    text: str, pause_s: Sequence[float] = (), words_a_line: int = WORDS_A_LINE
) -> list[list[tuple[str, float, float]]]:
    """The words of each line, with their times."""
    words = text.split()
    timed = [(word, *time) for word, time in zip(words, times_of(words, pause_s), strict=True)]
    return [timed[start : start + words_a_line] for start in range(0, len(timed), words_a_line)]


def clock(seconds: float, comma: str = ".") -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{comma}{rest % 1000:03}"


def as_srt(text: str, pause_s: Sequence[float] = (), lines_a_cue: int = 2) -> str:
    """Numbered cues of two lines."""
    lines = lines_of(text, pause_s)
    cues = [lines[start : start + lines_a_cue] for start in range(0, len(lines), lines_a_cue)]
    return "\n".join(
        f"{number}\n{clock(cue[0][0][1], ',')} --> {clock(cue[-1][-1][2], ',')}\n"
        + "".join(" ".join(word for word, _, _ in line) + "\n" for line in cue)
        for number, cue in enumerate(cues, 1)
    )


def as_vtt(text: str, pause_s: Sequence[float] = (), lines_a_cue: int = 2) -> str:
    """Cues with settings behind their times, a note, and entities for what HTML would read as markup."""
    cues = as_srt(escape(text, quote=False), pause_s, lines_a_cue).split("\n")
    body = [line.replace(",", ".") + " align:start position:0%" if "-->" in line else line for line in cues]
    return "WEBVTT\n\nNOTE made for a test\nnobody said this\n\n" + "\n".join(body)


def as_rolling_vtt(text: str, pause_s: Sequence[float] = ()) -> str:
    """Automatic captions: each line comes in below the one before, with a time for every word but the first, and stays
    alone for 10 ms before the next one comes."""
    lines = lines_of(text, pause_s)
    parts = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    above = " "
    for line, below in pairwise([*lines, None]):
        assert line is not None
        begin = line[0][1]
        end = below[0][1] if below else line[-1][2] + 1
        first, *others = ((escape(word, quote=False), start) for word, start, _ in line)
        timed = first[0] + "".join(f"<{clock(start)}><c> {word}</c>" for word, start in others)
        plain = " ".join(escape(word, quote=False) for word, _, _ in line)
        style = "align:start position:0%"
        parts.append(f"{clock(begin)} --> {clock(end - 0.01)} {style}\n{above}\n{timed}\n")
        parts.append(f"{clock(end - 0.01)} --> {clock(end)} {style}\n{plain}\n \n")
        above = plain
    return "\n".join(parts)


def as_rolling_srt(text: str, pause_s: Sequence[float] = ()) -> str:
    """The same, converted to .srt: two lines a cue, each line in two cues, and no times of words."""
    lines = lines_of(text, pause_s)
    cues = []
    for number, (line, below) in enumerate(pairwise([*lines, None])):
        assert line is not None
        end = below[-1][1] if below else line[-1][2] + 1  # on the screen until the next line is nearly spoken: overlaps
        shown = [" ".join(word for word, _, _ in shown) for shown in lines[max(0, number - 1) : number + 1]]
        cues.append(f"{number + 1}\n{clock(line[0][1], ',')} --> {clock(end, ',')}\n" + "\n".join(shown) + "\n")
    return "\n".join(cues)
