"""The tables of facts beside the texts of a step: each is read from the run and its objects, and nothing is made up."""

from __future__ import annotations

from functools import wraps
from typing import Any

import pytest
from core.fakes import Fake, scripted
from core.programs import Do, perform, programs
from hypothesis import given
from runs_to_step import RUNS, bundled, hostile

from orchestra_kit import (
    Budget,
    Competitive,
    FanOut,
    Flag,
    Handoff,
    Hierarchical,
    ModelError,
    Orchestrator,
    Plan,
    Sequential,
    SingleAgent,
    Skip,
    Specialist,
    Step,
    Verdict,
    note,
    review,
    start,
)
from orchestra_kit.display.stepper import measuring
from orchestra_kit.display.stepper.disagreeing import compared, in_rows
from orchestra_kit.display.stepper.measuring import ROOM_LETTERS, figures_as_given, usual
from orchestra_kit.display.stepper.page import story_of
from orchestra_kit.display.stepper.terms import data, done_when, terms
from orchestra_kit.display.stepper.why import why
from orchestra_kit.models.embedded.figures import figures
from orchestra_kit.patterns import MANAGER
from orchestra_kit.scenarios import scenario
from orchestra_kit.sources import Passage, Sources
from orchestra_kit.team import Done

Story = dict[str, Any]
research, writer, editor = (Specialist(name, f"Be the {name}.") for name in ("research", "writer", "editor"))
reviewer = Specialist("reviewer", "Review.", makes=Verdict)
judge = Specialist("judge", "Judge.")
TABS = {"Brief", "Draft", "Verdict", "Raw"}


def said(step: dict[str, Any]) -> str:
    return "".join(step["say"])


def tables(step: dict[str, Any], tab: str) -> dict[str, list[list[str]]]:
    return {title: rows for where, title, rows in step.get("facts", ()) if where == tab}


def steps(story: Story, phase: str, kind: str) -> list[dict[str, Any]]:
    return [step for step in story["steps"] if (step["phase"], step["kind"]) == (phase, kind)]


def check_facts(story: Story) -> None:
    """Every table has a tab, a title and rows of strings that any file can hold, none of them long."""
    for step in story["steps"]:
        for tab, title, rows in step.get("facts", ()):
            assert tab in TABS
            assert title
            assert rows
            assert len({len(row) for row in rows}) == 1, f"{title}: a row is shorter than its neighbours"
            for cell in (cell for row in rows for cell in row):
                assert isinstance(cell, str)
                assert len(cell) <= 304
                assert cell.encode()
            if title in ("what the reviewer measured", "measured here"):
                assert all(row[0][:2] in ("✓ ", "✕ ") or row[0].startswith(("and ", "figures")) for row in rows)


@pytest.mark.parametrize("name", RUNS)
def test_the_facts_of_every_run_are_short_rows_of_text(name: str) -> None:
    check_facts(story_of(RUNS[name]()))


def test_hostile_texts_stay_texts() -> None:
    check_facts(story_of(hostile()))


@given(programs)
def test_the_facts_of_any_run_are_short_rows_of_text(program: Do) -> None:
    check_facts(story_of(start(perform, program, model=Fake()).finish()))


# --- receive --------------------------------------------------------------------------------------------------------


def test_the_first_step_says_who_asked_the_limits_and_when_it_is_done() -> None:
    story = story_of(bundled("sequential"))
    begun = story["steps"][0]
    assert said(begun) == (
        "sequential, the orchestrator, gets its goal from whoever started the run: “Write a blog post about "
        "orchestrator agents.” It may use 90,000 tokens. It is done when every step of its plan has come back and has "
        "passed review by reviewer."
    )
    brief = tables(begun, "Brief")
    assert brief["what was asked"] == [
        ["who asked", "whoever started the run"],
        ["done when", "every step of its plan has come back and has passed review by reviewer"],
        ["review", "by reviewer; work turned down goes back at most once; then a person decides"],
        ["if a step fails", "it is tried once; then a person decides"],
    ]
    [[who, what]] = brief["where to look things up"]
    assert who == "researcher, writer, editor and reviewer"
    assert what.startswith("44 passages from 9 notes: What an orchestrator agent is, ")


def test_a_team_is_asked_by_its_chief_and_found_through_it() -> None:
    story = story_of(bundled("hierarchical"))
    teams = steps(story, "receive", "began")[1:]
    assert said(teams[1]) == (
        "The orchestrator asks the team editorial desk, which plans for itself. It is told: the goal and facts. "
        "Nothing else. It is done when every step of its plan has come back and has passed review by reviewer."
    )
    asked = dict(tables(teams[0], "Brief")["what was asked"])
    assert asked["who asked"] == "The orchestrator"
    assert asked["done when"] == "every step of its plan has come back, and merger has made one result of them"
    assert asked["plans"] == "manager is asked for a plan at most 3 times"
    inner = steps(story_of(bundled("competitive")), "receive", "began")[2]
    assert dict(tables(inner, "Brief")["what was asked"])["who asked"] == "The team rivals"


