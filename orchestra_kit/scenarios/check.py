"""One measured property of a result, and what several of them come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One measured property. `value` runs from 0 (none of it) to 1 (all of it); `detail` says what was found;
    `weight` says how much a reader minds, beside the others."""

    name: str
    value: float
    passed: bool
    detail: str
    weight: float = 1.0


def quality(checks: Iterable[Check]) -> float:
    """The mean of the values, each as often as its weight.

    >>> quality([Check("facts correct", 1.0, True, "", weight=3), Check("voice", 0.0, False, "")])
    0.75
    """
    weighted = [(check.weight, check.value) for check in checks]
    return sum(weight * value for weight, value in weighted) / sum(weight for weight, _ in weighted)
