"""Change it, in a real browser: break a call, edit a text, decide a review; each makes a branch, by keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browser.kernel import draw
from browser.lab import Lab, jupyterlab, type_and_run
from browser.looks import SIZES, SMALL_TARGETS, UNREADABLE
from core.fakes import Fake
from payloads import PAYLOADS
from runs_to_step import RUNS, asks_a_person, hostile, orchestrator

from orchestra_kit import review, start
from orchestra_kit.display import Stepper, save_page
from orchestra_kit.ledger import call_rows
from orchestra_kit.models import FAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Opened = Callable[..., tuple["Page", Stepper]]
WRITER_ANSWERS = 5  # the step, of the ten lines, counted from 1
# Step on until the reviewer has answered.
RULED = """() => {
    const root = document.querySelector('.ok-stepper')
    if (/reviewer answers/.test(root.querySelector('.ok-told').textContent)) return true
    root.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
}"""
# What is to be edited is asked for; before it has come, something else is decided.
HASTE = """() => {
    const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    const panel = document.querySelector('.ok-changing')
    new MutationObserver(() => { window.late ||= Boolean(panel.querySelector('textarea')) }).observe(panel,
        { childList: true })
    press('f')
    press('Escape')
    document.querySelector('[data-way="skip"]').click()
}"""
READY = "document.querySelector('.ok-changing textarea')?.disabled === false"


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Opened]:
    """A stepper that can be changed, in a page of its own, which has the focus; nothing may fail in the page."""
    faults, windows = list[str](), list[Any]()

    def open_page(run: Any, size: tuple[int, int] = SIZES[0], scheme: Any = "light", fork_at: Any = ()) -> Any:
        width, height = size
        windows.append(browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                           reduced_motion="reduce", offline=True))  # fmt: skip
        page, stepper = windows[-1].new_page(), Stepper(run)
        for event in fork_at:
            stepper.branch = 0
            stepper.fork(event, answer=" ".join(PAYLOADS))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text))
        page.set_content("<body style='margin: 0'></body>")
        draw(page, stepper)
        page.keyboard.press("Tab")
        return page, stepper

    yield open_page
    for window in windows:
        window.close()
    assert not faults


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def step(page: Page) -> int:
    return int(page.locator(".ok-count b").inner_text())


def ten_lines() -> tuple[Any, Fake]:
    model = Fake()
    run = start(orchestrator, "bees", model=model).finish()
    model.calls.clear()
    return run, model


def test_break_it_and_edit_by_keys_alone(opened: Opened) -> None:
    run, model = ten_lines()
    page, stepper = opened(run)
    before = list(run.events)
    assert not page.locator(".ok-branches").is_visible(), "there is one branch only"
    press(page, *["ArrowRight"] * (WRITER_ANSWERS - 1))
    assert "Forks at step 5: what comes from writer" in page.locator(".ok-changing").inner_text()
    press(page, "x")
    assert page.locator(".ok-faults button").count() == len(FAULTS)
    assert page.evaluate("document.activeElement.innerText").startswith("⚡ time-out")
    press(page, "Escape")
    assert page.evaluate("document.activeElement.className") == "ok-stepper", "the focus goes back"
    press(page, "x", "Tab", "Enter")
    page.locator(".ok-differs table").wait_for()
    assert not model.calls, "the limit was met before anybody was asked, and what is shared was not asked again"
    assert step(page) == WRITER_ANSWERS - 1, "where the writer was asked"
    bar = page.locator(".ok-limbs button")
    assert [text.split("\n")[0] for text in bar.all_inner_texts()] == ["original", "2 · ⚡ rate limit at writer"]
    assert page.locator(".ok-limbs [aria-pressed=true]").inner_text().startswith("2 ·")
    rows = page.locator(".ok-differs tbody tr")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == ["research", "writer", "mailer", "together"]
    assert "ok → failed" in rows.nth(1).inner_text()
    press(page, "f")
    page.wait_for_function(READY)
    page.keyboard.press("Control+End")
    here = step(page)
    page.keyboard.type(" abmdxgtpsfc? 1")
    press(page, "ArrowLeft", "Home", "End")
    assert step(page) == here, "what is written moves nothing"
    press(page, "Control+Enter")
    page.locator(".ok-limbs button").nth(2).wait_for()
    assert stepper.run.events[3].detail.brief.endswith(" abmdxgtpsfc? 1")
    assert [line["parent"] for line in stepper.tree] == [-1, 0, 1]
    assert run.events == before, "the original is as it was"
    page.locator(".ok-limbs button").first.focus()
    press(page, "Enter")
    page.locator(".ok-limbs button[aria-pressed=true]", has_text="original").wait_for()
    assert stepper.branch == 0
    assert step(page) == WRITER_ANSWERS - 1, "the cursor stays where they part"
    press(page, "c")
    assert "nothing to compare with" in page.locator(".ok-note").inner_text()


def test_two_branches_that_tell_the_same_are_two(opened: Opened) -> None:
    page, stepper = opened(ten_lines()[0])
    limbs = page.locator(".ok-limbs button")
    for number in (1, 2):
        press(page, *["Home", "ArrowRight", "ArrowRight", "x", "Enter"])
        limbs.nth(number).wait_for()
        limbs.first.click()
    limbs.nth(1).click()
    page.locator(".ok-limbs button:nth-child(2)[aria-pressed=true]").wait_for()
    limbs.nth(2).click()
    page.locator(".ok-limbs button:nth-child(3)[aria-pressed=true]").wait_for()
    assert stepper.branch == 2


def test_a_guess_is_kept_over_branches(opened: Opened) -> None:
    page, _ = opened(ten_lines()[0])
    press(page, *["ArrowRight"] * 4, "g")
    page.locator(".ok-guess button").first.click()
    told = page.locator(".ok-guess p").inner_text()
    page.locator(".ok-stepper").focus()
    press(page, "g", "Home", "ArrowRight", "ArrowRight", "x", "Enter")
    page.locator(".ok-differs table").wait_for()
    page.locator(".ok-limbs button").first.click()
    page.locator(".ok-limbs button:first-child[aria-pressed=true]").wait_for()
    page.locator(".ok-stepper").focus()
    press(page, "Home", *["ArrowRight"] * 4, "g")
    assert page.locator(".ok-guess p").inner_text() == told
    assert page.locator(".ok-guess button:disabled").count() == 3


def test_the_focus_is_not_lost_in_what_is_hidden(opened: Opened) -> None:
    """On a projector there is no inspector: its keys must still be heard."""
    page, _ = opened(ten_lines()[0])
    press(page, "End")
    page.locator(".ok-tabs button:enabled").last.focus()
    press(page, "p")
    assert page.evaluate("document.activeElement.className").startswith("ok-stepper")
    press(page, "p")
    assert "ok-projector" not in (page.locator(".ok-stepper").get_attribute("class") or "")


def test_playing_stops_where_a_person_has_to_decide(opened: Opened) -> None:
    page, stepper = opened(start(asks_a_person, "bees", model=Fake()))
    press(page, "End", " ")
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=10_000)
    assert "waits for a person" in page.locator(".ok-note").inner_text()
    assert stepper.run.stop_reason is None


def test_a_breakpoint_on_somebody_whom_a_branch_never_meets_is_dropped(opened: Opened) -> None:
    page, stepper = opened(RUNS["fan_out"]())
    page.wait_for_function(RULED)
    press(page, "ArrowLeft", "b")
    assert "stops at reviewer" in page.locator(".ok-legend").inner_text()
    page.locator(".ok-head", has_text="reader 1").click()
    press(page, "x", "Enter")
    page.locator(".ok-differs table").wait_for()
    assert "reviewer" not in {call.who for call in call_rows(stepper.run.events)}
    assert "stops at" not in page.locator(".ok-legend").inner_text()
    assert page.locator(".ok-stop-here").count() == 0


def test_a_review_that_waits_is_decided_here(opened: Opened) -> None:
    page, stepper = opened(start(asks_a_person, "bees", model=Fake()).finish())
    press(page, "End")
    assert "The run waits for you." in page.locator(".ok-changing").inner_text()
    page.get_by_role("button", name="Edit…").focus()
    press(page, "Enter")
    page.wait_for_function(READY)
    assert page.locator("textarea").input_value() == "writer: bees"
    press(page, "Escape")
    assert page.evaluate("document.activeElement.innerText") == "✎ Edit…", "the focus goes back to its button"
    page.get_by_role("button", name="Approve").focus()
    press(page, "Enter")
    page.wait_for_function("document.querySelector('.ok-told').innerText.includes('A person has decided')")
    assert len(stepper.branches) == 1, "it is the run's own decision"
    while "so far" in (told := page.locator(".ok-count").inner_text()):
        press(page, "ArrowRight")
        page.wait_for_function("told => document.querySelector('.ok-count').innerText !== told", arg=told)
    assert stepper.run.stop_reason == "done"


def test_only_a_verdict_that_was_no_approval_can_be_accepted_anyway(opened: Opened) -> None:
    page, _ = opened(RUNS["sequential"]())
    offered = []
    for _ in range(2):  # the reviewer turns the first draft down, and lets the second pass
        page.wait_for_function(RULED)
        offered.append(page.locator('.ok-changing [data-way="accept"]').count())
        page.keyboard.press("ArrowRight")
    assert offered == [1, 0]


def test_what_was_written_stays_where_it_could_not_be_taken(opened: Opened) -> None:
    async def asks(_: str) -> Any:
        return await review({"bees": 1})

    page, stepper = opened(start(asks, "bees", model=Fake()))
    press(page, "End", "f")
    page.wait_for_function(READY)
    page.locator("textarea").fill('{"bees": 2')
    press(page, "Control+Enter")
    page.wait_for_function("document.querySelector('.ok-note').innerText.includes('no JSON yet')")
    assert page.locator("textarea").input_value() == '{"bees": 2'
    page.keyboard.type("}")
    press(page, "Control+Enter")
    page.wait_for_function("document.querySelector('.ok-told').innerText.includes('A person has decided')")
    assert not page.locator("textarea").count()
    assert stepper.run.finish().result.work == {"bees": 2}


def test_what_is_no_text_is_not_waited_for(opened: Opened) -> None:
    async def asks(_: str) -> Any:
        return await review({1, 2})

    page, _ = opened(start(asks, "bees", model=Fake()))
    press(page, "End", "f")
    page.wait_for_function("document.querySelector('.ok-note').innerText.includes('this work is no text')")
    assert not page.locator("textarea").count()


def test_the_focus_is_never_lost(opened: Opened) -> None:
    page, stepper = opened(RUNS["sequential"]())
    page.evaluate("""() => {
        window.lost = []
        setInterval(() => {
            const { activeElement } = document
            if (!activeElement.closest('.ok-stepper')) window.lost.push(activeElement.tagName)
        }, 1)
    }""")
    page.wait_for_function(RULED)
    page.get_by_role("button", name="Brief", exact=True).click()
    page.locator(".ok-from").first.focus()
    press(page, "Enter", "Escape")
    for branches, way in enumerate(["Accept anyway", "Skip", "Break it…"], 2):
        page.locator(".ok-changing").get_by_role("button", name=way).focus()
        press(page, "Enter")
        if way == "Break it…":
            press(page, "Escape")
            assert page.evaluate("document.activeElement.innerText") == "⚡ Break it…", "it goes back to its button"
            press(page, "Enter", "Enter")
        page.locator(".ok-limbs button").nth(branches - 1).wait_for()
        press(page, "Home")
        assert step(page) == 1, "the keys still work"
        page.locator(".ok-limbs button").first.focus()
        press(page, "Enter")
        page.locator(".ok-limbs button[aria-pressed=true]", has_text="original").wait_for()
        assert page.evaluate("document.activeElement.innerText").startswith("original")
        page.wait_for_function(RULED)
    assert len(stepper.branches) == 4
    page.get_by_role("button", name="⎇ Fork", exact=True).focus()
    press(page, "Enter")
    page.wait_for_function(READY)
    press(page, "Escape")
    assert page.evaluate("document.activeElement.innerText") == "⎇ Fork"
    assert page.evaluate("window.lost") == []


def test_the_table_of_differences_can_be_hidden_from_within(opened: Opened) -> None:
    page, _ = opened(ten_lines()[0])
    press(page, "ArrowRight", "ArrowRight", "x", "Enter")
    page.locator(".ok-differs td").first.click()
    press(page, "c")
    assert not page.locator(".ok-differs").is_visible()
    press(page, "c", "Home")
    assert page.locator(".ok-differs").is_visible()
    assert step(page) == 1, "the keys are still heard"


def test_a_text_that_comes_late_opens_no_other_form(opened: Opened) -> None:
    page, stepper = opened(ten_lines()[0])
    for _ in range(WRITER_ANSWERS - 1):
        press(page, "ArrowRight")
    page.evaluate(HASTE)
    page.locator(".ok-differs table").wait_for()
    assert len(stepper.branches) == 2
    assert page.evaluate("window.late") is False


def test_a_branch_is_shown_once_all_of_it_is_known(opened: Opened) -> None:
    """A front end hears of its number before it hears of its story."""
    page, stepper = opened(ten_lines()[0])
    press(page, "ArrowRight", "ArrowRight", "x", "Enter")
    page.locator(".ok-differs table").wait_for()
    last = len(stepper.story["steps"])
    page.evaluate("window.model.set('branch', 0), window.model.fire('change:branch')")
    assert page.locator(".ok-limbs [aria-pressed=true]").inner_text().startswith("2 ·")
    press(page, "End")
    assert step(page) == last


def test_a_note_that_says_nothing_is_refused_and_can_be_written_then(opened: Opened) -> None:
    page, stepper = opened(ten_lines()[0])
    press(page, *["ArrowRight"] * (WRITER_ANSWERS - 1))
    page.get_by_role("button", name="Send back…").focus()
    press(page, "Enter", "Control+Enter")
    page.wait_for_function("document.querySelector('.ok-note').innerText.includes('says nothing')")
    assert len(stepper.branches) == 1
    page.keyboard.type("shorter")
    press(page, "Control+Enter")
    page.locator(".ok-differs table").wait_for()
    assert stepper.tree[1]["name"] == "↩ writer sent back"
    assert page.evaluate("document.activeElement.closest('.ok-stepper') !== null")


def test_what_is_selected_in_one_view_is_shown_in_the_others(opened: Opened) -> None:
    run, _ = ten_lines()
    page, _ = opened(run)
    press(page, "End")
    last = step(page)
    page.locator(".ok-bar:not([hidden])").nth(1).click()
    assert page.locator(".ok-where").inner_text() == "Step 5 · Assign · selected"
    assert page.locator(".ok-told p").first.inner_text().startswith("writer answers")
    assert "report = await writer" in page.locator(".ok-code .ok-here").inner_text()
    assert page.locator(".ok-detail h3").inner_text() == "writer"
    assert "what comes from writer" in page.locator(".ok-changing").inner_text()
    assert step(page) == last, "the cursor stays"
    press(page, "Escape")
    assert page.locator(".ok-where").inner_text() == f"Step {last} · Deliver"
    page.locator(".ok-head", has_text="research").click()
    assert page.locator(".ok-where").inner_text() == "Step 3 · Assign · selected"
    press(page, "ArrowLeft")
    assert page.locator(".ok-where").inner_text() == f"Step {last - 1} · Assign"
    assert page.locator(".ok-head[aria-pressed=true]").count() == 0


def test_space_plays_and_stops(opened: Opened) -> None:
    page, _ = opened(ten_lines()[0])
    press(page, " ")
    page.get_by_role("button", name="Stop", exact=True).wait_for()
    press(page, " ")
    page.get_by_role("button", name="Play", exact=True).wait_for()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", ["hierarchical", "odd names", "failing"])
def test_all_of_it_can_be_read(opened: Opened, name: str, size: tuple[int, int]) -> None:
    for scheme in ("light", "dark"):
        page, _ = opened(RUNS[name](), size, scheme)
        page.add_style_tag(content=".ok-stepper * { max-height: none !important }")  # what one must scroll to too
        press(page, "d", *["ArrowRight"] * 8)

        def check(where: str, page: Page = page, scheme: str = scheme) -> None:
            assert page.evaluate(UNREADABLE) == [], f"{scheme}, {where}"
            assert page.evaluate(SMALL_TARGETS) == [], f"{scheme}, {where}"

        check("the panel")
        press(page, "f")
        page.wait_for_function(READY)
        check("editing")
        press(page, "Escape", "x")
        check("the faults")
        press(page, "p")
        check("the faults, on a projector")
        press(page, "Enter")
        page.locator(".ok-differs table").wait_for()
        check("the difference, on a projector")
        press(page, "p")
        check("the branches and the difference")


def test_no_payload_runs(opened: Opened) -> None:
    run = hostile()
    page, _ = opened(run, fork_at=[event.number for event in run.events if event.kind == "answered"][-3:])
    press(page, "End")
    page.locator(".ok-bar:not([hidden])").first.click()
    press(page, "f")
    page.wait_for_function(READY)
    press(page, "Control+Enter")
    page.locator(".ok-differs table").wait_for()
    assert page.locator(".ok-limbs button").count() == 5
    assert page.evaluate("window.ran") is None
    assert page.locator(".ok-stepper :is(script, img, iframe, a, style, base, meta, link)").count() == 0


def test_a_saved_page_has_none_of_it(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(save_page(ten_lines()[0], tmp_path / "run.html").as_uri())
    page.locator(".ok-stepper").wait_for()
    press(page, "ArrowRight", "x", "f", "c")
    assert page.locator(":is(.ok-changing, .ok-branches, .ok-differs, textarea)").count() == 0
    assert page.get_by_role("button", name="Break it").count() == 0
    page.close()


# --- in JupyterLab ----------------------------------------------------------------------------------------------------


@pytest.fixture
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


THREE = """from orchestra_kit import Call, FunctionModel, Specialist, start
from orchestra_kit.display import Stepper
asked = []
def answers(call: Call):
    asked.append(call.who)
    return f"{call.who} on {call.prompt}"
