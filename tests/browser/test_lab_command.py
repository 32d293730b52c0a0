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
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"  # in pixels
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\S+")


@pytest.mark.parametrize("projector", [False, True], ids=["on a desk", "on a projector"])
def test_the_first_notebook_opens_with_no_question_over_it(browser: Browser, tmp_path: Path, projector: bool) -> None:
    """With the settings of somebody who never used Jupyter: otherwise it asks about news, and looks for updates."""
    fresh = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-c", START, "lab", str(tmp_path / "course"), "--no-browser"]
    command += ["--projector"] if projector else []
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
            code, prose = (
                float(page.locator(f".jp-Notebook {what}").first.evaluate(SIZE)) for what in (".cm-line", "p")
            )
            assert (code >= 20 and prose >= 20) if projector else (code < 16 and prose < 16)
            assert not list((tmp_path / "CONFIG").rglob("*.jupyterlab-settings")), "it has changed the user's settings"
            page.close()
        finally:
            lab.terminate()
    assert not listens(int(address.group(1)))
