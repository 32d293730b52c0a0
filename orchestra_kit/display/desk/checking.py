"""What can be measured of a work before a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from ...errors import reason
from ...messages import Skipped
from ...models.embedded.figures import figures
from ...scenarios.check import Check
from ..stepper.sentences import counted, listed
from ..stepper.texts import clean, short
from .work import as_shown

Checking: TypeAlias = Callable[[Any], Iterable[Check]]


def measured(work: Any, given: str | None, checks: Checking | None) -> tuple[list[dict[str, Any]], str]:
    """The checks of a work as rows, and what went wrong with them, "" if nothing did. Work that is missing has none."""
    if isinstance(work, Skipped):
        return [], ""
    try:
        made = list(checks(work)) if checks is not None else usual(as_shown(work), given)
        return [as_row(check) for check in made], ""
    except Exception as error:  # noqa: BLE001  # the learner's own code: the desk says so, and stays open
        return [], clean(f"The checks could not be made: {reason(error)}")


def usual(text: str, given: str | None) -> list[Check]:
    """What can always be measured: whether there is anything, and whether its figures stand in what its maker was
    given. Of a maker nobody knows, nothing can be said about figures.

    >>> [(check.name, check.detail) for check in usual("Bees fly at 25 km an hour.", "Bees: 24 km an hour.")]
    [('not empty', '7 words, 26 letters'), ('figures as given', '1 of 1 is not in what its maker was given: 25 km')]
    """
    words = len(text.split())
    size = f"{counted(words, 'word')}, {counted(len(text), 'letter')}"
    checks = [Check("not empty", float(words > 0), words > 0, size)]
    if given is not None:
        checks.append(figures_as_given(text, given))
    return checks


def figures_as_given(text: str, given: str) -> Check:
    """How many of the figures in a text stand in what its maker was given: 42 % and 42 percent are the same."""
    said = {figure.key: figure.text for figure in figures(text) if figure.unit != "word"}
    known = {figure.key for figure in figures(given)}
    unknown = [figure for key, figure in said.items() if key not in known]
    if not said:
        return Check("figures as given", 1.0, True, "there are no figures in it")
    if not unknown:
        they = "it stands" if len(said) == 1 else f"all {len(said)} stand"
        return Check("figures as given", 1.0, True, f"{they} in what its maker was given")
    share = 1 - len(unknown) / len(said)
    verb = "is" if len(unknown) == 1 else "are"
    detail = f"{len(unknown)} of {len(said)} {verb} not in what its maker was given: {listed(unknown)}"
    return Check("figures as given", share, False, detail)


def as_row(check: Check) -> dict[str, Any]:
    if not isinstance(check, Check):
        raise TypeError(f"checks= answered with {check!r}; it should return Checks, as scenario(...).check does")
    return {"name": short(check.name), "passed": bool(check.passed), "value": f"{check.value:.2f}",
            "detail": short(check.detail, 400)}  # fmt: skip
