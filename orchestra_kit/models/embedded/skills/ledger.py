"""Carrying a running total through a text, entry by entry, in order."""

from __future__ import annotations

import re

from ..job import Job
from ..reading import Figure, key_figures

STATES = re.compile(
    r"\b(?:balance|total|account|opening|start(?:s|ed|ing)?|began|begins?)\b.*?\b(?:is|was|are|starts?|stands?|stood"
    r"|so far|of|at|with)\b",
    re.IGNORECASE,
)
ADDS = re.compile(
    r"\b(?:paid in|pays? in|added|adds?|deposit(?:ed|s)?|received|receives?|came in|income|credit(?:ed)?|earned|plus"
    r"|took in|sold|refunded|in from)\b",
    re.IGNORECASE,
)
TAKES = re.compile(
    r"\b(?:taken out|takes? out|took out|withdr[ae]wn?|withdraws?|paid out|spent|spends?|went out|goes? out"
    r"|debit(?:ed)?|minus|cost|paid for|paid to|bought|deducted|subtracted|lost)\b",
    re.IGNORECASE,
)
HALVED, DOUBLED = re.compile(r"\bhalved\b", re.IGNORECASE), re.compile(r"\bdoubled\b", re.IGNORECASE)

CHANGES = (ADDS, TAKES, HALVED, DOUBLED)


def ledger(job: Job) -> str:
    """The balance after the last entry. Without a starting balance it says so, and does not assume one."""
    total: float | None = None
    unit, entries = "", 0
    for sentence in job.look(*in_order(job)):
        amounts = [figure for figure in key_figures(sentence.text) if figure.unit not in ("year", "date", "%")]
        if amounts and STATES.search(sentence.text) and not any(change.search(sentence.text) for change in CHANGES):
            total, unit = amounts[-1].value, amounts[-1].unit
        elif total is not None:
            changed = _carried(total, sentence.text, amounts)
            entries += changed != total
            total = changed
    job.how.update(criterion="starting balance, then each entry in order", entries=entries)
    if total is None:
        return "No starting balance was given."
    return f"The balance so far is {_money(total, unit)}."


def in_order(job: Job) -> list[str]:
    """The labels of what was handed over, the sources last: whoever was handed a balance carries it on through them."""
    return sorted(job.material.handed_over, key=lambda label: label == "SOURCES")


def _carried(total: float, text: str, amounts: list[Figure]) -> float:
    if HALVED.search(text):
        return total / 2
    if DOUBLED.search(text):
        return total * 2
    if not amounts:
        return total
    if TAKES.search(text):
        return total - amounts[0].value
    return total + amounts[0].value if ADDS.search(text) else total


def _money(total: float, unit: str) -> str:
    sign, amount = "−" if total < 0 else "", abs(round(total, 2))
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return (
        f"{sign}{unit}{number}"
        if unit in ("£", "$", "€", "¥")
        else f"{sign}{number}{unit if unit not in ('word', '') else ''}"
    )
