"""Where the tokens of each pattern go: who reads and writes how much, with the orchestrator's own apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .key import Look, draw_key
from .measured import ROLE_COLUMNS, about, by_pattern
from .picture import (
    BLUE,
    GREEN,
    LINE,
    MARGIN,
    PALE_BLUE,
    PALE_GREEN,
    PAPER,
    SMALL,
    SOFT,
    STRIPE,
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

ROLE = Look(PALE_GREEN, GREEN, "", False, "a specialist, named in its part or below")
OTHERS = Look(PAPER, GREEN, "....", False, "several, named below")
OWN = Look(BLUE, PALE_BLUE, "////", False, "the orchestrator's own: plan, review, judge, merge")
BAR, ROW = 26, 62  # pixels: a bar; a bar with the line below it
SLIVER = 8  # pixels that a part must have to be seen by itself


@dataclass(frozen=True, slots=True)
class Spent:
    """The mean tokens of a run of one pattern, read and written, by who spent them."""

    work: Mapping[str, float]  # of specialists, in order of first appearance
    own: Mapping[str, float]  # of the orchestrator: its planner, its reviewers, its judge
    runs: int

    @property
    def total(self) -> float:
        return sum(self.work.values()) + sum(self.own.values())

    @property
    def own_part(self) -> float:
        return sum(self.own.values()) / self.total if self.total else 0.0

    @property
    def share(self) -> str:
        """The orchestrator's part, `57 %`; a little is never called nothing, nor nearly all all."""
        if 0 < self.own_part < 0.005:
            return "< 1 %"
        return "> 99 %" if 0.995 <= self.own_part < 1 else f"{100 * self.own_part:.0f} %"

    def end(self, *, with_share: bool = False) -> str:
        """What stands at the end of the bar."""
        return tokens(self.total) + (f", {self.share} own" if with_share else "")


def tokens_by_role(roles: pd.DataFrame, *, alt: str | None = None) -> Picture:
    """The mean tokens of a run, a bar a pattern: each specialist's part, and hatched in blue the orchestrator's own
    (planning, reviewing, judging and merging) with its share. Names that do not fit stand below the bar, in the order
    of the parts; parts too narrow to be seen are one. `roles` has a row for each run and role, as `compare()` makes it;
    a run without any call has none there, and so does not count.

    Raises ValueError, naming what is missing, for a table that is empty or lacks a column.
    """
    rows = by_pattern(roles, "tokens_by_role", ROLE_COLUMNS, ("tokens_in", "tokens_out"))
    spent = {name: spent_by(mine) for name, mine in rows.items()}
    with drawing():
        figure = new_figure(100)
        labels = {name: wrapped(figure, plain(name), WIDTH * 0.24) for name in spent}
        heights = {name: max(ROW, 14 + LINE * len(lines)) for name, lines in labels.items()}
        left = MARGIN + 14 + max(width_of(figure, line) for lines in labels.values() for line in lines)
        ends = [each.end() if each.own_part > 0.1 else each.end(with_share=True) for each in spent.values()]
        right = MARGIN + max(width_of(figure, end) for end in ends)
        top, bottom = 44, 78
        set_height(figure, top + sum(heights.values()) + bottom)
        axes = panel(figure, left, top, WIDTH - left - right, sum(heights.values()))
        closed_axis(axes, "tokens a run, in and out", max(each.total for each in spent.values()))
        behind, y, used = canvas(figure, behind=True), 0.0, set[Look]()
        for number, (name, each) in enumerate(spent.items()):
            back = PAPER if number % 2 else STRIPE
            if back == STRIPE:
                stripe(behind, top + y, heights[name])
            middle = y + heights[name] / 2
            higher = 9 if len(labels[name]) == 1 else 0  # a name on one line stands beside its bar
            write(behind, left - 14, top + middle - higher, "\n".join(labels[name]), ha="right")
            used |= draw_bar(axes, name, each, middle - 9, back)
            y += heights[name]
        write_below(figure, about(roles))
        draw_key(figure, left + EDGE, [look for look in (ROLE, OTHERS, OWN) if look in used])
    return Picture(figure, alt or in_words(spent))


