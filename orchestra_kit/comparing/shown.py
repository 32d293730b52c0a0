"""A comparison as one reads it: a small table of means and their intervals, and what must be said beside it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..intervals import Interval, interval, unseen
from .columns import bounds
from .recommendation import plain

if TYPE_CHECKING:
    import pandas as pd

    from .comparison import Comparison

WIDTH = 80  # characters of a plain terminal
QUALITY, COST, LATENCY = "quality, 0 to 1", "$ per 1,000 runs", "latency, s"


def title(comparison: Comparison) -> str:
    """What stands above the table."""
    frame = comparison.frame
    runs = frame.groupby("pattern").size().max()
    simulated = "; cost and latency are simulated" if comparison.simulated else ""
    return (
        f"{frame['task'].iloc[0]}, {frame['model'].iloc[0]}, {runs} {'run' if runs == 1 else 'runs'} a pattern: "
        f"mean (95 % interval){simulated}"
    )


def notes(comparison: Comparison) -> Iterator[str]:
    """What must be said below it: what is estimated, and which runs delivered nothing."""
    if comparison.frame["estimated"].any():
        yield "~ The endpoint did not say what it used: these tokens and dollars are estimated."
    if nothing := list(undelivered(comparison)):
        yield f"Delivered nothing, and counted with a quality of 0: {', '.join(nothing)}."
    if never_slips(comparison):
        yield (
            "This model never slips, so there is little to review or to choose from; EmbeddedModel(slips=1) errs as "
            "often as published."
        )
    runs = int(comparison.frame.groupby("pattern").size().min())
    yield f"What happens in fewer than {unseen(runs):.0%} of runs may not have happened in {runs}."


def never_slips(comparison: Comparison) -> bool:
    """Whether an embedded model answered that makes no mistakes."""
    return all(name.startswith("EmbeddedModel(") and "slips" not in name for name in comparison.frame["model"])


def all_notes(comparison: Comparison) -> Iterator[str]:
    """The same where nobody has yet said what was arranged about the task."""
    if comparison.arranged:
        yield f"What was arranged: {comparison.arranged}"
    yield from notes(comparison)


def undelivered(comparison: Comparison) -> Iterator[str]:
    """How many runs of each pattern delivered nothing, and what stopped them."""
    all_runs = comparison.frame.groupby("pattern").size()
    for pattern, runs in comparison.undelivered.groupby("pattern", sort=False):
        reasons = ", ".join(str(reason) for reason in runs["stop_reason"].unique())
        yield f"{pattern} {len(runs)} of {all_runs[pattern]} ({reasons})"


def table(comparison: Comparison, between: str = " ") -> pd.DataFrame:
    """A row a pattern, every cell as text; `between` stands between a mean and its interval."""
    import pandas as pd

    rows = {}
    for pattern, runs in comparison.frame.groupby("pattern", sort=False):
        about = "~" if runs["estimated"].any() else ""
        rows[pattern] = {
            QUALITY: cell(runs["quality"], "quality", between, places=2),
            COST: about + cell(runs["cost_usd"] * 1_000, "cost_usd", between),
            LATENCY: cell(runs["latency_s"], "latency_s", between),
            "calls": f"{runs['calls'].mean():.1f}",
            "tokens": f"{about}{(runs['tokens_in'] + runs['tokens_out']).mean():,.0f}",
            "orchestrator": f"{runs['orchestrator_share'].mean():.0%}",
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def cell(values: pd.Series[float], measure: str, between: str, places: int | None = None) -> str:
    """A mean and its interval, with as many places as tell three digits of the mean apart."""
    measured: Interval = interval(values, *bounds(measure))
    if places is None:
        places = len(plain(measured.mean, 3).partition(".")[2])
    mean, low, high = (f"{value:,.{places}f}" for value in measured[:3])
    return mean if measured.runs == 1 else f"{mean}{between}({low}–{high})"


def as_text(comparison: Comparison) -> str:
    """The table for a terminal of 80 columns: what decides between patterns. The rest stands in `frame`."""
    shown = table(comparison)[[QUALITY, COST, LATENCY]].to_string()
    return "\n".join(
        [
            textwrap.fill(title(comparison), WIDTH),
            shown,
            *(textwrap.fill(note, WIDTH) for note in all_notes(comparison)),
        ]
    )


def as_html(comparison: Comparison) -> str:
    """The table for a notebook. Names and texts are escaped: they may come from anywhere."""
    below = "".join(f"<p>{html.escape(note)}</p>" for note in all_notes(comparison))
    return f"<p>{html.escape(title(comparison))}</p>{table(comparison).to_html(escape=True)}{below}"
