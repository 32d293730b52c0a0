"""The editions of the course, made from the one source: for live coding, for learners, with solutions, for teachers.

What a cell is for stands in its tags: `exercise-1`, `check-1` and `solution-1` belong together, `teacher` is for the
teacher alone, and `given` is code that nobody should have to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat

from ..errors import OrchestraError
from ..files import ready, write_together
from ..paths import notebooks_dir

CODE = re.compile(r"```python\n(.*?)\n?```", re.DOTALL)
FOLDED = re.compile(r"<summary>.*?</summary>|</?details>", re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)


def write_editions(out: Path, *, overwrite: bool = False) -> list[str]:
    """Write every edition of every notebook into a folder, all of them or none; their names in it.

    Raises OrchestraError, with advice, for a folder that is not empty (unless its files may be replaced) or cannot be
    written, and where the course itself is not as it should be.
    """
    out = ready(out, overwrite=overwrite)
    files: dict[str, str | bytes] = {}
    for path in sorted(notebooks_dir().glob("*.ipynb")):
        try:
            files |= editions(path.stem, nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
        except (ValueError, nbformat.ValidationError) as error:
            fault = f"{path} cannot be read as a notebook ({type(error).__name__})"
            raise OrchestraError(f"{fault}. Install orchestra-kit again.") from error
    if not files:
        raise OrchestraError(f"There is no notebook in {notebooks_dir()}. Install orchestra-kit again.")
    return write_together(out, dict(sorted(files.items())))


def editions(name: str, notebook: Any) -> dict[str, str | bytes]:
    """The files that are made of one notebook, each by its place. A notebook without a word for the teacher makes no
    page for the teacher."""
    makers: dict[str, Callable[[Any], Any]] = {"blank": blank, "learner": learner, "solutions": solutions}
    made: dict[str, str | bytes] = {}
    for folder, maker in makers.items():
        edition = maker(deepcopy(notebook))
        nbformat.validate(edition)
        made[f"{folder}/{name}.ipynb"] = nbformat.writes(edition) + "\n"  # type: ignore[no-untyped-call]
    if notes := "\n\n".join(for_the_teacher(notebook)):
        made[f"teaching/{name}.md"] = f"{notes}\n"
    return made


# --- four editions ---------------------------------------------------------------------------------------------------


def blank(notebook: Any) -> Any:
    """For live coding: the prose, and empty cells to type the code into. What is given stays, and so do the exercises
    and their checks, which the learners have to have."""
    notebook = learner(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            forget_outputs(cell)
            if not (tagged(cell, "given") or tagged(cell, "exercise") or tagged(cell, "check")):
                cell.source = ""
    return notebook


def learner(notebook: Any) -> Any:
    """To learn with, and to hand in: without solutions, and without what is said to the teacher."""
    notebook.cells = [cell for cell in notebook.cells if not (tagged(cell, "solution") or tagged(cell, "teacher"))]
    return notebook


def solutions(notebook: Any) -> Any:
    """With each exercise solved, and below its check the reasons. What an unsolved exercise showed is taken away."""
    code = {number: found[1] for cell in notebook.cells
            if (number := tagged(cell, "solution")) and (found := CODE.search(cell.source))}  # fmt: skip
    for cell in notebook.cells:
        if tagged(cell, "solution"):
            cell.source = CODE.sub("", FOLDED.sub("", cell.source), count=1).strip()
        elif (number := tagged(cell, "exercise") or tagged(cell, "check")) in code:
            forget_outputs(cell)
            if tagged(cell, "exercise"):
                cell.source = code[number]
    said = [cell for cell in notebook.cells if not tagged(cell, "teacher")]
    notebook.cells = [cell for cell in said if cell.source or not tagged(cell, "solution")]
    return notebook


def for_the_teacher(notebook: Any) -> Iterator[str]:
    """What is said to the teacher, in order, each under the section that it is about: the one that begins right below
    it, or else the one that it stands in. Before the first section it is about the whole notebook."""
    notes: list[tuple[str, str]] = []
    title = section = ""
    for cell, below in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if tagged(cell, "teacher"):
            begins = section and below is not None and below.source.startswith("#") and headings(below)
            notes.append((begins[0][1] if begins else section, cell.source.strip()))
        else:
            for level, heading in headings(cell):
                title, section = (title or heading, heading if level > 1 else section)
    if notes:
        yield f"# {title}"
    for before, (about, note) in zip([("", ""), *notes], notes, strict=False):
        if about != before[0]:
            yield f"## {about}"
        yield note


# --- cells -----------------------------------------------------------------------------------------------------------


def tagged(cell: Any, kind: str) -> str:
    """The tag of a cell that is of this kind: its number, or the kind itself; empty if it has none.

    >>> tagged(nbformat.v4.new_code_cell(metadata={"tags": ["exercise-2"]}), "exercise")
    '2'
    """
    found = (re.fullmatch(rf"{kind}(?:-(\d+))?", tag) for tag in cell.metadata.get("tags", []))
    return next((match[1] or kind for match in found if match), "")


def forget_outputs(cell: Any) -> None:
    cell.outputs, cell.execution_count = [], None


def headings(cell: Any) -> list[tuple[int, str]]:
    """The headings of a text, with their levels; what looks like one within code is none."""
    text = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL) if cell.cell_type == "markdown" else ""
    return [(len(signs), words) for signs, words in HEADING.findall(text)]
