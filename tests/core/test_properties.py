"""What holds for every orchestrator, tried on random ones."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from hashlib import sha256
from typing import Any

import pytest
from core.fakes import Moody
from core.on_asyncio import run_on_asyncio
from core.programs import Do, perform, programs
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit import NoneGood, Replay, Run, TimedOut, Usage, start
from orchestra_kit.requests import Error, Value
from orchestra_kit.specialist import Ask


def essence(outcome: Any) -> str:
    """An outcome, without the wording of our own errors: the oracle has words of its own."""
    own = isinstance(outcome, Error) and isinstance(outcome.error, NoneGood | TimedOut)
    return type(outcome.error).__name__ if own else repr(outcome)


def finished(program: Do, **options: Any) -> Run:
    return start(perform, program, model=Moody(), **options).finish()


@given(programs)
def test_asyncio_agrees(program: Do) -> None:
    ours = finished(program).outcome
    theirs = run_on_asyncio(perform(program), Moody())
    assert essence(ours) == essence(theirs)


@given(programs, st.none() | st.integers(1, 3))
def test_a_replay_is_identical(program: Do, max_parallel: int | None) -> None:
    run = finished(program, max_parallel=max_parallel)
    again = start(perform, program, world=Replay(run.events), max_parallel=max_parallel).finish()
    assert again.events == run.events
    assert again.outcome == run.outcome


@given(programs, st.data(), st.none() | st.integers(1, 3))
def test_a_fork_at_any_event_ends_the_same(program: Do, data: st.DataObject, max_parallel: int | None) -> None:
    run = finished(program, max_parallel=max_parallel)
    at = data.draw(st.integers(0, len(run.events)))
    fork = run.fork(at)
    assert fork.events[:at] == run.events[:at]
    deeper = fork.fork(data.draw(st.integers(0, len(fork.events))))
    assert fork.finish().events == run.events
    assert deeper.finish().events == run.events


@given(programs, st.none() | st.integers(1, 3))
def test_whatever_began_ends_exactly_once(program: Do, max_parallel: int | None) -> None:
    run = finished(program, max_parallel=max_parallel)
    opened = Counter(event.path for event in run.events if event.kind in ("began", "asked"))
    closed = Counter(event.path for event in run.events if event.kind in ("ended", "answered", "cancelled"))
    assert opened == closed
    assert set(opened.values()) == {1}
    assert run.events[-1].kind == "ended"
    assert not run.waiting
    assert run.stop_reason in ("done", "failed", "deadline")


@given(programs, st.none() | st.integers(1, 3))
def test_totals_are_the_sums_of_their_parts(program: Do, max_parallel: int | None) -> None:
    run = finished(program, max_parallel=max_parallel)
    spent = sum((event.usage for event in run.events if event.usage is not None), Usage())
    summary, rows = run.summary(), run.calls()
    asked = [event for event in run.events if event.kind == "asked" and isinstance(event.detail, Ask)]
    assert summary.calls == len(rows) == len(asked)
    assert (summary.tokens_in, summary.tokens_out) == (spent.tokens_in, spent.tokens_out)
    assert (rows.tokens_in.sum(), rows.tokens_out.sum()) == (spent.tokens_in, spent.tokens_out)
    assert summary.cost_usd == pytest.approx(spent.cost_usd)
    assert list(rows.started_s) == sorted(rows.started_s) or max_parallel
    assert all(event.at_s <= later.at_s for event, later in zip(run.events, run.events[1:], strict=False))


@given(programs, st.integers(1, 3))
def test_no_more_than_max_parallel_work_at_once(program: Do, most: int) -> None:
    run = finished(program, max_parallel=most)
    working: set[str] = set()
    queued: set[str] = set()
    for event in run.events:
        if event.kind == "asked" and isinstance(event.detail, Ask):
            (working if len(working) < most and not queued else queued).add(event.path)
        elif event.kind == "started":
            queued.remove(event.path)
            working.add(event.path)
        elif event.kind in ("answered", "cancelled"):
            working.discard(event.path)
            queued.discard(event.path)
        assert len(working) <= most


SAME_EVERYWHERE = """
from hashlib import sha256
from core.fakes import Moody
from core.programs import Do, perform
from orchestra_kit import start
ask = [Do("ask", n) for n in range(4)]
catch = Do("catch", 0, (Do("retry", 3), Do("fail"), *ask))
program = Do("together", 0, (Do("first", 0, tuple(ask)), catch, Do("attempt", 5)))
run = start(perform, program, model=Moody(), seed=3).finish()
print(sha256("\\n".join(map(repr, run.events)).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_events_in_another_process(request: pytest.FixtureRequest) -> None:
    tests = request.config.rootpath / "tests"

    def digest(hash_seed: str) -> str:
        env = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": f"{tests}:{tests.parent}"}
        command = [sys.executable, "-c", SAME_EVERYWHERE]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    first, second = digest("0"), digest("77")
    assert len(first.strip()) == len(sha256().hexdigest())
    assert first == second


def test_the_oracle_can_tell_a_difference() -> None:
    asks = (Do("ask", 1), Do("ask", 2))
    ours = finished(Do("together", 0, asks)).outcome
    assert isinstance(ours, Value)
    assert essence(ours) != essence(run_on_asyncio(perform(Do("together", 0, asks[::-1])), Moody()))
