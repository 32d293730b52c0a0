"""What axe-core, an inspector of accessibility, says of everything that is drawn in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.kernel import draw
from reviews import one_after_the_other
from runs_to_step import bundled

from orchestra_kit.display import Compare, Option, Predict, Question, Quiz, ReviewDesk, Stepper, save_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SIZES = [(1280, 800), (860, 680)]
QUICK = "{ resultTypes: ['violations'], selectors: false, iframes: false, preload: false }"
SERIOUS = f"""() => axe.run({QUICK}).then(found => found.violations
    .filter(each => ['serious', 'critical'].includes(each.impact))
    .flatMap(each => each.nodes.map(node => `${{each.impact}}: ${{each.id}}: ${{node.html.slice(0, 140)}}`)))"""
EMPTY = (
    "<!doctype html><html lang='en'><title>A widget</title><body style='color-scheme: light dark; background: Canvas'>"
)


def asked() -> list[Question]:
    wrong = [Option(text=text, why="Somebody waits.") for text in ("One by one", "In turn")]
    options = [Option(text="At once", why="Nobody waits.", right=True), *wrong]
    return [Question(ask=f"When do they work, the {time} time?", options=options) for time in ("first", "second")]


def stepped(**more: Any) -> dict[str, Any]:
    return {"run": bundled("sequential"), "estimate": bundled("sequential"), "baseline": bundled("single"), **more}


# What is drawn: how it is made, its root, and the keys that bring it from one look to the next.
PHASES = [*"1234567"]
LOOKS: dict[str, tuple[Callable[[], Any], str, list[str]]] = {
    "stepper, as a page": (lambda: stepped(), ".ok-stepper", [*PHASES, "t", "t", "?", "Escape", "Home", "g", "d", "p"]),
    "stepper, as a widget": (
        lambda: Stepper(**stepped()),
        ".ok-stepper",
        ["5", "d", "x", "Escape", "f", "Escape", "c"],
    ),
    "side by side": (lambda: Compare([bundled("sequential"), bundled("single")]), ".ok-compare", ["End", "t"]),
    "review desk": (lambda: ReviewDesk(one_after_the_other()), ".ok-desk", ["Tab", "Enter"]),
    "quiz": (lambda: Quiz(asked()), ".ok-ask", ["Tab", " ", "Enter"]),
    "prediction": (lambda: Predict("Which is faster?", ["One by one", "At once"]), ".ok-ask", ["Tab", " ", "Enter"]),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKS)
def test_axe_finds_nothing_serious(
    browser: Browser, name: str, scheme: Any, size: tuple[int, int], tmp_path: Path
) -> None:
    make, root, keys = LOOKS[name]
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    try:
        show(page, make(), tmp_path / "run.html")
        page.locator(root).first.wait_for()
        page.evaluate(Axe().axe_script)
        assert page.evaluate(SERIOUS) == [], "as it opens"
        for place, key in enumerate(keys):
            page.keyboard.press(key)
            assert page.evaluate(SERIOUS) == [], f"after {' '.join(keys[: place + 1])}"
    finally:
        page.close()


def show(page: Page, what: Any, path: Path) -> None:
    """Open a run as a page from disk, or draw a widget in an empty page."""
    if isinstance(what, dict):
        page.goto(save_page(path=path, **what).as_uri())
    else:
        page.set_content(EMPTY)
        draw(page, what)
