"""Measuring an answer against the facts that its text was made from.

A figure counts only with its owner, in one sentence or line, between the figures before and after it, and not where the
sentence denies it ("never spent £9"). Nothing here knows of the model or the pattern that gave
the answer, and no code is shared with the embedded model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from ..check import Check
from .texts import Fact

AMOUNT = re.compile(
    r"(?P<minus>[-−–](?=\s?(?:£|GBP)))?(?:£|\bGBP)\s?(?P<minus_inside>[-−–])?(?P<pounds>\d[\d,]*(?:\.\d+)?)"
    r"(?P<scale>[km]\b)?|(?P<bare>\d[\d,]*(?:\.\d+)?)\s(?:pounds\b|GBP\b)"
)
SCALES = {"k": 1_000, "m": 1_000_000}
DENIED = re.compile(r"\b(?:never|not|no|nobody|lie|false|untrue|wrong|denied?)\b|n[’']t\b", re.IGNORECASE)
TAKEN_BACK = re.compile(
    r"\b(?:not|no longer|instead of|rather than|previously|formerly|originally|corrected from)(?: the)?\s+\W{0,2}$",
    re.IGNORECASE,
)
Unit = Literal["sentence", "line"]
UNITS = {"sentence": re.compile(r"\n+|(?<=[.!?])[\"'”’)*_]*\s+(?=[^\s(])"), "line": re.compile(r"\n+")}


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount that an answer states, and the words around it in small letters: those of its sentence, from the amount
    before to the amount after."""

    around: str
    pounds: float
    denied: bool = False

    def is_about(self, owner: Sequence[str]) -> bool:
        return all(re.search(rf"\b{re.escape(word.casefold())}\b", self.around) for word in owner)


def claims(answer: str, by: Unit = "sentence") -> list[Claim]:
    """Every amount an answer states; one that it takes back ("£9, not £7") is not stated. By line, what stands in other
    sentences of its line belongs to an amount too.

    >>> [claim.pounds for claim in claims("Rent is £1,900, not £1,700.\\n- The balance is £-415.")]
    [1900.0, -415.0]
    """
    found = []
    for sentence in UNITS[by].split(answer):
        amounts = list(AMOUNT.finditer(sentence))
        starts = [0, *(amount.end() for amount in amounts)]
        ends = [*(amount.start() for amount in amounts[1:]), len(sentence)]
        for amount, start, end in zip(amounts, starts, ends, strict=False):
            if not TAKEN_BACK.search(sentence[: amount.start()]):
                value = float((amount["pounds"] or amount["bare"]).replace(",", "")) * SCALES.get(amount["scale"], 1)
                minus = amount["minus"] or amount["minus_inside"]
                around = sentence if by == "line" else sentence[start:end]
                denied = bool(DENIED.search(TAKEN_BACK.sub("", sentence[start : amount.start()])))
                found.append(Claim(around.casefold(), -value if minus else value, denied))
    return found


def told(answer: str, facts: Sequence[Fact], by: Unit = "sentence") -> Check:
    """The share of the facts that stand in the answer with their owner."""
    found = claims(answer, by)
    missing = [fact for fact in facts if not _stands(fact, found)]
    share = 1 - len(missing) / len(facts)
    first = f"; first missing: {missing[0].text}" if missing else ""
    return Check("facts told", share, not missing, f"{len(facts) - len(missing)} of {len(facts)}{first}", weight=5)


def right(answer: str, facts: Collection[Fact], by: Unit = "sentence") -> Check:
    """The share of the figures in the answer that are as the text has them, each with its owner."""
    found = claims(answer, by)
    wrong = [claim for claim in found if not any(_says(claim, fact) for fact in facts)]
    share = 1 - len(wrong) / len(found) if found else 0.0
    first = f"; first wrong: {wrong[0].around.strip()}" if wrong else ""
    return Check(
        "figures right", share, bool(found) and not wrong, f"{len(found) - len(wrong)} of {len(found)}{first}", 2
    )


def concluded(answer: str, pounds: int) -> Check:
    """Whether the last amount that the answer states is this one: whatever it reckons on the way, it ends there."""
    found = claims(answer)
    good = bool(found) and found[-1].pounds == pounds and not found[-1].denied
    last = f"the last amount is £{found[-1].pounds:,.0f}" if found else "it states no amount"
    return Check("balance right", float(good), good, f"{last}; the balance is £{pounds:,}")


def once(answer: str) -> Check:
    """The share of the figures in the answer that are not there a second time."""
    times = Counter(claim.pounds for claim in claims(answer))
    share = len(times) / times.total() if times else 0.0
    return Check("said once", share, share == 1, f"{times.total() - len(times)} said again")


def to_the_point(answer: str) -> Check:
    """The share of the lines and sentences of the answer that state an amount: a copy of the text tells all of it, and
    is no answer."""
    said = [sentence for sentence in UNITS["sentence"].split(answer) if any(map(str.isalnum, sentence))]
    stating = sum(AMOUNT.search(sentence) is not None for sentence in said)
    share = stating / len(said) if said else 0.0
    return Check("to the point", share, share == 1, f"{stating} of {len(said)} sentences or lines state an amount")


def up_to_date(answer: str, corrected: Sequence[Fact], outdated: Sequence[Fact]) -> Check:
    """The share of corrected figures that the answer gives as corrected, with the outdated one nowhere stated."""
    found = claims(answer)
    good = [_stands(new, found) and not _stands(old, found) for new, old in zip(corrected, outdated, strict=True)]
    return Check("corrections kept", sum(good) / len(good), all(good), f"{sum(good)} of {len(good)}", weight=2)


def without_fault(checks: Sequence[Check]) -> Check:
    """All or nothing: 1 if all checks pass, else 0."""
    failed = [f"{check.name} {check.detail}" for check in checks if not check.passed]
    return Check("without fault", float(not failed), not failed, "; ".join(failed) or "nothing is wrong")


def _stands(fact: Fact, found: Sequence[Claim]) -> bool:
    return any(_says(claim, fact) for claim in found)


def _says(claim: Claim, fact: Fact) -> bool:
    return claim.pounds == fact.pounds and claim.is_about(fact.owner) and not claim.denied
