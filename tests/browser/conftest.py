"""The browser of the browser tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NO_BROWSER = (
    "no Chromium was found, so nothing can be tried in a browser. On Debian and Ubuntu: sudo apt-get install chromium. "
    "If yours is called something else, name it: CHROMIUM=/path/to/chromium"
)
# As root in a container there is no sandbox and little shared memory; the others keep the browser off the network.
CHROMIUM_ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
CHROMIUM_ARGS += ["--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check"]


@pytest.fixture(scope="module")  # not longer: while it is open, its event loop runs in the thread of the tests
def browser() -> Iterator[Browser]:
    """The Chromium of the system. Without one a test is skipped, unless ORCHESTRA_KIT_BROWSER=required."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        required = os.environ.get("ORCHESTRA_KIT_BROWSER") == "required"
        (pytest.fail if required else pytest.skip)(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield running
        running.close()