one, two, three = (Specialist(name, f"Be {name}.") for name in ("one", "two", "three"))
async def trio(goal):
    return await three(await two(await one(goal)))
run = start(trio, "bees", model=FunctionModel(answers)).finish()
events = list(run.events)
stepper = Stepper(run)
stepper"""


def test_break_it_edit_and_fork_in_a_notebook(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, THREE)
    root, limbs = page.locator(".ok-stepper"), page.locator(".ok-limbs button")
    root.wait_for()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    root.focus()
    press(page, *["ArrowRight"] * 4, "x")
    page.wait_for_function("document.activeElement.innerText.startsWith('⚡ time-out')")
    press(page, "Tab", "Enter")
    page.locator(".ok-differs table").wait_for()
    assert limbs.count() == 2
    press(page, "Escape", "ArrowRight", "f")
    page.wait_for_function(READY)
    press(page, "Control+a")
    page.keyboard.type("abmx dd, said by hand")
    press(page, "Control+Enter")
    limbs.nth(2).wait_for()
    page.locator(".ok-differs table").wait_for()
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "a key edited the notebook"
    assert "by hand" in page.locator(".ok-differs").inner_text()
    said = type_and_run(page, "asked, run.events == events, stepper.run.result, len(stepper.branches)")
    assert said.endswith("(['one', 'two', 'three', 'three'], True, 'three on abmx dd, said by hand', 3)")
    said = type_and_run(page, "[line['step'] + 1 for line in stepper.tree]")
    _, first, second = json.loads(said.splitlines()[-1])
    for branch, parts in [(1, second), (0, first), (1, first), (2, second), (0, first)]:
        limbs.nth(branch).click()
        page.locator(f".ok-limbs button:nth-child({branch + 1})[aria-pressed=true]").wait_for()
        assert step(page) == parts, "where the branch begins to be another one than the one that was shown"
