"""What is in progress in a run: jobs, which have a lane of their own, and the tasks that run in them."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import CoroutineType
from typing import Any

from .errors import AwaitedInFinally
from .events import Event, Ticket
from .groups import Rule
from .mistakes import Line, line_of
from .requests import Outcome, Phase, Steps
from .snapshots import snapshot
from .specialist import Ask


class Job:
    """A branch of the run with a lane of its own: its path, and the names already used in it.

    `place` is the path in numbers (the second job of the first one is 1.2): samples are drawn by it, so that another
    name for a specialist, a team or a function changes no answer.
    """

    __slots__ = ("asks", "jobs", "names", "path", "place")

    def __init__(self, path: str, place: str = "1"):
        self.path, self.place, self.names, self.asks, self.jobs = path, place, dict[str, int](), 0, 0

    def opens(self, name: str) -> Job:
        """A job within this one."""
        self.jobs += 1
        return Job(self.name(name), f"{self.place}.{self.jobs}")

    def name(self, who: str) -> str:
        """The path of someone in this job; the second of the same name is who#2."""
        number = self.names[who] = self.names.get(who, 0) + 1
        return f"{self.path}/{who}" if number == 1 else f"{self.path}/{who}#{number}"


def sample_of(events: Sequence[Event], at: int) -> str:
    """The sample of the specialist's call asked at event `at`, read back from what happened: see Job."""

    def place(path: str) -> str:
        parent = path.rpartition("/")[0]
        if not parent:
            return "1"
        jobs = [event.path for event in events[:at] if event.kind == "began" and job_of(event) == parent]
        return f"{place(parent)}.{jobs.index(path) + 1}"

    def job_of(event: Event) -> str:
        return event.path.rpartition("/")[0]

    job = job_of(events[at])
    asks = [event for event in events[: at + 1] if event.kind == "asked" and job_of(event) == job]
    return f"{place(job)}/{sum(isinstance(event.detail, Ask) for event in asks)}"


class Task:
    """An async function, or a single request, in progress. `leads` when it is what its job consists of."""

    __slots__ = ("job", "leads", "line", "members", "over", "owner", "phase", "rule", "slot", "steps", "ticket")

    def __init__(
        self, steps: Any, job: Job, leads: bool, owner: Task | None = None, slot: int = 0, phase: Phase = "assign"
    ):
        self.steps: Steps = steps
        self.job, self.leads, self.owner, self.slot, self.phase = job, leads, owner, slot, phase
        self.line: Line | None = None
        self.ticket: Ticket | None = None  # what it waits for, if that is one request
        self.members: list[Task | None] = []  # whom it waits for, if that is a group
        self.rule: Rule | None = None
        self.over = False


class Only(Rule):
    """The rule of a group of one: its outcome is the group's."""

    __slots__ = ()

    def ended(self, slot: int, outcome: Outcome) -> Outcome | None:
        return outcome


def arguments(steps: Any) -> tuple[Any, ...]:
    """What an async function was called with."""
    if not isinstance(steps, CoroutineType) or steps.cr_frame is None:
        return ()
    code, given = steps.cr_code, steps.cr_frame.f_locals
    count = (
        code.co_argcount
        + code.co_kwonlyargcount
        + bool(code.co_flags & CO_VARARGS)
        + bool(code.co_flags & CO_VARKEYWORDS)
    )
    return tuple(snapshot(given[name]) for name in code.co_varnames[:count] if name in given and name != "self")


def close(task: Task) -> AwaitedInFinally | Exception | None:
    """Close a cancelled task's function; what went wrong in its `finally`, if anything did."""
    line = line_of(task.steps) or task.line
    try:
        task.steps.close()
    except RuntimeError as error:
        if "GeneratorExit" not in str(error):
            return error
        return AwaitedInFinally(
            f"{task.job.path} was cancelled at {line}, and awaits something in `finally` or after the cancellation. "
            "A cancelled job may tidy up, but it cannot ask for anything: move that await out of `finally`"
        )
    except Exception as error:  # noqa: BLE001  # the learner's own `finally`: whatever it raises is reported
        return error
    return None
