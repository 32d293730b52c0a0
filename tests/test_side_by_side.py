"""Runs beside each other: their calls are paired by what was asked, and the widget's numbers are the runs' own."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from core.fakes import Fake, Moody, scripted
from core.programs import Do, perform, programs
from hypothesis import given
from hypothesis import strategies as st
from runs_to_step import RUNS, bundled, hostile, orchestrator, research, rounds, writer

from orchestra_kit import start, together
from orchestra_kit.display import Compare, difference
from orchestra_kit.display.side_by_side.alignment import align, call_records
from orchestra_kit.display.side_by_side.sums import sums_of


def ways(one: Any, other: Any) -> list[str]:
    return [pair.how for pair in align(one, other)]


@given(programs, programs, st.booleans())
def test_each_call_of_both_runs_is_in_exactly_one_pair(one: Do, other: Do, alike: bool) -> None:
    before = start(perform, one, model=Moody(0.3)).finish()
    now = start(perform, one if alike else other, model=Moody(0)).finish()
    pairs = align(before, now)
    assert [pair.now for pair in pairs if pair.now] == call_records(now), "the order is that of the second run"
    paired = [pair.before for pair in pairs if pair.before]
    assert sorted(paired, key=lambda call: call.asked) == call_records(before)
    assert set(ways(now, now)) <= {"same"}


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_calls_that_come_in_another_order_find_each_other(briefs: list[str], shuffler: random.Random) -> None:
    """Equal briefs belong together, however different the moment; only what is left over may be paired otherwise."""
    shuffled = [*briefs[:-1], "something else entirely"]
    shuffler.shuffle(shuffled)

    async def ask(parts: list[str]) -> Any:
        return await together(*(research(f"Read the chapter on {part} with care") for part in parts))

    pairs = align(*(start(ask, parts, model=Moody(0)).finish() for parts in (briefs, shuffled)))
    equal = sum((Counter(briefs) & Counter(shuffled)).values())
    assert [pair.how for pair in pairs].count("same") == equal == len(briefs) - 1


async def two_steps(topic: str, more: str) -> Any:
    facts = await research(topic)
    return await writer(f"Write for ten year olds about {topic}, {more}: {facts}")


def test_what_became_of_a_call_is_named() -> None:
    answers = {"research": "Bees dance.", "writer": "Bees dance, and so on."}
    run = start(two_steps, "bees", "at length", model=scripted(**answers)).finish()
    same = start(two_steps, "bees", "at length", model=scripted(**answers)).finish()
    answer = start(two_steps, "bees", "at length", model=scripted(**answers | {"writer": "Bees fly."})).finish()
    brief = start(two_steps, "bees", "in short", model=scripted(**answers)).finish()
    other = start(two_steps, "wasps", "in short", model=scripted(**answers)).finish()
    assert ways(run, same) == ["same", "same"]
    assert ways(run, answer) == ["same", "other answer"]
    assert ways(run, brief) == ["same", "other brief"]
    assert ways(run, other) == ["only before", "only now", "other brief"], "bees and wasps have no word in common"
    assert ways(run, run.fork(1, brief="bees in winter").finish()) == ["other brief", "same"]


async def each_in_turn(*briefs: str) -> None:
    for brief in briefs:
        await research(brief)


def test_the_same_brief_goes_before_one_of_the_same_words() -> None:
    """Also where both are answered differently, and in the other order."""
    briefs = ["Compare bees with wasps", "Compare wasps with bees"]
    before = start(each_in_turn, *briefs, model=Fake(lambda call: "then")).finish()  # noqa: ARG005
    now = start(each_in_turn, *reversed(briefs), model=Fake(lambda call: "now")).finish()  # noqa: ARG005
    assert ways(before, now) == ["other answer", "other answer"]
    assert [pair.now.brief for pair in align(before, now) if pair.now] == briefs[::-1]


def test_what_only_the_first_run_has_stands_at_its_place() -> None:
    long, short = (start(each_in_turn, *briefs, model=Fake()).finish() for briefs in ("abcde", "bd"))
    assert ways(long, short) == ["only before", "same", "only before", "same", "only before"]
    assert [(pair.before or pair.now).brief for pair in align(long, short)] == list("abcde")  # type: ignore[union-attr]
    assert ways(short, long) == ["only now", "same", "only now", "same", "only now"]


def test_a_call_that_failed_goes_with_one_that_failed() -> None:
    """After two tries the second of the one run is the first of the other."""
    calls = call_records(RUNS["failing"]())
    failed = [call for call in calls if call.status != "ok"]
    assert failed
    assert all(call.draft.startswith("ModelError: ") for call in failed)
    assert set(ways(RUNS["failing"](), RUNS["failing"]())) == {"same"}


def test_the_difference_as_a_table() -> None:
    one, other = bundled("fan_out"), bundled("hierarchical")
    table = difference(one, other)
    assert list(table.columns[:3]) == ["how", "who", "brief"]
    assert [*table["how"]] == ways(one, other)
    for run, when in ((one, "before"), (other, "now")):
        summary = run.summary()
        assert table[f"tokens_{when}"].sum() == summary.tokens_in + summary.tokens_out
        assert table[f"cost_usd_{when}"].sum() == pytest.approx(summary.cost_usd)
        assert sorted(table[f"path_{when}"].dropna()) == sorted(run.calls()["path"])
    assert table.loc[table["who"] == "reader 2", "seconds_before"].notna().all()
    assert not difference(*[start(lambda_free, model=Fake()).finish()] * 2).size


async def lambda_free() -> None:
    return None


def test_thousands_of_long_briefs_are_compared_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: texts are compared a bounded number of times, and never beyond their first letters."""
    from orchestra_kit.display.side_by_side import alignment

    compared, in_common = [], alignment.in_common
    monkeypatch.setattr(alignment, "in_common", lambda *words: compared.append(words) or in_common(*words))

    async def many(tag: str) -> None:
        for number in range(1_000):
            await research(f"{tag} {number} " + "and so it goes on " * 900)

    pairs = align(*(start(many, tag, model=Fake()).finish() for tag in ("then", "now")))
    assert Counter(pair.how for pair in pairs) == {"other brief": 1_000}
    numbers = [[call.brief.split()[1] for call in (pair.before, pair.now) if call] for pair in pairs]
    assert all(old == new for old, new in numbers), "the likest have the same number"
    assert len(compared) <= 2 * alignment.MOST_COMPARISONS
    assert max(max(one.total(), other.total()) for one, other in compared) <= alignment.MOST_LETTERS / 3


