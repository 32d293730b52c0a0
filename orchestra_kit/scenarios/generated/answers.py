"""Measuring an answer against the facts that its text was made from.

A figure counts only in one sentence or line with its owner. Nothing here knows of the model or the pattern that gave
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
    r"|(?P<bare>\d[\d,]*(?:\.\d+)?)\s(?:pounds\b|GBP\b)"
)
TAKEN_BACK = re.compile(
    r"\b(?:not|no longer|instead of|rather than|previously|formerly|originally|corrected from)(?: the)?\s+\W{0,2}$",
    re.IGNORECASE,
)
Unit = Literal["sentence", "line"]
UNITS = {"sentence": re.compile(r"\n+|(?<=[.!?])[\"'”’)*_]*\s+(?=[^\s(])"), "line": re.compile(r"\n+")}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, in small letters, and one of the amounts that it states."""

    sentence: str
    pounds: float

    def is_about(self, owner: Sequence[str]) -> bool:
        return all(re.search(rf"\b{re.escape(word.casefold())}\b", self.sentence) for word in owner)


def claims(answer: str, by: Unit = "sentence") -> list[Claim]:
    """Every amount an answer states; one that it takes back ("£9, not £7") is not stated. By line, what stands in other
    sentences of its line belongs to an amount too.

    >>> [claim.pounds for claim in claims("Rent is £1,900, not £1,700.\\n- The balance is £-415.")]
    [1900.0, -415.0]
    """
    found = []
    for sentence in UNITS[by].split(answer):
        for amount in AMOUNT.finditer(sentence):
            if not TAKEN_BACK.search(sentence[: amount.start()]):
                value = float((amount["pounds"] or amount["bare"]).replace(",", ""))
                minus = amount["minus"] or amount["minus_inside"]
                found.append(Claim(sentence.casefold(), -value if minus else value))
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
    first = f"; first wrong: {wrong[0].sentence.strip()}" if wrong else ""
    return Check(
        "figures right", share, bool(found) and not wrong, f"{len(found) - len(wrong)} of {len(found)}{first}", 2
    )


def once(answer: str) -> Check:
    """The share of the figures in the answer that are not there a second time."""
    times = Counter(claim.pounds for claim in claims(answer))
    share = len(times) / times.total() if times else 0.0
    return Check("said once", share, share == 1, f"{times.total() - len(times)} said again")


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
    return claim.pounds == fact.pounds and claim.is_about(fact.owner)
