"""Figures: the numbers in a text that somebody could check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ONES = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: float(n) for n, word in enumerate(_ONES.split(), 2)} | {
    word: float(n * 10) for n, word in enumerate(_TENS.split(), 2)
}


def number_of(text: str, otherwise: int = 1) -> int:
    """A whole number in digits or in words; `otherwise` for any other word, such as "a".

    >>> number_of("1,200"), number_of("Three"), number_of("a")
    (1200, 3, 1)
    """
    plain = text.lower().replace(",", "")
    return int(plain) if plain.isdigit() else int(NUMBER_WORDS.get(plain, otherwise))


_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9}
_CURRENCIES = {"pounds": "£", "dollars": "$", "euros": "€", "usd": "$", "us$": "$", "gbp": "£", "eur": "€"}

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
AFTER_MONTH = re.compile(rf"\b(?:{_MONTHS})\s$")
# The number after one of these is part of a name, and no figure that could be right or wrong on its own.
AFTER_NAME = re.compile(
    r"\b(?:versions?|arxiv|table|figure|fig\.|section|chapter|page|p\.|step|part|no\.|number|apache|python|ubuntu)\s$",
    re.IGNORECASE,
)
NEAR = 11  # letters before a figure, all that one of these takes: looking further costs the square of a text

FIGURE = re.compile(
    rf"""
    (?<![\w.,/#:@]) (?<![^\W\d][-–'’])      # not inside a word, a version, a link or a name (GPT-4)
    (?P<sign>[-−–](?=[£$€¥]?\d))?
    (?P<currency>(?:US)?\$|[£€¥]|(?:USD|EUR|GBP)\s)?
    (?P<sign_inside>[-−])?
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<more>                                             # a date, a version; a time, a ratio; a month; a day
        (?:[-./]\d+){{2,}} | (?::\d+)+ | (?<=\d{{4}})-(?:0[1-9]|1[0-2])(?!\d) | \s(?:{_MONTHS})\b(?:\s\d{{4}})?
    )?
    (?:
        (?P<percent>\s?%|\s?(?:percent|per\ cent)\b)
      | \s?(?P<scale>hundred|thousand|million|billion|trillion|bn|[kKmMB](?!\w))\b
      | (?P<times>\s?×|x)(?!\w)
      | (?P<unit>(?:s|h|g|p|th|st|nd|rd)\b|\s?(?:ms|min|kg|km|cm|mm|GB|MB|KB|TB|px|°C|°F)\b)
    )?
    (?P<worded>\s(?:pounds|dollars|euros)\b)?
    (?![\w%]|[-–'’][^\W\d_])                              # not the beginning of one (3D, 24-hour)
    """,
    re.VERBOSE,
)
_WORDS = "|".join(NUMBER_WORDS)
NUMBER_WORD = re.compile(
    rf"\b(?P<tens>{_WORDS})(?:-(?P<ones>{_WORDS}|one))?\b(?!-)(?:\s(?P<scale>hundred|thousand|million|billion)\b)?"
    r"(?P<percent>\s(?:percent|per\ cent)\b)?(?P<worded>\s(?:pounds|dollars|euros)\b)?",
    re.IGNORECASE,
)
ORDINAL_UNITS = frozenset({"th", "st", "nd", "rd"})
YEARS = range(1500, 2101)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, what it amounts to, and in what: `£`, `%`, `x`, `date`, `year`, `word` …

    Two figures say the same when their `key` is equal: `1.5 million` and `1,500,000`, `42 %` and `42 percent`.
    """

    text: str
    value: float
    unit: str
    start: int
    end: int

    @property
    def key(self) -> tuple[float | str, str]:
        return (self.text if self.unit == "date" else self.value, "" if self.unit in ("word", "year") else self.unit)


@lru_cache(1 << 15)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure, in order; years, dates and number words among them (their unit says so). Numbers that are part of
    a name (GPT-4, o200k), and ordinals (3rd), are no figures.

    >>> [figure.text for figure in figures("In 2024 GPT-4 cost US$1.5 million, 42 % over the −£415 of five rivals.")]
    ['2024', 'US$1.5 million', '42 %', '−£415', 'five']
    """
    matches = FIGURE.finditer(text) if _has_digit(text) else ()
    found = [
        _from_digits(match)
        for match in matches
        if match["unit"] not in ORDINAL_UNITS and not follows(AFTER_NAME, match)
    ]
    found += [_from_words(match) for match in NUMBER_WORD.finditer(text)]
    return tuple(sorted(found, key=lambda figure: figure.start))


@lru_cache(1 << 15)
def key_figures(text: str) -> tuple[Figure, ...]:
    """The figures that matter most in a text: those in digits that are not years or dates; if there are none, the
    number words; if there are none either, the years and dates."""
    found = figures(text)
    kinds = (
        [figure for figure in found if figure.unit not in ("year", "date", "word")],
        [figure for figure in found if figure.unit == "word"],
        list(found),
    )
    return tuple(next((kind for kind in kinds if kind), []))


_has_digit = re.compile(r"\d").search


def follows(words: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether a match stands right after one of these words."""
    return words.search(match.string, max(0, match.start() - NEAR), match.start()) is not None


def _from_digits(match: re.Match[str]) -> Figure:
    number, currency = match["number"], (match["currency"] or match["worded"] or "").strip().lower()
    value = float(number.replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    if match["sign"] or match["sign_inside"]:
        value = -value
    unit = _CURRENCIES.get(currency, currency)
    if match["more"] or (len(number) < 3 and not currency and follows(AFTER_MONTH, match)):
        unit = "date"
    elif match["percent"]:
        unit = "%"
    elif match["times"]:
        unit = "x"
    elif match["unit"]:
        unit = match["unit"].strip()
    elif not unit and len(number) == 4 and int(value) in YEARS and not match["scale"] and number.isdigit():
        unit = "year"
    return Figure(match.group().strip(), round(value, 9), unit, match.start(), match.end())


def _from_words(match: re.Match[str]) -> Figure:
    value = NUMBER_WORDS[match["tens"].lower()] + (NUMBER_WORDS.get(match["ones"].lower(), 1.0) if match["ones"] else 0)
    value *= _SCALES.get((match["scale"] or "").lower(), 1)
    unit = "%" if match["percent"] else _CURRENCIES.get((match["worded"] or "").strip().lower(), "word")
    return Figure(match.group(), value, unit, match.start(), match.end())
