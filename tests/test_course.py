"""Exercises: what a check says to whatever a learner hands over, and what can be said of a run by its events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from core.fakes import Fake, Moody, scripted
from core.programs import CREW, Do, perform, programs
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit import (
    Budget,
    BudgetSpent,
    Choice,
    Competitive,
    Handoff,
    Run,
    Sequential,
    Skip,
    Specialist,
    Verdict,
    attempt,
    note,
    retry,
    review,
    start,
    together,
)
from orchestra_kit.course import check, hint
from orchestra_kit.course.checking import failures, hints_given
from orchestra_kit.course.exercise import EXERCISES, NoExercise, exercise, find, require
from orchestra_kit.course.properties import (
    at_most,
    blind,
    budget_stop_recorded,
    dropped,
    exchanges,
    in_order,
    one_by_one,
    overlap,
    reviewed,
    revisions,
    said,
    unused,
)

ADA, BOB, CLEO = CREW
HAND_OVER = "hand over the run, start(your_orchestrator, ...).finish()"
PAYLOAD = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """An exercise for the tests, and a learner who has tried nothing yet."""

    @exercise("99.two", hints=["Who is there to ask?", f"Ask `ada` {PAYLOAD}"])
    def two(run: Run, limit: int) -> str:
        require(exchanges(run), f"nobody was asked {PAYLOAD}")
        require(len(exchanges(run)) < limit, "too many calls")
        return f"{len(exchanges(run))} calls"

    @exercise("99.stops", hints=[], ends=("budget",))
    def stops(run: Run, said: str = "is nowhere to be seen") -> None:
        require(budget_stop_recorded(run), f"the budget stop {said}")

    @exercise("99.pair", hints=[])
    def pair(run: Run, *, second: Run) -> None:
        require(run.events == second.events, "the two differ")

    failures.clear()
    hints_given.clear()
    yield
    for name in ("99.two", "99.stops", "99.pair"):
        del EXERCISES[name]


async def asks_ada(goal: str) -> Any:
    return await ADA(goal)


def finished(orchestrator: Any, *args: Any, **options: Any) -> Run:
    return start(orchestrator, *args, **{"model": Fake()} | options).finish()


# What a check says ---------------------------------------------------------------------------------------------------


def test_a_run_that_does_it_is_done_and_says_a_fact_of_it() -> None:
    answer = check("99.two", finished(asks_ada, "bees"), limit=3)
    assert (repr(answer), answer.done) == ("done: 1 calls", True)


async def fails(goal: str) -> Any:
    raise LookupError(f"no {goal}")


async def asks_forever(goal: str) -> Any:
    while True:
        await ADA(goal)


async def asks_a_person(goal: str) -> Any:
    return await review(goal)


@pytest.mark.parametrize(
    ("run", "values", "says"),
    [
        (asks_ada, {"limit": 3}, f"{HAND_OVER}: this is the function asks_ada"),
        ("my email", {"limit": 3}, f"{HAND_OVER}: this is 'my email'"),
        (finished(asks_ada, "bees"), {}, 'it wants limit too: check("99.two", ..., limit=...)'),
        (finished(asks_ada, "bees"), {"limit": 3, "most": 1}, "nobody asked for most=. The check takes the run"),
        (finished(asks_ada, "bees"), {"limit": "3"}, "the check could not read what you handed over (TypeError"),
        (finished(asks_ada, "bees"), {"limit": 1}, "too many calls"),
        (finished(fails, "bees"), {"limit": 3}, "the run ended early (failed), because of LookupError: no bees"),
        (finished(asks_ada, "bees"), {"limit": finished(fails, "x")}, "limit ended early (failed), because of Look"),
        (finished(asks_forever, "bees", budget=Budget(calls=2)), {"limit": 3}, "the run ended early (budget), because"),
        (start(asks_ada, "bees", model=Fake()), {"limit": 3}, "the run is not over: it waits for asks_ada/ada. Go"),
        (finished(asks_a_person, "bees").close(), {"limit": 3}, "the run ended early (flagged), because of Not"),
    ],
    ids=lambda value: None if isinstance(value, Run) else str(value)[:30],
)  # fmt: skip
def test_whatever_is_wrong_is_said_in_a_sentence(run: Any, values: dict[str, Any], says: str) -> None:
    answer = check("99.two", run, **values)
    assert repr(answer).startswith(f"not yet: {says}")
    assert not answer.done


def test_an_exercise_can_be_about_several_runs() -> None:
    first, second, other = (finished(asks_ada, topic) for topic in ("bees", "bees", "ants"))
    assert repr(check("99.pair", first, second=second)) == "done"
    assert repr(check("99.pair", first, second=other)) == "not yet: the two differ"
    assert repr(check("99.pair", first, second="bees")) == "not yet: second is to be a run: this is 'bees'"
    assert "second ended early (failed), because of LookupError" in repr(
        check("99.pair", first, second=finished(fails, "x"))
    )


def test_an_exercise_can_be_about_a_run_that_stops() -> None:
    assert check("99.stops", finished(asks_forever, "bees", budget=Budget(calls=2))).done
    assert "went through to its end, and here it should not" in repr(check("99.stops", finished(asks_ada, "bees")))


@pytest.mark.parametrize("name", ["01.headline", "01.duet", "01.at-once"])
@given(programs)
def test_no_run_upsets_a_check(name: str, program: Do) -> None:
    run = start(perform, program, model=Moody())
    for each in (run, run.finish(), run.outcome, perform, perform(program)):
        assert repr(check(name, each)).startswith("not yet: ")


def test_an_unknown_name_is_told_which_there_are() -> None:
    with pytest.raises(NoExercise, match=r"there is no exercise '01\.head'\. There are: 01\.headline, 01\.duet"):
        check("01.head", finished(asks_ada, "bees"))
    with pytest.raises(NoExercise, match=r"'headline'\. There are: .*01\.headline"):
        hint("headline")


def test_every_exercise_says_what_it_is_about() -> None:
    find("01.headline")
    for name, each in EXERCISES.items():
        assert re.fullmatch(r"\d\d\.[a-z][a-z-]+", name)
        assert name.startswith("99") or each.look.__doc__, f"{name} has no docstring"


# Hints ---------------------------------------------------------------------------------------------------------------


def test_hints_come_one_by_one_then_the_solution_then_again() -> None:
    first, second, end, again = (repr(hint("99.two")) for _ in range(4))
    assert first == again == "hint 1 of 2: Who is there to ask?"
    assert second.startswith("hint 2 of 2: Ask `ada`")
    assert end.startswith("that was the last hint. The solution stands in notebook 99")
    assert "“Solution of exercise 3”" in repr([hint("01.at-once") for _ in range(3)][-1])


def test_after_three_failures_it_says_that_there_is_a_hint() -> None:
    wrong, right = finished(fails, "x"), finished(asks_ada, "x")
    told = [repr(check("99.two", wrong, limit=2)).endswith('hint("99.two"))') for _ in range(4)]
    assert told == [False, False, True, True]
    assert check("99.two", right, limit=2).done
    assert "hint" not in repr(check("99.two", wrong, limit=2))


def test_what_a_learner_wrote_reaches_the_page_as_text() -> None:
    hint("99.two")
    for answer in (check("99.two", finished(fails, PAYLOAD), limit=2), hint("99.two")):
        assert PAYLOAD in repr(answer)
        page = answer._repr_html_()
        assert "<img" not in page
        assert "&lt;img" in page


# What can be said of a run -------------------------------------------------------------------------------------------


@given(programs, st.none() | st.integers(1, 3))
def test_who_was_at_work_at_the_same_time(program: Do, max_parallel: int | None) -> None:
    """By events it is the same as by seconds, as long as everything takes time."""
    run = start(perform, program, model=Moody(), max_parallel=max_parallel).finish()
    works, rows = exchanges(run), run.calls()
    assert [each.who for each in works] == list(rows["who"])
    assert at_most(run, len(works))
    assert not at_most(run, len(works) - 1)
    in_time = [(a, b) for a, b in zip(works, rows.itertuples(), strict=True) if b.status in ("ok", "failed")]
    for work, row in in_time:
        for other, its in in_time:
            apart = row.ended_s <= its.started_s or its.ended_s <= row.started_s
            assert overlap([work, other]) is not apart
            assert one_by_one([work, other]) is (row.ended_s <= its.started_s)
    if max_parallel == 1 and len(in_time) > 1:
        assert not overlap(work for work, _ in in_time)


def test_work_that_takes_no_time_can_overlap() -> None:
    async def at_once(goal: str) -> Any:
        return await together(who(goal) for who in CREW)

    async def relay(goal: str) -> Any:
        return [await who(goal) for who in CREW]

    instant = Fake(latency_s=0.0)
    assert overlap(exchanges(finished(at_once, "bees", model=instant)))
    assert not overlap(exchanges(finished(relay, "bees", model=instant)))
    assert not overlap([])


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=8, unique=True), st.data())
def test_what_is_dropped_or_out_of_order_is_found(topics: list[str], data: st.DataObject) -> None:
    team = [Specialist(f"reader {topic}", f"Read {topic}.") for topic in topics]

    async def honest(goal: str) -> Any:
        return await together(attempt(who, goal, otherwise=Skip()) for who in team)

    async def silent(goal: str) -> Any:
        return [part for part in await honest(goal) if part]

    told, hidden = finished(honest, "x", model=Moody(0.4)), finished(that_hides_failures(team), "x", model=Moody(0.4))
    failed = [each.who for each in exchanges(hidden) if each.status == "failed"]
    assert dropped(told) == []
    assert dropped(hidden) == failed
    good = [each for each in exchanges(hidden) if each.status == "ok"]
    assert in_order(hidden.result, good)
    assert in_order("\n".join(hidden.result), good)
    assert dropped(finished(silent, "x", model=Moody(0.4))) == [], "attempt has noted it in the trace"
    shuffled = data.draw(st.permutations(good))
    assert in_order(hidden.result, shuffled) is (shuffled == good)
    assert in_order(" ".join(hidden.result), shuffled) is (shuffled == good)
    if good:
        assert not in_order(hidden.result[:-1], good)
    assert dropped(finished(that_hides_failures(team, "(without {})"), "x", model=Moody(0.4))) == []


def that_hides_failures(team: list[Specialist], says: str = "") -> Any:
    """An orchestrator that swallows every failure, and says nothing unless it is told what."""

    async def swallows(goal: str) -> list[str]:
        parts = []
        for who in team:
            try:
                parts.append(await who(goal))
            except Exception:  # noqa: BLE001  # this is the flaw
                parts += [says.format(who.name)] if says else []
        return parts

    return swallows


def test_a_try_that_went_well_later_is_not_dropped() -> None:
    moods = iter([ValueError("not now"), None])

    def moody(_: Any) -> str:
        mood = next(moods)
        if mood:
            raise mood
        return "here it is"

    async def tries(goal: str) -> Any:
        return await retry(Specialist("moody", does=moody), goal, tries=2)

    run = finished(tries, "bees")
    assert [each.status for each in exchanges(run)] == ["failed", "ok"]
    assert dropped(run) == []
    assert revisions(run, "moody") == 1


def test_an_answer_that_goes_nowhere_is_found() -> None:
    async def forgets(goal: str) -> Any:
        found = await together(ADA(goal), BOB(goal))
        return await CLEO([found[0], "and be quick"])

    async def hands_on_a_list_as_text(goal: str) -> Any:
        found = await together(ADA(goal), BOB(goal))
        return await CLEO(f"{found}")

    assert [each.who for each in unused(finished(forgets, "bees\nand wasps"))] == ["bob"]
    assert unused(finished(hands_on_a_list_as_text, "bees\nand wasps")) == []
    assert said(finished(forgets, "bees"), "bob") == "bob: bees"
    assert said(finished(forgets, "bees"), "nobody") is None


@pytest.mark.parametrize(
    ("says", "recorded"),
    [("the budget is spent", True), (BudgetSpent("of all"), True), ("all is well", False), (None, False)],
)
def test_a_budget_stop_must_be_seen(says: object, recorded: bool) -> None:
    async def stops_in_time(goal: str) -> Any:
        parts: list[Any] = []
        try:
            while True:
                parts.append(await ADA(goal))  # until the budget is spent
        except BudgetSpent:
            if says:
                await note("deliver", says)
        return parts

    run = finished(stops_in_time, "bees", budget=Budget(calls=2))
    assert (len(run.result), run.stop_reason) == (2, "done")
    assert budget_stop_recorded(run) is recorded
    assert budget_stop_recorded(finished(asks_forever, "bees", budget=Budget(calls=2)))


def test_a_draft_is_reviewed_before_it_is_used() -> None:
    editor = Specialist("editor", "Review it.", makes=Verdict)
    approves = scripted(editor='{"decision": "approve"}')

    async def in_time(goal: str) -> Any:
        draft = await ADA(goal)
        await editor([Handoff("work", draft)])
        return await BOB(draft)

    async def too_late(goal: str) -> Any:
        draft = await ADA(goal)
        done = await BOB(draft)
        await editor(draft)
        return done

    async def of_something_else(goal: str) -> Any:
        draft = await ADA(goal)
        await editor(goal)
        return await BOB(draft)

    async def by_a_person(goal: str) -> Any:
        draft = await ADA(goal)
        await review(draft)
        return await BOB(draft)

    def held(orchestrator: Any, **options: Any) -> bool:
        run = finished(orchestrator, "bees", model=approves, **options)
        draft, use = exchanges(run, "ada")[0], exchanges(run, "bob")[0]
        return reviewed(run, draft, before=use.began)

    assert held(in_time)
    assert held(by_a_person, reviewer=lambda _: Verdict("approve"))
    assert not held(too_late)
    assert not held(of_something_else)


def test_revisions_are_counted() -> None:
    editor = Specialist("editor", "Review it.", makes=Verdict)
    answers = ['{"decision": "reject", "note": "shorter"}', '{"decision": "approve"}']
    run = finished(Sequential("desk", ADA, reviewer=editor), "bees", model=scripted(editor=answers))
    assert (revisions(run, "ada"), revisions(run, "editor"), revisions(run, "bob")) == (1, 1, 0)


def test_a_judge_is_blind_or_not() -> None:
    judge = Specialist("judge", "Choose one.", makes=Choice)
    drafts = {"ada": "Bees dance, says Bob.", "bob": "Bees hum.", "judge": '{"number": 1}'}

    def judged(tell: Any) -> bool:
        async def compete(goal: str) -> Any:
            works = await together(ADA(goal), BOB(goal))
            return await judge(tell(works))

        run = finished(compete, "bees", model=scripted(**drafts))
        return blind(exchanges(run, "judge")[0], [*exchanges(run, "ada"), *exchanges(run, "bob")])

    assert judged(lambda works: [Handoff(f"candidate {at}", work) for at, work in enumerate(works)])
    assert not judged(lambda works: [Handoff("Ada", works[0]), Handoff("Bob", works[1])])
    assert not judged(lambda works: works[:1]), "it has not seen all of them"
    run = finished(Competitive("rivals", ADA, BOB, judge=judge), "bees", model=scripted(**drafts))
    assert blind(exchanges(run, "judge")[0], [*exchanges(run, "ada"), *exchanges(run, "bob")])
