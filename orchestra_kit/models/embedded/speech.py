"""Cutting what has no full stops: long written sentences at their semicolons, talk around its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from .figures import figures

SPOKEN_CUE = re.compile(
    r"(?:um|uh|okay|ok|so|anyway|and then|right|you know|now|well|but|and|because)\b", re.IGNORECASE
)
LONG = 45  # words without a full stop: more than any writer means, so it was spoken
PIECE = 24  # words of a piece of such a stretch


def cut_long(text: str) -> tuple[str, ...]:
    """A long stretch in parts: written prose at its semicolons, spoken text where figures leave room."""
    if len(text.split()) <= LONG:
        return (text,)
    parts = [part.strip(" ;") for part in text.split("; ")]
    written = text[:1].isupper() and text.rstrip("\"'”’)]")[-1:] in ".!?"
    return tuple(
        part
        for piece in parts
        for part in ((piece,) if written and len(piece.split()) <= 2 * LONG else cut_speech(piece))
    )


def cut_speech(text: str) -> tuple[str, ...]:
    """A long stretch without a full stop, cut so that each figure stays in the middle of a piece with its owner.

    Between two figures the cut is made at the spoken cue ("so", "and then") nearest to the middle, and where no figure
    is near, every two dozen words.
    """
    words = list(re.finditer(r"\S+", text))
    if len(words) <= LONG:
        return (text,)
    ends = [word.end() for word in words]
    at = [bisect_right(ends, figure.start) for figure in figures(text)]
    cues = [
        n
        for n, word in enumerate(words)
        if SPOKEN_CUE.match(text, word.start()) or (n and words[n - 1].group()[-1] in ",;:")
    ]
    half = PIECE // 2
    cuts = {0, len(words)}
    for left, right in zip([-half, *at], [*at, len(words) + half], strict=True):
        if (
            right - left > 2 * PIECE
        ):  # room for pieces of talk between two figures, each of which keeps its surroundings
            cuts.add(_nearest(cues, left + half + PIECE // 4, PIECE // 4))
            cuts.update(_nearest(cues, place, PIECE // 4) for place in range(left + 2 * PIECE, right - PIECE, PIECE))
            cuts.add(_nearest(cues, right - half - PIECE // 4, PIECE // 4))
        elif right - left > 4 and left >= 0 and right < len(words):
            cuts.add(_nearest(cues, (left + right + 1) // 2, (right - left) // 4))
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(words))
    return tuple(text[words[a].start() : words[b - 1].end()] for a, b in pairwise(edges))


def _nearest(cues: list[int], place: int, reach: int) -> int:
    near = cues[bisect_left(cues, place - reach) : bisect_right(cues, place + reach)]
    return min(near, key=lambda cue: (abs(cue - place), cue), default=place)
