"""What happened in a run, and who answers requests: the two things everything else is built on."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Protocol

from .call import FREE, Reply, Usage
from .mistakes import Line
from .requests import Error, Outcome, Phase, Request, Value

Kind = Literal["began", "asked", "started", "noted", "answered", "cancelled", "ended"]


class Event(NamedTuple):  # a tuple: a run 10,000 wide makes 20,000 of them, and they cost a third of a dataclass
    """One thing that happened. Every `began` job and every `asked` request is closed by exactly one later event.

    kind       detail
    began      a job's arguments
    asked      the request (`started` follows if it had to wait for its turn)
    noted      what the orchestrator said: of the phase that begins, or of what happened in it
    answered   Value or Error: a model's Reply, what was looked up, a person's Verdict
    cancelled  None, or why closing it went wrong
    ended      a job's outcome, Value or Error
    """

    number: int
    at_s: float  # on the world's clock
    kind: Kind
    path: str  # of the job, or the job and who was asked: desk/writers/blog
    detail: Any = None
    phase: Phase = "assign"
    usage: Usage | None = None  # with answered and cancelled: what it cost
    line: Line | None = None  # with asked: the orchestrator's own line that asked


class Ticket:
    """A request on its way to its answer. Tickets are numbered in order of asking; that order breaks every tie."""

    __slots__ = ("number", "path", "request", "sample", "started")

    def __init__(self, number: int, path: str, request: Request[Any], sample: str):
        self.number, self.path, self.request, self.sample, self.started = number, path, request, sample, False


class Answer(NamedTuple):
    """What a world gives back. Without a ticket it means: the time that was asked for is up."""

    at_s: float
    ticket: Ticket | None
    outcome: Outcome
    usage: Usage | None = None  # what it cost, where the outcome does not say: a recording knows


class World(Protocol):
    """Whoever answers requests: a simulation, real models, or a recording."""

    @property
    def simulated(self) -> bool: ...  # seconds and dollars come from a published profile

    @property
    def over(self) -> bool: ...  # nothing more will ever come, and that is no fault: a recording that has been played

    def clock_s(self, now_s: float) -> float: ...
    def accept(self, now_s: float, ticket: Ticket) -> None: ...
    def next_answer(self, until_s: float) -> Answer | None: ...
    def forget(self, now_s: float, ticket: Ticket) -> Usage: ...
    def close(self) -> None: ...


def cost_of(outcome: Outcome) -> Usage:
    """What an answer cost: a reply says so, an error may, a Python specialist is free."""
    usage = outcome.value.usage if isinstance(outcome, Value) and isinstance(outcome.value, Reply) else None
    if isinstance(outcome, Error):
        usage = getattr(outcome.error, "usage", None)
    return usage if isinstance(usage, Usage) else FREE
