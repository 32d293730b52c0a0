"""How fast the stepper draws, in a real browser: a step at some 200 events and at 2,000, the first paint, and how large
it is. Run it with `make bench`, after `make test` has brought playwright; it ends with 1 when one is over its target.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from orchestra_kit import FanOut, FunctionModel, Sequential, Specialist, Verdict, start, together
from orchestra_kit.display import Stepper, save_page

APPROVES = Verdict("approve").model_dump_json()
ANSWERS = FunctionModel(lambda call: APPROVES if call.who == "reviewer" else f"What {call.who} found out. " * 20)
STEP_MS = {"200 events": 50, "2,000 events of two": 100, "2,000 events of 40": 100}  # the 95th of 100 steps, at most
PAINT_MS, CODE_KB, PAGE_KB = 500, 120, 400
# Forwards one by one, and jumps to and fro, as with the slider; each until it is laid out.
TOOK = """() => {
    const slider = document.querySelector('.ok-controls input'), took = []
    for (let k = 0; k < 100; k++) {
        const from = performance.now()
        slider.value = k % 2 ? Math.floor(slider.max * ((k * 0.37) % 1)) : Math.min(slider.max, +slider.value + 1)
        slider.dispatchEvent(new Event('input'))
        document.body.offsetHeight
        took.push(performance.now() - from)
    }
    return took.sort((a, b) => a - b)[94]
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"  # nothing until it is known

writers = [Specialist(f"writer {number}", "Write.") for number in range(1, 84)]
desk = Sequential("desk", *(Specialist(name, "Go on.") for name in ("research", "author", "editor", "mailer")))


async def wide(goal: str) -> str:
    texts = await together(writer(goal) for writer in writers)
    return str(await desk("\n".join(texts)))


crowd = FanOut(
    "crowd",
    *(Specialist(f"hand {number}", "Write.") for number in range(40)),
    reviewer=Specialist("reviewer", "Review.", makes=Verdict),
)


async def rounds(goal: str) -> str:
    for _ in range(7):
        goal = str(await crowd(goal[:200]))
    return goal


async def long(goal: str) -> str:
    for _ in range(1_000):
        goal = await writers[0](goal[:200])
    return goal


def main() -> int:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or find_spec("playwright") is None:
        print("stepper: not measured, because there is no Chromium, or no playwright (make test installs it)")
        return 0
    from playwright.sync_api import sync_playwright

    over = 0

    def report(what: str, value: float, target: float, unit: str) -> None:
        nonlocal over
        over += value > target
        print(
            f"stepper, {what:42} {value:6.0f} {unit}   at most {target:g} {unit}   {'OVER' if value > target else 'OK'}"
        )

    code = len(f"{Stepper._esm}{Stepper._css}".encode()) / 1_000
    report("script and style", code, CODE_KB, "kB")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for (what, step_ms), orchestrator in zip(STEP_MS.items(), (wide, long, rounds), strict=True):
            run: Any = start(orchestrator, "bees in the city", model=ANSWERS).finish()
            path = save_page(run, Path(folder) / f"{len(run.events)}.html")
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(path.as_uri())
            page.locator(".ok-stepper").wait_for()
            report(f"{what}: first paint", page.wait_for_function(PAINTED).json_value(), PAINT_MS, "ms")
            report(f"{what}: the 95th of 100 steps", page.evaluate(TOOK), step_ms, "ms")
            if orchestrator is wide:
                report(f"{what}: the page", path.stat().st_size / 1_000, PAGE_KB, "kB")
        browser.close()
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
