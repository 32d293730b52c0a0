"""Predictions that have met their outcome, kept for as long as the kernel runs. Nothing is written to a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Outcome(NamedTuple):
    """What came out, beside what was predicted: None, where nobody predicted anything."""

    name: str
    predicted: str | None
    confidence: float | None  # from 0.5 to 1
    came_out: str
    right: bool | None

    def __repr__(self) -> str:
        if self.predicted is None:
            return f"no prediction was made; came out: {self.came_out}"
        sure, mark = f"{100 * (self.confidence or 0):.0f} % sure", "✓" if self.right else "✕"
        return f"predicted: {self.predicted}, {sure}; came out: {self.came_out} {mark}"


KEPT: dict[str, Outcome] = {}


def keep(outcome: Outcome) -> None:
    """Under each name the first prediction stays: whoever predicts again knows what comes out."""
    earlier = KEPT.get(outcome.name)
    if earlier is None or earlier.predicted is None:
        KEPT[outcome.name] = outcome


def forget() -> None:
    """Begin afresh, with no predictions."""
    KEPT.clear()


def predictions() -> pd.DataFrame:
    """The predictions of this session, beside what came out, in the order of the experiments: a row for each name,
    with what was predicted first. `right` is empty where nothing was predicted."""
    import pandas as pd

    rows = [
        {
            "predicted": outcome.predicted or "none",
            "sure": "" if outcome.confidence is None else f"{100 * outcome.confidence:.0f} %",
            "came out": outcome.came_out,
            "right": {True: "✓", False: "✕", None: ""}[outcome.right],
        }
        for outcome in KEPT.values()
    ]
    return pd.DataFrame(rows, index=list(KEPT), columns=["predicted", "sure", "came out", "right"])
