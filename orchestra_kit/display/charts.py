"""Pictures of runs: who worked when, and what several runs cost. Drawn from events alone.

Every picture says its numbers a second time in words (`alt`), and never by colour alone. Positions are counted in
pixels at the size a notebook shows, so that a text can be measured before it is placed.
"""

from __future__ import annotations

import base64
import html
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..events import Event
from ..ledger import MANAGING, CallRow, Summary, call_rows

WIDTH, MARGIN = 860, 16  # pixels, as a notebook shows them
SHARPER = 2  # stored with so many pixels for each, so that text is crisp on every screen
PIXELS_PER_INCH = 100
TEXT, SMALL = 12.5, 11.5  # heights of letters in pixels
INK, SOFT, FAINT, STRIPE, PAPER = "#1f2430", "#5b616e", "#dcdad3", "#f5f4ef", "#ffffff"
BLUE, GREEN, ORANGE, GREY = "#0072b2", "#009e73", "#d55e00", "#63686f"  # Okabe and Ito, and a grey
PALE_BLUE, PALE_GREEN, PALE_ORANGE = "#7fb8d8", "#d5eee5", "#fbe6d9"
STYLE: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same letters on every machine
    "hatch.linewidth": 0.7,
    "text.usetex": False,
    "text.antialiased": True,
    "path.sketch": None,
}


class Ran(Protocol):
    """What a picture needs of a run."""

    events: list[Event]

    @property
    def simulated(self) -> bool: ...
    def summary(self) -> Summary: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, and the same in words. The last line of a notebook cell shows it."""

    figure: Figure
    alt: str

    def png(self) -> bytes:
        """The picture as a file's content; the same figure gives the same bytes."""
        with drawing(), BytesIO() as file:
            self.figure.savefig(file, format="png", dpi=PIXELS_PER_INCH * SHARPER, metadata={"Software": None})
            return file.getvalue()

    def save(self, path: str | Path) -> Path:
        """Write it as a PNG file."""
        path = Path(path)
        path.write_bytes(self.png())
        return path

    def _repr_html_(self) -> str:
        """An image with its words: it shows in untrusted notebooks and in exported pages too."""
        data = base64.b64encode(self.png()).decode()
        return f'<img alt="{html.escape(self.alt)}" width="{WIDTH}" src="data:image/png;base64,{data}">'

    def __repr__(self) -> str:
        return self.alt


# --- a timeline --------------------------------------------------------------------------------------------------

Kind = Literal["work", "own", "failed", "cancelled", "waiting"]


class Look(NamedTuple):
    """How a bar is drawn: never by colour alone."""

    fill: str
    edge: str
    hatch: str
    dashed: bool
    word: str  # its name in the key
    mark: str = ""  # the sign and word on the bar itself


LOOKS: dict[Kind, Look] = {
    "work": Look(PALE_GREEN, GREEN, "", False, "a specialist works"),
    "own": Look(BLUE, PALE_BLUE, "////", False, "the orchestrator's own calls"),
    "failed": Look(PALE_ORANGE, ORANGE, "", False, "✕ failed", "✕ failed"),
    "cancelled": Look("#f0f0ee", GREY, "", True, "⊘ cancelled", "⊘ cancelled"),
    "waiting": Look(PAPER, GREEN, "", True, "… not answered yet", "…"),
}
BAR, LINE, LANE_PADDING = 20, 16, 14  # heights in pixels