class Lazy(Sequential):
    """Its own idea of what to do."""

    async def conduct(self, goal: Any) -> Any:
        return await writer(goal)


class Careless(Sequential):
    """Its own idea of a review."""

    async def review(self, brief: Any, work: Any) -> Verdict:
        return Verdict("approve", f"{len(str(work))} letters")


def on_itself(method: str) -> Sequential:
    """A desk with a method of its own, on the object."""

    async def own(*_: Any) -> Any:
        return Verdict("approve")

    desk = Sequential("desk", writer, reviewer=reviewer)
    setattr(desk, method, own)
    return desk


class Wrapped(Sequential):
    """Its methods bear the names of ours, and are not ours."""

    @wraps(Sequential.review)
    async def review(self, brief: Any, work: Any) -> Verdict:  # type: ignore[override]
        return Verdict("approve")


class Duel(Competitive):
    """One attempt, taken as it is."""

    async def plan(self, goal: Any, done: Any) -> Plan:
        return Plan([Step("writer")])

    async def combine(self, goal: Any, done: Any) -> Any:
        return done["writer"].work


class Assigned(Sequential):
    """Who asks its members by itself."""

    async def assign(self, wave: Any, goal: Any, done: Any) -> Any:
        return {step.name: Done(step, await self.team[step.who](goal)) for step in wave}


class Merging(SingleAgent):
    """One agent, and one more who is not in its plan."""

    async def plan(self, goal: Any, done: Any) -> Plan:
        return Plan([Step("writer"), Step("writer", name="again")])

    async def combine(self, goal: Any, done: Any) -> Any:
        return await editor(goal)


async def ten_lines(topic: str, tone: str = "dry") -> Any:
    return await writer(f"{topic}, {tone}")


@pytest.mark.parametrize(
    ("started", "done"),
    [
        (Sequential("desk", writer), "every step of its plan has come back"),
        (FanOut("desk", writer, reviewer=review),
         "every step of its plan has come back and has passed review by a person"),
        (FanOut("desk", writer, combiner=editor),
         "every step of its plan has come back, and editor has made one result of them"),
        (SingleAgent(writer, reviewer=reviewer), "writer has come back and has passed review by reviewer"),
        (Competitive("desk", writer, attempts=3, judge=judge), "judge has chosen one of 3 attempts"),
        (Competitive("desk", writer, editor, good=bool), "a first attempt has come back and is good enough"),
        (Careless("desk", writer), "every step of its plan has come back and has passed a review of its own"),
        (Lazy("desk", writer, reviewer=reviewer), "the code of Lazy returns"),
        (Duel("desk", writer, editor, judge=judge), "the code of Duel returns"),
        (Duel("desk", writer, editor, good=bool), "the code of Duel returns"),
        (Assigned("desk", writer, reviewer=reviewer), "the code of Assigned returns"),
        (Merging(writer), "every step of its plan has come back, and its own code has put them together"),
        (on_itself("conduct"), "the code of desk returns"),
        (on_itself("assign"), "the code of desk returns"),
        (on_itself("review"), "every step of its plan has come back and has passed a review of its own"),
        (on_itself("carry_out"), "every step of its plan has come back"),
        (Wrapped("desk", writer), "every step of its plan has come back and has passed a review of its own"),
        (Sequential("desk", writer, reviewer=lambda work: reviewer(work)),
         "every step of its plan has come back and has passed review by a function"),
        (lambda goal: writer(goal), "a function returns"),
        (writer, "writer has answered"),
        (ten_lines, "ten_lines returns"),
        (None, ""),
    ],
)  # fmt: skip
def test_done_is_what_the_orchestrator_will_really_do(started: Any, done: str) -> None:
    assert done_when(started) == done


def test_what_holds_on_the_way_is_read_from_the_team() -> None:
    strict = Orchestrator("desk", writer, planner=MANAGER, reviewer=reviewer, revisions=0, tries=3, rounds=1)
    assert terms(strict, "me")[2:] == [
        ["review", "by reviewer; work turned down does not go back; then the goal is given up"],
        ["if a step fails", "it is tried 3 times; then the goal is given up"],
        ["plans", "manager is asked for a plan at most once"],
    ]
    lax = Sequential("desk", writer, revisions=2, otherwise=Skip())
    assert terms(lax, "me")[2] == ["review", "by nobody; empty work goes back at most 2 times; then it is left out"]
    assert terms(Lazy("desk", writer), "me")[1:] == [["done when", "the code of Lazy returns"]], "nothing else is known"


