"""What an attacker found: every one of these hung, lied or broke a run once."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterator
from typing import Any

import pytest
from core.fakes import Fake, scripted
from pydantic import BaseModel, field_validator

from orchestra_kit import (
    BadHandoff,
    BadPlan,
    Budget,
    BudgetSpent,
    Call,
    Diverged,
    Flag,
    ForgottenAwait,
    FunctionModel,
    Handoff,
    Live,
    ModelError,
    NoneGood,
    NotAsync,
    Plan,
    Replay,
    Reply,
    Sequential,
    Skip,
    Specialist,
    Verdict,
    attempt,
    first,
    note,
    retry,
    review,
    start,
    together,
    wait,
)
from orchestra_kit.errors import Runaway

writer = Specialist("writer", "Write.")


async def stubborn(_: str) -> None:
    while True:
        try:
            await writer("again")
        except Exception:
            continue


async def idle(_: str) -> None:
    while True:
        await together([])


@pytest.mark.parametrize("orchestrator", [stubborn, idle])
def test_a_loop_that_asks_nobody_is_stopped_too(orchestrator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestra_kit.loop.MOST_MOVES", 5_000)
    with pytest.raises(Runaway, match="goes round without end"):
        start(orchestrator, "x", model=Fake(), budget=Budget(calls=1)).finish()


def test_what_was_said_stays_said_whatever_becomes_of_the_list() -> None:
    collector = Specialist("collector", does=lambda brief: [*brief, "found"])

    async def changes_everything(topics: list[str]) -> Any:
        parts = await collector(topics)
        parts.append("changed")
        topics.clear()
        await writer(parts)
        parts.append("more")
        return parts

    given = ["bees"]
    run = start(changes_everything, given, model=Fake()).finish()
    given.append("wasps")
    briefs = [event.detail.brief for event in run.events if event.kind == "asked"]
    assert briefs == [["bees"], ["bees", "found", "changed"]]
    assert run.events[0].detail == (["bees"],)
    assert run.back_to(3).finish().result == run.result == ["bees", "found", "changed", "more"]
    assert start(changes_everything, ["bees"], world=Replay(run)).finish().events == run.events


def test_a_generator_as_brief_is_read_once_and_kept() -> None:
    async def lazy(_: str) -> Any:
        return await retry(writer, (word for word in ("one", "two")), tries=1)

    assert start(lazy, "x", model=Fake()).finish().result == "writer: one\n\ntwo"


def test_a_fork_after_calls_were_cancelled_while_being_asked() -> None:
    async def over_budget(_: str) -> str:
        with contextlib.suppress(BudgetSpent):
            await together(writer("1"), writer("2"), writer("3"))
        await wait(9)
        return "done"

    run = start(over_budget, "x", model=Fake(), budget=Budget(calls=2)).finish()
    for at in range(len(run.events) + 1):
        assert run.back_to(at).finish().events == run.events


def test_a_person_may_decide_while_the_reviewer_is_still_thinking() -> None:
    async def two_steps(_: str) -> list[str]:
        return [(await review("draft")).decision, await writer("x")]

    run = start(two_steps, "x", model=Fake(), world=None, reviewer=lambda _: Verdict("approve"))
    assert run.decide(Verdict("reject")).finish().result == ["reject", "writer: x"]


class Patient:
    simulated = False

    async def complete(self, call: Call) -> Reply:
        return Reply(call.prompt)


@pytest.mark.parametrize("ending", [StopIteration, SystemExit])
def test_a_specialist_that_ends_oddly_does_not_hang_a_live_run(ending: type[BaseException]) -> None:
    def odd(_: str) -> None:
        raise ending

    async def ask_odd(_: str) -> Any:
        return await Specialist("odd", does=odd)("x")

    with pytest.raises(ModelError, match=f"ended with {ending.__name__}"):
        start(ask_odd, "x", model=Patient()).finish().result


def test_a_live_model_that_cancels_itself_does_not_hang_a_run() -> None:
    import asyncio

    class Gone(Patient):
        async def complete(self, call: Call) -> Reply:
            raise asyncio.CancelledError

    with pytest.raises(ModelError, match="writer was cancelled from within"):
        start(writer, "x", model=Gone()).finish().result


def test_ctrl_c_in_a_specialist_loses_no_answer() -> None:
    presses = [KeyboardInterrupt]

    def interrupted(_: str) -> str:
        if presses:
            raise presses.pop()
        return "there"

    async def ask_it(_: str) -> Any:
        return await Specialist("slow", does=interrupted)("x")

    run = start(ask_it, "x", model=Fake())
    with pytest.raises(KeyboardInterrupt):
        run.finish()
    assert run.finish().result == "there"


def test_a_validator_that_breaks_is_a_bad_handoff() -> None:
    class Odd(BaseModel):
        word: str

        @field_validator("word")
        @classmethod
        def look_up(cls, word: str) -> str:
            return {"bee": "insect"}[word]

    async def ask_it(_: str) -> Any:
        return await attempt(Specialist("odd", "Say.", makes=Odd), "x")

    run = start(ask_it, "x", model=scripted(odd='{"word": "wasp"}')).finish()
    assert str(run.result) == (
        "(left out: odd, because BadHandoff: odd promised ask_it Odd, and its answer is not one: KeyError: 'wasp'. It "
        'answered \'{"word": "wasp"}\'. Say in its role what is wanted, or let it make something else)'
    )
    assert list(run.calls().status) == ["skipped"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Python's own word on such a coroutine
def test_closing_a_run_that_will_not_be_closed_ends() -> None:
    async def clings(_: str) -> None:
        while True:
            with contextlib.suppress(BaseException):  # the cancellation too
                await writer("x")

    run = start(clings, "x", model=Fake()).close()
    assert run.stop_reason == "cancelled"
    assert type(run.events[-1].detail).__name__ == "AwaitedInFinally"
    del run
    gc.collect()


def test_a_spent_budget_is_not_mistaken_for_a_bad_candidate() -> None:
    async def race(_: str) -> Any:
        return await first(writer("1"), writer("2"), good=lambda text: "3" in text)

    run = start(race, "x", model=Fake(), budget=Budget(calls=1)).finish()
    assert run.stop_reason == "budget"


def test_a_replay_notices_who_asks_for_more_and_who_for_less() -> None:
    async def ask_for(count: int) -> None:
        for number in range(count if count < 9 else 1):
            await writer(number)

    recording = start(ask_for, 2, model=Fake()).finish()
    recording.events[0] = recording.events[0]._replace(detail=(2,))
    for count in (1, 3):
        with pytest.raises(Diverged):
            start(ask_for, count, world=Replay(recording)).finish()


def test_a_live_run_and_its_replay_are_not_called_simulated() -> None:
    run = start(writer, "x", world=Live(Patient())).finish()
    assert not run.summary().simulated
    assert not start(writer, "x", world=Replay(run)).finish().summary().simulated


def test_thinking_time_is_not_booked_to_the_next_call() -> None:
    async def two_steps(_: str) -> Any:
        await review("draft")
        return await writer("x")

    run = start(two_steps, "x", model=Patient()).finish()
    time.sleep(1.0)
    (call,) = run.decide(Verdict("approve")).finish().calls().itertuples()
    assert call.ended_s - call.started_s < 1.0 <= call.started_s


def test_a_part_left_out_is_named_when_a_combiner_made_the_result() -> None:
    broken = Specialist("broken", does=lambda _: 1 / 0)
    desk = Sequential("desk", broken, writer, otherwise=Skip(), combiner=Specialist("merger", "Merge."))
    assert "(left out: broken, because ZeroDivisionError" in start(desk, "x", model=scripted()).finish().result


def test_a_persons_edit_keeps_the_promised_shape() -> None:
    class Count(BaseModel):
        count: int

    counter = Specialist("counter", "Count.", makes=Count)

    async def flagged(_: str) -> Any:
        return await attempt(counter, "x", otherwise=Flag())

    run = start(flagged, "x", model=scripted(counter="many")).finish()
    assert run.decide(Verdict("edit", work='{"count": 3}')).result == Count(count=3)
    run = start(flagged, "x", model=scripted(counter="many")).finish().decide(Verdict("edit", work="three"))
    with pytest.raises(BadHandoff, match="what a person wrote is no Count"):
        run.result


async def in_a_text(topic: str) -> Any:
    return await writer(f"Write: {writer(topic)}")


async def in_a_dict(topic: str) -> Any:
    return {"a": writer(topic)}


async def in_a_handoff(topic: str) -> Any:
    return await writer(Handoff("facts", writer(topic)))


async def deep_in_a_brief(topic: str) -> Any:
    return await Specialist("python", does=str)([Handoff("facts", writer(topic))])


async def added(topic: str) -> Any:
    return "Dear all, " + writer(topic)


@pytest.mark.parametrize("orchestrator", [in_a_text, in_a_dict, in_a_handoff, deep_in_a_brief, added])
def test_a_forgotten_await_is_found_in_texts_dicts_and_handoffs(orchestrator: Any) -> None:
    with pytest.raises(ForgottenAwait):
        start(orchestrator, "x", model=Fake()).finish().result


def generator(_: str) -> Iterator[None]:
    yield None


async def async_generator(_: str) -> Any:
    yield None


async def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("slip", "error", "sentence"),
    [
        (lambda: attempt(writer("x"), "x"), TypeError, r"attempt\(writer, brief\), not attempt\(writer\(brief\)\)"),
        (lambda: attempt(writer, "x", otherwise=Flag), TypeError, r"write Skip\(\), Flag\('why'\) or None"),
        (lambda: attempt(writer, "x", tries=0), ValueError, "would never ask"),
        (lambda: note("planing"), ValueError, "The phases: receive, plan"),  # type: ignore[arg-type]
        (lambda: Sequential("desk", print), TypeError, r"Specialist\('name', does=function\)"),
        (lambda: Specialist("x", "X.", makes=list[int]), TypeError, "give one class"),  # type: ignore[arg-type]
        (lambda: start(writer, "x", model="ollama:x"), TypeError, "is no model"),  # type: ignore[arg-type]
        (lambda: start(writer, "x", budget=3), TypeError, r"Budget\(calls=…\)"),  # type: ignore[arg-type]
        (lambda: start(async_generator, "x", model=Fake()), NotAsync, "has a `yield`"),
        (lambda: start(generator, "x", model=Fake()), NotAsync, "ordinary function"),
        (lambda: start(writer, {1, 2}, model=Fake()).finish().result, TypeError, "not set: turn it into text"),
        (lambda: FunctionModel(never), TypeError, "async"),
    ],
)
def test_slips_are_told_at_once(slip: Any, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        slip()


def test_a_request_has_no_methods_of_a_text() -> None:
    with pytest.raises(AttributeError, match="is a request and not the answer to it, so it has no 'upper'"):
        writer("x").upper()


def test_good_must_answer_at_once() -> None:
    async def race(_: str) -> Any:
        return await first(writer("x"), good=never)  # type: ignore[arg-type]

    with pytest.raises(TypeError, match="good= must say yes or no at once"):
        start(race, "x", model=Fake()).finish().result


def test_a_plan_of_names_is_no_plan() -> None:
    planner = Specialist("planner", does=lambda _: Plan(["writer"]))  # type: ignore[list-item]
    from orchestra_kit import Orchestrator

    with pytest.raises(BadPlan, match="where a step should be"):
        start(Orchestrator("desk", writer, planner=planner), "x", model=Fake()).finish().result


def test_a_dict_is_sent_whole() -> None:
    assert start(writer, {"title": "T"}, model=Fake()).finish().result == 'writer: {"title": "T"}'


def test_a_fork_can_change_what_was_looked_up() -> None:
    reader = Specialist("reader", "Read.", sources="Bees dance.")
    run = start(reader, "bees", model=Fake()).finish()
    assert "Wasps sting." in run.fork(2, answer="Wasps sting.").finish().result


# --- work that cannot be compared, errors that cannot be told, objects made anew --------------------------------------


class Table:
    """Like an array or a data frame: it has no one answer to whether it equals something."""

    def __eq__(self, _: object) -> Any:
        raise ValueError("the truth value of a table is ambiguous")

    __hash__ = None  # type: ignore[assignment]


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


class Letter(BaseModel):
    text: str


def test_a_table_where_something_else_is_wanted_is_told_with_whose_it_is() -> None:
    maker = Specialist("maker", does=lambda _: table)
    table = Table()

    async def hands_on(_: str) -> Any:
        await Specialist("other", does=lambda _: Table())("x")
        made = await maker("x")
        await Specialist("third", does=lambda _: Table())("x")
        return await Specialist("mailer", "Mail.", takes=Letter)(made)

    with pytest.raises(BadHandoff, match="mailer takes Letter, and hands_on/maker handed it something else"):
        start(hands_on, "x", model=Fake()).finish().result


@pytest.mark.parametrize(
    "ask",
    [
        lambda mute: retry(mute, "x", tries=2),
        lambda mute: attempt(mute, "x", otherwise=Skip()),
        lambda mute: first(mute("x"), mute("y")),
    ],
)
def test_an_error_without_words_is_told_by_its_name(ask: Any) -> None:
    def fails(_: Any) -> None:
        raise Mute

    async def copes(_: str) -> Any:
        try:
            return str(await ask(Specialist("mute", does=fails)))
        except NoneGood as error:
            return str(error)
        except Mute:
            return "\n".join(str(event.detail) for event in run.events if event.kind == "noted")

    run = start(copes, "x", model=Fake())
    assert "Mute (its text cannot be read: RuntimeError)" in run.finish().result


def test_a_review_of_an_object_can_be_forked() -> None:
    """Python shows an object without words of its own by its place in memory: another one each time it is made."""

    async def asks(_: str) -> Any:
        await review([Table()])
        return await writer("x")

    run = start(asks, "x", model=Fake(), reviewer=lambda _: Verdict("approve")).finish()
    assert run.fork(3, brief="y").finish().result == "writer: y"


@pytest.mark.parametrize("calls", [0, 1])
def test_a_fork_of_a_closed_run_stands_where_it_was_closed(calls: int) -> None:
    async def three(_: str) -> Any:
        return await writer(await writer(await writer("x")))

    model = Fake()
    run = start(three, "x", model=model)
    for _ in range(calls):
        run.step()
    here = list(run.events)
    run.close()
    assert len(run.events) == len(here) + 2
    for at in range(len(here), len(run.events) + 1):
        assert run.fork(at).events == here, "and nobody further is asked"
    assert run.fork(len(run.events)).finish().stop_reason == "done"


@pytest.mark.parametrize(
    ("at", "change", "advice"),
    [
        ("2", {}, r"fork\('2'\): say where by the number of an event, 0 to 3"),
        (1, {"model": "gpt"}, "model='gpt' has no complete"),
    ],
)
def test_a_fork_says_what_it_wants(at: Any, change: Any, advice: str) -> None:
    with pytest.raises(TypeError, match=advice):
        start(writer, "x", model=Fake()).finish().fork(at, **change)


def test_a_fault_is_given_by_its_name() -> None:
    with pytest.raises(ValueError, match="there is no such fault"):
        start(writer, "x", model=Fake()).finish().fork(1, fault=["time-out"])  # type: ignore[arg-type]
