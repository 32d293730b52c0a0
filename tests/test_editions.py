"""The editions of the course: what each one has, and what must not leak into it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from orchestra_kit.cli import main
from orchestra_kit.course.editions import editions, tagged, write_editions
from orchestra_kit.errors import OrchestraError
from orchestra_kit.paths import notebooks_dir

PATHS = sorted(notebooks_dir().glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
SOLUTION = """<details><summary>Solution of exercise 1</summary>

```python
total = sum([1, 2, 3])
```

Add them up.

</details>"""


def code(source: str, *tags: str, shows: str = "") -> Any:
    outputs = [nbformat.v4.new_output("stream", text=shows)] if shows else []
    return nbformat.v4.new_code_cell(source, metadata={"tags": [*tags]} if tags else {}, outputs=outputs)


def text(source: str, *tags: str) -> Any:
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": [*tags]} if tags else {})


def made_up() -> Any:
    return nbformat.v4.new_notebook(
        cells=[
            text("# Who adds up?\n\nWe will."),
            text("**For the teacher.** Bring apples.", "teacher"),
            text("## First\n\n```sh\n# no heading\n```"),
            code("import math", "given", shows="loaded"),
            code("print(math.pi)", shows="3.14"),
            text("**For the teacher.** Let them guess.", "teacher"),
            text("**For the teacher.** Then wait.", "teacher"),
            text("It is so.\n\n## Second"),
            text("**For the teacher.** Break now.", "teacher"),
            text("## Third\n\n### Task"),
            code("total = 0", "exercise-1"),
            code("print('done' if total == 6 else 'not yet')", "check-1", shows="not yet"),
            text(SOLUTION, "solution-1"),
        ]
    )


def read(edition: str | bytes) -> list[tuple[str, list[str]]]:
    """Each cell of an edition: its source, and what it shows."""
    cells = nbformat.reads(str(edition), as_version=4).cells
    return [(cell.source, [output.text for output in cell.get("outputs", [])]) for cell in cells]


PROSE = ["# Who adds up?\n\nWe will.", "## First\n\n```sh\n# no heading\n```", "It is so.\n\n## Second"]
CHECK = "print('done' if total == 6 else 'not yet')"


def test_each_edition_has_what_it_is_for() -> None:
    made = editions("00_sums", made_up())
    assert [*made] == [
        "blank/00_sums.ipynb", "learner/00_sums.ipynb", "solutions/00_sums.ipynb", "teaching/00_sums.md",
    ]  # fmt: skip
    blank, learner, solutions, teaching = made.values()
    assert read(blank) == [
        (PROSE[0], []), (PROSE[1], []), ("import math", []), ("", []), (PROSE[2], []), ("## Third\n\n### Task", []),
        ("total = 0", []), (CHECK, []),
    ]  # fmt: skip
    assert read(learner) == [
        (PROSE[0], []), (PROSE[1], []), ("import math", ["loaded"]), ("print(math.pi)", ["3.14"]), (PROSE[2], []),
        ("## Third\n\n### Task", []), ("total = 0", []), (CHECK, ["not yet"]),
    ]  # fmt: skip
    assert read(solutions) == [
        *read(learner)[:6], ("total = sum([1, 2, 3])", []), (CHECK, []), ("Add them up.", []),
    ]  # fmt: skip
    assert teaching == (
        "# Who adds up?\n\n**For the teacher.** Bring apples.\n\n"
        "## First\n\n**For the teacher.** Let them guess.\n\n**For the teacher.** Then wait.\n\n"
        "## Third\n\n**For the teacher.** Break now.\n"
    )


def test_without_a_word_for_the_teacher_there_is_no_page() -> None:
    notebook = made_up()
    notebook.cells = [cell for cell in notebook.cells if not tagged(cell, "teacher")]
    assert "teaching/00_sums.md" not in editions("00_sums", notebook)


def test_the_solutions_solve_it(tmp_path: Path) -> None:
    """Those of the course are executed by the tests of the notebooks, cell by cell."""
    notebook = nbformat.reads(str(editions("00_sums", made_up())["solutions/00_sums.ipynb"]), as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[-2].outputs[0].text == "done\n"


@each_notebook
def test_nothing_leaks(path: Path) -> None:
    original = nbformat.read(path, as_version=4)
    before = nbformat.writes(original)
    made = editions(path.stem, original)
    assert nbformat.writes(original) == before, "the source itself was changed"
    assert made == editions(path.stem, nbformat.read(path, as_version=4)), "twice the same gives two results"
    hidden = [cell.source for cell in original.cells if tagged(cell, "solution") or tagged(cell, "teacher")]
    secret = {line.strip() for source in hidden for line in source.splitlines()}
    open_to_all = {
        line.strip() for cell in original.cells if cell.source not in hidden for line in cell.source.splitlines()
    }  # fmt: skip
    for edition in ("blank", "learner"):
        cells = nbformat.reads(str(made[f"{edition}/{path.name}"]), as_version=4).cells
        told = {line.strip() for cell in cells for line in cell.source.splitlines()}
        assert not told & (secret - open_to_all)
        assert not {tag for cell in cells for tag in cell.metadata.get("tags", []) if re.match("solution|teacher", tag)}
        ids = [cell.id for cell in cells]
        assert ids == [cell.id for cell in original.cells if cell.source not in hidden]
    assert not any(cell.get("outputs") for cell in nbformat.reads(str(made[f"blank/{path.name}"]), as_version=4).cells)
    for cell in nbformat.reads(str(made[f"solutions/{path.name}"]), as_version=4).cells:
        assert not tagged(cell, "teacher")
        if number := tagged(cell, "exercise"):
            (solution,) = [one.source for one in original.cells if tagged(one, "solution") == number]
            assert f"```python\n{cell.source}\n```" in solution


def type_it(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["orchestra-kit", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_the_command_writes_all_of_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "for my class"
    assert type_it(monkeypatch, "editions", out) == 0
    assert "Written to" in capsys.readouterr().out
    for edition in ("blank", "learner", "solutions"):
        assert [path.name for path in sorted((out / edition).iterdir())] == [path.name for path in PATHS]
    written = {path: path.read_bytes() for path in out.rglob("*.*")}
    assert type_it(monkeypatch, "editions", out) == 1
    assert "is not empty, and nothing in it is to be lost. Give a new folder" in capsys.readouterr().err
    assert type_it(monkeypatch, "editions", out, "--overwrite") == 0
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == written


def test_where_one_notebook_is_broken_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    course, out = tmp_path / "course", tmp_path / "out"
    course.mkdir()
    monkeypatch.setattr("orchestra_kit.course.editions.notebooks_dir", lambda: course)
    with pytest.raises(OrchestraError, match="There is no notebook in"):
        write_editions(out)
    (course / "01_good.ipynb").write_text(nbformat.writes(made_up()), "utf-8")
    (course / "02_bad.ipynb").write_text("{", "utf-8")
    with pytest.raises(OrchestraError, match=r"02_bad\.ipynb cannot be read as a notebook"):
        write_editions(out)
    (course / "02_bad.ipynb").write_text('{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "utf-8")
    with pytest.raises(OrchestraError, match=r"02_bad\.ipynb cannot be read as a notebook"):
        write_editions(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course"]
