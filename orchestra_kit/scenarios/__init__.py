"""Tasks that look like real work: a goal, a team, an orchestrator for each pattern, and checks on what comes out."""

from __future__ import annotations

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
    from . import content_pipeline

    return content_pipeline.content_pipeline(**options)
