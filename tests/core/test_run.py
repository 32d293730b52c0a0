"""A run as a learner meets it: stepping, waiting, results, people, budgets, forks."""

from __future__ import annotations

import pytest
from core.fakes import Fake, scripted

from orchestra_kit import (
    Budget,
    BudgetSpent,
    Deadlock,
    Diverged,
    NotFinished,
    Replay,
    Specialist,
    Verdict,
    first,
    note,
    review,
    start,
    together,
    wait,
)
from orchestra_kit.errors import Interrupted, Runaway
from orchestra_kit.loop import Loop

research = Specialist("research", "Find three facts.")
writer = Specialist("writer", "Write a report.")


async def report(topic: str) -> str:
    facts = await research(topic)
    await note("review", "looks fine")
    return await writer(facts)


async def side_by_side(topic: str) -> list[str]:
    return await together(writer(topic), wait(5), report(topic))


def test_a_step_delivers_one_answer() -> None:
    run = start(report, "bees", model=Fake())
    assert run.stop_reason is None
    assert list(run.waiting) == ["report/research"]
    with pytest.raises(NotFinished, match=r"it waits for report/research.*run\.finish"):
        run.result
    assert run.step()
    assert list(run.waiting) == ["report/writer"]
    assert run.step()
    assert not run.step()
    assert (run.stop_reason, run.result) == ("done", "writer: research: bees")


def test_iterating_yields_every_event_in_order() -> None:
    run = start(report, "bees", model=Fake())
    assert [event.number for event in run] == list(range(len(run.events)))
    assert run.stop_reason == "done"


def test_jobs_are_named_by_who_and_calls_know_their_phase_and_line() -> None:
    run = start(side_by_side, "bees", model=Fake()).finish()
    asked = {event.path: event for event in run.events if event.kind == "asked"}
    assert list(asked) == [
        "side_by_side/writer",
        "side_by_side/wait",
        "side_by_side/report/research",
        "side_by_side/report/writer",
    ]
    last = asked["side_by_side/report/writer"]
    assert last.phase == "review"
    assert last.line is not None
    assert (last.line.file, last.line.source) == ("test_run.py", "return await writer(facts)")
    rows = run.calls().set_index("path")
    assert list(rows.phase) == ["assign", "assign", "review"]
    assert list(rows.ended_s) == [1.0, 1.0, 2.0]
    assert run.summary().orchestrator_share == pytest.approx(1 / 3)


def test_an_error_ends_the_run_and_is_raised_by_its_result() -> None:
    async def broken(_: str) -> None:
        raise ZeroDivisionError("no facts")

    run = start(broken, "x", model=Fake()).finish()
    assert run.stop_reason == "failed"
    with pytest.raises(ZeroDivisionError, match="no facts"):
        run.result


def test_one_error_cancels_the_siblings_and_books_what_they_cost() -> None:
    async def clash(_: str) -> None:
        async def trouble() -> None:
            await wait(0.75)
            raise LookupError("lost")

        await together(writer("a"), trouble())

    run = start(clash, "x", model=Fake()).finish()
    (row,) = run.calls().to_dict("records")
    assert row["status"] == "cancelled"
    assert (row["tokens_in"], row["tokens_out"]) == (100, 5)  # the first word came at 0.5 s, the last was due at 1 s
    assert row["cost_usd"] == pytest.approx(0.0015)


def test_first_good_wins_cancels_the_rest_and_shows_their_price() -> None:
    async def race(_: str) -> str:
        answer: str = await first((writer(number) for number in range(3)), good=lambda text: "1" in text)
        return answer

    run = start(race, "x", model=Fake(latency_s=2.0), max_parallel=2).finish()
    assert run.result == "writer: 1"
    assert list(run.calls().status) == ["ok", "ok", "cancelled"]
    assert [event.path for event in run.events if event.kind == "started"] == ["race/writer#3"]
    assert run.calls().tokens_in.tolist() == [100, 100, 100]


def test_queued_rivals_are_not_started_when_the_race_is_over() -> None:
    async def race(_: str) -> str:
        answer: str = await first(writer(number) for number in range(50))
        return answer

    model = Fake()
    run = start(race, "x", model=model, max_parallel=3).finish()
    assert len(model.calls) == 3
    assert run.calls().tokens_in.sum() == 300


