"""Tasks that look like real work: a goal, a team, an orchestrator for each pattern, and checks on what comes out."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from .scenario import PATTERNS, Scenario

__all__ = ["PATTERNS", "SCENARIOS", "Scenario", "scenario"]

SCENARIOS = ("content_pipeline",)


def scenario(name: str, **options: Any) -> Scenario:
    """A scenario by name, with its own options; KeyError lists the names.

    >>> scenario("content_pipeline").goal
    'Write a blog post about orchestrator agents.'
    """
    if name not in SCENARIOS:
        raise KeyError(f"there is no scenario {name!r}; there is: {', '.join(SCENARIOS)}")
    make = getattr(import_module(f".{name}", __name__), name)  # each scenario is a module with a function of its name
    made: Scenario = make(**options)
    return replace(made, made_by=(name, options))
