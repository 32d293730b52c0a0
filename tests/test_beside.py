"""What a run is held against: an estimate, call by call, and one agent that does it all alone."""

from __future__ import annotations

from typing import Any

import pytest
from core.fakes import Fake, Moody
from runs_to_step import RUNS, bundled, orchestrator, rounds

from orchestra_kit import start
from orchestra_kit.display import Stepper, save_page
from orchestra_kit.display.stepper.page import story_of


def test_an_estimate_comes_as_its_sums_and_its_calls_by_the_names_that_lead_there() -> None:
    run = bundled("hierarchical")
    story, summary = story_of(run, estimate=run), run.summary()
    told = story["estimate"]
    assert (told["seconds"], told["tokens"]) == (summary.latency_s, summary.tokens_in + summary.tokens_out)
    assert [bar["from"] for bar in told["bars"]] == [call["from"] for call in story["calls"]]
    assert sum(bar["tokens"] for bar in told["bars"]) == told["tokens"]
    assert {len(bar["names"]) for bar in told["bars"]} == {1, 2}, "a lead's worker is found through the lead"
    assert "baseline" not in story
    assert story_of(run, baseline=bundled("single"))["baseline"].keys() == told.keys() - {"bars"}


def test_nothing_is_said_of_what_was_not_given() -> None:
    assert not {"estimate", "baseline"} & story_of(RUNS["ten lines"]()).keys()


def test_an_estimate_that_is_not_done_says_so() -> None:
    going = start(rounds, 3, model=Moody(0))
    going.step()
    told = story_of(RUNS["ten lines"](), estimate=going)["estimate"]
    assert told["end"] == ", so far"
    assert len(told["bars"]) == 1, "a call that has no end has no bar"
    assert story_of(going, baseline=RUNS["failing"]())["baseline"]["end"] == ", failed"


def test_a_stepper_keeps_both_and_its_table_says_the_same() -> None:
    run = start(orchestrator, "bees", model=Fake())
    stepper = Stepper(run, estimate=RUNS["ten lines"](), baseline=bundled("single"))
    run.finish()
    stepper.refresh()
    assert stepper.story == story_of(run, estimate=RUNS["ten lines"](), baseline=bundled("single"))
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
