"""The review desk in a real browser: by keyboard alone, with texts that would like to run, and in JupyterLab."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab import Lab, jupyterlab, type_and_run
from browser.looks import SMALL_TARGETS, UNREADABLE
from core.fakes import Fake
from reviews import FIRST, SECOND, failed, of_a_type, one_after_the_other, side_by_side
from runs_to_step import LONG, PAYLOADS

from orchestra_kit import Specialist, Verdict, review, start
from orchestra_kit.display import ReviewDesk
from orchestra_kit.scenarios.check import Check

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
# A page with the widget's own script and style, and a stand-in for its model that talks with the desk of the test.
DRAW = """async ([script, style, state]) => {
    const on = {}, emit = (name, value) => [...on[name] ?? []].forEach(hear => hear(value))
    const model = {
        get: name => state[name],
        on: (name, hear) => { (on[name] ??= []).push(hear) },
        off: (name, hear) => { on[name] = on[name].filter(each => each !== hear) },
        async send(message) {
            for (const [name, value] of await window.toKernel(message)) {
                if (name === 'page') { state.page = value; emit('change:page') } else emit('msg:custom', value)
            }
        },
    }
    window.keysOutside = []
    document.addEventListener('keydown', event => window.keysOutside.push(event.key))
    document.head.append(Object.assign(document.createElement('style'), { textContent: style }))
    const widget = (await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))).default()
    const home = document.querySelector('main')
    let down = widget.render({ model, el: home })
    window.drawAgain = () => { down(); home.replaceChildren(); down = widget.render({ model, el: home }) }
}"""
BLANK = "<!doctype html><body style='background:Canvas;color-scheme:light dark'><main></main>"
WHO_HAS_THE_FOCUS = "document.activeElement.textContent || document.activeElement.id.split('-').at(-1)"


@pytest.fixture
def drawn(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Draws a desk on a blank page; whatever fails in it or wants to leave it is a fault."""
    faults, contexts = list[str](), list[Any]()

    def draw(desk: ReviewDesk, width: int = 860, height: int = 680, **options: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, offline=True, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text))
        page.on("request", lambda asked: faults.append(asked.url) if asked.url.startswith("http") else None)
        page.expose_function("toKernel", kernel(desk))
        page.set_content(BLANK)
        page.evaluate(DRAW, [desk._esm, desk._css, {"page": desk.page, "mark": desk.mark}])
        page.locator(".ok-desk button:enabled, .ok-desk-end pre").first.wait_for()
        return page

    yield draw
    for context in contexts:
        context.close()
    assert not faults


def kernel(desk: ReviewDesk) -> Callable[[Any], Any]:
    """What the kernel does with a message of the page, and all that it says to it meanwhile."""
    out: list[list[Any]] = []
    desk.observe(lambda change: out.append(["page", change.new]), "page")
    desk.send = lambda content, _=None: out.append(["message", content])

    def hear(message: Any) -> Any:
        desk._handle_custom_msg(message, [])
        said, out[:] = json.loads(json.dumps(out)), []
        return said

    return hear


def card(page: Page, why: str) -> Locator:
    return page.get_by_role("article", name=why)


