"""What several runs cost, side by side: tokens with the orchestrator's own apart, and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..ledger import MANAGING, call_rows
from .key import Look, draw_key
from .picture import (
    BAR,
    BLUE,
    GREEN,
    INK,
    LINE,
    MARGIN,
    PALE_BLUE,
    PALE_GREEN,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Picture,
    Ran,
    axes_width,
    drawing,
    figure_of,
    new_figure,
    panel,
    plain,
    set_height,
    width_of,
    wrapped,
    write,
    write_at_end,
)
from .scales import number_axis


class Cost(NamedTuple):
    """What one run cost, in the parts that are drawn."""

    read: int
    written: int
    own: int  # tokens of the orchestrator's own calls, read and written
    latency_s: float
    simulated: bool
    about: str  # "~" when an endpoint did not say


PARTS = (
    ("read by specialists", Look(PALE_GREEN, GREEN, "", False, "tokens in, specialists")),
    ("written by specialists", Look(GREEN, GREEN, "", False, "tokens out, specialists")),
    ("the orchestrator's own", Look(BLUE, PALE_BLUE, "////", False, "the orchestrator's own, in and out")),
)


def tokens_and_latency(runs: Mapping[str, Ran], *, alt: str | None = None) -> Picture:
    """What several runs cost, side by side: tokens in and out, the orchestrator's own apart, and seconds."""
    if not runs:
        raise ValueError("tokens_and_latency() was given no runs: tokens_and_latency({'one agent': run})")
    costs = {name: cost_of_run(run) for name, run in runs.items()}
    with drawing():
        figure = new_figure(100)
        labels = ["\n".join(wrapped(figure, plain(name), WIDTH * 0.24)) for name in costs]
        heights = [22 + max(BAR + 4, LINE * (label.count("\n") + 1)) for label in labels]
        left = MARGIN + 14 + max(width_of(figure, label) for label in labels)
        top, bottom, gap = 44, 50, 48
        set_height(figure, top + sum(heights) + bottom)
        room = WIDTH - left - MARGIN - gap
        tokens = panel(figure, left, top, room * 0.62, sum(heights))
        seconds = panel(figure, left + room * 0.62 + gap, top, room * 0.38, sum(heights))
        most_tokens = max(sum(cost[:3]) for cost in costs.values()) or 1
        most_seconds = max(cost.latency_s for cost in costs.values()) or 1
        tokens.set_xlim(0, most_tokens * 1.18)  # room for the number at the end of the longest bar
        seconds.set_xlim(0, most_seconds * 1.3)
        number_axis(tokens, "tokens")
        simulated = {cost.simulated for cost in costs.values()}
        number_axis(seconds, {True: "seconds (simulated)", False: "seconds"}[simulated == {True}])
        y = 0.0
        for label, height, cost in zip(labels, heights, costs.values(), strict=True):
            write(tokens, -14, y + height / 2, label, ha="right", x_in_pixels=True)
            draw_parts(tokens, cost, y + height / 2)
            seconds.add_patch(Rectangle((0, y + height / 2 - 12), cost.latency_s, 24, fc="#b9bdc6", ec=SOFT, lw=1))
            said = f"{cost.latency_s:.1f} s" + (" (simulated)" if cost.simulated and len(simulated) > 1 else "")
            write_at_end(seconds, cost.latency_s, y + height / 2, said)
            y += height
        used = [look for place, (_, look) in enumerate(PARTS) if any(cost[place] for cost in costs.values())]
        draw_key(figure, left, used)
    return Picture(figure, alt or costs_in_words(costs))


def cost_of_run(run: Ran) -> Cost:
    """The sums of a run, the orchestrator's own calls apart from those of its specialists."""
    calls, summary = call_rows(run.events), run.summary()
    work = [call for call in calls if call.phase not in MANAGING]
    own = sum(call.tokens_in + call.tokens_out for call in calls if call.phase in MANAGING)
    read, written = sum(call.tokens_in for call in work), sum(call.tokens_out for call in work)
    return Cost(read, written, own, summary.latency_s, summary.simulated, "~" if summary.estimated else "")


def draw_parts(axes: Axes, cost: Cost, middle: float) -> None:
    """The tokens of one run: three parts in a row, each with its number where it fits, and the sum at the end."""
    px = axes.get_xlim()[1] / axes_width(axes)
    start = 0.0
    for tokens, (part, look) in zip(cost[:3], PARTS, strict=True):
        if not tokens:
            continue
        axes.add_patch(
            Rectangle((start, middle - 12), tokens, 24, fc=look.fill, ec=look.edge, hatch=look.hatch, lw=1, gid=part)
        )
        if (width_of(figure_of(axes), f"{tokens:,}", SMALL) + 8) * px <= tokens:
            write(axes, start + tokens / 2, middle, f"{tokens:,}", size=SMALL, ha="center",
                  color=PAPER if look.fill == BLUE else INK, back=look.fill if look.hatch else None)  # fmt: skip
        start += tokens
    write_at_end(axes, start, middle, f"{cost.about}{sum(cost[:3]):,}")


def costs_in_words(costs: Mapping[str, Cost]) -> str:
    """The chart as sentences, with its numbers."""
    said = []
    for name, cost in costs.items():
        parts = ", ".join(f"{cost.about}{tokens:,} {word}" for tokens, (word, _) in zip(cost[:3], PARTS, strict=True))
        unit = "seconds (simulated)" if cost.simulated else "seconds"
        said.append(f"{plain(name)}: {cost.about}{sum(cost[:3]):,} tokens ({parts}), {cost.latency_s:.1f} {unit}.")
    return " ".join(["Tokens and latency.", *said])