@pytest.mark.parametrize("method", ["conduct", "plan", "assign", "carry_out", "review", "turned_down", "combine"])
def test_of_a_method_of_its_own_nothing_is_said(method: str) -> None:
    """The row that says what a method of ours does goes when another is in its place; the others stay."""
    desk = Orchestrator("desk", writer, planner=MANAGER, reviewer=reviewer)
    rows = dict(terms(desk, "me"))
    rests_on = {
        "review": {"conduct", "assign", "carry_out", "turned_down"},
        "if a step fails": {"conduct", "assign", "carry_out"},
        "plans": {"conduct", "plan"},
    }
    assert set(rows) == {"who asked", "done when", *rests_on}
    setattr(desk, method, writer)
    left = dict(terms(desk, "me"))
    assert set(left) == set(rows) - {row for row, methods in rests_on.items() if method in methods}
    if method == "review":
        assert left["review"].startswith("by its own code; ")
    own = type("Own", (Orchestrator,), {method: lambda *_: None})
    assert set(dict(terms(own("desk", writer, planner=MANAGER, reviewer=reviewer), "me"))) == set(left)
    assert data(Orchestrator("desk", writer)) != []
    assert data(own("desk", writer)) == [], "it may ask anybody"


def test_a_pattern_never_asks_its_planner() -> None:
    for desk in (Sequential("desk", writer, planner=MANAGER), Competitive("desk", writer, good=bool, planner=MANAGER)):
        assert "plans" not in dict(terms(desk, "me"))


def test_a_function_may_look_up_anything() -> None:
    reads = Specialist("search", does=lambda _: "read in a file")
    assert data(Sequential("desk", writer, reads)) == data(Sequential("desk", writer, reviewer=ten_lines)) == []
    assert data(FanOut("desk", writer, split=lambda goal, n: [goal] * n)) == []
    assert data(Competitive("desk", writer, good=bool)) == data(Competitive("desk", writer, score=len)) == []
    assert data(Competitive("desk", writer, judge=judge)) != []


def test_data_is_none_only_where_everybody_is_known() -> None:
    assert data(Sequential("desk", writer, reviewer=review)) == [
        ["sources", "none: nobody here has anything to look things up in"]
    ]
    assert data(Lazy("desk", writer)) == data(ten_lines) == data(None) == [], "they may ask anybody"
    reader = Specialist("reader", "Read.", sources=["Cats sleep.", "Dogs bark."])
    inside = Sequential("outer", FanOut("inner", reader, combiner=editor))
    assert data(inside) == [["reader", "2 passages from 2 notes: Text given and Text given (2)"]]


def test_further_arguments_are_told_by_their_names() -> None:
    story = story_of(start(ten_lines, "bees", "warm", model=Fake()).finish())
    assert tables(story["steps"][0], "Brief")["what it was given besides"] == [["tone", "warm"]]


# --- plan -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("team", "name", "reason"),
    [
        (Sequential("desk", writer), "Sequential", "each step needs what the one before made"),
        (Careless("desk", writer), "Sequential", "each step needs what the one before made"),
        (Orchestrator("desk", writer, planner=MANAGER), "this plan", "manager chose by what the members say they take"),
        (Hierarchical("desk", Orchestrator("lead", writer, planner=MANAGER)), "Hierarchical", "each lead plans its"),
    ],
)  # fmt: skip
def test_why_a_plan_is_so_is_said_of_who_made_it(team: Any, name: str, reason: str) -> None:
    assert why(team)[0] == name
    assert reason in why(team)[1]


@pytest.mark.parametrize("method", ["conduct", "plan", "assign"])
def test_why_is_said_only_of_who_makes_and_carries_out_its_plan_as_we_do(method: str) -> None:
    lead = Orchestrator("lead", writer, planner=MANAGER)
    rivals = Competitive("desk", writer, judge=judge)
    for team in (SingleAgent(writer), Sequential("desk", writer), FanOut("desk", writer), rivals,
                 Hierarchical("desk", lead)):  # fmt: skip
        assert why(team)[0] == type(team).__name__
        setattr(team, method, writer)
        assert why(team)[:1] != [type(team).__name__]
    assert why(lead)
    setattr(lead, method, writer)
    assert bool(why(lead)) == (method == "assign"), "the planner has chosen, whoever carries it out"


