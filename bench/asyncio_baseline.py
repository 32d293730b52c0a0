"""The same work by hand: plain asyncio, with the checks, the trace and the accounts that any serious version needs.

This is what orchestra_kit is measured against, so it is written to be fast: no framework, no clock of its own, tasks
only where something runs side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from orchestra_kit import Call, Model, Reply


class Brief(BaseModel):
    """What a specialist is told."""

    topic: str
    words: int = 80


class Finding(BaseModel):
    """What a specialist answers with."""

    fact: str
    source: str
    sure: float


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trace."""

    at_s: float
    path: str
    kind: str
    detail: Any


class Desk:
    """Calls the model for everybody, and keeps the trace and the accounts."""

    def __init__(self, model: Model):
        self.model = model
        self.clock = asyncio.get_running_loop().time
        self.events: list[Event] = []
        self.names: dict[str, int] = {}
        self.calls = self.tokens_in = self.tokens_out = 0
        self.cost_usd = 0.0

    def path(self, job: str, who: str) -> str:
        """A name for this call in the trace: the second of the same name is who#2."""
        path = f"{job}/{who}"
        number = self.names[path] = self.names.get(path, 0) + 1
        return path if number == 1 else f"{path}#{number}"

    def record(self, path: str, kind: str, detail: Any) -> None:
        self.events.append(Event(self.clock(), path, kind, detail))

    async def ask(self, job: str, who: str, role: str, brief: Brief) -> Finding:
        """One call: the brief is checked, the answer is parsed, both are recorded, and the price is booked."""
        if not isinstance(brief, Brief):
            raise TypeError(f"{who} takes a Brief, not {brief!r}")
        path = self.path(job, who)
        self.calls += 1
        self.record(path, "asked", brief)
        try:
            reply = await self.complete(Call(who, role, brief.model_dump_json(), Finding, sample=path))
        except asyncio.CancelledError:
            self.record(path, "cancelled", None)
            raise
        except Exception as error:
            self.record(path, "failed", error)
            raise
        self.tokens_in += reply.usage.tokens_in
        self.tokens_out += reply.usage.tokens_out
        self.cost_usd += reply.usage.cost_usd
        self.record(path, "answered", reply)
        return Finding.model_validate_json(reply.text)

    async def complete(self, call: Call) -> Reply:
        """The model, as anything is that answers from outside: it lets the others run once before it is done."""
        reply = self.model.complete(call)
        await asyncio.sleep(0)
        assert isinstance(reply, Reply)
        return reply

    async def team(self, path: str, work: Awaitable[Any]) -> Any:
        """A team's part of the trace: when it began, and what came of it."""
        self.record(path, "began", None)
        result = await work
        self.record(path, "ended", result)
        return result


async def together(*work: Any) -> list[Any]:
    """Everybody's answer, in the order asked; one failure cancels the rest."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in work]
    return [task.result() for task in tasks]


async def first(*work: Any, good: Callable[[Any], bool]) -> Any:
    """The first good answer; the rest are cancelled."""
    waiting = {asyncio.create_task(each) for each in work}
    try:
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if good(task.result()):
                    return task.result()
        raise LookupError("nobody had a good answer")
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def sequential(desk: Desk, size: int) -> Finding:
    """Each starts from what the one before has found."""
    brief = Brief(topic="bees")
    for _ in range(size):
        finding = await desk.ask("sequential", "writer", "Go on.", brief)
        brief = Brief(topic=finding.fact)
    return finding


async def fan_out(desk: Desk, size: int) -> list[Finding]:
    """Everybody at the same time."""
    return await together(
        *(desk.ask("fan_out", "writer", "Go on.", Brief(topic="bees", words=number)) for number in range(size))
    )


async def hierarchy(desk: Desk, size: int) -> list[Finding]:
    """As many leads as each has workers; a lead sums up what its workers have found."""

    async def lead(number: int) -> Finding:
        job = f"hierarchy/lead#{number}"
        briefs = (Brief(topic="bees", words=worker) for worker in range(size))
        parts = await together(*(desk.ask(job, "writer", "Go on.", brief) for brief in briefs))
        return await desk.ask(job, "editor", "Sum up.", Brief(topic=" ".join(part.fact for part in parts)))

    return await together(*(desk.team(f"hierarchy/lead#{number}", lead(number)) for number in range(size)))


async def competition(desk: Desk, size: int) -> Finding:
    """The first good answer wins."""
    brief = Brief(topic="bees")
    rivals = (desk.ask("competition", "writer", "Go on.", brief) for _ in range(size))
    found: Finding = await first(*rivals, good=lambda finding: finding.sure > 0.5)
    return found
