"""The story behind the stepper: it is the run's own, it only ever grows, and its page is safe and whole."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from core.fakes import Fake, Moody, scripted
from core.programs import Do, perform, programs
from hypothesis import given
from hypothesis import strategies as st
from payloads import PAYLOADS
from runs_to_step import RUNS, asks_a_person, bundled, hostile, orchestrator, research, rounds, twins, writer

from orchestra_kit import (
    FanOut,
    ModelError,
    OrchestraError,
    Orchestrator,
    Plan,
    Run,
    Sequential,
    Specialist,
    Step,
    Verdict,
    start,
)
from orchestra_kit.display import Stepper, save_page
from orchestra_kit.display.stepper import script
from orchestra_kit.display.stepper.changes import changes
from orchestra_kit.display.stepper.page import page, story_of
from orchestra_kit.display.stepper.story import Story, Teller
from orchestra_kit.display.stepper.view import view
from orchestra_kit.patterns import MANAGER

GROWING = ("members", "arrows", "steps", "texts", "lines")
GROWING_IN_VIEW = ("steps", "blocks", "details", "spent")


def story_to(run: Run, number: int) -> Story:
    """The story of the first events of a run."""
    teller = Teller(run.budget)
    for event in run.events[:number]:
        teller.tell(event)
    return teller.story(simulated=True, stop=None)


def check_story(run: Run, cut: int) -> None:
    """The story of a beginning is the beginning of the story; its numbers are the run's; it refers to nothing else."""
    whole, begun = story_to(run, len(run.events)), story_to(run, cut)
    for part in GROWING:
        assert begun[part] == whole[part][: len(begun[part])]
    drawn, drawn_whole = view(begun), view(whole)
    for part in GROWING_IN_VIEW:
        assert drawn[part] == drawn_whole[part][: len(drawn[part])]
    for early, late in zip(begun["calls"], whole["calls"], strict=False):
        assert early["asked"] == late["asked"]
        assert early.get("closed", late.get("closed", -1)) == late.get("closed", -1)
    json.dumps(whole, allow_nan=False, ensure_ascii=False).encode()
    told = {step["event"] for step in whole["steps"]}
    for event in run.events:
        quiet = event.kind in ("noted", "cancelled") or ":sources" in event.path
        assert event.number in told or quiet or event.kind == "asked", f"{event} is not told"
    for number, step in enumerate(whole["steps"]):
        texts = [step.get("draft"), step.get("raw"), step.get("role"), *(part[1] for part in step.get("brief", ()))]
        assert all(0 <= text < len(whole["texts"]) for text in texts if text is not None)
        assert all(whole["members"][member]["since"] <= number for member, _, _ in step["sets"])
    summary, calls = run.summary(), whole["calls"]
    assert sum(call.get("in", 0) for call in calls) == summary.tokens_in
    assert sum(call.get("out", 0) for call in calls) == summary.tokens_out
    assert sum(call.get("usd", 0.0) for call in calls) == summary.cost_usd
    assert len([call for call in calls if "in" in call]) == summary.calls
    spent = drawn_whole["spent"][drawn_whole["steps"][-1]["spent"]]
    assert spent["tokens"][0] == f"{summary.tokens_in + summary.tokens_out:,}"
    assert spent["sums"][-1] == [f"{100 * summary.orchestrator_share:.0f} %"]


@given(programs, st.data(), st.none() | st.integers(1, 2))
def test_the_story_of_any_run_only_grows(program: Do, data: st.DataObject, max_parallel: int | None) -> None:
    run = start(perform, program, model=Moody(), max_parallel=max_parallel).finish()
    check_story(run, data.draw(st.integers(1, len(run.events))))


