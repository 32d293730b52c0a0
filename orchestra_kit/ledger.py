"""What a run cost, as folds over its events: a row a specialist call, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .call import FREE, Usage
from .events import Event
from .messages import Skipped
from .requests import Error, Phase
from .specialist import Ask

Status = Literal["ok", "failed", "skipped", "cancelled", "waiting"]
MANAGING: frozenset[Phase] = frozenset(
    {"plan", "review", "combine"}
)  # the phases whose calls are the orchestrator's own


@dataclass(frozen=True, slots=True)
class CallRow:
    """One specialist call. `attempt` counts calls of the same specialist in the same job."""

    job: str
    who: str
    phase: Phase
    attempt: int
    started_s: float
    ended_s: float | None
    tokens_in: int
    tokens_out: int
    cost_usd: float
    status: Status
    estimated: bool
    path: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The sums of a run. `orchestrator_share` is the part of all tokens that planning, reviewing and combining took.

    `simulated` says that seconds and dollars come from a published profile and a virtual clock; `estimated` that at
    least one endpoint did not say what it used.
    """

    calls: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    latency_s: float
    orchestrator_share: float
    stop_reason: str | None
    simulated: bool = False
    estimated: bool = False

    def __str__(self) -> str:
        about = "~" if self.estimated else ""
        end = "still going" if self.stop_reason is None else self.stop_reason
        return (
            f"{self.calls} calls, {about}{self.tokens_in:,} tokens in, {about}{self.tokens_out:,} out, "
            f"{about}${self.cost_usd:.6f}, {self.latency_s:.1f} s{' (simulated)' if self.simulated else ''}, "
            f"{self.orchestrator_share:.0%} spent by the orchestrator: {end}"
        )


def call_rows(events: Iterable[Event]) -> list[CallRow]:
    """A row for each call of a specialist, in order of asking."""
    asked: dict[str, Event] = {}
    began: dict[str, float] = {}
    closed: dict[str, Event] = {}
    last_failure: dict[tuple[str, str], str] = {}  # (job, who) -> path: the call whose failure was then skipped
    skipped: set[str] = set()
    for event in events:
        if event.kind == "asked" and isinstance(event.detail, Ask):
            asked[event.path] = event
            began[event.path] = event.at_s
        elif event.path in asked:
            if event.kind == "started":
                began[event.path] = event.at_s
            elif event.kind in ("answered", "cancelled"):
                closed[event.path] = event
                if isinstance(event.detail, Error):
                    last_failure[event.path.rpartition("/")[0], asked[event.path].detail.to.name] = event.path
        elif isinstance(event.detail, Skipped) and event.kind == "noted":
            skipped.add(last_failure.get((event.path, event.detail.who), ""))
    rows = []
    attempts: Counter[tuple[str, str]] = Counter()
    for path, event in asked.items():
        job = path.rpartition("/")[0]
        end = closed.get(path)
        spent: Usage = (end.usage if end is not None else None) or FREE
        attempts[job, event.detail.to.name] += 1
        attempt = attempts[job, event.detail.to.name]
        rows.append(
            CallRow(
                job, event.detail.to.name, event.phase, attempt, began[path], end.at_s if end else None,
                spent.tokens_in, spent.tokens_out, spent.cost_usd,
                "skipped" if path in skipped else status_of(end), spent.estimated, path,
            )
        )  # fmt: skip
    return rows


def status_of(end: Event | None) -> Status:
    """How a call ended."""
    if end is None:
        return "waiting"
    if end.kind == "cancelled":
        return "cancelled"
    return "failed" if isinstance(end.detail, Error) else "ok"


def summarise(events: list[Event], stop_reason: str | None, simulated: bool) -> Summary:
    """The sums of a run, from its events alone."""
    rows = call_rows(events)
    everything = sum(row.tokens_in + row.tokens_out for row in rows)
    managing = sum(row.tokens_in + row.tokens_out for row in rows if row.phase in MANAGING)
    return Summary(
        calls=len(rows),
        tokens_in=sum(row.tokens_in for row in rows),
        tokens_out=sum(row.tokens_out for row in rows),
        cost_usd=sum(row.cost_usd for row in rows),
        latency_s=events[-1].at_s if events else 0.0,
        orchestrator_share=managing / everything if everything else 0.0,
        stop_reason=stop_reason,
        simulated=simulated,
        estimated=any(row.estimated for row in rows),
    )