class Bar(NamedTuple):
    """One call as it is drawn."""

    call: CallRow
    kind: Kind
    end_s: float


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
        labels = ["\n".join(wrapped(figure, lane_name(lane, root), WIDTH * 0.36)) for lane in lanes]
        heights = [LANE_PADDING + max(BAR, LINE * (label.count("\n") + 1)) for label in labels]
        left = MARGIN + 14 + max((width_of(figure, label) for label in labels), default=0)
        top, bottom = 40, 50
        set_height(figure, top + sum(heights) + bottom)
        axes = panel(figure, left, top, WIDTH - left - MARGIN, max(1, sum(heights)))
        # a short call that failed at the very end has its cross to the right of it
        late = any(LOOKS[bar.kind].mark and bar.end_s > 0.85 * now_s for bar in bars)
        axes.set_xlim(0, (now_s or 1) / (1 - (90 if late else 8) / axes_width(axes)))
        seconds_axis(axes, run.simulated, now_s)
        middle = 0.0
        for number, (lane, label, height) in enumerate(zip(lanes, labels, heights, strict=True)):
            if number % 2 == 0:
                stripe(axes, left, middle, height)
            draw_lane(axes, lane, middle + height / 2, chain)
            write(axes, -14, middle + height / 2, label, ha="right", x_in_pixels=True)
            middle += height
        kinds: list[Kind] = [kind for kind in LOOKS if any(bar.kind == kind for bar in bars)]
        draw_key(figure, left, [LOOKS[kind] for kind in kinds], underline=bool(chain))
    return Picture(figure, alt or timeline_in_words(run, bars, root))


def bar_of(call: CallRow, now_s: float) -> Bar:
    """How a call is drawn. One that has no answer yet lasts until now."""
    kind: Kind = "own" if call.phase in MANAGING else "work"
    match call.status:
        case "failed" | "skipped":
            kind = "failed"
        case "cancelled" | "waiting":
            kind = call.status
    return Bar(call, kind, now_s if call.ended_s is None else call.ended_s)


