"""Who worked when: the timeline of a run, drawn from its events alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from ..ledger import call_rows
from .key import draw_key
from .lanes import LOOKS, Bar, Kind, bar_of, lane_label, lanes_of
from .picture import (
    BAR,
    INK,
    LANE_PADDING,
    LINE,
    MARGIN,
    PAPER,
    SMALL,
    STRIPE,
    WIDTH,
    Picture,
    Ran,
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
    write,
)
from .scales import seconds_axis


def timeline(run: Ran, *, alt: str | None = None) -> Picture:
    """Who worked when: a lane for each specialist, a bar for each call. Where work overlapped, the longest chain of
    calls, which the whole run waited for, is underlined."""
    now_s = run.events[-1].at_s
    root = run.events[0].path
    bars = [bar_of(call, now_s) for call in call_rows(run.events)]
    lanes = lanes_of(bars)
    chain = longest_chain(bars)
    with drawing():
        figure = new_figure(100)
        labels = [lane_label(figure, lane, above, root) for above, lane in pairwise([None, *lanes]) if lane]
        heights = [LANE_PADDING + max(BAR, LINE * (label.count("\n") + 1)) for label in labels]
        left = MARGIN + 14 + max((width_of(figure, label) for label in labels), default=0)
        top, bottom = 40, 50
        set_height(figure, top + sum(heights) + bottom)
        axes = panel(figure, left, top, WIDTH - left - MARGIN, max(1, sum(heights)))
        # a short call that failed at the very end has its cross to the right of it
        late = any(LOOKS[bar.kind].mark and bar.end_s > 0.85 * now_s for bar in bars)
        axes.set_xlim(0, (now_s or 1) / (1 - (90 if late else 8) / axes_width(axes)))
        seconds_axis(axes, run.simulated, now_s)
        behind = canvas(figure, behind=True)
        middle = 0.0
        for number, (lane, label, height) in enumerate(zip(lanes, labels, heights, strict=True)):
            back = PAPER if number % 2 else STRIPE
            if back == STRIPE:
                stripe(behind, top + middle, height)
            draw_lane(axes, lane, middle + height / 2, chain, back)
            write(axes, -14, middle + height / 2, label, ha="right", x_in_pixels=True)
            middle += height
        kinds: list[Kind] = [kind for kind in LOOKS if any(bar.kind == kind for bar in bars)]
        draw_key(figure, left, [LOOKS[kind] for kind in kinds], underline=bool(chain))
    return Picture(figure, alt or timeline_in_words(run, bars, root))


def longest_chain(bars: Sequence[Bar]) -> set[str]:
    """The calls that the end of the run waited for, each begun when the one before ended, by path. Nothing where
    nothing overlapped, and nothing where the run also waited for something else than calls."""
    chain: set[str] = set()
    at_s = max((bar.end_s for bar in bars), default=0.0)
    while ended := [bar for bar in bars if bar.end_s == at_s and bar.call.path not in chain]:
        # who was cancelled, ended only because of another; a call that took no time hides the one before it
        last = min(ended, key=lambda bar: (bar.kind == "cancelled", bar.call.started_s < at_s))
        chain.add(last.call.path)
        at_s = last.call.started_s
    whole = all(at_s <= bar.call.started_s for bar in bars)
    return chain if whole and len(chain) < len(bars) else set()


def draw_lane(axes: Axes, lane: Sequence[Bar], middle: float, chain: set[str], row: str) -> None:
    """The bars of one lane, each with its tokens or its fate: on the bar if they fit, else to the right of it, else to
    the left, else left out."""
    px = axes.get_xlim()[1] / axes_width(axes)  # seconds a pixel
    drawn_to = 0.0  # where the bar or the words before end
    for bar, then in zip(lane, [*lane[1:], None], strict=True):
        look, start = LOOKS[bar.kind], bar.call.started_s
        width = max(bar.end_s - start, 4 * px)
        shape = PathPatch(
            rounded(start, middle - BAR / 2, width, BAR, px),
            facecolor=look.fill, edgecolor=look.edge, hatch=look.hatch,
            linestyle=(0, (3, 2)) if look.dashed else "-", linewidth=1.1, gid=f"call {bar.call.path}", zorder=2,
            clip_on=False,
        )  # fmt: skip
        axes.add_patch(shape)
        if bar.call.path in chain:
            axes.add_patch(Rectangle((start, middle + BAR / 2 - 1.5), width, 3, color=INK, lw=0, zorder=3))
        tokens = bar.call.tokens_in + bar.call.tokens_out
        said = look.mark or (f"{tokens:,} tokens" if tokens else "")
        room = (then.call.started_s if then else axes.get_xlim()[1]) - start - width
        before, drawn_to = start - drawn_to, start + width
        for text in (said, look.mark[:1]):
            needed = (width_of(figure_of(axes), text, SMALL) + 10) * px
            if needed <= width:
                dark = bool(look.hatch)
                write(axes, start + width / 2, middle, text, size=SMALL, ha="center",
                      color=PAPER if dark else INK, back=look.fill if dark else None)  # fmt: skip
            elif needed <= room:
                write(axes, start + width + 5 * px, middle, text, size=SMALL, back=row)
                drawn_to += needed
            elif needed <= before:
                write(axes, start - 5 * px, middle, text, size=SMALL, ha="right", back=row)
            else:
                continue
            break


def rounded(x0: float, y0: float, width: float, height: float, px: float) -> Outline:
    """A box with corners that are round on the screen, where `px` is the width of a pixel in seconds."""
    dx, dy = min(3 * px, width / 2), min(3.0, height / 2)
    x1, y1 = x0 + width, y0 + height
    corners = [
        (x0 + dx, y0), (x1 - dx, y0), (x1, y0), (x1, y0 + dy), (x1, y1 - dy), (x1, y1), (x1 - dx, y1),
        (x0 + dx, y1), (x0, y1), (x0, y1 - dy), (x0, y0 + dy), (x0, y0), (x0 + dx, y0), (x0 + dx, y0),
    ]  # fmt: skip
    side = (Outline.LINETO, Outline.CURVE3, Outline.CURVE3)
    return Outline(corners, [Outline.MOVETO, *side * 4, Outline.CLOSEPOLY])


def timeline_in_words(run: Ran, bars: Sequence[Bar], root: str) -> str:
    """The timeline as a sentence or two, with its numbers."""
    unit = "seconds (simulated)" if run.simulated else "seconds"
    spans = []
    for bar in bars[:12]:
        name = plain(bar.call.path.removeprefix(f"{root}/"))
        said = {"failed": ", failed", "cancelled": ", cancelled", "waiting": ", not answered yet"}.get(bar.kind, "")
        own = " (the orchestrator's own)" if bar.kind == "own" else ""
        spans.append(f"{name}{own} from {bar.call.started_s:.1f} to {bar.end_s:.1f}{said}")
    if len(bars) > len(spans):
        spans.append(f"and {len(bars) - len(spans)} more")
    begins = [bar.call.started_s for bar in bars]
    most = max((sum(bar.call.started_s <= at < bar.end_s for bar in bars) for at in begins), default=0)
    at_once = f", at most {most} at the same time" if most else ""
    calls = f"{len(bars)} {'call' if len(bars) == 1 else 'calls'}"
    listed = f": {'; '.join(spans)}" if spans else ""
    return f"Timeline of {plain(root)}, {calls} in {run.events[-1].at_s:.1f} {unit}{at_once}{listed}."
