"""Three worlds that answer the same requests: simulated, live, or replayed."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import inspect
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from math import inf
from typing import Any

from .call import FREE, Call, Model, Reply, Usage
from .errors import Diverged
from .loop import Answer, Event, Ticket, World, cost_of
from .messages import Verdict
from .requests import Error, Outcome, Review, Value, Wait
from .specialist import Ask, LookUp

Reviewer = Callable[[Review], Verdict]
TOKENS_A_WORD = 4 / 3  # only for a call that was cancelled before its endpoint could say what it cost


class Simulation:
    """Answers from a model that says how long it would have taken, on a virtual clock: an hour of agent work takes a
    millisecond, and is the same every time. A person's decision takes no time on this clock."""

    over = False

    def __init__(self, model: Model, *, seed: int = 0, reviewer: Reviewer | None = None):
        self.model, self.seed, self.reviewer = model, seed, reviewer
        self._due: list[tuple[float, int, Ticket]] = []
        self._flying: dict[int, tuple[float, Outcome | None]] = {}  # ticket number -> since when, and the answer to come

    def accept(self, now_s: float, ticket: Ticket) -> None:
        outcome: Outcome | None
        after_s = 0.0
        match ticket.request:
            case Ask(to=to) if to.does is not None:
                outcome = None  # runs when its turn comes, and not at all if it is cancelled before
            case Ask():
                outcome, after_s = self._complete(ticket)
            case Wait(seconds):
                outcome, after_s = Value(None), seconds
            case request:
                outcome = answer_at_once(request, self.reviewer)
                if outcome is None:
                    return  # a person will decide
        self._flying[ticket.number] = now_s, outcome
        heapq.heappush(self._due, (now_s + after_s, ticket.number, ticket))

    def next_answer(self, until_s: float) -> Answer | None:
        while self._due and self._due[0][1] not in self._flying:
            heapq.heappop(self._due)  # cancelled
        if not self._due:
            return None
        if self._due[0][0] > until_s:
            return Answer(until_s, None, Value(None))
        due_s, number, ticket = heapq.heappop(self._due)
        _, outcome = self._flying.pop(number)
        return Answer(due_s, ticket, outcome if outcome is not None else do(ticket.request))

    def forget(self, now_s: float, ticket: Ticket) -> Usage:
        since_s, outcome = self._flying.pop(ticket.number, (now_s, None))
        if isinstance(outcome, Value) and isinstance(outcome.value, Reply):
            return outcome.value.cut_short(now_s - since_s)
        return cost_of(outcome) if outcome is not None else FREE

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
            return Error(TypeError(f"{self.model!r} answered with {reply!r}. A simulated model returns a Reply at once; a model "
                                   "that takes real time says simulated = False, and runs in the world Live")), 0.0
        return Value(reply), reply.latency_s


class Live:
    """Answers as real calls return, on the wall clock.

    The calls run on a private asyncio loop in one thread, not on a thread each: a cancelled call is then really
    cancelled at its next await, its connection closed, and not left to run on and be billed.
    """

    over = False

    def __init__(self, model: Model, *, seed: int = 0, reviewer: Reviewer | None = None):
        self.model, self.seed, self.reviewer = model, seed, reviewer
        self._answers: queue.SimpleQueue[tuple[float, Ticket, Outcome]] = queue.SimpleQueue()
        self._flying: dict[int, Future[None] | None] = {}
        self._began_s: float | None = None  # what time.monotonic() said when the run's clock was at 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def accept(self, now_s: float, ticket: Ticket) -> None:
        if self._began_s is None:
            self._began_s = time.monotonic() - now_s
        self._flying[ticket.number] = None
        if isinstance(ticket.request, Ask | Wait):
            self._flying[ticket.number] = asyncio.run_coroutine_threadsafe(self._work(ticket), self._running_loop())
        elif (outcome := answer_at_once(ticket.request, self.reviewer)) is not None:
            self._answers.put((self._clock_s(), ticket, outcome))
        else:
            del self._flying[ticket.number]  # a person will decide

    def next_answer(self, until_s: float) -> Answer | None:
        while self._flying:
            try:
                at_s, ticket, outcome = self._answers.get(timeout=None if until_s == inf else max(0.0, until_s - self._clock_s()))
            except queue.Empty:
                return Answer(until_s, None, Value(None))
            if ticket.number in self._flying:
                del self._flying[ticket.number]
                return Answer(at_s, ticket, outcome)
        return None

    def forget(self, now_s: float, ticket: Ticket) -> Usage:
        future = self._flying.pop(ticket.number, None)
        if future is None:
            return FREE
        future.cancel()
        if not isinstance(ticket.request, Ask) or ticket.request.to.does is not None:
            return FREE
        call = call_of(ticket, self.seed)
        words = len(f"{call.role} {call.prompt}".split())
        return Usage(tokens_in=round(words * TOKENS_A_WORD), estimated=True)

    def close(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._loop = None
        self._flying.clear()

    async def _work(self, ticket: Ticket) -> None:
        outcome: Outcome
        try:
            match ticket.request:
                case Ask(to=to, brief=brief) if to.does is not None:
                    made = await asyncio.to_thread(to.does, brief)
                    outcome = Value(await made if inspect.isawaitable(made) else made)
                case Ask():
                    outcome = Value(await self._complete(ticket))
                case Wait(seconds):
                    outcome = Value(await asyncio.sleep(seconds))
        except Exception as error:
            outcome = Error(error)
        self._answers.put((self._clock_s(), ticket, outcome))

    async def _complete(self, ticket: Ticket) -> Reply:
        call = call_of(ticket, self.seed)
        if inspect.iscoroutinefunction(self.model.complete):
            reply = await self.model.complete(call)
        else:  # it may block, and the loop must not
            reply = await asyncio.to_thread(self.model.complete, call)
            reply = await reply if inspect.isawaitable(reply) else reply
        if not isinstance(reply, Reply):
            raise TypeError(f"{self.model!r} answered with {reply!r}; a model's complete(call) returns a Reply")
        return reply

    def _clock_s(self) -> float:
        assert self._began_s is not None
        return time.monotonic() - self._began_s

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=_run_loop, args=(self._loop,), name="orchestra_kit live calls", daemon=True).start()
        return self._loop


