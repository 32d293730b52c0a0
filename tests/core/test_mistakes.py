"""Beginner's slips: each is an error that quotes the learner's line and shows it corrected."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from core.fakes import Fake

from orchestra_kit import (
    AwaitedInFinally,
    ForgottenAwait,
    NotAsync,
    OutsideRun,
    Specialist,
    first,
    start,
    together,
    wait,
)
from orchestra_kit.errors import NotARequest

research = Specialist("research", "Find facts.")
writer = Specialist("writer", "Write.")


async def forgets_once(topic: str) -> Any:
    facts = research(topic)
    more = "and more"
    return await writer([facts, more])


async def forgets_inside(topic: str) -> Any:
    return await writer(research(topic))


async def forgets_to_wait(topic: str) -> Any:
    facts = await research(topic)
    return writer(facts)


async def forgets_and_returns_it(topic: str) -> Any:
    facts = await research(topic)
    if facts:
        facts = writer(facts)
    return facts


async def helper(topic: str) -> Any:
    return await research(topic)


async def forgets_a_helper(topic: str) -> Any:
    facts = helper(topic)
    return await writer(facts)


def not_async(topic: str) -> Any:
    return writer(topic)


@pytest.mark.parametrize(
    ("orchestrator", "wrote", "corrected"),
    [
        (forgets_once, "facts = research(topic)", "facts = await research(topic)"),
        (forgets_inside, "return await writer(research(topic))", "return await writer(await research(topic))"),
        (forgets_to_wait, "return writer(facts)", "return await writer(facts)"),
        (forgets_and_returns_it, "facts = writer(facts)", "facts = await writer(facts)"),
        (forgets_a_helper, "facts = helper(topic)", "facts = await helper(topic)"),
    ],
)
def test_a_forgotten_await_is_quoted_and_corrected(orchestrator: Any, wrote: str, corrected: str) -> None:
    run = start(orchestrator, "bees", model=Fake()).finish()
    with pytest.raises(ForgottenAwait) as caught:
        run.result
    assert f"you wrote:  {wrote}\n" in str(caught.value)
    assert str(caught.value).endswith(f"write:      {corrected}")


def test_an_orchestrator_that_is_not_async_is_quoted_and_corrected() -> None:
    with pytest.raises(NotAsync, match=re.escape("write:      async def not_async(topic: str) -> Any:")):
        start(not_async, "bees", model=Fake())


def test_awaiting_outside_a_run_says_how_to_start_one() -> None:
    async def at_the_top_of_a_cell() -> Any:
        return await writer("x")

    with pytest.raises(OutsideRun, match=re.escape("run = start(my_orchestrator, ...).finish()")):
        asyncio.run(at_the_top_of_a_cell())


def test_awaiting_something_else_says_what_can_be_awaited() -> None:
    class Odd:
        def __await__(self) -> Any:
            yield "a spanner"

    async def sleepy(_: str) -> None:
        await Odd()

    with pytest.raises(
        NotARequest, match=r"awaited 'a spanner' at test_mistakes.py:\d+: await Odd\(\).*await wait\(seconds\)"
    ):
        start(sleepy, "x", model=Fake()).finish().result


def test_awaiting_in_finally_while_being_cancelled_is_explained() -> None:
    async def untidy() -> None:
        try:
            await wait(9)
        finally:
            await writer("one last thing")

    async def race(_: str) -> None:
        await first(untidy(), writer("x"))

    with pytest.raises(AwaitedInFinally, match=r"race/untidy was cancelled at .*await wait\(9\).*out of `finally`"):
        start(race, "x", model=Fake()).finish().result


def test_a_fault_while_tidying_up_is_not_swallowed() -> None:
    async def clumsy() -> None:
        try:
            await wait(9)
        finally:
            raise ZeroDivisionError("dropped it")

    async def race(_: str) -> None:
        await first(clumsy(), writer("x"))

    with pytest.raises(ZeroDivisionError, match="dropped it"):
        start(race, "x", model=Fake()).finish().result


def test_groups_say_what_they_wait_for() -> None:
    with pytest.raises(TypeError, match=r"no\. 2 is 'bob'"):
        together(writer("x"), "bob")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="waits for requests, not for 7"):
        first(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="time only goes forward"):
        wait(-1)
    with pytest.raises(TypeError, match="has nothing to go by"):
        Specialist("idle")