def test_why_is_not_made_up() -> None:
    class Own(Sequential):
        async def conduct(self, goal: Any) -> Any:
            await note("plan", Plan([Step("writer"), Step("editor")]))
            return await writer(goal)

    story = story_of(start(Own("desk", writer, editor), "bees", model=Fake()).finish())
    [planned] = steps(story, "plan", "noted")
    assert said(planned).endswith("None of them builds on another, so all may work at the same time.")
    assert why(Duel("desk", writer, judge=judge)) == []
    kept = Competitive("desk", writer, good=bool)
    kept.combine = writer  # type: ignore[method-assign, assignment]
    assert why(kept) == [], "whether one is kept, who knows"
    fixed = Specialist("fixed", does=lambda _: Plan([Step("writer")]))
    assert why(Orchestrator("desk", writer, planner=fixed)) == [], "a function chooses as it likes"


def test_of_a_plan_of_ones_own_nothing_is_made_up() -> None:
    class Mine(Sequential):
        async def plan(self, goal: Any, done: Any) -> Plan:
            return Plan([Step("writer")])

    assert why(Mine("desk", writer)) == why(ten_lines) == why(None) == []
    story = story_of(start(Mine("desk", writer), "bees", model=Fake()).finish())
    [planned] = [step for step in steps(story, "plan", "noted") if "draft" in step]
    assert said(planned) == "The orchestrator has a plan of 1 step: writer."
    assert tables(planned, "Draft") == {"why this plan, and what depends on what": [["writer", "needs no other step"]]}


def test_the_plan_says_why_and_what_depends_on_what_and_stays_short() -> None:
    for pattern in ("sequential", "fan_out", "hierarchical", "competitive"):
        for step in steps(story_of(bundled(pattern)), "plan", "noted"):
            assert len(said(step)) <= 260
    story = story_of(bundled("sequential"))
    planned = steps(story, "plan", "noted")[1]
    assert said(planned).endswith(" Why Sequential: each step needs what the one before made.")
    [rows] = tables(planned, "Draft").values()
    assert rows[0] == ["why Sequential", "each step needs what the one before made"]
    assert rows[-1] == ["formatter", "needs editor"]
    names = [Specialist(f"the writer of the quarterly letter no. {number}", "W.") for number in range(9)]
    long = steps(story_of(start(Sequential("desk", *names), "bees", model=Fake()).finish()), "plan", "noted")[1]
    assert " Why " not in said(long), "it stands in the table"
    assert tables(long, "Draft")


# --- review ---------------------------------------------------------------------------------------------------------


def reviewed(**answers: Any) -> Story:
    team = Sequential("desk", writer, reviewer=reviewer, otherwise=Skip(), revisions=0)
    return story_of(start(team, "Bees: 24 km an hour.", model=scripted(**answers)).finish())


def test_a_reviewer_of_ours_states_each_check_with_its_value() -> None:
    story = story_of(bundled("fan_out"))
    answered = next(step for step in steps(story, "review", "answered"))
    verdict = tables(answered, "Verdict")
    assert verdict["what the reviewer measured"] == [["✕ figures as in the sources", "46 of 48"],
                                                     ["✓ a source for each", "15 of 15"]]  # fmt: skip
    assert said(answered).endswith(" Not met: figures as in the sources (46 of 48). Met: a source for each (15 of 15).")
    assert "checks" not in dict(verdict["what the model says of its own work"])
    decided = next(step for step in steps(story, "review", "noted") if step["verdict"][0] == "reject")
    assert [tab for tab, title, _ in decided["facts"]] == ["Verdict"] * 2
    assert decided["facts"] == [each for each in answered["facts"] if "own work" not in each[1]]


def test_what_other_reviewers_do_not_state_is_measured_here() -> None:
    story = reviewed(writer="Bees fly at 25 km an hour.", reviewer='{"decision": "approve"}')
    [answered] = steps(story, "review", "answered")
    rows = [
        ["✓ not empty", "7 words, 26 letters"],
        ["✕ figures as given", "1 of 1 is not in what its maker was given: 25 km"],
    ]
    assert tables(answered, "Verdict") == {"measured here": rows}
    assert said(answered).endswith(
        " Not met: figures as given (1 of 1 is not in what its maker was given: 25 km). Met: not empty "
        "(7 words, 26 letters)."
    )
    [decided] = [step for step in steps(story, "review", "noted") if "verdict" in step]
    assert tables(decided, "Verdict") == {"measured here": rows}


