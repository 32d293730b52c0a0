"""How sure a learner was, against how often that was right."""

from __future__ import annotations

import math
from typing import NamedTuple

from matplotlib.axes import Axes

from ...intervals import Z_975
from ..key import draw_signs
from ..picture import (
    BLUE,
    FAINT,
    INK,
    LINE,
    MARGIN,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Picture,
    canvas,
    drawing,
    new_figure,
    panel,
    points,
    wrapped,
    write,
)
from .predictions import outcomes

FEW = 10  # with fewer, the interval is so wide that nearly every confidence fits
LEFT, TOP, SIDE, HEIGHT = 76, 76, 460, 250  # of the panel, in pixels


class Group(NamedTuple):
    """Predictions that were made about equally surely."""

    confidence: float  # their mean
    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of


def calibration(*, everything: bool = False) -> Picture:
    """The predictions of this notebook, or those of the whole course: stated confidence against the share that came out
    right, with counts and 95 % intervals (Wilson's). On the line, whoever says 80 % is right in 80 of 100 cases."""
    kept = outcomes(everything=everything)
    made = [(each.confidence, each.right) for each in kept if each.confidence is not None]
    groups = grouped([(confidence, bool(right)) for confidence, right in made])
    said = in_words(groups)
    with drawing():
        figure = new_figure(TOP + HEIGHT + 54)
        axes = panel(figure, LEFT, TOP, SIDE, HEIGHT)
        percent_axes(axes)
        axes.plot([0.5, 1], [0.5, 1], color=SOFT, lw=1.2, ls=(0, (4, 3)), gid="as sure as right")
        for group in groups:
            draw_group(axes, group)
        whole = canvas(figure)
        write(whole, LEFT, TOP - 22, "share that came out right", size=SMALL, color=SOFT)
        x, y = LEFT + SIDE + 50.0, TOP + float(LINE)
        for sentence in said:
            for line in wrapped(figure, sentence, WIDTH - x - MARGIN):
                write(whole, x, y, line)
                y += LINE
            y += LINE / 2
        signs = [("right of predicted, 95 % interval", sign_of_group)] * bool(groups)
        draw_signs(figure, LEFT, [*signs, ("as sure as right", sign_of_line)])
    counts = [f"{percent(group.confidence)} sure: {group.right} of {group.of} right." for group in groups]
    return Picture(figure, " ".join(["Calibration, how sure and how often right.", *said, *counts]))


def grouped(made: list[tuple[float, bool]]) -> list[Group]:
    """By the nearest ten percent.

    >>> grouped([(0.82, True), (0.6, False), (0.78, False)])
    [Group(confidence=0.6, right=0, of=1), Group(confidence=0.8, right=1, of=2)]
    """
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in made:
        groups.setdefault(math.floor(confidence * 10 + 0.5), []).append((confidence, right))
    return [
        Group(math.fsum(sure for sure, _ in group) / len(group), sum(right for _, right in group), len(group))
        for _, group in sorted(groups.items())
    ]


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, Probable inference, the law of succession, and statistical inference,
    1927): unlike the usual one it stays between 0 and 1, and says something about one single prediction.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    z2 = Z_975**2
    middle = (right + z2 / 2) / (of + z2)
    half = Z_975 / (of + z2) * math.sqrt(right * (of - right) / of + z2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def in_words(groups: list[Group]) -> list[str]:
    """What the predictions say, and whether they are enough to say it."""
    of, right = sum(group.of for group in groups), sum(group.right for group in groups)
    if not of:
        return ["No prediction has met its outcome yet.", "Predict before an experiment, and look here again."]
    sure = math.fsum(group.confidence * group.of for group in groups) / of
    low, high = wilson(right, of)
    counted = f"{right} of {of} {'prediction' if of == 1 else 'predictions'} came out right, {percent(right / of)}."
    said = [counted, f"You were {percent(sure)} sure on average."]
    if of < FEW:
        verdict = f"So few say little: anything from {percent(low)} to {percent(high)} would fit."
    elif low <= sure <= high:
        verdict = f"That fits, as anything from {percent(low)} to {percent(high)} would."
    else:
        more = "more" if sure > high else "less"
        verdict = f"You were {more} sure than right: {percent(low)} to {percent(high)} would fit."
    return [*said, verdict]


def percent(share: float) -> str:
    """With a space that no line breaks at."""
    return f"{100 * share:.0f}\u00a0%"


def percent_axes(axes: Axes) -> None:
    axes.set_xlim(0.46, 1.04)
    axes.set_ylim(-0.06, 1.06)
    axes.set_xticks([0.5, 0.6, 0.7, 0.8, 0.9, 1], [f"{tick} %" for tick in range(50, 101, 10)])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [f"{tick} %" for tick in range(0, 101, 25)])
    axes.tick_params(length=0, pad=6, labelsize=points(SMALL), labelcolor=SOFT)
    axes.grid(color=FAINT, lw=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("how sure you were", fontsize=points(SMALL), color=SOFT, labelpad=5)


def draw_group(axes: Axes, group: Group) -> None:
    low, high = wilson(group.right, group.of)
    axes.plot([group.confidence] * 2, [low, high], color=INK, lw=1.6, zorder=3, gid=f"interval {group.confidence:.2f}")
    axes.plot([group.confidence], [group.share], "o", color=BLUE, ms=8, mec=PAPER, mew=1.2, zorder=4, clip_on=False,
              gid=f"group {group.confidence:.2f}")  # fmt: skip
    write(axes, group.confidence + 0.012, group.share, f"{group.right} of {group.of}", back=PAPER)


def sign_of_group(axes: Axes, x: float, y: float) -> None:
    axes.plot([x, x], [y - 8, y + 8], color=INK, lw=1.6)
    axes.plot([x], [y], "o", color=BLUE, ms=7, mec=PAPER, mew=1.2)


def sign_of_line(axes: Axes, x: float, y: float) -> None:
    axes.plot([x - 8, x + 8], [y, y], color=SOFT, lw=1.2, ls=(0, (4, 3)))