def test_only_runs_can_be_aligned() -> None:
    with pytest.raises(TypeError, match=r"'bees' is not a run, so it has no calls to compare: run = start"):
        align("bees", bundled("single"))  # type: ignore[arg-type]


# --- the widget -------------------------------------------------------------------------------------------------------


@given(programs)
def test_the_sums_end_where_the_summary_does_and_never_fall(program: Do) -> None:
    run = start(perform, program, model=Moody(0.3)).finish()
    sums, summary = sums_of(run.events), run.summary()
    assert (sums[-1]["calls"], sums[-1]["tokens"]) == (summary.calls, summary.tokens_in + summary.tokens_out)
    assert sums[-1]["usd"] == summary.cost_usd, "to the last digit"
    assert sums[-1]["own"] / (sums[-1]["tokens"] or 1) == summary.orchestrator_share
    for what in ("at", "calls", "tokens", "own", "usd"):
        assert [each[what] for each in sums] == sorted(each[what] for each in sums)


def test_runs_are_called_as_they_are_named_and_no_name_comes_twice() -> None:
    three = [start(orchestrator, "bees", model=Fake()).finish() for _ in range(3)]
    assert list(Compare(three).runs) == ["orchestrator", "orchestrator (2)", "orchestrator (3)"]
    assert list(Compare({"one": three[0], 2: three[1], "": three[2]}).runs) == ["one", "2", "run 3"]
    assert [run["label"] for run in Compare(iter(three)).shown["runs"]] == list(Compare(three).runs)


