"""How sure a mean is: its 95 % interval. Student's t for what is measured, Wilson's for what passes or fails.

Why these: they are what textbooks teach, they need no resampling, and they are honest about few runs. Where every run
came out as 0 or 1, t would call a clean record certain; Wilson's interval says of ten successes in ten that the true
share may be 0.72. What neither says: on one document it speaks of other draws of slips and delays, not of other
documents; and a rare failure among good values may not have happened yet: see `unseen`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import fmean, stdev
from typing import NamedTuple

# The 97.5 % points of Student's t for 1 to 30 degrees of freedom; beyond that a series in 1/df (Abramowitz and Stegun,
# Handbook of Mathematical Functions, 1964, formula 26.7.5) is exact to the digits shown.
T_975 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
Z_975 = 1.959964


class Interval(NamedTuple):
    """A mean, and the range that holds the true one in 95 of 100 experiments. One run has no range: low and high are
    then minus and plus infinity, or the bounds that were given."""

    mean: float
    low: float
    high: float
    runs: int


def interval(values: Iterable[float], lowest: float = -math.inf, highest: float = math.inf) -> Interval:
    """The mean of the values and its 95 % interval, kept between the bounds that such values have.

    A mean between 0 and 1 of values that are all 0 or 1 is a share of successes, and gets Wilson's interval.

    >>> mean, low, high, runs = interval([0.9, 1.0, 0.8, 0.9], lowest=0, highest=1)
    >>> f"{mean:.2f}, from {low:.2f} to {high:.2f} over {runs} runs"
    '0.90, from 0.77 to 1.00 over 4 runs'
    """
    measured = list(values)
    if not measured:
        raise ValueError("the mean of no values at all: interval() needs at least one")
    if missing := sum(value != value for value in measured):  # only NaN differs from itself
        raise ValueError(
            f"{missing} of {len(measured)} values are NaN: interval() needs a number for each. "
            "Where two tables were subtracted, line up their rows first, or drop what has no partner: .dropna()"
        )
    mean = fmean(measured)
    if len(measured) == 1:
        return Interval(mean, lowest, highest, 1)
    if (lowest, highest) == (0, 1) and {*measured} <= {0.0, 1.0}:
        return wilson(mean, len(measured))
    half = t_975(len(measured) - 1) * stdev(measured) / math.sqrt(len(measured))
    return Interval(mean, max(lowest, mean - half), min(highest, mean + half), len(measured))


def wilson(share: float, runs: int) -> Interval:
    """The 95 % interval of a share of successes (Wilson, Journal of the American Statistical Association 22, 1927).

    >>> [round(end, 3) for end in wilson(1.0, 10)[:3]]
    [1.0, 0.722, 1.0]
    """
    square = Z_975**2
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = Z_975 / (1 + square / runs) * math.sqrt(share * (1 - share) / runs + square / (4 * runs**2))
    # at the ends the interval touches them exactly, which rounding would hide
    return Interval(share, 0.0 if share == 0 else middle - half, 1.0 if share == 1 else middle + half, runs)


def unseen(runs: int) -> float:
    """How likely something may be that has not happened in so many runs: with 95 % confidence at most so often (the
    exact form of the rule of three).

    >>> f"{unseen(30):.0%}"
    '10%'
    """
    return float(1 - 0.05 ** (1 / runs))


def t_975(df: int) -> float:
    """The 97.5 % point of Student's t.

    >>> t_975(9), round(t_975(100), 4)
    (2.2622, 1.984)
    """
    if df <= len(T_975):
        return T_975[df - 1]
    z = Z_975
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
