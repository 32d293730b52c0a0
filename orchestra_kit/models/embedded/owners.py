"""Whose figure it is: who or what a sentence says a figure about."""

from __future__ import annotations

import re
from functools import lru_cache

from .figures import Figure, figures
from .words import FUNCTION_WORDS, names

# A clause ends where the next one could have a figure of its own.
CLAUSE_EDGE = re.compile(
    r"[;:,]\s+(?:(?:and|but|while|whereas|or)\s+)?|\s+(?:while|whereas|but|against)\s+|\s+and\s+(?=\S+(?:\s+\S+){0,4}?\s+\S*\d)"
)
COMMON_VERBS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|do|does|did|took|takes?|costs?|rose|rises?|"
    r"fell|falls?|grew|grows?|earned|earns?|sold|sells?|made|makes?|spent|spends?|saved?|saves|uses?|used|reached|reache[sd]|"
    r"reported|reports?|said|says?|confirmed|raised|paid|pays|increased|decreased|dropped|gained|lost|went|won|kept|needs?|"
    r"needed|reduced|reduces|improved|improves|doubled|holds?|held|employs?|opened|closed|told|found|finds|shows?|showed|came|"
    r"stands?|stood|measured|counted|scored|averaged|averages?|remains?|remained|hit|cuts?|gave|gives|got|bought|delivered)\b"
)
EDGES = re.compile(r"^[^\w£$€]+|[^\w%]+$")
LEADING = re.compile(
    r"^(?:(?:(?:last|this|next|each|every|that)\s+(?:day|week|month|quarter|year|season|spring|summer|autumn|winter)|in|on|at|by|for|of|and|but|so|then|that|the|a|an|its|their|our|his|her|about|with|from|to|this)[\s,]+)+",
    re.IGNORECASE,
)


@lru_cache(1 << 15)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses of a sentence begin and end. A piece without a figure belongs to the one after it."""
    edges = [0, *(match.end() for match in CLAUSE_EDGE.finditer(text)), len(text)]
    starts = [figure.start for figure in figures(text)]
    cuts = [0]
    for right in edges[1:]:
        if any(cuts[-1] <= start < right for start in starts) and any(start >= right for start in starts):
            cuts.append(right)
    return tuple(zip(cuts, [*cuts[1:], len(text)], strict=True))


@lru_cache(1 << 15)
def clause_of(text: str, figure: Figure) -> str:
    """The clause a figure stands in."""
    return next(text[left:right] for left, right in clauses(text) if left <= figure.start < right)


@lru_cache(1 << 15)
def owner(text: str, figure: Figure | None = None) -> str:
    """Who or what the figure (the first, when none is given) belongs to, in the words of the text.

    >>> owner("Last month the Leith shop took £5,000.")
    'Leith shop'
    >>> owner("Karl confirmed that invoices of £900 are unpaid.")
    'invoices'
    """
    figure = figure or next(iter(figures(text)), None)
    clause = clause_of(text, figure) if figure else text
    before = clause[: clause.find(figure.text)] if figure else clause
    for subject in reversed([part for part in re.split(r"\bthat\b", before) if part.strip()]):
        phrase = _noun_phrase(subject)
        if phrase:
            return phrase
    after = clause[clause.find(figure.text) + len(figure.text) :] if figure else ""
    return _noun_phrase(after) or next(iter(names(text)), "")


def _noun_phrase(text: str) -> str:
    """What stands before the first verb, without articles and the like."""
    verb = COMMON_VERBS.search(text)
    said = EDGES.sub("", text[: verb.start()] if verb else text)
    words = LEADING.sub("", said).split()
    while words and words[-1].lower() in FUNCTION_WORDS:
        words.pop()
    return " ".join(words[-5:]) if any(word.lower() not in FUNCTION_WORDS for word in words) else ""
