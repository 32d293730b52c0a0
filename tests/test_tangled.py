"""Whose work it is, where that is hard to tell: several tries at once, work that is turned down, failed or left out,
and reviewers of every kind. The team itself is the oracle: it knows which step each piece of work was made for."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import pytest
from core.fakes import Fake, scripted
from hypothesis import given
from hypothesis import strategies as st
from test_legal import check_moves
from test_stepper import check_story

from orchestra_kit import (
    Budget,
    Call,
    Competitive,
    FanOut,
    Flag,
    ModelError,
    Orchestrator,
    Plan,
    Reply,
    Run,
    SendBack,
    Sequential,
    Skip,
    Specialist,
    Step,
    Verdict,
    attempt,
    note,
    review,
    start,
    together,
)
from orchestra_kit.display import Stepper
from orchestra_kit.display.stepper.page import story_of
from orchestra_kit.messages import Skipped
from orchestra_kit.sources import Sources

Story = dict[str, Any]
a, b, c, w = (Specialist(name, "Write.") for name in "abcw")
editor = Specialist("editor", "Edit.", makes=Verdict)
APPROVE, REJECT = ('{"decision": "approve"}', '{"decision": "reject", "note": "too short"}')


def said(story: Story) -> list[str]:
    return ["".join(step["say"]) for step in story["steps"]]


def boxes(story: Story) -> dict[str, tuple[str, str]]:
    """The state of each member at the end, and the word for it."""
    last = {member: (state, word) for step in story["steps"] for member, state, word in step["sets"]}
    return {story["members"][member]["name"]: shown for member, shown in last.items()}


def parts(step: dict[str, Any], story: Story) -> dict[str, str]:
    """What a step puts together: whose, and the text."""
    return {story["members"][part[2]]["name"]: story["texts"][part[1]] for part in step.get("brief", ())}


def combined(story: Story) -> dict[str, Any]:
    """The step in which the parts come together."""
    mine = [step for step in story["steps"] if step["member"] == 0]
    return next(step for step in mine if (step["phase"], step["kind"]) == ("combine", "noted"))


def edits(decide: Callable[[str], str]) -> Fake:
    """Everybody answers `who, as written`, and the editor decides by what it is told."""
    return Fake(lambda call: decide(call.prompt) if call.who == "editor" else f"{call.who}, as written")


# --- any of them, at random -----------------------------------------------------------------------------------------


def luck(*of: object) -> float:
    """A number from 0 to 1 that depends on nothing else."""
    return int.from_bytes(blake2b("|".join(map(str, of)).encode(), digest_size=4).digest(), "big") / 2**32


def verdict(*of: object) -> Verdict:
    """A random decision. What an editor writes says whose work it was."""
    by_luck = luck(*of)
    if by_luck < 0.15:
        name = re.search(r"by (\w( \d)?):", str(of[-1]))
        return Verdict("edit", work=f"by {name.group(1) if name else '?'}: as edited")
    return Verdict("skip" if by_luck < 0.25 else "reject" if by_luck < 0.6 else "approve", "so it is")


class Chancy:
    """Answers late, not at all, with nothing, or with a text that says which step it is for."""

    simulated = True

    def __init__(self, seed: int):
        self.seed = seed

    def complete(self, call: Call) -> Reply:
        seconds = 0.1 + luck(self.seed, "late", call.sample)
        if call.who == "editor":
            return Reply(verdict(self.seed, call.sample, call.prompt).model_dump_json(), latency_s=seconds)
        if luck(self.seed, "fails", call.sample) < 0.2:
            raise ModelError("not now", latency_s=seconds)
        if luck(self.seed, "empty", call.sample) < 0.1:
            return Reply(" " * (1 + int(call.sample.rpartition("/")[2])), latency_s=seconds)
        step = call.prompt.partition(".")[0].removeprefix("Write for ")
        same = luck(self.seed, "same", call.sample) < 0.2
        return Reply(f"by {step}: draft {'one' if same else call.sample}", latency_s=seconds)


class Knows(Orchestrator):
    """Says in each brief which step it is for, and keeps what came of each."""

    def brief(self, step: Step, goal: Any, done: dict[str, Any]) -> Any:
        return f"Write for {step.name}."

    async def combine(self, goal: Any, done: dict[str, Any]) -> Any:
        self.done = {name: finished.work for name, finished in done.items()}
        return await super().combine(goal, done)


class KnowingFanOut(Knows, FanOut):
    pass


class KnowingCup(Knows, Competitive):
    pass


class Judges(KnowingFanOut):
    async def review(self, brief: Any, work: Any) -> Verdict:
        return verdict(work)


async def asks_an_editor(brief: Any) -> Verdict:
    decided: Verdict = await editor(brief)
    return decided


REVIEWERS = {"nobody": None, "editor": editor, "jury": Sequential("jury", editor), "function": asks_an_editor,
             "person": review, "own code": None}  # fmt: skip
OTHERWISE = {"fails": None, "skip": Skip(), "flag": Flag()}


def desk(shape: str, reviewer: str, options: dict[str, Any]) -> Any:
    options |= {"reviewer": REVIEWERS[reviewer]}
    if reviewer == "own code":
        return Judges("desk", a, b, c, **options)
    if shape == "cup":
        return KnowingCup("desk", w, attempts=3, score=len, **options)
    return KnowingFanOut("desk", a, b, c, **options)


@given(
    st.integers(0, 10_000),
    st.sampled_from(["fan out", "cup"]),
    st.sampled_from(list(REVIEWERS)),
    st.sampled_from(list(OTHERWISE)),
    st.integers(1, 2),
    st.none() | st.integers(1, 2),
)
def test_all_work_is_told_as_that_of_the_step_it_was_made_for(
    seed: int, shape: str, reviewer: str, otherwise: str, tries: int, limit: int | None
) -> None:
    team = desk(shape, reviewer, {"otherwise": OTHERWISE[otherwise], "tries": tries})
    decides = lambda request: verdict(seed, request.work)  # noqa: E731
    run = start(team, "bees", model=Chancy(seed), reviewer=decides, max_parallel=limit).finish()
    story = story_of(run)
    check_story(run, len(run.events) // 2)
    check_moves(run)
    for step in story["steps"]:
        check_whose(step, story)
    if hasattr(team, "done"):
        check_result(team.done, run, story)


def check_whose(step: dict[str, Any], story: Story) -> None:
    """Who is asked, who answers and whose work is looked at: the texts say for which step that is."""
    member, texts, words = story["members"][step["member"]], story["texts"], "".join(step["say"])
    if step["kind"] == "asked" and member["role"] == "member" and member["team"] == 0:
        assert texts[step["brief"][0][1]] == f"Write for {member['name']}."
    texts_here = [texts[number] for number in (step.get("draft"), *(part[1] for part in step.get("brief", ())[-1:]))
                  if number is not None]  # fmt: skip
    makers = {made.group(1) for text in texts_here if (made := re.match(r"by (\w( \d)?):", text))}
    if step["kind"] == "answered" and member["role"] == "member" and makers:
        assert makers == {member["name"]}
    if (told := re.search(r"work of (\w( \d)?)[,. ]|back from (\w( \d)?)[:,]", words)) and makers:
        assert makers == {told.group(1) or told.group(3)}, words


def check_result(done: dict[str, Any], run: Run, story: Story) -> None:
    """What the result is made of, what was left out, and how often: as the team itself has it."""
    there = {name: work for name, work in done.items() if not isinstance(work, Skipped)}
    step = combined(story)
    assert parts(step, story) == there
    told = re.search(r"Left out: (.*?)\.", "".join(step["say"]))
    assert re.split(", | and ", told.group(1) if told else "") == (sorted(done.keys() - there.keys()) or [""])
    assert {name: boxes(story)[name][0] for name in done} == {name: "done" if name in there else "off" for name in done}
    if run.stop_reason == "done":
        rejects = [event for event in run.events if event.kind == "noted" and event.path == "desk"
                   and isinstance(event.detail, Verdict) and event.detail.decision == "reject"]  # fmt: skip
        counts = [(len(rejects), "draft"), (len(done) - len(there), "part")]
        told_at_last = {
            noun: int(number) for number, noun in re.findall(r"(\d) (draft|part)s? (?:did|w)", said(story)[-1])
        }
        assert told_at_last == {noun: number for number, noun in counts if number}


# --- what is left out ----------------------------------------------------------------------------------------------


def without_a(story: Story) -> None:
    assert "The orchestrator puts the parts together: b. Left out: a." in said(story)
    assert list(parts(combined(story), story)) == ["b"]
    assert boxes(story)["a"] == ("off", "left out")
    assert "1 part was left out" in said(story)[-1]


def test_work_that_is_skipped_by_hand_is_not_in_the_result() -> None:
    run = start(FanOut("desk", a, b), "bees", model=Fake()).finish()
    stepper = Stepper(run)
    at = next(event.number for event in run.events if event.kind == "answered" and event.path == "desk/a")
    assert isinstance(stepper.fork(at, policy=Skip()).result[0], Skipped)
    without_a(story_of(stepper.run))


def test_work_that_never_passed_review_is_not_in_the_result() -> None:
    model = edits(lambda told: REJECT if "a, as written" in told else APPROVE)
    run = start(FanOut("desk", a, b, reviewer=editor, otherwise=Skip()), "bees", model=model).finish()
    assert isinstance(run.result[0], Skipped)
    story = story_of(run)
    without_a(story)
    assert said(story)[-1].endswith("On the way 2 drafts did not pass review and 1 part was left out.")


def test_it_is_left_out_as_soon_as_its_orchestrator_goes_on() -> None:
    model = edits(lambda told: REJECT if "a, as written" in told else APPROVE)
    story = story_of(start(Sequential("desk", a, b, reviewer=editor, otherwise=Skip()), "bees", model=model).finish())
    wave = "The orchestrator gives out the next piece of work: b. It builds on a. Left out: a."
    assert [list(each) for each in story["steps"][said(story).index(wave)]["sets"]][1] == [1, "off", "left out"]


def test_what_other_code_makes_of_work_that_was_turned_down_is_not_said() -> None:
    class Lenient(FanOut):
        async def turned_down(self, step: Step, work: Any, why: str) -> Any:
            return work

    model = edits(lambda told: REJECT if "a, as written" in told else APPROVE)
    run = start(Lenient("desk", a, b, reviewer=editor), "bees", model=model).finish()
    assert run.result == ["a, as written", "b, as written"]
    assert "The orchestrator puts the parts together: a and b." in said(story_of(run))


@pytest.mark.parametrize(
    ("decision", "result", "says"),
    [
        (Verdict("edit", work="by hand"), "by hand", "What the reviewer wrote takes the place of the work of a."),
        (Verdict("approve"), None, "The work of a is left out."),
        (Verdict("skip", "late"), None, "The work of a is left out: late"),
    ],
)
def test_what_a_person_makes_of_a_failure(decision: Verdict, result: str | None, says: str) -> None:
    def answer(call: Call) -> str:
        if call.who == "a":
            raise ModelError("broken")
        return f"{call.who}, as written"

    run = start(FanOut("desk", a, b, otherwise=Flag()), "bees", model=Fake(answer)).finish().decide(decision).finish()
    story = story_of(run)
    assert f"A person has decided. {says}" in said(story)
    if result is None:
        without_a(story)
        return
    assert "The orchestrator puts the parts together: a and b." in said(story)
    assert "The orchestrator looks at what came back from a: 2 words." in said(story)
    assert parts(combined(story), story) == {"a": result, "b": "b, as written"}
    assert boxes(story)["a"] == ("done", "edited")


def breaks_once(who: str) -> Fake:
    failed: list[str] = []

    def answer(call: Call) -> str:
        if call.who == who and who not in failed:
            failed.append(who)
            raise ModelError("broken")
        return f"{call.who}, as written"

    return Fake(answer)


def test_a_failure_that_a_person_turns_down_is_no_draft_and_goes_nowhere() -> None:
    run = start(FanOut("desk", a, b, otherwise=Flag()), "bees", model=breaks_once("a")).finish()
    story = story_of(run.decide(Verdict("reject", "no")).finish())
    assert run.stop_reason == "flagged"
    assert boxes(story)["a"] == ("failed", "ModelError")
    assert not [step for step in story["steps"] if "back" in step]


def test_who_is_asked_after_a_person_has_stepped_in_does_not_try_again() -> None:
    async def plain(topic: str) -> Any:
        await attempt(a, topic, otherwise=Flag())
        return await a(topic)

    run = start(plain, "bees", model=breaks_once("a")).finish().decide(Verdict("edit", work="by hand")).finish()
    words = [word for step in story_of(run)["steps"] for member, _, word in step["sets"] if member == 1]
    assert words == ["works", "ModelError", "edited", "works", "3 words"]


# --- who reviews ----------------------------------------------------------------------------------------------------

NOBODY = "has no reviewer"


class Counts(Sequential):
    async def review(self, brief: Any, work: Any) -> Verdict:
        return Verdict("approve", f"{len(work)} letters")


async def counts(_: Any) -> Verdict:
    return Verdict("approve", "counted")


def test_that_there_is_no_reviewer_is_said_only_where_there_is_none() -> None:
    plain = said(story_of(start(Sequential("desk", a), "bees", model=Fake()).finish()))
    assert "The orchestrator has no reviewer: it lets the work of a pass as it is." in plain
    for desk, note_on_it in ((Counts("desk", a), "7 letters"), (Sequential("desk", a, reviewer=counts), "counted")):
        story = story_of(start(desk, "bees", model=Fake()).finish())
        assert f"The work of a passes review: {note_on_it}" in said(story)
        assert not [words for words in said(story) if NOBODY in words]
        assert boxes(story)["a"] == ("done", "passed review")


def test_a_team_that_reviews_looks_at_the_work_of_the_others() -> None:
    desk = Sequential("desk", a, reviewer=Sequential("jury", editor))
    run = start(desk, "bees", model=edits(lambda told: APPROVE if "DRAFT" in told else REJECT), budget=None).finish()
    story = story_of(run)
    told = said(story)
    assert "The work of a does not pass review: too short" in told
    assert "The orchestrator sends the work back to a with that note: nobody has built on it yet." in told
    assert not [words for words in told if words.startswith("The orchestrator has no reviewer")]
    assert "The team jury looks at what came back from editor: reject." in told
    assert "The team jury delivers its result: reject." in told
    decided = [words for step, words in zip(story["steps"], told, strict=True) if "verdict" in step]
    assert len(decided) == 4, "twice by the jury, and each time the work of its editor passes"
    assert all(words.startswith(("The work of a", "The team jury has no reviewer")) for words in decided)


def test_a_person_who_reviews_decides_once() -> None:
    decisions = iter([Verdict("reject", "again"), Verdict("approve")])
    run = start(Sequential("desk", a, reviewer=review), "bees", model=Fake(), reviewer=lambda _: next(decisions))
    story = story_of(run.finish())
    told = said(story)
    assert "The orchestrator stops and asks a person to check the work of a." in told
    assert told.count("A person has decided. The work of a does not pass review: again") == 1
    assert not [words for words in told if words.startswith("The work")], "the verdict is told twice"
    assert "The orchestrator sends the work back to a with that note: nobody has built on it yet." in told
    assert told[-1].endswith("On the way 1 draft did not pass review.")


# --- of several tries at once, which one it is ----------------------------------------------------------------------


def asked(story: Story) -> list[str]:
    return [story["members"][step["member"]]["name"] for step in story["steps"]
            if (step["phase"], step["kind"]) == ("assign", "asked")]  # fmt: skip


def test_a_person_sends_back_the_attempt_that_they_have_read() -> None:
    cup = Competitive("cup", w, attempts=2, score=len, reviewer=review)
    model = scripted(w=["the first draft", "the second draft", "the third draft"])
    run = start(cup, "bees", model=model).finish()
    run.decide(Verdict("reject", "again"), "cup/review").finish()
    while run.outcome is None:
        run.decide(Verdict("approve"), next(path for path in run.waiting if "review" in path)).finish()
    story = story_of(run)
    assert asked(story) == ["w 1", "w 2", "w 1"]
    assert "The orchestrator gives w 1 a brief for the second time" in " ".join(said(story))
    assert parts(combined(story), story) == {"w 1": "the third draft", "w 2": "the second draft"}
    assert boxes(story)["w 1"] == ("done", "passed review")


class Slow(Fake):
    """The first answer takes longest."""

    def __init__(self, first: str):
        super().__init__()
        self.first = first

    def complete(self, call: Call) -> Reply:
        self.calls.append(call)
        late = len(self.calls) == 1
        return Reply(self.first if late else f"draft {len(self.calls)}", latency_s=2.0 if late else 1.0)


def test_an_attempt_that_came_back_empty_goes_back_to_whoever_made_it() -> None:
    story = story_of(start(Competitive("cup", w, attempts=2, score=len), "bees", model=Slow(" ")).finish())
    assert asked(story) == ["w 1", "w 2", "w 1"]
    assert "The orchestrator sends the work back to w 1 with that note: nobody has built on it yet." in said(story)
    assert parts(combined(story), story) == {"w 1": "draft 3", "w 2": "draft 2"}


def test_an_attempt_that_is_sent_back_by_hand_is_made_by_the_same_again() -> None:
    run = start(Competitive("cup", w, attempts=3, score=len), "bees", model=Slow("draft 1")).finish()
    last = max(event.number for event in run.events if event.path == "cup/w")
    assert asked(story_of(run.fork(last, policy=SendBack("longer")).finish())) == ["w 1", "w 2", "w 3", "w 1"]


def test_a_reviewer_who_looks_things_up_first_is_about_the_same_work_afterwards() -> None:
    checker = Specialist("editor", "Edit.", makes=Verdict, sources=Sources.of(["Bees fly."]))
    desk = FanOut("desk", a, b, reviewer=checker, otherwise=Skip(), revisions=0)
    story = story_of(start(desk, "bees", model=scripted(a="the same", b="the same", editor=[REJECT, APPROVE])).finish())
    without_a(story)


def test_who_reviews_in_plain_code_is_found_by_what_they_are_told() -> None:
    async def plain(topic: str) -> Any:
        early, late = await w(topic), await a(topic)
        await note("review")
        await note("review", await editor(early))
        return late

    story = story_of(start(plain, "bees", model=edits(lambda _: REJECT)).finish())
    assert "The work of w does not pass review: too short" in said(story)


def test_a_reviewer_who_is_not_shown_the_work_is_about_what_came_back() -> None:
    async def asks_around(_: Any) -> Any:
        return await editor("Is it good enough?")

    model = edits(lambda _: APPROVE)
    told = said(story_of(start(Sequential("desk", a, reviewer=asks_around), "bees", model=model).finish()))
    assert "The orchestrator asks editor to check the work of a, before it goes any further." in told
    assert "The work of a passes review." in told


def test_of_two_that_failed_each_tries_again_itself() -> None:
    """The second attempt fails first, and is made again while the first one waits."""

    class Fails(Fake):
        def complete(self, call: Call) -> Reply:
            self.calls.append(call)
            if len(self.calls) < 3:
                raise ModelError("broken", latency_s=(1.5, 1.0)[len(self.calls) - 1])
            return Reply(f"draft {len(self.calls)}", latency_s=1.0)

    story = story_of(start(Competitive("cup", w, attempts=2, score=len, tries=2), "bees", model=Fails()).finish())
    assert asked(story) == ["w 1", "w 2", "w 2", "w 1"]
    assert parts(combined(story), story) == {"w 1": "draft 4", "w 2": "draft 3"}


# --- who waits for a turn ------------------------------------------------------------------------------------------


def test_who_waits_for_a_turn_does_not_work() -> None:
    desk = FanOut("desk", a, b, c, reviewer=editor)
    story = story_of(start(desk, "bees", model=edits(lambda _: APPROVE), max_parallel=1).finish())
    told = said(story)
    states = {(story["members"][member]["name"], step["kind"]): (state, word) for step in story["steps"]
              for member, state, word in step["sets"] if member == step["member"] and member}  # fmt: skip
    assert states["a", "asked"] == states["b", "started"] == ("active", "works")
    assert states["b", "asked"] == states["c", "asked"] == ("planned", "waits its turn")
    assert "c answers after 1.0 s: 3 words, for 110 tokens." in told
    assert "The orchestrator looks at what came back from a: 3 words. Waiting: b and c." in told
    assert not [words for words in told if "Still at work" in words], "one at a time"
    two = said(story_of(start(desk, "bees", model=edits(lambda _: APPROVE), max_parallel=2).finish()))
    assert "The orchestrator looks at what came back from a: 3 words. Still at work: b. Waiting: c." in two


# --- how it is said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It costs 25 dollars.", "1 of 1 is not in what its maker was given: 25 dollars"),
        ("It costs 25 dollars and weighs 1,750 kg, or 40 percent more than 31 dollars.",
         "4 of 4 are not in what its maker was given: 25 dollars, 1,750 kg, 40 percent …"),
    ],
)  # fmt: skip
def test_what_was_measured_is_said_with_its_figure(text: str, told: str) -> None:
    desk = Sequential("desk", a, reviewer=editor)
    words = said(story_of(start(desk, "bees", model=scripted(a=text, editor=APPROVE)).finish()))
    assert f"Not met: figures as given ({told})" in next(each for each in words if each.startswith("editor answers"))


def test_a_run_that_was_closed_has_an_end() -> None:
    run = start(FanOut("desk", a, b), "bees", model=Fake())
    stepper, estimate = Stepper(run), start(FanOut("desk", a, b), "bees", model=Fake()).finish()
    run.step()
    run.close()
    before = list(stepper.story["steps"])
    stepper.refresh()
    assert stepper.story["steps"][: len(before)] == before
    end = story_of(run)["steps"][-1]
    assert said(stepper.story)[-1] == "The run was closed: it waited for b, and has no result. Stop reason: cancelled."
    assert (end["member"], end["kind"]) == (0, "ended")
    rows = {row[0]: row[1:] for _, title, table in end["facts"] for row in table if title == "what the run came to"}
    assert rows["tokens written"] == [f"{run.summary().tokens_out}"]
    beside = story_of(run, estimate=estimate)["steps"][-1]["facts"][0][2]
    assert beside[0] == ["what", "this run", "estimated", "difference"]
    waits = start(Sequential("desk", a, reviewer=review), "bees", model=Fake()).finish().close()
    assert said(story_of(waits))[-1].startswith("The run was closed: it waited for a person")
    assert said(story_of(waits))[-1].endswith("Stop reason: flagged.")


def test_a_function_is_no_team_and_one_call_is_no_calls() -> None:
    async def part(topic: str) -> Any:
        return await w(topic)

    async def both(_: str) -> Any:
        return await together(part("one"), FanOut("team", a, b)("two"))

    told = said(story_of(start(both, "bees", model=Fake(), budget=Budget(calls=1, tokens=900)).finish()))
    assert "It may use 1 call and 900 tokens." in told[0]
    assert "The orchestrator starts part, which goes on by itself. It is told: a text of 1 word. Nothing else." in told
    assert "part gives w a brief: the goal. Nothing else is handed over." in told
    assert [words for words in told if words.startswith("The team team has a plan")], "it has shown what it is"
    assert not [words for words in told if "team part" in words]


def test_one_who_keeps_one_of_several_puts_nothing_together() -> None:
    told = said(story_of(start(Competitive("cup", a, b, score=len), "bees", model=Fake()).finish()))
    assert "The orchestrator has 2 attempts to choose from: a and b." in told
    assert [words for words in told if words.startswith("The orchestrator asks judge to choose the best of the parts")]
    cup = Competitive("cup", a, b, good=lambda text: text.startswith("b"))
    story = story_of(start(cup, "bees", model=Fake()).finish())
    assert "The orchestrator takes the first attempt that was good enough: b." in said(story)
    assert parts(combined(story), story) == {"b": "b: bees"}


def test_a_planner_hears_what_was_left_out() -> None:
    plans = [Plan([Step("a")], done=False), Plan([Step("b", needs=["a"])])]
    answers = {"plans": [plan.model_dump_json() for plan in plans], "editor": [REJECT, REJECT, APPROVE]}
    team = Orchestrator("desk", a, b, planner=Specialist("plans", "Plan.", makes=Plan), reviewer=editor,
                        otherwise=Skip())  # fmt: skip
    told = said(story_of(start(team, "bees", model=scripted(**answers)).finish()))
    assert "The orchestrator makes a plan: who does what, and what has to wait for what. Left out: a." in told
