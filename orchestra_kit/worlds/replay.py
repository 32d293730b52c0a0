"""A recording as a world: time travel, and forks."""

from __future__ import annotations

import re
from typing import Any

from ..call import FREE, Usage
from ..errors import Diverged
from ..events import Answer, Event, Ticket, World
from ..specialist import Ask

ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")  # in the repr of an object that is made anew each time
PURE = "An orchestrator may depend on its answers only, not on a clock, a dice or the network"


class Replay:
    """Gives back the answers of a recording, a run or its events, then hands over to another world: time travel, forks.

    A request is compared with the recording's of the same path; another one is Diverged. `then=None` stops where the
    recording stops.
    """

    def __init__(self, recording: Any, then: World | None = None):
        events: list[Event] = list(getattr(recording, "events", recording))
        self.then = then
        self.simulated: bool = then.simulated if then is not None else getattr(recording, "simulated", True)
        self._events = events
        self._asked = {event.path: event.detail for event in events if event.kind == "asked"}
        self._spent = {event.path: event.usage for event in events if event.kind == "cancelled"}
        self._answers = [event for event in reversed(events) if event.kind == "answered"]  # the next one is the last
        self._complete = bool(events) and events[-1].kind == "ended" and events[-1].path == events[0].path
        self._open: dict[str, tuple[float, Ticket]] = {}
        self._resumed_s = 0.0  # when the recorded run went on after the answer given last

    @property
    def over(self) -> bool:
        return self.then is None or self.then.over

    def clock_s(self, now_s: float) -> float:
        return self._resumed_s if self._answers or self.then is None else max(self._resumed_s, self.then.clock_s(now_s))

    def accept(self, now_s: float, ticket: Ticket) -> None:
        recorded = self._asked.get(ticket.path)
        if recorded is None and (self._answers or self._complete):
            raise Diverged(f"{ticket.path} asked {ticket.request!r}, and the recording has no such request. {PURE}")
        if recorded is not None and said(recorded) != said(ticket.request):
            raise Diverged(
                f"{ticket.path} asked {said(ticket.request)!r}; in the recording it asked {said(recorded)!r}. {PURE}"
            )
        if self._answers or self.then is None or ticket.path in self._spent:
            self._open[ticket.path] = now_s, ticket
        else:
            self.then.accept(now_s, ticket)

    def next_answer(self, until_s: float) -> Answer | None:
        if self._answers:
            event = self._answers.pop()
            if event.path not in self._open:
                raise Diverged(f"the recording has an answer for {event.path}, which this time was never asked. {PURE}")
            _, ticket = self._open.pop(event.path)
            following = self._events[event.number + 1 : event.number + 2]
            self._resumed_s = following[0].at_s if following and following[0].kind != "answered" else event.at_s
            return Answer(event.at_s, ticket, event.detail, event.usage)
        if self.then is None:
            return None
        for since_s, ticket in self._open.values():  # in flight where the recording ends: asked again, as of then
            self.then.accept(since_s, ticket)
        self._open.clear()
        return self.then.next_answer(until_s)

    def forget(self, now_s: float, ticket: Ticket) -> Usage:
        since_s, _ = self._open.pop(ticket.path, (None, ticket))
        if ticket.path in self._spent:
            return self._spent[ticket.path] or FREE
        if self.then is None:
            return FREE
        if since_s is not None:  # it was in flight where the recording ends: only the next world knows what it owes
            self.then.accept(since_s, ticket)
        return self.then.forget(now_s, ticket)

    def close(self) -> None:
        if self.then is not None:
            self.then.close()
        if self._answers:
            unused, self._answers = self._answers, []
            raise Diverged(
                f"the recording has an answer for {unused[-1].path}, which this time was never asked. {PURE}"
            )


def said(request: Any) -> str:
    """What was asked, as text, to compare two requests by. What a Python specialist is told need not be text."""
    if not isinstance(request, Ask):
        return ADDRESS.sub("", repr(request))
    if request.to.does is not None:
        return request.to.name
    return f"{request.to.name}: {request.to.role}\n{request.prompt}"
