"""Whatever a model, a file or a person may say stays a text, wherever JupyterLab shows it: nothing of it runs, and
nothing of it leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.lab import Lab, jupyterlab, type_and_run
from payloads import HOST, PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TESTS = Path(__file__).parents[1]
SETUP = f"""import sys
sys.path.insert(0, {str(TESTS)!r})
from payloads import PAYLOADS
from runs_to_step import hostile
from orchestra_kit import FunctionModel, Handoff, ModelError, Specialist, Verdict, review, start
from orchestra_kit.display import *
run = hostile()
TEXTS = [text.replace(chr(0xd800), "").replace(chr(0), "") for text in PAYLOADS]  # or a kernel sends nothing
ALL = " ".join(TEXTS)
asked = Specialist("asked", ALL)
async def to_a_person(goal):
    work = await asked(goal)
    return await review([Handoff(PAYLOADS[0], work), ALL], ALL)
waiting = start(to_a_person, ALL, model=FunctionModel(lambda call: ALL)).finish()
desk = ReviewDesk(waiting)
both = Compare({{ALL: run, "fork": run.fork(9).finish()}})
def plain(widget):
    return {{"text/html": f"<div class=plain>{{widget.twin()}}</div>"}}
questions = [Question(ask=a, options=[Option(text=a, why=b, right=True), Option(text=b, why=c), Option(text=c, why=a)])
             for a, b, c in zip(TEXTS, TEXTS[1:], TEXTS[2:])]"""
SINKS = {  # what is shown, and what must be there before it is looked at
    "stepper": ("Stepper(run)", ".ok-stepper:not(.ok-compare, .ok-desk)"),
    "side by side": ("both", ".ok-compare"),
    "review desk": ("desk", ".ok-desk"),
    "the same as plain HTML": (
        "display(*map(plain, (Stepper(run), both, desk)), raw=True)",
        ".plain",
    ),
    "tables": ("display(run.calls(), predictions())", "table.dataframe"),
    "chart of a run": ("timeline(run)", "img"),
    "charts with labels": (
        "for text in TEXTS[::6]:\n    display(tokens_and_latency({text: run, ALL: run}))\ntokens_by_role({ALL: run})",
        "img",
    ),
    "questions": ("Quiz(questions)", ".ok-ask"),
    "predictions": ("display(*(Predict(text, [text, 'b']) for text in TEXTS[::8]))", ".ok-ask"),
    "reprs": (
        "display(run, run.events[0], run.outcome, Verdict('reject', ALL)); run.summary()",
        ".jp-OutputArea-output",
    ),
    "traceback": ("raise ModelError(ALL)", "[data-mime-type*=stderr]"),
    "traceback of a run": ("run.result", "[data-mime-type*=stderr]"),
}
# What would not be in the page if every text had stayed a text. (JupyterLab itself makes an address in plain text a
# link that can be clicked: that asks nobody.)
TAKEN_FOR_MARKUP = f"""() => [...document.querySelectorAll('.jp-OutputArea *')].filter(each =>
    /^(script|iframe|object|embed|base|meta|link|frameset|marquee|template|audio|video|track|animate|set)$/i
        .test(each.localName)
    || [...each.attributes].some(({{name, value}}) => /^on/i.test(name) || /^\\s*javascript:/i.test(value)
        || /^(src|href|srcset|action|background|poster|data)$/i.test(name) && value.includes('{HOST}')
        && each.localName !== 'a')
).map(each => each.outerHTML.slice(0, 120))"""


EVERY_STEP = """kind => {
    const root = document.querySelector(kind), slider = root.querySelector('.ok-controls input')
    for (let step = 0; step <= slider.max; step++) {
        slider.value = step
        slider.dispatchEvent(new Event('input'))
        for (const tab of root.querySelectorAll('.ok-tabs button:enabled')) tab.click()
    }
    for (const key of 'tgtcx') root.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))
}"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        asked = [line for line in running.strange() if "asked for" in line]
        assert not asked, "something left the machine"


@pytest.fixture(scope="module")
def page(lab: Lab) -> Page:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, SETUP)
    return page


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 70


@pytest.mark.parametrize("sink", SINKS)
def test_it_stays_a_text(page: Page, sink: str) -> None:
    code, drawn = SINKS[sink]
    type_and_run(page, code)
    output = page.locator(".jp-CodeCell:has(.cm-content)").filter(has=page.locator(drawn)).last
    output.locator(drawn).first.wait_for()
    if sink in ("stepper", "side by side"):
        page.evaluate(EVERY_STEP, drawn)
    assert "img" in drawn or "window.ran" in output.inner_text(), "the sink has not shown what it should"
    page.wait_for_timeout(300)  # what would load, or fail to load, has had its chance
    assert page.evaluate("window.ran") is None
    assert page.evaluate(TAKEN_FOR_MARKUP) == []
