"""Quiz and prediction in a real browser: by keyboard alone, with texts that would like to run, and in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from browser.lab import OPENED, Lab, command, jupyterlab, type_and_run
from payloads import PAYLOADS as ALL

from orchestra_kit.display import Option, Predict, Question, Quiz

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
PAYLOADS = [
    text.replace("\ud800", "").replace("\x00", "") for text in ALL
]  # half a character is refused before it is drawn
# A page with the widget's own script and style, and a stand-in for its model that keeps what the page says.
DRAW = """async ([script, style, state]) => {
    const on = {}, model = {
        get: name => state[name], off() {}, on: (name, draw) => { (on[name] ??= []).push(draw) },
        set(name, value) { state[name] = value; (on['change:' + name] ?? []).forEach(draw => draw()) },
        save_changes() {},
    }
    document.head.append(Object.assign(document.createElement('style'), {textContent: style}))
    const widget = await import(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})))
    widget.default.render({model, el: document.body.appendChild(document.createElement('div'))})
    window.state = state
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page; nothing may fail in it, and nothing may leave it."""
    page = browser.new_page(viewport={"width": 860, "height": 680})
    seen: list[str] = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if request.url.startswith("http") else None)
    yield page
    assert not seen
    page.close()


def draw(page: Page, widget: Any) -> Locator:
    state = {name: getattr(widget, name) for name in ("asked", "picked", "made", "met") if widget.has_trait(name)}
    page.evaluate(DRAW, [widget._esm, widget._css, json.loads(json.dumps(state))])
    return page.locator(".ok-ask").last


def hostile(number: int) -> Question:
    """Three payloads, each as a question, as an option and as an explanation."""
    three = [PAYLOADS[(number + at) % len(PAYLOADS)] for at in range(3)]
    return Question(
        ask=three[0],
        options=[Option(text=text, why=three[at - 1], right=at == 0) for at, text in enumerate(three)],
    )


def test_a_whole_quiz_by_keyboard_alone(page: Page) -> None:
    quiz = Quiz("01_meet_the_orchestra")
    shown = draw(page, quiz)
    first = quiz.questions[0]
    right = [option.right for option in first.shown].index(True)
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.type === 'radio'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown" if right != 1 else "ArrowUp")  # a wrong one
    assert page.evaluate("state.picked") == {}, "moving through the options answers nothing"
    page.keyboard.press("Enter")
    wrong = first.shown[1 if right != 1 else 3]
    live = shown.locator("form:not([hidden]) [aria-live=polite]")
    assert live.inner_text() == f"✕ Not this one. {wrong.why}"
    for number, question in enumerate(quiz.questions):
        while not page.evaluate("document.activeElement.type === 'radio'"):
            page.keyboard.press("Tab")
        options = [option.text for option in question.shown]
        target = next(option.text for option in question.shown if option.right)
        at = page.evaluate("Number(document.activeElement.value)")
        page.keyboard.press("Space")
        for _ in range((options.index(target) - at) % len(options)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert live.inner_text().startswith("✓ Right. ")
        for name in ("Check", "Next"):
            while page.evaluate("document.activeElement.textContent") != name and number < 7:
                page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", "focus can be seen"
        page.keyboard.press("Enter")
    quiz.picked = page.evaluate("state.picked")
    assert quiz.score == (8, 7, 8, 8)
    assert shown.get_by_role("status").last.inner_text() == "8 right of 8 answered"


def test_a_screen_reader_is_told_the_question_its_options_and_their_marks(page: Page) -> None:
    quiz = Quiz("01_meet_the_orchestra")
    shown = draw(page, quiz)
    question = quiz.questions[0]
    group = shown.get_by_role("group", name=f"1. {question.ask}")
    assert group.get_by_role("radio").count() == 4
    for option in question.shown:
        group.get_by_role("radio", name=option.text).check()
        shown.get_by_role("button", name="Check").click()
        assert option.why in shown.locator("form:not([hidden]) [aria-live]").inner_text()
        assert shown.get_by_role("button", name=f"Question 1, {'right' if option.right else 'not right yet'}").count()
    shown.get_by_role("button", name="Question 2, not answered").click()
    assert shown.locator("legend:visible").inner_text().startswith("2. facts = research(topic)")
    shown.get_by_role("button", name="Start again").click()
    assert page.evaluate("state.picked") == {}
    assert shown.locator("input:checked").count() == 0


def test_a_prediction_by_keyboard_and_its_outcome(page: Page) -> None:
    speed = Predict("How many times as fast?", unit="times as fast", within=0.5)
    shown = draw(page, speed)
    shown.get_by_role("button", name="Record").click()
    assert page.evaluate("state.made") == {}, "nothing is recorded before both are chosen"
    shown.get_by_role("spinbutton", name="times as fast").focus()
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    speed.made = page.evaluate("state.made")
    assert speed.made == {"value": 3, "confidence": 0.8, "said": "3 times as fast"}
    assert shown.get_by_role("status").inner_text() == "Recorded: 3, 80 % sure. Now run on."
    assert "Right if at most 0.5 off." in shown.inner_text()
    speed.outcome(2.7)
    known = draw(page, speed)
    told = "✓ As predicted. You said: 3 times as fast, 80 % sure. It came out: 2.7 times as fast."
    assert known.get_by_role("status").inner_text() == told
    assert known.get_by_role("spinbutton").is_disabled()
    silent = Predict("Who?", ["a", "b"])
    silent.outcome("b")
    assert draw(page, silent).get_by_role("status").inner_text() == "No prediction was made. It came out: b."


def test_texts_are_shown_and_never_run(page: Page) -> None:
    quiz = Quiz([hostile(number) for number in range(len(PAYLOADS))])
    shown = draw(page, quiz)
    for number, question in enumerate(quiz.questions, start=1):
        shown.get_by_role("button", name=f"Question {number}, not answered").click()
        right = next(at for at, option in enumerate(question.shown) if option.right)
        for at in (*({0, 1, 2} - {right}), right):
            shown.locator("form:not([hidden]) input").nth(at).check()
            shown.get_by_role("button", name="Check").click()
        shown.locator("form:not([hidden]) summary").click()
        said = shown.locator("form:not([hidden])").text_content() or ""
        for text in (question.ask, *(option.why for option in question.options)):
            assert text.replace("`", "") in said
    for text in PAYLOADS:
        prediction = Predict(text, [text, "b"], name=text)
        prediction.choose(text, confidence=0.7)
        draw(page, prediction)
        prediction.outcome(text)
        draw(page, prediction)
        draw(page, Predict(text, unit=text))
    page.evaluate(
        "twins => document.body.insertAdjacentHTML('beforeend', twins)",
        quiz.twin() + "".join(Predict(text, [text, "b"]).twin() + Predict(text, unit=text).twin() for text in PAYLOADS),
    )
    page.wait_for_timeout(200)  # for what would load or fail to load
    assert page.evaluate("window.ran") is None
    assert page.locator("script, img, svg, iframe, video, object, embed, meta, link, body style").count() == 0


@pytest.mark.parametrize("width", [320, 860])
def test_nothing_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 680})
    long = "a_word_without_an_end" * 40
    texts = [f"{long} {at}" for at in range(3)]
    question = Question(ask=long, options=[Option(text=text, why=long, right=text == texts[0]) for text in texts])
    for widget in (Quiz([question] * 20), Predict(long, [long, "b"]), Predict(long, unit=long[:200])):
        draw(page, widget)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# In JupyterLab ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


def opened(lab: Lab, name: str, notebook: Any) -> Page:
    """A notebook that is not one of the course's, open in JupyterLab."""
    nbformat.write(notebook, lab.folder / "notebooks" / name)
    page = lab.window.new_page()
    page.goto(f"{lab.url}lab/tree/{name}?token={lab.token}&reset")
    page.wait_for_function(OPENED)
    return page


