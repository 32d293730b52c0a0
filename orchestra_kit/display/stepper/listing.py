"""The lines of an orchestrator's own code around the one that is running."""

from __future__ import annotations

import inspect
import linecache
from collections.abc import Iterator
from typing import Any

from ...mistakes import Line, read_line
from ...team import Orchestrator

AROUND = 2  # lines shown above and below

Shown = list[list[Any]]  # each a pair: the number of a line, and its text


class Listing:
    """Finds a line again in the files that the orchestrator is written in, and reads no other file."""

    def __init__(self, orchestrator: Any = None):
        self.files = list(dict.fromkeys(files_of(orchestrator)))

    def around(self, line: Line) -> Shown:
        """The line among its neighbours; alone where its file is not to be found, or says something else by now."""
        for file in self.files:
            if read_line(file, line.number) == line:
                numbers = range(max(1, line.number - AROUND), line.number + AROUND + 1)
                return dedented([[number, linecache.getline(file, number).rstrip()] for number in numbers])
        return [[line.number, line.source]]


def files_of(orchestrator: Any) -> Iterator[str]:
    """The files that an orchestrator and the teams it leads are written in."""
    if isinstance(orchestrator, Orchestrator):
        for cls in type(orchestrator).__mro__[:-1]:
            yield from files_of(vars(cls).get("conduct") or vars(cls).get("plan"))
        for member in orchestrator.team.values():
            yield from files_of(member)
    elif inspect.isfunction(orchestrator):
        yield orchestrator.__code__.co_filename


def dedented(lines: Shown) -> Shown:
    """The lines moved to the left together; empty ones at the end of a file fall away."""
    kept = [line for line in lines if line[1].strip() or line is not lines[-1]]
    margin = min((len(text) - len(text.lstrip()) for _, text in kept if text.strip()), default=0)
    return [[number, text[margin:]] for number, text in kept]
