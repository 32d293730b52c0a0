"""The stepper in a real browser: as a file opened from disk with the network off, and in JupyterLab with a kernel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab import Lab, jupyterlab, type_and_run
from browser.looks import SIZES, SMALL_TARGETS, UNREADABLE
from core.fakes import Moody
from runs_to_step import RUNS, hostile, rounds

from orchestra_kit import start
from orchestra_kit.display import save_page
from orchestra_kit.display.lanes import bar_of
from orchestra_kit.display.timelines import longest_chain
from orchestra_kit.ledger import call_rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
# Every step forward, then every step back: what is in the page at each.
THERE_AND_BACK = """async () => {
    const root = document.querySelector('.ok-stepper'), last = Number(root.querySelector('input').max)
    const press = key => root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    const seen = () => root.innerHTML
    press('Home')
    const there = [seen()]
    while (there.length <= last) { press('ArrowRight'); there.push(seen()) }
    const back = [seen()]
    while (back.length <= last) { press('ArrowLeft'); back.unshift(seen()) }
    const different = there.flatMap((html, k) => html === back[k] ? [] : [k])
    return { steps: there.length, different, distinct: new Set(there).size }
}"""
# Where the Step button is, over all steps.
PLACES = """() => {
    const root = document.querySelector('.ok-stepper'), last = Number(root.querySelector('input').max)
    const places = new Set()
    const press = key => root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('Home')
    for (let k = 0; k <= last; k++, press('ArrowRight')) {
        const { top, bottom } = root.querySelector('.ok-step').getBoundingClientRect()
        places.add(JSON.stringify([top, bottom]))
    }
    return [...places].map(JSON.parse)
}"""
NOT_OURS = """() => new Promise(done => {
    const add = (tag, put) => document.body.append(Object.assign(document.createElement(tag), put)), stopped = []
    document.addEventListener('securitypolicyviolation', event => stopped.push(event.effectiveDirective))
    add('script', { textContent: 'window.ran = 1' })
    add('style', { textContent: '* { color: red }' })
    add('img', { src: 'https://example.com/a' })
    add('iframe', { src: 'https://example.com/b' })
    setTimeout(() => done({ ran: window.ran ?? null, stopped: stopped.sort() }), 300)
})"""
MOVE = """(slider, share) => {
    slider.value = Math.round(share * slider.max)
    slider.dispatchEvent(new Event('input'))
}"""
GUESSED = "✓ The orchestrator gives a brief to somebody new — this happens"


@pytest.fixture(scope="module")
def saved(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens a run as a saved page, from disk, with the network off; whatever it asks for or complains of is a fault."""
    folder, faults, contexts = tmp_path_factory.mktemp("saved"), list[str](), list[Any]()

    def opened(run: Any, size: tuple[int, int] = SIZES[0], **options: Any) -> Page:
        window = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        contexts.append(window)
        page = window.new_page()
        path = save_page(run, folder / f"{len(contexts)}.html")
        allowed = (path.as_uri(), "blob:", "data:")
        page.on(
            "request", lambda asked: None if asked.url.startswith(allowed) else faults.append(f"asked for {asked.url}")
        )
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri())
        page.locator(".ok-told p").first.wait_for()
        return page

    yield opened
    for window in contexts:
        window.close()
    assert not faults


def step_to(page: Page, share: float) -> None:
    """Move the slider to this part of the run."""
    page.locator(".ok-controls input").evaluate(MOVE, share)


def shown_step(page: Page) -> int:
    return int(page.locator(".ok-count b").inner_text())


@pytest.mark.parametrize("name", RUNS)
def test_every_step_looks_the_same_forwards_and_back(saved: Any, name: str) -> None:
    page = saved(RUNS[name](), reduced_motion="reduce")
    result = page.evaluate(THERE_AND_BACK)
    assert result["steps"] == result["distinct"] == len(page.evaluate("JSON.parse(story.textContent).steps"))
    assert not result["different"]


@pytest.mark.parametrize(
    "name", ["sequential", "hierarchical", "competitive", "failing", "12 branches", "race", "a person"]
)
def test_its_sums_and_its_longest_chain_are_those_of_the_run(saved: Any, name: str) -> None:
    run = RUNS[name]()
    page, summary = saved(run), run.summary()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    said = [" ".join(text.split()) for text in page.locator(".ok-metric").all_inner_texts()]
    assert said[0].startswith(f"{summary.tokens_in + summary.tokens_out:,}")
    assert said[2].startswith(f"{summary.latency_s:.1f} s")
    assert said[-1].startswith(f"{round(100 * summary.orchestrator_share)} %")
    bars = [bar_of(call, run.now_s) for call in call_rows(run.events)]
    if (chain := longest_chain(bars)) and name != "a person":
        assert page.locator(".ok-bar.ok-chain:not([hidden])").count() == len(chain)
        given_up = [bar for bar in bars if bar.call.path in chain and bar.kind == "cancelled"]
        assert page.locator(".ok-bar.ok-chain.ok-off:not([hidden])").count() == len(given_up)


