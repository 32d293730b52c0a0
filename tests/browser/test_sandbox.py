"""The sandbox in JupyterLab: a slider that is moved draws real runs anew, and what was under way is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser.lab import Lab, jupyterlab, type_and_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SHOW = """from orchestra_kit.course.sandbox import Sandbox
sandbox = Sandbox(runs=2, tokens=2_000, parts=2)
sandbox"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


def test_a_slider_draws_real_runs_and_the_intervals_fill_in_after(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, SHOW)
    said = page.locator("p[role=status]").last
    said.filter(has_text=re.compile(r"^2 of 2 talks of about 2,000 tokens, 2 parts")).wait_for()
    picture = said.locator("xpath=preceding-sibling::img")
    before = picture.get_attribute("alt")
    page.locator(".widget-slider .noUi-handle").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said.filter(has_text=re.compile(r"^2 of 2 talks of about 2,000 tokens, 4 parts")).wait_for()
    assert picture.get_attribute("alt") != before
    told = type_and_run(page, "len(sandbox.comparison.frame), sandbox.settings.parts, sandbox.filling.done()")
    assert told.endswith("(10, 4, True)")
    assert not page.locator("[class*=ok-twin-]").last.is_visible()
