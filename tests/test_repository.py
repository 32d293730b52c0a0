"""What the repository says of itself is true: its README runs, its commands exist, its changelog is up to date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work)/\w+|\b[A-Z]:\\{1,2}Users")


def project_files() -> list[Path]:
    """Every file that is, or could be, under version control; in an unpacked archive every file that is not hidden."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if "/." not in path.relative_to(ROOT.parent).as_posix()]
    return [path for path in found if path.is_file()]


def test_the_readme_runs_as_written(tmp_path: Path) -> None:
    code, real_model, comparison = [code for language, code in BLOCKS if language == "python"]
    assert "runs=30" in comparison
    compared = comparison.replace("runs=30", "runs=2, progress=False")
    connected = real_model.partition("run =")[0]  # as far as it goes without a server
    program = tmp_path / "readme.py"
    program.write_text(f"{code}\nassert run.result and len(run.calls()) == 3\n{connected}\n{compared}\n", "utf-8")
    command, here = [sys.executable, "-W", "error", program], {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_readme_names_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"\bmake (\w+)", "".join(text for language, text in BLOCKS if language == "sh")))
    assert {"lab", "test"} <= named
    missing = [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)]
    assert not missing, f"the README says make {', '.join(missing)}, and the Makefile knows nothing of it"


def test_the_readme_points_at_files_that_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert not missing, f"the README points at {', '.join(missing)}"


def test_every_dependency_has_a_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    for dependency in chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()):
        line = next(line for line in lines if f'"{dependency}"' in line)
        assert re.search(r"#\s*\w+ \w+", line), f"say beside {dependency} in pyproject.toml why it is there"


def test_the_changelog_has_this_version() -> None:
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_no_file_holds_a_path_of_one_machine() -> None:
    for path in project_files():
        found = ONE_MACHINE.search(path.read_text("utf-8", errors="ignore"))
        assert not found, f"{path.relative_to(ROOT)} holds {found.group()}, a path of one machine"
