"""What stands in the inspector beside the texts of a step: tables of plain words, each under the tab it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from ...call import Reply
from ...events import Event
from ...messages import Plan, Verdict
from . import terms
from .disagreeing import Compared, in_rows
from .measuring import Measuring, Rows, stated
from .texts import short
from .totals import RECEIPTS, TOTALS, Sums, counted_by_us, receipts, totals
from .why import reasons

Facts: TypeAlias = list[list[Any]]  # each a tab, a title, and rows: a head and its cells
MEASURED = "measured here"


def fact(tab: str, title: str, rows: Rows) -> Facts:
    """A table; nothing if it has no rows."""
    return [[tab, title, rows]] if rows else []


def begun(started: Any, asked_by: str, given: Sequence[Any]) -> Facts:
    """Who asked, when it is done, and what there is to work with."""
    return [
        *fact("Brief", "what was asked", terms.terms(started, asked_by)),
        *fact("Brief", "what it was given besides", terms.arguments(started, given)),
        *fact("Brief", "where to look things up", terms.data(started)),
    ]


def planned(team: Any, plan: Plan) -> Facts:
    return fact("Draft", "why this plan, and what depends on what", reasons(team, plan))


def combined(found: Compared) -> Facts:
    return fact("Brief", "do the figures of the parts agree?", in_rows(found))


def reviewed(measuring: Measuring, maker: int | None, work: str | None, how: Mapping[str, Any] | None = None) -> Facts:
    """The checks of a piece of work: as the reviewer states them, and what can always be measured."""
    return [
        *fact("Verdict", "what the reviewer measured", stated((how or {}).get("checks"))),
        *(fact("Verdict", MEASURED, measuring.rows(maker, work)) if work is not None else []),
    ]


def of_itself(reply: Any, work: Any) -> Facts:
    """What a model says of its own work, but for the checks it has made."""
    how = reply.how if isinstance(reply, Reply) else {}
    rows = [[short(str(key).replace("_", " ")), short(str(value))] for key, value in how.items() if key != "checks"]
    return fact("Verdict" if isinstance(work, Verdict) else "Raw", "what the model says of its own work", rows)


def ended(events: Sequence[Event], sums: Sums) -> Facts:
    """What a run came to."""
    return [
        *fact("Draft", TOTALS, totals(sums, about=counted_by_us(events))),
        *fact("Draft", RECEIPTS, receipts(events)),
    ]
