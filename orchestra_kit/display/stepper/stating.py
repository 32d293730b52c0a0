"""What a sentence states, so that it can be held against the same sentence with another figure in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...models.embedded.checking import NEGATION
from ...models.embedded.figures import Figure, figures
from ...models.embedded.owners import COMMON_VERBS
from ...models.embedded.words import FUNCTION_WORDS, content_words

LEAST_WORDS = 3  # that carry meaning: "it costs 5 %" may be about anything
MOST_FIGURES = 4  # in a sentence: a row of a table is no statement
HEDGE = re.compile(r"\b(?:about|approximately|around|circa|exactly|roughly|an? estimated)\s+$", re.IGNORECASE)
WHEN = re.compile(r"in\s+$", re.IGNORECASE)  # "In 2024 tea cost £5." is "Tea cost £5 in 2024."
WORD = re.compile(r"[^\s.,;:!?]+")
NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
# Who that is, and when, stands in another sentence, or nowhere.
POINTS_ELSEWHERE = frozenset(
    """i me my mine we us our ours you your yours he him his she her hers it its they them their theirs this that
    these those such same former latter here there now today yesterday tomorrow another other others one some last
    next""".split()
)
# Before a figure: it says which one ("the £5 ticket"), or only how much at least ("over 5 %", "from 5 to 9 kg").
NO_AMOUNT = frozenset(
    """a an the each every no any above and below beyond between from least less more most or over than to under until
    up within""".split()
)


class Statement(NamedTuple):
    """A sentence that says how much of something there is."""

    about: tuple[object, ...]  # all its words in order, but for its figures; and their units
    figures: tuple[Figure, ...]
    text: str


def statement(sentence: str) -> Iterator[Statement]:
    """A sentence as something to be held against others, if it says how much, and needs no other to be clear."""
    if not 0 < len(figures(sentence)) <= MOST_FIGURES or sentence.endswith("?") or NEGATION.search(sentence):
        return
    text = time_last(sentence)
    amounts = tuple(figure for figure in figures(text) if is_amount(text, figure))
    ends = [0, *(end for figure in amounts for end in (figure.start, figure.end)), len(text)]
    around = [HEDGE.sub("", text[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    words = tuple(tuple(WORD.findall(piece)) for piece in around)
    if amounts and len(content_words(" ".join(around))) >= LEAST_WORDS \
            and not POINTS_ELSEWHERE & {word.lower() for piece in words for word in piece}:  # fmt: skip
        yield Statement((words, *(figure.key[1] for figure in amounts)), amounts, sentence)


def time_last(text: str) -> str:
    """A sentence with the year or date that it opens with at its end, and a small first letter."""
    first = figures(text)[0]
    if first.unit in ("date", "year") and WHEN.fullmatch(text, 0, first.start):
        text = f"{text[first.end :].strip(' ,.!')} in {first.text}"
    return text[:1].lower() + text[1:]


def is_amount(text: str, figure: Figure) -> bool:
    """Whether a figure surely says how much: dates, "attempt 2", "the 24 bus" and "bags of 5 kg rice" say which one."""
    if figure.unit in ("date", "year"):
        return False
    before = HEDGE.sub("", text[: figure.start]).split()[-1:]
    after = NEXT_WORD.match(text, figure.end)
    counted = after is not None and after[1].islower() and after[1] not in FUNCTION_WORDS
    if not figure.key[1]:
        return bool(before) and COMMON_VERBS.fullmatch(before[0]) is not None and counted
    return bool(before) and before[0].lower() not in NO_AMOUNT and (after is None or after[1] in FUNCTION_WORDS)