@pytest.mark.parametrize(
    ("runs", "error", "said"),
    [
        ("bees", TypeError, r"Compare\('bees'\) wants a list of runs: Compare\(\[one, other\]\)"),
        (bundled, TypeError, r"wants a list of runs"),
        (["bees", "wasps"], TypeError, r"Compare\(\) was given 'bees', which is not a run: Compare\(\["),
        ([], ValueError, r"given 0 runs, and shows two to four"),
        (["single"], ValueError, r"given 1 run, and shows two to four"),
        (["single", "sequential", "fan_out", "hierarchical", "competitive"], ValueError, r"given 5 runs"),
        (["single", "single"], ValueError, r"the same run twice\. Start it again, or fork it"),
    ],
)
def test_what_cannot_be_compared_says_what_can(runs: Any, error: type[Exception], said: str) -> None:
    given = [bundled(each) if each in RUNS else each for each in runs] if isinstance(runs, list) else runs
    with pytest.raises(error, match=said):
        Compare(given)


def test_one_run_alone_is_no_list() -> None:
    with pytest.raises(
        TypeError, match=r"wants a list of runs: Compare\(\[one, other\]\), or with names Compare\(\{'one"
    ):
        Compare(bundled("single"))


def test_what_a_reader_should_know_first_is_said() -> None:
    runs = [start(orchestrator, goal, model=Fake()) for goal in ("bees", "wasps")]
    goals, going = Compare(runs).shown["hints"]
    assert goals.endswith("orchestrator: bees; orchestrator (2): wasps")
    assert going == "Not over yet, and shown as far as it is: orchestrator, orchestrator (2)."
    assert Compare([bundled("single"), bundled("fan_out")]).shown["hints"] == []


def test_a_run_that_went_on_is_shown_after_refresh() -> None:
    live = start(orchestrator, "bees", model=Fake())
    compare = Compare({"over": start(orchestrator, "bees", model=Fake()).finish(), "live": live})
    assert compare.shown["runs"][1]["story"]["stop"] is None
    assert compare.shown["pairs"][0]["counts"] == {"only before": 2, "other answer": 1}
    live.finish()
    compare.refresh()
    assert compare.shown["runs"][1]["story"]["stop"] == "done"
    assert compare.shown["pairs"][0]["counts"] == {"same": 3}


def test_the_picture_below_it_tells_the_same_and_no_text_in_it_is_markup() -> None:
    runs = {"<b>one</b>": bundled("single"), "team": bundled("fan_out"), "bad": hostile()}
    compare = Compare(runs)
    twin = compare._repr_mimebundle_()[0]["text/html"]
    assert f'<div class="ok-twin-{compare.mark}">' in twin
    assert '<th scope="row">&lt;b&gt;one&lt;/b&gt;</th>' in twin
    assert twin.count("<img ") == 1
    for run in runs.values():
        summary = run.summary()
        assert f"<td>{summary.tokens_in + summary.tokens_out:,}</td><td>{summary.cost_usd:.6f}</td>" in twin


def test_what_is_shown_is_small_plain_json() -> None:
    """Drafts are compared word by word only where there are few; the others are one call of difference() away."""
    model = Fake(lambda call: f"{call.sample} " + "a long answer, and on it goes " * 900)
    long = [start(rounds, times, model=model).finish() for times in (150, 149)]
    shown = Compare(long).shown
    assert len(json.dumps(shown, allow_nan=False)) < 2_000_000
    (pair,) = shown["pairs"]
    assert len(pair["rows"]) == 200
    assert pair["more"] == 100


def test_script_and_style_are_small_enough_to_be_read() -> None:
    both = f"{Compare._esm}{Compare._css}".encode()
    assert len(both) < 90_000
    assert both.count(b"export default") == 1
