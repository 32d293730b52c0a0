"""What a run came to: its sums, beside an estimate where there is one, and what Python specialists came back with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ...errors import reason
from ...events import Event
from ...handoff import open_reply
from ...ledger import MANAGING, call_rows
from ...requests import Error
from ...specialist import Ask
from .measuring import Rows
from .sentences import seconds
from .texts import as_text, short, short_name

TOTALS = "what the run came to"
RECEIPTS = "receipts: what Python specialists came back with"
MOST_RECEIPTS = 12

Sums: TypeAlias = Mapping[str, float]


def whole(number: float) -> str:
    return f"{number:,.0f}"


UNITS: dict[str, Callable[[float], str]] = {
    "calls": whole, "failed calls": whole, "tokens read": whole, "tokens written": whole,
    "spent by the orchestrator": lambda number: f"{number:,.0f} tokens", "cost": lambda number: f"${number:.6f}",
    "clock": seconds,
}  # fmt: skip
COUNTED = ("calls", "failed calls", "clock")  # these are never an estimate of ours


def sums(events: Sequence[Event]) -> Sums:
    """The sums of a run, by name."""
    rows = call_rows(events)
    failed = sum(row.status in ("failed", "skipped") for row in rows)
    return {
        "calls": len(rows),
        **({"failed calls": failed} if failed else {}),
        "tokens read": sum(row.tokens_in for row in rows),
        "tokens written": sum(row.tokens_out for row in rows),
        "spent by the orchestrator": sum(row.tokens_in + row.tokens_out for row in rows if row.phase in MANAGING),
        "cost": sum(row.cost_usd for row in rows),
        "clock": events[-1].at_s,
    }


def totals(sums: Sums, *, about: bool) -> Rows:
    """The sums as rows. `about`: an endpoint did not say what it used, so some of them are counted by us."""
    return [[name, f"{'~' if about and name not in COUNTED else ''}{UNITS[name](value)}"]
            for name, value in sums.items()]  # fmt: skip


def counted_by_us(events: Sequence[Event]) -> bool:
    return any(row.estimated for row in call_rows(events))


def with_estimate(run: tuple[Sums, Rows], estimate: tuple[Sums, Rows], kind: str = "") -> Rows:
    """The sums of a run, each with what was estimated, and how far off that was. Both come with their rows.

    >>> with_estimate(({"calls": 3}, [["calls", "3"]]), ({"calls": 2}, [["calls", "2"]]))[1]
    ['calls', '3', '2', '+1']
    """
    (ours, our_rows), (theirs, their_rows) = run, estimate
    shown, estimated = ({row[0]: row[1] for row in rows} for rows in (our_rows, their_rows))
    return [["what", "this run", f"estimated{kind}", "difference"], *(
        [name, shown.get(name, "0"), estimated.get(name, "0"), difference(name, ours.get(name, 0), theirs.get(name, 0))]
        for name in UNITS if name in ours or name in theirs
    )]  # fmt: skip


def difference(name: str, run: float, estimate: float) -> str:
    """How far off an estimate was, as far as it can be seen.

    >>> difference("clock", 8.94, 10.0), difference("cost", 0.1, 0.1)
    ('−1.1 s', 'none')
    """
    shown = UNITS[name](abs(run - estimate))
    return "none" if shown == UNITS[name](0) else f"{'+' if run > estimate else '−'}{shown}"


def receipts(events: Sequence[Event]) -> Rows:
    """A row for each answer of a Python specialist: who, how it begins, and when; the last of many."""
    rows, asked = [], dict[str, Ask]()
    for event in events:
        if event.kind == "asked" and isinstance(event.detail, Ask) and event.detail.to.does is not None:
            asked[event.path] = event.detail
        elif event.kind == "answered" and event.path in asked:
            rows.append((event, asked[event.path]))
    told = [[short_name(request.to.name), came_back(request, event), f"at {seconds(event.at_s)}"]
            for event, request in rows[-MOST_RECEIPTS:]]  # fmt: skip
    more = len(rows) - len(told)
    return [*([[f"and {more:,} before them", "", ""]] if more else []), *told]


def came_back(request: Ask, event: Event) -> str:
    outcome = open_reply(request, event.detail, event.path)
    if isinstance(outcome, Error):
        return short(f"failed: {reason(outcome.error)}", 80)
    return short(as_text(outcome.value), 80) or "nothing"
