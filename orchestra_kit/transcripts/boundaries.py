"""Finding sentences in speech that came without full stops.

Each gap between two words has a score: what opens sentences behind it, what cannot end one before it, the silence in
it, and how near a figure is, which must stay with what it counts. Chosen are the gaps that score best together, given
how long sentences are (dynamic programming).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .english import BELONGS, GOES_ON, JOINS, POINTS, is_number, opening
from .parts import Word
from .words import bare

BASE = 1.0  # any gap; with the length of a sentence, one gap in some ten is chosen
CANNOT = -8.0
FIGURE = -20.0
PAUSE_FROM_S = 0.25  # shorter silences are those between any two words
PAUSE_WORTH, PAUSE_MOST = 9.0, 5.0  # for each second more, and at most
NEAR_FIGURE, NEAR_WORDS = 2.0, 8  # what a gap beside a figure loses, less and less up to so many words away
LONGEST = 45  # words: nobody follows a longer sentence by ear
USUAL, SPREAD = 11.0, 0.5  # words of a spoken sentence: the median, and the spread of the logarithm


def cut(words: Sequence[Word], english: bool) -> list[int]:
    """Where sentences begin, as indexes of words; the first is 0. The time it takes grows with the number of words."""
    texts = [bare(word.text) for word in words]
    gaps = [0.0, *(gap(texts, number, word.pause_s, english) for number, word in enumerate(words) if number), 0.0]
    for number, near in enumerate(nearness(texts)):
        gaps[number] -= NEAR_FIGURE * near
    best = [0.0]  # the best score of the words before each gap
    begun: list[int] = [0]  # where the last sentence before it begins
    for end in range(1, len(words) + 1):
        value, start = max((best[start] + LENGTH[end - start], start) for start in range(max(0, end - LONGEST), end))
        best.append(value + gaps[end])
        begun.append(start)
    starts = [begun[-1]]
    while starts[-1]:
        starts.append(begun[starts[-1]])
    return starts[::-1]


def gap(texts: Sequence[str], number: int, pause_s: float, english: bool) -> float:
    """How likely a sentence ends before the word of this number: the higher the likelier."""
    score = BASE + min(PAUSE_MOST, PAUSE_WORTH * max(0.0, pause_s - PAUSE_FROM_S))
    if not english:
        return score
    before, word = texts[number - 1], texts[number]
    opens = opening(texts, number)
    if is_number(before) and (is_number(word) or opens <= 0):
        return score + FIGURE
    if before in GOES_ON or (before in POINTS and number > 1 and texts[number - 2] in JOINS):
        score += CANNOT
    if word in BELONGS:
        score += CANNOT
    return score + opens


def nearness(texts: Sequence[str]) -> list[float]:
    """How near each gap is to a figure, from 0 to 1: whose a figure is stands among the words around it."""
    figures = [number for number, text in enumerate(texts) if is_number(text)]
    near = [0.0] * (len(texts) + 1)
    for figure in figures:
        for away in range(NEAR_WORDS):
            for at in (figure - away, figure + 1 + away):
                if 0 < at < len(texts):
                    near[at] = max(near[at], 1 - away / NEAR_WORDS)
    return near


def length(words: int) -> float:
    """How likely a sentence has so many words: a logarithmic normal distribution, up to a constant."""
    return -math.log(words) - (math.log(words / USUAL) / SPREAD) ** 2 / 2


LENGTH = [0.0, *(length(words) for words in range(1, LONGEST + 1))]
