"""Marks of music and noise, which stand in captions and were not spoken: [Music], (laughter), ♪ la la ♪."""

from __future__ import annotations

import re
from dataclasses import replace

from .markup import visible
from .parts import Line, count

SONG = re.compile(r"[♪♫♩♬][^♪♫♩♬]*[♪♫♩♬]+")
NOTE = re.compile(r"[♪♫♩♬]+")
SQUARE = re.compile(r"\[([^\[\]]{1,60})\]:?")
ROUND = re.compile(r"[(（]([^()（）]{1,60})[)）]|\*([^*\s][^*]{0,40})\*")
# The beginnings of words, in the languages in which automatic captions write such marks most often.
NOISE = re.compile(
    r"\b(?:musi[ckq]|músic|музык|applau|aplau|аплодисм|laugh|chuckl|giggl|gelächter|lachen|rires?\b|risas|risate|"
    r"смех|cheer|clap|silence|pause\b|inaudible|indistinct|unintelligible|crosstalk|overlapping|cough|sigh|sniff|"
    r"throat|gasp|groan|whistl|nois|static\b|beep|bell\b|buzz|jingle|bleep|censored|blank_audio|no audio|foreign\b)|"
    r"音楽|拍手|笑|音乐|掌声|음악|박수|웃음",
    re.IGNORECASE,
)
BESIDE_NOISE = frozenset(
    "a an and the in of on from by soft softly loud loudly light quiet upbeat dramatic gentle slow playing plays "
    "starts ends continues fades stops background audience crowd people all rings ringing clears speaking speech "
    "language".split()
)
CENSORED = re.compile(r"[\s_]+")


def without_noise(text: str) -> tuple[str, int]:
    """The text without such marks, and how many there were. What is in brackets and was spoken stays.

    >>> without_noise("[Music] we won (laughter) the cup (of 1987) [sic]")
    ('we won the cup (of 1987) [sic]', 2)
    """
    taken = 0

    def square(found: re.Match[str]) -> str:
        nonlocal taken
        noise = bool(NOISE.search(found[1]) or CENSORED.fullmatch(found[1])) and not re.search(r"\d", found[1])
        taken += noise
        return " " if noise else found[0]

    def other(found: re.Match[str]) -> str:
        nonlocal taken
        words = (found[1] or found[2]).lower().split()
        noise = any(NOISE.match(word) for word in words) and all(
            NOISE.match(word) or word.strip(",.") in BESIDE_NOISE for word in words
        )
        taken += noise
        return " " if noise else found[0]

    text, songs = SONG.subn(" ", text)
    text, notes = NOTE.subn(" ", text)
    text = ROUND.sub(other, SQUARE.sub(square, text))
    taken += songs + notes
    if taken:  # a sign that stood behind a mark belongs to the word before it, if there is one
        text = re.sub(r"\s+([.,;:!?]+)(?=\s|$)", r"\1", text)
        text = re.sub(r"^[\s.,;:!?]+(?=\s|$)", "", text)
    return visible(text), taken


def lines_without_noise(lines: list[Line]) -> tuple[list[Line], str]:
    """All lines without such marks, and a sentence on it ("" if there were none)."""
    quiet = [(line, *without_noise(line.text)) for line in lines]
    taken = sum(marks for _, _, marks in quiet)
    return (
        [replace(line, text=text) for line, text, _ in quiet],
        f"{count(taken, 'mark')} of music and noise" if taken else "",
    )