def empty(*cells: Any) -> Any:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=[*cells], metadata={"kernelspec": kernel})


def test_answers_arrive_in_python_and_no_key_edits_the_notebook(lab: Lab) -> None:
    page = opened(lab, "quiz.ipynb", empty(nbformat.v4.new_markdown_cell("# A quiz")))
    type_and_run(page, "from orchestra_kit.display import *\nquiz = Quiz('01_meet_the_orchestra')\nquiz")
    quiz = page.locator(".ok-ask").first
    radios = quiz.locator("input:visible")
    radios.nth(0).click()
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    for key in ("a", "b", "m", "d", "d", "x", "y", "z", "Shift+Enter", "Alt+Enter", "Control+Enter", "ArrowDown"):
        radios.nth(0).focus()
        page.keyboard.press(key)
    assert cells.count() == before, "a key has edited the notebook"
    assert quiz.is_visible()
    right = [option.right for option in Quiz("01_meet_the_orchestra").questions[0].shown].index(True)
    radios.nth(right).check()
    page.keyboard.press("Enter")
    assert type_and_run(page, "print(quiz.answers[0].right, quiz.answers[0].number)").strip() == "True 1"
    type_and_run(page, "quiz.choose(2, 'A'); calls = Predict('How often?', unit='calls', name='calls')\ncalls")
    quiz.get_by_role("button", name="Question 2, not right yet").wait_for()  # what Python answers is drawn
    asks = page.locator(".ok-ask").last
    asks.get_by_role("spinbutton").fill("2")
    asks.get_by_role("radio", name="90 %").check()
    page.keyboard.press("Enter")
    asks.get_by_text("Recorded: 2 calls, 90 % sure. Now run on.").wait_for()
    shown = type_and_run(page, "calls.outcome(2)")
    assert shown.endswith("predicted: 2 calls, 90 % sure; came out: 2 calls ✓")
    asks.get_by_text("✓ As predicted.").wait_for()
    page.close()


def test_the_static_twin_is_seen_without_a_kernel_and_hides_once_the_widget_has_drawn(lab: Lab) -> None:
    quiz = Quiz([hostile(number) for number in range(len(PAYLOADS))])
    widget, _ = quiz._repr_mimebundle_() or ({}, {})
    bundles = [widget, {"text/html": f'<div class="ok-twin">{quiz.twin()}</div>'}]
    outputs = [nbformat.v4.new_output("display_data", data=data) for data in bundles]
    code = "from orchestra_kit.display import Quiz\nQuiz('01_meet_the_orchestra')"
    page = opened(lab, "stored.ipynb", empty(nbformat.v4.new_code_cell(code, outputs=outputs)))
    shown = page.locator(".jp-OutputArea")
    assert shown.locator("details").count() == len(PAYLOADS)
    assert f"Quiz, {len(PAYLOADS)} questions. Run this cell to answer here." in shown.inner_text()
    assert PAYLOADS[0] in shown.inner_text()
    assert page.evaluate("window.ran") is None
    command(page, "notebook:run-all-cells")
    page.locator(".ok-ask").wait_for()
    assert page.locator(".ok-twin").count() == 1
    assert not page.locator(".ok-twin").is_visible()
    page.close()
