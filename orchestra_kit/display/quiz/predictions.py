"""Predictions that have met their outcome: those of this notebook, and those of the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import on_file

if TYPE_CHECKING:
    import pandas as pd


class Outcome(NamedTuple):
    """What came out, beside what was predicted: None, where nobody predicted anything."""

    name: str
    predicted: str | None
    confidence: float | None  # from 0.5 to 1
    came_out: str
    right: bool | None
    question: str = ""

    def __repr__(self) -> str:
        if self.predicted is None:
            return f"no prediction was made; came out: {self.came_out}"
        sure, mark = f"{100 * (self.confidence or 0):.0f} % sure", "✓" if self.right else "✕"
        return f"predicted: {self.predicted}, {sure}; came out: {self.came_out} {mark}"

    @property
    def key(self) -> tuple[str, str]:
        """Two notebooks may well call a prediction by the same name; they do not ask the same question."""
        return on_file.clipped(self.name), on_file.clipped(self.question)


KEPT: dict[tuple[str, str], Outcome] = {}  # of this kernel, which is to say of this notebook


def keep(outcome: Outcome) -> None:
    """Under each name the first prediction stays, today's or one on file: whoever predicts again knows what comes out.
    What was really predicted is written down, see on_file."""
    course = from_file()
    earlier = KEPT.get(outcome.key)
    if earlier is None or earlier.predicted is None:
        KEPT[outcome.key] = kept = course.get(outcome.key, outcome)
        if kept.predicted is not None and outcome.key not in course:
            to_file({**course, outcome.key: kept})


def forget(*, everything: bool = False) -> None:
    """Begin afresh: forget the predictions of this notebook, or those of the whole course. `my-predictions.json` loses
    them too, and is deleted when nothing is left in it."""
    if course := from_file():
        to_file({} if everything else {key: each for key, each in course.items() if key not in KEPT})
    KEPT.clear()


def outcomes(*, everything: bool = False) -> list[Outcome]:
    """In the order of the experiments: of this notebook, or of the whole course."""
    return list(({**from_file(), **KEPT} if everything else KEPT).values())


def predictions(*, everything: bool = False) -> pd.DataFrame:
    """The predictions of this notebook, or those of the whole course, beside what came out, in the order of the
    experiments: a row for each, with what was predicted first. `right` is empty where nothing was predicted.

    In a notebook they are kept in `my-predictions.json`, beside it: see `orchestra_kit.display.quiz.on_file`.
    """
    import pandas as pd

    shown = outcomes(everything=everything)
    rows = [
        {
            "predicted": outcome.predicted or "none",
            "sure": "" if outcome.confidence is None else f"{100 * outcome.confidence:.0f} %",
            "came out": outcome.came_out,
            "right": {True: "✓", False: "✕", None: ""}[outcome.right],
        }
        for outcome in shown
    ]
    names = [outcome.name for outcome in shown]
    return pd.DataFrame(rows, index=names, columns=["predicted", "sure", "came out", "right"])


def from_file() -> dict[tuple[str, str], Outcome]:
    """What was predicted in the course so far."""
    found = [Outcome(**dict(each)) for each in on_file.read()]
    return {outcome.key: outcome for outcome in found}


def to_file(course: dict[tuple[str, str], Outcome]) -> None:
    """Write these down, in the place of what was there."""
    on_file.write([on_file.Prediction(**each._asdict()) for each in course.values()])
