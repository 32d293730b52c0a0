"""A pattern in a plot: its mark, and its name beside it or in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..intervals import Interval
from .measured import Measure
from .picture import INK, LINE, MARGIN, PAPER, SMALL, SOFT, WIDTH, canvas, plain, width_of, wrapped, write
from .placing import Box

PALE, PALE_EDGE = "#d9dce2", "#7b818c"
LARGER = {"*": 1.5, "p": 1.2, "h": 1.2, "D": 0.85}  # so that all shapes look equally large
REACH, SAME = 8, 4  # pixels: of a mark around its middle; marks as near as this share one place for their names
WIDEST = 200  # pixels of a name in one line
COLUMNS, COLUMN = 3, (WIDTH - 2 * MARGIN) / 3  # of the list


class Mark(NamedTuple):
    """A pattern as it is drawn."""

    name: str
    shape: str
    best: bool  # on the frontier
    price: Interval
    quality: Interval

    @property
    def color(self) -> str:
        return INK if self.best else SOFT

    def draw(self, axes: Axes, x: float, y: float, *, depth: int = 0, gid: str = "") -> None:
        """The mark. Where `depth` others lie under it already, it is a small one on top, hollow or a dot."""
        fill, edge = (INK, PAPER) if self.best else (PALE, PALE_EDGE)
        if depth == 1:
            fill, edge = PAPER, self.color
        size = (8.5, 5.5, 2.6)[min(depth, 2)] * LARGER.get(self.shape, 1)
        axes.plot(
            [x], [y], self.shape, ms=size, mfc=fill, mec=edge, mew=0.9, gid=gid, zorder=3 + self.best, clip_on=False
        )

    def lines(self, figure: Figure) -> list[str]:
        return wrapped(figure, plain(self.name), WIDEST)


def at_one_place(places: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Which marks, by their number, stand so near to each other that they can hardly be told apart."""
    groups: list[list[int]] = []
    for number, (x, y) in enumerate(places):
        near = (
            group for group in groups
            if max(abs(x - places[group[0]][0]), abs(y - places[group[0]][1])) <= SAME
        )  # fmt: skip
        group = next(near, None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return groups


def size_of_names(figure: Figure, marks: Sequence[Mark]) -> tuple[float, float]:
    """How wide and high the names of marks at one place are, one below the other."""
    lines = [line for mark in marks for line in mark.lines(figure)]
    return max(width_of(figure, line) for line in lines), LINE * len(lines)


def write_names(axes: Axes, figure: Figure, marks: Sequence[Mark], box: Box, x: float) -> None:
    """The names in their box, each flush with the side that its mark at `x` is on."""
    at, ha = (box.left, "left") if box.left > x else (box.right, "right") if box.right < x else (x, "center")
    y = box.top
    for mark in marks:
        for line in mark.lines(figure):
            write(axes, at, y + LINE / 2, line, color=mark.color, ha=ha)
            y += LINE


def in_rows(figure: Figure, marks: Sequence[Mark]) -> list[tuple[float, list[Mark]]]:
    """The marks in rows of a list, best first, and how high each row is."""
    order = sorted(marks, key=lambda mark: (-mark.quality.mean, mark.price.mean))
    rows = [order[start : start + COLUMNS] for start in range(0, len(order), COLUMNS)]
    return [(LINE * max(len(mark.lines(figure)) for mark in row) + 34, row) for row in rows]


def write_list(
    figure: Figure, top: float, rows: Sequence[tuple[float, Sequence[Mark]]], quality: Measure, price: Measure
) -> None:
    """Each name behind the shape of its mark, and below it where the mark stands."""
    axes = canvas(figure)
    for height, row in rows:
        for column, mark in enumerate(row):
            left = MARGIN + column * COLUMN
            mark.draw(axes, left + REACH, top + LINE / 2)
            lines = mark.lines(figure)
            for number, line in enumerate(lines):
                write(axes, left + 24, top + LINE * (number + 0.5), line, color=mark.color)
            numbers = f"{quality.said(mark.quality.mean)} at {price.said(mark.price.mean)}"
            write(axes, left + 24, top + LINE * (len(lines) + 0.5), numbers, size=SMALL, color=SOFT)
        top += height
