"""Runs side by side in a real browser: on a plain page with a stand-in for the kernel, and in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab import Lab, jupyterlab, type_and_run
from browser.looks import SIZES, SMALL_TARGETS, UNREADABLE
from browser.test_quiz import DRAW
from core.fakes import Fake, Moody
from runs_to_step import PATTERNS, RUNS, asks_a_person, bundled, hostile, rounds

from orchestra_kit import start
from orchestra_kit.display import Compare
from orchestra_kit.display.lanes import bar_of
from orchestra_kit.display.timelines import longest_chain
from orchestra_kit.ledger import MANAGING, call_rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FOUR = [pattern for pattern in PATTERNS if pattern != "competitive"]
ODD = ["12 branches", "odd names", "failing", "a person"]
# What is said to a screen reader alone lies nowhere on the page.
UNREADABLE = UNREADABLE.replace("if (!text.data.trim() ||", "if (!text.data.trim() || owner.closest('.ok-said') ||")
THERE_AND_BACK = """() => {
    const root = document.querySelector('.ok-compare'), last = Number(root.querySelector('input').max)
    const press = key => root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('Home')
    const there = [root.innerHTML]
    while (there.length <= last) { press('ArrowRight'); there.push(root.innerHTML) }
    const back = [root.innerHTML]
    while (back.length <= last) { press('ArrowLeft'); back.unshift(root.innerHTML) }
    const different = there.flatMap((html, k) => html === back[k] ? [] : [k])
    return { moments: there.length, different, distinct: new Set(there).size }
}"""
SUMS = """() => [...document.querySelectorAll('.ok-sums tbody tr')].map(row =>
    [...row.querySelectorAll('td b')].map(cell => cell.textContent))"""
PANELS = """() => [...document.querySelectorAll('.ok-panel')].map(panel =>
    [...panel.querySelectorAll('.ok-metric b')].map(number => number.textContent))"""
BARS = """panel => [...panel.querySelectorAll('.ok-bar')].map(bar => bar.getBoundingClientRect())
    .map(box => [box.left, box.right])"""
GO = """k => {
    const slider = document.querySelector('.ok-controls input')
    slider.value = k
    slider.dispatchEvent(new Event('input'))
}"""


@pytest.fixture
def shown(browser: Browser) -> Iterator[Any]:
    """Draws a comparison on a blank page with the network off; whatever it asks for or complains of is a fault."""
    faults, contexts = list[str](), list[Any]()

    def drawn(runs: Any, size: tuple[int, int] = SIZES[0], **options: Any) -> Page:
        window = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        contexts.append(window)
        page = window.new_page()
        page.on("request", lambda asked: None if asked.url.startswith("blob:") else faults.append(asked.url))
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        compare = Compare(runs)
        state = {"shown": json.loads(json.dumps(compare.shown)), "index": compare.index, "mark": compare.mark}
        page.evaluate(DRAW, [compare._esm, compare._css, state])
        page.evaluate("document.querySelector('.ok-compare').focus()")
        return page

    yield drawn
    for window in contexts:
        window.close()
    assert not faults


def times_of(runs: Any) -> list[float]:
    return sorted({step["at"] for shown in Compare(runs).shown["runs"] for step in shown["story"]["steps"]})


def sums_at(run: Any, time: float) -> list[str]:
    """The sums of the calls that have ended by then, added up from `run.calls()`, as they are written in the table."""
    calls = run.calls()
    ended = calls[calls["ended_s"] <= time]
    tokens = ended["tokens_in"] + ended["tokens_out"]
    own = tokens[ended["phase"].isin(MANAGING)].sum()
    usd, at = sum(ended["cost_usd"]), min(time, run.summary().latency_s)
    cost = "$0" if not usd else "<$0.0001" if usd < 0.0001 else f"${usd:.4f}" if usd < 0.1 else f"${usd:.2f}"
    return [f"{tokens.sum():,}", cost, str(len(ended)), f"{at:.1f} s", f"{100 * own / (tokens.sum() or 1):.0f} %"]


@pytest.mark.parametrize("names", [FOUR, ["competitive", "hierarchical"], ODD], ids=" ".join)
def test_every_moment_looks_the_same_forwards_and_back(shown: Any, names: list[str]) -> None:
    runs = [RUNS[name]() for name in names]
    result = shown(runs).evaluate(THERE_AND_BACK)
    assert result["moments"] == result["distinct"] == len(times_of(runs))
    assert not result["different"]


@pytest.mark.parametrize("names", [FOUR, ODD], ids=" ".join)
def test_the_sums_are_those_of_the_tables_at_every_moment(shown: Any, names: list[str]) -> None:
    runs = [RUNS[name]() for name in names]
    page = shown(runs)
    for k, time in enumerate(times_of(runs)):
        page.evaluate(GO, k)
        expected = [sums_at(run, time) for run in runs]
        assert page.evaluate(SUMS) == expected
        assert page.evaluate(PANELS) == [[*row[:3], row[4]] for row in expected], "the clock is in the state"
    for run, (tokens, cost, calls, clock, share) in zip(runs, page.evaluate(SUMS), strict=True):
        summary = run.summary()
        assert (tokens, calls) == (f"{summary.tokens_in + summary.tokens_out:,}", str(summary.calls))
        assert cost in (f"${summary.cost_usd:.4f}", f"${summary.cost_usd:.2f}")
        assert (clock, share) == (f"{summary.latency_s:.1f} s", f"{round(100 * summary.orchestrator_share)} %")


def test_one_clock_and_one_axis_for_all(shown: Any) -> None:
    """At one moment some go on while others are over; each bar stands where its seconds are, whichever run it is in."""
    runs = [bundled(pattern) for pattern in FOUR]
    page, end = shown(runs), max(run.summary().latency_s for run in runs)
    page.keyboard.press("End")
    left, width = page.locator(".ok-axis").evaluate("axis => [axis.getBoundingClientRect().left, axis.clientWidth]")
    for panel, run in zip(page.locator(".ok-panel").all(), runs, strict=True):
        drawn = sorted(((a - left) / width * end, (b - left) / width * end) for a, b in panel.evaluate(BARS))
        meant = sorted((call.started_s, call.ended_s) for call in call_rows(run.events))
        assert drawn == [pytest.approx(times, abs=0.4) for times in meant], "a pixel is 0.1 s, a bar at least 4 pixels"
        chain = longest_chain([bar_of(call, run.now_s) for call in call_rows(run.events)])
        assert panel.locator(".ok-bar.ok-chain").count() == (len(chain) or len(meant)), (
            "where all is in it, a picture draws none"
        )
    assert page.locator(".ok-panel .ok-run-state").all_inner_texts() == [
        f"✓ done at {run.summary().latency_s:.1f} s" for run in runs
    ]
    page.evaluate(GO, next(k for k, time in enumerate(times_of(runs)) if time > runs[0].summary().latency_s))
    states = page.locator(".ok-panel .ok-run-state").all_inner_texts()
    assert [state.split()[1] for state in states] == ["done", "at", "at", "at"]
    assert "★ fastest" in page.locator(".ok-sums tbody tr").first.inner_text(), "nobody can be faster any more"
    assert page.locator(".ok-best", has_text="smallest").count() == 0, "a share may still fall"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("names", [FOUR, ODD], ids=" ".join)
def test_every_text_can_be_read(shown: Any, names: list[str], size: tuple[int, int]) -> None:
    runs = [RUNS[name]() for name in names]
    for scheme in ("light", "dark"):
        page = shown(runs, size, color_scheme=scheme, reduced_motion="reduce")
        page.add_style_tag(content=".ok-stepper * { max-height: none !important }")  # what one scrolls to is read too
        last = len(times_of(runs)) - 1
        for key in ("", "p"):
            page.keyboard.press(key or "Escape")
            for k in (0, last // 3, last // 2, last):
                page.evaluate(GO, k)
                assert page.evaluate(UNREADABLE) == [], f"{scheme}, moment {k}, {key or 'as it opens'}"
        page.keyboard.press("p")
        page.keyboard.press("c")
        for pair in range(6):
            page.locator("select").select_option(str(pair))
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            assert page.evaluate(UNREADABLE) == [], f"{scheme}, difference {pair}"
        page.evaluate("document.querySelector('.ok-compare').focus()")
        page.keyboard.press("t")
        assert page.evaluate(UNREADABLE) == [], f"{scheme}, as tables"
        page.keyboard.press("?")
        assert page.evaluate(UNREADABLE) == [], f"{scheme}, keys"
        assert page.evaluate(SMALL_TARGETS) == []


def test_the_keys_and_what_a_screen_reader_is_told(shown: Any) -> None:
    runs = [bundled(pattern) for pattern in FOUR]
    page, times = shown(runs), times_of(runs)
    where = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        where.append(page.evaluate("state.index"))
    last = len(times) - 1
    assert where == [1, 2, 1, last, last, 0, 0]
    live = page.locator("[aria-live=polite]")
    assert live.count() == 1
    assert all(f"{label}: " in live.inner_text() for label in Compare(runs).runs), "at the beginning all do something"
    page.keyboard.press("End")
    said = live.inner_text()
    assert said.startswith(f"At {times[-1]:.1f} s. fan_out: The run is over: done."), "only who does something is told"
    assert page.locator(".ok-controls input").get_attribute("aria-valuetext") == f"{times[-1]:.1f} s"
    for key, what in (
        ("t", ".ok-twin table"),
        ("c", ".ok-difference table"),
        ("?", ".ok-sheet"),
        ("p", ".ok-projector"),
    ):
        assert not page.locator(what).first.is_visible()
        page.keyboard.press(key)
        assert page.locator(what).first.is_visible()
    assert page.locator(".ok-twin table").count() == len(runs)
    assert not page.locator(".ok-race").is_visible()


def test_play_goes_on_to_the_end(shown: Any) -> None:
    page = shown([RUNS["ten lines"](), RUNS["twins"]()])
    for _ in range(2):
        page.get_by_role("button", name="Speed").click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=20_000)
    assert page.get_by_role("button", name="Step").is_disabled()


def test_the_difference_of_two_runs(shown: Any) -> None:
    runs = {"before": bundled("fan_out"), "after": bundled("hierarchical"), "third": bundled("single")}
    page = shown(runs)
    page.get_by_role("button", name="Difference").click()
    counts = [" ".join(text.split()) for text in page.locator(".ok-counts > span").all_inner_texts()]
    assert counts == ["4 = the same", "6 ✎ other brief", "6 − only in before", "3 + only in after"]
    rows = page.locator(".ok-difference tbody tr")
    assert rows.count() == 19
    merger = rows.filter(has_text="merger").first
    assert merger.locator("td").all_inner_texts()[2:4] == ["2,166", "2,166"]
    foot = page.locator(".ok-difference tfoot td").all_inner_texts()
    for place, run in enumerate([runs["before"], runs["after"]]):
        summary = run.summary()
        assert foot[place] == f"{summary.tokens_in + summary.tokens_out:,}"
        assert foot[2 + place] == f"{summary.latency_s:.1f}"
    writers = rows.filter(has_text="writer").first
    writers.locator("summary").click()
    assert writers.locator("del").count() + writers.locator("ins").count() > 0
    page.get_by_role("combobox", name="Which two runs").select_option(label="before and third")
    assert page.locator(".ok-counts").inner_text().split() == "16 − only in before 1 + only in third".split()


def test_runs_that_are_not_over_and_goals_that_differ_are_said_in_words(shown: Any) -> None:
    waits = start(asks_a_person, "bees", model=Fake()).finish()
    page = shown({"waits": waits, "done": start(asks_a_person, "wasps", model=Fake(), reviewer=None).close()})
    page.keyboard.press("End")
    warned = " ".join(page.locator(".ok-warn").all_inner_texts())
    assert "These runs have different goals" in warned
    assert "Not over yet, and shown as far as it is: waits." in warned
    states = page.locator(".ok-panel .ok-run-state").all_inner_texts()
    assert states == ["… not over, shown up to 1.0 s", "⊘ cancelled at 0.0 s"]
    assert page.locator(".ok-best").count() == 0, "who gave up has not won"


def test_no_payload_runs(shown: Any) -> None:
    page = shown({"<img src=x onerror='window.ran=1'>": hostile(), "b": bundled("single")})
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    for key in ("End", "c", "t"):
        page.keyboard.press(key)
    assert page.evaluate("window.ran ?? null") is None
    assert page.locator(".ok-compare :is(script, img, iframe, a, style, base, meta, link)").count() == 0
    assert page.locator(".ok-panel h3").first.inner_text() == "<img src=x onerror='window.ran=1'>"


def test_four_runs_of_two_thousand_events_are_stepped_through(shown: Any) -> None:
    runs = [start(rounds, times, model=Moody(0)).finish() for times in (500, 400, 300, 500)]
    page = shown(runs)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(SUMS)[2][2] == "600"


# --- in JupyterLab ----------------------------------------------------------------------------------------------------

CODE = """from orchestra_kit import Specialist, start
from orchestra_kit.display import Compare
one, two = Specialist("one", "List facts."), Specialist("two", "Write a report.")
async def pair(goal):
    return await two(await one(goal))
