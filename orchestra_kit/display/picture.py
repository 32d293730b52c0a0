"""Drawing in pixels: positions are counted at the size a notebook shows, so a text can be measured before it is placed.

Every picture says its numbers a second time in words (`alt`), and nothing is told by colour alone.
"""

from __future__ import annotations

import base64
import html
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from ..events import Event
from ..ledger import Summary

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
BAR, LINE, LANE_PADDING = 20, 16, 14  # heights in pixels


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

    def png(self, *, quick: bool = False) -> bytes:
        """The picture as a file's content; the same figure gives the same bytes. `quick` packs it less tightly."""
        packed = {"compress_level": 1} if quick else {}
        with drawing(), BytesIO() as file:
            self.figure.savefig(
                file, format="png", dpi=PIXELS_PER_INCH * SHARPER, metadata={"Software": None}, pil_kwargs=packed
            )
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


def canvas(figure: Figure, *, behind: bool = False) -> Axes:
    """The whole figure in pixels from its upper left corner, for what belongs to no single panel."""
    axes = panel(figure, 0, 0, WIDTH, figure.get_size_inches()[1] * PIXELS_PER_INCH)
    axes.set_xlim(0, WIDTH)
    axes.axis("off")
    axes.set_zorder(-1 if behind else 1)
    return axes


def figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    return figure


def axes_width(axes: Axes) -> float:
    return axes.get_position().width * WIDTH


def stripe(behind: Axes, top: float, height: float) -> None:
    """A band behind a row, its name included, so that the eye finds the way from the name to what is drawn."""
    behind.add_patch(Rectangle((MARGIN / 2, top), WIDTH - MARGIN, height, color=STRIPE, lw=0))


def points(pixels: float) -> float:
    """A size in points, as matplotlib wants it."""
    return pixels * 72 / PIXELS_PER_INCH


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
    write(axes, x + 7 * axes.get_xlim()[1] / axes_width(axes), y, text, size=TEXT, back=PAPER)


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


def write_below(figure: Figure, text: str) -> None:
    """A line at the lower edge, which says what the picture is of; as much of it as there is room for."""
    line = wrapped(figure, plain(text), WIDTH - 2 * MARGIN)[0]
    write(canvas(figure), MARGIN, figure.get_size_inches()[1] * PIXELS_PER_INCH - 14, line, size=SMALL, color=SOFT)


def plain(name: str) -> str:
    """A name on one line, with nothing in it that no font and no file could hold."""
    return " ".join(name.encode("utf-8", "replace").decode().split())
