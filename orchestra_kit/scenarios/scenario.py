"""What every scenario offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..specialist import Specialist
from ..team import Orchestrator
from .checks import Check

PATTERNS = ("single", "sequential", "fan_out", "hierarchical", "competitive")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One task that can be done in several patterns, and measured.

    goal           what the orchestrator is told
    team           the specialists, by name; the patterns put the same people together differently
    orchestrators  for each pattern, who conducts it
    check          measures a result: a tuple of Check
    """

    name: str
    goal: str
    team: Mapping[str, Specialist]
    orchestrators: Mapping[str, Orchestrator]
    check: Callable[[Any], tuple[Check, ...]]

    def orchestrator(self, pattern: str) -> Orchestrator:
        """Who conducts this pattern; KeyError lists the patterns."""
        if pattern not in self.orchestrators:
            raise KeyError(f"{self.name} has no pattern {pattern!r}; it has: {', '.join(self.orchestrators)}")
        return self.orchestrators[pattern]
