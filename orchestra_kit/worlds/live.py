"""The wall clock, and real calls. Imported on first use: asyncio takes longer to load than all the rest."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import queue
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from math import inf
from typing import Any

from ..call import FREE, Model, Reply, Usage
from ..errors import ModelError
from ..events import Answer, Ticket
from ..mistakes import name_of
from ..requests import Error, Outcome, Value, Wait
from ..snapshots import snapshot
from ..specialist import Ask
from .answering import Reviewer, answer_at_once, call_of

TOKENS_A_WORD = 4 / 3  # only for a call that was cancelled before its endpoint could say what it cost


class Live:
    """Answers as real calls return, on the wall clock.

    The calls run on a private asyncio loop in one thread, not on a thread each: a cancelled call is then really
    cancelled at its next await, its connection closed, and not left to run on and be billed.
    """

    simulated = False
    over = False

    def __init__(self, model: Model, *, seed: int = 0, reviewer: Reviewer | None = None):
        self.model, self.seed, self.reviewer = model, seed, reviewer
        self._answers: queue.SimpleQueue[tuple[float, Ticket, Outcome]] = queue.SimpleQueue()
        self._flying: dict[int, Future[None] | None] = {}
        self._began_s: float | None = None  # what time.monotonic() said when the run's clock was at 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def clock_s(self, now_s: float) -> float:
        return now_s if self._began_s is None else self._clock_s()

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
                at_s, ticket, outcome = self._answers.get(
                    timeout=None if until_s == inf else max(0.0, until_s - self._clock_s())
                )
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
            _stop_loop(self._loop)
            self._loop = None
        self._flying.clear()

    async def _work(self, ticket: Ticket) -> None:
        outcome: Outcome
        try:
            match ticket.request:
                case Ask(to=to, brief=brief) if to.does is not None:
                    if late_s := getattr(to, "late_s", 0.0):  # a fault may make it late
                        await asyncio.sleep(late_s)
                    made = await in_thread(to.does, snapshot(brief))
                    outcome = Value(await made if inspect.isawaitable(made) else made)
                case Ask():
                    outcome = Value(await self._complete(ticket))
                case Wait(seconds):
                    await asyncio.sleep(seconds)
                    outcome = Value(None)
        except asyncio.CancelledError:
            if ticket.number not in self._flying:  # by us: nobody waits for it
                raise
            outcome = Error(ModelError(f"{name_of(ticket.request)} was cancelled from within"))
        except Exception as error:
            outcome = Error(error)
        self._answers.put((self._clock_s(), ticket, outcome))

    async def _complete(self, ticket: Ticket) -> Reply:
        call = call_of(ticket, self.seed)
        if inspect.iscoroutinefunction(self.model.complete):
            reply = await self.model.complete(call)
        else:  # it may block, and the loop must not
            reply = await in_thread(self.model.complete, call)
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
            weakref.finalize(self, _stop_loop, self._loop)  # a run that was never finished leaves no thread behind
        return self._loop


async def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Run what may block in a thread of its own. (asyncio's pool runs only a few at once, and holds up the end of the
    program until the last of them has returned, cancelled or not.)"""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(outcome: Any, error: Exception | None) -> None:
        if done.cancelled():
            drop(outcome)
        else:
            done.set_exception(error) if error is not None else done.set_result(outcome)

    def work() -> None:
        outcome: Any = None
        error: Exception | None = None
        try:
            outcome = function(*args)
        except (StopIteration, SystemExit, KeyboardInterrupt) as ended:  # a future can carry none of these
            error = ModelError(f"{getattr(function, '__name__', function)} ended with {type(ended).__name__}")
        except Exception as failed:
            error = failed
        try:
            loop.call_soon_threadsafe(settle, outcome, error)
        except RuntimeError:  # the run is over, and its loop closed
            drop(outcome)

    threading.Thread(target=work, name="orchestra_kit specialist", daemon=True).start()
    return await done


def drop(outcome: Any) -> None:
    """Let go of what nobody waits for any more: of a coroutine Python would say that it was never awaited."""
    if inspect.iscoroutine(outcome):
        outcome.close()


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    """The thread of a Live world: runs until it is stopped, then closes what is left."""
    try:
        loop.run_forever()
    finally:
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        with contextlib.suppress(Exception):
            if tasks:
                loop.run_until_complete(asyncio.wait(tasks))
            loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _stop_loop(loop: asyncio.AbstractEventLoop) -> None:
    with contextlib.suppress(RuntimeError):  # closed already
        loop.call_soon_threadsafe(loop.stop)
