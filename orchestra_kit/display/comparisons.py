"""What patterns are worth, what they cost and how long they take: every run, and the mean with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from .key import Sign, draw_signs
from .measured import COLUMNS, MEASURED, Measure, about, by_pattern, measures
from .picture import (
    INK,
    LINE,
    MARGIN,
    ORANGE,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Picture,
    axes_width,
    canvas,
    drawing,
    figure_of,
    new_figure,
    panel,
    plain,
    set_height,
    stripe,
    width_of,
    wrapped,
    write,
    write_below,
)
from .scales import EDGE, closed_axis

if TYPE_CHECKING:
    import pandas as pd

RUN = "#8b93a1"
ROW, GAP = 66, 26  # pixels: a row with the number, the mean and the runs; between the panels
GOLDEN = 0.618034  # multiples of it, whole parts left out, lie as far apart as they can


def quality_cost_latency(frame: pd.DataFrame, *, alt: str | None = None) -> Picture:
    """What each pattern is worth, what it costs and how long it takes: the mean of its runs with its 95 % interval
    (Student's t), and below it every single run. `frame` has a row a run, as `compare()` makes it.

    Raises ValueError, naming what is missing, for a table that is empty or lacks a column.
    """
    runs = by_pattern(frame, "quality_cost_latency", COLUMNS, MEASURED)
    shown = [measures(runs)[column] for column in ("quality", "cost_usd", "latency_s")]
    fates = {name: undelivered(rows) for name, rows in runs.items()}
    with drawing():
        figure = new_figure(100)
        labels = {name: wrapped(figure, plain(name), WIDTH * 0.24) for name in runs}
        heights = {name: max(ROW, 14 + LINE * (len(lines) + bool(fates[name]))) for name, lines in labels.items()}
        widths = [width_of(figure, line) for lines in labels.values() for line in lines]
        widths += [width_of(figure, fate, SMALL) for fate in fates.values()]
        left, top, bottom = MARGIN + 14 + max(widths), 70, 78
        set_height(figure, top + sum(heights.values()) + bottom)
        behind, width = canvas(figure, behind=True), (WIDTH - left - MARGIN - 2 * GAP) / 3
        panels = [
            panel(figure, left + place * (width + GAP), top, width, sum(heights.values()))
            for place in range(len(shown))
        ]
        for axes, measure in zip(panels, shown, strict=True):
            closed_axis(axes, measure.unit, measure.reach())
            write(behind, axes.get_position().x0 * WIDTH + width / 2, top - 14, measure.title, ha="center")
        y = 0.0
        for number, (name, rows) in enumerate(runs.items()):
            middle = y + heights[name] / 2
            if number % 2 == 0:
                stripe(behind, top + y, heights[name])
            write_name(behind, left - 14, top + middle, labels[name], fates[name])
            for axes, measure in zip(panels, shown, strict=True):
                draw_runs(axes, measure, name, rows, middle + 14)
                draw_mean(axes, measure, name, middle + 1)
            y += heights[name]
        draw_signs(figure, left + EDGE, signs_of(runs))
        write_below(figure, about(frame))
    return Picture(figure, alt or in_words(runs, shown, fates))


def signs_of(runs: Mapping[str, pd.DataFrame]) -> list[tuple[str, Sign]]:
    """What there is to be explained."""
    sizes = {len(rows) for rows in runs.values()}
    of_how_many = f" of {max(sizes)} runs" if len(sizes) == 1 else ""
    mean = f"mean{of_how_many}, 95 % interval" if max(sizes) > 1 else "mean (of one run: no interval)"
    signs: list[tuple[str, Sign]] = [(mean, partial(sign_of_mean, interval=max(sizes) > 1))]
    if any(failures(rows) < len(rows) for rows in runs.values()):
        signs.append(("one run", partial(sign_of_run, delivered=True)))
    if any(map(failures, runs.values())):
        signs.append(("one that delivered nothing", partial(sign_of_run, delivered=False)))
    return signs


def failures(rows: pd.DataFrame) -> int:
    return int((rows["stop_reason"] != "done").sum())


def undelivered(rows: pd.DataFrame) -> str:
    """`✕ 2 of 8 delivered nothing`; nothing where all did."""
    return f"✕ {failures(rows)} of {len(rows)} delivered nothing" if failures(rows) else ""


def write_name(axes: Axes, right: float, middle: float, lines: list[str], fate: str) -> None:
    """The name of a row, and below it how many of its runs delivered nothing."""
    top = middle - LINE * bool(fate) / 2
    write(axes, right, top, "\n".join(lines), ha="right")
    if fate:
        write(axes, right, top + LINE * (len(lines) + 1) / 2 + 1, fate, size=SMALL, color=SOFT, ha="right")


def draw_runs(axes: Axes, measure: Measure, name: str, rows: pd.DataFrame, middle: float) -> None:
    """A faint dot a run; those of one seed stand equally high, so that they can be found in every panel."""
    heights = [middle + 12 * (int(seed) * GOLDEN % 1 - 0.5) for seed in rows["seed"]]
    done = list(rows["stop_reason"] == "done")
    for delivered in (True, False):
        dots = [(x, y) for x, y, one in zip(measure.values[name], heights, done, strict=True) if one == delivered]
        if dots:
            draw_dots(axes, dots, delivered, f"{'runs' if delivered else 'undelivered'} {measure.title} {name}")


def draw_dots(axes: Axes, dots: list[tuple[float, float]], delivered: bool, gid: str = "") -> None:
    xs, ys = zip(*dots, strict=True)
    look: dict[str, Any] = (
        {"marker": "o", "ms": 3.6, "mec": "none", "alpha": 0.6} if delivered else {"marker": "x", "ms": 4.2, "mew": 1.3}
    )
    axes.plot(xs, ys, ls="", color=RUN if delivered else ORANGE, gid=gid, zorder=2, clip_on=False, **look)


def draw_mean(axes: Axes, measure: Measure, name: str, middle: float) -> None:
    """The mean, its number above it, and its interval; one that is wider than the panel ends in an arrow."""
    mean, low, high, runs = measure.interval(name)
    look: dict[str, Any] = {"color": INK, "zorder": 3, "clip_on": False}
    if runs > 1:
        end = measure.reach()
        right, cap = (high, "|") if high <= end else (end, ">")
        axes.plot([low, right], [middle, middle], lw=1.6, gid=f"interval {measure.title} {name}", **look)
        axes.plot([low], [middle], "|", ms=6, mew=1.4, **look)
        axes.plot([right], [middle], cap, ms=6, mew=1.4 if cap == "|" else 0, **look)
    axes.plot([mean], [middle], "o", ms=6.2, mec=PAPER, mew=1, gid=f"mean {measure.title} {name}", **look)
    said = measure.said(mean)
    first, last = axes.get_xlim()
    pixel = (last - first) / axes_width(axes)
    half = width_of(figure_of(axes), said) / 2 * pixel
    write(axes, min(max(mean, first + half), last - half), middle - 17, said, ha="center")


def sign_of_mean(axes: Axes, x: float, y: float, *, interval: bool) -> None:
    if interval:
        axes.plot([x - 9, x + 9], [y, y], color=INK, lw=1.6)
    axes.plot([x], [y], "o", color=INK, ms=6.2, mec=PAPER, mew=1)


def sign_of_run(axes: Axes, x: float, y: float, *, delivered: bool) -> None:
    draw_dots(axes, [(x, y)], delivered)


def in_words(runs: Mapping[str, pd.DataFrame], shown: list[Measure], fates: Mapping[str, str]) -> str:
    """The chart as sentences, with its numbers."""
    said = ["Quality, cost and latency of patterns: means with 95 % intervals."]
    for name, rows in runs.items():
        numbers = [f"{measure.title} {measure.in_words(name)}" for measure in shown[:1]]
        numbers += [f"{measure.in_words(name)} {measure.unit}" for measure in shown[1:]]
        fate = f", {fates[name].removeprefix('✕ ')}" if fates[name] else ""
        said.append(f"{plain(name)}, {len(rows)} {'run' if len(rows) == 1 else 'runs'}{fate}: {', '.join(numbers)}.")
    return " ".join(said)
