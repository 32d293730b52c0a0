"""Which pattern to take: the simplest one that surely meets the need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..intervals import Interval, interval, unseen
from .columns import bounds

if TYPE_CHECKING:
    import pandas as pd

ROUNDING = 1e-9  # of the limit: a mean of equal values may be off in its last digit, and that is no miss


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to take.

    pattern  the simplest pattern that meets the need; None if none does
    why      the reason in a sentence or two, with the numbers it rests on
    closest  the pattern that comes closest, which is `pattern` if there is one. Of several that do not meet the need:
             who misses the fewest parts of it; of these, whose worst miss, as a share of what was asked, is smallest
    """

    pattern: str | None
    why: str
    closest: str

    def __str__(self) -> str:
        return self.why


class Need(NamedTuple):
    """One part of what is needed of a run: at least a quality, or at most so many dollars or seconds."""

    measure: str
    limit: float
    unit: str = "{}"
    simulated: bool = False

    def miss(self, value: float) -> float:
        """By how much a value misses the limit, as a share of it; 0 if it does not.

        >>> Need("latency_s", 10).miss(12), Need("quality", 0.5).miss(0.75)
        (0.2, 0.0)
        """
        gap = self.limit - value if self.measure == "quality" else value - self.limit
        if gap <= ROUNDING * self.limit:
            return 0.0
        return gap / self.limit if self.limit else math.inf

    @property
    def what(self) -> str:
        """The measure without its unit."""
        return self.measure.partition("_")[0]

    def careful(self, measured: Interval) -> float:
        """The end of the interval that decides."""
        return measured.low if self.measure == "quality" else measured.high

    def said(self, measured: Interval) -> str:
        """What was measured, and what was asked; of a mean that would do, the end of its interval that would not."""
        mean, low, high = (self.shown(value) for value in measured[:3])
        around = "in the only run" if measured.runs == 1 else f"95 % interval {low} to {high}"
        around += ", simulated" if self.simulated else ""
        least, end = (
            ("at least", f"as low as {low}") if self.measure == "quality" else ("at most", f"as high as {high}")
        )
        asked = plain(self.limit, 12)
        asked = self.unit.format(asked.rstrip("0").rstrip(".") if "." in asked else asked)
        doubt = ""
        if self.miss(self.careful(measured)) and not self.miss(measured.mean):
            doubt = ", which one run cannot settle" if measured.runs == 1 else f", which may be {end}"
        return f"{self.what} {mean} ({around}){doubt}, {least} {asked} asked"

    def shown(self, value: float) -> str:
        """A number with its unit: three digits, or as many as it takes to see on which side of the limit it is."""
        digits = 3
        while digits < 12 and bool(self.miss(float(f"{value:.{digits}g}"))) != bool(self.miss(value)):
            digits += 1
        return self.unit.format(plain(float(f"{value:.{digits}g}"), digits))


class Candidate(NamedTuple):
    """A pattern, held against the need."""

    place: int  # among the patterns, the simplest first
    pattern: str
    measured: dict[str, Interval]
    missed: list[Need]  # by the careful end of the interval
    missed_on_average: list[Need]
    worst: float
    worst_on_average: float

    @property
    def distance(self) -> tuple[int, float, float, int]:
        """How far from the need. The last two only part who would otherwise be equal, such as after a single run."""
        return len(self.missed), self.worst, self.worst_on_average, self.place


def recommend(frame: pd.DataFrame, needs: Sequence[Need]) -> Recommendation:
    """See Comparison.recommend."""
    if not needs:
        raise ValueError("recommend() does not know what is needed; say it, such as recommend(quality=0.9)")
    candidates = [
        candidate(place, str(pattern), runs, needs)
        for place, (pattern, runs) in enumerate(frame.groupby("pattern", sort=False))
    ]
    best = next((each for each in candidates if not each.missed), None)
    closest = best or min(candidates, key=lambda each: each.distance)
    return Recommendation(best.pattern if best else None, reason(best, closest, candidates, needs), closest.pattern)


def needs_of(
    *, quality: float | None, max_cost: float | None, max_latency: float | None, simulated: bool
) -> list[Need]:
    """What is needed, of what was given; ValueError for a limit that nothing could meet or miss."""
    asked = [
        ("quality", quality, 1.0, Need("quality", 0, "{}")),
        ("max_cost", max_cost, math.inf, Need("cost_usd", 0, "${}", simulated)),
        ("max_latency", max_latency, math.inf, Need("latency_s", 0, "{} s", simulated)),
    ]
    return [
        need._replace(limit=checked(name, limit, highest)) for name, limit, highest, need in asked if limit is not None
    ]


def checked(name: str, limit: float, highest: float) -> float:
    """The limit, if it is one."""
    if not (0 <= limit <= highest and math.isfinite(limit)):
        allowed = "a number from 0 to 1" if highest == 1 else "a number, 0 or more"
        raise ValueError(f"{name}={limit!r} cannot be met or missed; give {allowed}, or leave it out")
    return limit


def candidate(place: int, pattern: str, runs: pd.DataFrame, needs: Sequence[Need]) -> Candidate:
    measured = {need.measure: interval(runs[need.measure], *bounds(need.measure)) for need in needs}
    surely = {need: need.miss(need.careful(measured[need.measure])) for need in needs}
    on_average = {need: need.miss(measured[need.measure].mean) for need in needs}
    return Candidate(
        place, pattern, measured,
        [need for need, miss in surely.items() if miss], [need for need, miss in on_average.items() if miss],
        max(surely.values()), max(on_average.values()),
    )  # fmt: skip


def reason(best: Candidate | None, closest: Candidate, candidates: Sequence[Candidate], needs: Sequence[Need]) -> str:
    """The sentences: who, on which numbers, and what is wrong with those that were passed over."""
    runs = next(iter(closest.measured.values())).runs
    over = "one run" if runs == 1 else f"{runs} runs"
    if best is not None:
        said = [f"{best.pattern} is the simplest pattern that meets the need, over {over}: {numbers(best, needs)}."]
        passed_over = candidates[: best.place]
        if missing := [briefly(each) for each in passed_over if each.missed_on_average]:
            said.append(f"Simpler ones miss it even on average: {'; '.join(missing)}.")
    else:
        misses = f"{closest.pattern} comes closest and misses {numbers(closest, closest.missed)}"
        said = [f"No pattern meets the need, over {over}; {misses}."]
        passed_over = candidates
    if best is not None:
        said.append(f"What happens in fewer than {unseen(runs):.0%} of runs may not have happened in {over}.")
    if unsure := [each.pattern for each in passed_over if not each.missed_on_average]:
        said.append(f"On average {' and '.join(unsure)} would do, but that may be luck: run more to know.")
    return " ".join(said)


def numbers(who: Candidate, needs: Sequence[Need]) -> str:
    return "; ".join(need.said(who.measured[need.measure]) for need in needs)


def briefly(who: Candidate) -> str:
    """Who misses, with the means that do."""
    means = [f"{need.what} {need.shown(who.measured[need.measure].mean)}" for need in who.missed_on_average]
    return f"{who.pattern} ({', '.join(means)})"


def plain(value: float, digits: int) -> str:
    """A number with so many digits, and never as a power of ten.

    >>> plain(0.000081234, 3), plain(12_345.6, 3), plain(0, 3)
    ('0.0000812', '12,346', '0')
    """
    if not value or math.isinf(value):
        return f"{value:g}"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{places}f}"
