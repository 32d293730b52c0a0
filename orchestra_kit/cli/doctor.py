"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple
from urllib.parse import urlsplit

from packaging.requirements import Requirement
from rich.console import Console
from rich.markup import escape

from ..call import Call
from ..paths import data_dir, notebooks_dir

PACKAGE = "orchestra-kit"
EXTRAS = {"code": "the review of Python code", "youtube": "captions of a video by its address"}
OLLAMA_PATIENCE_S = 1.0


class Finding(NamedTuple):
    """What one look has found. `needed` False: the course does without it. `todo` says what to do if it is not `ok`."""

    ok: bool
    what: str
    todo: str = ""
    needed: bool = True


def examine(console: Console) -> int:
    """Look at everything and say what was found: 0 if nothing that is needed is missing, else 1."""
    missing = 0
    for look in LOOKS:
        for finding in found_by(look):
            mark = "[green]✓[/]" if finding.ok else "[red]✕[/]" if finding.needed else "[yellow]○[/]"
            console.print(f"{mark} {escape(finding.what)}")
            if not finding.ok:
                console.print(f"  [dim]→[/] {escape(finding.todo)}")
                missing += finding.needed
    console.print()
    console.print("Mend what has a ✕, then look again." if missing else "Everything the course needs works.")
    return int(missing > 0)


def found_by(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a look finds; if it breaks, that is a finding, and not the end of the examination."""
    try:
        yield from look()
    except Exception as error:  # noqa: BLE001  # this is what a doctor is for
        what = f"looking at {look.__name__.replace('_', ' ')} failed: {type(error).__name__}: {error}"
        yield Finding(False, what, f"install {PACKAGE} again, in a folder that exists")


def python() -> Iterator[Finding]:
    """Its version, and which one it is."""
    found = ".".join(map(str, sys.version_info[:3]))
    todo = "install Python 3.11 or newer, and make the environment again"
    yield Finding(sys.version_info >= (3, 11), f"Python {found} in {sys.prefix}", todo)


def packages() -> Iterator[Finding]:
    """Every package that ours asks for, in a version that fits; those of the extras are a convenience."""
    if not installed(PACKAGE) or not requires(PACKAGE):
        yield Finding(False, "the package is not installed, only its files are here", 'run: pip install -e ".[code]"')
        return
    asked = [Requirement(line) for line in requires(PACKAGE) or ()]
    always = [each for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]
    wrong = [f"{each.name}{each.specifier} ({installed(each.name) or 'not there'})" for each in always if lacks(each)]
    what = (
        f"packages that do not fit: {', '.join(wrong)}" if wrong else f"all {len(always)} packages, in fitting versions"
    )
    yield Finding(not wrong, what, f"run: pip install --upgrade {PACKAGE}")
    for extra, purpose in EXTRAS.items():
        mine = [each for each in asked if each not in always and each.marker and each.marker.evaluate({"extra": extra})]
        there = not any(map(lacks, mine))
        todo = f'run: pip install "{PACKAGE}[{extra}]"'
        yield Finding(there, f"{purpose}, with {' and '.join(each.name for each in mine)}", todo, needed=False)


def lacks(requirement: Requirement) -> bool:
    """Whether a package is missing, or there in a version that does not fit."""
    has = installed(requirement.name)
    return not has or not requirement.specifier.contains(has, prereleases=True)


def installed(name: str) -> str:
    """The version of a package, "" if it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def files() -> Iterator[Finding]:
    """The notebooks and the bundled data: there, and whole."""
    notebooks = list(notebooks_dir().glob("*.ipynb"))

    def read() -> str:
        broken = [
            path.name for path in (*notebooks, *data_dir().glob("*.json")) if not json.loads(path.read_text("utf-8"))
        ]
        return f"{', '.join(broken)} empty" if broken else "" if notebooks else f"none in {notebooks_dir()}"

    what = f"the course: {len(notebooks)} {'notebook' if len(notebooks) == 1 else 'notebooks'}, and its data"
    yield tried(what, read, f"install {PACKAGE} again")


def embedded_model() -> Iterator[Finding]:
    """It is really asked."""

    def ask() -> str:
        from ..models.embedded import EmbeddedModel

        answer = EmbeddedModel().complete(Call("x", "List one fact.", "Tea was 3 % dearer in May. People talked.")).text
        return "" if "3 %" in str(answer) else f"it answered {answer!r}"

    yield tried("the embedded model answers", ask, f"install {PACKAGE} again")


def charts() -> Iterator[Finding]:
    """One is really drawn."""

    def draw() -> str:
        from matplotlib.figure import Figure

        Figure(figsize=(1, 1)).savefig(BytesIO(), format="png")
        return ""

    yield tried("charts can be drawn", draw, "run: pip install --upgrade matplotlib")


def kernel() -> Iterator[Finding]:
    """A kernel of this very Python: otherwise a notebook opens and no cell runs, or runs without the package."""

    def look() -> str:
        from jupyter_client.kernelspec import KernelSpecManager

        program = Path(KernelSpecManager().get_kernel_spec("python3").argv[0])
        if program.is_absolute() and program.parent != Path(sys.executable).parent:
            return f"the kernel python3 is another Python, {program}"
        return "" if find_spec("jupyterlab") else "JupyterLab is not there"

    yield tried("notebooks run in this Python", look, "run: python -m ipykernel install --sys-prefix")


def folder() -> Iterator[Finding]:
    """Where `orchestra-kit lab` would put the course."""

    def write() -> str:
        TemporaryFile(dir=Path.cwd()).close()
        return ""

    yield tried(f"files can be written here, in {Path.cwd()}", write, "go to a folder of yours first: cd ~")


def real_models() -> Iterator[Finding]:
    """What `connect()` could reach. A key is looked for, never shown and never sent anywhere; only Ollama is called,
    and only to see whether somebody answers."""

    def call() -> str:
        from ..models.endpoint.spec import read_spec

        url = urlsplit(read_spec("ollama:any").base_url)
        try:
            socket.create_connection((str(url.hostname), url.port or 80), OLLAMA_PATIENCE_S).close()
        except OSError:
            return f"nobody answers at {url.netloc}"
        return ""

    todo = "for a real model on this machine: install Ollama, and run: ollama pull llama3.2"
    yield tried("a real model through Ollama", call, todo)._replace(needed=False)
    todo = "for a hosted model: put its key into the environment, never into a notebook"
    yield Finding(bool(os.environ.get("OPENAI_API_KEY")), "a key for OpenAI, in OPENAI_API_KEY", todo, needed=False)


def tried(what: str, attempt: Callable[[], str], todo: str) -> Finding:
    """Try something that says what is wrong, or "". Whatever it raises is a finding, not the end of the examination."""
    try:
        wrong = attempt()
    except Exception as error:  # noqa: BLE001  # this is what a doctor is for
        wrong = f"{type(error).__name__}: {error}"
    return Finding(not wrong, f"{what}: {wrong}" if wrong else what, todo)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    python,
    packages,
    files,
    embedded_model,
    charts,
    kernel,
    folder,
    real_models,
)
