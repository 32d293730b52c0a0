"""Slips: what a reader overlooks and which figures it copies wrongly, with published probabilities.

One draw per fact and call decides. Its probability grows with the length of the prompt (RULER) and depends on where the
fact stands (Lost in the Middle); both tables, with source and date, are in data/profiles.json. Two thirds of slips are
facts overlooked, one third figures miscopied: no published split is known to us, so that share is an assumption.
"""

from __future__ import annotations

import json
import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ...paths import data_dir
from .chance import chance
from .figures import key_figures
from .sentences import Sentence

MISCOPIED_SHARE = 1 / 3
FLOOR = 0.01  # the least probability we assume below 4K tokens, where nothing was published
Table = tuple[tuple[float, float], ...]


@lru_cache(1)
def tables() -> tuple[Table, Table]:
    """Misses by log2 of the prompt's length, and by position relative to the mean of all positions."""
    slips = json.loads((data_dir() / "profiles.json").read_text(encoding="utf-8"))["slips"]
    by_length = tuple((math.log2(row["tokens"]), 1 - row["accuracy"]) for row in slips["by_length"]["rows"])
    rows = slips["by_position"]["rows"]
    mean = sum(1 - row["accuracy"] for row in rows) / len(rows)
    return by_length, tuple((row["position"], (1 - row["accuracy"]) / mean) for row in rows)


@lru_cache(1 << 14)
def probability(tokens: int, position: float) -> float:
    """How likely one fact at this position (0 to 1) of a prompt of this many tokens is to slip.

    Between the lengths of the table it is interpolated over log2(tokens); below 4K it follows the slope from 4K to 8K
    down to 1 %, which is our extrapolation.
    """
    by_length, by_position = tables()
    return min(
        1.0, max(FLOOR, _interpolate(by_length, math.log2(max(64, tokens)))) * _interpolate(by_position, position)
    )


def _interpolate(table: Table, x: float) -> float:
    right = min(max(bisect([place for place, _ in table], x), 1), len(table) - 1)
    (a, p), (b, q) = table[right - 1], table[right]
    return p + (q - p) * (x - a) / (b - a)


@dataclass(slots=True)
class Reader:
    """Reads sentences, and slips. `rate` 0 never slips, 1 slips as often as published, 3 thrice as often."""

    rate: float
    tokens: int
    key: tuple[object, ...]
    overlooked: int = 0
    miscopied: int = 0

    def look(self, sentences: Sequence[Sentence], times: int = 1) -> tuple[Sentence, ...]:
        """The sentences as noticed: some are missing, in some a figure is wrong. Who looks twice notices what either
        reading notices."""
        if not self.rate:
            return tuple(sentences)
        noticed = []
        for sentence in sentences:
            versions = dict.fromkeys(self._read(sentence, reading) for reading in range(times))
            versions.pop("", None)
            self.overlooked += not versions
            self.miscopied += any(text != sentence.text for text in versions)
            noticed += [sentence if text == sentence.text else replace(sentence, text=text) for text in versions]
        return tuple(noticed)

    def _read(self, sentence: Sentence, reading: int) -> str:
        """What one reading makes of a sentence; "" if it is overlooked."""
        key = (*self.key, "again") if reading else self.key
        p = self.rate * probability(self.tokens, sentence.position)
        draw = chance(*key, "slip", sentence.text)
        if draw >= p:
            return sentence.text
        return miscopy(sentence.text, *key) if draw < p * MISCOPIED_SHARE and key_figures(sentence.text) else ""


def miscopy(text: str, *key: object) -> str:
    """The text with one digit of its last key figure wrong. A number word loses its place to the next one up.

    >>> miscopy("They sold 1,200 loaves.") == miscopy("They sold 1,200 loaves.") != "They sold 1,200 loaves."
    True
    """
    figure = key_figures(text)[-1]
    digits = [place for place in range(figure.start, figure.end) if text[place].isdigit()]
    if not digits:
        return text[: figure.start] + f"{figure.value + 1:g}" + text[figure.end :]
    place = digits[int(chance(*key, "place", text) * len(digits))]
    wrong = (int(text[place]) + 1 + int(chance(*key, "digit", text) * 8)) % 10
    if place == digits[0] and wrong == 0:
        wrong = 9 if text[place] != "9" else 8
    return f"{text[:place]}{wrong}{text[place + 1 :]}"
