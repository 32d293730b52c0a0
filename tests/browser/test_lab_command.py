"""`orchestra-kit lab` as a learner meets it: the first notebook, and nothing over it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.lab import PATIENCE_S, listens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
START = "import sys; from orchestra_kit.cli import main; sys.argv[0] = 'orchestra-kit'; main()"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\S+")


def test_the_first_notebook_opens_with_no_question_over_it(browser: Browser, tmp_path: Path) -> None:
    """With the settings of somebody who never used Jupyter: otherwise it asks about news, and looks for updates."""
    fresh = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-c", START, "lab", str(tmp_path / "course"), "--no-browser"]
    environment = os.environ | fresh | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as lab:
        try:
            assert lab.stderr is not None
            address = next(filter(None, map(ADDRESS.search, lab.stderr)))
            page = browser.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(address.group(), timeout=PATIENCE_S * 1000)
            page.locator(".jp-Notebook h1").first.wait_for(timeout=PATIENCE_S * 1000)
            page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=PATIENCE_S * 1000)
            assert not page.locator(".jp-Dialog, .Toastify__toast").count()
            assert not [url for url in asked if "/lab/api/news" in url or "/lab/api/update" in url]
            page.close()
        finally:
            lab.terminate()
    assert not listens(int(address.group(1)))
