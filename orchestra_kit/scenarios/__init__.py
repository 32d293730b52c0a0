"""Tasks that look like real work: a goal, a team, an orchestrator for each pattern, and checks on what comes out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from .scenario import PATTERNS, Scenario, made_from

__all__ = ["GENERATORS", "PATTERNS", "SCENARIOS", "Scenario", "generator", "scenario"]

SCENARIOS = ("content_pipeline", "waterfall")
GENERATORS = (  # fresh texts with known facts, from a seed
    "short_talk",
    "long_talk",
    "archive",
    "contradictions",
    "near_duplicates",
    "distant_parts",
    "running_balance",
    "deliverables",
    "best_of_several",
)


def scenario(name: str, **options: Any) -> Scenario:
    """A scenario by name, with its own options; for the name of a generator, the one that it makes of `seed=`.
    KeyError lists the names.

    >>> scenario("content_pipeline").goal
    'Write a blog post about orchestrator agents.'
    """
    if name not in (*SCENARIOS, *GENERATORS):
        raise KeyError(f"there is no scenario {name!r}; there is: {', '.join((*SCENARIOS, *GENERATORS))}")
    return made_from(maker(name)(**options), name, options)


def generator(name: str) -> Callable[[int], Scenario]:
    """The function that makes a fresh task of a seed, by name; KeyError lists the names.

    >>> generator("short_talk")(3).name
    'short_talk'
    """
    if name not in GENERATORS:
        raise KeyError(f"there is no generator {name!r}; there is: {', '.join(GENERATORS)}")
    make: Callable[[int], Scenario] = maker(name)
    return make


def maker(name: str) -> Callable[..., Scenario]:
    """The function of this name, in the module of this name: what is not used is not loaded."""
    where = f".generated.{name}" if name in GENERATORS else f".{name}"
    make: Callable[..., Scenario] = getattr(import_module(where, __name__), name)
    return make
