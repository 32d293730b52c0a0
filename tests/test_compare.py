"""Comparisons: one row a run and nothing dropped, the same numbers on any executor, and advice that keeps its word."""

from __future__ import annotations

import contextlib
import io
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit import (
    Call,
    Comparison,
    EmbeddedModel,
    Flag,
    FunctionModel,
    ModelError,
    Reply,
    Sequential,
    SingleAgent,
    Specialist,
    Usage,
    Verdict,
    compare,
    scenario,
    start,
)
from orchestra_kit.cli import main
from orchestra_kit.comparing import RunBroke
from orchestra_kit.errors import OrchestraError
from orchestra_kit.intervals import interval
from orchestra_kit.scenarios import Scenario, generator
from orchestra_kit.scenarios.check import Check, quality

WRITER, EDITOR = Specialist("writer", "Write."), Specialist("editor", "Edit.")
PATTERNS = {"single": SingleAgent(WRITER), "sequential": Sequential("sequential", WRITER, EDITOR)}
SHOUT = FunctionModel(lambda call: call.prompt.upper())


def toy(seed: int = 0, **changes: Any) -> Scenario:
    """A task small enough to see through: say the goal, loudly."""
    team = {"writer": WRITER, "editor": EDITOR}
    made = Scenario(
        "toy", f"goal {seed}", team, PATTERNS,
        lambda text: (Check("loud", float(text.isupper()), True, "", weight=3), Check("short", 0.5, False, "")),
    )  # fmt: skip
    return replace(made, **changes)


def same(one: Comparison, other: Comparison) -> bool:
    """Byte for byte."""
    return all(
        getattr(one, name).to_csv() == getattr(other, name).to_csv() for name in ("frame", "roles", "undelivered")
    )


def test_a_row_is_what_that_run_measured() -> None:
    task, model = scenario("content_pipeline"), EmbeddedModel()
    table = compare(task, ["sequential", "single"], runs=2, seed=7, progress=False)
    frame = table.frame
    assert list(zip(frame.pattern, frame.seed, strict=True)) == [
        ("single", 7), ("single", 8), ("sequential", 7), ("sequential", 8),
    ]  # fmt: skip
    run = start(task.orchestrator("sequential"), task.goal, model=model, seed=8).finish()
    checks, summary = task.check(run.result), run.summary()
    row = frame.iloc[-1]
    assert [*frame.columns] == [
        "task", "pattern", "seed", *(check.name for check in checks), "quality", "calls", "tokens_in", "tokens_out",
        "orchestrator_share", "cost_usd", "latency_s", "stop_reason", "simulated", "estimated", "model",
    ]  # fmt: skip
    assert [row[check.name] for check in checks] == [check.value for check in checks]
    assert row["quality"] == quality(checks)
    for name in ("calls", "tokens_in", "orchestrator_share", "cost_usd", "latency_s", "stop_reason", "simulated"):
        assert row[name] == getattr(summary, name)
    roles = table.roles[(table.roles.pattern == "sequential") & (table.roles.seed == 8)]
    assert roles.calls.sum() == summary.calls
    assert math.isclose(roles.cost_usd.sum(), summary.cost_usd)
    assert set(roles[roles.managing].who) == {"reviewer"}
    assert not roles[~roles.managing].who.isin(["reviewer"]).any()


def test_every_pattern_meets_the_same_fresh_texts() -> None:
    heard: dict[str, list[str]] = {"writer": []}
    model = FunctionModel(lambda call: heard.setdefault(call.who, []).append(call.prompt) or "X")
    compare(toy, runs=3, seed=4, model=model, progress=False)
    assert sorted(heard["writer"]) == [f"goal {seed}" for seed in (4, 4, 5, 5, 6, 6)]


def test_intervals_speak_of_every_measure() -> None:
    table = compare(scenario("content_pipeline"), "single", runs=3, progress=False)
    found = table.intervals().set_index("measure")
    assert tuple(found.loc["latency_s", ["mean", "low", "high", "runs"]]) == interval(table.frame.latency_s, 0)
    assert found.loc["quality", "high"] <= 1
    assert {"facts correct", "orchestrator_share", "tokens_out"} <= set(found.index)


@pytest.fixture(scope="module")
def processes() -> Any:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize(
    "task",
    [
        scenario("short_talk", seed=5),
        generator("short_talk"),
    ],
    ids=["scenario", "generator"],
)
def test_the_same_numbers_on_any_executor(task: Any, processes: Executor) -> None:
    options: Any = {"runs": 5, "model": EmbeddedModel(slips=3), "progress": False}
    here = compare(task, **options)
    assert here.frame.quality.min() < 1, "without a slip this would not tell whether the model has travelled"
    with ThreadPoolExecutor(4) as threads:
        assert same(compare(task, executor=threads, **options), here)
    assert same(compare(task, executor=processes, **options), here)


