"""The seven phases, plans as data, and the patterns built on them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from core.fakes import Fake, scripted
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit import (
    MANAGER,
    BadHandoff,
    BadPlan,
    Call,
    Choice,
    Competitive,
    FanOut,
    Flag,
    Hierarchical,
    NoneGood,
    Orchestrator,
    Plan,
    Rejected,
    Sequential,
    SingleAgent,
    Skip,
    Specialist,
    Step,
    Verdict,
    review,
    start,
)
from orchestra_kit.plans import check_plan, waves

research = Specialist("research", "Find facts.", makes="facts")
writer = Specialist("writer", "Write.", makes="draft")
editor = Specialist("editor", "Edit.", makes="article")
reviewer = Specialist("reviewer", "Review the work.", makes=Verdict)


def planning(*plans: Plan, **others: Any) -> Fake:
    return scripted(manager=[plan.model_dump_json() for plan in plans], **others)


def phases(run: Any, path: str) -> list[str]:
    noted = [event.phase for event in run.events if event.kind == "noted" and event.path == path]
    return [phase for phase, before in zip(noted, [None, *noted], strict=False) if phase != before]


def test_the_seven_phases_in_order_and_the_orchestrator_pays_for_its_own() -> None:
    plan = Plan([Step("research"), Step("writer", "At most 100 words.", needs=["research"])])
    desk = Orchestrator("desk", writer, research, planner=MANAGER, reviewer=reviewer, combiner=editor)
    run = start(desk, "a post on bees", model=planning(plan, reviewer='{"decision": "approve"}')).finish()
    assert run.result == "editor did it"
    step = ["assign", "monitor", "review"]
    assert phases(run, "desk") == ["receive", "plan", *step, *step, "combine", "deliver"]
    rows = run.calls()
    assert list(rows.who) == ["manager", "research", "reviewer", "writer", "reviewer", "editor"]
    assert list(rows.phase) == ["plan", "assign", "review", "assign", "review", "combine"]
    assert run.summary().orchestrator_share == pytest.approx(4 / 6)


def test_each_is_told_the_goal_its_part_and_what_it_builds_on_and_nothing_else() -> None:
    plan = Plan([Step("research"), Step("writer", "At most 100 words.", needs=["research"])])
    model = planning(plan, research="Bees dance.")
    start(Orchestrator("desk", writer, research, planner=MANAGER), "a post on bees", model=model).finish()
    told = {call.who: call.prompt for call in model.calls}
    assert told["research"] == "a post on bees"
    assert told["writer"] == "a post on bees\n\nAt most 100 words.\n\nFACTS:\nBees dance."
    assert "- name: writer | does: Write. | takes: anything | makes: draft" in told["manager"]


def test_rejected_work_goes_back_with_the_note_and_the_last_draft() -> None:
    verdicts = ['{"decision": "reject", "note": "no figures"}', '{"decision": "approve"}']
    model = scripted(writer=["bees", "30,000 bees"], reviewer=verdicts)
    run = start(Sequential("desk", writer, reviewer=reviewer), "bees", model=model).finish()
    assert run.result == "30,000 bees"
    assert model.calls[2].prompt == "bees\n\nLAST DRAFT:\nbees\n\nNOTE:\nno figures"
    assert list(run.calls().status) == ["ok"] * 4


@pytest.mark.parametrize("revisions", [0, 1, 3])
def test_revisions_are_bounded(revisions: int) -> None:
    model = scripted(reviewer='{"decision": "reject", "note": "no"}')
    run = start(Sequential("desk", writer, reviewer=reviewer, revisions=revisions), "bees", model=model).finish()
    assert list(run.calls().who).count("writer") == revisions + 1
    assert run.stop_reason == "flagged"
    with pytest.raises(Rejected, match=rf"writer was turned down {revisions + 1} times, the last time because: no"):
        run.result


def test_a_person_can_be_the_reviewer_and_edit() -> None:
    run = start(Sequential("desk", writer, editor, reviewer=lambda work: review(work)), "bees", model=Fake()).finish()
    run.decide(Verdict("edit", work="my own words")).finish().decide(Verdict("approve"))
    assert run.result == "editor: bees\n\nDRAFT:\nmy own words"


def test_work_turned_down_for_good_is_skipped_or_flagged_as_chosen() -> None:
    model = scripted(reviewer='{"decision": "reject", "note": "too dull"}')
    skipping = FanOut("desk", writer, reviewer=reviewer, revisions=0, otherwise=Skip())
    assert not start(skipping, "bees", model=model).finish().result
    flagging = FanOut("desk", writer, reviewer=reviewer, revisions=0, otherwise=Flag())
    run = start(flagging, "bees", model=model).finish()
    assert "too dull" in run.waiting["desk/review"].why  # type: ignore[attr-defined]
    assert run.decide(Verdict("approve")).result == "writer did it"


def test_a_part_left_out_is_named_in_the_result() -> None:
    broken = Specialist("broken", does=lambda _: 1 / 0)
    run = start(Sequential("desk", broken, writer, otherwise=Skip()), "bees", model=scripted()).finish()
    assert run.result == "writer did it\n\n(left out: broken, because ZeroDivisionError: division by zero)"


def test_empty_work_is_sent_back_even_without_a_reviewer() -> None:
    model = scripted(writer=["  ", "bees"])
    assert start(Sequential("desk", writer), "x", model=model).finish().result == "bees"


def test_planning_again_while_more_is_needed() -> None:
    plans = Plan([Step("research")], done=False), Plan([Step("writer", needs=["research"])])
    model = planning(*plans)
    desk = Orchestrator("desk", writer, research, planner=MANAGER)
    run = start(desk, "bees", model=model).finish()
    assert run.result == "writer did it"
    assert model.calls[2].prompt.endswith("DONE:\nresearch")
    for_ever = [Plan([Step("research", name=f"research {n}")], done=False) for n in range(9)]
    run = start(desk, "bees", model=planning(*for_ever)).finish()
    assert list(run.calls().who).count("manager") == 3
    with pytest.raises(BadPlan, match="desk has planned 3 times"):
        run.result


BAD_PLANS = [
    ([], "the plan is empty"),
    ([Step("nobody")], r"step 'nobody' is for 'nobody', who is not in the team\. The team: writer, research"),
    ([Step("writer"), Step("writer")], "two steps named 'writer'"),
    ([Step("writer", needs=["facts"])], r"step 'writer' needs 'facts', which is no step"),
    ([Step("writer", needs=["writer"])], "in a circle: writer needs writer"),
    (
        [Step("research", needs=["writer"]), Step("writer", needs=["research"])],
        "in a circle: research needs writer needs research",
    ),
    ([Step("writer", name=f"w{n}") for n in range(21)], "has 21 steps, and at most 20"),
]


@pytest.mark.parametrize(("steps", "why"), BAD_PLANS)
def test_a_bad_plan_is_named_and_nothing_of_it_is_done(steps: list[Step], why: str) -> None:
    run = start(Orchestrator("desk", writer, research, planner=MANAGER), "x", model=planning(Plan(steps))).finish()
    with pytest.raises(BadPlan, match=why):
        run.result
    assert list(run.calls().who) == ["manager"]


def test_a_planner_that_makes_no_plan_is_told_so() -> None:
    chatty = Specialist("chatty", "Plan.")
    with pytest.raises(BadPlan, match="which is not a Plan"):
        start(Orchestrator("desk", writer, planner=chatty), "x", model=scripted()).finish().result
    with pytest.raises(BadPlan, match="desk has no planner"):
        start(Orchestrator("desk", writer), "x", model=scripted()).finish().result


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12)), min_size=1))
def test_waves_respect_every_need_or_the_plan_is_refused(graph: dict[int, set[int]]) -> None:
    steps = [
        Step("writer", name=str(name), needs=[str(n) for n in sorted(needs & graph.keys())])
        for name, needs in graph.items()
    ]
    try:
        plan = check_plan(Plan(steps), team=["writer"], done=[], most_steps=20)
    except BadPlan as error:
        why = str(error)
        assert "circle" in why  # either a circle or an order, and Hypothesis decides which
        return
    met: set[str] = set()
    for wave in waves(plan):
        assert all(met.issuperset(step.needs) for step in wave)
        met |= {step.name for step in wave}
    assert met == {step.name for step in steps}


def test_single_agent_makes_one_call() -> None:
    run = start(SingleAgent(writer), "bees", model=Fake()).finish()
    assert (run.result, run.summary().calls) == ("writer: bees", 1)


def test_sequential_passes_the_work_along() -> None:
    run = start(Sequential("desk", research, writer, editor), "bees", model=Fake()).finish()
    assert run.result == "editor: bees\n\nDRAFT:\nwriter: bees\n\nFACTS:\nresearch: bees"
    assert run.summary().latency_s == 3.0


def test_fan_out_works_at_once_and_keeps_the_order_of_the_team() -> None:
    slow = Specialist("slow", does=lambda brief: f"slow {brief}")
    run = start(FanOut("desk", writer, slow, editor), "bees", model=Fake()).finish()
    assert run.result == ["writer: bees", "slow bees", "editor: bees"]
    assert run.summary().latency_s == 1.0


def test_fan_out_can_split_the_goal_and_combine_the_parts() -> None:
    def halves(goal: str, count: int) -> list[str]:
        words = goal.split()
        return [" ".join(words[place::count]) for place in range(count)]

    model = scripted()
    desk = FanOut("desk", writer, research, split=halves, combiner=editor)
    assert start(desk, "a b c d", model=model).finish().result == "editor did it"
    assert [call.prompt for call in model.calls[:2]] == ["a c", "b d"]
    assert model.calls[2].prompt == "GOAL:\na b c d\n\nDRAFT:\nwriter did it\n\nFACTS:\nresearch did it"


def test_hierarchical_plans_over_leads_who_plan_over_workers() -> None:
    def plans(call: Call) -> str:
        if call.who != "manager":
            return f"{call.who}<{call.prompt}>"
        mine = [line.split()[2] for line in call.prompt.splitlines() if line.startswith("- name: ")]
        steps = [{"who": who, "needs": mine[:place]} for place, who in enumerate(mine)]
        return json.dumps({"steps": steps})

    facts_desk = Orchestrator("facts_desk", research, planner=MANAGER, makes="facts")
    text_desk = Orchestrator("text_desk", writer, planner=MANAGER)
    run = start(Hierarchical("house", facts_desk, text_desk), "bees", model=Fake(plans)).finish()
    assert run.result == "writer<bees\n\nFACTS:\nresearch<bees>>"
    assert [row.path for row in run.calls().itertuples()] == [
        "house/manager",
        "house/facts_desk/manager",
        "house/facts_desk/research",
        "house/text_desk/manager",
        "house/text_desk/writer",
    ]
    with pytest.raises(TypeError, match="leads nobody"):
        Hierarchical("house", writer)  # type: ignore[arg-type]


def test_competition_keeps_the_attempt_that_measures_best() -> None:
    model = scripted(writer=["a", "ccc", "bb"])
    desk = Competitive("race", writer, attempts=3, score=len)
    run = start(desk, "bees", model=model).finish()
    assert run.result == "ccc"
    assert list(run.calls().who) == ["writer", "writer", "writer", "judge"]


def test_competition_asks_a_judge_who_sees_numbers_and_no_names() -> None:
    judge = Specialist("judge", "Judge.", makes=Choice)
    model = scripted(writer="w", editor="e", judge='{"number": 2, "why": "clearer"}')
    run = start(Competitive("race", writer, editor, judge=judge), "bees", model=model).finish()
    assert run.result == "e"
    assert model.calls[-1].prompt == "TASK:\nbees\n\nCANDIDATE 1:\nw\n\nCANDIDATE 2:\ne"
    bad = scripted(judge='{"number": 3}')
    with pytest.raises(BadHandoff, match="no Choice among 1 to 2"):
        start(Competitive("race", writer, editor, judge=judge), "bees", model=bad).finish().result


def test_competition_can_take_the_first_that_is_good_and_pays_the_losers() -> None:
    desk = Competitive("race", writer, editor, good=lambda work: "editor" in work)
    run = start(desk, "bees", model=Fake()).finish()
    assert run.result == "editor: bees"
    slow = Competitive("race", writer, Specialist("quick", does=lambda _: "quick work"), good=bool)
    run = start(slow, "bees", model=Fake()).finish()
    assert run.result == "quick work"
    assert list(run.calls().status) == ["cancelled", "ok"]
    assert run.summary().tokens_in == 100
    with pytest.raises(NoneGood, match="none of 2 was good"):
        start(Competitive("race", writer, editor, good=lambda _: False), "bees", model=Fake()).finish().result


def test_a_rival_who_fails_does_not_end_the_competition() -> None:
    broken = Specialist("broken", does=lambda _: 1 / 0)
    assert start(Competitive("race", broken, writer, score=len), "bees", model=Fake()).finish().result == "writer: bees"
    with pytest.raises(NoneGood, match="nobody in race got anything done"):
        start(Competitive("race", broken, score=len), "bees", model=Fake()).finish().result
    with pytest.raises(TypeError, match="Give one of judge"):
        Competitive("race", writer)


def test_teams_in_teams_have_lanes_of_their_own() -> None:
    writers = FanOut("writers", writer, editor)
    run = start(Sequential("waterfall", research, writers), "bees", model=Fake()).finish()
    assert [row.path for row in run.calls().itertuples()] == [
        "waterfall/research",
        "waterfall/writers/writer",
        "waterfall/writers/editor",
    ]


def test_a_team_needs_members_with_names_of_their_own() -> None:
    with pytest.raises(ValueError, match="'desk' has nobody to give work to"):
        Sequential("desk")
    with pytest.raises(ValueError, match="same name"):
        Sequential("desk", writer, writer)
