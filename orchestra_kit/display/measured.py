"""What was measured in many runs, read from a table with a row a run, in units that a person can read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..intervals import Interval, interval
from .scales import significant

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("pattern", "seed", "quality", "tokens_in", "tokens_out", "cost_usd", "latency_s", "stop_reason",
           "simulated", "estimated")  # fmt: skip
MEASURED = ("quality", "tokens_in", "tokens_out", "cost_usd", "latency_s")
ROLE_COLUMNS = ("task", "pattern", "seed", "who", "managing", "tokens_in", "tokens_out")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured: how it is called, and its values by pattern, in its unit."""

    title: str
    unit: str
    values: Mapping[str, Sequence[float]]
    highest: float = math.inf
    about: str = ""  # "~" when an endpoint did not say what it used

    @property
    def label(self) -> str:
        """What an axis says: `cost, USD a run`."""
        return self.unit if self.unit.startswith(self.title) else f"{self.title}, {self.unit}"

    def interval(self, pattern: str) -> Interval:
        """The mean of a pattern's runs; of one run it has no ends."""
        return interval(self.values[pattern], 0, self.highest)

    def reach(self) -> float:
        """How far an axis must go: every run is on it, and intervals as far as they leave the runs some room; that of
        two runs may be ten times as wide as all that was measured."""
        if self.highest == 1:
            return 1.0
        largest = max(max(values) for values in self.values.values())
        ends = [self.interval(name) for name in self.values]
        return max(largest, min(2 * largest, max((end.high for end in ends if end.runs > 1), default=0.0)))

    def said(self, value: float) -> str:
        return share(value) if self.highest == 1 else self.about + significant(value)

    def in_words(self, pattern: str) -> str:
        """`0.96 (0.95 to 0.97)`."""
        mean, low, high, runs = self.interval(pattern)
        ends = f"{self.said(low)} to {self.said(high)}" if runs > 1 else "one run, so no interval"
        return f"{self.said(mean)} ({ends})"


def share(value: float) -> str:
    """A part of one with two digits, and with more where two would say "all" or "nothing" of what is not.

    >>> share(0.964), share(1.0), share(0.9971), share(0.0004)
    ('0.96', '1.00', '0.997', '0.0004')
    """
    for digits in (2, 3):
        text = f"{value:.{digits}f}"
        if float(text) not in (0, 1) or math.isclose(value, float(text), abs_tol=1e-9):
            return text
    return f"{value:.4f}"


def about(frame: pd.DataFrame) -> str:
    """What a picture shows, in one line below it: the task, who answered, and how often.

    >>> import pandas as pd
    >>> about(pd.DataFrame({"task": "archive", "pattern": ["single"] * 2, "seed": [0, 1], "model": "Tiny()"}))
    'archive, Tiny(), 2 runs a pattern'
    """
    named = [", ".join(dict.fromkeys(map(str, frame[column]))) for column in ("task", "model") if column in frame]
    runs = max(frame.groupby("pattern")["seed"].nunique())
    return ", ".join([*named, f"{runs} {'run' if runs == 1 else 'runs'} a pattern"])


def by_pattern(
    frame: pd.DataFrame, wanted_by: str, columns: Sequence[str], numbers: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """The rows of each pattern, in order of first appearance; ValueError where there is nothing to draw."""
    missing = [column for column in columns if column not in getattr(frame, "columns", ())]
    if missing:
        raise ValueError(
            f"{wanted_by}() needs a table with the columns {', '.join(columns)}, and {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing: give it what compare() has measured"
        )
    if not len(frame):
        raise ValueError(f"{wanted_by}() was given a table without rows: compare at least one pattern in one run")
    for column in numbers:
        bad = [value for value in frame[column] if not math.isfinite(value)]
        if bad:
            raise ValueError(
                f"{wanted_by}() cannot draw the {column} {bad[0]}, which stands in {len(bad)} of {len(frame)} rows: "
                "leave those rows out, or say what was measured"
            )
    return {str(name): frame[frame["pattern"] == name] for name in dict.fromkeys(frame["pattern"])}


def measures(runs: Mapping[str, pd.DataFrame]) -> dict[str, Measure]:
    """Everything a run is measured by, in readable units, by the column it comes from."""
    flags = {bool(flag) for rows in runs.values() for flag in rows["simulated"]}
    simulated = {True: " (simulated)", False: " (partly simulated)"}[flags == {True}] if True in flags else ""
    about = "~" if any(rows["estimated"].any() for rows in runs.values()) else ""

    def values(column: str, times: float = 1) -> dict[str, list[float]]:
        return {name: [float(value) * times for value in rows[column]] for name, rows in runs.items()}

    dollars = values("cost_usd")
    per, dollar_unit = readable_dollars(max(max(each) for each in dollars.values()))
    read, written = values("tokens_in"), values("tokens_out")
    tokens = {name: [a + b for a, b in zip(read[name], written[name], strict=True)] for name in runs}
    return {
        "quality": Measure("quality", "0 to 1, measured by checks", values("quality"), highest=1),
        "cost_usd": Measure("cost", dollar_unit + simulated, values("cost_usd", per), about=about),
        "latency_s": Measure("latency", "seconds" + simulated, values("latency_s")),
        "tokens": Measure("tokens", "tokens a run", tokens, about=about),
    }


def readable_dollars(most_usd: float) -> tuple[int, str]:
    """For how many runs the cost is told, so that the largest is not lost behind the point.

    >>> readable_dollars(0.25), readable_dollars(0.0157)
    ((1, 'USD a run'), (1000, 'USD for 1,000 runs'))
    """
    if most_usd >= 0.1 or most_usd == 0:
        return 1, "USD a run"
    runs = 1_000 if most_usd >= 0.0001 else 1_000_000
    return runs, f"USD for {runs:,} runs"
