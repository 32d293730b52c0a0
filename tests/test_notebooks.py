"""The course is true: every notebook runs from a clean kernel, offline, and shows what it says it shows."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURE = re.compile(r"data:image/png;base64,[\w+/=]+")
A_PATH = re.compile(r"(?<![\w.])/(?:root|home|Users|work|tmp|usr|var|opt)/|\b[A-Z]:\\|site-packages|ipykernel_\d")
# What a learner might well try and what must not pass: (notebook, exercise) -> attempts, each an orchestrator.
WRONG = {
    ("01", 1): (
        """async def attempt(topic):  # a headline of the facts, not of the report
            facts = await research(topic)
            title, report = await headline(facts), await writer(facts)
            return f"{title}\\n\\n{await mailer(report)}"
        my_run = start(attempt, TOPIC).finish()""",
        """async def attempt(topic):  # no email
            return await headline(await writer(await research(topic)))
        my_run = start(attempt, TOPIC).finish()""",
    ),
    ("01", 2): (
        """async def attempt(topic):  # one after the other
            return await writer([await cost(topic), await failure(topic)])
        my_duet = start(attempt, TOPIC).finish()""",
        """async def attempt(topic):  # half of the answers is thrown away
            return await writer((await together(cost(topic), failure(topic)))[0])
        my_duet = start(attempt, TOPIC).finish()""",
    ),
    ("01", 3): (
        """async def attempt(topic):  # in another order
            return (await together(reader(topic) for reader in readers))[::-1]
        my_team = start(attempt, TOPIC).finish()""",
        """async def attempt(topic):  # two and two
            first = await together(reader(topic) for reader in readers[:2])
            return first + await together(reader(topic) for reader in readers[2:])
        my_team = start(attempt, TOPIC).finish()""",
    ),
}
OFFLINE = '''"""Loaded when the kernel's Python starts: the only machine to be reached is this one."""
import socket
connect = socket.socket.connect
def connect_here(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a notebook asked for {address[0]}, and notebooks run offline")
    return connect(self, address)
socket.socket.connect = connect_here
'''
each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@pytest.fixture
def kernel(tmp_path: Path) -> dict[str, str]:
    """The environment of a kernel that cannot leave this machine, and whose package is the one under test."""
    (tmp_path / "sitecustomize.py").write_text(OFFLINE, "utf-8")
    return {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}


def client_for(notebook: Any, folder: Path) -> NotebookClient:
    where = folder / "notebooks"
    where.mkdir()
    return NotebookClient(
        notebook, timeout=300, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(where)}}
    )


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(notebook: Any) -> list[str]:
    return [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]


def tagged(notebook: Any, tag: str) -> Any:
    return next(cell for cell in notebook.cells if tag in cell.metadata.get("tags", []))


def shown(cell: Any) -> str:
    """What a reader gets from a cell, as text: a table as its plain form, a picture as its alternative text."""
    parts = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":  # on stderr a library may say, once, that it fills a cache
            parts.append(output.text if output.name == "stdout" else "")
        elif output.output_type == "error":
            parts.append(f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.data.get("text/plain", ""))
            parts += re.findall(r'alt="([^"]*)"', output.data.get("text/html", ""))
    return "".join(parts)


def test_there_are_notebooks() -> None:
    assert PATHS, "the folder notebooks/ is empty: every other test here would pass by looking at nothing"


@each_notebook
def test_it_runs_and_shows_what_is_stored(path: Path, tmp_path: Path, kernel: dict[str, str]) -> None:
    stored, fresh = read(path), read(path)
    client_for(fresh, tmp_path).execute(env=kernel)
    assert fresh.metadata.kernelspec.name == "python3"
    differences: list[str] = []
    for before, after in zip(code_cells(stored), code_cells(fresh), strict=True):
        texts = [shown(before).splitlines(), shown(after).splitlines()]
        differences += difflib.unified_diff(*texts, f"{before.id}, stored", f"{before.id}, now", lineterm="", n=1)
    what = "\n".join(differences)
    assert not differences, f"{path.name} shows something else now. Look at it, then run `make notebooks`:\n{what}"
    counts = [cell.execution_count for cell in code_cells(stored)]
    assert counts == list(range(1, len(counts) + 1)), f"{path.name} was not stored from one run, top to bottom"


@each_notebook
def test_exercises_take_solutions_and_nothing_less(path: Path, tmp_path: Path, kernel: dict[str, str]) -> None:
    notebook = read(path)
    numbers = [int(found[1]) for found in map(re.compile(r"exercise-(\d+)").fullmatch, tags(notebook)) if found]
    for number in numbers:
        untouched = shown(tagged(notebook, f"check-{number}"))
        assert untouched.startswith("not yet"), f"exercise {number} is done before the learner has begun"
    client = client_for(notebook, tmp_path)
    with client.setup_kernel(env=kernel):
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)

        def verdict(number: int, attempt: str) -> str:
            yours, check = tagged(notebook, f"exercise-{number}"), tagged(notebook, f"check-{number}")
            yours.source = re.sub(r"^        ", "", attempt, flags=re.MULTILINE)
            for cell in (yours, check):
                client.execute_cell(cell, notebook.cells.index(cell))
            return shown(check)

        for number in numbers:
            for attempt in WRONG[path.name[:2], number]:
                assert verdict(number, attempt).startswith("not yet"), f"exercise {number} takes this:\n{attempt}"
            solution = re.search(r"```python\n(.*?)```", tagged(notebook, f"solution-{number}").source, re.DOTALL)
            assert solution, f"exercise {number} has no solution in ```python"
            said = verdict(number, solution[1])
            assert said.startswith("done"), f"the solution of exercise {number} does not pass: {said}"


@each_notebook
def test_it_can_be_read_at_a_glance(path: Path) -> None:
    notebook = read(path)
    cells = code_cells(notebook)
    prose = [re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL) for cell in notebook.cells
             if cell.cell_type == "markdown"]  # fmt: skip
    words = sum(len(text.split()) for text in prose) / len(cells)
    assert 35 <= words <= 70, f"{path.name} has {words:.0f} words of prose a code cell; aim at 40 to 65"
    for cell in cells:
        lines = cell.source.splitlines()
        assert len(lines) <= 15, f"{path.name}, {cell.id}: {len(lines)} lines, and one idea takes at most 15"
        assert max(map(len, lines)) <= 79, f"{path.name}, {cell.id}: a line is longer than 79 characters"
    assert prose[0].splitlines()[0].endswith("?"), f"{path.name}: its title is no question"


@each_notebook
def test_it_shows_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    for cell in read(path).cells:
        stored = PICTURE.sub("", json.dumps([cell.get("outputs", []), cell.metadata]))
        found = A_PATH.search(stored)
        assert not found, f"{path.name}, {cell.id} holds {stored[max(0, found.start() - 40) : found.end() + 40]!r}"
        allowed = {"stdout", "raises-exception" if "raises-exception" in cell.metadata.get("tags", []) else ""}
        for output in cell.get("outputs", []):
            kind = {"stream": output.get("name"), "error": "raises-exception"}.get(output.output_type, "stdout")
            assert kind in allowed, f"{path.name}, {cell.id} shows {kind}, and no learner should see that"
        assert "execution" not in cell.metadata, f"{path.name}, {cell.id} stores when it was run"


@each_notebook
def test_every_picture_says_what_it_shows(path: Path) -> None:
    for image in pictures(path):
        alt = re.search(r'alt="([^"]+)"', image)
        assert alt, f"{path.name}: a picture has no words"
        assert len(alt[1]) > 40, f"{path.name}: these words say nothing of the picture: {alt[1]}"


def pictures(path: Path) -> Iterator[str]:
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            assert "image/png" not in data, f"{path.name}, {cell.id}: a picture without words"
            yield from re.findall(r"<img[^>]*>", data.get("text/html", ""))
        yield from re.findall(r"<img[^>]*>", cell.source)
