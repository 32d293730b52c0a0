"""JupyterLab as a learner meets it: a server on this machine only, and a notebook open in a real browser."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PATIENCE_S = 120  # for a slow machine; whatever waits, waits for a condition
NEWS = '{"fetchNews": "false", "checkForUpdates": false}'  # or else a question lies over the first notebook
OPENED = """() => {
    const open = window.jupyterapp?.shell.currentWidget, cells = document.querySelectorAll('.jp-Notebook .jp-Cell')
    return open?.context?.isReady && open.sessionContext.session?.kernel?.status === 'idle'
        && cells.length === open.content.model.cells.length
}"""
# A kernel answers in turn: once it has answered nothing at all, everything before that is done. (The promise of a
# command is kept too early: when the first cell fails, even if it is meant to.)
DONE = """async () => {
    const {kernel} = window.jupyterapp.shell.currentWidget.sessionContext.session
    await kernel.requestExecute({code: '', store_history: false}).done
    return await new Promise(drawn => requestIdleCallback(() => drawn(true)))
}"""
# Every Python of the server and of its kernels loads this when it starts.
STAY_HERE = """import sys
def watch(event, args):
    if event == "socket.getaddrinfo" or event == "socket.connect" and isinstance(args[1], tuple):
        host = args[0] if event == "socket.getaddrinfo" else args[1][0]
        if host not in ("127.0.0.1", "::1", "localhost", "", None):
            with open({log!r}, "a") as log:
                print(sys.argv[0], "asked for", host, file=log)
            raise OSError(f"{{host}} is another machine")
sys.addaudithook(watch)
"""


class Lab:
    """A window on a running JupyterLab, which writes down what should not happen."""

    def __init__(self, browser: Browser, url: str, token: str, folder: Path):
        self.url, self.token, self.folder, self.seen = url, token, folder, list[str]()
        self.window = browser.new_context(viewport={"width": 1280, "height": 800})
        self.window.set_default_timeout(PATIENCE_S * 1000)
        self.window.on("request", lambda request: self.asked(request.url))
        self.window.on("console", lambda said: self.seen.append(said.text) if said.type == "error" else None)
        self.window.on("weberror", lambda thrown: self.seen.append(str(thrown.error)))

    def asked(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:", "about:")):
            self.seen.append(f"the browser asked for {url}")

    def strange(self) -> list[str]:
        """Requests of browser, server and kernels to other machines, and errors on the browser's console."""
        return self.seen + (self.folder / "asked.log").read_text("utf-8").splitlines()

    def open(self, notebook: str) -> Page:
        """A copy of the notebook in a new tab, with a kernel of its own that waits for work."""
        page = self.window.new_page()
        copy = f"{len(list((self.folder / 'notebooks').iterdir())) + 1}/{notebook}"
        (self.folder / "notebooks" / copy).parent.mkdir()
        shutil.copy(NOTEBOOKS / notebook, self.folder / "notebooks" / copy)
        page.on("websocket", lambda opened: self.asked(opened.url))
        page.goto(f"{self.url}lab/tree/{copy}?token={self.token}&reset")
        page.wait_for_function(OPENED)
        page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")  # has text off the screen too
        return page


def command(page: Page, name: str) -> None:
    """One of JupyterLab's own commands, as its menus give them; returns when the kernel has done all of it."""
    page.wait_for_function(f"() => window.jupyterapp.commands.execute('{name}').then(() => true)")
    page.wait_for_function(DONE)


def type_and_run(page: Page, code: str) -> str:
    """Click where JupyterLab says `Click to add a cell`, type, run; what the cell then shows."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    new = cells.nth(cells.count())
    page.locator(".jp-Notebook-footer").click()
    new.locator(".cm-content").click()
    page.keyboard.insert_text(code)
    page.keyboard.press("Control+Enter")
    new.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[\d+\]")).wait_for()
    page.wait_for_function(DONE)
    return new.locator(".jp-OutputArea").inner_text()


@contextmanager
def jupyterlab(browser: Browser) -> Iterator[Lab]:
    """JupyterLab in a temporary folder, with no configuration of whoever runs the tests."""
    with TemporaryDirectory(prefix="orchestra-kit-") as temporary:
        here = Path(temporary)
        (here / "notebooks").mkdir()
        (here / "asked.log").touch()
        settings = here / "config/lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text(NEWS, "utf-8")
        (here / "sitecustomize.py").write_text(STAY_HERE.format(log=str(here / "asked.log")), "utf-8")
        token = secrets.token_hex()
        environment = os.environ | {"JUPYTER_TOKEN": token, "IPYTHONDIR": str(here / "ipython")}
        for kind in ("config", "data", "runtime"):  # there are no signatures in data: no notebook is trusted
            environment[f"JUPYTER_{kind.upper()}_DIR"] = str(here / kind)
        environment["PYTHONPATH"] = os.pathsep.join([temporary, str(NOTEBOOKS.parent)])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
        options += ["--ServerApp.port_retries=0", "--LabApp.extension_manager=readonly"]
        options += ["--LabApp.expose_app_in_browser=True"]  # `command` needs it
        with (here / "server.log").open("w+") as said:
            server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], cwd=here / "notebooks",
                                      env=environment, stdout=said, stderr=subprocess.STDOUT)  # fmt: skip
            try:
                until = time.monotonic() + PATIENCE_S
                while not listens(port):
                    if server.poll() is not None or time.monotonic() > until:
                        raise RuntimeError(f"JupyterLab did not start:\n{(here / 'server.log').read_text('utf-8')}")
                lab = Lab(browser, f"http://127.0.0.1:{port}/", token, here)
                yield lab
                lab.window.close()
            finally:
                server.terminate()  # it ends its kernels first
                with suppress(subprocess.TimeoutExpired):
                    server.wait(PATIENCE_S)
                server.kill()


def listens(port: int) -> bool:
    time.sleep(0.05)
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
