"""The rules that keep the package readable: imports go down only, and the core is silent, offline and safe."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "orchestra_kit"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS: list[set[str]] = [
    # 0  what is said: requests, messages, specialists and what they read
    {"budget", "call", "errors", "files", "groups", "messages", "mistakes", "paths", "requests", "snapshots"}
    | {"sources", "specialist"},
    # 1  how a run goes on
    {"decisions", "events", "handoff", "ledger", "loop", "plans", "recovery", "tasks", "team"},
    {"patterns", "worlds"},  # 2  how a team is led, and who answers
    {"deliverables", "models", "transcripts"},  # 3  the models, and what teams are given and hand on
    {"intervals", "measure", "scenarios"},  # 4  tasks, and what became of them
    {"display"},  # 5  what a learner sees
    {"comparing", "forks", "run"},  # 6  all of it, put together
    {"cli", "course"},  # 7  the way in: the command line, and the course
]
LAYER = {module: number for number, layer in enumerate(LAYERS) for module in layer}
CORE = [path for path in FILES if LAYER.get(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), 9) <= 2]
HEAVY = {"anywidget", "httpx", "ipywidgets", "matplotlib", "pandas", "pydantic"}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
each_core_file = pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)


def imports(path: Path) -> Iterator[str]:
    """Every module that this file imports, wherever in the file, as a full dotted name."""
    here = ["orchestra_kit", *path.relative_to(PACKAGE).parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*here[: -node.level], *filter(None, [node.module])]) if node.level else str(node.module)
            # `from . import measure` imports a module, `from .measure import calls` a name: the first two parts tell
            yield from (f"{base}.{name.name}" for name in node.names) if base == "orchestra_kit" else [base]


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the file, by the dotted name that is called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def module_of(dotted: str) -> str:
    """The module of the package that a dotted name stands for."""
    return dotted.split(".")[1]


@each_file
def test_imports_go_down_only(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":  # gathers the public names of every layer
        return
    assert here in LAYER, f"orchestra_kit/{here} has no layer yet: place it in LAYERS, in {Path(__file__).name}"
    for name in imports(path):
        if name.startswith("orchestra_kit."):
            there = module_of(name)
            assert there in LAYER, f"{path.name} takes {there} from the package itself: import it from its own module"
            assert LAYER[there] <= LAYER[here], f"{here} ({LAYER[here]}) imports up: {there} ({LAYER[there]})"


def test_every_layer_names_what_there_is() -> None:
    assert LAYER.keys() == {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES} - {"__init__"}


def test_no_module_stands_in_two_layers() -> None:
    assert len(LAYER) == sum(map(len, LAYERS))


@each_core_file
def test_the_core_needs_the_standard_library_only(path: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"orchestra_kit"}
    assert not foreign, f"{path.name} imports {', '.join(sorted(foreign))}: layers 0 to 2 use the standard library only"


@each_core_file
def test_the_core_is_silent(path: Path) -> None:
    assert "print" not in {name for name, _ in calls(path)}, f"{path.name} prints: only cli and display may"


def test_one_module_at_most_speaks_http() -> None:
    users = [path.name for path in FILES if any(name.split(".")[0] == "httpx" for name in imports(path))]
    assert len(users) <= 1, f"{', '.join(users)} use httpx: keep it in one module, so that it can be replaced"


@each_file
def test_nothing_runs_text_as_code(path: Path) -> None:
    assert {"dill", "marshal", "pickle", "shelve"}.isdisjoint(imports(path)), f"{path.name} unpickles"
    for name, call in calls(path):
        what = f"{path.name}, line {call.lineno}: {name}()"
        assert name not in {"eval", "exec", "os.system", "os.popen", "yaml.load"}, f"{what} runs text as code"
        shell = [word.value for word in call.keywords if word.arg == "shell"]
        assert all(isinstance(value, ast.Constant) and value.value is False for value in shell), f"{what} uses a shell"


def test_import_is_light() -> None:
    """The first line of every notebook must not cost a second: tables, charts and HTTP load when they are used."""
    code = "import sys, orchestra_kit; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True).stdout.split()
    assert "orchestra_kit" in loaded
    assert HEAVY.isdisjoint(loaded), f"import orchestra_kit loads {', '.join(sorted(HEAVY.intersection(loaded)))}"
