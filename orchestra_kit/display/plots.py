"""Drawing quality against a price: a mark with a cross for each pattern, and the stairs of the frontier."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .key import Sign, draw_signs
from .marks import REACH, Mark, at_one_place, in_rows, size_of_names, write_list, write_names
from .measured import Measure
from .picture import (
    FAINT,
    INK,
    MARGIN,
    SMALL,
    SOFT,
    STRIPE,
    WIDTH,
    canvas,
    figure_of,
    new_figure,
    panel,
    points,
    write,
    write_below,
)
from .placing import Box, beside
from .scales import closed_axis, round_numbers, tick_label

LEFT, TOP, HEIGHT, BELOW, LAST = MARGIN + 34, 70, 380, 54, 26  # pixels: around the plot, and how high it is
EDGE = 30  # pixels between the best quality and the upper edge: room for a name


def draw_plot(marks: Sequence[Mark], quality: Measure, price: Measure, dominated: str, about: str) -> Figure:
    """The whole figure. Names stand beside their marks; where one of them finds no room, all stand in a list below,
    each with the shape of its mark and its numbers."""
    figure, axes = draw_lines(marks, quality, price, TOP + HEIGHT + BELOW + LAST)
    places = [to_pixels(axes, mark.price.mean, mark.quality.mean) for mark in marks]
    groups = at_one_place(places)
    sizes = [size_of_names(figure, [marks[number] for number in group]) for group in groups]
    room = Box(LEFT, TOP, WIDTH - MARGIN, TOP + HEIGHT)
    boxes = beside([places[group[0]] for group in groups], sizes, room, thin_boxes(axes), REACH)
    if boxes is None:
        rows = in_rows(figure, marks)
        figure, axes = draw_lines(
            marks, quality, price, TOP + HEIGHT + BELOW + 12 + sum(high for high, _ in rows) + LAST
        )
        write_list(figure, TOP + HEIGHT + BELOW + 12, rows, quality, price)
    else:
        for group, box in zip(groups, boxes, strict=True):
            write_names(canvas(figure), figure, [marks[number] for number in group], box, places[group[0]][0])
    for group in groups:
        for depth, mark in enumerate(marks[number] for number in group):
            mark.draw(axes, mark.price.mean, mark.quality.mean, depth=depth, gid=f"mark {mark.name}")
    first, others = next(mark for mark in marks if mark.best), [mark for mark in marks if not mark.best]
    signs: list[tuple[str, Sign]] = [("black: on the frontier", first.draw)]
    signs += [(dominated, mark.draw) for mark in others[:1]]
    signs += [("95 % interval", sign_of_cross)] * any(mark.price.runs > 1 for mark in marks)
    draw_signs(figure, LEFT, signs)
    write_below(figure, about)
    return figure


def draw_lines(marks: Sequence[Mark], quality: Measure, price: Measure, height: float) -> tuple[Figure, Axes]:
    """The axes, the crosses and the frontier."""
    figure = new_figure(height)
    axes = panel(figure, LEFT, TOP, WIDTH - LEFT - MARGIN, HEIGHT)
    closed_axis(axes, price.label, price.reach() * 1.06)  # no mark stands on the edge
    lowest = min(min(mark.quality.mean, mark.quality.low if mark.quality.runs > 1 else 1) for mark in marks)
    quality_axis(axes, quality, lowest)
    best = sorted({(mark.price.mean, mark.quality.mean) for mark in marks if mark.best})
    draw_stairs(axes, best)
    for mark in marks:
        if mark.price.runs > 1:
            draw_cross(axes, mark, price.reach())
    return figure, axes


def quality_axis(axes: Axes, quality: Measure, lowest: float) -> None:
    """Up to 1, and down to 0 or to a round number below everything; the label says where it begins."""
    ticks = [tick for tick in round_numbers(min(0.8, lowest), 1, 5) if tick <= 1]
    pixel = (1 - ticks[0]) / (HEIGHT - 2 * EDGE)
    axes.set_ylim(ticks[0] - EDGE * pixel, 1 + EDGE * pixel)
    axes.set_yticks(ticks, [tick_label(tick) for tick in ticks])
    axes.tick_params(axis="y", length=0, pad=6, labelsize=points(SMALL), labelcolor=SOFT)
    axes.grid(axis="y", color=FAINT, lw=0.8)
    cut = f"; the axis begins at {tick_label(ticks[0])}" if ticks[0] else ""
    write(canvas(figure_of(axes)), MARGIN, TOP - 12, f"{quality.label}{cut}", size=SMALL, color=SOFT)


def draw_stairs(axes: Axes, best: Sequence[tuple[float, float]]) -> None:
    """The best quality to be had at each price; whatever stands in the shade below it is dominated."""
    (start, bottom), end = (best[0][0], axes.get_ylim()[0]), axes.get_xlim()[1]
    corners = [(start, bottom)]
    for price, quality in best:
        corners += [(price, corners[-1][1]), (price, quality)]
    axes.fill(*zip(*corners, (end, best[-1][1]), (end, bottom), strict=True), color=STRIPE, lw=0, zorder=0)
    axes.plot(*zip(*corners[2:], strict=True), color=INK, lw=1.4, gid="frontier", zorder=2)  # it ends with the best


def draw_cross(axes: Axes, mark: Mark, reach: float) -> None:
    """The two intervals of a mark."""
    look: dict[str, Any] = {"color": SOFT if mark.best else "#a9aeb8", "lw": 1, "zorder": 2.5, "solid_capstyle": "butt"}
    price, quality = mark.price, mark.quality
    axes.plot([price.low, min(price.high, reach)], [quality.mean] * 2, gid=f"prices {mark.name}", **look)
    axes.plot([price.mean] * 2, [quality.low, quality.high], gid=f"qualities {mark.name}", **look)


def sign_of_cross(axes: Axes, x: float, y: float) -> None:
    axes.plot([x - 8, x + 8], [y, y], color=SOFT, lw=1)
    axes.plot([x, x], [y - 7, y + 7], color=SOFT, lw=1)


def to_pixels(axes: Axes, price: float, quality: float) -> tuple[float, float]:
    """Where a point of the plot is, from the upper left corner of the figure."""
    x, y = axes.transData.transform((price, quality))
    return float(x), float(figure_of(axes).bbox.height - y)


def thin_boxes(axes: Axes) -> list[Box]:
    """Every stroke in the plot, which names had better not stand on."""
    boxes, height = [], figure_of(axes).bbox.height
    for line in axes.lines:
        for (x0, y0), (x1, y1) in pairwise(axes.transData.transform(line.get_xydata())):
            boxes.append(Box(min(x0, x1) - 1, height - max(y0, y1) - 1, max(x0, x1) + 1, height - min(y0, y1) + 1))
    return boxes
