"""What every scenario offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..call import Model
from ..specialist import Specialist
from ..team import Orchestrator
from .check import Check

PATTERNS = ("single", "sequential", "fan_out", "hierarchical", "competitive")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One task that can be done in several patterns, and measured.

    goal           what the orchestrator is told
    team           the specialists, by name; the patterns put the same people together differently
    orchestrators  for each pattern, who conducts it; the simplest pattern first
    check          measures a result: a tuple of Check
    arranged       what was arranged about this task (its size, its budget, its traps), in a sentence or two, so that
                   nobody takes for a law what holds for such tasks only; "" if nothing was
    model          whom the task is meant for; None is the embedded model as it comes
    files          what is to be written of a result, by file name, given its pattern; nothing where the team itself
                   publishes
    made_by        the name and the options that `scenario()` made it from: so it travels to another process
    """

    name: str
    goal: Any
    team: Mapping[str, Specialist]
    orchestrators: Mapping[str, Orchestrator]
    check: Callable[[Any], tuple[Check, ...]]
    arranged: str = ""
    model: Model | None = None
    files: Callable[[str, Any], Mapping[str, str]] = lambda pattern, result: {f"{pattern}.md": str(result)}
    made_by: tuple[str, Mapping[str, Any]] = field(default=("", {}), compare=False)

    def orchestrator(self, pattern: str) -> Orchestrator:
        """Who conducts this pattern; KeyError lists the patterns."""
        if pattern not in self.orchestrators:
            raise KeyError(f"{self.name} has no pattern {pattern!r}; it has: {', '.join(self.orchestrators)}")
        return self.orchestrators[pattern]
