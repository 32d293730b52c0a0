"""Beginner's slips, caught where they happen: each quotes the learner's line and shows it corrected."""

from __future__ import annotations

import inspect
import linecache
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import CodeType, CoroutineType, FrameType
from typing import Any, NamedTuple

from .errors import ForgottenAwait, NotAsync
from .messages import Handoff
from .requests import Error, Outcome, Request, Value

PACKAGE = str(Path(__file__).parent)
BEHIND_THE_SCENES = {
    str(Path(__file__).with_name(name)) for name in ("recovery.py", "decisions.py")
}  # whoever awaits retry(...) wants to see their own line


class Line(NamedTuple):
    """A line of somebody's code. `file` is its name only: where it lies on a machine is nobody's business."""

    file: str
    number: int
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.source}"


@lru_cache(4_096)
def read_line(file: str, number: int) -> Line:
    name = "notebook cell" if "ipykernel_" in file else Path(file).name  # its file is a temporary one
    return Line(name, number, linecache.getline(file, number).strip())


def line_of(steps: Any) -> Line | None:
    """The line at which an async function stands now: that of the innermost function it awaits."""
    found = None
    while isinstance(steps, CoroutineType):
        frame = steps.cr_frame
        if frame is not None and frame.f_code.co_filename not in BEHIND_THE_SCENES:
            found = frame
        steps = steps.cr_await
    return read_line(found.f_code.co_filename, found.f_lineno) if found is not None else None


def unanswered(value: Any) -> Any:
    """The request in `value` that nobody has awaited, if there is one."""
    if isinstance(value, str):  # nearly always
        return None
    if isinstance(value, Request | CoroutineType):
        return value
    parts: Iterable[Any] = ()
    if isinstance(value, Handoff):
        parts = (value.work,)
    elif isinstance(value, list | tuple):
        parts = value
    elif isinstance(value, dict):
        parts = value.values()
    return next((found for part in parts if (found := unanswered(part)) is not None), None)


def forbid_unanswered(brief: Any, who: str) -> None:
    """Raise ForgottenAwait when a brief is a request instead of the answer to it."""
    __tracebackhide__ = True
    request = unanswered(brief)
    if request is None:
        return
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.startswith(PACKAGE):
        frame = frame.f_back
    name = name_of(request)
    _never_run(request)
    quoted = _correction(frame, request) if frame is not None else ""
    raise ForgottenAwait(
        f"{who} was handed the request {name}(...) and not the answer to it: an `await` is missing.{quoted}"
    )


def check_result(value: Any, steps: Any) -> Outcome:
    """What an orchestrator returned, or the error that it returned a request."""
    request = unanswered(value)
    if request is None:
        return Value(value)
    name = name_of(request)
    _never_run(request)
    code = getattr(steps, "cr_code", None)
    quoted = _shown(*_returning(code, name)) if code is not None else ""
    where = code.co_name if code is not None else "the orchestrator"
    return Error(
        ForgottenAwait(f"{where} returned the request {name}(...) and not its answer: an `await` is missing.{quoted}")
    )


def not_async(function: Any) -> NotAsync:
    """The error for an orchestrator that is an ordinary function."""
    name = getattr(function, "__name__", repr(function))
    if inspect.isasyncgenfunction(function):
        return NotAsync(f"{name} has a `yield`, which makes it a generator. An orchestrator returns its result")
    code = getattr(function, "__code__", None)
    quoted = ""
    if code is not None:
        line = next((line for line in _source(code) if line.lstrip().startswith("def ")), "").strip()
        quoted = _shown(line, f"async {line}") if line else ""
    return NotAsync(
        f"{name} is an ordinary function, so it cannot wait for anybody's answer: an `async` is missing.{quoted}"
    )


def name_of(request: Any) -> str:
    """Whom or what a request is for, as one word."""
    for holder, attribute in ((getattr(request, "to", None), "name"), (request, "who"), (request, "name")):
        name = getattr(holder, attribute, None)
        if isinstance(name, str):
            return name
    return str(getattr(request, "__name__", type(request).__name__.lower()))


def _correction(frame: FrameType, request: Any) -> str:
    """Quote the line where the `await` is missing: where the request was named, or where it is used."""
    here = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
    for name in (name for name, value in frame.f_locals.items() if value is request):
        assignment = re.compile(rf"\s*{re.escape(name)}\s*=\s*(?!await\b)")
        for number in range(frame.f_lineno, frame.f_code.co_firstlineno - 1, -1):
            line = linecache.getline(frame.f_code.co_filename, number)
            if match := assignment.match(line):
                return _shown(line.strip(), f"{match.group().strip()} await {line[match.end() :].strip()}")
    called = {
        name
        for name, value in {**frame.f_globals, **frame.f_locals}.items()
        if value is getattr(request, "to", request)
    }
    for name in sorted(called | {name_of(request)}):
        corrected = re.sub(rf"(?<!await )\b{re.escape(name)}\(", f"await {name}(", here)
        if corrected != here:
            return _shown(here, corrected)
    return _shown(here, "")


def _returning(code: CodeType, name: str) -> tuple[str, str]:
    """The line where the `await` is missing, and that line with one: where the request is returned, or was named."""
    source = _source(code)
    bare = [line.strip() for line in source if re.match(r"\s*return\b(?!\s+await\b)", line)]
    line = next((line for line in bare if f"{name}(" in line), "")
    if not line:
        assignment = re.compile(rf"(\s*\w+\s*=)\s*(?!await\b)({re.escape(name)}\(.*)")
        if named := next(filter(None, map(assignment.match, source)), None):
            return named.group().strip(), f"{named[1].strip()} await {named[2].strip()}"
    line = line or next((line for line in bare if name in line), bare[-1] if bare else "")
    return line, line.replace("return", "return await", 1)


def _source(code: CodeType) -> list[str]:
    try:
        return inspect.getsourcelines(code)[0]
    except (OSError, TypeError):  # typed at a prompt that keeps no source
        return []


def _shown(line: str, corrected: str) -> str:
    if not line:
        return " Write `await` before the call."
    return f"\n    you wrote:  {line}" + (f"\n    write:      {corrected}" if corrected and corrected != line else "")


def _never_run(request: Any) -> None:
    """Python warns of a coroutine that was never awaited; our error has said it better."""
    if isinstance(request, CoroutineType):
        request.close()
