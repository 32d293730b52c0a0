"""The live world: real calls on the wall clock, really cancelled."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from core.fakes import Fake

from orchestra_kit import (
    Budget,
    Call,
    Live,
    ModelError,
    Replay,
    Reply,
    Specialist,
    Usage,
    Verdict,
    attempt,
    first,
    review,
    start,
    together,
    wait,
    within,
)

writer = Specialist("writer", "Write.")


class Endpoint:
    """A model that takes real time: as many milliseconds as its prompt says. It keeps count of what was cancelled."""

    simulated = False

    def __init__(self) -> None:
        self.cancelled: list[str] = []
        self.at_once = self.most_at_once = 0

    async def complete(self, call: Call) -> Reply:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(float(call.prompt) / 1_000)
        except asyncio.CancelledError:
            self.cancelled.append(call.prompt)
            raise
        finally:
            self.at_once -= 1
        if call.prompt == "1":
            raise ModelError("refused", usage=Usage(3))
        return Reply(f"done {call.prompt}", Usage(5, 2, cost_usd=0.1))


async def all_of(*briefs: str) -> Any:
    return await together(writer(brief) for brief in briefs)


def test_calls_overlap_and_keep_the_order_of_the_task() -> None:
    run = start(all_of, "500", "300", "100", model=Endpoint()).finish()
    assert run.result == ["done 500", "done 300", "done 100"]
    assert not run.summary().simulated
    calls = run.calls()
    assert calls.started_s.max() < calls.ended_s.min()
    assert calls.ended_s.is_monotonic_decreasing


def test_cancelling_really_cancels_the_call_and_books_an_estimate() -> None:
    async def race(_: str) -> Any:
        return await first(writer("5"), writer("60000"))

    endpoint = Endpoint()
    began = time.monotonic()
    run = start(race, "x", model=endpoint).finish()
    assert run.result == "done 5"
    assert time.monotonic() - began < 5
    for _ in range(100):
        if endpoint.cancelled:
            break
        time.sleep(0.01)
    assert endpoint.cancelled == ["60000"]
    loser = run.calls().iloc[1]
    assert (loser.status, loser.estimated, loser.tokens_in) == ("cancelled", True, 3)
    assert "~" in str(run.summary())


def test_max_parallel_holds() -> None:
    endpoint = Endpoint()
    start(all_of, *["10"] * 9, model=endpoint, max_parallel=2).finish()
    assert endpoint.most_at_once == 2


def test_failures_deadlines_and_budgets_work_as_in_a_simulation() -> None:
    async def team(_: str) -> Any:
        return await together(
            attempt(writer, "1"), attempt(lambda brief: within(0.02, writer, brief), "60000"), wait(0.01)
        )

    run = start(team, "x", model=Endpoint()).finish()
    assert [str(part) for part in run.result[:2]] == [
        "(left out: writer, because ModelError: refused)",
        "(left out: <lambda>, because TimedOut: writer had 0.02 s and was not done. Give it longer, or less to do)",
    ]
    assert run.calls().tokens_in[0] == 3
    late = start(all_of, "60000", "60000", model=Endpoint(), budget=Budget(latency_s=0.02)).finish()
    assert late.stop_reason == "budget"


def test_a_live_run_replays_and_forks() -> None:
    run = start(all_of, "3", "2", model=Endpoint()).finish()
    again = start(all_of, "3", "2", world=Replay(run.events)).finish()
    assert again.events == run.events
    answered = next(event.number for event in run.events if event.kind == "answered")
    assert run.fork(answered, answer="changed").finish().result == ["done 3", "changed"]


def test_a_blocking_model_and_blocking_specialists_do_not_hold_up_the_others() -> None:
    both = threading.Barrier(2, timeout=5)

    class Blocking:
        simulated = False

        def complete(self, call: Call) -> Reply:
            both.wait()
            return Reply(call.prompt)

    async def sleepy(brief: str) -> str:
        await asyncio.sleep(0)
        return brief.upper()

    async def pair(_: str) -> Any:
        return await together(
            writer("a"), Specialist("waits", does=lambda _: both.wait() >= 0)("b"), Specialist("s", does=sleepy)("c")
        )

    assert start(pair, "x", model=Blocking()).finish().result == ["a", True, "C"]


def test_a_call_that_is_cancelled_while_its_model_blocks_is_dropped_without_a_word() -> None:
    go = threading.Event()

    class Later:
        simulated = False

        def complete(self, call: Call) -> Any:
            go.wait(5)
            return self.answer(call)

        async def answer(self, call: Call) -> Reply:
            return Reply(call.prompt)

    quick = Specialist("quick", does=str)

    async def race(_: str) -> Any:
        await first(writer("slow"), quick("fast"))
        await review("fast")
        return await quick("again")

    run = start(race, "x", model=Later()).finish()
    busy = [thread for thread in threading.enumerate() if thread.name == "orchestra_kit specialist"]
    go.set()
    for thread in busy:
        thread.join(5)
    assert run.decide(Verdict("approve")).finish().result == "again"


def test_a_simulated_model_must_answer_at_once() -> None:
    class Confused:
        simulated = True

        async def complete(self, call: Call) -> Reply:
            return Reply(call.prompt)

    with pytest.raises(TypeError, match="says simulated = False"):
        start(all_of, "1", model=Confused()).finish().result


def test_the_thread_of_a_live_run_ends_with_it() -> None:
    run = start(all_of, "1000", model=Endpoint())
    assert isinstance(run.world, Live)
    run.close()
    for _ in range(200):
        if not any(thread.name == "orchestra_kit live calls" for thread in threading.enumerate()):
            break
        time.sleep(0.01)
    assert not any(thread.name == "orchestra_kit live calls" for thread in threading.enumerate())


def test_a_simulation_runs_coroutine_specialists_too() -> None:
    async def shout(brief: str) -> str:
        await asyncio.sleep(0)
        return brief.upper()

    async def loud(brief: str) -> Any:
        return await Specialist("loud", does=shout)(brief)

    assert start(loud, "hello", model=Fake()).finish().result == "HELLO"
