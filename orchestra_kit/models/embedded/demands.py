"""What a task demands that can be measured: five facts, at most 80 words, with sources, front matter, no jargon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .figures import NUMBER_WORDS, number_of
from .sentences import sentences

_NUMBER = r"\d[\d,]*|one|" + "|".join(NUMBER_WORDS)
_NOUNS = (
    r"facts?|statistics?|stats?|figures?|numbers?|data points?|points?|items?|bullets?|bullet points?|quotes?"
    r"|quotations?|findings?|amounts?|takeaways?|insights?|examples?|numbers|claims?|highlights?|posts?|subject "
    r"lines?|headlines?|titles?|paragraphs?|tweets?|ideas?|lessons?|tips?|reasons?|passages?|statements?|details|key "
    r"facts?"
)
ITEMS = re.compile(
    rf"\b(?P<number>{_NUMBER})\s+(?:(?!and\b|or\b|to\b|words?\b)[a-z-]+\s+){{0,3}}?(?P<noun>{_NOUNS})\b(?!\s*(?:words|characters))",
    re.IGNORECASE,
)
LARGEST = re.compile(r"\b(?:largest|biggest|highest|greatest|top)\b", re.IGNORECASE)

_UNITS = r"(?:(?:short|plain|full|simple|clear)\s)?(?P<unit>words?|characters?|chars|sentences?)"
BETWEEN = re.compile(
    rf"\b(?:between\s+)?(?P<low>\d[\d,]*)\s*(?:-|–|to|and)\s*(?P<high>\d[\d,]*)[\s-]+{_UNITS}\b", re.IGNORECASE
)
AT_MOST = re.compile(
    r"\b(?:at most|under|up to|no more than|not more than|a maximum of|maximum|max\.?|fewer than|less than|below"
    r"|within|shorter than|"
    rf"not longer than|no longer than|not exceed(?:ing)?|limit of)\s+(?P<high>{_NUMBER})[\s-]+{_UNITS}\b",
    re.IGNORECASE,
)
OR_FEWER = re.compile(
    rf"\b(?P<high>{_NUMBER})[\s-]+{_UNITS}\s+(?:or (?:fewer|less)|at most|max(?:imum)?|limit)\b", re.IGNORECASE
)
AT_LEAST = re.compile(
    rf"\b(?:at least|no fewer than|a minimum of|minimum|more than|over)\s+(?P<low>{_NUMBER})[\s-]+{_UNITS}\b",
    re.IGNORECASE,
)
ABOUT = re.compile(rf"\b(?P<low>{_NUMBER})[\s-]+{_UNITS}\b", re.IGNORECASE)
ABOUT_TOLERANCE = 0.25  # our reading of "about 200 words": 150 to 250

OF_A_SENTENCE = re.compile(
    r"(?:\bsentences?\b[^.;,\n]{0,20}|\bsubject(?: line)?s?\b[^.;,\n]{0,20})$|^\s*(?:a|per|each|in a"
    r"|in each)\s+sentence",
    re.IGNORECASE,
)
# A word that is talked about, "the word 'delve'", is no demand for delving.
SOURCES = re.compile(
    r"\b(?:with|and|name|names|naming|cite|citing|give|giving|including|include|state|quote|keep|keeping)\s+(?:(?:its|their|the|your|each|every|all|a|where)\s+)*"
    r"(?:sources?|citations?|references?|origin)\b|\b(?:cited|sourced|attributed)\b|\bcitations?\b|\bwhere (?:it"
    r"|each|they) (?:comes?|stands?)",
    re.IGNORECASE,
)
FRONT_MATTER = re.compile(r"\bfront[ -]?matter\b", re.IGNORECASE)
TITLE = re.compile(r"\b(?:a|with|the|short|clear) (?:title|headline)\b", re.IGNORECASE)
CALL_TO_ACTION = re.compile(r"\bcall[ -]to[ -]action\b|\bCTA\b", re.IGNORECASE)
EVERY_FIGURE = re.compile(
    r"\b(?:every|all(?: the)?|each)\s+(?:\w+\s+)?(?:figures?|numbers?|amounts?|facts?|statistics?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text should be, in words, characters or sentences."""

    unit: str
    low: int = 0
    high: int | None = None

    def measure(self, text: str) -> int:
        """The length of a text, in this unit."""
        if self.unit == "character":
            return len(text.strip())
        if self.unit == "sentence":
            return len(sentences(text))
        return len(re.findall(r"\w[\w'’.,%-]*", text))

    @property
    def aim(self) -> int:
        """What to aim at: the limit, or the middle of "about"."""
        return (self.low + self.high) // 2 if self.low and self.high else self.high or self.low

    def fault(self, text: str) -> str:
        """What is wrong with the length of a text; "" when nothing is."""
        length = self.measure(text)
        if self.high is not None and length > self.high:
            return f"it has {length} {self.unit}s, and at most {self.high} were asked for"
        if length < self.low:
            return f"it has {length} {self.unit}s, and at least {self.low} were asked for"
        return ""


@dataclass(frozen=True, slots=True)
class Demands:
    """What was asked for, as far as it can be counted."""

    items: int | None = None  # "five statistics"
    item: str = ""  # "statistics"
    largest: bool = False
    sources: bool = False
    front_matter: bool = False
    title: bool = False
    call_to_action: bool = False
    every_figure: bool = False
    lengths: tuple[Length, ...] = ()


@lru_cache(1024)
def read_demands(text: str) -> Demands:
    """The measurable demands in a role and a task.

    >>> demands = read_demands("Find five recent statistics with sources, in at most 80 words.")
    >>> demands.items, demands.item, demands.sources, demands.lengths
    (5, 'statistics', True, (Length(unit='word', low=0, high=80),))
    """
    items = ITEMS.search(text)
    return Demands(
        items=number_of(items["number"]) if items else None,
        item=items["noun"].lower() if items else "",
        largest=LARGEST.search(text) is not None,
        sources=SOURCES.search(text) is not None,
        front_matter=FRONT_MATTER.search(text) is not None,
        title=TITLE.search(text) is not None,
        call_to_action=CALL_TO_ACTION.search(text) is not None,
        every_figure=EVERY_FIGURE.search(text) is not None,
        lengths=_lengths(text),
    )


def _lengths(text: str) -> tuple[Length, ...]:
    """The first length of each unit; a limit counts more than an "about"."""
    found: dict[str, Length] = {}
    for pattern in (BETWEEN, AT_MOST, OR_FEWER, AT_LEAST, ABOUT):
        for match in pattern.finditer(text):
            if OF_A_SENTENCE.search(text[: match.start()]) or OF_A_SENTENCE.search(text[match.end() :]):
                continue  # what a sentence or a subject line may have, not the text
            unit = "character" if match["unit"].lower().startswith("char") else match["unit"].lower().rstrip("s")
            parts = match.groupdict()
            low = number_of(parts["low"]) if parts.get("low") else 0
            high = number_of(parts["high"]) if parts.get("high") else None
            if pattern is ABOUT:
                spread = round(low * ABOUT_TOLERANCE) if unit != "sentence" else 0
                low, high = low - spread, low + spread
            found.setdefault(unit, Length(unit, low, high))
    return tuple(found.values())