class Replay:
    """Gives back a recording's answers, then hands over to another world: time travel, and forks.

    A request is compared with the recording's of the same path; another one is Diverged. `then=None` stops where the
    recording stops.
    """

    def __init__(self, events: Iterable[Event], then: World | None = None):
        events = list(events)
        self.then = then
        self._asked = {event.path: event.detail for event in events if event.kind == "asked"}
        self._spent = {event.path: event.usage for event in events if event.kind == "cancelled"}
        self._answers = [event for event in reversed(events) if event.kind == "answered"]  # the next one is the last
        self._open: dict[str, tuple[float, Ticket]] = {}

    @property
    def over(self) -> bool:
        return self.then is None or self.then.over

    def accept(self, now_s: float, ticket: Ticket) -> None:
        recorded = self._asked.get(ticket.path)
        if recorded is None and self._answers:
            raise Diverged(f"{ticket.path} asked {ticket.request!r}, and the recording has no such request. "
                           "An orchestrator may depend on its answers only, not on a clock, a dice or the network")
        if recorded is not None and said(recorded) != said(ticket.request):
            raise Diverged(f"{ticket.path} asked {said(ticket.request)!r}; in the recording it asked {said(recorded)!r}. "
                           "An orchestrator may depend on its answers only, not on a clock, a dice or the network")
        if self._answers or self.then is None:
            self._open[ticket.path] = now_s, ticket
        else:
            self.then.accept(now_s, ticket)

    def next_answer(self, until_s: float) -> Answer | None:
        if self._answers:
            event = self._answers.pop()
            if event.path not in self._open:
                raise Diverged(f"the recording has an answer for {event.path}, which this time was never asked. "
                               "An orchestrator may depend on its answers only, not on a clock, a dice or the network")
            _, ticket = self._open.pop(event.path)
            return Answer(event.at_s, ticket, event.detail)
        if self.then is None:
            return None
        for since_s, ticket in self._open.values():  # in flight when the recording ends: asked again, from when they were
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


def world_for(model: Model, *, seed: int = 0, reviewer: Reviewer | None = None) -> World:
    """Simulation for a model that says it is simulated, else Live."""
    return (Simulation if model.simulated else Live)(model, seed=seed, reviewer=reviewer)


def call_of(ticket: Ticket, seed: int) -> Call:
    """What a model is given for a request."""
    request = ticket.request
    assert isinstance(request, Ask)
    to = request.to
    makes = to.makes if isinstance(to.makes, type) else None
    return Call(to.name, to.role, request.prompt, makes, to.max_tokens, ticket.sample, seed)


def do(request: Any) -> Outcome:
    """Let a Python specialist do its work."""
    try:
        made = request.to.does(request.brief)
        if inspect.iscoroutine(made):
            made = _finish(made)
        return Value(made)
    except Exception as error:
        return Error(error)


def answer_at_once(request: Any, reviewer: Reviewer | None) -> Outcome | None:
    """What needs no model: a look-up, and a review if there is a reviewer. None: it waits for a person."""
    try:
        if isinstance(request, LookUp):
            return Value(request.sources.search(request.question, request.limit))
        if reviewer is None:
            return None
        verdict = reviewer(request)
        if not isinstance(verdict, Verdict):
            raise TypeError(f"reviewer= answered with {verdict!r}; it should return a Verdict, such as Verdict('approve')")
        return Value(verdict)
    except Exception as error:
        return Error(error)


def said(request: Any) -> str:
    """What was asked, as text, to compare two requests by."""
    return f"{request.to.name}: {request.to.role}\n{request.prompt}" if isinstance(request, Ask) else repr(request)


def _finish(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end, wherever we are: in a notebook asyncio's own loop is already running."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(asyncio.run(work))
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return future.result()


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    """The thread of a Live world: runs until it is stopped, then closes what is left."""
    try:
        loop.run_forever()
    finally:
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        with contextlib.suppress(Exception):
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
