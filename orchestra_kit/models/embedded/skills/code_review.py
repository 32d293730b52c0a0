"""Reviewing Python code, really: it is parsed with `ast`, and linted with ruff where that is installed."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..job import Job

FENCED = re.compile(r"```(?:python|py)?\s*\n(?P<code>.*?)```", re.DOTALL)
LOOKS_LIKE_CODE = re.compile(
    r"^\s*(?:def |class |import |from \w+ import |async def |@\w|if |for |while |return\b|print\(|\w+ = )", re.MULTILINE
)
RULES = "E,F,B,S,SIM,UP,C4,RET"  # errors, likely bugs, security, simpler and newer ways
RUFF_SECONDS = 20
ENDLESS = "this loop never ends: nothing in it breaks, returns or raises"
MANY_ARGUMENTS, LONG_FUNCTION = 6, 50


def code_review(job: Job) -> str | dict[str, Any]:
    """What is wrong with the code, line by line. Nothing wrong: it says what was checked."""
    code = find_code(job)
    if not code:
        return job.nothing if job.makes is None else {"decision": "reject", "note": "there is no Python code to review"}
    found, checked = inspect(code)
    job.how.update(criterion=checked, findings=len(found))
    lines = [f"- line {line}: {message}" for line, message in found]
    if job.makes is not None:
        return {
            "decision": "reject" if found else "approve",
            "note": "\n".join(job.fit(lines, spare=60)) or f"Nothing found. Checked with {checked}.",
        }
    return (
        "\n".join([f"Checked with {checked}.", *job.fit(lines, spare=40)])
        if found
        else f"Nothing found. Checked with {checked}."
    )


def find_code(job: Job) -> str:
    """The code in the prompt: under a label, in a fence, or from the first line that looks like code."""
    for text in (*(job.material.sections[label] for label in reversed(job.material.handed_over)), job.material.prompt):
        fenced = FENCED.search(text)
        if fenced:
            return textwrap.dedent(fenced["code"])
        start = LOOKS_LIKE_CODE.search(text)
        if start and (text is not job.material.prompt or "\n" in text):
            return textwrap.dedent(text[start.start() :].lstrip("\n"))
    return ""


@lru_cache(128)
def inspect(code: str) -> tuple[list[tuple[int, str]], str]:
    """The findings, by line, and with what they were found."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return [(error.lineno or 1, f"does not parse: {error.msg}")], "Python's parser"
    found = set(_own_findings(tree))
    linted = _ruff(code)
    if linted is not None:
        found |= linted
    return (
        sorted(found),
        "Python's parser and ruff"
        if linted is not None
        else "Python's parser (ruff is not installed: pip install ruff for more)",
    )


def _own_findings(tree: ast.Module) -> list[tuple[int, str]]:
    """What needs no linter: the faults reviewers mention most."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if any(
                isinstance(value, ast.List | ast.Dict | ast.Set)
                for value in (*node.args.defaults, *node.args.kw_defaults)
            ):
                found.append((node.lineno, f"{node.name}() has a mutable default argument: it is shared between calls"))
            if len(node.args.args) > MANY_ARGUMENTS:
                found.append((node.lineno, f"{node.name}() takes {len(node.args.args)} arguments"))
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONG_FUNCTION:
                found.append((node.lineno, f"{node.name}() is {length} lines long"))
        elif isinstance(node, ast.ExceptHandler) and node.type is None:
            found.append((node.lineno, "a bare except catches even KeyboardInterrupt"))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
            found.append((node.lineno, f"{node.func.id}() runs whatever text it is given"))
        elif isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
            if any(isinstance(value, ast.Constant) and value.value is None for value in node.comparators):
                found.append((node.lineno, "compares with None by ==: use `is None`"))
        elif isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value:
            ends = (ast.Break, ast.Return, ast.Raise)
            found += [(node.lineno, ENDLESS)] * (not any(isinstance(inner, ends) for inner in ast.walk(node)))
    return found


def _ruff(code: str) -> set[tuple[int, str]] | None:
    """ruff's findings; None when ruff is not installed or gives no answer."""
    beside = Path(sys.executable).with_name("ruff")
    ruff = str(beside) if beside.exists() else shutil.which("ruff")
    if ruff is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "code.py"
        file.write_text(code, encoding="utf-8")
        options = f"check --isolated --no-cache --exit-zero --output-format=json --select={RULES}".split()
        try:
            done = subprocess.run(
                [ruff, *options, str(file)], capture_output=True, text=True, timeout=RUFF_SECONDS, check=True
            )
            findings = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
    return {(item["location"]["row"], f"{item['message']} ({item['code']})") for item in findings}
