"""The first notebook in a real browser: before it is run, when it is run, and after a learner's slip."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab import NOTEBOOKS, Lab, command, jupyterlab, type_and_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FIRST = "01_meet_the_orchestra.ipynb"
CELLS: list[dict[str, Any]] = json.loads((NOTEBOOKS / FIRST).read_text("utf-8"))["cells"]
CODE = [cell for cell in CELLS if cell["cell_type"] == "code"]
PROSE = "\n".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
STORED = "".join("".join(output.get("data", {}).get("text/html", "")) for cell in CODE for output in cell["outputs"])
PICTURES = """() => Promise.all([...document.querySelectorAll('.jp-Notebook img')].map(async picture => {
    await picture.decode().catch(() => null)
    const [width, room] = [picture, picture.closest('.jp-RenderedHTMLCommon')].map(box => box.clientWidth)
    return {alt: picture.alt, shows: picture.naturalWidth > 0, fits: 0 < width && width <= room}
}))"""
# On stderr a library may say, once, that it fills a cache; JupyterLab shows errors as if they stood there too.
OUTPUTS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-OutputArea')].map(area =>
    area.querySelector('.ok-twin') ? 'a widget, or the plain form of one' :
    [...area.querySelectorAll('.jp-OutputArea-output:not([data-mime-type$=stderr])')].map(output =>
        output.innerText.trim() + [...output.querySelectorAll('img')].map(picture => picture.alt)).join('\\n'))"""
FAILED = """() => window.jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')
    .map(cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'))"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


@pytest.fixture(scope="module")
def stored_and_run(lab: Lab) -> tuple[list[str], Page]:
    """What each cell showed as it was stored; and the page, when all that is gone and every cell has run."""
    page = lab.open(FIRST)
    stored: list[str] = page.evaluate(OUTPUTS)
    command(page, "notebook:clear-all-cell-outputs")
    assert not any(page.evaluate(OUTPUTS))
    command(page, "notebook:run-all-cells")
    return stored, page


def check_pictures(page: Page) -> None:
    pictures = page.evaluate(PICTURES)
    assert [picture["alt"] for picture in pictures] == [*map(html.unescape, re.findall(r'<img alt="(.+?)"', STORED))]
    for picture in pictures:
        assert picture["shows"], f"this picture does not show: {picture['alt']}"
        assert picture["fits"], f"this picture is wider than its cell: {picture['alt']}"


def test_it_can_be_read_before_it_is_run(lab: Lab) -> None:
    page = lab.open(FIRST)
    assert page.locator("[title^='Notebook not trusted: 0 of']").count(), "this is not what a newcomer gets to see"
    check_pictures(page)
    stored = [html.unescape(text) for text in re.findall(r"<td>(.*?)</td>", STORED)]
    assert page.locator(".jp-OutputArea td").all_inner_texts() == stored
    headings = page.locator(".jp-MarkdownCell").locator("h1, h2, h3, h4, h5, h6")
    levels = headings.evaluate_all("all => all.map(heading => Number(heading.tagName[1]))")
    written = re.findall(r"^(#+) (.+)", re.sub(r"```.*?```", "", PROSE, flags=re.DOTALL), re.MULTILINE)
    assert [text for _, text in written] == headings.all_inner_texts()
    assert [len(marks) for marks, _ in written] == levels
    assert levels.count(1) == levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), f"a level is left out: {levels}"
    page.close()


def test_it_runs_from_top_to_bottom_and_shows_what_is_stored(stored_and_run: tuple[list[str], Page]) -> None:
    stored, page = stored_and_run
    assert page.evaluate(FAILED) == ["raises-exception" in cell["metadata"].get("tags", []) for cell in CODE]
    assert page.evaluate(OUTPUTS) == stored
    assert [*map(bool, stored)] == [bool(cell["outputs"]) for cell in CODE]
    check_pictures(page)


def test_an_await_at_the_top_of_a_cell_is_answered_with_help(stored_and_run: tuple[list[str], Page]) -> None:
    shown = type_and_run(stored_and_run[1], 'await research("bees")')
    assert "research('bees') was awaited outside a run, so nobody is there to answer it. Put the await into" in shown


def test_a_run_goes_step_by_step_although_asyncio_runs_already(stored_and_run: tuple[list[str], Page]) -> None:
    code = 'import asyncio\nasyncio.get_running_loop()\nbees = start(orchestrator, "bees")\nbees.step()\n*bees.waiting,'
    assert type_and_run(stored_and_run[1], code).endswith("('orchestrator/research',)")