@pytest.mark.parametrize("name", RUNS)
def test_every_text_can_be_read(saved: Any, name: str) -> None:
    """In every size; the colours of the dark are looked at in one of them."""
    run = RUNS[name]()
    for scheme, sizes in (("light", SIZES), ("dark", SIZES[1:2])):
        page = saved(run, bypass_csp=True, color_scheme=scheme, reduced_motion="reduce")
        page.add_style_tag(
            content=".ok-stepper * { max-height: none !important }"
        )  # what one must scroll to is read too
        page.keyboard.press("Tab")
        for key in "dg":
            page.keyboard.press(key)
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            check_texts(page, f"{scheme}, {width}x{height}")


def check_texts(page: Page, where: str) -> None:
    """No text is clipped, too small or too pale, or lies on another: at some steps, and in every way of looking."""
    for share in (0, 0.3, 0.6, 0.85, 1):
        step_to(page, share)
        assert page.evaluate(UNREADABLE) == [], f"{where}, at {share:.0%}"
    for keys, looks in (("t", "as tables"), ("tp", "projector"), ("p?", "keys")):
        for key in keys:
            page.keyboard.press(key)
        assert page.evaluate(UNREADABLE) == [], f"{where}, {looks}"
    assert page.evaluate(SMALL_TARGETS) == [], where
    page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [(1280, 800), (860, 680)], ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("projector", [False, True], ids=["on a screen", "on a projector"])
def test_the_step_button_stays_where_it_is(saved: Any, size: tuple[int, int], projector: bool) -> None:
    """Work is sent back in both of these runs: a note is drawn into the graph, and the sentence is long."""
    for name in ("sequential", "fan_out"):
        page = saved(RUNS[name](), size, reduced_motion="reduce")
        if projector:
            page.keyboard.press("p")
        [(top, bottom)] = page.evaluate(PLACES)
        assert 0 <= top < bottom <= size[1], f"{name}: it can be reached without scrolling"


def test_no_payload_runs(saved: Any) -> None:
    page = saved(hostile())
    page.keyboard.press("Tab")
    for _ in range(shown_step(page), int(page.locator(".ok-controls input").get_attribute("max") or 0) + 1):
        page.keyboard.press("ArrowRight")
        for tab in page.locator(".ok-tabs button:enabled").all():
            tab.click()
        page.evaluate("document.querySelector('.ok-stepper').focus()")
        for key in "tgtg":
            page.keyboard.press(key)
    assert page.evaluate("window.ran") is None
    assert page.locator(".ok-stepper :is(script, img, iframe, a, style, base, meta, link)").count() == 0
    assert page.title().startswith("desk")


def test_the_policy_of_a_page_stops_whatever_is_not_ours(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(save_page(RUNS["ten lines"](), tmp_path / "run.html").as_uri())
    met = page.evaluate(NOT_OURS)
    page.close()
    assert met == {"ran": None, "stopped": ["frame-src", "img-src", "script-src-elem", "style-src-elem"]}


def test_the_keys(saved: Any) -> None:
    page = saved(RUNS["sequential"]())
    page.keyboard.press("Tab")
    last = int(page.locator(".ok-controls input").get_attribute("max") or 0) + 1
    where: dict[str, int] = {}
    for key in (
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "End",
        "ArrowRight",
        "Home",
        "ArrowLeft",
        "Shift+ArrowRight",
        "5",
    ):
        page.keyboard.press(key)
        where[f"{len(where)} {key}"] = shown_step(page)
    assert list(where.values())[:7] == [2, 3, 2, last, last, 1, 1]
    assert page.locator(".ok-phases [aria-current]").inner_text() == "5 Review"
    page.keyboard.press("t")
    assert page.locator(".ok-twin table").count() == 2
    assert not page.locator(".ok-graph").is_visible()
    page.keyboard.press("t")
    page.keyboard.press("?")
    assert page.locator(".ok-sheet").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".ok-sheet").is_visible()


def test_play_stops_at_a_breakpoint(saved: Any) -> None:
    page = saved(RUNS["ten lines"]())
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert "writer" in page.locator(".ok-told").inner_text()
    page.keyboard.press("b")
    page.keyboard.press("Home")
    for _ in range(2):
        page.get_by_role("button", name="Speed").click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=10_000)
    assert shown_step(page) == 4
    assert "stops at writer" in page.locator(".ok-legend").inner_text()


