"""The same orchestrators on asyncio, as an oracle: proof that they do not know what runs them."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable
from typing import Any

from orchestra_kit import Call, NoneGood, Reply, TimedOut
from orchestra_kit.groups import All, FirstGood, Group
from orchestra_kit.requests import Branch, Error, Note, Outcome, Request, Value, Wait, inside_a_run
from orchestra_kit.specialist import Ask


class Virtual(asyncio.SelectorEventLoop):
    """An asyncio loop whose clock jumps to whatever is due next, instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())
        self.now_s = 0.0
        select = self._selector.select

        def jump(timeout: float | None) -> Any:
            self.now_s += timeout or 0.0
            return select(0)

        self._selector.select = jump

    def time(self) -> float:
        return self.now_s


def run_on_asyncio(work: Awaitable[Any], model: Any) -> Outcome:
    """The outcome of an orchestrator under asyncio."""
    loop = Virtual()
    inside_a_run.set(True)
    try:
        return Value(loop.run_until_complete(drive(work, model)))
    except Exception as error:
        return Error(error)
    finally:
        loop.close()
        inside_a_run.set(False)


async def drive(work: Awaitable[Any], model: Any) -> Any:
    """Perform each request an orchestrator makes, and send the outcome back in."""
    steps = work.__await__()
    outcome: Outcome = Value(None)
    while True:
        try:
            request = outcome.resume(steps)
        except StopIteration as stop:
            return stop.value
        try:
            outcome = Value(await perform(request, model))
        except Exception as error:
            outcome = Error(error)


async def perform(request: Request[Any], model: Any) -> Any:
    match request:
        case Ask(to=to):
            call = Call(to.name, to.role, request.prompt)
            try:
                reply: Reply = model.complete(call)
            except Exception as error:
                await asyncio.sleep(getattr(error, "latency_s", 0.0))
                raise
            await asyncio.sleep(reply.latency_s)
            return reply.text
        case Wait(seconds):
            return await asyncio.sleep(seconds)
        case Note():
            return None
        case Group(members, rule):
            return await gather(members, rule(len(members)), model)
    raise AssertionError(request)


async def gather(members: tuple[Awaitable[Any], ...], rule: Any, model: Any) -> Any:
    """What together, first and within promise, said a second time: nothing of the package's own rules is used."""
    outcomes: dict[int, Outcome] = {}
    decided: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def decide(slot: int) -> Outcome | None:
        outcome = outcomes[slot]
        if isinstance(rule, All):
            if isinstance(outcome, Error):
                return outcome
            return Value([outcomes[n].value for n in sorted(outcomes)]) if len(outcomes) == len(members) else None  # type: ignore[union-attr]
        if isinstance(rule, FirstGood):
            if isinstance(outcome, Value) and rule.good(outcome.value):
                return outcome
            return Error(NoneGood("nobody")) if len(outcomes) == len(members) else None
        return outcome if slot == 0 else Error(TimedOut("late"))

    async def member(slot: int, work: Awaitable[Any]) -> None:
        try:
            outcomes[slot] = Value(await drive(work.function(*work.args) if isinstance(work, Branch) else work, model))
        except Exception as error:
            outcomes[slot] = Error(error)
        if not decided.done() and (outcome := decide(slot)) is not None:
            decided.set_result(outcome)

    async with asyncio.TaskGroup() as tasks:
        all_members = [tasks.create_task(member(slot, work)) for slot, work in enumerate(members)]
        outcome = await decided
        for task in all_members:
            task.cancel()
    if isinstance(outcome, Error):
        raise outcome.error
    return outcome.value