live = start(pair, "Bees fly at 24 km an hour.")
compare = Compare({"over": start(pair, "Bees fly at 24 km an hour.").finish(), "live": live})
compare"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


def test_in_a_notebook_it_keeps_its_keys_and_leaves_a_picture_behind(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, CODE)
    root = page.locator(".ok-compare")
    root.wait_for()
    twin = page.locator("[class*=ok-twin-]").last  # there is one from a stored run
    assert not twin.is_visible(), "it hides once the widget has drawn"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    root.focus()
    for key in "abmdxzyyvddoqrfhjk0L":
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "a key edited the notebook"
    page.keyboard.press("End")
    states = root.locator(".ok-run-state")
    assert [state.split()[0] for state in states.all_inner_texts()] == ["✓", "…"]
    assert type_and_run(page, "before = compare.index; live.finish(); compare.refresh(); before > 1").endswith("True")
    page.wait_for_function("document.querySelectorAll('.ok-run-state.ok-active').length === 0")
    page.keyboard.press("End")
    assert len(set(states.all_inner_texts())) == 1, "both are over, at the same moment"
    root.evaluate("each => each.closest('.jp-OutputArea-child').remove()")
    assert twin.is_visible()
    assert (twin.locator("img").get_attribute("alt") or "").startswith("Tokens and latency. over: ")
    assert twin.locator("tbody tr").count() == 2
