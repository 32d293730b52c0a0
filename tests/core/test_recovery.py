"""Retry, within, attempt, skip and flag: what each does to the result, and that each is seen in the trace."""

from __future__ import annotations

from typing import Any

import pytest
from core.fakes import Fake

from orchestra_kit import (
    Budget,
    BudgetSpent,
    Call,
    Flag,
    ModelError,
    Rejected,
    Reply,
    Skip,
    Skipped,
    Specialist,
    TimedOut,
    Usage,
    Verdict,
    attempt,
    retry,
    start,
    together,
    within,
)

writer = Specialist("writer", "Write.")


class Failing(Fake):
    """Fails the first `times` calls; each failure has read the prompt."""

    def __init__(self, times: int):
        super().__init__()
        self.times = times

    def complete(self, call: Call) -> Reply:
        if len(self.calls) < self.times:
            self.calls.append(call)
            raise ModelError("429 too many requests", usage=Usage(tokens_in=30), latency_s=0.5)
        return super().complete(call)


async def tries_again(brief: str) -> Any:
    return await retry(writer, brief, tries=3, pause_s=2)


def test_retry_tries_again_with_growing_pauses_and_books_the_failures() -> None:
    run = start(tries_again, "x", model=Failing(2)).finish()
    assert run.result == "writer: x"
    rows = run.calls()
    assert list(rows.status) == ["failed", "failed", "ok"]
    assert list(rows.attempt) == [1, 2, 3]
    assert list(rows.started_s) == [0.0, 2.5, 7.0]
    assert run.summary().tokens_in == 160
    notes = [event.detail for event in run.events if event.kind == "noted"]
    assert notes[0] == "try 1 of 3 of writer failed (ModelError: 429 too many requests): trying again"


def test_retry_gives_up_after_its_tries_and_raises_the_last_error() -> None:
    run = start(tries_again, "x", model=Failing(9)).finish()
    assert run.summary().calls == 3
    with pytest.raises(ModelError):
        run.result


def test_retries_differ_in_their_sample_but_not_between_runs() -> None:
    model, again = Failing(2), Failing(2)
    start(tries_again, "x", model=model).finish()
    start(tries_again, "x", model=again).finish()
    samples = [call.sample for call in model.calls]
    assert len(set(samples)) == 3
    assert samples == [call.sample for call in again.calls]


def test_names_do_not_matter_to_the_sample() -> None:
    async def other_name(brief: str) -> Any:
        return await retry(Specialist("somebody else", "Write."), brief, tries=3, pause_s=2)

    async def team_of(one: Any, brief: str) -> Any:
        return await together(one(brief), one(brief))

    samples = []
    for one in (tries_again, other_name):
        model = Failing(2)
        start(team_of, one, "x", model=model).finish()
        samples.append([call.sample for call in model.calls])
    assert samples[0] == samples[1]
    assert len(set(samples[0])) == 4


def test_retry_does_not_spend_tries_on_a_spent_budget() -> None:
    run = start(tries_again, "x", model=Failing(9), budget=Budget(calls=1)).finish()
    assert run.summary().calls == 1
    assert run.stop_reason == "budget"
    with pytest.raises(BudgetSpent):
        run.result


def test_within_cancels_a_slow_call_and_raises() -> None:
    async def hurried(brief: str) -> Any:
        return await within(0.75, writer, brief)

    run = start(hurried, "x", model=Fake()).finish()
    assert run.stop_reason == "deadline"
    assert list(run.calls().status) == ["cancelled"]
    assert list(run.calls().tokens_out) == [5]
    with pytest.raises(TimedOut, match=r"writer had 0\.75 s"):
        run.result
    assert start(hurried, "x", model=Fake(latency_s=0.5)).finish().result == "writer: x"


def test_within_passes_a_failure_on_at_once() -> None:
    async def hurried(brief: str) -> Any:
        return await within(60, writer, brief)

    run = start(hurried, "x", model=Failing(1)).finish()
    assert run.summary().latency_s == 0.5
    assert run.stop_reason == "failed"


def test_skip_leaves_a_falsy_part_in_its_slot_and_names_it() -> None:
    async def team(brief: str) -> list[Any]:
        return await together(attempt(writer, brief, otherwise=Skip()), writer("y"))

    run = start(team, "x", model=Failing(1)).finish()
    skipped, written = run.result
    assert not skipped
    assert skipped == Skipped("writer", "ModelError: 429 too many requests")
    assert str(skipped) == "(left out: writer, because ModelError: 429 too many requests)"
    assert written == "writer: y"
    assert list(run.calls().status) == ["skipped", "ok"]
    assert skipped in [event.detail for event in run.events if event.kind == "noted"]


async def flags(brief: str) -> Any:
    return await attempt(writer, brief, tries=2, otherwise=Flag("we need this one"), pause_s=0)


@pytest.mark.parametrize(
    ("verdict", "result"),
    [
        (Verdict("edit", work="by hand"), "by hand"),
        (Verdict("skip", note="not today"), Skipped("writer", "not today")),
        (Verdict("approve"), Skipped("writer", "ModelError: 429 too many requests")),
    ],
)
def test_a_flag_asks_a_person(verdict: Verdict, result: object) -> None:
    run = start(flags, "x", model=Failing(2)).finish()
    assert run.stop_reason is None
    assert run.waiting["flags/review"].why == "we need this one"  # type: ignore[attr-defined]
    assert run.decide(verdict).result == result


def test_a_person_may_turn_a_flagged_part_down() -> None:
    run = start(flags, "x", model=Failing(2)).finish().decide(Verdict("reject", note="no"))
    assert run.stop_reason == "flagged"
    with pytest.raises(Rejected, match="a person turned it down: no"):
        run.result


def test_a_mistake_in_the_code_is_not_skipped() -> None:
    async def oops(brief: str) -> Any:
        async def handing_on(_: str) -> Any:
            return await writer(writer(brief))

        return await attempt(handing_on, brief, tries=3, otherwise=Skip())

    run = start(oops, "x", model=Fake()).finish()
    assert type(run.outcome.error).__name__ == "ForgottenAwait"  # type: ignore[union-attr]


def test_a_team_can_be_retried_like_a_specialist() -> None:
    async def team(brief: str) -> str:
        first_draft = await writer(brief)
        return str(await writer(first_draft))

    async def boss(brief: str) -> Any:
        return await together(retry(team, brief, tries=2, pause_s=0), retry(writer, brief, tries=2, pause_s=0))

    assert start(boss, "x", model=Failing(1)).finish().result == ["writer: writer: x", "writer: x"]


def test_retry_needs_a_try() -> None:
    with pytest.raises(ValueError, match=r"tries=0"):
        retry(writer, "x", tries=0)
