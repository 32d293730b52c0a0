"""Opening the course: its notebooks copied to a folder of the learner's, and JupyterLab over it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.markup import escape

from ..errors import OrchestraError
from ..paths import data_dir, notebooks_dir


class Course(NamedTuple):
    """What lies in the learner's folder: notebooks that were put there now, and those they had already."""

    folder: Path
    new: tuple[str, ...]
    kept: tuple[str, ...]


def open_lab(
    console: Console, folder: Path, *, browser: bool | None = None, port: int | None = None, projector: bool = False
) -> int:
    """Copy the course and open it, until the learner stops JupyterLab; its exit code. `browser` None: where there is
    a screen. `projector`: in large type."""
    course = copy_course(folder)
    for name in course.new:
        console.print(f"[green]✓[/] {escape(name)}")
    if course.kept:
        console.print(f"[dim]Left as you have them: {escape(', '.join(course.kept))}[/]")
    console.print(f"The course is in {escape(str(course.folder))}. Stop JupyterLab with Ctrl-C, here.\n")
    command = lab_command(course, browser=has_screen() if browser is None else browser, port=port)
    return become(command + large_type() * projector, course.folder)


def become(command: list[str], folder: Path) -> int:
    """Run JupyterLab in the place of this process, so that Ctrl-C and signals reach it as if it had been called
    itself; on Windows, where processes cannot do that, wait for it, and return its exit code."""
    os.chdir(folder)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, quiet_environment())
    with suppress(KeyboardInterrupt):
        return subprocess.run(command, env=quiet_environment(), check=False).returncode
    return 0


def copy_course(folder: Path) -> Course:
    """Copy each notebook that the folder does not have yet. A file that is there is the learner's: it is left alone."""
    try:
        folder, original = folder.expanduser().resolve(), notebooks_dir()
    except RuntimeError as error:  # ~somebody who is not there
        raise OrchestraError(
            f"{folder} leads nowhere: {error}. Give another folder: orchestra-kit lab my_course"
        ) from None
    notebooks = sorted(original.glob("*.ipynb"))
    if not notebooks:
        raise OrchestraError(f"The course is not where it should be, in {original}. Install orchestra-kit again.")
    if folder == original.resolve():  # a checkout: the notebooks themselves
        return Course(folder, (), tuple(notebook.name for notebook in notebooks))
    new, kept = [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in notebooks:
            if os.path.lexists(folder / notebook.name):  # a link that leads nowhere is the learner's too
                kept.append(notebook.name)
            else:
                copy_whole(notebook, folder / notebook.name)
                new.append(notebook.name)
    except OSError as error:
        raise OrchestraError(
            f"The course cannot be put into {folder}: {error.strerror or error}. "
            "Give another folder: orchestra-kit lab my_course"
        ) from error
    return Course(folder, tuple(new), tuple(kept))


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it is there as a whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    try:
        shutil.copyfile(source, name)
        Path(name).chmod(0o644)
        Path(name).rename(target)
    finally:
        Path(name).unlink(missing_ok=True)


def lab_command(course: Course, *, browser: bool, port: int | None) -> list[str]:
    """How JupyterLab is started: on the first lesson, and with nothing to install from its side bar."""
    first = min((*course.new, *course.kept), key=lambda name: (name.startswith("00"), name))  # 00 is to look things up
    command = [sys.executable, "-m", "jupyterlab", "--log-level=WARN", f"--LabApp.default_url=/lab/tree/{first}"]
    command.append("--LabApp.extension_manager=readonly")
    if not browser:
        command.append("--no-browser")
    if port is not None:
        command.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; JupyterLab refuses it otherwise
    return command


def large_type() -> list[str]:
    """What makes JupyterLab's type large: a style sheet of ours. (Its settings would be the place; but it takes sizes
    from the learner's own settings only, and those are not ours to write.)"""
    place = {"static_custom_path": [str(data_dir() / "jupyter" / "projector")]}
    return ["--LabApp.custom_css=True", f"--ServerApp.tornado_settings={place!r}"]


def quiet_environment() -> dict[str, str]:
    """The environment with our few settings for JupyterLab before the learner's own, which stay as they are: no
    question about news over the first notebook, and no look for updates. The course needs no network."""
    ours, theirs = str(data_dir() / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH", "")
    return os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, (ours, theirs)))}


def has_screen() -> bool:
    """Whether a browser can be opened. On Linux without a screen a text browser would take the terminal."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
