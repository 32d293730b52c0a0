"""Change it: what a learner decides instead of the orchestrator becomes a branch; what is not known is not done."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets
from core.fakes import Fake, scripted
from payloads import PAYLOADS
from runs_to_step import RUNS, asks_a_person, mailer, orchestrator, research, writer

from orchestra_kit import (
    Budget,
    Orchestrator,
    Plan,
    Run,
    Sequential,
    Specialist,
    Step,
    Verdict,
    first,
    note,
    review,
    start,
    wait,
)
from orchestra_kit.display import Stepper
from orchestra_kit.display.stepper.branches import difference
from orchestra_kit.display.stepper.changing import MOST_LETTERS, Wish, asked_at, edits_of, judges
from orchestra_kit.display.stepper.page import story_of
from orchestra_kit.display.stepper.texts import clean

WRITER_ASKED, WRITER_ANSWERED = 3, 4  # events of the ten lines: began, research asked and answered, …


def says(stepper: Stepper, **message: Any) -> list[Any]:
    """What the widget answers when its page sends a message."""
    said: list[Any] = []
    stepper.send = lambda content, buffers=None: said.append(content)  # noqa: ARG005
    stepper._handle_custom_msg(message, [])
    return said


def change(stepper: Stepper, button: str, event: int, text: str = "") -> str:
    """Press a button about an event of the branch that is shown; the problem that it met with."""
    (said,) = says(stepper, do="change", button=button, branch=stepper.branch, event=event, text=text)
    return str(said["problem"])


def ten_lines() -> tuple[Stepper, Fake]:
    model = Fake()
    stepper = Stepper(start(orchestrator, "bees", model=model).finish())
    model.calls.clear()
    return stepper, model


@pytest.mark.parametrize(
    ("button", "event", "text", "name", "asked"),
    [
        ("break", WRITER_ASKED, "time-out", "⚡ time-out at writer", ["writer"]),
        ("break", WRITER_ASKED, "poisoned text", "⚡ poisoned text at writer", ["writer", "mailer"]),
        ("edit", WRITER_ASKED, "wasps", "✎ other brief for writer", ["writer", "mailer"]),
        ("edit", WRITER_ANSWERED, "wasps", "✎ other draft of writer", ["mailer"]),
        ("send back", WRITER_ANSWERED, "shorter", "↩ writer sent back", ["writer", "mailer"]),
        ("skip", WRITER_ANSWERED, "", "⊘ writer skipped", ["mailer"]),
        ("retry", WRITER_ANSWERED, "", "↻ writer asked again", ["writer", "mailer"]),
        ("flag", WRITER_ANSWERED, "is it true?", "⚑ writer flagged", []),
    ],
)
def test_a_button_makes_a_branch(button: str, event: int, text: str, name: str, asked: list[str]) -> None:
    stepper, model = ten_lines()
    original = list(stepper.run.events)
    assert change(stepper, button, event, text) == ""
    first, fork = stepper.branches
    assert stepper.branch == 1
    assert stepper.run is fork
    assert first.events == original, "the original is as it was"
    assert fork.events[:event] == original[:event], "what happened before is the same"
    assert fork.events != original
    assert [call.who for call in model.calls] == asked, "nothing before the fork is asked again"
    assert [line["name"] for line in stepper.tree] == ["original", name]
    assert stepper.tree[1]["parent"] == 0
    assert stepper.story["steps"][: stepper.tree[1]["step"]] == Stepper(first).story["steps"][: stepper.tree[1]["step"]]
    assert stepper.story["steps"][stepper.tree[1]["step"]]["event"] == event


def reviewed() -> Stepper:
    """A draft that a reviewer turns down once."""
    no, yes = Verdict("reject", "too short").model_dump_json(), Verdict("approve").model_dump_json()
    model = scripted(
        planner=[Plan([Step("writer")]).model_dump_json()], reviewer=[no, yes, yes], writer=["one", "two", "three"]
    )
    planner, reviewer = Specialist("planner", "Plan.", makes=Plan), Specialist("reviewer", "Review.", makes=Verdict)
    desk = Orchestrator("desk", Specialist("writer", "Write."), planner=planner, reviewer=reviewer)
    return Stepper(start(desk, "bees", model=model).finish())


@pytest.mark.parametrize(
    ("button", "text", "name", "result"),
    [
        ("accept", "", "✓ approve by reviewer", "one"),
        ("edit", "mine", "✎ edit by reviewer", "mine"),
        ("skip", "boring", "⊘ skip by reviewer", "(left out: writer, because boring)"),
        ("send back", "shorter", "↩ reject by reviewer", "three"),
    ],
)
def test_a_verdict_is_decided_instead_of_the_reviewer(button: str, text: str, name: str, result: str) -> None:
    stepper = reviewed()
    event = next(
        event.number for event in stepper.run.events if event.path == "desk/reviewer" and event.kind == "answered"
    )
    assert stepper.story["calls"][2]["judges"], "by this the page knows which buttons there are"
    assert change(stepper, button, event, text) == ""
    assert stepper.tree[1]["name"] == name
    assert str(stepper.run.result) == result
    told = says(stepper, do="text", button="edit", branch=0, event=event)
    assert told == [{"text": "one", "event": event}], "the work itself is edited"


def test_a_review_that_waits_is_decided_in_its_own_run() -> None:
    stepper = Stepper(start(asks_a_person, "bees", model=Fake()).finish())
    asked = stepper.run.events[-1].number
    assert stepper.tree[0]["sums"].endswith("waits for a person")
    assert (
        change(stepper, "flag", asked)
        == "ValueError: 'flag' does not go with a verdict: accept, send back, edit or skip"
    )
    assert change(stepper, "accept", asked) == ""
    assert len(stepper.branches) == 1
    assert stepper.run.events[asked + 1].detail.value == Verdict("approve")
    stepper.run.finish()
    assert change(stepper, "send back", asked + 1, "not yet") == ""
    assert [run.result for run in stepper.branches][1] is None, "decided again, in a branch"


def test_at_a_review_the_work_is_edited_and_not_what_stands_beside_it() -> None:
    stepper = Stepper(start(Sequential("desk", writer, reviewer=review), "bees", model=Fake()).finish())
    asked = stepper.run.events[-1].number
    assert says(stepper, do="text", button="edit", branch=0, event=asked) == [{"text": "writer: bees", "event": asked}]
    assert change(stepper, "edit", asked, "mine") == ""
    assert stepper.run.finish().result == "mine"


def test_what_is_written_in_place_of_work_keeps_its_shape() -> None:
    async def asks(_: str) -> Any:
        return (await review({"bees": [1]})).work

    stepper = Stepper(start(asks, "bees", model=Fake()))
    (told,) = says(stepper, do="text", button="edit", branch=0, event=1)
    assert "is no JSON yet" in change(stepper, "edit", 1, told["text"][:-1])
    assert change(stepper, "edit", 1, told["text"].replace("1", "2")) == ""
    assert stepper.run.result == {"bees": [2]}


def test_work_that_is_no_text_is_not_edited_as_one() -> None:
    async def asks(_: str) -> Any:
        return await review({1, 2})

    (told,) = says(Stepper(start(asks, "bees", model=Fake())), do="text", button="edit", branch=0, event=1)
    assert told["problem"].startswith("ValueError: this work is no text to edit here. Decide in a cell")


def test_a_run_that_goes_on_can_be_forked_and_stays_as_it_is() -> None:
    stepper = Stepper(start(orchestrator, "bees", model=Fake()))
    stepper.run.step()
    here = list(stepper.run.events)
    assert change(stepper, "edit", WRITER_ASKED, "wasps") == ""
    assert stepper.branches[0].events == here
    assert stepper.branches[0].stop_reason is None
    assert stepper.run.stop_reason == "done"
    stepper.branch = 0
    assert says(stepper, do="step") == [{"told": True, "problem": ""}]
    assert len(stepper.branches[0].events) > len(here)


def test_a_branch_is_made_in_code_too() -> None:
    stepper, _ = ten_lines()
    fork = stepper.fork(WRITER_ANSWERED, answer="wasps")
    assert fork is stepper.run is stepper.branches[1]
    again = stepper.fork(WRITER_ASKED, fault="rate limit")
    assert [line["parent"] for line in stepper.tree] == [-1, 0, 1], "it forks what is shown"
    assert again.stop_reason == "failed"
    stepper.branch = 0
    assert stepper.story["stop"] == "done"
    with pytest.raises(traitlets.TraitError, match=r"branch=7: there are 3, counted from 0"):
        stepper.branch = 7
    with pytest.raises(ValueError, match="fault='hiccups': there is no such fault"):
        stepper.fork(WRITER_ASKED, fault="hiccups")
    assert len(stepper.branches) == 3


GOOD = {"do": "change", "button": "edit", "branch": 0, "event": WRITER_ASKED, "text": "x"}
MALFORMED: list[Any] = [
    {**GOOD, **wrong}
    for wrong in [
        {"button": "close"}, {"button": ["edit"]}, {"button": None}, {"button": "break", "text": "hiccups"},
        {"button": "break", "text": ""}, {"branch": 1}, {"branch": -1}, {"branch": "0"}, {"branch": True},
        {"branch": False}, {"branch": 0.0}, {"event": -1}, {"event": 10**9}, {"event": "3"}, {"event": True},
        {"event": None}, {"event": float("nan")}, {"text": None}, {"text": {"__class__": "x"}},
        {"text": "x" * (MOST_LETTERS + 1)}, {"do": "fork"}, {"do": None}, {"do": ["change"]},
    ]
] + [{"do": "show", "branch": wrong} for wrong in (1, -1, False, "0", None, 2**70)]  # fmt: skip


@pytest.mark.parametrize("message", MALFORMED, ids=lambda message: repr(message)[:90])
def test_a_message_that_no_button_sends_does_nothing(message: Any) -> None:
    stepper, model = ten_lines()
    stepper.observe(lambda _: pytest.fail("another branch is shown"), "branch")
    assert says(stepper, **message) == []
    assert len(stepper.branches) == 1
    assert not model.calls


@pytest.mark.parametrize("message", ["change", 7, None, [], ["do", "change"], {"do": {"do": "change"}}])
def test_a_message_of_another_shape_does_nothing(message: Any) -> None:
    stepper, _ = ten_lines()
    stepper._heard(stepper, message, [])
    assert len(stepper.branches) == 1


@pytest.mark.parametrize(
    ("button", "event", "problem"),
    [
        ("skip", 0, "event 0 is 'began', and nobody is asked or answers there: choose a call"),
        ("skip", WRITER_ASKED, "'skip' does not go with event 3, which is 'asked': choose another call"),
        ("accept", WRITER_ANSWERED, "'accept' does not go with event 4, which is 'answered': choose another call"),
        ("send back", WRITER_ANSWERED, "SendBack('') says nothing. Say what is wrong: SendBack('shorter, please')"),
    ],
)
def test_what_cannot_be_done_there_is_said(button: str, event: int, problem: str) -> None:
    stepper, _ = ten_lines()
    assert change(stepper, button, event) == f"ValueError: {problem}"
    assert len(stepper.branches) == 1


def test_an_error_on_the_way_is_said_and_the_branch_is_kept_as_far_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    stepper, _ = ten_lines()
    step = Run.step

    def breaks(run: Run) -> bool:
        if run not in stepper.branches[:1] and run.events[-1].number > WRITER_ANSWERED:
            raise OSError("the line is dead")
        return step(run)

    monkeypatch.setattr(Run, "step", breaks)
    assert change(stepper, "edit", WRITER_ANSWERED, "wasps") == "OSError: the line is dead"
    assert len(stepper.branches) == 2
    assert stepper.tree[1]["sums"].endswith("goes on")


def test_the_text_to_be_edited_is_the_whole_text() -> None:
    long = "a long answer, and on it goes " * 1_500

    async def two(goal: str) -> Any:
        return await mailer([goal, await research(goal)])

    stepper = Stepper(start(two, "bees", model=Fake(lambda _: long)).finish())
    texts = [says(stepper, do="text", button="edit", branch=0, event=event)[0]["text"] for event in (1, 2, 3)]
    assert texts == ["bees", long, f"bees\n\n{long}"]


def test_what_is_no_text_is_not_edited_in_a_page() -> None:
    counter = Specialist("counter", does=lambda brief: {"words": len(brief)})

    async def count(goal: str) -> Any:
        return await counter(goal)

    stepper = Stepper(start(count, "bees", model=Fake()).finish())
    (said,) = says(stepper, do="text", button="edit", branch=0, event=2)
    assert said["problem"] == "ValueError: this answer is no text. Change it in a cell: stepper.fork(2, answer=…)"


def test_the_difference_is_aligned_by_what_was_asked() -> None:
    stepper, _ = ten_lines()
    change(stepper, "edit", WRITER_ANSWERED, f"{writer.name}: Write about research: wasps")
    *rows, sums = stepper.parting["changed"]
    assert [(row[1], row[3]) for row in rows] == [
        ("research", "= same"), ("writer", "≠ other answer"), ("mailer", "✎ other brief"),
    ]  # fmt: skip
    assert rows[0][0] == []
    assert ["out", "bees"] in rows[1][0]
    assert ["in", "wasps"] in rows[1][0]
    assert rows[1][4:] == ["110 → 0", "1.0 s", "ok"]
    assert sums[1:] == ["together", "3 calls", "", "330 → 220", "3.0 s", "done"]
    stepper.branch = 0
    assert stepper.parting == {"branch": 0, "step": stepper.tree[1]["step"], "changed": []}, (
        "the original has no parent"
    )


def test_branches_part_where_the_first_of_them_left_the_others() -> None:
    stepper, _ = ten_lines()
    early, late = [event.number for event in stepper.run.events if event.kind == "answered"][::2]
    stepper.fork(late, answer="other")
    stepper.branch = 0
    stepper.fork(early, answer="other")
    assert stepper.parting["step"] == stepper.tree[2]["step"] < stepper.tree[1]["step"]
    stepper.branch = 1
    assert stepper.parting["step"] == stepper.tree[2]["step"], "branch 3 left the original before branch 2 did"
    stepper.branch = 0
    assert stepper.parting["step"] == stepper.tree[1]["step"]


def test_nothing_can_be_decided_about_a_review_that_was_cancelled() -> None:
    async def either(goal: str) -> Any:
        return await first(review(goal), writer(goal))

    stepper = Stepper(start(either, "bees", model=Fake()).finish())
    person = next(number for number, call in enumerate(stepper.story["calls"]) if call["who"] == "a person")
    assert stepper.story["calls"][person]["status"] == "cancelled"
    assert stepper.ways["calls"][person] == {"kind": "nobody", "ways": []}


@pytest.mark.parametrize("name", RUNS)
def test_every_way_stands_at_an_event_of_its_call_and_has_its_words(name: str) -> None:
    stepper = Stepper(RUNS[name]())
    events, calls = stepper.run.events, story_of(stepper.run)["calls"]
    assert len(stepper.ways["about"]) == len(stepper.story["steps"])
    assert set(stepper.ways["about"]) <= {None, *range(len(calls))}
    for call, told in zip(calls, stepper.ways["calls"], strict=True):
        words = stepper.words[told["kind"]]["ways"]
        for way in told["ways"]:
            event = events[way["event"]]
            assert (clean(event.path), event.kind) in {(call["path"], "asked"), (call["path"], "answered")}
            assert words[way["way"]]["label"]
            assert judges(asked_at(stepper.run, event)) or told["kind"] == "work"
            if way["way"] in ("break", "accept", "skip", "retry"):  # what nothing has to be written for
                assert edits_of(stepper.run, Wish(way["way"], 0, event.number, "time-out"))
        for step in range(call["asked"], len(stepper.story["steps"])):
            there = [way["way"] for way in told["ways"] if way.get("since", 0) <= step < way.get("until", step + 1)]
            assert there == [way for way in words if way in there], "each once, and always in the same order"


def test_what_is_decided_about_a_specialist_depends_on_what_it_has_done() -> None:
    def ways(stepper: Stepper, who: str) -> list[tuple[str, str]]:
        number = next(number for number, call in enumerate(stepper.story["calls"]) if call["who"] == who)
        return [(way["way"], "".join(way["says"])) for way in stepper.ways["calls"][number]["ways"]]

    going = Stepper(start(orchestrator, "bees", model=Fake()))
    going.run.step()
    going.refresh()
    told, came = "step 4: what is told to writer", "step 5: what comes from writer"
    assert ways(going, "writer") == [("break", told), ("edit", told)]
    going.run.finish()
    going.refresh()
    assert ways(going, "writer") == [
        ("break", told), ("send back", came), ("edit", told), ("edit", came), ("flag", came), ("skip", came),
        ("retry", came),
    ]  # fmt: skip
    waits = Stepper(start(asks_a_person, "bees", model=Fake()).finish())
    here = "step 4: a person decides"
    assert ways(waits, "a person") == [("accept", here), ("send back", here), ("edit", here), ("skip", here)]
    assert waits.words[waits.ways["calls"][-1]["kind"]]["says"] == "The run waits for you."


def test_many_calls_that_stayed_the_same_are_one_row() -> None:
    async def many(goal: str) -> Any:
        return [await research(f"{goal} {number}") for number in range(5)] and await writer(goal)

    stepper = Stepper(start(many, "bees", model=Fake()).finish())
    fork = stepper.fork(stepper.run.events[-2].number, answer="wasps")
    rows = difference(stepper.branches[0], fork)
    assert [row[1:4] for row in rows[:-1]] == [["5 calls", "research", "= same"], ["writer", "bees", "≠ other answer"]]


def test_a_page_cannot_say_what_is_shown() -> None:
    stepper = Stepper(start(orchestrator, "bees", model=Fake()).finish())
    told = [getattr(stepper, name) for name in ("story", "ways", "words", "tree", "parting")]
    stepper.set_state({"story": {}, "tree": [{"name": "forged"}], "parting": {"step": 1, "changed": []}})
    stepper.set_state({"ways": {"about": [], "calls": []}, "words": {"nobody": {"title": "forged"}}})
    assert [getattr(stepper, name) for name in ("story", "ways", "words", "tree", "parting")] == told


def test_hostile_texts_stay_data() -> None:
    stepper, _ = ten_lines()
    for payload in PAYLOADS:
        stepper.branch = 0
        assert change(stepper, "edit", WRITER_ANSWERED, payload) == ""
        assert stepper.parting["changed"][1][3] == "≠ other answer"
    assert len(stepper.branches) == len(PAYLOADS) + 1


def test_a_saved_page_has_none_of_it() -> None:
    stepper, _ = ten_lines()
    change(stepper, "skip", WRITER_ANSWERED)
    (said,) = says(stepper, do="save")
    assert "left out" in said["page"], "the branch that is shown is saved"
    for ours in ("Break it", "You decide", "ok-changing", "ok-differs", "⎇"):
        assert ours in Stepper._esm + Stepper._css
        assert ours not in said["page"]


async def waits_too_long(_: str) -> None:
    try:
        await wait(100)
    except Exception as error:  # noqa: BLE001  # whatever ended the pause
        await note("review", Verdict("skip", str(error)))


def test_a_verdict_after_a_pause_is_about_no_call() -> None:
    run = start(waits_too_long, "bees", model=Fake(), budget=Budget(latency_s=5)).finish()
    assert Stepper(run).ways["about"] == [None] * len(Stepper(run).story["steps"])
