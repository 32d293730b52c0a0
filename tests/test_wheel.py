"""What somebody gets who installs the package and has nothing else: built as a wheel, put into an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from orchestra_kit.cli.lab import copy_course

ROOT = Path(__file__).parents[1]
NO_INDEX = ("No matching distribution", "Failed to establish a new connection", "Temporary failure in name resolution")
REQUIRED = os.environ.get("ORCHESTRA_KIT_WHEEL") == "required"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it, and nothing of this checkout; the folder of its programs."""
    here = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", here, ROOT, cwd=here)
    (wheel,) = here.glob("*.whl")
    run(sys.executable, "-m", "venv", here / "env", cwd=here)
    programs = here / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=here)
    return programs


def run(*command: object, cwd: Path) -> str:
    """What a command prints. Without a package index there is nothing to install from: skipped, unless required."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and not REQUIRED and any(sign in done.stdout + done.stderr for sign in NO_INDEX):
        pytest.skip("no package index can be reached from here")
    assert not done.returncode, f"{command[0]}: {done.stdout[-1_000:]}{done.stderr[-3_000:]}"
    return done.stdout


def test_the_wheel_is_whole_and_has_nothing_else(empty: Path) -> None:
    (wheel,) = empty.parents[1].glob("*.whl")
    tops = {"orchestra_kit", wheel.name.split("-py3")[0] + ".dist-info"}
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == tops
    assert {Path(name).suffix for name in names if name.startswith("orchestra_kit/notebooks/")} == {".ipynb"}
    for kind in ("data", "notebooks", "orchestra_kit"):
        inside = "orchestra_kit" if kind == "orchestra_kit" else f"orchestra_kit/{kind}"
        tracked = run("git", "ls-files", kind, cwd=ROOT).split() if (ROOT / ".git").exists() else []
        missing = [name for name in tracked if f"{inside}/{name.partition('/')[2]}" not in names]
        assert not missing, f"not in the wheel: {', '.join(missing)}"


def test_everything_works_in_an_empty_environment(empty: Path, tmp_path: Path) -> None:
    assert "Everything the course needs works." in run(empty / "orchestra-kit", "doctor", cwd=tmp_path)
    assert "quality" in run(empty / "orchestra-kit", "demo", "--out", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "sequential.md").read_text("utf-8").startswith("---\ntitle:")
    assert "solutions" in run(empty / "orchestra-kit", "editions", "editions", cwd=tmp_path)


def test_the_learners_copy_of_the_course_runs_there(empty: Path, tmp_path: Path) -> None:
    copy = "import sys; from pathlib import Path; from orchestra_kit.cli.lab import copy_course; "
    copied = run(empty / "python", "-c", f"{copy} print(*copy_course(Path('course')).new)", cwd=tmp_path).split()
    assert copied == [*copy_course(tmp_path / "from the checkout").new]
    run(empty / "python", "-m", "nbconvert", "--to", "notebook", "--execute", f"course/{copied[0]}", cwd=tmp_path)
