"""What a comparison has measured, as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..intervals import interval
from . import columns
from .runs import Measured

if TYPE_CHECKING:
    import pandas as pd

    from ..display import Picture
    from .recommendation import Recommendation


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison:
    """Every run of a comparison, and what they come to.

    frame        a row a run: task, pattern, seed, a column a check (0 to 1), quality (0 to 1), calls, tokens_in,
                 tokens_out, orchestrator_share, cost_usd, latency_s, stop_reason, simulated, estimated, model. A run
                 that delivered nothing has 0 in its checks and its quality; a check that a result did not have is empty
    roles        a row a run and role: task, pattern, seed, who, phase, managing, calls, tokens_in, tokens_out,
                 cost_usd, model
    undelivered  a row for each run that delivered nothing: task, pattern, seed, stop_reason, why
    arranged     what was arranged about the task, in its own words
    """

    frame: pd.DataFrame
    roles: pd.DataFrame
    undelivered: pd.DataFrame
    arranged: str = ""

    @classmethod
    def of(cls, measured: Sequence[Measured], arranged: str = "") -> Comparison:
        """The tables of these runs, in their order."""
        import pandas as pd

        checks = list(dict.fromkeys(name for each in measured for name in each.checks))
        return cls(
            pd.DataFrame(
                [row(each, checks) for each in measured],
                columns=[*columns.RUN, *checks, "quality", *columns.COST, *columns.END],
            ),
            pd.DataFrame(
                [(each.task, each.pattern, each.seed, *role, each.model) for each in measured for role in each.roles],
                columns=[*columns.ROLE],
            ),
            pd.DataFrame(
                [
                    (each.task, each.pattern, each.seed, each.summary.stop_reason, each.trouble)
                    for each in measured
                    if each.summary.stop_reason != "done"
                ],
                columns=[*columns.UNDELIVERED],
            ),
            arranged,
        )

    @property
    def patterns(self) -> list[str]:
        """The patterns, the simplest first."""
        return [str(name) for name in self.frame["pattern"].unique()]

    @property
    def simulated(self) -> bool:
        """Whether seconds and dollars come from a published profile instead of a real endpoint."""
        return bool(self.frame["simulated"].any())

    def intervals(self) -> pd.DataFrame:
        """The mean of everything measured, with its 95 % interval (Student's t, or Wilson's where all is 0 or 1; see
        intervals.py for what they do not say): a row for each pattern and measure, with the columns pattern, measure,
        mean, low, high, runs."""
        import pandas as pd

        rows: list[tuple[Any, ...]] = []
        for pattern, runs in self.frame.groupby("pattern", sort=False):
            for measure in columns.measures(self.frame):
                values = [float(value) for value in runs[measure] if not math.isnan(value)]
                if values:
                    rows.append((pattern, measure, *interval(values, *columns.bounds(measure))))
        return pd.DataFrame(rows, columns=["pattern", "measure", "mean", "low", "high", "runs"])

    def recommend(
        self, quality: float | None = None, max_cost: float | None = None, max_latency: float | None = None
    ) -> Recommendation:
        """The simplest pattern that meets the need, and why; or that none does, and what comes closest.

        quality      at least so much, 0 to 1
        max_cost     US dollars a run, at most
        max_latency  seconds a run, at most

        A pattern meets a need if the careful end of its 95 % interval does. ValueError for a need that cannot be meant.
        """
        from .recommendation import needs_of, recommend

        needs = needs_of(quality=quality, max_cost=max_cost, max_latency=max_latency, simulated=self.simulated)
        return recommend(self.frame, needs)

    def chart(self) -> Picture:
        """Quality, cost and latency of each pattern, side by side."""
        from ..display import quality_cost_latency

        return quality_cost_latency(self.frame)

    def frontier(self, by: str = "cost_usd") -> Picture:
        """Quality against cost, or by="latency_s", or by="tokens": who is neither beaten nor underbid."""
        from ..display import frontier

        return frontier(self.frame, x=by)

    def tokens(self) -> Picture:
        """Who spent the tokens, with the orchestrator's own apart."""
        from ..display import tokens_by_role

        return tokens_by_role(self.roles)

    def __repr__(self) -> str:
        from .shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from .shown import as_html

        return as_html(self)


def row(each: Measured, checks: Sequence[str]) -> tuple[Any, ...]:
    """One run as a row of the frame."""
    missing = 0.0 if each.summary.stop_reason != "done" else math.nan
    spent = asdict(each.summary) | {"model": each.model}
    return (
        each.task, each.pattern, each.seed, *(each.checks.get(name, missing) for name in checks), each.quality,
        *(spent[name] for name in (*columns.COST, *columns.END)),
    )  # fmt: skip
