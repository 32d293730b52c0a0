"""A virtual clock."""

from __future__ import annotations

import heapq
import inspect
from collections.abc import Coroutine
from typing import Any, NamedTuple

from ..call import FREE, Model, Reply, Usage
from ..events import Answer, Ticket, cost_of
from ..requests import Error, Outcome, Value, Wait
from ..snapshots import snapshot
from ..specialist import Ask
from .answering import Reviewer, answer_at_once, call_of


class Flight(NamedTuple):
    """An answer on its way in a simulation. The first two fields are its order: by time, then by order of asking."""

    due_s: float
    number: int
    ticket: Ticket
    since_s: float
    outcome: Outcome | None  # None: a Python specialist, who runs when its turn comes


class Simulation:
    """Answers from a model that says how long it would have taken, on a virtual clock: an hour of agent work takes a
    millisecond, and is the same every time. A person's decision takes no time on this clock."""

    simulated = True
    over = False

    def __init__(self, model: Model, *, seed: int = 0, reviewer: Reviewer | None = None):
        self.model, self.seed, self.reviewer = model, seed, reviewer
        self._due: list[Flight] = []  # a heap; what has been cancelled stays in it until its turn
        self._flying: dict[int, Flight] = {}  # ticket number -> the same, without what has been cancelled

    def clock_s(self, now_s: float) -> float:
        return now_s  # nothing happens between two answers

    def accept(self, now_s: float, ticket: Ticket) -> None:
        outcome: Outcome | None
        after_s = 0.0
        match ticket.request:
            case Ask(to=to) if to.does is not None:
                outcome = None  # runs when its turn comes, and not at all if it is cancelled before
                after_s = getattr(to, "late_s", 0.0)  # a fault may make it late
            case Ask():
                outcome, after_s = self._complete(ticket)
            case Wait(seconds):
                outcome, after_s = Value(None), seconds
            case request:
                outcome = answer_at_once(request, self.reviewer)
                if outcome is None:
                    return  # a person will decide
        flight = self._flying[ticket.number] = Flight(now_s + after_s, ticket.number, ticket, now_s, outcome)
        heapq.heappush(self._due, flight)

    def next_answer(self, until_s: float) -> Answer | None:
        while self._due and self._due[0].number not in self._flying:
            heapq.heappop(self._due)  # cancelled
        if not self._due:
            return None
        if self._due[0].due_s > until_s:
            return Answer(until_s, None, Value(None))
        flight = self._due[0]
        outcome = flight.outcome if flight.outcome is not None else do(flight.ticket.request)
        heapq.heappop(self._due)  # only now: after a Ctrl-C in a Python specialist its answer is still to come
        del self._flying[flight.number]
        return Answer(flight.due_s, flight.ticket, outcome)

    def forget(self, now_s: float, ticket: Ticket) -> Usage:
        flight = self._flying.pop(ticket.number, None)
        if flight is None or flight.outcome is None:
            return FREE
        if isinstance(flight.outcome, Value) and isinstance(flight.outcome.value, Reply):
            return flight.outcome.value.cut_short(now_s - flight.since_s)
        return cost_of(flight.outcome)

    def close(self) -> None:
        self._due.clear()
        self._flying.clear()

    def _complete(self, ticket: Ticket) -> tuple[Outcome, float]:
        try:
            reply = self.model.complete(call_of(ticket, self.seed))
        except Exception as error:
            return Error(error), float(getattr(error, "latency_s", 0.0))
        if not isinstance(reply, Reply):
            if isinstance(reply, Coroutine):
                reply.close()
            return Error(
                TypeError(
                    f"{self.model!r} answered with {reply!r}. A simulated model returns a Reply at once; a model "
                    "that takes real time says simulated = False, and runs in the world Live"
                )
            ), 0.0
        return Value(reply), reply.latency_s


def do(request: Any) -> Outcome:
    """Let a Python specialist do its work."""
    try:
        made = request.to.does(snapshot(request.brief))
        if inspect.iscoroutine(made):
            made = finish_elsewhere(made)
        return Value(made)
    except Exception as error:
        return Error(error)


def finish_elsewhere(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a specialist's coroutine to its end in a thread: in a notebook asyncio's own loop is already running here."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()
