"""The loop: it hands an orchestrator's requests to a world, and the world's answers back. Everything else is a fold
over the events it writes.

Why a loop of our own and not asyncio: a run must be stepped from a notebook cell or a button callback (where asyncio's
loop already runs), give the same events for the same seed, and be replayed and forked. The orchestrators themselves
do not know: the tests drive the same coroutines with asyncio and compare the outcomes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from math import inf
from types import CoroutineType
from typing import Any

from .budget import Budget
from .call import FREE, Usage
from .errors import Deadlock, Diverged, Interrupted, NotARequest, OrchestraError, Runaway
from .events import Event, Kind, Ticket, World, cost_of
from .groups import Group, Rule
from .handoff import check_brief, open_reply
from .mistakes import Line, check_result, line_of, name_of
from .requests import Branch, Error, Note, Outcome, Phase, Request, Review, Team, Value, Wait, inside_a_run
from .snapshots import snapshot
from .specialist import Ask, LookUp
from .tasks import Job, Only, Task, arguments, close

MOST_MOVES = 1_000_000  # a bound on every loop: no sensible run resumes its tasks so often

ASKED = (Ask, LookUp, Review, Wait)  # what a world answers; the rest is answered here


class Loop:
    """One orchestrator in progress. `step()` delivers one answer, and lets everyone it concerns run on."""

    def __init__(
        self,
        world: World,
        name: str,
        conduct: Callable[..., Coroutine[Any, Any, Any]],
        args: tuple[Any, ...],
        *,
        budget: Budget | None = None,
        max_parallel: int | None = None,
        edits: dict[int, Callable[..., Any]] | None = None,
    ):
        self.world, self.budget, self.max_parallel = world, budget or Budget(), max_parallel or inf
        # What a fork changes, by event number. At an `asked` event: Ask -> the Ask that is asked instead. At an
        # `answered` one: its Ask and outcome -> a Branch, whose result is what the orchestrator's await gets.
        self.edits = edits or {}
        self.events: list[Event] = []
        self.now_s = 0.0
        self.outcome: Outcome | None = None
        self._asked, self._spent = 0, FREE  # the running sums that a budget is held against
        self._open: dict[int, Task] = {}  # ticket number -> who waits for it, in order of asking
        self._queue: deque[Ticket] = deque()  # asked, and waiting for a turn (max_parallel)
        self._in_flight = 0
        self._moves = 0
        self._tickets = 0
        self._ready: deque[tuple[Task, Outcome]] = deque()
        self._root = Task(conduct(*map(snapshot, args)), Job(name), leads=True)
        self._emit("began", name, args, "receive")
        self._ready.append((self._root, Value(None)))
        self._settle()

    def __iter__(self) -> Iterator[Event]:
        """Every event, those to come included."""
        number = 0
        while number < len(self.events) or self.step():
            if number < len(self.events):
                yield self.events[number]
                number += 1

    def step(self) -> bool:
        """Deliver the next answer. False when the run is over, or waits for a person."""
        if self.outcome is not None:
            return False
        try:
            answer = self.world.next_answer(self.budget.latency_s)
        except OrchestraError as error:
            self._stop(error)
            raise
        if answer is None:
            self._check_someone_can_answer()
            return False
        self.now_s = max(self.now_s, answer.at_s)
        ticket = answer.ticket or next(iter(self._open.values())).ticket
        assert ticket is not None
        if answer.ticket is None:  # time is up for all who wait; one a step, so that a replay meets the same order
            self._deliver(ticket, Error(self.budget.late()), self._give_up(ticket))
        else:
            cost = answer.usage or cost_of(answer.outcome)
            self._deliver(ticket, answer.outcome, cost if isinstance(ticket.request, Ask) else None)
        self._settle()
        return True

    # --- the four moves: let run, accept, open a group, end ----------------------------------------------------------

    def _settle(self) -> None:
        """Let every task that has its answer run on to its next request."""
        __tracebackhide__ = True
        self.now_s = max(self.now_s, self.world.clock_s(self.now_s))  # a person may have taken their time
        token = inside_a_run.set(True)
        try:
            while self._ready:
                task, outcome = self._ready.popleft()
                if task.over:
                    continue
                self._moves += 1
                if self._moves > MOST_MOVES:
                    raise Runaway(f"{task.job.path} goes round without end. Bound the loop: {line_of(task.steps)}")
                try:
                    request = outcome.resume(task.steps)
                except StopIteration as stop:
                    self._end(task, check_result(stop.value, task.steps))
                except Exception as error:
                    self._end(task, Error(error))
                else:
                    self._accept(task, request)
            self._start_waiting()  # only now: who has just been cancelled must not be started
        except BaseException as error:  # a divergence, a runaway, or the learner's Ctrl-C: nothing is left half-alive
            self._stop(error)
            raise
        finally:
            inside_a_run.reset(token)

    def _accept(self, task: Task, request: Any) -> None:
        """Take a request: answer it here, open a group for it, or hand it to the world."""
        task.line = line_of(task.steps) or task.line
        if isinstance(request, ASKED):  # first: it is what happens most
            self._ask(task, request)
        elif isinstance(request, Note):
            task.phase = request.phase or task.phase
            self._emit("noted", task.job.path, request.detail, task.phase)
            self._ready.appendleft((task, Value(None)))
        elif isinstance(request, Group):
            self._gather(task, request.members, request.rule(len(request.members)))
        elif isinstance(request, Team):
            self._begin(task, 0, request.conduct(*request.args), request.name)
            task.rule = Only()
        else:
            advice = NotARequest(
                f"{task.job.path} awaited {request!r} at {task.line}. An orchestrator awaits specialists, teams, "
                "together, first, review, note and wait; to let time pass, write: await wait(seconds)"
            )
            self._ready.append((task, Error(advice)))

    def _ask(self, task: Task, request: Ask | LookUp | Review | Wait) -> None:
        job = task.job
        sample = ""
        if isinstance(request, Ask):
            problem = self.budget.spent(self._asked, self._spent, self.now_s) or check_brief(
                request, job.path, self.events
            )
            if not problem and len(self.events) in self.edits:  # what is refused is no event, so it is not meant
                instead: Ask = self.edits[len(self.events)](request)
                request, problem = instead, check_brief(instead, job.path, self.events)
            if problem:
                self._ready.append((task, Error(problem)))
                return
            job.asks += 1
            self._asked += 1
            sample = f"{job.place}/{job.asks}"
        elif isinstance(request, Wait) and self.now_s >= self.budget.latency_s:
            self._ready.append((task, Error(self.budget.late())))
            return
        who = name_of(request)
        path = job.name(f"{who}:sources" if isinstance(request, LookUp) else who)
        ticket = Ticket(self._tickets, path, request, sample)
        self._tickets += 1
        self._open[ticket.number], task.ticket = task, ticket
        self._emit("asked", ticket.path, request, task.phase, line=task.line)
        if not isinstance(request, Ask):
            self.world.accept(self.now_s, ticket)
        elif self._in_flight < self.max_parallel and not self._next_in_queue():
            self._start(ticket)
        else:
            self._queue.append(ticket)

    def _start(self, ticket: Ticket) -> None:
        ticket.started = True
        self._in_flight += 1
        self.world.accept(self.now_s, ticket)

    def _gather(self, owner: Task, members: tuple[Any, ...], rule: Rule) -> None:
        """Open a group: every member begins, in order, and only then may the first of them run."""
        if not members:
            self._ready.append((owner, rule.empty()))
            return
        owner.rule = rule
        for slot, member in enumerate(members):
            self._begin(owner, slot, member, None)

    def _begin(self, owner: Task, slot: int, work: Any, name: str | None) -> None:
        """A member of a group begins. A request stays in its owner's lane; an async function opens one of its own."""
        if isinstance(work, Request):
            steps = work.function(*work.args) if isinstance(work, Branch) else work.__await__()
            task = Task(steps, owner.job, False, owner, slot, owner.phase)
            task.line = owner.line
        else:
            steps = work if isinstance(work, CoroutineType) else work.__await__()
            job = owner.job.opens(name or str(getattr(work, "__name__", type(work).__name__)))
            task = Task(steps, job, True, owner, slot)
            self._emit("began", job.path, arguments(steps), "receive")
        owner.members.append(task)
        self._ready.append((task, Value(None)))

    def _end(self, task: Task, outcome: Outcome) -> None:
        """A task has returned or raised: tell whoever waits for it."""
        task.over = True
        if task.leads:
            self._emit("ended", task.job.path, outcome, task.phase)
        owner = task.owner
        if owner is None:
            self.world.close()  # a replay protests here if it has answers left
            self.outcome = outcome
            return
        assert owner.rule is not None
        owner.members[task.slot] = None  # what has ended is let go at once: thousands that linger slow everything down
        decided = owner.rule.ended(task.slot, outcome)
        if decided is not None:
            members, owner.members, owner.rule = owner.members, [], None
            faults = [fault for member in members if member for fault in self._cancel(member)]
            self._ready.append((owner, Error(faults[0]) if faults and isinstance(decided, Value) else decided))

    # --- answers, and their absence ----------------------------------------------------------------------------------

    def _deliver(self, ticket: Ticket, outcome: Outcome, usage: Usage | None) -> None:
        """Book an answer, and put its task among those that can run on."""
        task = self._open.pop(ticket.number)
        task.ticket = None
        request = ticket.request
        opened = open_reply(request, outcome, ticket.path) if isinstance(request, Ask) else outcome
        decide = self.edits.get(len(self.events))
        self._emit("answered", ticket.path, opened if isinstance(opened, Error) else outcome, task.phase, usage)
        self._in_flight -= ticket.started
        if decide is None:
            self._ready.append((task, opened))
        else:
            self._begin(task, 0, decide(request, opened), None)
            task.rule = Only()

    def _next_in_queue(self) -> Ticket | None:
        """Who has waited longest for a turn. Those who were cancelled meanwhile are passed over."""
        while self._queue and self._queue[0].number not in self._open:
            self._queue.popleft()
        return self._queue[0] if self._queue else None

    def _start_waiting(self) -> None:
        """As many of those that wait for a turn start as may be in flight at once."""
        while self._in_flight < self.max_parallel and (ticket := self._next_in_queue()):
            self._queue.popleft()
            self._emit("started", ticket.path, None, self._open[ticket.number].phase)
            self._start(ticket)

    def _give_up(self, ticket: Ticket) -> Usage | None:
        """Nobody waits for this ticket any more; what it has cost so far."""
        if not isinstance(ticket.request, Ask):
            self.world.forget(self.now_s, ticket)
            return None
        return self.world.forget(self.now_s, ticket) if ticket.started else FREE

    def _cancel(self, task: Task) -> list[Exception]:
        """Close a task and everything below it; the errors that closing met."""
        if task.over:
            return []
        task.over = True
        faults = [fault for member in task.members if member for fault in self._cancel(member)]
        if task.ticket is not None:
            ticket = task.ticket
            del self._open[ticket.number]
            self._emit("cancelled", ticket.path, None, task.phase, self._give_up(ticket))
            self._in_flight -= ticket.started
        fault = close(task)
        if task.leads:
            self._emit("cancelled", task.job.path, fault, task.phase)
        return [*faults, fault] if fault else faults

    def _stop(self, error: BaseException) -> None:
        """End the run from outside: everything is cancelled, and `error` is its outcome."""
        if self.outcome is None:
            stopped = Interrupted("the run was interrupted. Start it again, or fork it where it stopped")
            outcome = Error(error if isinstance(error, Exception) else stopped)
            self._queue.clear()
            token = inside_a_run.set(True)  # so that an await in a `finally` is told what is wrong with that
            try:
                self._cancel(self._root)
            finally:
                inside_a_run.reset(token)
            self._ready.clear()
            self.outcome = outcome
            with suppress(Diverged):  # a replay that was stopped half-way may well have answers left
                self.world.close()

    def _check_someone_can_answer(self) -> None:
        waits = {task.ticket.path: task.ticket for task in self._open.values() if task.ticket}
        if self.world.over or any(isinstance(ticket.request, Review) for ticket in waits.values()):
            return
        who = "; ".join(f"{path.rpartition('/')[0]} waits for {name_of(each.request)}" for path, each in waits.items())
        world = type(self.world).__name__
        error = Deadlock(f"nobody will answer: {who}. The world {world} took these requests and has no answer left")
        self._stop(error)
        raise error

    def _emit(
        self,
        kind: Kind,
        path: str,
        detail: Any = None,
        phase: Phase = "assign",
        usage: Usage | None = None,
        line: Line | None = None,
    ) -> None:
        if usage is not None:
            self._spent += usage
        self.events.append(Event(len(self.events), self.now_s, kind, path, detail, phase, usage, line))
