"""How the checks notice that a speaker takes a figure back: which one, and what holds instead, as far as that is plain.

None of it is shared with the embedded model. It sees a correction in the sentence itself ("forty, no wait,
thirty-six"), in the sentence after it ("There are nine left. Sorry, ten."), and later ("I said 40, it is
36").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..articles import sentences_of
from ..statements import NUMBER_WORDS

NUMBER = rf"(?:[€£$]?\d[\d,.]*\d%?|[€£$]?\d%?|\b(?:{'|'.join(NUMBER_WORDS)})(?:-\w+)?\b)"
SORRY = r"(?:sorry|no,? wait|wait,? no|pardon|my mistake|scratch that|make that|or rather|correction|I mean)"
AFTERWARDS = re.compile(
    rf"(?:oh,? |ah,? |well,? )?(?:{SORRY}\b"
    rf"|(?:no|actually),(?= (?:it is |it's |it was |that's )?{NUMBER}[ .,]\S*[.,]?$)"
    rf"|actually,? it(?:'s| is| was)\b|it(?:'s| is| was) actually\b)[^.?!]{{0,30}}?(?P<new>{NUMBER})",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    rf"(?P<old>{NUMBER})(?: [a-z]+)?[,;–—]+ (?:{SORRY}|no),? (?:it's |actually |about )*(?P<new>{NUMBER})",
    re.IGNORECASE,
)
SLIP = re.compile(
    rf"\bI (?:just )?said\b[^?]{{0,120}}?(?<![\d.,])(?P<old>{NUMBER})(?!\d)[^?]{{0,160}}?"
    rf"\b(?:it is|it's|it was|I meant|should be|make that) (?:actually |really )?(?P<new>{NUMBER})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A sentence with a figure that its speaker takes back, and as much of it as holds."""

    said: str
    figure: str
    holds: str


@lru_cache(64)
def taken_back(talk: str) -> tuple[TakenBack, ...]:
    """Every figure that is taken back at once, or in the next sentence.

    >>> taken_back("We have 40 tools and 31 members. Sorry, 31 was last year.")
    (TakenBack(said='We have 40 tools and 31 members.', figure='31', holds='We have 40 tools and members.'),)
    """
    found: list[TakenBack] = []
    sentences = sentences_of(talk)
    for said, after in zip(sentences, [*sentences[1:], ""], strict=True):
        if slip := AT_ONCE.search(said):
            right = f"{said[: slip.start()]}{slip['new']}{said[slip.end() :]}"
            found.append(TakenBack(said, slip["old"], right))
        repair = AFTERWARDS.match(after)
        figures = re.findall(NUMBER, said, re.IGNORECASE)
        if not repair or not figures or said.endswith("?"):
            continue
        new = repair["new"]
        if new.lower() in map(str.lower, figures):
            rest = re.sub(rf"{re.escape(new)} ?", "", said) if len(figures) > 1 else ""
            found.append(TakenBack(said, new, rest))
        elif len(figures) == 1:
            found.append(TakenBack(said, figures[0], said.replace(figures[0], new, 1)))
        else:
            found += [TakenBack(said, figure, "") for figure in figures]
    return tuple(found)


def corrected(passage: str, talk: str) -> str:
    """A passage with the right figure, where the speaker says so; without the figure, or the sentence, where none is.

    >>> corrected("It takes 40 hours.", "It takes 40 hours. We rest. Sorry, I said 40, it is 36.")
    'It takes 36 hours.'
    """
    for slip in SLIP.finditer(talk):
        figure = re.compile(rf"(?<![\d.,]){re.escape(slip['old'])}(?![\d%])")
        first = list(figure.finditer(talk, 0, slip.start()))
        if slip["old"] != slip["new"] and first and (at := passage.find(around(talk, first[-1]))) >= 0:
            old = figure.search(passage, at)
            passage = f"{passage[: old.start()]}{slip['new']}{passage[old.end() :]}" if old else passage
    for back in taken_back(talk):
        passage = passage.replace(back.said, back.holds)
    return passage


def around(text: str, found: re.Match[str]) -> str:
    """A figure with the words just before it, by which it is found again."""
    return text[max(0, found.start() - 20) : found.end()]