def test_a_scenario_travels_as_what_it_was_made_from_and_a_changed_one_does_not() -> None:
    task = scenario("content_pipeline", facts=3)
    remake, parts = task.__reduce__()  # what a process pool sends
    assert remake(*parts).made_by == ("content_pipeline", {"facts": 3})
    assert remake(*parts).check("x") == task.check("x")
    changed = replace(task, goal="Another.")
    remake, parts = changed.__reduce__()
    assert remake(*parts) == changed  # part by part, so that no change is lost; closures among them cannot be sent


def test_what_cannot_travel_is_said_and_hangs_nobody(processes: Executor) -> None:
    with pytest.raises(OrchestraError, match=r"could not be sent .* use a ThreadPoolExecutor"):
        compare(toy(), runs=2, model=EmbeddedModel(), executor=processes, progress=False)
    with pytest.raises(OrchestraError, match="Leave executor out"):
        compare(scenario("content_pipeline"), runs=2, model=SHOUT, executor=processes, progress=False)
    assert len(compare(generator("short_talk"), "single", runs=1, executor=processes, progress=False).frame) == 1


def test_runs_that_deliver_nothing_are_counted_and_explained() -> None:
    def moody(call: Call) -> Any:
        if call.seed == 1:
            raise ModelError("too busy", usage=Usage(9, 0, cost_usd=0.5))
        return "LOUD"

    reviewer = Specialist("reviewer", "Review.", makes=Verdict)
    strict = Sequential("strict", WRITER, reviewer=reviewer, otherwise=Flag("a person must look"))
    model = FunctionModel(lambda call: Verdict("reject", "no") if call.makes else moody(call))
    table = compare(toy(orchestrators={**PATTERNS, "strict": strict}), runs=3, model=model, progress=False)
    frame = table.frame.set_index(["pattern", "seed"])
    assert len(frame) == 9
    assert list(frame.loc["single", "stop_reason"]) == ["done", "failed", "done"]
    assert list(frame.loc["single", "quality"]) == [0.875, 0.0, 0.875]
    assert list(frame.loc["single", "loud"]) == [1.0, 0.0, 1.0]
    assert frame.loc[("single", 1), "tokens_in"] == 9
    assert frame.loc[("single", 1), "cost_usd"] == 0.5
    assert frame.loc[("strict", 0), "stop_reason"] == "flagged"
    assert frame.loc[("strict", 0), "tokens_out"] > 0
    why = table.undelivered.set_index(["pattern", "seed"]).why
    assert why["single", 1] == "too busy"
    assert "a person must look" in why["strict", 0]
    assert "single 1 of 3 (failed)" in " ".join(repr(table).split())


def breaks(text: str) -> tuple[Check, ...]:
    return (Check(text, 1 / 0, True, ""),)


