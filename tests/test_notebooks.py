"""The course is true: every notebook runs from a clean kernel, offline, and shows what it says it shows."""

from __future__ import annotations

import ast
import difflib
import inspect
import itertools
import json
import os
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from course_attempts import WRONG
from nbclient import NotebookClient
from storing import VIEW

from orchestra_kit.course.exercise import EXERCISES, find

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURE = re.compile(r"data:image/png;base64,[\w+/=]+")
A_PATH = re.compile(r"(?<![\w.])/(?:root|home|Users|work|tmp|usr|var|opt)/|\b[A-Z]:\\|site-packages|ipykernel_\d")
MOST_LINES, MOST_LINES_BUILT = 15, 25  # of a cell; of one that was grown before, and is the package's own
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


def exercises(notebook: Any) -> list[int]:
    return [int(found[1]) for found in map(re.compile(r"exercise-(\d+)").fullmatch, tags(notebook)) if found]


@each_notebook
def test_exercises_take_solutions_and_nothing_less(path: Path, tmp_path: Path, kernel: dict[str, str]) -> None:
    notebook = read(path)
    numbers = exercises(notebook)
    for number in numbers:
        untouched = shown(tagged(notebook, f"check-{number}"))
        assert untouched.startswith("not yet"), f"exercise {number} is done before the learner has begun"
    client = client_for(notebook, tmp_path)
    with client.setup_kernel(env=kernel):
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)

        def verdict(number: int, attempt: str) -> str:
            yours, check = tagged(notebook, f"exercise-{number}"), tagged(notebook, f"check-{number}")
            yours.source = attempt
            for cell in (yours, check):
                client.execute_cell(cell, notebook.cells.index(cell))
            return shown(check)

        for number in numbers:
            attempts = WRONG[path.name[:2], number]
            assert len(attempts) >= 2, f"exercise {number} has {len(attempts)} wrong attempts; see course_attempts.py"
            for attempt in attempts:
                said = verdict(number, textwrap.dedent(attempt.code))
                assert said.startswith("not yet"), f"exercise {number} takes this:\n{attempt.code}"
                assert attempt.says in said, f"exercise {number} says {said!r} to this:\n{attempt.code}"
            solution = re.search(r"```python\n(.*?)```", tagged(notebook, f"solution-{number}").source, re.DOTALL)
            assert solution, f"exercise {number} has no solution in ```python"
            said = verdict(number, solution[1])
            assert said.startswith("done"), f"the solution of exercise {number} does not pass: {said}"


@each_notebook
def test_each_exercise_has_its_check_and_says_that_there_are_hints(path: Path) -> None:
    notebook, number = read(path), path.name[:2]
    for at in exercises(notebook):
        code = tagged(notebook, f"check-{at}").source
        name = re.match(rf'check\("({number}\.[\w-]+)", \w+', code)
        assert name, f'{path.name}, check-{at}: write check("{number}.a-word", my_run)'
        exercise = find(name[1])
        assert exercise.number == at, f"{name[1]} is exercise {exercise.number} in its module and {at} in {path.name}"
        assert 2 <= len(exercise.hints) <= 3, f"{name[1]} has {len(exercise.hints)} hints"
        told = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert f'hint("{name[1]}")' in told, f"{path.name} does not say that there is hint({name[1]!r})"
    in_module = [name for name in EXERCISES if name.startswith(f"{number}.")]
    assert len(in_module) == len(exercises(notebook)), f"{path.name} has not all of {', '.join(in_module)}"


def same_as(cell: Any) -> list[str]:
    """The objects of the package that a cell builds: those of its tags `same-as:module.qualname`."""
    return [tag.partition(":")[2] for tag in cell.metadata.get("tags", []) if tag.startswith("same-as:")]


def without_docstrings(code: str) -> str:
    """Code as it is compared: comments, layout and docstrings aside."""
    tree = ast.parse(textwrap.dedent(code))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@each_notebook
