"""Quiet axes: faint lines, few numbers, a unit; and as much room as the numbers at both ends need."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .picture import FAINT, SMALL, SOFT, axes_width, figure_of, points, width_of

STEPS, FINE_STEPS = [1, 2, 5, 10], [1, 2, 2.5, 5, 10]
EDGE = 10  # pixels between a panel's left edge and its 0


def tick_label(value: float) -> str:
    return f"{value:,.0f}" if 1e6 <= abs(value) < 1e10 else f"{value:,.6g}"


def number_axis(axes: Axes, label: str) -> None:
    """The axis below a panel, once its limits are set."""
    widest = width_of(figure_of(axes), tick_label(axes.get_xlim()[1]), SMALL)
    axes.xaxis.set_major_locator(MaxNLocator(max(2, int(axes_width(axes) // max(60, widest + 24))), steps=STEPS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_label(value)))
    axes.tick_params(axis="x", length=0, pad=6, labelsize=points(SMALL), labelcolor=SOFT)
    axes.grid(axis="x", color=FAINT, lw=0.8, zorder=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(label, fontsize=points(SMALL), color=SOFT, labelpad=5)


def seconds_axis(axes: Axes, simulated: bool, now_s: float) -> None:
    number_axis(axes, "seconds (simulated)" if simulated else "seconds")
    if not now_s:  # plain Python took no time at all: one tick says so
        axes.set_xticks([0])


def closed_axis(axes: Axes, label: str, most: float) -> None:
    """An axis from 0 to `most` whose numbers stand inside the panel. Where all is 0, the 0 is its only number."""
    figure, width = figure_of(axes), axes_width(axes)
    label_width = width_of(figure, tick_label(float(f"{most:.1g}")), SMALL)
    ticks = [tick for tick in round_numbers(0, most, int(width // max(44, label_width + 22))) if tick <= (most or 1)]
    pad = max(EDGE, width_of(figure, tick_label(ticks[-1]), SMALL) / 2)
    pixel = (most or 1) / (width - EDGE - pad)
    axes.set_xlim(-EDGE * pixel, (most or 1) + pad * pixel)
    number_axis(axes, label)
    axes.set_xticks(ticks if most else ticks[:1])


def round_numbers(low: float, high: float, most: int) -> Sequence[float]:
    """Round numbers at equal steps, from below `low` to above `high`, about `most` steps at most."""
    if low == high:
        high = low + 1
    return [float(tick) for tick in MaxNLocator(max(1, most), steps=FINE_STEPS).tick_values(low, high)]


def significant(value: float) -> str:
    """Three digits that say something, in full where that is short.

    >>> significant(1234.5), significant(61.25), significant(0.0301), significant(0)
    ('1,234', '61.2', '0.0301', '0')
    """
    if value == 0:
        return "0"
    places = 2 - int(f"{value:e}".partition("e")[2])
    return f"{value:,.{max(0, places)}f}" if -7 < places < 8 else f"{value:.3g}"
