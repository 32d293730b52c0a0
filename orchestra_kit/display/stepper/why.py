"""Why a plan is as it is: what each pattern is for, in the one place where that is said."""

from __future__ import annotations

from typing import Any

from ...messages import Plan
from ...patterns import Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from ...specialist import Specialist
from ...team import Orchestrator
from .measuring import Rows, capped
from .ours import asks_planner, called, knows
from .sentences import listed
from .texts import short, short_name

FOR: dict[type[Orchestrator], str] = {
    SingleAgent: "one agent alone is the baseline that a team has to beat",
    Sequential: "each step needs what the one before made",
    FanOut: "parts that need nothing of each other are done sooner all at once",
    Hierarchical: "the goal is too wide for one plan, so each lead plans its own part",
    Competitive: "one attempt may go wrong, so several are made and one is kept",
}


def pattern_of(orchestrator: Any) -> type[Orchestrator] | None:
    """The pattern that made its plan and carries it out; None where a planner made it, or code that is not ours."""
    if not knows(orchestrator, "plan", "assign"):
        return None
    planned = type(orchestrator).plan
    pattern = next((each for each in FOR if isinstance(orchestrator, each) and each.plan is planned), None)
    return None if pattern is Competitive and not knows(orchestrator, "combine") else pattern


def why(orchestrator: Any) -> list[str]:
    """What a plan follows, and why: a name and a reason; [] where that is not known."""
    if (pattern := pattern_of(orchestrator)) is not None:
        return [pattern.__name__, FOR[pattern]]
    if asks_planner(orchestrator) and is_model(orchestrator.planner):
        return ["this plan", f"{called(orchestrator.planner)} chose by what the members say they take and make"]
    return []


def is_model(member: Any) -> bool:
    """Whether a model does its work, by nothing but what it is told: a function may go by anything."""
    return type(member) is Specialist and member.does is None


def reasons(orchestrator: Any, plan: Plan) -> Rows:
    """Why the plan is as it is, and what in it depends on what."""
    reason = why(orchestrator)
    first = [[f"why {reason[0]}", short(reason[1])]] if reason else []
    if pattern_of(orchestrator) is Hierarchical:
        first.append(["who planned", called(orchestrator.planner)])
    return [*first, *capped([
        [short_name(step.name), f"needs {listed(step.needs)}" if step.needs else "needs no other step"]
        for step in plan.steps
    ])]  # fmt: skip
