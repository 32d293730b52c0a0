"""Why a plan is as it is: what each pattern is for, in the one place where that is said."""

from __future__ import annotations

from typing import Any

from ...messages import Plan
from ...mistakes import name_of
from ...patterns import Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from ...team import Orchestrator
from .measuring import Rows, capped
from .sentences import listed
from .texts import short, short_name

FOR: dict[type[Orchestrator], str] = {
    SingleAgent: "one agent alone is the baseline that a team has to beat",
    Sequential: "each step needs what the one before made",
    FanOut: "parts that need nothing of each other are done sooner all at once",
    Hierarchical: "the goal is too wide for one plan, so each lead plans its own part",
    Competitive: "one attempt may go wrong, so several are made and one is kept",
}


def defines(orchestrator: Orchestrator, method: str) -> type[Orchestrator]:
    """The class whose code this method of an orchestrator is.

    >>> from orchestra_kit import Specialist
    >>> defines(Sequential("desk", Specialist("writer", "Write.")), "plan").__name__
    'Sequential'
    """
    return next(cls for cls in type(orchestrator).__mro__ if method in vars(cls))


def pattern_of(orchestrator: Any) -> type[Orchestrator] | None:
    """The pattern that its plan follows; None where a planner makes it, or code that is not ours."""
    if not isinstance(orchestrator, Orchestrator):
        return None
    made_by = defines(orchestrator, "plan")
    if isinstance(orchestrator, Hierarchical) and made_by is Orchestrator:
        return Hierarchical
    return made_by if made_by in FOR else None


def why(orchestrator: Any) -> list[str]:
    """What a plan follows, and why: a name and a reason; [] where that is not known."""
    pattern = pattern_of(orchestrator)
    if pattern is not None:
        return [pattern.__name__, FOR[pattern]]
    if isinstance(orchestrator, Orchestrator) and orchestrator.planner is not None \
            and defines(orchestrator, "plan") is Orchestrator:  # fmt: skip
        planner = short_name(name_of(orchestrator.planner), 40)
        return ["this plan", f"{planner} chose by what the members say they take and make"]
    return []


def reasons(orchestrator: Any, plan: Plan) -> Rows:
    """Why the plan is as it is, and what in it depends on what."""
    reason = why(orchestrator)
    needs = [[short_name(step.name), f"needs {listed(step.needs)}" if step.needs else "needs no other step"]
             for step in plan.steps]  # fmt: skip
    first = [[f"why {reason[0]}", short(reason[1])]] if reason else []
    if pattern_of(orchestrator) is Hierarchical:
        first.append(["who planned", short_name(name_of(orchestrator.planner))])
    return [*first, *capped(needs)]