def test_a_figure_that_was_looked_up_was_given_and_ones_own_last_draft_was_not() -> None:
    reader = Specialist("reader", "Read.", sources=["Bees fly at 25 km an hour.", "Cats sleep."])
    desk = Sequential("desk", reader, reviewer=reviewer)
    says = {"reader": "They fly at 25 km and at 31 km.",
            "reviewer": ['{"decision": "reject", "note": "no"}', '{"decision": "approve"}']}  # fmt: skip
    story = story_of(start(desk, "bees", model=scripted(**says)).finish())
    for step in steps(story, "review", "answered"):
        assert tables(step, "Verdict")["measured here"][1][1].endswith(
            "1 of 2 is not in what its maker was given: 31 km"
        )


def figures_of(team: Any, **says: str) -> list[str]:
    """What every review says of the figures, in order."""
    approves = '{"decision": "approve"}'
    story = story_of(start(team, "go", model=scripted(reviewer=approves, **says)).finish())
    answered = steps(story, "review", "answered")
    return [dict(tables(step, "Verdict")["measured here"]).get("✓ figures as given", "") for step in answered]


def test_figures_are_held_against_what_their_own_maker_was_given() -> None:
    told, free = Specialist("a", "It costs 5 dollars."), Specialist("b", "Write about bees.")
    says = {"a": "It costs 5 dollars.", "b": "It costs 5 dollars."}
    stands = "it stands in what its maker was given"
    for team, each in (([told, free], [stands, ""]), ([free, told], ["", stands])):
        assert figures_of(FanOut("desk", *team, reviewer=reviewer), **says) == each
    inner = FanOut("inner", told), FanOut("other", free)
    assert figures_of(FanOut("desk", *inner, reviewer=reviewer), **says) == [stands, ""], "a team hands on its work"

    async def by_hand(goal: str) -> Any:
        return await reviewer([goal, Handoff("work", await told(goal))])

    story = story_of(start(by_hand, "go", model=scripted(reviewer='{"decision": "approve"}', **says)).finish())
    [judged] = [step for step in story["steps"] if "measured here" in tables(step, "Verdict")]
    assert tables(judged, "Verdict")["measured here"][1] == ["✓ figures as given", stands]


def test_a_person_sees_what_was_measured_too_and_nothing_is_measured_of_what_is_missing() -> None:
    story = story_of(
        start(Sequential("desk", writer, reviewer=review), "bees", model=Fake(lambda _: "9 bees"),
              reviewer=lambda _: Verdict("approve")).finish()
    )  # fmt: skip
    [answered] = steps(story, "review", "answered")
    assert tables(answered, "Verdict")["measured here"][0] == ["✓ not empty", "2 words, 6 letters"]
    fails = Fake(lambda _: (_ for _ in ()).throw(ModelError("gone")))
    flagged = Sequential("desk", writer, otherwise=Flag("it failed"))
    story = story_of(start(flagged, "bees", model=fails, reviewer=lambda _: Verdict("skip", "no")).finish())
    [decided] = [step for step in story["steps"] if "verdict" in step]
    assert "facts" not in decided


def test_of_many_long_texts_only_the_first_are_held_against_what_was_given() -> None:
    model = Fake(
        lambda call: '{"decision": "approve"}' if call.who == "reviewer" else f"{call.who}: " + "It is 9 km. " * 1_000
    )
    team = FanOut("desk", *(Specialist(f"w {number}", "W.") for number in range(9)), reviewer=reviewer)
    rows = [tables(step, "Verdict")["measured here"][1] for step in
            steps(story_of(start(team, "bees", model=model).finish()), "review", "answered")]  # fmt: skip
    measured = [row for row in rows if row[0] == "✕ figures as given"]
    assert len(measured) == ROOM_LETTERS // 12_020
    assert {tuple(row) for row in rows[len(measured) :]} == {
        ("figures as given", "not measured: it is too long to be read while the run is told")
    }
    endless = Fake(lambda call: '{"decision": "approve"}' if call.who == "reviewer" else "9 km " * 3_000)
    story = story_of(start(Sequential("desk", writer, reviewer=reviewer), "bees", model=endless).finish())
    [answered] = steps(story, "review", "answered")
    assert tables(answered, "Verdict")["measured here"][1][1].startswith("not measured"), "one piece of 15,000 letters"


@pytest.mark.parametrize(
    "text",
    ["It rose 5 %. Then no. 7 fell to 3. Versions 2 and 4 stay at 1.5\nmillion dollars.", "On 5 May. At page 7. Ten!",
     '{"a": "5 km.", "b": "7", "c": ["see fig. 3", "4 kg"]}', "- 5\n- 6 kg\n\n7 of 8. Nine of ten. US$5 or $6."],
)  # fmt: skip
def test_cutting_a_text_cuts_no_figure(text: str) -> None:
    assert [figure.key for figure in measuring.figures_in(text)] == [figure.key for figure in figures(text)]


