"""Talks in capitals from end to end, as live captions are: written small again, so that they can be read."""

from __future__ import annotations

from dataclasses import replace

from .english import CALENDAR
from .parts import Line
from .speakers import SHOUTED, capitals_share

TITLES = frozenset("MR MRS MS DR ST MR. MRS. MS. DR. ST.".split())


def in_small_letters(lines: list[Line]) -> tuple[list[Line], str]:
    """The lines in small letters if the talk is all in capitals, else as they are, and a sentence on it.

    Capitals of names are lost with the rest, but for what can be known: speakers, days and months, letters that cannot
    be said as a word (BBC), and words with digits in them (G20).
    """
    if capitals_share(lines) <= SHOUTED:
        return lines, ""
    names = {part.lower(): part for line in lines for part in (line.speaker or "").split()}
    small = [
        replace(line, text=" ".join(word_in_small(word, names) for word in line.text.split()), timed=())
        for line in lines
    ]
    return small, "capitals throughout written small; names may have lost theirs"


def word_in_small(word: str, names: dict[str, str]) -> str:
    """A word in small letters.

    >>> [word_in_small(word, {"maria": "Maria"}) for word in "MARIA'S BBC PROGRAMME, MONDAY".split()]
    ["Maria's", 'BBC', 'programme,', 'Monday']
    """
    letters = [character for character in word if character.isalpha()]
    unspeakable = len(letters) > 1 and not any(letter in "AEIOUY" or letter > "Z" for letter in letters)
    if word.isupper() and (unspeakable or any(character.isdigit() for character in word)):
        return word if word not in TITLES else word.capitalize()
    small = word.lower()
    whole = small.strip('.,;:!?"“”()')
    stem = whole.partition("'")[0].partition("’")[0]
    for name in (whole, stem):
        if name in names:
            return small.replace(name, names[name], 1)
    return small.replace(stem, stem.capitalize(), 1) if stem in CALENDAR else small
