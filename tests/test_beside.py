"""What a run is held against: an estimate, call by call, and one agent that does it all alone."""

from __future__ import annotations

from typing import Any

import pytest
from core.fakes import Fake, Moody
from runs_to_step import RUNS, bundled, orchestrator, rounds

from orchestra_kit import start
from orchestra_kit.display import Stepper, save_page
from orchestra_kit.display.stepper.page import story_of
from orchestra_kit.display.stepper.view import view


def test_an_estimate_comes_as_its_sums_and_a_ghost_for_each_of_its_calls() -> None:
    run = bundled("hierarchical")
    story, summary = story_of(run, estimate=run), run.summary()
    whole = summary.tokens_in + summary.tokens_out
    assert said(story) == [f"estimated {summary.latency_s:.1f} s, {whole:,} tokens: it took as long and as many tokens"]
    ghosts = story["ghosts"]
    assert [(ghost["from"], ghost["member"]) for ghost in ghosts] == [
        (call["from"], call["member"]) for call in story["calls"]
    ], "a lead's worker is found through the lead"
    assert [ghost["until"] for ghost in ghosts] == [call["asked"] for call in story["calls"]], "then it is no estimate"
    assert sum(ghost["tokens"] for ghost in ghosts) == whole
    assert all(ghost["member"] >= 0 for ghost in story["ghosts"])
    alone = bundled("single").summary()
    (ghost,) = story_of(run, baseline=bundled("single"))["ghosts"]
    assert [step["phase"] for step in story["steps"][ghost["since"] - 1 : ghost["until"]]][1:] == ["deliver"] * 2
    assert (ghost["who"], ghost["from"], ghost["to"]) == ("One agent alone", 0, alone.latency_s)


def test_one_agent_alone_stands_beside_a_run_that_was_closed() -> None:
    run = start(orchestrator, "bees", model=Fake())
    run.step()
    run.close()
    (ghost,) = (story := story_of(run, baseline=bundled("single")))["ghosts"]
    assert (ghost["since"], ghost["until"]) == (len(story["steps"]) - 1, len(story["steps"]))


def said(story: dict[str, Any]) -> list[str]:
    """What is said of both at the end."""
    return ["".join(words) + end for words, end in story["beside"]]


def test_nothing_is_said_of_what_was_not_given() -> None:
    run = RUNS["ten lines"]()
    assert not {"ghosts", "beside"} & story_of(run).keys()
    assert story_of(run)["until"] == run.now_s


def test_an_estimate_that_is_not_done_says_so() -> None:
    going = start(rounds, 3, model=Moody(0))
    going.step()
    story = story_of(going, estimate=going)
    assert len(story["ghosts"]) == 1, "a call that has no end has no bar"
    assert said(story)[0].startswith("estimated 0.7 s, 41 tokens, so far: it took")
    assert ", failed" in said(story_of(going, baseline=RUNS["failing"]()))[0]


def test_a_stepper_keeps_both_and_its_table_says_the_same() -> None:
    run = start(orchestrator, "bees", model=Fake())
    stepper = Stepper(run, estimate=RUNS["ten lines"](), baseline=bundled("single"))
    run.finish()
    stepper.refresh()
    assert stepper.story == view(story_of(run, estimate=RUNS["ten lines"](), baseline=bundled("single")))
    twin = stepper._repr_mimebundle_()[0]["text/html"]
    assert "estimated: 3.0 s, 330 tokens (simulated); one agent alone: 12.5 s, 3,925 tokens (simulated)" in twin


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"estimate": "bees"}, r"estimate='bees' should be a run: the same orchestrator, run before"),
        ({"baseline": 8.9}, r"baseline=8\.9 should be a run: one agent on the same goal\. baseline=start\("),
    ],
)
def test_only_a_run_can_be_held_against_one(wrong: dict[str, Any], says: str, tmp_path: Any) -> None:
    with pytest.raises(TypeError, match=says):
        Stepper(RUNS["ten lines"](), **wrong)
    with pytest.raises(TypeError, match=says):
        save_page(RUNS["ten lines"](), tmp_path / "run.html", **wrong)
    assert not list(tmp_path.iterdir())