def test_a_guess_is_asked_for_before_the_step(saved: Any) -> None:
    page = saved(RUNS["ten lines"]())
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    page.keyboard.press("ArrowRight")
    assert shown_step(page) == 1, "first the guess"
    choices = page.locator(".ok-guess button")
    assert len(set(choices.all_inner_texts())) == 3
    choices.first.click()
    assert page.locator(".ok-guess button", has_text="this happens").inner_text() == GUESSED
    page.evaluate("document.querySelector('.ok-stepper').focus()")
    page.keyboard.press("ArrowRight")
    assert shown_step(page) == 2


def test_what_a_part_was_made_of_leads_to_who_made_it(saved: Any) -> None:
    page = saved(RUNS["fan_out"]())
    page.keyboard.press("Tab")
    assert page.locator(".ok-card").inner_text() == "✉ Write a blog post about orchestrator agents."
    page.keyboard.press("6")
    assert page.locator(".ok-where").inner_text() == "Step 90 · Combine", "that of the whole run, not of a team in it"
    page.keyboard.press("Home")
    while "The team research puts the parts together" not in page.locator(".ok-told").inner_text():
        page.keyboard.press("Shift+ArrowRight")
    assert page.locator(".ok-card").count() == 0
    assert re.search(r"hands idle, added up 0\.\d s", page.locator(".ok-legend").inner_text())
    page.locator(".ok-from", has_text="reader 2").click()
    assert page.locator(".ok-where").inner_text().endswith("selected")
    assert page.locator(".ok-told p").first.inner_text().startswith("reader 2 answers")
    page.locator(".ok-tabs button", has_text="Raw").click()
    assert "✓ done, 0.0 s to 4.8 s, 1,444 tokens" in page.locator(".ok-detail").inner_text()
    page.evaluate("document.querySelector('.ok-stepper').focus()")
    page.keyboard.press("End")
    assert page.locator(".ok-card").inner_text() == "✉ 939 words for whoever asked"


def test_two_thousand_events_are_stepped_through_like_twenty(saved: Any) -> None:
    many = start(rounds, 500, model=Moody(0)).finish()
    assert len(many.events) >= 2_000
    page = saved(many)
    page.keyboard.press("End")
    last = shown_step(page)
    page.keyboard.press("ArrowLeft")
    assert shown_step(page) == last - 1 > 900


# --- in JupyterLab ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


LIVE = """from orchestra_kit import Specialist, start
from orchestra_kit.display import Stepper
one, two = Specialist("one", "List facts."), Specialist("two", "Write a report.")
async def pair(goal):
    return await two(await one(goal))
run = start(pair, "Bees fly at 24 km an hour.")
stepper = Stepper(run)
stepper"""


def test_it_steps_a_live_run_and_keeps_every_key_to_itself(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, LIVE)
    root = page.locator(".ok-stepper")
    root.wait_for()
    twin = page.locator("[class*=ok-twin-]").last  # the notebook has one more, which was stored
    assert not twin.is_visible(), "it hides once the widget has drawn"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    root.focus()
    for key in "abmdxzyyccvddoqrfhjk0L":
        page.keyboard.press(key)
    page.keyboard.press("End")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "a key edited the notebook"
    assert root.is_visible()
    assert page.locator(".jp-Dialog").count() == 0
    for _ in range(3):
        told = page.locator(".ok-count").inner_text()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("told => document.querySelector('.ok-count').innerText !== told", arg=told)
    while "so far" in page.locator(".ok-count").inner_text():
        told = page.locator(".ok-count").inner_text()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("told => document.querySelector('.ok-count').innerText !== told", arg=told)
    page.keyboard.press("End")
    told = page.locator(".ok-told p").first.inner_text()
    assert told.startswith("The run is over")
    said = type_and_run(page, "run.stop_reason, stepper.index == len(stepper.story['steps']) - 1")
    assert said.endswith("('done', True)")
    with page.expect_download() as saving:
        root.focus()
        page.keyboard.press("s")
    assert saving.value.suggested_filename == "pair.html"
    assert "<!doctype html>" in Path(saving.value.path()).read_text("utf-8")


def test_without_a_front_end_the_picture_and_the_table_are_shown(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, LIVE.replace("stepper = Stepper(run)\nstepper", "Stepper(run.finish())"))
    twin = page.locator("[class*=ok-twin-]").last  # the notebook has one more, which was stored
    page.locator(".ok-stepper").wait_for()
    page.evaluate("document.querySelector('.ok-stepper').closest('.jp-OutputArea-child').remove()")
    assert twin.is_visible()
    assert re.match("Timeline of pair, 2 calls", twin.locator("img").get_attribute("alt") or "")
    assert twin.locator("tbody tr").count() == 2
