"""What may come next in a run: the true move is always legal, and a guesser is offered no other kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from core.fakes import Fake, Moody
from core.programs import CREW, Do, perform, programs
from hypothesis import given
from hypothesis import strategies as st
from runs_to_step import RUNS

from orchestra_kit import Budget, Run, start, together
from orchestra_kit.display.stepper.legal import Move, move_of, told
from orchestra_kit.display.stepper.page import story_of
from orchestra_kit.display.stepper.story import Teller
from orchestra_kit.specialist import Ask

ada, bob, cleo = CREW
limits = st.none() | st.integers(1, 3)
budgets = st.none() | st.builds(Budget, latency_s=st.sampled_from([0.2, 1.0, 3.0]))


def moves(run: Run) -> Iterator[tuple[set[Move], Move, dict[str, Any], Teller]]:
    """For each step of the story but the first: what was legal before it, the move it was, the step, and its teller."""
    teller = Teller(run.budget, max_parallel=run.max_parallel)
    for event in run.events:
        legal, step, known = set(teller.rules.moves(teller.cast)), teller.book.next, len(teller.cast.members)
        teller.tell(event)
        if 0 < step < teller.book.next:
            came = move_of(event, teller.requests, teller.cast, known=known)
            yield legal, came, teller.book.steps[-1], teller


def check_moves(run: Run) -> None:
    for legal, came, step, teller in moves(run):
        cast = teller.cast
        assert came in legal, f"event {step['event']}: {came} came, and was not among {legal}"
        might, words = (
            ["".join(teller.book.moves[number]) for number in step["might"]],
            {"".join(told(move, cast)) for move in legal},
        )
        assert might[step["came"]] == "".join(told(came, cast))
        assert set(might) <= words
        assert len(set(might)) == len(might) == min(3, len(words)), "no two choices read alike"


@given(programs, limits, budgets)
def test_the_next_move_and_every_other_choice_are_legal(program: Do, limit: int | None, budget: Budget | None) -> None:
    check_moves(start(perform, program, model=Moody(), max_parallel=limit, budget=budget).finish())


def test_they_are_in_every_run_of_the_course_and_no_place_is_the_right_one() -> None:
    places: Counter[int] = Counter()
    for run in (make() for make in RUNS.values()):
        check_moves(run)
        steps = story_of(run)["steps"]
        assert [step.get("might") for step in steps] == [step.get("might") for step in story_of(run)["steps"]]
        places += Counter(step["came"] for step in steps[1:])
    assert all(0.25 < places[place] / places.total() < 0.42 for place in range(3))


@given(programs, limits)
def test_those_may_answer_whom_the_engine_waits_for(program: Do, limit: int | None) -> None:
    """The engine itself is the oracle: when nobody can go on, an answer may come from each that is at work."""
    run = start(perform, program, model=Moody(), max_parallel=limit)
    teller, done = Teller(run.budget, max_parallel=run.max_parallel), 0
    while run.outcome is None:
        for event in run.events[done:]:
            teller.tell(event)
        done = len(run.events)
        legal = set(teller.rules.moves(teller.cast))
        at_work = [path for path, request in run.waiting.items() if isinstance(request, Ask)]
        at_work = [path for path in at_work if path not in {ticket.path for ticket in run._queue}]
        for what in ("answers", "fails"):
            assert {who for move, who in legal if move == what} == {teller.cast.on(path) for path in at_work}
        assert "starts" not in {move for move, _ in legal}, "whoever could begin a turn has begun it"
        run.step()


def legal_after(run: Run, number: int) -> set[tuple[str, str]]:
    """What was legal after the first events of a run, by name."""
    teller = Teller(run.budget, max_parallel=run.max_parallel)
    for event in run.events[:number]:
        teller.tell(event)
    return {(what, teller.cast.members[who]["name"]) for what, who in teller.rules.moves(teller.cast)}


async def one(goal: str) -> Any:
    return await ada(goal)


async def other(goal: str) -> Any:
    return await cleo(await bob(goal))


async def both(goal: str) -> Any:
    return await together(other(goal), one(goal))


def test_who_waits_can_only_wait() -> None:
    """Two teams work side by side. When one of them gets its answer, it acts, and the other one cannot."""
    run = start(both, "bees", model=Fake()).finish()
    answer = next(event for event in run.events if event.kind == "answered" and event.path.endswith("bob"))
    legal = legal_after(run, answer.number + 1)
    assert {("given", "bob"), ("new", "other"), ("ends", "other")} <= legal
    assert not {("answers", "ada"), ("fails", "ada")} & legal, "the team that got its answer acts first"
    assert {team for move, team in legal if move in ("new", "ends", "assign")} == {"other"}
    asked = next(event for event in run.events if event.kind == "asked" and event.path.endswith("cleo"))
    legal = legal_after(run, asked.number + 1)
    assert ("ends", "other") not in legal, "it waits for cleo"
    assert ("given", "cleo") not in legal, "she is at work"
    assert {("answers", "ada"), ("answers", "cleo"), ("fails", "cleo")} <= legal


def test_who_waits_for_a_turn_begins_before_the_next_answer() -> None:
    run = start(both, "bees", model=Fake(), max_parallel=1).finish()
    started = next(event.number for event in run.events if event.kind == "started")
    legal = legal_after(run, started)
    assert ("starts", "ada") in legal
    assert not [move for move in legal if move[0] in ("answers", "fails")]
    assert legal_after(run, started + 1) == {("answers", "ada"), ("fails", "ada")}, "whoever could act has done so"
    before = legal_after(run, next(event.number for event in run.events if event.kind == "answered"))
    assert ("answers", "bob") in before
    assert not {("answers", "ada"), ("fails", "ada"), ("starts", "ada")} & before