def tab_to(page: Page, name: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if name in page.evaluate(WHO_HAS_THE_FOCUS):
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_a_whole_run_by_keyboard_alone_and_every_key_stays_in_the_desk(drawn: Any) -> None:
    desk = ReviewDesk(one_after_the_other())
    page = drawn(desk)
    tab_to(page, "note")
    page.keyboard.type("abm: 24, not 25")
    tab_to(page, "Reject")
    page.keyboard.press("Enter")
    page.get_by_text(SECOND).wait_for()
    assert page.evaluate(WHO_HAS_THE_FOCUS) == "May this post go out?", "the focus goes to what comes next"
    assert "abm: 24, not 25" in page.locator(".ok-desk-earlier").inner_text()
    assert page.locator("[aria-live=polite]").inner_text() == "Sent back with your note."
    tab_to(page, "Approve")
    page.keyboard.press("Space")
    card(page, "And this email?").wait_for()
    tab_to(page, "Edit")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Dear bees, buzz.")
    tab_to(page, "Use my version")
    page.keyboard.press("Enter")
    page.locator(".ok-desk-end").get_by_text("Dear bees, buzz.").wait_for()
    assert desk.run.result == [SECOND, "Dear bees, buzz."]
    assert page.get_by_text("run.result holds the result: 2 parts.").is_visible()
    assert set(page.evaluate("window.keysOutside")) <= {"Tab"}, "only what came before the focus was in the desk"


def test_a_rejection_asks_for_its_note_first(drawn: Any) -> None:
    desk = ReviewDesk(one_after_the_other())
    page = drawn(desk)
    page.get_by_role("button", name="Reject").click()
    assert "say what is to be changed" in page.get_by_role("alert").inner_text()
    assert page.evaluate(WHO_HAS_THE_FOCUS) == "note"
    assert desk.decisions.empty, "nothing was sent"


def test_an_edit_of_a_wrong_shape_is_said_and_nothing_typed_is_lost(drawn: Any) -> None:
    desk = ReviewDesk(of_a_type())
    page = drawn(desk)
    page.get_by_role("button", name="Edit").click()
    own = page.get_by_label("Your version, as Post")
    assert json.loads(own.input_value()) == {"title": "Bees", "words": 120}
    own.fill('{"title": "Wasps", "words": "many"}')
    page.get_by_label("Your note").fill("better")
    page.get_by_role("button", name="Use my version").click()
    page.get_by_role("alert").get_by_text("Your version is no Post yet: field 'words'").wait_for()
    page.evaluate("window.drawAgain()")
    assert own.input_value() == '{"title": "Wasps", "words": "many"}', "not even when the output is drawn anew"
    assert page.get_by_label("Your note").input_value() == "better"
    own.fill('{"title": "Wasps", "words": 90}')
    page.get_by_role("button", name="Use my version").click()
    page.locator(".ok-desk-end pre").wait_for()
    assert desk.run.result.title == "Wasps"


def test_while_the_run_works_nothing_can_be_pressed(drawn: Any) -> None:
    page = drawn(ReviewDesk(one_after_the_other()))
    page.evaluate("() => { window.toKernel = () => new Promise(() => {}) }")
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("The run works. Decisions wait until it is done.").wait_for()
    assert page.locator(".ok-desk button:enabled").count() == 0
    assert page.locator(".ok-desk").get_attribute("aria-busy") == "true"


def test_a_stale_click_is_refused_kindly_and_what_waits_now_is_shown(drawn: Any) -> None:
    desk = ReviewDesk(one_after_the_other())
    page = drawn(desk)
    desk.run.decide(Verdict("reject", "24, not 25"))
    page.get_by_role("button", name="Approve").click()
    page.get_by_text(SECOND).wait_for()
    assert "decided already" in page.locator("[aria-live=polite]").inner_text()


def test_two_that_wait_are_decided_each_on_its_own(drawn: Any) -> None:
    desk = ReviewDesk(side_by_side())
    page = drawn(desk)
    card(page, "post 1").get_by_label("Your note").fill("half a thought")
    card(page, "post 2").get_by_role("button", name="Skip").click()
    card(page, "post 2").wait_for(state="detached")
    assert card(page, "post 1").get_by_label("Your note").input_value() == "half a thought"
    card(page, "post 1").get_by_role("button", name="Approve").click()
    page.locator(".ok-desk-end pre").wait_for()
    assert desk.run.result == ["approve", "skip"]


def test_a_reader_of_the_screen_is_told_which_checks_failed(drawn: Any) -> None:
    page = drawn(ReviewDesk(one_after_the_other()))
    assert page.get_by_role("img", name="passed").count() == 1
    assert page.get_by_role("img", name="failed").count() == 1
    assert page.get_by_role("region").count() == 0, "a notebook has landmarks of its own"


def odd() -> Any:
    """Every text is too long, goes from right to left, or would like to run."""
    work = "\n".join([*PAYLOADS, "x" * 10_000, "כל הטקסט הזה נכתב מימין לשמאל, 24 קמ״ש. " * 20, "word " * 2_000])
    names = [LONG.format(1), "כותב הבלוג של החברה"]

    async def asks(_: str) -> Any:
        for name in names:
            draft = await Specialist(name, work)(work)
            await review(draft, work[:600])
            await review(work, "")

    return start(asks, work, model=Fake(lambda _: work))


def hostile_checks(_: Any) -> list[Check]:
    return [Check(payload, 0.5, number % 2 == 0, payload * 3) for number, payload in enumerate(PAYLOADS)]


CASES: dict[str, Callable[[], ReviewDesk]] = {
    "a draft": lambda: ReviewDesk(one_after_the_other(FIRST * 12, SECOND * 12, SECOND)),
    "a type": lambda: ReviewDesk(of_a_type()),
    "no work": lambda: ReviewDesk(failed()),
    "two": lambda: ReviewDesk(side_by_side()),
    "odd": lambda: ReviewDesk(odd(), checks=hostile_checks),
}


@pytest.mark.parametrize(("size", "scheme"), [((1280, 800), "light"), ((860, 680), "dark")], ids=["light", "dark"])
@pytest.mark.parametrize("name", CASES)
def test_every_text_can_be_read(drawn: Any, name: str, size: tuple[int, int], scheme: str) -> None:
    page = drawn(CASES[name](), *size, color_scheme=scheme)
    page.add_style_tag(content=".ok-desk * { max-height: none !important }")  # what one must scroll to is read too
    for _ in range(2):
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert page.evaluate(UNREADABLE) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert all(
            box.bounding_box()["height"] >= 28 for box in page.locator(".ok-desk summary, textarea:visible").all()
        )
        page.get_by_role("button", name="Reject").first.click()
        page.get_by_role("button", name="Edit").first.click()
        assert page.evaluate(UNREADABLE) == []
        page.get_by_role("button", name="Back").first.click()
        page.get_by_label("Your note").first.fill("Once more, please.")
        page.get_by_role("button", name="Reject").first.click()
        page.get_by_text(re.compile("^Sent back with your note")).wait_for()
        if not page.locator("article").count():
            break
    assert page.evaluate("window.ran") is None
    assert page.locator(".ok-desk :is(script, img, iframe, a, base, meta, link)").count() == 0


# --- in JupyterLab ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Lab]:
    with jupyterlab(browser) as running:
        yield running
        assert not running.strange(), "something left the machine, or there is an error on the browser's console"


LIVE = """from orchestra_kit import FunctionModel, Handoff, Specialist, review, start
from orchestra_kit.display import ReviewDesk
writer, mailer = Specialist("writer", "Write."), Specialist("mailer", "Write an email.")
async def until_approved(who, goal):
    told = goal
    while True:
        draft = await who(told)
        verdict = await review(draft, f"May this go out, {who.name}?")
        if verdict.decision != "reject":
            return verdict.work or draft
        told = [goal, Handoff("note", verdict.note)]
async def desk(goal):
    return [await until_approved(writer, goal), await until_approved(mailer, goal)]
model = FunctionModel(lambda call: f"{call.who} wrote: {call.prompt}")
run = start(desk, "bees", model=model)
table = ReviewDesk(run)
table"""


def test_a_run_is_decided_in_a_notebook(lab: Lab) -> None:
    page = lab.open("01_meet_the_orchestra.ipynb")
    type_and_run(page, LIVE)
    desk = page.locator(".ok-desk")
    desk.get_by_role("button", name="Approve").wait_for()
    twin = page.locator("[class*=ok-twin-]").last  # there is one from a stored run
    assert not twin.is_visible(), "it hides once the widget has drawn"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    desk.get_by_label("Your note").click()
    page.keyboard.type("dd abm xz: wasps too")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "a key edited the notebook"
    desk.get_by_role("button", name="Reject").click()
    desk.get_by_text("NOTE: dd abm xz: wasps too").first.wait_for()
    desk.get_by_role("button", name="Approve").click()
    desk.get_by_role("article", name="May this go out, mailer?").wait_for()
    desk.get_by_role("button", name="Edit").click()
    desk.get_by_label("Your version").fill("Dear bees.")
    desk.get_by_role("button", name="Use my version").click()
    desk.get_by_text("The run is over: done.").wait_for()
    said = type_and_run(page, "print(run.result[1], *table.decisions.decision, table.decisions.accepted.all())")
    assert said.strip().endswith("Dear bees. reject approve edit True")
    saved = page.evaluate("JSON.stringify(window.jupyterapp.shell.currentWidget.content.model.toJSON())")
    assert "run.decide(Verdict(" in saved, "the plain twin is stored"
    assert not re.search(r"[0-9a-f]{64}", saved), "and neither a secret nor a fingerprint is"
    page.evaluate("document.querySelector('.ok-desk').closest('.jp-OutputArea-child').remove()")
    assert twin.is_visible()
    assert "May this go out, writer?" in twin.inner_text()