def spent_by(rows: pd.DataFrame) -> Spent:
    """The sums of one pattern's rows, by who, over its runs."""
    sums: dict[bool, dict[str, float]] = {True: {}, False: {}}
    runs = len(set(zip(rows["task"], rows["seed"], strict=True)))
    for who, managing, read, written in zip(
        rows["who"], rows["managing"], rows["tokens_in"], rows["tokens_out"], strict=True
    ):
        side = sums[bool(managing)]
        side[str(who)] = side.get(str(who), 0.0) + float(read + written) / runs
    return Spent(sums[False], sums[True], runs)


def tokens(mean: float) -> str:
    return f"{mean:,.0f}" if mean >= 10 or mean == int(mean) else f"{mean:.1f}"


def draw_bar(axes: Axes, name: str, spent: Spent, middle: float, back: str) -> set[Look]:
    """One bar: a part for each specialist, in order of first appearance, then those too small to be seen in one part,
    then the orchestrator's. Which looks it has."""
    figure, (low, high) = figure_of(axes), axes.get_xlim()
    pixel = (high - low) / axes_width(axes)

    def fits(text: str, tokens: float) -> bool:
        return (width_of(figure, text, SMALL) + 10) * pixel <= tokens

    small = {who: mean for who, mean in spent.work.items() if mean < SLIVER * pixel}
    large = {who: mean for who, mean in spent.work.items() if who not in small}
    if len(small) == 1:
        large, small = dict(spent.work), {}
    parts = [(ROLE, plain(who), mean, f"role {who} of {name}") for who, mean in large.items()]
    parts.append((OTHERS, "", sum(small.values()), f"others of {name}"))
    parts.append((OWN, spent.share, sum(spent.own.values()), f"own of {name}"))
    start, used, below = 0.0, set[Look](), list[str]()
    for look, said, mean, gid in parts:
        if not mean:
            continue
        used.add(look)
        axes.add_patch(
            Rectangle((start, middle - BAR / 2), mean, BAR, fc=look.fill, ec=look.edge, hatch=look.hatch, lw=1, gid=gid)
        )
        numbered = f"{said}: {tokens(mean)}" if look is ROLE else said
        inside = next((text for text in (numbered, said) if text and fits(text, mean)), "")
        if look is OWN and inside:
            write(axes, start + mean / 2, middle, inside, size=SMALL, ha="center", color=PAPER, back=look.fill)
        elif inside:
            write(axes, start + mean / 2, middle, inside, size=SMALL, ha="center")
        elif look is ROLE:
            below.append(numbered)
        start += mean
    own = sum(spent.own.values())
    end = spent.end(with_share=not own or not fits(spent.share, own))
    write(axes, start + 7 * pixel, middle, end, back=back)
    below += [f"{plain(who)}: {tokens(mean)}" for who, mean in small.items()]
    write(axes, 4 * pixel, middle + BAR / 2 + 11, listing(axes, below), size=SMALL, color=SOFT, back=back)
    return used


def listing(axes: Axes, said: Sequence[str]) -> str:
    """As many as fit in one line from the start of the bars to the edge of the figure, and how many more there are."""
    figure = figure_of(axes)
    most = WIDTH - MARGIN - axes.get_position().x0 * WIDTH - 40
    for shown in range(len(said), -1, -1):
        more = len(said) - shown
        text = ", ".join([*said[:shown], *([f"{more} more" if shown else f"{more} with long names"] if more else [])])
        if width_of(figure, text, SMALL) <= most:
            return text
    return ""


def in_words(spent: Mapping[str, Spent]) -> str:
    """The chart as sentences, with its numbers."""
    said = ["Tokens a run by who spent them, means."]
    for name, each in spent.items():
        work = ", ".join(f"{plain(who)} {tokens(mean)}" for who, mean in each.work.items()) or "nobody"
        own = ", ".join(f"{plain(who)} {tokens(mean)}" for who, mean in each.own.items())
        said.append(
            f"{plain(name)}, {each.runs} {'run' if each.runs == 1 else 'runs'}: {tokens(each.total)} tokens, of which "
            f"{each.share} the orchestrator's own{f' ({own})' if own else ''}; specialists: {work}."
        )
    return " ".join(said)
