"""The columns of a comparison, and the bounds that their values have."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RUN = ("task", "pattern", "seed")
COST = ("calls", "tokens_in", "tokens_out", "orchestrator_share", "cost_usd", "latency_s")
END = ("stop_reason", "simulated", "estimated", "model")
ROLE = (*RUN, "who", "phase", "managing", "calls", "tokens_in", "tokens_out", "cost_usd", "model")
UNDELIVERED = (*RUN, "stop_reason", "why")
OWN = frozenset({*RUN, "quality", *COST, *END})  # no check may have one of these names


def measures(frame: pd.DataFrame) -> list[str]:
    """What was measured of each run: its checks, its quality, its costs."""
    return [str(name) for name in frame.columns if name not in (*RUN, *END)]


def bounds(measure: str) -> tuple[float, float]:
    """The lowest and the highest value that a mean can have: a check is a share, and nothing costs less than 0.

    >>> bounds("facts correct"), bounds("calls")
    ((0.0, 1.0), (0.0, inf))
    """
    return 0.0, math.inf if measure in COST and measure != "orchestrator_share" else 1.0