async def forgetful(goal: str) -> Any:
    return WRITER(goal)  # the await is missing: a slip


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (toy(check=breaks), "toy, pattern 'single', seed 3: ZeroDivisionError"),
        (toy(check=lambda _: ()), "pattern 'single', seed 3: ValueError: the check returned nothing"),
        (toy(check=lambda _: (Check("calls", 1, True, ""),)), "two columns would be called 'calls'"),
        (toy(orchestrators={"mine": forgetful}), "pattern 'mine', seed 3: ForgottenAwait"),
        (lambda seed: seed, "seed 3: TypeError: it returned 3"),
    ],
    ids=["check", "no checks", "column", "slip", "generator"],
)
@pytest.mark.parametrize("threads", [False, True])
def test_a_program_that_breaks_stops_the_comparison_and_says_where(task: Any, said: str, threads: bool) -> None:
    with ThreadPoolExecutor(2) as executor, pytest.raises(RunBroke, match="compare again") as broken:
        compare(task, runs=2, seed=3, model=SHOUT, executor=executor if threads else None, progress=False)
    assert said in str(broken.value)
    assert broken.value.__cause__ is not None


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"task": "content_pipeline"}, TypeError, "compare('content_pipeline') is given no task"),
        ({"patterns": ["single", "heap"]}, KeyError, "it has: single, sequential"),
        ({"patterns": []}, ValueError, "there are: single, sequential"),
        ({"runs": 0}, ValueError, "runs=0, seed=0: give whole numbers, and 1 run or more"),
        ({"runs": "3"}, ValueError, "runs='3', seed=0"),
        ({"patterns": None}, TypeError, "patterns=None: give 'all'"),
        ({"executor": 4}, TypeError, "executor=4 has no submit()"),
        ({"model": "ollama:x"}, TypeError, "model='ollama:x' lacks complete(call)"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(arguments: dict[str, Any], error: Any, said: str) -> None:
    with pytest.raises(error) as refused:
        compare(**{"task": toy(), "model": SHOUT, "progress": False} | arguments)
    assert said in str(refused.value)


class InterruptedExecutor(Executor):
    """Its first work is interrupted; the rest has not begun."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.futures.append(Future())
        if len(self.futures) == 1:
            self.futures[0].set_exception(KeyboardInterrupt())
        return self.futures[-1]


def test_an_interrupt_cancels_what_has_not_begun(capsys: pytest.CaptureFixture[str]) -> None:
    executor = InterruptedExecutor()
    with pytest.raises(KeyboardInterrupt):
        compare(toy(), runs=4, model=SHOUT, executor=executor)
    assert len(executor.futures) == 8
    assert all(future.cancelled() for future in executor.futures[1:])
    assert capsys.readouterr().out == ""


def test_the_bar_goes_to_stderr_and_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    compare(toy(), runs=1, model=SHOUT)
    out, err = capsys.readouterr()
    assert not out
    assert "2/2" in err or "0/2" in err
    compare(toy(), runs=1, model=SHOUT, progress=False)
    assert capsys.readouterr() == ("", "")


class LiveModel:
    """A model that takes real time, if little."""

    simulated = False

    async def complete(self, call: Call) -> Reply:
        return Reply(call.prompt.upper(), Usage(3, 1, estimated=True))


def test_live_models_run_on_threads() -> None:
    with ThreadPoolExecutor(6) as executor:
        table = compare(toy(), runs=6, model=LiveModel(), executor=executor, progress=False)
    assert len(table.frame) == 12
    assert not table.simulated
    assert table.frame.estimated.all()
    assert set(table.frame.quality) == {0.875}
    assert "simulated" not in repr(table)
    assert "~" in repr(table)


def test_names_from_anywhere_are_only_text_on_a_page() -> None:
    evil = "<img src=x onerror=alert(1)>"
    table = compare(
        toy(name=evil, orchestrators={evil: PATTERNS["single"]}, arranged=evil), runs=2, model=SHOUT, progress=False
    )
    page = table._repr_html_()
    assert "<img" not in page
    assert page.count("&lt;img") == 3
    assert "simulated" in page


# --- recommend: it never promises what the numbers do not hold -------------------------------------------------------

share = st.floats(0, 1) | st.sampled_from([0.0, 0.5, 0.9, 1.0])
amount = st.floats(0, 100) | st.sampled_from([0.0, 1.0])


@st.composite
def frames(draw: Callable[..., Any]) -> pd.DataFrame:
    """Runs of one to five patterns, with any numbers at all."""
    runs = draw(st.integers(1, 6))
    return pd.DataFrame(
        [
            (f"p{number}", draw(share), draw(amount), draw(amount), True)
            for number in range(draw(st.integers(1, 5)))
            for _ in range(runs)
        ],
        columns=["pattern", "quality", "cost_usd", "latency_s", "simulated"],
    )


def misses(runs: pd.DataFrame, need: dict[str, float], *, on_average: bool = False) -> list[float]:
    """By how much a pattern misses each part of the need, reckoned without the code that is tested."""
    found = []
    for name, measure in (("quality", "quality"), ("max_cost", "cost_usd"), ("max_latency", "latency_s")):
        if name in need:
            limit, highest = need[name], 1.0 if name == "quality" else math.inf
            mean, low, high, _ = interval(runs[measure], 0, highest)
            value = mean if on_average else low if name == "quality" else high
            gap = limit - value if name == "quality" else value - limit
            found.append((gap / limit if limit else math.inf) if gap > 1e-9 * limit else 0.0)
    return [miss for miss in found if miss]


@given(frames(), st.fixed_dictionaries({}, optional={"quality": share, "max_cost": amount, "max_latency": amount}))
def test_a_recommendation_is_the_simplest_that_surely_meets_the_need(
    frame: pd.DataFrame, need: dict[str, float]
) -> None:
    table = Comparison(frame, frame, frame)
    if not need:
        with pytest.raises(ValueError, match="what is needed"):
            table.recommend()
        return
    advice = table.recommend(**need)
    missed = {pattern: misses(runs, need) for pattern, runs in frame.groupby("pattern", sort=False)}
    meeting = [pattern for pattern, misses_ in missed.items() if not misses_]
    assert advice.pattern == (meeting[0] if meeting else None)
    if meeting:
        assert advice.closest == advice.pattern
    else:
        nearest = min((len(each), max(each)) for each in missed.values())
        assert (len(missed[advice.closest]), max(missed[advice.closest])) == nearest
    runs_of = dict(list(frame.groupby("pattern", sort=False)))
    simpler = [p for p in table.patterns if missed[p] and (not meeting or p < meeting[0])]
    lucky = [p for p in simpler if not misses(runs_of[p], need, on_average=True)]
    assert ("run more to know" in advice.why) == bool(lucky)
    assert str(advice) == advice.why


def test_a_recommendation_says_why_with_its_numbers() -> None:
    frame = pd.DataFrame(
        {
            "pattern": ["single"] * 3 + ["fan_out"] * 3,
            "quality": [0.5, 0.5, 0.5, 0.95, 0.95, 0.95],
            "cost_usd": [0.001] * 3 + [0.002, 0.0021, 0.0022],
            "latency_s": [3.0] * 6,
            "simulated": True,
        }
    )
    table = Comparison(frame, frame, frame)
    advice = str(table.recommend(quality=0.9, max_cost=0.003))
    assert "fan_out is the simplest" in advice
    assert "quality 0.950 (95 % interval 0.950 to 0.950), at least 0.9 asked" in advice
    assert "cost $0.00210" in advice
    assert "simulated" in advice
    assert "single (quality 0.500)" in advice
    none = table.recommend(quality=0.9, max_cost=0.0021)
    assert none.pattern is None
    assert none.closest == "fan_out"
    assert "On average fan_out would do" in none.why
    for wrong in ({"quality": 90}, {"max_cost": math.nan}, {"max_latency": -1}, {"max_cost": math.inf}):
        with pytest.raises(ValueError, match="cannot be met or missed"):
            table.recommend(**wrong)


# --- the command -----------------------------------------------------------------------------------------------------


def orchestra_kit(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Type a command; its exit code."""
    monkeypatch.setattr(sys, "argv", ["orchestra-kit", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_the_command_shows_recommends_and_writes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["short_talk", "--runs", 3, "--jobs", 2, "--quality", 0.4, "--out", tmp_path / "out"]
    assert orchestra_kit(monkeypatch, "compare", *words) == 0
    out = capsys.readouterr().out
    assert "Arranged" in out
    assert "single is the simplest pattern that meets the need" in out
    shown = out.partition("runs a pattern")[2].partition("Recommended")[0]
    assert "…" not in shown, "the table does not fit a terminal of 80 columns"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "runs.csv", "intervals.csv", "quality-cost-latency.png", "quality-by-cost.png", "quality-by-latency.png",
        "tokens-by-role.png",
    }  # fmt: skip
    written = pd.read_csv(tmp_path / "out" / "runs.csv")
    assert written.equals(compare(generator("short_talk"), runs=3, progress=False).frame.astype(written.dtypes))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "There is no task 'nothing'. There is: content_pipeline"),
        (["--patterns", "single,heap"], "it has: single, sequential, fan_out, hierarchical, competitive"),
        (["--quality", "90"], "quality=90.0 cannot be met or missed"),
        (["--slips", "1", "--model", "ollama:x"], "leave one of them out"),
        (["--out", __file__], "is a file"),
    ],
)
def test_what_the_command_cannot_mean_is_one_sentence_before_the_first_run(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert orchestra_kit(monkeypatch, "compare", *words) == 1
    out, err = capsys.readouterr()
    assert said in err
    assert err.strip().count("\n") == 0
    assert not out


@pytest.mark.parametrize(
    "check", [Check("x", math.nan, False, ""), Check("x", 2, True, ""), Check("x", 1, True, "", 0)]
)
def test_a_check_that_measures_nothing_is_no_measure(check: Check) -> None:
    task = replace(toy(), check=lambda _: (check,))
    with pytest.raises(OrchestraError, match="is measured from 0 to 1, with a weight above 0; mend that check"):
        compare(task, runs=1, model=SHOUT, progress=False)


@pytest.mark.skipif(os.name == "nt", reason="signals to a group of processes")
def test_ctrl_c_ends_everything_at_once_however_often_it_is_pressed() -> None:
    # Whoever a shell starts in the background is deaf to Ctrl-C, and so are its children: this one shall hear it.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{hears}; import sys; from orchestra_kit.cli import main; sys.argv[0] = 'orchestra-kit'; main()"
    words = [sys.executable, "-c", code, "compare", "archive", "--runs", "200", "--jobs", "2"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as run:
        assert run.stdout is not None
        while b"Goal" not in run.stdout.readline():
            pass
        time.sleep(2)  # in which the workers begin; before, there is nothing to stop
        for _ in range(3):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGINT)
            time.sleep(0.2)
        assert run.wait(30) == 130
    for _ in range(100):
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker is still there")
