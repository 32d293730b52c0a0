"""Notebooks of the course in a real browser: before they are run, when they are run, their widgets, and a slip."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab import NOTEBOOKS, Lab, command, jupyterlab, type_and_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
OPENED = ["01_meet_the_orchestra", "02_the_loop", "04_fan_out"]
each = pytest.mark.parametrize("name", OPENED)
# A widget hides the picture that stands for it; and what it draws itself is no picture.
PICTURES = """() => Promise.all([...document.querySelectorAll('.jp-Notebook img')].filter(picture =>
    picture.offsetParent).map(async picture => {
    await picture.decode().catch(() => null)
    const [width, room] = [picture, picture.closest('.jp-RenderedHTMLCommon')].map(box => box.clientWidth)
    return {alt: picture.alt, shows: picture.naturalWidth > 0, fits: 0 < width && width <= room}
}))"""
# On stderr a library may say, once, that it fills a cache; JupyterLab shows errors as if they stood there too.
OUTPUTS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-OutputArea')].map(area =>
    area.querySelector('[class^=ok-twin]') ? 'a widget, or the plain form of one' :
    [...area.querySelectorAll('.jp-OutputArea-output:not([data-mime-type$=stderr])')].map(output =>
        output.innerText.trim() + [...output.querySelectorAll('img')].map(picture => picture.alt)).join('\\n'))"""
FAILED = """() => window.jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')
    .map(cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'))"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


class Notebook:
    """A notebook as it is stored."""

    def __init__(self, name: str):
        self.file = f"{name}.ipynb"
        cells: list[dict[str, Any]] = json.loads((NOTEBOOKS / self.file).read_text("utf-8"))["cells"]
        self.code = [cell for cell in cells if cell["cell_type"] == "code"]
        self.prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
        outputs = [output for cell in self.code for output in cell["outputs"]]
        self.html = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]

    def pictures(self, *, run: bool) -> list[str]:
        """What its pictures say, in order. Once it is run, some are hidden behind their widgets."""
        shown = [text for text in self.html if not (run and text.startswith('<div class="ok-twin'))]
        return [*map(html.unescape, re.findall(r'<img alt="(.+?)"', "".join(shown)))]


@pytest.fixture(scope="module")
def run(lab: Lab) -> Callable[[str], tuple[list[str], Page]]:
    """What each cell showed as it was stored; and the page, when all that is gone and every cell has run."""

    @cache
    def opened(name: str) -> tuple[list[str], Page]:
        page = lab.open(f"{name}.ipynb")
        stored: list[str] = page.evaluate(OUTPUTS)
        command(page, "notebook:clear-all-cell-outputs")
        assert not any(page.evaluate(OUTPUTS))
        command(page, "notebook:run-all-cells")
        return stored, page

    return opened


def check_pictures(page: Page, wanted: list[str]) -> None:
    pictures = page.evaluate(PICTURES)
    assert [picture["alt"] for picture in pictures] == wanted
    for picture in pictures:
        assert picture["shows"], f"this picture does not show: {picture['alt']}"
        assert picture["fits"], f"this picture is wider than its cell: {picture['alt']}"


@each
def test_it_can_be_read_before_it_is_run(lab: Lab, name: str) -> None:
    notebook, page = Notebook(name), lab.open(f"{name}.ipynb")
    assert page.locator("[title^='Notebook not trusted: 0 of']").count(), "this is not what a newcomer gets to see"
    check_pictures(page, notebook.pictures(run=False))
    stored = [html.unescape(text) for text in re.findall(r"<td>(.*?)</td>", "".join(notebook.html))]
    assert page.locator(".jp-OutputArea td").all_inner_texts() == stored
    headings = page.locator(".jp-MarkdownCell").locator("h1, h2, h3, h4, h5, h6")
    levels = headings.evaluate_all("all => all.map(heading => Number(heading.tagName[1]))")
    shown = "\n".join("".join(cell["source"]) for cell in notebook.prose)
    written = re.findall(r"^(#+) (.+)", re.sub(r"```.*?```", "", shown, flags=re.DOTALL), re.MULTILINE)
    assert [re.sub(r"[`*]", "", text) for _, text in written] == headings.all_inner_texts()
    assert [len(marks) for marks, _ in written] == levels
    assert levels.count(1) == levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), f"a level is left out: {levels}"
    assert not page.get_by_text("Typical misconceptions").first.is_visible(), "what is for the teacher is folded away"
    page.close()


@each
def test_it_runs_from_top_to_bottom_and_shows_what_is_stored(run: Any, name: str) -> None:
    notebook, (stored, page) = Notebook(name), run(name)
    assert page.evaluate(FAILED) == ["raises-exception" in cell["metadata"].get("tags", []) for cell in notebook.code]
    assert page.evaluate(OUTPUTS) == stored
    assert [*map(bool, stored)] == [bool(cell["outputs"]) for cell in notebook.code]
    check_pictures(page, notebook.pictures(run=True))


@each
def test_its_widgets_can_be_used(run: Any, name: str) -> None:
    _, page = run(name)
    stepper = page.locator(".ok-stepper:not(.ok-compare, .ok-desk)").first
    stepper.focus()
    page.keyboard.press("Home")
    told = [stepper.locator(".ok-told p").first.inner_text()]
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        told.append(stepper.locator(".ok-told p").first.inner_text())
    assert len(set(told)) == 6
    quiz = page.locator(".ok-ask").last
    quiz.locator("form:not([hidden]) input").first.check()
    quiz.get_by_role("button", name="Check").click()
    quiz.get_by_role("status").get_by_text(re.compile("right of 1 answered")).wait_for()
    assert type_and_run(page, "len(quiz.answers)").endswith("1")


def test_an_await_at_the_top_of_a_cell_is_answered_with_help(run: Any) -> None:
    shown = type_and_run(run(OPENED[0])[1], 'await research("bees")')
    assert "research('bees') was awaited outside a run, so nobody is there to answer it. Put the await into" in shown


def test_a_run_goes_step_by_step_although_asyncio_runs_already(run: Any) -> None:
    code = 'import asyncio\nasyncio.get_running_loop()\nbees = start(orchestrator, "bees")\nbees.step()\n*bees.waiting,'
    assert type_and_run(run(OPENED[0])[1], code).endswith("('orchestrator/research',)")
