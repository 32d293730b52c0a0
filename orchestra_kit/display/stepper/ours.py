"""Whose code a team runs. Of what a method does that is not this kit's own, nothing can be said."""

from __future__ import annotations

from inspect import getattr_static
from types import FunctionType
from typing import Any

from ... import patterns, team
from ...mistakes import name_of
from ...requests import review
from ...team import Orchestrator
from .texts import short_name

OURS = (team.__name__, patterns.__name__)
STEPS = ("plan", "assign", "brief", "carry_out", "review", "turned_down", "combine")  # of an orchestrator's work


def knows(orchestrator: Any, *methods: str) -> bool:
    """Whether an orchestrator works as this kit's own do, these of its methods included: no class has others in their
    place, and nobody has put others on the object.

    >>> from orchestra_kit import Sequential, Specialist
    >>> desk = Sequential("desk", Specialist("writer", "Write."))
    >>> knows(desk, "plan", "review")
    True
    >>> desk.review = lambda brief, work: None
    >>> knows(desk, "plan"), knows(desk, "review")
    (True, False)
    """
    return isinstance(orchestrator, Orchestrator) and all(
        is_ours(getattr_static(orchestrator, method, None)) for method in ("__call__", "conduct", *methods)
    )


def is_ours(method: object) -> bool:
    """Whether this is a function of ours. A wrapper around one may bear its name, but stands elsewhere."""
    return isinstance(method, FunctionType) and method.__globals__.get("__name__") in OURS


def asks_planner(orchestrator: Any) -> bool:
    """Whether its plan comes from its planner: the patterns have one too, and do not ask."""
    is_asked = knows(orchestrator, "plan") and type(orchestrator).plan is Orchestrator.plan
    return is_asked and orchestrator.planner is not None


def called(member: Any) -> str:
    """How somebody who is asked is called."""
    name = name_of(member)
    return "a person" if member is review else "a function" if name == "<lambda>" else short_name(name, 40)
