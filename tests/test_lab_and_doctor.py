"""The learner's own copy of the course, and what works on this machine."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from orchestra_kit.cli import doctor
from orchestra_kit.cli.lab import copy_course, lab_command, open_lab
from orchestra_kit.errors import OrchestraError
from orchestra_kit.paths import notebooks_dir

NOTEBOOKS = sorted(path.name for path in notebooks_dir().glob("*.ipynb"))


def test_the_course_is_copied_and_work_in_it_is_never_touched(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "course"
    first = copy_course(folder)
    assert [*first.new] == NOTEBOOKS
    assert (folder / NOTEBOOKS[0]).read_bytes() == (notebooks_dir() / NOTEBOOKS[0]).read_bytes()
    (folder / NOTEBOOKS[0]).write_text("my work")
    (folder / "notes.txt").write_text("mine too")
    again = copy_course(folder)
    assert (again.new, [*again.kept]) == ((), NOTEBOOKS)
    assert (folder / NOTEBOOKS[0]).read_text() == "my work"
    assert sorted(path.name for path in folder.iterdir()) == [*NOTEBOOKS, "notes.txt"]


def test_in_a_checkout_the_notebooks_themselves_are_opened() -> None:
    before = {path: path.stat().st_mtime_ns for path in notebooks_dir().iterdir()}
    assert copy_course(notebooks_dir()).new == ()
    assert {path: path.stat().st_mtime_ns for path in notebooks_dir().iterdir()} == before


def test_a_copy_that_breaks_off_leaves_no_half_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, target: str) -> None:
        Path(target).write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orchestra_kit.cli.lab.shutil.copyfile", full)
    with pytest.raises(
        OrchestraError, match=r"cannot be put into .*course: No space left on device. Give another folder"
    ):
        copy_course(tmp_path / "course")
    assert not list((tmp_path / "course").iterdir())


def test_a_file_in_the_way_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "course").write_text("a file")
    with pytest.raises(OrchestraError, match="Give another folder: orchestra-kit lab my_course"):
        open_lab(Console(file=io.StringIO()), tmp_path / "course")


def test_jupyterlab_is_that_of_this_python_and_opens_the_first_notebook(tmp_path: Path) -> None:
    command = lab_command(copy_course(tmp_path), browser=False, port=8899)
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    first = "/lab/tree/01_meet_the_orchestra.ipynb"  # and not the glossary, whose name sorts before it
    assert {f"--LabApp.default_url={first}", "--no-browser", "--port=8899"} <= {*command}
    assert "--no-browser" not in lab_command(copy_course(tmp_path), browser=True, port=None)


def examined() -> tuple[int, str]:
    """What the doctor says, and how it ends."""
    said = io.StringIO()
    return doctor.examine(Console(file=said, width=200)), said.getvalue()


def test_the_doctor_finds_everything_here_and_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-mine")
    code, said = examined()
    assert code == 0
    assert "Everything the course needs works." in said
    assert "✓ the embedded model answers" in said
    assert "✓ a key for OpenAI" in said
    assert "secret" not in said


def test_the_doctor_says_what_to_do_about_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[doctor.Finding]:
        def attempt() -> str:
            raise RuntimeError("no [vocabulary]")

        yield doctor.tried("the model answers", attempt, "install it again")

    monkeypatch.setattr(doctor, "LOOKS", (broken, doctor.packages))
    versions = {"tqdm": "0.1", "ruff": ""}
    monkeypatch.setattr(doctor, "installed", lambda name: versions.get(name, "999"))
    code, said = examined()
    assert code == 1
    assert "✕ the model answers: RuntimeError: no [vocabulary]\n  → install it again" in said
    assert "✕ packages that do not fit: tqdm>=4.67 (0.1)\n  → run: pip install --upgrade orchestra-kit" in said
    assert '○ the review of Python code, with ruff\n  → run: pip install "orchestra-kit[code]"' in said
    assert "Mend what has a ✕" in said


def test_a_look_that_breaks_is_a_finding_and_a_broken_notebook_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def breaks() -> Iterator[doctor.Finding]:
        raise FileNotFoundError("no folder")
        yield

    (tmp_path / "1.ipynb").touch()
    monkeypatch.setattr(doctor, "notebooks_dir", lambda: tmp_path)
    monkeypatch.setattr(doctor, "LOOKS", (breaks, doctor.files))
    code, said = examined()
    assert code == 1
    assert "✕ looking at breaks failed: FileNotFoundError: no folder" in said
    assert "✕ the course: 1 notebook, and its data: JSONDecodeError" in said


def test_the_doctor_calls_ollama_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.getsockname()[1]}")
        assert next(doctor.real_models()).ok
    finding = next(doctor.real_models())
    assert not finding.ok
    assert "nobody answers at 127.0.0.1" in finding.what
    assert not finding.needed
