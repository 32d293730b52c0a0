"""Which patterns are worth their price: quality against cost, and the frontier that no pattern is beyond."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .marks import Mark
from .measured import COLUMNS, MEASURED, Measure, about, by_pattern, measures
from .picture import Picture, drawing, plain
from .plots import draw_plot

if TYPE_CHECKING:
    import pandas as pd

BETTER = {"cost_usd": "cheaper", "latency_s": "faster", "tokens": "leaner"}
SHAPES = "osD^vPXhp<>*"


def frontier(frame: pd.DataFrame, *, x: str = "cost_usd", alt: str | None = None) -> Picture:
    """Quality against `x` ("cost_usd", "latency_s" or "tokens"): a mark a pattern, its 95 % intervals as a cross, and
    a line along the frontier: the patterns that no other dominates.

    `frame` has a row a run, as `compare()` makes it. Raises ValueError, naming what is missing, for a table that is
    empty or lacks a column, and for another `x`.
    """
    if x not in BETTER:
        raise ValueError(f"frontier() draws quality against one of {', '.join(BETTER)}, not {x!r}: choose one of them")
    runs = by_pattern(frame, "frontier", COLUMNS, MEASURED)
    quality, price = (measures(runs)[column] for column in ("quality", x))
    points = {name: (price.interval(name).mean, quality.interval(name).mean) for name in runs}
    best = on_frontier(points)
    marks = [
        Mark(name, SHAPES[place % len(SHAPES)], name in best, price.interval(name), quality.interval(name))
        for place, name in enumerate(runs)
    ]
    with drawing():
        dominated = f"pale: another is better or {BETTER[x]}, and worse in neither"
        figure = draw_plot(marks, quality, price, dominated, about(frame))
    return Picture(figure, alt or in_words(points, best, quality, price))


def on_frontier(points: Mapping[str, tuple[float, float]]) -> set[str]:
    """Whom no other dominates, given (price, quality) of each. Of equals, all are.

    >>> sorted(on_frontier({"one": (1, 0.8), "two": (2, 0.9), "three": (3, 0.9), "four": (3, 0.7)}))
    ['one', 'two']
    """
    return {name for name, point in points.items() if not any(dominates(other, point) for other in points.values())}


def dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether `one` is no dearer and no worse, and not the same."""
    return one[0] <= other[0] and one[1] >= other[1] and one != other


def in_words(points: Mapping[str, tuple[float, float]], best: set[str], quality: Measure, price: Measure) -> str:
    """The chart as sentences, with its numbers."""

    def described(name: str) -> str:
        return f"{plain(name)}, quality {quality.in_words(name)} at {price.in_words(name)} {price.unit}"

    said = [f"Quality against {price.title}: means with 95 % intervals."]
    leading = sorted(best, key=points.__getitem__)
    said.append(f"On the frontier: {'; '.join(map(described, leading))}.")
    beaten = [
        f"{described(name)}, by {plain(next(other for other in leading if dominates(points[other], points[name])))}"
        for name in points if name not in best
    ]  # fmt: skip
    if beaten:
        said.append(f"Dominated: {'; '.join(beaten)}.")
    return " ".join(said)