def lanes_of(bars: Sequence[Bar]) -> list[list[Bar]]:
    """A lane for each specialist of each job; who works on several things at once gets a lane more for each."""
    lanes: list[list[Bar]] = []
    for bar in bars:
        whose = (bar.call.job, bar.call.who)
        mine = (lane for lane in lanes if (lane[0].call.job, lane[0].call.who) == whose)
        free = next((lane for lane in mine if lane[-1].end_s <= bar.call.started_s), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes


def lane_name(lane: Sequence[Bar], root: str) -> str:
    """`research`, `writers/blog`: the path below the run's own name."""
    return plain(lane[0].call.path.removeprefix(f"{root}/"))


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


def draw_lane(axes: Axes, lane: Sequence[Bar], middle: float, chain: set[str]) -> None:
    """The bars of one lane, each with its tokens or its fate: on the bar if they fit, else beside it, else left out."""
    px = axes.get_xlim()[1] / axes_width(axes)  # seconds a pixel
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
        for text in (said, look.mark[:1]):
            needed = (width_of(figure_of(axes), text, SMALL) + 10) * px
            if needed <= width or needed <= room:
                inside = needed <= width
                x = start + width / 2 if inside else start + width + 5 * px
                back = look.fill if inside and look.hatch else None
                write(axes, x, middle, text, size=SMALL, ha="center" if inside else "left",
                      color=PAPER if back else INK, back=back)  # fmt: skip
                break


def stripe(axes: Axes, left: float, top: float, height: float) -> None:
    """A band behind every other lane, its name included, so that the eye finds the way from the name to the bar."""
    px = axes.get_xlim()[1] / axes_width(axes)
    start = (MARGIN / 2 - left) * px
    end = axes.get_xlim()[1] + MARGIN / 2 * px
    axes.add_patch(Rectangle((start, top), end - start, height, color=STRIPE, lw=0, zorder=0, clip_on=False))


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


def draw_key(figure: Figure, left: float, looks: Sequence[Look], *, underline: bool) -> None:
    """What the bars mean, in one line above them."""
    axes = panel(figure, 0, 0, WIDTH, 40)
    axes.set_xlim(0, WIDTH)
    axes.axis("off")
    entries = [(look.word, look) for look in looks] + [("the longest chain", None)] * underline
    if sum(38 + width_of(figure, word, SMALL) for word, _ in entries) > WIDTH - left - MARGIN:
        left = MARGIN
    x = left
    for word, look in entries:
        if look is None:
            axes.add_patch(Rectangle((x, 22), 16, 3, color=INK, lw=0))
        else:
            style: Any = (0, (3, 2)) if look.dashed else "-"
            axes.add_patch(Rectangle((x, 14), 16, 12, fc=look.fill, ec=look.edge, hatch=look.hatch, ls=style, lw=1.1))
        write(axes, x + 22, 20, word, size=SMALL, color=SOFT)
        x += 38 + width_of(figure, word, SMALL)


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


# --- tokens and latency ------------------------------------------------------------------------------------------


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
        draw_key(figure, left, used, underline=False)
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
            dark = look.fill in (BLUE, GREEN)
            write(axes, start + tokens / 2, middle, f"{tokens:,}", size=SMALL, ha="center",
                  color=PAPER if dark else INK, back=look.fill if look.hatch else None)  # fmt: skip
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


# --- drawing in pixels -------------------------------------------------------------------------------------------


@contextmanager
def drawing() -> Iterator[None]:
    """Our own style, whatever the notebook has set, and no warning for a letter that the font does not have: the name
    of a specialist may be in any script, and its box in the picture says enough."""
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def new_figure(height: float) -> Figure:
    """An empty figure of the usual width, without pyplot: nothing is kept behind the learner's back."""
    figure = Figure(figsize=(WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH, facecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure


def set_height(figure: Figure, height: float) -> None:
    figure.set_size_inches(WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH)


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes in pixels from the upper left corner; upwards is counted in pixels too, from the top down."""
    full = figure.get_size_inches()[1] * PIXELS_PER_INCH
    axes = figure.add_axes((left / WIDTH, 1 - (top + height) / full, width / WIDTH, height / full))
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.set_facecolor("none")
    axes.spines[:].set_visible(False)
    return axes


def figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    return figure


def axes_width(axes: Axes) -> float:
    return axes.get_position().width * WIDTH


def points(pixels: float) -> float:
    """A size in points, as matplotlib wants it."""
    return pixels * 72 / PIXELS_PER_INCH


def number_axis(axes: Axes, label: str) -> None:
    """A quiet axis: faint lines, few numbers, its unit."""
    axes.xaxis.set_major_locator(MaxNLocator(max(2, int(axes_width(axes) // 60)), steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
    axes.tick_params(axis="x", length=0, pad=6, labelsize=points(SMALL), labelcolor=SOFT)
    axes.grid(axis="x", color=FAINT, lw=0.8, zorder=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(label, fontsize=points(SMALL), color=SOFT, labelpad=5)


def seconds_axis(axes: Axes, simulated: bool, now_s: float) -> None:
    number_axis(axes, "seconds (simulated)" if simulated else "seconds")
    if not now_s:  # plain Python took no time at all: one tick says so
        axes.set_xticks([0])


def write(
    axes: Axes, x: float, y: float, text: str, *, size: float = TEXT, color: str = INK, ha: str = "left",
    x_in_pixels: bool = False, back: str | None = None,
) -> Text:  # fmt: skip
    """Text as it stands: never read as mathematics, whatever signs a name has. `back` is what stands behind it."""
    if x_in_pixels:
        x *= axes.get_xlim()[1] / axes_width(axes)
    box = {"facecolor": back, "edgecolor": "none", "pad": 1.5} if back else None
    return axes.text(
        x, y, text, fontsize=points(size), color=color, ha=ha, va="center_baseline" if "\n" not in text else "center",
        parse_math=False, bbox=box, zorder=4,
    )  # fmt: skip


def write_at_end(axes: Axes, x: float, y: float, text: str) -> None:
    write(axes, x + 6 * axes.get_xlim()[1] / axes_width(axes), y, text, size=TEXT)


def width_of(figure: Figure, text: str, size: float = TEXT) -> float:
    """How many pixels wide a text will be."""
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves this one without types
    label = Text(0, 0, text, fontsize=points(size), parse_math=False, figure=figure)
    return float(label.get_window_extent(renderer).width) if text else 0.0


def wrapped(figure: Figure, text: str, most: float) -> list[str]:
    """A long name in lines of at most so many pixels, three at the most."""
    letters = len(text)
    while letters > 8 and any(width_of(figure, line) > most for line in textwrap.wrap(text, letters)):
        letters = min(letters - 1, int(letters * 0.9))
    return textwrap.wrap(text, max(letters, 8), max_lines=3, placeholder=" …") or [""]


def plain(name: str) -> str:
    """A name on one line, with nothing in it that no font and no file could hold."""
    return " ".join(name.encode("utf-8", "replace").decode().split())
