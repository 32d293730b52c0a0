"""What every scenario offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from ..call import Model
from ..specialist import Specialist
from ..team import Orchestrator
from .check import Check

PATTERNS = ("single", "sequential", "fan_out", "hierarchical", "competitive")


def as_markdown(pattern: str, result: Any) -> Mapping[str, str]:
    """One file a pattern: its result, as text."""
    return {f"{pattern}.md": str(result)}


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
    files: Callable[[str, Any], Mapping[str, str]] = as_markdown
    made_by: tuple[str, Mapping[str, Any]] = field(default=("", {}), init=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it travels to another process. Its checks are closures, which cannot: so it goes as the name and the
        options that it was made from. One made by hand, or with replace(), has none and goes part by part."""
        name, options = self.made_by
        if name:
            return made_again, (name, options)
        return Scenario, tuple(getattr(self, part.name) for part in fields(self) if part.init)

    def orchestrator(self, pattern: str) -> Orchestrator:
        """Who conducts this pattern; KeyError lists the patterns."""
        if pattern not in self.orchestrators:
            raise KeyError(f"{self.name} has no pattern {pattern!r}; it has: {', '.join(self.orchestrators)}")
        return self.orchestrators[pattern]


def made_from(scenario: Scenario, name: str, options: Mapping[str, Any]) -> Scenario:
    """The scenario, with a note of what it was made from. replace() forgets it: what it makes is something else."""
    object.__setattr__(scenario, "made_by", (name, options))
    return scenario


def made_again(name: str, options: Mapping[str, Any]) -> Scenario:
    """A scenario that has arrived in this process."""
    try:
        return made_once(name, tuple((key, type(value), value) for key, value in options.items()))
    except TypeError:  # an option that cannot be a key, such as a list of texts: made each time
        return make(name, options)


@lru_cache(8)  # a worker gets the same scenario with every piece of work
def made_once(name: str, options: tuple[tuple[str, type, Any], ...]) -> Scenario:
    """The types are there because 5 and 5.0 are the same key, and not the same words in a role."""
    return make(name, {key: value for key, _, value in options})


def make(name: str, options: Mapping[str, Any]) -> Scenario:
    from . import scenario  # here, because the package imports this module

    return scenario(name, **options)
