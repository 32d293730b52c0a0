"""What the signs of a picture mean, in one line above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .picture import INK, MARGIN, SMALL, SOFT, WIDTH, canvas, width_of, write

SIGN = 16  # pixels that a sign in the key may take

Sign = Callable[[Axes, float, float], object]  # draws itself on axes in pixels, around a point


class Look(NamedTuple):
    """How a bar is drawn: never by colour alone."""

    fill: str
    edge: str
    hatch: str
    dashed: bool
    word: str  # its name in the key
    mark: str = ""  # the sign and word on the bar itself

    def draw(self, axes: Axes, x: float, y: float) -> None:
        style: Any = (0, (3, 2)) if self.dashed else "-"
        axes.add_patch(
            Rectangle((x - 8, y - 6), SIGN, 12, fc=self.fill, ec=self.edge, hatch=self.hatch, ls=style, lw=1.1)
        )


def draw_key(figure: Figure, left: float, looks: Sequence[Look], *, underline: bool = False) -> None:
    """What the bars mean."""
    signs: list[tuple[str, Sign]] = [(look.word, look.draw) for look in looks]
    draw_signs(figure, left, signs + [("the longest chain", underlined)] * underline)


def draw_signs(figure: Figure, left: float, signs: Sequence[tuple[str, Sign]]) -> None:
    """Each sign with its word; further to the left where they would not fit otherwise."""
    axes = canvas(figure)
    if sum(SIGN + 22 + width_of(figure, word, SMALL) for word, _ in signs) > WIDTH - left - MARGIN:
        left = MARGIN
    x = left
    for word, draw in signs:
        draw(axes, x + SIGN / 2, 20)
        write(axes, x + SIGN + 6, 20, word, size=SMALL, color=SOFT)
        x += SIGN + 22 + width_of(figure, word, SMALL)


def underlined(axes: Axes, x: float, y: float) -> None:
    axes.add_patch(Rectangle((x - 8, y + 2), SIGN, 3, color=INK, lw=0))
