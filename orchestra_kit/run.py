"""A run: what a learner holds in hand. It can be stepped, finished, asked what it cost, and forked."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .budget import Budget
from .call import Model
from .decisions import Policy
from .errors import BudgetSpent, Interrupted, NotFinished, Rejected, TimedOut
from .events import World
from .forks import plan_fork
from .ledger import Summary, summarise
from .loop import Loop
from .messages import Verdict
from .mistakes import name_of, not_async
from .requests import Error, Request, Review, Value
from .snapshots import snapshot
from .specialist import Specialist
from .team import Orchestrator
from .worlds import Replay, Reviewer, world_for

if TYPE_CHECKING:
    import pandas as pd


def start(
    orchestrator: Any,
    *args: Any,
    model: Model | None = None,
    world: World | None = None,
    seed: int = 0,
    reviewer: Reviewer | None = None,
    budget: Budget | None = None,
    max_parallel: int | None = None,
) -> Run:
    """Begin a run, and stop at its first requests.

    orchestrator  an async function, an Orchestrator, or a single Specialist; `args` are what it is called with
    model         who answers; None is the embedded model. A simulated model runs on a virtual clock, another one live
    world         instead of a model: who answers requests, such as Replay(run.events)
    seed          the same seed gives the same simulated run, event for event
    reviewer      a function Review -> Verdict; without it the run waits for `run.decide(...)`
    budget        limits, see Budget
    max_parallel  how many specialists may work at once

    Raises NotAsync for an ordinary function, and TypeError or ValueError, with advice, for arguments that cannot
    work: a world besides a model or a reviewer, a model without complete(call), max_parallel below 1.
    """
    if world is not None and (model is not None or reviewer is not None):
        raise TypeError("start() was given a world besides a model or a reviewer. A world has its own: give them to it")
    check_model(model)
    if budget is not None and not isinstance(budget, Budget):
        raise TypeError(f"budget={budget!r}: say of what, Budget(calls=…), Budget(tokens=…) or Budget(cost_usd=…)")
    if max_parallel is not None and max_parallel < 1:
        raise ValueError(f"max_parallel={max_parallel} would never let anybody work; give 1 or more, or leave it out")
    if world is None and model is None:
        from .models.embedded import EmbeddedModel

        model = EmbeddedModel()
    if world is None:
        assert model is not None
        world = world_for(model, seed=seed, reviewer=reviewer)
    settings = {
        "orchestrator": orchestrator,
        "args": tuple(map(snapshot, args)),
        "model": model,
        "seed": seed,
        "reviewer": reviewer,
    }
    return Run(world, settings, budget=budget, max_parallel=max_parallel)


class Run(Loop):
    """One run of an orchestrator.

    `step()` delivers one answer, iterating yields every event, `finish()` goes on to the end or until a person is
    needed. A run never moves backwards: `fork` and `back_to` return new runs that share what came before.
    """

    def __init__(self, world: World, settings: dict[str, Any], **options: Any):
        self._settings, self._options = settings, options
        self._closed_as: str | None = None
        self._traceback: TracebackType | None = None  # as it was before anybody looked
        name, conduct = conduct_of(settings["orchestrator"])
        super().__init__(world, name, conduct, settings["args"], **options)

    # --- going on ----------------------------------------------------------------------------------------------------

    def finish(self) -> Run:
        """Go on until the run is over, or nobody but a person can answer."""
        while self.step():
            pass
        return self

    def decide(self, verdict: Verdict, job: str | None = None) -> Run:
        """A person answers the review that waits. `job` says which, when several do."""
        waiting = {path: request for path, request in self.waiting.items() if isinstance(request, Review)}
        chosen = [path for path in waiting if job is None or job in (path, path.rpartition("/")[0])]
        if not isinstance(verdict, Verdict):
            raise TypeError(f"decide({verdict!r}): a decision is a Verdict, such as Verdict('reject', note='…')")
        if len(chosen) != 1:
            choice = f"these reviews wait: {', '.join(waiting)}. Say which: decide(verdict, job=…)"
            raise LookupError(f"decide(job={job!r}): {choice if waiting else 'no review waits'}")
        ticket = next(task.ticket for task in self._open.values() if task.ticket and task.ticket.path == chosen[0])
        self.world.forget(self.now_s, ticket)  # a reviewer's own answer may be under way
        self._deliver(ticket, Value(verdict), None)
        self._settle()
        return self

    def close(self) -> Run:
        """Give up: whatever is open is cancelled. The stop reason is `flagged` when a person was being waited for."""
        if self.outcome is None:
            flagged = any(isinstance(request, Review) for request in self.waiting.values())
            self._stop(NotFinished(f"the run was closed while it waited for {', '.join(self.waiting) or 'nobody'}"))
            self._closed_as = "flagged" if flagged else "cancelled"
        return self

    # --- what came of it ---------------------------------------------------------------------------------------------

    @property
    def result(self) -> Any:
        """What the orchestrator returned; raises what it raised, or NotFinished."""
        __tracebackhide__ = True
        match self.outcome:
            case Value(value):
                return value
            case Error(error):
                self._traceback = self._traceback or error.__traceback__
                raise error.with_traceback(self._traceback)
        people = [path for path, request in self.waiting.items() if isinstance(request, Review)]
        todo = "Decide it, run.decide(Verdict('approve'))" if people else "Go on with run.finish()"
        raise NotFinished(
            f"the run is not over: it waits for {', '.join(people or self.waiting) or 'nobody'}. {todo}, and ask again"
        )

    @property
    def stop_reason(self) -> str | None:
        """done, budget, deadline, flagged, cancelled or failed; None while the run is not over."""
        if self.outcome is None:
            return None
        if self._closed_as is not None:
            return self._closed_as
        if isinstance(self.outcome, Value):
            return "done"
        reasons = {BudgetSpent: "budget", TimedOut: "deadline", Rejected: "flagged", Interrupted: "cancelled"}
        return next((reason for kind, reason in reasons.items() if isinstance(self.outcome.error, kind)), "failed")

    @property
    def orchestrator(self) -> Any:
        """The function, or the team, that this run carries out: who steps through a run shows its code."""
        return self._settings["orchestrator"]

    @property
    def waiting(self) -> dict[str, Request[Any]]:
        """Who waits for what: the path of each open request, in order of asking, and the request."""
        return {task.ticket.path: task.ticket.request for task in self._open.values() if task.ticket is not None}

    def calls(self) -> pd.DataFrame:
        """A row for each specialist call, in order of asking: job, who, phase, attempt, started_s, ended_s, tokens_in,
        tokens_out, cost_usd, status (ok, failed, skipped, cancelled, waiting), estimated, path."""
        from .measure import calls_table

        return calls_table(self.events)

    def summary(self) -> Summary:
        """The sums of the run so far."""
        return summarise(self.events, self.stop_reason, self.simulated)

    @property
    def simulated(self) -> bool:
        """Whether seconds and dollars come from a published profile instead of a real endpoint."""
        return self.world.simulated

    def __repr__(self) -> str:
        return f"<Run of {self.events[0].path}: {self.summary()}>"

    # --- going back --------------------------------------------------------------------------------------------------

    def back_to(self, at: int) -> Run:
        """A new run that stands where this one stood before event `at`. Nothing before it is asked again."""
        return self.fork(at)

    def fork(
        self,
        at: int,
        *,
        answer: Any = None,
        brief: Any = None,
        model: Model | None = None,
        policy: Policy | None = None,
        fault: str | None = None,
    ) -> Run:
        """A new run that shares the events before `at`, and then goes its own way.

        answer  what the call answered at event `at` says instead; an Exception makes it fail
        brief   what the specialist asked at event `at` is told instead
        model   who answers from here on
        policy  what the orchestrator does with the specialist's answer, or failure, at event `at` instead of taking it:
                Skip(), Flag('why'), Retry(tries=3) or SendBack('note'). The fork shares that event too
        fault   what goes wrong, once, with the call asked at event `at`: a name in orchestra_kit.models.FAULTS

        Nothing before `at` is asked again. A call that was in flight at `at` is made again, and booked to the fork.
        Raises IndexError, ValueError or TypeError, which say what would do, for a change that cannot be made there.
        """
        given = {"answer": answer, "policy": policy, "brief": brief, "fault": fault}
        changes = {what: change for what, change in given.items() if change is not None}
        ahead = plan_fork(self.events, at, changes, self.edits, self._settings.get("faults", {}))
        check_model(model)
        model = model or self._settings["model"]
        if model is None:
            raise TypeError("this run was given a world and no model: say who answers from here on, fork(at, model=…)")
        settings = self._settings | {"model": model, "faults": ahead.faults}
        then = world_for(ahead.model(model), seed=settings["seed"], reviewer=settings["reviewer"])
        fork = Run(Replay(ahead.shared, then), settings, **self._options | {"edits": ahead.edits})
        while len(fork.events) < ahead.stands_at and fork.step():
            pass
        return fork


def check_model(model: object) -> None:
    """Raise TypeError, with advice, for what is given as a model and cannot answer."""
    if model is not None and not hasattr(model, "complete"):
        raise TypeError(
            f"model={model!r} has no complete(call), so it is no model. Of a function make one: FunctionModel(f)"
        )


def conduct_of(orchestrator: Any) -> tuple[str, Callable[..., Any]]:
    """The name of an orchestrator, and the async function that is its work."""
    if isinstance(orchestrator, Orchestrator):
        return orchestrator.name, orchestrator.conduct
    if isinstance(orchestrator, Specialist):
        specialist = orchestrator

        async def just_ask(brief: Any) -> Any:
            return await specialist(brief)

        return "just_ask", just_ask
    if not inspect.iscoroutinefunction(orchestrator):
        if inspect.iscoroutine(orchestrator) or isinstance(orchestrator, Awaitable):
            name = name_of(orchestrator)
            if inspect.iscoroutine(orchestrator):
                orchestrator.close()
            raise TypeError(
                f"start() wants the orchestrator and its arguments apart: start({name}, goal), not start({name}(goal))"
            )
        raise not_async(orchestrator)
    return name_of(orchestrator), orchestrator
