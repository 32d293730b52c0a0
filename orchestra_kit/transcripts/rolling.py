"""Taking the repetitions out of rolling captions, where each line scrolls up and so stands in two or three cues.

    [A, B]  [B]  [B, C]  [C]  [C, D]      automatic captions, as .vtt or converted to .srt
    [the cat]  [the cat sleeps]           live captions, painted on word by word, or letter by letter

What a cue repeats of the one before is what still stands on the screen: its first lines are the last lines of that one.
Only in a file that rolls is this a repetition. Elsewhere somebody said "No." twice.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .parts import Line

STILL_ON_SCREEN_S = 0.5  # after a longer gap, a cue that shows nothing new was spoken again
A_BLINK_S = 0.05  # nobody says anything in so short a time: the line only moves up
ROLLS = 1 / 3  # the share of cues that scroll, from which on a file rolls; a refrain repeats far fewer


def unrolled(cues: list[list[Line]]) -> tuple[list[Line], int]:
    """The lines of all cues, each once, and how many repetitions were taken out.

    >>> a, b, c = Line("so we", 0, 2), Line("began", 0, 2), Line("to bake", 2, 4)
    >>> lines, repeated = unrolled([[a, b], [replace(b, start_s=2, end_s=4), c]])
    >>> [line.text for line in lines], repeated
    (['so we', 'began', 'to bake'], 1)
    """
    cues = [cue for cue in cues if cue]
    if not rolls(cues):
        return [line for cue in cues for line in cue], 0
    fresh: list[Line] = []
    repeated = 0
    screen: list[Line] = []
    for cue in cues:
        same, grown = overlap(screen, cue, letters=True)
        repeated += same + grown
        if grown:
            fresh[-1] = replace(cue[same], start_s=fresh[-1].start_s)
        fresh.extend(cue[same + grown :])
        screen = cue
    return fresh, repeated


def rolls(cues: list[list[Line]]) -> bool:
    """Whether the captions roll: many cues repeat a line of the cue before, and beside it show or lose another."""
    scrolled = [scrolls(before, cue) for before, cue in pairwise(cues)]
    copied = [touch(before, cue) and texts(before) == texts(cue) for before, cue in pairwise(cues)]
    repeated = sum(one or other for one, other in zip(scrolled, copied, strict=True))
    return any(scrolled) and repeated >= ROLLS * len(scrolled)


def scrolls(before: list[Line], cue: list[Line]) -> bool:
    same, grown = overlap(before, cue)
    unspoken = (cue[0].end_s or 0) - (cue[0].start_s or 0) < A_BLINK_S
    return bool(grown) or 0 < same < max(len(before), len(cue)) or (same > 0 and unspoken)


def overlap(screen: list[Line], cue: list[Line], *, letters: bool = False) -> tuple[int, int]:
    """How many first lines of a cue stand on the screen already, and whether (1) the next one has only grown.

    `letters`: a single line may have grown by letters. By itself that is no sign that captions roll: "so" and "some".
    """
    shown, now = texts(screen), texts(cue)
    for same in range(min(len(shown), len(now)), 0, -1):
        if shown[-same:] == now[:same]:
            return (same, 0) if same < len(now) or touch(screen, cue) else (0, 0)
        if shown[-same:-1] == now[: same - 1] and now[same - 1].startswith(shown[-1]) and touch(screen, cue):
            whole_words = now[same - 1].startswith(shown[-1] + " ")
            return (same - 1, 1) if whole_words or same > 1 or letters else (0, 0)
    return 0, 0


def touch(before: list[Line], cue: list[Line]) -> bool:
    """Whether the cue comes on while the one before is still to be seen."""
    start, end = cue[0].start_s, before[0].end_s
    return start is not None and end is not None and start <= end + STILL_ON_SCREEN_S


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]