async def asks_a_person(draft: str) -> str:
    verdict = await review(draft, "is it good?")
    return str(verdict.work or verdict.decision)


def test_a_run_waits_for_a_person_and_goes_on_when_they_decide() -> None:
    run = start(asks_a_person, "draft", model=Fake()).finish()
    assert run.stop_reason is None
    with pytest.raises(NotFinished, match=r"waits for asks_a_person/review.*decide"):
        run.result
    run.decide(Verdict("edit", work="better"))
    assert run.result == "better"
    with pytest.raises(LookupError, match="no review waits"):
        run.decide(Verdict("approve"))


def test_of_several_reviews_one_is_named() -> None:
    async def two(_: str) -> list[str]:
        return await together(asks_a_person("a"), asks_a_person("b"))

    run = start(two, "x", model=Fake()).finish()
    with pytest.raises(LookupError, match="two/asks_a_person/review, two/asks_a_person#2/review"):
        run.decide(Verdict("approve"))
    run.decide(Verdict("skip"), job="two/asks_a_person#2").decide(Verdict("approve"), job="two/asks_a_person")
    assert run.result == ["approve", "skip"]


def test_a_reviewer_function_answers_at_once() -> None:
    run = start(
        asks_a_person, "draft", model=Fake(), reviewer=lambda asked: Verdict("edit", work=f"{asked.work}!")
    ).finish()
    assert run.result == "draft!"


def test_closing_a_run_that_waits_for_a_person_flags_it() -> None:
    run = start(asks_a_person, "draft", model=Fake()).finish().close()
    assert run.stop_reason == "flagged"
    with pytest.raises(NotFinished, match="closed while it waited for asks_a_person/review"):
        run.result
    assert start(report, "bees", model=Fake()).close().stop_reason == "cancelled"


@pytest.mark.parametrize(
    ("budget", "calls"),
    [(Budget(calls=2), 2), (Budget(tokens=110), 1), (Budget(cost_usd=0.003), 2), (Budget(latency_s=2.5), 3)],
)
def test_a_spent_budget_stops_the_run(budget: Budget, calls: int) -> None:
    async def endless(_: str) -> None:
        while True:
            await writer("again")

    run = start(endless, "x", model=Fake(), budget=budget).finish()
    assert run.stop_reason == "budget"
    assert run.summary().calls == calls
    with pytest.raises(BudgetSpent, match="is spent"):
        run.result


def test_when_the_time_is_up_everyone_hears_of_it_and_is_paid_for_so_far() -> None:
    async def patient(_: str) -> str:
        try:
            await together(writer("a"), writer("b"), wait(9))
        except BudgetSpent as error:
            return f"late: {error}"
        return "never"

    run = start(patient, "x", model=Fake(latency_s=4.0), budget=Budget(latency_s=3)).finish()
    assert run.result.startswith("late: the budget of 3 seconds")
    assert run.summary().latency_s == 3.0
    assert run.calls().tokens_out.tolist() == [5, 5]
    again = start(patient, "x", world=Replay(run.events), budget=Budget(latency_s=3)).finish()
    assert again.events == run.events


def test_a_budget_that_allows_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Budget\(calls=0\) allows nothing"):
        Budget(calls=0)


def test_a_fork_changes_one_answer_and_keeps_what_came_before() -> None:
    run = start(report, "bees", model=Fake()).finish()
    answered = next(event.number for event in run.events if event.kind == "answered")
    model = Fake()
    fork = run.fork(answered, answer="wasps", model=model).finish()
    assert fork.result == "writer: wasps"
    assert [call.who for call in model.calls] == ["writer"]
    assert fork.events[:answered] == run.events[:answered]
    assert run.result == "writer: research: bees"
    failed = run.fork(answered, answer=LookupError("broken on purpose")).finish()
    assert failed.stop_reason == "failed"


def test_a_fork_changes_one_brief_and_so_does_a_fork_of_it() -> None:
    run = start(report, "bees", model=Fake()).finish()
    asked = [event.number for event in run.events if event.kind == "asked"]
    fork = run.fork(asked[0], brief="ants").finish()
    assert fork.result == "writer: research: ants"
    assert fork.fork(asked[1], brief="only this").finish().result == "writer: only this"
    assert fork.back_to(asked[1]).finish().events == fork.events


