"""What an orchestrator may await. A request is a value: awaiting it hands it to the run, which answers it."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_args

from .errors import ForgottenAwait, OutsideRun
from .messages import Verdict

T = TypeVar("T")
Steps: TypeAlias = Generator["Request[Any]", Any, Any]  # an async function, between two requests
Phase = Literal["receive", "plan", "assign", "monitor", "review", "combine", "deliver"]

_refused = 0  # times in a row that a request was awaited in the wrong place
MOST_REFUSALS = 1_000
# Set by the run while an orchestrator is running: a request awaited anywhere else can say what is wrong.
inside_a_run: contextvars.ContextVar[bool] = contextvars.ContextVar("inside_a_run", default=False)


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """An answer."""

    value: T

    def resume(self, steps: Steps) -> Request[Any]:
        """Send the answer in; get the next request out."""
        __tracebackhide__ = True  # here and elsewhere: an error should show the learner's lines, not the machinery's
        return steps.send(self.value)


@dataclass(frozen=True, slots=True, eq=False)
class Error:
    """A failure instead of an answer. Two that say the same are equal: a replay meets the same failures, made anew."""

    error: Exception

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Error) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def resume(self, steps: Steps) -> Request[Any]:
        """Raise the error at the `await`; get the next request out."""
        __tracebackhide__ = True
        return steps.throw(self.error)


Outcome: TypeAlias = Value[Any] | Error


class Request(Generic[T]):
    """Something an orchestrator wants done; `await` it to receive the answer."""

    __slots__ = ()

    def __await__(self) -> Generator[Request[Any], Any, T]:
        __tracebackhide__ = True
        self.check_place()
        answer: T = yield self
        return answer

    def __format__(self, spec: str) -> str:
        raise ForgottenAwait(
            f"the request {self!r} stands in a text where its answer should be: an `await` is missing. "
            "Await it on a line of its own, and put the answer into the text"
        )

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"{self!r} is a request and not the answer to it, so it has no {name!r}. Is an `await` missing?"
        )

    def __add__(self, other: object) -> Any:
        return format(self)  # which says what is missing

    __radd__ = __add__

    def check_place(self) -> None:
        """Raise OutsideRun where nobody could answer: at the top of a notebook cell, or under asyncio."""
        __tracebackhide__ = True
        global _refused
        _refused = 0 if inside_a_run.get() else _refused + 1
        # A coroutine that swallows every error, closing included, would be refused for ever: let Python give it up.
        if 0 < _refused < MOST_REFUSALS:
            raise OutsideRun(
                f"{self!r} was awaited outside a run, so nobody is there to answer it. "
                "Put the await into an async function and start that: run = start(my_orchestrator, ...).finish()"
            )


@dataclass(frozen=True, slots=True)
class Review(Request[Verdict]):
    """Put work in front of a person (or of `reviewer=`); the answer is their Verdict."""

    work: Any
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wait(Request[None]):
    """Let time pass on the world's clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Note(Request[None]):
    """Say which phase of the loop has begun, or (phase=None) what happened in the one that goes on. Answered at once;
    it is there to be seen."""

    phase: Phase | None
    detail: Any = None


@dataclass(frozen=True, slots=True)
class Team(Request[T]):
    """Let another orchestrator do it, in a job (a lane) of its own. Calling an orchestrator makes one of these."""

    name: str
    conduct: Callable[..., Coroutine[Any, Any, T]] = field(repr=False)
    args: tuple[Any, ...] = ()


class Branch(Request[T]):
    """An async function of the orchestrator's own, run in the job that awaits it: no lane of its own."""

    __slots__ = ("args", "function")

    def __init__(self, function: Callable[..., Coroutine[Any, Any, T]], *args: Any):
        self.function, self.args = function, args

    def __await__(self) -> Generator[Any, Any, T]:
        return self.function(*self.args).__await__()

    def __repr__(self) -> str:
        return f"{self.function.__name__.strip('_')}{self.args!r}"


def review(work: Any, why: str = "") -> Review:
    """Put work in front of a person; the answer is their Verdict."""
    return Review(work, why)


def wait(seconds: float) -> Wait:
    """Let `seconds` pass on the world's clock."""
    if not seconds >= 0:
        raise ValueError(f"wait({seconds!r}): time only goes forward; give a number of seconds, 0 or more")
    return Wait(float(seconds))


def note(phase: Phase, detail: Any = None) -> Note:
    """Mark a phase of the loop, so that it can be seen and stepped through. Calls made from here on belong to it."""
    if phase not in get_args(Phase):
        raise ValueError(f"note({phase!r}): there is no such phase. The phases: {', '.join(get_args(Phase))}")
    return Note(phase, detail)