@pytest.mark.parametrize("name", RUNS)
def test_the_story_of_every_run_only_grows(name: str) -> None:
    run = RUNS[name]()
    for cut in {1, len(run.events) // 3, len(run.events) * 2 // 3, len(run.events)} - {0}:
        check_story(run, cut)


def test_two_that_work_at_once_are_two_and_one_asked_again_is_one() -> None:
    members = [member["name"] for member in story_of(bundled("competitive"))["members"]]
    assert [name for name in members if name.startswith("author")] == ["author 1", "author 2", "author 3"]
    members = [member["name"] for member in story_of(bundled("sequential"))["members"]]
    assert members.count("researcher") == 1, "sent back once, and still the same researcher"
    assert len(members) == len(set(members))
    assert [member["name"] for member in story_of(RUNS["twins"]())["members"]] == ["twins", "writer", "writer (2)"]


def test_work_that_is_sent_back_goes_to_whoever_made_it() -> None:
    """One writer has two steps in the plan. The first is sent back, while the second has not begun."""
    plan = Plan([Step("writer", name="intro"), Step("writer", name="body", needs=["intro"])])
    answers = {
        "manager": [plan.model_dump_json()],
        "reviewer": ['{"decision": "reject", "note": "too short"}', *['{"decision": "approve"}'] * 2],
        "writer": ["the first intro", "the second intro", "the body"],
    }
    writer, reviewer = Specialist("writer", "Write."), Specialist("reviewer", "Review.", makes=Verdict)
    desk = Orchestrator("desk", writer, planner=MANAGER, reviewer=reviewer)
    story = story_of(start(desk, "bees", model=scripted(**answers)).finish())
    asked = [step["member"] for step in story["steps"] if step["kind"] == "asked" and step["phase"] == "assign"]
    assert [story["members"][member]["name"] for member in asked] == ["intro", "intro", "body"]


def test_the_sentences_say_whose_work_it_is_what_is_handed_over_and_why() -> None:
    said = ["".join(step["say"]) for step in story_of(bundled("sequential"))["steps"]]
    assert "The orchestrator looks at what came back from researcher: facts." in said
    reviewed = "The orchestrator asks reviewer to check the work of {}, before it goes any further."
    assert {reviewed.format(who) for who in ("researcher", "writer", "editor", "formatter")} <= set(said)
    again = "The orchestrator gives researcher a brief for the second time: the goal, its last draft, the note on it"
    assert any(each.startswith(again) for each in said)
    result = "The orchestrator takes the work of formatter as the result: researcher, writer and editor went into it."
    assert result in said
    assert said[-1].endswith("On the way 1 draft did not pass review.")
    said = ["".join(step["say"]) for step in story_of(bundled("fan_out"))["steps"]]
    assert "The team research has no reviewer: it lets the work of reader 3 pass as it is." in said


def test_a_plan_is_seen_as_data_before_anybody_works_even_one_that_no_planner_made() -> None:
    for pattern in ("single", "sequential", "fan_out", "competitive"):
        story = story_of(bundled(pattern))
        planned = next(number for number, step in enumerate(story["steps"]) if step.get("draft") is not None)
        step = story["steps"][planned]
        named = [number for number, each in enumerate(story["members"]) if each["since"] == planned]
        assert step["phase"] == "plan"
        assert json.loads(story["texts"][step["draft"]])["steps"][0]["who"] == story["members"][named[0]]["name"]
        assert [[member, "planned", "planned"] for member in named] == [list(each) for each in step["sets"][1:]]
        arrows = [arrow for arrow in story["arrows"] if arrow["planned"] and arrow["since"] == planned]
        assert len(arrows) == len(named) - 1, "each of these plans is a chain"


def table(step: dict[str, Any], tab: str, title: str) -> dict[str, str]:
    """A table of facts of a step: its heads and their first cells."""
    return {row[0]: row[1] for where, name, rows in step["facts"] if (where, name) == (tab, title) for row in rows}


def test_parts_are_told_with_whose_work_they_are_and_a_run_with_what_it_came_to() -> None:
    run = bundled("fan_out")
    story, summary = story_of(run), run.summary()
    readers = ["reader 1", "reader 2", "reader 3"]

    def makers(step: dict[str, Any]) -> list[str]:
        return [story["members"][part[2]]["name"] for part in step.get("brief", ()) if len(part) > 2]

    combined = next(step for step in story["steps"] if step["phase"] == "combine" and step["kind"] == "noted")
    merger = next(step for step in story["steps"] if step["phase"] == "combine" and step["kind"] == "asked")
    assert makers(combined) == makers(merger) == readers
    begun, over = story["steps"][0], table(story["steps"][-1], "Draft", "what the run came to")
    assert [story["texts"][part[1]] for part in begun["brief"]][1:] == ["90,000 tokens"], "its budget"
    assert over["calls"] == str(summary.calls)
    assert over["tokens read"] == f"{summary.tokens_in:,}"
    assert over["tokens written"] == f"{summary.tokens_out:,}"
    assert over["cost"] == f"${summary.cost_usd:.6f}"


def test_a_step_that_comes_later_in_the_plan_is_not_taken_for_the_one_that_is_due() -> None:
    """Both steps are the same specialist's, and the plan names the later one first."""

    class Backwards(Orchestrator):
        async def plan(self, goal: Any, done: Any) -> Plan:
            late = Step("writer", "the late part", needs=["early"], name="late")
            return Plan([late, Step("writer", "the early part", name="early")])

    story = story_of(start(Backwards("desk", writer), "bees", model=Fake()).finish())
    asked = [step for step in story["steps"] if step["kind"] == "asked"]
    told = {story["members"][step["member"]]["name"]: story["texts"][step["brief"][1][1]] for step in asked}
    assert told == {"early": "the early part", "late": "the late part"}


@pytest.mark.parametrize(
    ("decision", "says", "parts"),
    [
        (Verdict("skip", "useless"), "The orchestrator puts the parts together: b. Left out: a.", ["b, as written"]),
        (Verdict("edit", work="mine"), "The orchestrator puts the parts together: a and b.", ["mine", "b, as written"]),
    ],
)
def test_of_reviews_at_once_each_is_about_its_own_work(decision: Verdict, says: str, parts: list[str]) -> None:
    def answer(call: Any) -> str:
        if call.who != "reviewer":
            return f"{call.who}, as written"
        return (decision if "a, as written" in call.prompt else Verdict("approve")).model_dump_json()

    team, reviewer = [Specialist(name, "Write.") for name in "ab"], Specialist("reviewer", "Review.", makes=Verdict)
    run = start(FanOut("desk", *team, reviewer=reviewer), "bees", model=Fake(answer)).finish()
    story = story_of(run)
    combined = next(step for step in story["steps"] if step["phase"] == "combine")
    assert "".join(combined["say"]) == says
    assert [story["texts"][part[1]] for part in combined["brief"]] == parts


def test_who_is_still_at_work_is_said() -> None:
    said = ["".join(step["say"]) for step in story_of(bundled("fan_out"))["steps"]]
    assert (
        "The team research looks at what came back from reader 1: facts. Still at work: reader 2 and reader 3." in said
    )


def test_a_review_that_nobody_decides_is_closed_all_the_same() -> None:
    def gone(_: Any) -> Verdict:
        raise ModelError("the reviewer has gone home")

    story = story_of(start(asks_a_person, "bees", model=Fake(), reviewer=gone).finish())
    assert story["calls"][-1]["status"] == "failed"
    assert "".join(story["steps"][-2]["say"]) == "Nobody has decided: ModelError: the reviewer has gone home"


def test_an_arrow_goes_where_work_went() -> None:
    story = story_of(RUNS["ten lines"]())
    names = [member["name"] for member in story["members"]]
    arrows = [(names[arrow["from"]], names[arrow["to"]]) for arrow in story["arrows"] if not arrow["planned"]]
    assert arrows == [("research", "writer"), ("writer", "mailer")]


def test_the_line_that_runs_is_shown_among_its_neighbours() -> None:
    story = story_of(RUNS["ten lines"]())
    shown = [[text for _, text in line["around"]] for line in story["lines"]]
    assert '    report = await writer(f"Write about {facts}")' in shown[0]
    assert [line["file"] for line in story["lines"]] == ["runs_to_step.py"] * 3


def test_what_has_changed_is_told_with_its_place() -> None:
    before = "one two three four five six seven eight nine ten " * 6 + "Cats sleep 12 hours a day."
    told = changes(before, before.replace("12", "13"))
    assert told is not None
    assert [words for what, words in told if what in ("out", "in")] == ["12 ", "13 "]
    assert ["gap", "56 words unchanged"] in told
    assert changes("a b c", "x y z") is None, "nearly everything is new"


def test_a_page_of_200_events_with_long_texts_stays_under_400_kb() -> None:
    model = Fake(lambda call: f"{call.sample} " + "a long answer, and on it goes " * 900)
    run = start(rounds, 50, model=model).finish()
    assert len(run.events) >= 200
    made = page(story_of(run))
    assert len(made.encode()) < 400_000
    assert "more letters: run.events[" in made, "it must say where the rest is"


def test_a_draft_of_json_makes_no_page_that_is_long_or_cannot_be_written() -> None:
    """It is laid out with a line for each of its parts before it is cut, and half a character may be in it."""
    drafts = cycle(['{"a": "\\ud83d"}', "[" * 900 + "]" * 900, '[1e400, NaN, {"b": 1}]'])
    made = page(story_of(start(rounds, 3, model=Fake(lambda _: next(drafts))).finish()))
    assert len(made.encode()) < 200_000
    assert '\\"a\\": \\"?' in made
    assert "[1e400, NaN, " in made, "as the model wrote it"


def test_script_and_style_are_small_enough_to_be_read() -> None:
    """All that the widget runs and wears, blank lines and comments too. No line is made long to save another."""
    assert len(f"{Stepper._esm}{Stepper._css}".encode()) < 120_000
    files = {file.stem: file.read_text("utf-8").splitlines() for file in sorted(script.HERE.iterdir(), reverse=True)}
    lines = [line for file in script.HERE.iterdir() for line in file.read_text("utf-8").splitlines()]
    assert len(lines) <= 935
    assert max(map(len, lines)) <= 120
    assert max(map(len, files.values())) < 300
    assert files.keys() == {*script.DRAWING, *script.CHANGING, *script.WIDGET}, "a file in none of them is in no widget"


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.inside, self.story = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = dict(attributes).get("id") or ""

    def handle_data(self, data: str) -> None:
        self.story += data if self.inside == "story" else ""


def test_no_text_can_leave_its_place_in_the_page() -> None:
    run = hostile()
    check_story(run, len(run.events) // 2)
    made = Page(page(story_of(run)))
    assert made.tags == Page(page(story_of(RUNS["nothing"]()))).tags
    assert json.loads(made.story)["texts"][0] == "\n".join(PAYLOADS).encode("utf-8", "replace").decode()
    bundle = Stepper(run)._repr_mimebundle_()[0]["text/html"]
    assert set(Page(bundle).tags) == {"div", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert Page(bundle).tags.count("img") == 1


def test_a_page_is_whole_or_not_written(tmp_path: Path) -> None:
    run = RUNS["ten lines"]()
    assert save_page(run, tmp_path / "run.html") == tmp_path / "run.html"
    assert save_page(run, tmp_path / "run.html").read_text("utf-8") == page(story_of(run))
    with pytest.raises(
        OrchestraError, match=r"no_such/run\.html cannot be written.*Give a path in a folder that exists"
    ):
        save_page(run, tmp_path / "no_such" / "run.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OrchestraError, match=r"folder cannot be written"):
        save_page(run, tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "run.html"], "a draft was left behind"


def tell_widget(stepper: Stepper, message: dict[str, Any]) -> list[dict[str, Any]]:
    """What the widget answers when the front end sends it a message."""
    said: list[dict[str, Any]] = []
    stepper.send = lambda content, buffers=None: said.append(content)  # noqa: ARG005
    stepper._handle_custom_msg(message, [])
    return said


def test_a_live_run_is_stepped_from_the_widget() -> None:
    run = start(orchestrator, "bees", model=Fake())
    stepper = Stepper(run)
    assert stepper.story["stop"] is None
    before = list(stepper.story["steps"])
    while run.outcome is None:
        assert tell_widget(stepper, {"do": "step"}) == [{"told": True, "problem": ""}]
        assert stepper.story["steps"][: len(before)] == before
        before = list(stepper.story["steps"])
    assert stepper.story == view(story_of(run))
    assert stepper.story["stop"] == "done"


def test_a_run_that_waits_for_a_person_says_how_to_go_on() -> None:
    run = start(asks_a_person, "bees", model=Fake()).finish()
    stepper = Stepper(run)
    assert "run.decide(Verdict('approve'))" in tell_widget(stepper, {"do": "step"})[0]["problem"]
    run.decide(Verdict("approve"))
    assert tell_widget(stepper, {"do": "step"}) == [{"told": True, "problem": ""}]
    assert "A person has decided" in stepper.story["steps"][4]["say"][0]


def test_a_failure_of_the_kernel_is_shown_and_other_messages_do_nothing() -> None:
    run = start(orchestrator, "bees", model=Fake())
    stepper = Stepper(run)
    run.step = lambda: 1 / 0  # type: ignore[method-assign]
    assert tell_widget(stepper, {"do": "step"}) == [{"told": True, "problem": "ZeroDivisionError: division by zero"}]
    assert tell_widget(stepper, {"do": "approve"}) == tell_widget(stepper, {}) == []
    assert tell_widget(stepper, {"do": "save"})[0]["name"] == "orchestrator.html"


def test_only_a_run_can_be_stepped() -> None:
    with pytest.raises(TypeError, match=r"Stepper\('bees'\) wants a run: run = start\(orchestrator, goal\)"):
        Stepper("bees")


def test_who_waits_for_a_turn_is_drawn_so_before_the_turn_is_known() -> None:
    run = start(twins, "bees", model=Moody(0), max_parallel=1)
    early = story_of(run)["calls"]
    run.finish()
    late = story_of(run)["calls"]
    assert (
        [call.get("queued", False) for call in early] == [call.get("queued", False) for call in late] == [False, True]
    )
    first, second = late
    assert (first["row"], second["row"]) == (0, 0)
    assert second["since"] == first["from"] < second["from"] == first["to"], "two lanes, and no bar lies on another"


def test_the_chain_goes_on_over_a_pause_and_over_what_took_no_time() -> None:
    run = start(Sequential("desk", research, writer, tries=3), "bees", model=Moody(0.5)).finish()
    calls = story_of(run)["calls"]
    assert len(calls) > 2, "somebody was in no mood"
    assert [call.get("after") for call in calls] == [None, *range(len(calls) - 1)]
    split, join = (Specialist(name, does=str) for name in ("split", "join"))

    async def in_no_time(goal: str) -> Any:
        return await writer(await join(await split(goal)))

    calls = story_of(start(in_no_time, "bees", model=Fake()).finish())["calls"]
    assert [call.get("after") for call in calls] == [None, 0, 1]


def test_a_phase_leads_to_what_it_shows_of_the_whole_run() -> None:
    story = story_of(RUNS["hierarchical"]())
    steps, last = story["steps"], len(story["steps"]) - 1
    shown = {phase: [steps[number] for number in numbers] for phase, numbers in story["phases"].items()}
    assert story["phases"]["receive"] == [0]
    assert story["phases"]["deliver"][-1] == last
    assert all(step["member"] == 0 for phase in ("plan", "combine", "deliver") for step in shown[phase])
    assert all("verdict" in step or "draft" in step or "brief" in step for each in shown.values() for step in each)


def test_failures_people_and_the_end_have_phases_of_their_own() -> None:
    for step in (step for name in ("failing", "a person", "race") for step in story_of(RUNS[name]())["steps"]):
        failed = any(state == "failed" for _, state, _ in step["sets"])
        if step["kind"] == "answered" and failed:
            assert step["phase"] == "monitor"
        if step["kind"] == "ended" and step["member"] == 0:
            assert step["phase"] == "deliver"
        if step["member"] and "decides" in [words for _, _, words in step["sets"]]:
            assert step["phase"] == "review"
