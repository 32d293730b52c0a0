"""The estimate and the single agent in the stepper's timeline, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browser.looks import SIZES, UNREADABLE
from browser.test_stepper import THERE_AND_BACK, step_to
from core.fakes import Fake, Moody
from runs_to_step import RUNS, bundled, rounds, twins, writer

from orchestra_kit import start
from orchestra_kit.display import save_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
# At each step: how many estimated calls are drawn, and how many calls of this run there are.
GHOSTS = """() => {
    const root = document.querySelector('.ok-stepper'), last = Number(root.querySelector('input').max)
    const press = key => root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    const count = kind => root.querySelectorAll(kind).length
    press('Home')
    return Array.from({ length: last }, () => {
        const seen = [count('.ok-ghost'), count('.ok-bar:not([hidden])')]
        press('ArrowRight')
        return seen
    })
}"""
OUTSIDE = """() => [...document.querySelectorAll('.ok-ghost')].filter(each =>
    each.getBoundingClientRect().right > each.closest('.ok-track').getBoundingClientRect().right + 1).length"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Any) -> Iterator[Any]:
    """Opens a run beside others as a saved page."""
    pages: list[Page] = []

    def show(run: Any, **more: Any) -> Page:
        pages.append(
            browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", bypass_csp=True)
        )
        pages[-1].goto(save_page(run, tmp_path / "run.html", **more).as_uri())
        pages[-1].locator(".ok-told p").first.wait_for()
        return pages[-1]

    yield show
    for page in pages:
        page.close()


def legend(page: Page) -> str:
    return " ".join(page.locator(".ok-legend").inner_text().split())


def test_an_estimated_call_is_drawn_until_this_run_makes_it(opened: Any) -> None:
    run = RUNS["ten lines"]()
    page = opened(run, estimate=run)
    assert page.evaluate(GHOSTS) == [[3, 0], [2, 1], [2, 1], [1, 2], [1, 2], [0, 3], [0, 3]]
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.locator(".ok-ghost").all_inner_texts() == ["estimate · 110 tok"] * 2
    page.keyboard.press("t")
    rows = page.locator(".ok-twin table").last.locator("tbody tr")
    assert rows.locator("th").all_inner_texts() == ["research", "writer", "mailer"]
    assert rows.filter(has_text="estimate").locator("th").all_inner_texts() == ["writer", "mailer"]
    assert "estimated 3.0 s, 330 tokens" in page.locator(".ok-twin").inner_text()


def test_what_it_came_to_is_said_at_the_end_and_one_agent_is_drawn_only_there(opened: Any) -> None:
    run = bundled("sequential")
    page = opened(run, estimate=bundled("fan_out"), baseline=bundled("single"))
    assert "one agent alone: 12.5 s, 3,925 tokens" in legend(page)
    alone = page.locator(".ok-ghost[title^='One agent alone']")
    assert not alone.is_visible()
    page.keyboard.press("7")
    assert alone.is_visible()
    assert "it took" not in legend(page), "it is not over yet"
    page.keyboard.press("End")
    assert "estimated 84.9 s, 56,570 tokens: it took 28.5 s less and 18,716 tokens fewer" in legend(page)
    page.keyboard.press("ArrowLeft")
    assert "it took" not in legend(page)
    page.keyboard.press("6")
    assert not alone.is_visible()


def test_calls_of_members_that_this_run_never_had_are_counted_in_words(opened: Any) -> None:
    page = opened(start(twins, "bees", model=Moody(0)).finish(), estimate=RUNS["ten lines"]())
    assert "2 estimated calls are not drawn: who makes them has not appeared in this run" in legend(page)
    assert page.evaluate(GHOSTS)[0] == [1, 0], "both have a writer"


async def writes_on(goal: str) -> str:
    return str(await writer(await writer(await writer(goal))))


HELD: dict[str, Any] = {
    "another pattern": lambda: (
        bundled("sequential"),
        {"estimate": bundled("hierarchical"), "baseline": bundled("single")},
    ),
    "a longer estimate": lambda: (some_rounds(Moody(0), 3), {"estimate": some_rounds(Fake(), 5)}),
    "slower than estimated": lambda: (writing(Fake(latency_s=2.5)), {"estimate": writing(Fake())}),
}


def writing(model: Any) -> Any:
    return start(writes_on, "bees", model=model).finish()


def some_rounds(model: Any, times: int) -> Any:
    return start(rounds, times, model=model).finish()


@pytest.mark.parametrize("name", HELD)
def test_it_steps_back_as_it_came_and_every_text_can_be_read(opened: Any, name: str) -> None:
    run, more = HELD[name]()
    page = opened(run, **more)
    result = page.evaluate(THERE_AND_BACK)
    assert result["steps"] == result["distinct"]
    assert not result["different"]
    page.keyboard.press("Home")
    assert not page.evaluate(OUTSIDE), "the axis has room for the longer one"
    page.add_style_tag(content=".ok-stepper * { max-height: none !important }")  # what one must scroll to is read too
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1):
            step_to(page, share)
            assert page.evaluate(UNREADABLE) == [], f"{width}x{height}, at {share:.0%}"