def test_what_is_built_here_is_what_the_package_has(path: Path) -> None:
    for cell in code_cells(read(path)):
        if names := same_as(cell):
            theirs = "\n".join(without_docstrings(inspect.getsource(pkgutil.resolve_name(name))) for name in names)
            ours = without_docstrings(cell.source)
            differences = "\n".join(difflib.unified_diff(theirs.splitlines(), ours.splitlines(), lineterm="", n=1))
            assert not differences, f"{path.name}, {cell.id} is not {' and '.join(names)}:\n{differences}"


@each_notebook
def test_it_can_be_read_at_a_glance(path: Path) -> None:
    notebook = read(path)
    cells = code_cells(notebook)
    prose = [re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL) for cell in notebook.cells
             if cell.cell_type == "markdown" and "teacher" not in cell.metadata.get("tags", [])]  # fmt: skip
    words = sum(len(text.split()) for text in prose) / len(cells)
    assert 35 <= words <= 70, f"{path.name} has {words:.0f} words of prose a code cell; aim at 40 to 65"
    for cell in cells:
        lines = cell.source.splitlines()
        most = MOST_LINES_BUILT if same_as(cell) else MOST_LINES
        assert len(lines) <= most, f"{path.name}, {cell.id}: {len(lines)} lines, and one idea takes at most {most}"
        assert max(map(len, lines)) <= 79, f"{path.name}, {cell.id}: a line is longer than 79 characters"
    assert prose[0].splitlines()[0].endswith("?"), f"{path.name}: its title is no question"


def minutes(notebook: Any) -> float:
    """How long the lesson takes, its exercises apart: an estimate that anybody can make again, said in CONTRIBUTING.md.

    200 words of prose a minute; half a minute for a cell of code that is new, a quarter for one that is given (a table,
    a plot); two minutes for the quiz.
    """
    lesson = list(itertools.takewhile(lambda cell: not cell.source.startswith("## Exercise"), notebook.cells))
    told = [cell for cell in lesson if "teacher" not in cell.metadata.get("tags", [])]
    words = sum(len(cell.source.split()) for cell in told if cell.cell_type == "markdown")
    cells = [0.25 if "given" in cell.metadata.get("tags", []) else 0.5 for cell in told if cell.cell_type == "code"]
    return words / 200 + sum(cells) + 2


def test_the_course_takes_as_long_as_it_says() -> None:
    claimed = []
    for path in PATHS:
        notebook = read(path)
        said = re.search(r"\*\*Time\*\*.*?about (\d+) minutes", notebook.cells[0].source + notebook.cells[1].source)
        assert said, f"{path.name} does not say how long it takes"
        claimed.append(int(said[1]))
        if exercises(notebook):  # the glossary is looked things up in, not read
            counted = minutes(notebook)
            assert abs(claimed[-1] - counted) <= 5, f"{path.name} says {claimed[-1]} minutes, and it is {counted:.0f}"
    assert 230 <= sum(claimed) <= 260, "README.md says: about four hours"


@each_notebook
def test_a_word_for_the_teacher_is_folded_away(path: Path) -> None:
    for cell in read(path).cells:
        if "teacher" in cell.metadata.get("tags", []):
            assert cell.cell_type == "markdown", f"{path.name}, {cell.id} is for the teacher, and is no text"
            assert cell.source.startswith("**For the teacher.**"), f"{path.name}, {cell.id} does not say whom it is for"
            assert cell.metadata.get("jupyter") == {"source_hidden": True}, f"{path.name}, {cell.id} is not hidden"


@each_notebook
def test_it_shows_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    for cell in read(path).cells:
        stored = PICTURE.sub("", json.dumps([cell.get("outputs", []), cell.metadata]))
        found = A_PATH.search(stored)
        assert not found, f"{path.name}, {cell.id} holds {stored[max(0, found.start() - 40) : found.end() + 40]!r}"
        for output in cell.get("outputs", []):
            assert VIEW not in output.get("data", {}), f"{path.name}, {cell.id} stores a widget: run `make notebooks`"
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