def test_a_fork_says_where_a_change_can_be_made() -> None:
    run = start(report, "bees", model=Fake()).finish()
    with pytest.raises(ValueError, match=r"fork\(0, answer=…\): event 0 is 'began'.*'answered' event, such as 2, 5"):
        run.fork(0, answer="x")
    with pytest.raises(IndexError, match="numbered 0 to 6"):
        run.fork(99)
    with pytest.raises(TypeError, match="no model"):
        start(report, "bees", world=Replay(run.events)).finish().fork(1)


def test_side_effects_happen_once_and_not_again_in_replay_or_fork() -> None:
    published: list[str] = []
    publisher = Specialist("publisher", does=published.append)

    async def publish(topic: str) -> str:
        text = await writer(topic)
        await publisher(text)
        return await writer("and now the letter")

    run = start(publish, "bees", model=Fake()).finish()
    start(publish, "bees", world=Replay(run.events)).finish()
    run.back_to(len(run.events)).finish()
    run.fork(len(run.events) - 2, answer="x").finish()
    assert published == ["writer: bees"]
    assert run.calls().tokens_in.tolist() == [100, 0, 100]


def test_a_replay_that_takes_another_path_names_both() -> None:
    run = start(report, "bees", model=Fake()).finish()
    with pytest.raises(Diverged, match=r"asked 'research: Find three facts.\\nants'; in the recording it asked .*bees"):
        start(report, "ants", world=Replay(run.events)).finish()


def test_a_recording_that_stops_half_way_is_no_deadlock() -> None:
    run = start(report, "bees", model=Fake()).finish()
    half = start(report, "bees", world=Replay(run.events[:4])).finish()
    assert half.stop_reason is None
    assert list(half.waiting) == ["report/writer"]


def test_a_world_that_never_answers_is_a_deadlock_that_names_who_waits() -> None:
    class Deaf:
        over = False
        simulated = True

        def accept(self, now_s: float, ticket: object) -> None: ...
        def next_answer(self, until_s: float) -> None: ...
        def clock_s(self, now_s: float) -> float:
            return now_s

        def forget(self, now_s: float, ticket: object) -> None: ...
        def close(self) -> None: ...

    run = start(side_by_side, "bees", world=Deaf())
    with pytest.raises(
        Deadlock,
        match="side_by_side waits for writer; side_by_side waits for wait; side_by_side/report waits for research",
    ):
        run.finish()
    assert run.stop_reason == "failed"


def test_a_loop_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    async def spin(_: str) -> None:
        while True:
            await note("plan")

    monkeypatch.setattr("orchestra_kit.loop.MOST_MOVES", 1_000)
    with pytest.raises(Runaway, match=r"spin goes round without end.*await note"):
        start(spin, "x", model=Fake())


def test_ctrl_c_inside_an_orchestrator_leaves_nothing_half_alive() -> None:
    closed = []

    async def interrupted(_: str) -> None:
        async def other() -> None:
            try:
                await wait(9)
            finally:
                closed.append(True)

        async def press() -> None:
            await wait(1)
            raise KeyboardInterrupt

        await together(other(), press())

    run = start(interrupted, "x", model=Fake())
    with pytest.raises(KeyboardInterrupt):
        run.finish()
    assert closed == [True]
    assert run.stop_reason == "cancelled"
    with pytest.raises(Interrupted):
        run.result


def test_start_says_what_it_cannot_take() -> None:
    with pytest.raises(TypeError, match="a world besides a model or a reviewer"):
        start(report, "x", model=Fake(), world=Replay([]))
    with pytest.raises(ValueError, match="max_parallel=0"):
        start(report, "x", model=Fake(), max_parallel=0)
    with pytest.raises(TypeError, match=r"start\(research, goal\), not start\(research\(goal\)\)"):
        start(research("x"), model=Fake())


def test_a_single_specialist_can_be_started() -> None:
    assert start(writer, "bees", model=scripted(writer="a report")).finish().result == "a report"


def test_the_loop_needs_no_run() -> None:
    from orchestra_kit import Simulation

    loop = Loop(Simulation(Fake()), "report", report, ("bees",))
    while loop.step():
        pass
    assert loop.outcome is not None
