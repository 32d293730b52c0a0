"""The 95 % interval holds what it promises: measured against the density of t, and on samples of known means."""

from __future__ import annotations

import math
import random

import pytest

from orchestra_kit.intervals import interval, t_975, unseen


@pytest.mark.parametrize("df", [1, 2, 5, 17, 30, 31, 40, 100, 1000])
def test_95_percent_of_the_density_lies_within_the_point(df: int) -> None:
    """Simpson's rule over the density of t, which knows nothing of the table."""
    log_scale = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    point, pieces = t_975(df), 2_000
    step = point / pieces
    density = [math.exp(log_scale - (df + 1) / 2 * math.log1p((n * step) ** 2 / df)) for n in range(pieces + 1)]
    inside = 2 * step / 3 * (density[0] + density[-1] + 4 * sum(density[1:-1:2]) + 2 * sum(density[2:-1:2]))
    assert inside == pytest.approx(0.95, abs=2e-5)


@pytest.mark.parametrize("runs", [3, 10, 40])
def test_95_of_100_intervals_hold_the_true_mean(runs: int) -> None:
    draw = random.Random(runs)
    samples = [interval(draw.gauss(5, 2) for _ in range(runs)) for _ in range(4_000)]
    held = sum(found.low <= 5 <= found.high for found in samples) / len(samples)
    assert held == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize("rate", [0.5, 0.8, 0.93, 0.97])
@pytest.mark.parametrize("runs", [10, 30, 100])
def test_a_share_of_successes_is_held_too_even_when_all_succeed(runs: int, rate: float) -> None:
    """Exactly, over every number of successes there can be; t misses the truth in half of the experiments at 0.93."""
    held = 0.0
    for successes in range(runs + 1):
        found = interval([1.0] * successes + [0.0] * (runs - successes), 0, 1)
        chance = math.comb(runs, successes) * rate**successes * (1 - rate) ** (runs - successes)
        held += chance * (found.low <= rate <= found.high)
    assert held > 0.92  # Wilson's interval swings around 0.95


def test_bounds_are_kept_and_one_run_knows_nothing() -> None:
    assert interval([1.0, 1.0, 0.9], 0, 1).high == 1
    assert interval([0.0, 0.0], 0, 1).low == 0
    assert interval([0.7], 0, 1) == (0.7, 0, 1, 1)
    with pytest.raises(ValueError, match="no values"):
        interval([])


@pytest.mark.parametrize("runs", [1, 10, 30, 100])
def test_what_happens_as_often_as_unseen_says_is_missed_in_one_experiment_of_twenty(runs: int) -> None:
    assert (1 - unseen(runs)) ** runs == pytest.approx(0.05)


def test_a_value_that_is_no_number_is_named_with_the_way_out() -> None:
    with pytest.raises(ValueError, match=r"1 of 3 values are NaN: .* line up their rows first"):
        interval([0.2, math.nan, 0.4])