def test_the_same_figure_in_other_words_was_given() -> None:
    assert figures_as_given("It cost 1.5 million and rose 42 %.", ["1,500,000; up 42 percent"]).passed
    assert [check.name for check in usual("", None)] == ["not empty"], "nothing is said of a maker nobody knows"


# --- combine --------------------------------------------------------------------------------------------------------


def conflicts(*texts: str) -> list[list[str]]:
    found = compared({f"writer {number}": text for number, text in enumerate(texts, 1)})
    return [list(conflict.said.values()) for conflict in found.conflicts]


@pytest.mark.parametrize(
    ("one", "other", "figures"),
    [
        ("A tree search costs 130 dollars.", "A tree search costs 164 dollars.", ["130 dollars", "164 dollars"]),
        ("The Leith shop sold 12 % more tea in 2024.", "In 2024 the Leith shop sold 15 % more tea.", ["12 %", "15 %"]),
        ("A tree search costs roughly £130.", "A tree search costs exactly £164.", ["£130", "£164"]),
        ("The hive needs 24 kg of honey.", "The hive needs 25 kg of honey.", ["24 kg", "25 kg"]),
        ("The hive has 24 drones in summer.", "The hive has 240 drones in summer.", ["24", "240"]),
        ("Rent cost the cafe £300.", "Correction: rent cost the cafe £400 rather than £300.", ["£300", "£400"]),
        ("Rent cost the cafe £300.", "Rent cost the cafe about £400.", ["£300", "£400"]),
        ("The fee of option A is £300.", "Correction: the fee of option A is £400, not £300.", ["£300", "£400"]),
        ("Honey yield in 2023 was 30 kg per hive.", "Honey yield in 2023 was 40 kg per hive.", ["30 kg", "40 kg"]),
        ("Option A costs 130 dollars a month.", "Option A costs 164 dollars a month.", ["130 dollars", "164 dollars"]),
        (
            "Section 2 of the rent plan saves 30 percent.",
            "Section 2 of the rent plan saves 50 %.",
            ["30 percent", "50 %"],
        ),
    ],
)
def test_parts_disagree_where_they_say_the_same_with_another_figure(one: str, other: str, figures: list[str]) -> None:
    assert conflicts(one, other) == [figures]
    assert conflicts(f"Bees fly. {one}", "Cats sleep.", f"{other} Dogs bark.") == [figures]
    assert conflicts(one, one) == conflicts(f"{one} {other}", f"{one} {other}") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Leith shop sold tea for £130.", "The Granton shop sold tea for £164."),
        ("The shop sold 12 kg of tea.", "The shop sold 14 kg of green tea."),
        ("In 2023 the shop took £5,000 in sales.", "In 2024 the shop took £6,000 in sales."),
        ("The shop took £5,000 in sales in May.", "The shop took £6,000 in sales in June."),
        ("A search costs about 130 dollars a task.", "A search costs 131 dollars a task."),
        ("The tree search took 1.5 million steps.", "The tree search took 1,512,000 steps."),
        ("Attempt 1 failed because of a timeout.", "Attempt 2 failed because of a timeout."),
        ("In week 1 sales of honey rose.", "In week 2 sales of honey rose."),
        ("It rose by 5 % against last spring.", "It rose by 7 % against last spring."),
        ("The hive did not lose 5 kg of honey.", "The hive did not lose 9 kg of honey."),
        ("Did the hive lose 5 kg of honey?", "Did the hive lose 9 kg of honey?"),
        ("The hive lost 5 kg of honey.", "The hive lost 5 % of honey."),
        ("Wages cost the museum £300.", "Correction: rent cost the cafe £400 rather than £300."),
        ("Wages cost the cafe £300.", "Correction: rent cost the cafe £400 rather than £300."),
        ("Rent cost the Leith cafe £300.", "Correction: rent cost the Granton cafe £400 rather than £300."),
        ("In 2023 rent cost the cafe £300.", "Correction: in 2024 rent cost the cafe £400 rather than £300."),
        ("The fee of option B is £300.", "Correction: the fee of option A is £400, not £300."),
        ("The fee is £300.", "Correction: £400, not £300."),
        ("The old shop is 24 Leith Walk.", "The old shop is 25 Leith Walk."),
        ("Rent cost the cafe £300, and later £400.", "Correction: rent cost the cafe £400 rather than £300."),
        ("Honey yield in 2023 was 30 kg per hive.", "Honey yield in 2024 was 30 kg per hive."),
        ("Honey yield in 2023 was 30 kg per hive.", "Honey yield in 2024 was 40 kg per hive."),
        ("In 2023 honey yield was 30 kg per hive.", "In 2024 honey yield was 30 kg per hive."),
        ("The honey show opens on 5 May in Leith.", "The honey show opens on 6 May in Leith."),
        ("Option A costs 130 dollars a month.", "Option B costs 164 dollars a month."),
        ("Hive X produces 10 kg of honey.", "Hive Y produces 50 kg of honey."),
        ("Water temperature before treatment was 39 °C.", "Water temperature after treatment was 37 °C."),
        ("Bees need 39 g before treatment in spring.", "Bees need 37 g after treatment in spring."),
        ("My hive needs 24 kg of honey.", "Your hive needs 25 kg of honey."),
        ("My hive needs 24 kg of honey.", "My hive needs 25 kg of honey."),
        ("In 2024 it sold 24 kg of green tea.", "In 2024 it sold 25 kg of green tea."),
        ("Section 1 needs 300 words of text at least.", "Section 2 needs 400 words of text at least."),
        ("The budget plan saves up to 30 percent.", "The budget plan saves over 50 percent."),
        ("The budget plan saves up to 30 percent.", "The budget plan saves up to 50 percent."),
        ("The train from Berlin to Paris needs 9 h.", "The train from Paris to Berlin needs 11 h."),
        ("The night train leaves at 9 from Leith.", "The night train leaves at 11 from Leith."),
        ("The night bus takes 24 to Leith.", "The night bus takes 25 to Leith."),
        ("The 24 bus goes to green Leith.", "The 25 bus goes to green Leith."),
        ("The £5 ticket admits one child to the zoo.", "The £9 ticket admits one child to the zoo."),
        ("The shop sells 5 kg bags of tea.", "The shop sells 9 kg bags of tea."),
        ("5 kg of tea need a box.", "9 kg of tea need a box."),
        ("The shop has 1800 kinds of tea.", "The shop has 1900 kinds of tea."),
    ],
)
def test_what_may_be_about_something_else_is_no_conflict(one: str, other: str) -> None:
    assert conflicts(one, other) == []


