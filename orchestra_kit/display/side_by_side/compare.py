"""Two to four runs in a notebook, side by side on one clock."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

import traitlets

from ..costs import tokens_and_latency
from ..stepper.axis import ticks
from ..stepper.page import story_of
from ..stepper.script import STYLE, script
from ..stepper.texts import clean, short
from ..twinned import Twinned
from .pairing import differences
from .sums import sums_of

HERE = Path(__file__).parent / "script"
OWN = ("standing", "strips", "differing", "compare")
SHARED = ("elements", "moments", "timeline", "tables")
HEADS = ("run", "tokens", "cost, $", "calls", "clock, s", "orchestrator", "ended")
FEWEST, MOST = 2, 4
LIKE_THIS = "Compare([one, other]), or with names Compare({'one agent': one, 'a team': other})"


class Compare(Twinned):
    """Two to four runs of one task, stepping together on one clock.

    runs  a list of runs, or a dict from a label to a run; without labels a run is called after its orchestrator

    Each step goes to the next time at which something happens in any of the runs; `index` counts these times. For each
    run there is what it does now, its sums so far and its timeline, all on the same axis, and on request the difference
    of any two: their calls paired by what was asked. It all works without a kernel. Under the widget stands a picture
    and a table for where no widget can be drawn. A run that is not over is shown as far as it is; after more steps in
    other cells, `refresh()`.

    Raises TypeError for anything that is not a list or a dict of runs, and ValueError for fewer than two, for more than
    four, or where one run is given twice; each with advice.
    """

    _esm = script(*SHARED) + "\n" + "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in OWN)
    _css = STYLE + (HERE / "compare.css").read_text("utf-8")
    shown = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)

    def __init__(self, runs: Iterable[Any] | Mapping[Any, Any]):
        self.runs: dict[str, Any] = labelled(runs)
        super().__init__(shown=told(self.runs))

    def refresh(self) -> None:
        """Show what has happened to the runs since."""
        self.shown = told(self.runs)

    def __repr__(self) -> str:
        return f"<Compare of {', '.join(self.runs)}>"

    def twin(self) -> str:
        """Tokens and seconds as a picture, and the sums as a table."""
        return static_twin(self.runs)


def labelled(runs: Any) -> dict[str, Any]:
    """Each run with its name, no name twice; an error with advice where they are not two to four runs."""
    if isinstance(runs, str | bytes) or not isinstance(runs, Iterable) or is_run(runs):  # a run yields its events
        raise TypeError(f"Compare({short(repr(runs), 80)}) wants a list of runs: {LIKE_THIS}")
    given = list(runs.items()) if isinstance(runs, Mapping) else [(None, run) for run in runs]
    for _, run in given:
        if not is_run(run):
            raise TypeError(f"Compare() was given {short(repr(run), 80)}, which is not a run: {LIKE_THIS}")
    if not FEWEST <= len(given) <= MOST:
        how_many = "1 run" if len(given) == 1 else f"{len(given)} runs"
        raise ValueError(f"Compare() was given {how_many}, and shows two to four side by side: {LIKE_THIS}")
    if len({id(run) for _, run in given}) < len(given):
        raise ValueError("Compare() was given the same run twice. Start it again, or fork it, and compare the two runs")
    named: dict[str, Any] = {}
    for number, (label, run) in enumerate(given, start=1):
        name = clean(str(run.events[0].path if label is None else label)).strip() or f"run {number}"
        others = (f"{name} ({time})" for time in count(2))
        named[next(each for each in chain([name], others) if each not in named)] = run
    return named


def is_run(thing: Any) -> bool:
    return bool(getattr(thing, "events", None)) and hasattr(thing, "stop_reason")


def told(runs: Mapping[str, Any]) -> dict[str, Any]:
    """All that the widget shows, as plain JSON."""
    stories = {label: story_of(run) for label, run in runs.items()}
    return {
        "runs": [
            {"label": label, "story": story, "sums": sums_of(runs[label].events)} for label, story in stories.items()
        ],
        "pairs": differences(list(runs.values())),
        "hints": hints(stories),
        "ticks": ticks(max(story["steps"][-1]["at"] for story in stories.values())),
    }


def hints(stories: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What a reader should know before comparing: these runs do not do the same, or are not counted alike."""
    found = []
    if len({story["goal"] for story in stories.values()}) > 1:
        goals = "; ".join(f"{label}: {short(story['goal'], 60) or 'no goal'}" for label, story in stories.items())
        found.append(f"These runs have different goals, so their sums are not of the same work. {goals}")
    simulated = [label for label, story in stories.items() if story["simulated"]]
    if 0 < len(simulated) < len(stories):
        found.append(f"Seconds and dollars of {' and '.join(simulated)} are simulated, and the others' are measured.")
    if going := [label for label, story in stories.items() if story["stop"] is None]:
        found.append(f"Not over yet, and shown as far as it is: {', '.join(going)}.")
    return found


def static_twin(runs: Mapping[str, Any]) -> str:
    """The picture and the table as HTML."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    body = "".join(f"<tr>{cells(label, run)}</tr>" for label, run in runs.items())
    kinds = {run.simulated for run in runs.values()}
    kind = {True: "simulated seconds and dollars", False: "measured"}[kinds == {True}]
    caption = f"<caption>{len(runs)} runs ({kind})</caption>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f"{tokens_and_latency(runs)._repr_html_()}{table}"


def cells(label: str, run: Any) -> str:
    """The sums of one run as the cells of its row."""
    summary = run.summary()
    about = "~" if summary.estimated else ""
    values = (
        f"{about}{summary.tokens_in + summary.tokens_out:,}",
        f"{about}{summary.cost_usd:.6f}",
        f"{summary.calls:,}",
        f"{summary.latency_s:.1f}",
        f"{summary.orchestrator_share:.0%}",
        summary.stop_reason or "not over",
    )
    return f'<th scope="row">{html.escape(label)}</th>' + "".join(f"<td>{value}</td>" for value in values)
