"""What a run has cost by each moment: the sums a learner sees while several runs go on side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...events import Event
from ...ledger import MANAGING, call_rows


def sums_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The sums of the calls that have ended, at the beginning and whenever one ends: `own` tokens are those of the
    orchestrator's own calls, `about` says that an endpoint has not counted. They are added up here, in the order of
    `run.calls()`, so that the last digit of a dollar is the same in the picture and in the table.
    """
    rows = call_rows(events)
    sums = []
    for at in sorted({0.0, *(row.ended_s for row in rows if row.ended_s is not None)}):
        ended = [row for row in rows if row.ended_s is not None and row.ended_s <= at]
        sums.append(
            {
                "at": at,
                "calls": len(ended),
                "tokens": sum(row.tokens_in + row.tokens_out for row in ended),
                "own": sum(row.tokens_in + row.tokens_out for row in ended if row.phase in MANAGING),
                "usd": sum(row.cost_usd for row in ended),
                "about": any(row.estimated for row in ended),
            }
        )
    return sums
