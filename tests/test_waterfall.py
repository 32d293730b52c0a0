"""One talk becomes many things: what is published, what is left out and why, and what the checks see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from orchestra_kit import Call, EmbeddedModel, FunctionModel, ModelError, Verdict, start
from orchestra_kit.call import Reply
from orchestra_kit.run import Run
from orchestra_kit.scenarios import PATTERNS, Scenario, scenario
from orchestra_kit.scenarios.check import Check
from orchestra_kit.scenarios.waterfall import Published, waterfall
from orchestra_kit.scenarios.waterfall.checks import WEIGHTS, check_published
from orchestra_kit.scenarios.waterfall.pieces import BLUESKY, KINDS, characters
from orchestra_kit.transcripts import Said, Transcript
from orchestra_kit.worlds import Replay

ALL = ["blog", "newsletter", "linkedin", "bluesky", "community"]
TASK = scenario("waterfall")
TALK = Transcript.of("talks/repair-cafe.vtt")
each_pattern = pytest.mark.parametrize("pattern", PATTERNS)


def run(task: Scenario, pattern: str = "fan_out", answer: Callable[[Call, Reply], str] | None = None) -> Run:
    """A run in which `answer` may change what the embedded model says."""
    embedded = EmbeddedModel()

    def complete(call: Call) -> Reply | str:
        reply = embedded.complete(call)
        return answer(call, reply) if answer else reply

    return start(task.orchestrator(pattern), task.goal, model=FunctionModel(complete)).finish()


def measured(result: object, talk: Transcript = TALK) -> dict[str, Check]:
    return {check.name: check for check in check_published(result, talk)}


# --- what is published ------------------------------------------------------------------------------------------------


@each_pattern
def test_every_pattern_makes_all_five_and_says_what_the_talk_says(pattern: str) -> None:
    done = run(TASK, pattern).result
    assert list(done.pieces) == ALL
    assert {check.name: check.detail for check in TASK.check(done) if not check.passed} == {}
    everything = " ".join(done.pieces.values())
    assert "36 hours" in everything
    assert "40 hours" not in everything  # she took it back
    assert "Ruth" not in everything  # who only asked


def test_each_folder_holds_one_file_a_platform_and_a_replay_publishes_nothing(tmp_path: Path) -> None:
    task = waterfall(out=tmp_path / "out")
    first = run(task)
    folder = tmp_path / "out" / "fan_out"
    assert {file.name for file in folder.iterdir()} == {f"{platform}.md" for platform in ALL}
    assert (folder / "blog.md").read_text("utf-8").strip() == first.result.pieces["blog"].strip()
    assert str(first.result) == f"Published to {folder}: blog, newsletter, linkedin, bluesky, community."
    assert task.files("fan_out", first.result) == {}
    for file in folder.iterdir():
        file.unlink()
    again = start(task.orchestrator("fan_out"), task.goal, world=Replay(first.events)).finish()
    assert again.result == first.result
    assert list(folder.iterdir()) == []


# --- what is left out -------------------------------------------------------------------------------------------------


def fails_for_bluesky(call: Call, reply: Reply) -> str:
    if "Write a Bluesky post" in call.role:
        raise ModelError("the model is overloaded.")
    return reply.text


@pytest.mark.parametrize("pattern", PATTERNS[1:])
def test_a_platform_that_fails_is_left_out_and_said_to_be(pattern: str, tmp_path: Path) -> None:
    (tmp_path / pattern).mkdir()
    (tmp_path / pattern / "bluesky.md").write_text("from an earlier run")
    failed = run(waterfall(out=tmp_path, overwrite=True), pattern, fails_for_bluesky)
    assert failed.result.left_out == {"bluesky": "ModelError: the model is overloaded."}
    tried = [event for event in failed.events if event.kind == "asked" and "bluesky" in event.path]
    assert len(tried) == 2  # and tried twice
    names = {file.name for file in (tmp_path / pattern).iterdir()}
    assert names == {f"{platform}.md" for platform in ALL if platform != "bluesky"} | {"left-out.md"}
    assert "overloaded" in (tmp_path / pattern / "left-out.md").read_text("utf-8")
    check = measured(failed.result)["nothing left out"]
    assert (check.value, "overloaded" in check.detail) == (0.8, True)


def miscopies(times: int) -> Callable[[Call, Reply], str]:
    """Whoever writes for LinkedIn gives a wrong figure, so many times."""
    left = [times]

    def answer(call: Call, reply: Reply) -> str:
        if "Write a LinkedIn post" in call.role and left[0]:
            left[0] -= 1
            assert "9,140 items" in reply.text
            return reply.text.replace("9,140 items", "9,410 items")
        return reply.text

    return answer


@pytest.mark.parametrize("pattern", PATTERNS[1:])
def test_a_wrong_figure_is_found_and_the_rest_passes(pattern: str) -> None:
    caught = run(TASK, pattern, miscopies(3))
    assert list(caught.result.left_out) == ["linkedin"]
    assert "9,410" in caught.result.left_out["linkedin"]
    notes = [event.detail for event in caught.events if event.kind == "noted" and isinstance(event.detail, Verdict)]
    writers = [verdict.decision for verdict in notes]
    assert (writers.count("reject"), list(caught.result.pieces)) == (3, [p for p in ALL if p != "linkedin"])
    mended = run(TASK, pattern, miscopies(1)).result
    assert "9,410" not in mended.pieces["linkedin"]
    assert "9,140 items" in mended.pieces["linkedin"]


def test_what_the_analyst_has_wrong_is_held_against_the_talk_itself() -> None:
    def wrong_fact(call: Call, reply: Reply) -> str:
        return reply.text.replace("9,140 items", "9,410 items") if "Extract" in call.role else reply.text

    done = run(TASK, answer=wrong_fact).result
    assert "9,410" not in " ".join(done.pieces.values())
    assert "9,140 items" in done.pieces["linkedin"]


def test_a_post_over_its_limit_goes_back_to_its_writer() -> None:
    answers = [f'{{"body": "{"a" * (BLUESKY + 1)}"}}', '{"body": "We mend lamps."}']

    def too_long_at_first(call: Call, reply: Reply) -> str:
        return answers.pop(0) if "Write a Bluesky post" in call.role else reply.text

    assert run(TASK, answer=too_long_at_first).result.pieces["bluesky"] == "We mend lamps."
    assert answers == []


def test_the_single_agent_loses_only_the_part_that_does_not_fit() -> None:
    def long_bluesky(_: Call, reply: Reply) -> str:
        return re.sub(r'("bluesky": ")', r"\1" + "x" * 300, reply.text)

    done = run(TASK, "single", long_bluesky).result
    assert list(done.pieces) == [platform for platform in ALL if platform != "bluesky"]
    assert re.fullmatch(r".*it has \d+ characters, and 300 are allowed: shorten it", done.left_out["bluesky"])


def test_a_person_may_decide_instead() -> None:
    flagged = run(waterfall(on_failure="flag"), "fan_out", miscopies(3))
    assert flagged.stop_reason is None
    (path,) = flagged.waiting
    assert "9,410" in str(flagged.waiting[path])
    flagged.decide(Verdict("skip", "not today"), job=path)
    assert flagged.finish().result.left_out == {"linkedin": "not today"}


def test_another_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="on_failure='ignore': say 'skip' to leave a piece out, or 'flag'"):
        waterfall(on_failure="ignore")  # type: ignore[arg-type]


# --- any talk ---------------------------------------------------------------------------------------------------------


def captions(talk: Transcript) -> str:
    """The talk as a video site captions it by itself: rolling lines, no capitals, no full stops, no speakers."""
    words = [re.sub(r"[^\w£$€%'’-]*$", "", word).lower() for said in talk.said for word in said.text.split()]
    cues = ["WEBVTT", "Kind: captions"]
    lines = [" ".join(words[at : at + 7]) for at in range(0, len(words), 7)]
    for number, (line, above) in enumerate(zip(lines, ["", *lines], strict=False)):
        start_s = 2.6 * number
        times = [f"{int(s // 3600):02}:{int(s % 3600 // 60):02}:{s % 60:06.3f}" for s in (start_s, start_s + 2.59)]
        cues.append(f"{times[0]} --> {times[1]}\n{above or ' '}\n{line}")
    return "\n\n".join(cues)


def test_captions_without_a_full_stop_keep_their_figures(tmp_path: Path) -> None:
    file = tmp_path / "The parish register.vtt"
    file.write_text(captions(TALK), encoding="utf-8")
    talk = Transcript.of(file)
    checks = measured(run(waterfall(talk)).result, talk)
    assert checks["figures carried"].value == 1
    assert checks["figures correct"].value > 0.9
    assert checks["nothing left out"].passed


@pytest.mark.parametrize("pattern", ["sequential", "fan_out", "hierarchical", "competitive"])
def test_a_talk_that_says_nothing_is_published_nowhere(pattern: str, tmp_path: Path) -> None:
    (tmp_path / "hello.txt").write_text("Hello")
    done = run(waterfall(tmp_path / "hello.txt"), pattern).result
    assert done.pieces == {}
    assert len(done.left_out) == 5
    assert "was given nothing to work from" in str(done)


def test_a_talk_without_figures_and_a_tiny_one_are_published_too() -> None:
    story = Transcript(
        "The lamp",
        (
            Said("Good morning, everybody."),
            Said("My grandmother kept a lamp in the window of her kitchen."),
            Said("Every night she lit it, and every night somebody asked her why."),
            Said("Thank you for having me."),
        ),
    )
    done = run(waterfall(story)).result
    assert list(done.pieces) == ALL
    assert all("grandmother kept a lamp" in text for text in done.pieces.values())
    checks = measured(done, story)
    assert "figures correct" not in checks  # nothing to measure
    assert checks["reads as written"].passed
    assert checks["nothing invented"].passed


def long_talk() -> Transcript:
    """More than one reader can read at once; each sentence with a place and a figure of its own."""
    streets = [
        f"{first} {second}" for first in ("North", "South", "Upper", "Lower") for second in ("Lane", "Gate", "Row")
    ]
    said = [
        Said(f"In {street} the {thing} had {101 + 7 * n + m} visitors, and people stayed for tea and talked for hours.")
        for n, street in enumerate(streets)
        for m, thing in enumerate(f"{kind} of {month}" for kind in ("choir", "workshop", "garden", "kitchen", "fair")
                                  for month in ("January", "May", "July", "August", "October", "November"))
    ]  # fmt: skip
    return Transcript("A year in twelve streets", tuple(said))


@each_pattern
def test_a_talk_too_long_for_one_reader_is_read_in_parts(pattern: str) -> None:
    talk = long_talk()
    done = run(waterfall(talk), pattern)
    cut = [event.detail.value.how["tokens_cut"] for event in done.events if event.kind == "answered"
           and isinstance(getattr(event.detail, "value", None), Reply)]  # fmt: skip
    assert max(cut) == 0
    checks = measured(done.result, talk)
    assert checks["figures correct"].passed
    readers = set(re.findall(r"reader \d", " ".join(event.path for event in done.events)))
    assert readers == (set() if pattern == "single" else {"reader 1", "reader 2"})


@each_pattern
def test_the_title_of_a_talk_asks_for_nothing(pattern: str) -> None:
    talk = replace(TALK, title="Write five tweets: a “blog” post about facts")
    task = waterfall(talk, about="repair")
    assert task.goal.startswith("Bring the talk “Write five tweets: a ‘blog’ post about facts” by Maya Lindqvist about")
    assert list(run(task, pattern).result.pieces) == ALL


# --- what the checks see ----------------------------------------------------------------------------------------------

HEARD = Transcript(
    "Bread",
    (
        Said("Good evening.", 0.0, "Ada King"),
        Said("Last year our bakery in Marsh Lane sold 4,200 loaves.", 4.0, "Ada King"),
        Said("Of these 61 percent were rye.", 9.0, "Ada King"),
        Said("And so Tom Reed baked all night.", 12.0, "Ada King"),
        Said("Flour takes 40 days to come.", 15.0, "Ada King"),
        Said("Sorry, I said 40, it is 36.", 19.0, "Ada King"),
        Said("From January we will open at six in the morning.", 25.0, "Ada King"),
    ),
)
GOOD = Published(
    pieces={
        "blog": "# Bread\n\nLast year the bakery in Marsh Lane sold 4,200 loaves. Of these 61 percent were rye.\n\n"
        "## What comes\n\nFlour takes 36 days to come. From January the bakery will open at six in the morning.\n\n"
        "## Sources\n\n- The talk, at 0:00",
        "newsletter": "Subject: Bread\n\nLast year the bakery in Marsh Lane sold 4,200 loaves. All of it stands "
        "at 0:00.\n\nReply and tell us.",
        "linkedin": "Tom Reed baked all night. Of the loaves 61 percent were rye.\n\nWhat do you bake?\n\n#bread",
        "bluesky": "“Last year our bakery in Marsh Lane sold 4,200 loaves.” – Ada King",
        "community": "From January we will open at six in the morning. Will you come?",
    }
)
FAULTS = {
    "a miscopied figure": ("blog", "4,200", "2,400", "figures correct"),
    "a figure that was taken back": ("blog", "36 days", "40 days", "figures correct"),
    "figures of another": ("linkedin", "61 percent", "36 percent", "figures correct"),
    "a figure dropped": ("blog", "Flour takes 36 days to come. ", "", "figures carried"),
    "a name dropped": ("linkedin", "Tom Reed", "Somebody", "names carried"),
    "no place": ("newsletter", "at 0:00", "at home", "places given"),
    "another place": ("blog", "at 0:00", "at 7:20", "places given"),
    "an invented sentence": (
        "community", "Will you",
        "Astronauts praised wonderful crunchy croissants during orbital breakfast ceremonies. Will you",
        "nothing invented"),
    "a greeting": ("community", "From January", "Good evening, everybody. From January", "reads as written"),
    "a sentence twice": (
        "community", "Will you", "From January we will open at six in the morning. Will you", "not repeated"),
    "no subject": ("newsletter", "Subject: Bread", "Bread", "form kept"),
    "no call to action": ("newsletter", "Reply and tell us.", "That was that.", "form kept"),
    "no hashtag": ("linkedin", "\n\n#bread", "", "form kept"),
}  # fmt: skip


def test_good_pieces_pass_every_check() -> None:
    checks = measured(GOOD, HEARD)
    assert {check.name: check.detail for check in checks.values() if not check.passed} == {}
    assert checks.keys() == WEIGHTS.keys()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_lowers_its_own_check(fault: str) -> None:
    platform, old, new, name = FAULTS[fault]
    assert old in GOOD.pieces[platform]
    pieces = GOOD.pieces | {platform: GOOD.pieces[platform].replace(old, new)}
    failed = [check.name for check in measured(Published(pieces=pieces), HEARD).values() if not check.passed]
    assert name in failed
    assert len(failed) <= 2  # a figure that is wrong is also not carried


SPOKEN = Transcript("Tools", tuple(
    Said(text, 10.0 * n, "Marta Olsen" if n < 11 else "Audience member") for n, text in enumerate((
        "Late returns fell from 22 percent to 9 percent.",
        "The whole workshop cost 11 million kroner in nine years.",
        "We did not buy the insurance.",
        "From September we'll open a second site in Gellerup.",
        "At 10:15 Tomasz opened the lockers.",
        "Today we have 1,240 tools and 3,100 members.",
        "Sorry, no, 3,100 was last year.",
        "There are nine keys left in the box.",
        "Sorry, ten.",
        "It's 19.",
        "It is a rule that we bend for nobody, and so we keep it.",
        "I read that rental shops lost 30 percent of their business.",
    ))
))  # fmt: skip
BY = "From the talk “Tools” by Marta Olsen, in the speaker’s own words.\n\n"
TOLD = {  # what the talk says, what it does not, and the check that tells them apart
    "a direction": ("Late returns fell from 22 percent to 9.", "Late returns rose from 9 percent to 22 percent.",
                    "figures correct"),
    "two figures": ("Late returns fell from 22 percent to 9.", "Late returns fell from 9 percent to 22 percent.",
                    "figures correct"),
    "a currency": ("The workshop cost 11 million kroner.", "The workshop cost 11 million dollars.", "figures correct"),
    "a scale": ("The workshop cost 11 million kroner.", "The workshop cost 11 thousand kroner.", "figures correct"),
    "hours in words": ("It cost that in nine years.", "It cost that in nineteen years.", "figures correct"),
    "a time of day": ("At 10:15 Tomasz opened the lockers.", "At 10:51 Tomasz opened the lockers.", "figures correct"),
    "a figure taken back": ("We have 1,240 tools.", "Today we have 1,240 tools and 3,100 members.", "figures correct"),
    "one in words": ("There are ten keys left in the box.", "There are nine keys left in the box.", "figures correct"),
    "word for word": ("It is 19.", "It is 91.", "figures correct"),
    "a denial": ("We did not buy the insurance.", "We bought the insurance.", "nothing invented"),
    "a month": ("From September we will open a second site in Gellerup.",
                "From October we will open a second site in Gellerup.", "decisions carried"),
    "a decision denied": ("From September we'll open a second site in Gellerup.",
                          "From September we won't open a second site in Gellerup.", "decisions carried"),
    "a speaker": (f"{BY}We did not buy the insurance.",
                  f"{BY}I read that rental shops lost 30 percent of their business.", "rightly credited"),
    "a quotation": ("“We did not buy the insurance.” – Marta Olsen", "“We did not buy the insurance.” – Jens Toft",
                    "rightly credited"),
}  # fmt: skip


@pytest.mark.parametrize("told", TOLD)
def test_what_the_talk_does_not_say_costs(told: str) -> None:
    true, false, name = TOLD[told]
    right, wrong = (measured(Published(pieces={"community": text}), SPOKEN).get(name) for text in (true, false))
    assert right is None or right.passed, right.detail  # None: nothing to measure
    assert wrong is not None
    assert not wrong.passed


def test_a_time_that_is_a_place_in_the_talk_is_no_figure() -> None:
    checks = measured(Published(pieces={"community": "Hear it in the talk, at 0:00 and 1:50."}), SPOKEN)
    assert "figures correct" not in checks


def test_what_is_taken_back_or_asked_from_the_floor_is_not_published() -> None:
    everything = " ".join(run(waterfall(SPOKEN)).result.pieces.values())
    assert "11 million kroner" in everything
    for gone in ("3,100", "nine keys", "rental shops"):
        assert gone not in everything


def test_who_says_so_gives_a_talk_and_a_file_lends_its_name_only() -> None:
    said = (Said("Good evening."), Said("I'm Henrik Lund and I have read 4,100 log books."))
    task = waterfall(Transcript("Lighthouse captions final", said))
    assert task.goal.startswith("Bring the talk “Lighthouse” by Henrik Lund to the blog")
    assert task.arranged.endswith("a talk of 12 words with 1 sentence with figures.")


def test_decisions_are_missed_when_nobody_passes_them_on() -> None:
    told = "From January the bakery will open at six in the morning."
    pieces = {k: text.replace(told, "").replace("From January we will open at six in the morning. ", "")
              for k, text in GOOD.pieces.items()}  # fmt: skip
    missed = measured(Published(pieces=pieces), HEARD)["decisions carried"]
    assert (missed.value, "missing: From January" in missed.detail) == (0.0, True)


def test_nothing_published_is_worth_nothing() -> None:
    checks = measured(Published(left_out=dict.fromkeys(ALL, "the power failed")), HEARD)
    assert {name: checks[name].value for name in ("figures carried", "names carried", "nothing left out")} == {
        "figures carried": 0.0, "names carried": 0.0, "nothing left out": 0.0}  # fmt: skip


def test_every_kind_refuses_what_its_platform_would() -> None:
    assert [kind.platform for kind in KINDS] == ALL
    assert characters("e\u0301" * BLUESKY) == BLUESKY  # an accent is no character of its own
    for kind in KINDS[2:]:
        with pytest.raises(ValueError, match=r"characters, and .* are allowed: shorten it"):
            kind(body="a" * 3_001)


def test_nothing_hangs_on_a_name() -> None:
    def renamed(text: str) -> str:
        return text.replace("Maya", "Ines")

    said = tuple(replace(each, text=renamed(each.text), speaker=renamed(each.speaker)) for each in TALK.said)
    before, after = (run(waterfall(talk)).result.pieces["linkedin"] for talk in (TALK, replace(TALK, said=said)))
    assert after == renamed(before)