def test_who_says_both_says_nothing_clearly() -> None:
    both = "A tree search costs 130 dollars. A tree search costs 164 dollars."
    assert conflicts(both, "A tree search costs 130 dollars.") == []


def test_parts_that_disagree_are_told_where_they_come_together() -> None:
    team = FanOut("desk", *(Specialist(f"writer {number}", "W.") for number in (1, 2)))
    says = {f"writer {number}": f"A tree search costs {price} dollars." for number, price in ((1, 130), (2, 164))}
    [step] = steps(story_of(start(team, "bees", model=scripted(**says)).finish()), "combine", "noted")
    assert said(step) == (
        "The orchestrator puts the parts together: writer 1 and writer 2. "
        "They disagree on: 130 dollars (writer 1) and 164 dollars (writer 2)."
    )
    assert tables(step, "Brief") == {"do the figures of the parts agree?": [
        ["A tree search costs 130 dollars.", "130 dollars (writer 1); 164 dollars (writer 2)"],
        ["compared", "2 figures in 2 parts"],
    ]}  # fmt: skip


def test_real_parts_are_compared_and_corrections_found() -> None:
    [merged] = [step for step in steps(story_of(bundled("hierarchical")), "combine", "noted") if "facts" in step]
    assert tables(merged, "Brief")["do the figures of the parts agree?"] == [
        ["conflicts", "none found among sentences that say the same of the same thing"],
        ["compared", "46 figures in 3 parts"],
    ]
    task = scenario("contradictions", seed=0)
    story = story_of(start(task.orchestrator("fan_out"), task.goal, model=task.model).finish())
    [step] = [step for step in steps(story, "combine", "noted") if "facts" in step]
    assert "They disagree on: £29,973 (reader 1) and £46,556 (reader 3), and " in said(step)


def test_what_there_is_no_room_for_is_not_compared_and_not_cut() -> None:
    long, endless = "A tree search costs 130 dollars. " * 900, "the price is 9 km " * 600
    found = compared({"d": endless, "a": long, "b": long, "c": "A tree search costs 164 dollars."})
    assert (found.parts, found.read) == (4, 2)
    assert [dict(conflict.said) for conflict in found.conflicts] == [{"a": "130 dollars", "c": "164 dollars"}]
    assert in_rows(found)[-1][1].endswith(" in 2 of 4 parts: the others are too long")


# --- deliver --------------------------------------------------------------------------------------------------------


