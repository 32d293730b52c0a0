"""What can be measured of a work before a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from ...errors import reason
from ...messages import Skipped
from ...scenarios.check import Check
from ..stepper.measuring import usual
from ..stepper.texts import clean, short
from .work import as_shown

Checking: TypeAlias = Callable[[Any], Iterable[Check]]


def measured(work: Any, given: str | None, checks: Checking | None) -> tuple[list[dict[str, Any]], str]:
    """The checks of a work as rows, and what went wrong with them, "" if nothing did. Work that is missing has none."""
    if isinstance(work, Skipped):
        return [], ""
    try:
        told = None if given is None else [given]
        made = list(checks(work)) if checks is not None else usual(as_shown(work), told)
        return [as_row(check) for check in made], ""
    except Exception as error:  # noqa: BLE001  # the learner's own code: the desk says so, and stays open
        return [], clean(f"The checks could not be made: {reason(error)}")


def as_row(check: Check) -> dict[str, Any]:
    if not isinstance(check, Check):
        raise TypeError(f"checks= answered with {check!r}; it should return Checks, as scenario(...).check does")
    return {"name": short(check.name), "passed": bool(check.passed), "value": f"{check.value:.2f}",
            "detail": short(check.detail, 400)}  # fmt: skip