def test_receipts_are_what_python_specialists_came_back_with() -> None:
    def broken(_: Any) -> str:
        raise ValueError("no line")

    post = Specialist("post", does=lambda text: f"posted {len(text)} letters")
    phone = Specialist("phone", does=broken)
    team = FanOut("desk", writer, post, phone, otherwise=Skip())
    last = story_of(start(team, "bees", model=Fake()).finish())["steps"][-1]
    assert tables(last, "Draft")["receipts: what Python specialists came back with"] == [
        ["post", "posted 4 letters", "at 0.0 s"],
        ["phone", "failed: ValueError: no line", "at 0.0 s"],
    ]
    last = story_of(start(Sequential("desk", *(Specialist(f"p {n}", does=str) for n in range(20))), "x").finish())
    receipts = tables(last["steps"][-1], "Draft")["receipts: what Python specialists came back with"]
    assert receipts[0] == ["and 8 before them", "", ""]
    assert len(receipts) == 13
    assert [row[0] for row in receipts[1:]] == [f"p {number}" for number in range(8, 20)]
    assert "receipts" not in str(story_of(bundled("single"))["steps"][-1]["facts"])


def test_the_totals_stand_beside_an_estimate() -> None:
    run, estimate = bundled("fan_out"), bundled("sequential")
    last = story_of(run, estimate=estimate)["steps"][-1]
    rows = tables(last, "Draft")["what the run came to"]
    assert rows[0] == ["what", "this run", "estimated", "difference"]
    ours, theirs = run.summary(), estimate.summary()
    table = {row[0]: row[1:] for row in rows}
    assert table["calls"] == [str(ours.calls), str(theirs.calls), f"+{ours.calls - theirs.calls}"]
    assert table["tokens read"][:2] == [f"{ours.tokens_in:,}", f"{theirs.tokens_in:,}"]
    assert table["clock"][2] == f"+{ours.latency_s - theirs.latency_s:.1f} s"
    same = tables(story_of(run, estimate=run)["steps"][-1], "Draft")["what the run came to"]
    assert {row[3] for row in same[1:]} == {"none"}
    assert len(tables(story_of(run)["steps"][-1], "Draft")["what the run came to"][0]) == 2
    assert story_of(run)["steps"] != story_of(run, estimate=run)["steps"], "the story itself is not written over"


def test_a_run_that_goes_on_has_no_totals_to_hold_against_an_estimate() -> None:
    run = start(ten_lines, "bees", model=Fake(), budget=Budget(calls=3))
    assert "facts" in story_of(run, estimate=RUNS["ten lines"]())["steps"][0]
    assert "sums" not in story_of(run)


# --- what was left out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("makes", [None, "facts"])
def test_steps_that_were_left_out_are_counted_not_names(makes: str | None) -> None:
    """One writer has three steps. Two of them fail."""

    class Twice(Orchestrator):
        async def plan(self, goal: Any, done: Any) -> Plan:
            return Plan([Step("writer", brief=name, name=name) for name in ("intro", "body", "end")])

    def says(call: Any) -> str:
        if "body" in call.prompt:
            return "the body"
        raise ModelError("gone")

    combiner = Specialist("merger", does=lambda brief: {"parts": len(brief)}) if makes else None
    desk = Twice("desk", writer, otherwise=Skip(), combiner=combiner)
    story = story_of(start(desk, "bees", model=Fake(says)).finish())
    assert said(story["steps"][-1]).endswith("On the way 2 parts were left out.")


def test_a_step_is_counted_once_by_a_verdict_a_failure_and_a_person() -> None:
    def says(call: Any) -> str:
        if call.who == "reviewer":
            return Verdict("skip", "useless").model_dump_json()
        if call.who == "editor":
            raise ModelError("gone")
        return "a draft"

    desk = FanOut("desk", writer, editor, reviewer=reviewer, otherwise=Flag(),
                  combiner=Specialist("merger", does=lambda _: {"parts": 0}))  # fmt: skip
    story = story_of(start(desk, "bees", model=Fake(says), reviewer=lambda _: Verdict("skip", "no")).finish())
    assert said(story["steps"][-1]).endswith("On the way 2 parts were left out.")


def test_the_name_of_a_passage_was_given_too() -> None:
    """In a talk it is the time at which something is said."""
    talk = Sources((Passage("0:25", "Bees sleep at night.", "A talk of 12 bees"),))
    reader = Specialist("reader", "List what is said.", sources=talk)
    run = start(SingleAgent(reader), "bees", model=Fake(lambda _: "At 0:25: 12 bees sleep.")).finish()
    facts = [fact for step in story_of(run)["steps"] for fact in step.get("facts", ())]
    rows = [row for _, title, rows in facts if title == "measured here" for row in rows]
    assert next(row for row in rows if "figures" in row[0]) == [
        "✓ figures as given", f"all {len(figures('At 0:25: 12 bees'))} stand in what its maker was given"
    ]  # fmt: skip
