"""A plan is data, so it can be looked at, and refused, before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .errors import BadPlan
from .messages import Plan, Step


def check_plan(plan: object, *, team: Collection[str], done: Collection[str], most_steps: int) -> Plan:
    """The plan, if it can be carried out; BadPlan says what is wrong with it. Nothing of a bad plan is ever begun."""
    if not isinstance(plan, Plan):
        raise BadPlan(f"the planner answered with {plan!r}, which is not a Plan. Give it makes=Plan")
    steps = plan.steps
    if not steps and not (plan.done and done):
        raise BadPlan("the plan is empty, and the goal is not reached. Say in the goal what is to be made")
    if len(steps) > most_steps:
        raise BadPlan(
            f"the plan has {len(steps)} steps, and at most {most_steps} are allowed. Plan coarser, or raise most_steps"
        )
    for step in steps:
        if not isinstance(step, Step):
            raise BadPlan(f"the plan has {step!r} where a step should be: Step('writer', needs=['research'])")
    names = [step.name for step in steps]
    for step in steps:
        if step.who not in team:
            raise BadPlan(
                f"step {step.name!r} is for {step.who!r}, who is not in the team. The team: {', '.join(team)}"
            )
        if names.count(step.name) > 1 or step.name in done:
            raise BadPlan(f"there are two steps named {step.name!r}. Give each a name of its own")
        for need in step.needs:
            if need not in names and need not in done:
                raise BadPlan(
                    f"step {step.name!r} needs {need!r}, which is no step. The steps: {', '.join([*done, *names])}"
                )
    planned = {step.name for wave in waves(plan, done) for step in wave}
    if stuck := [step for step in steps if step.name not in planned]:
        raise BadPlan(
            f"steps need each other in a circle: {' needs '.join(circle(stuck))}. Take one of these needs out"
        )
    return plan


def waves(plan: Plan, done: Collection[str] = ()) -> Iterator[list[Step]]:
    """The steps in order of work: each wave holds all those whose needs the waves before have met."""
    met, left = set(done), list(plan.steps)
    while wave := [step for step in left if met.issuperset(step.needs)]:
        yield wave
        met.update(step.name for step in wave)
        left = [step for step in left if step.name not in met]


def circle(stuck: list[Step]) -> list[str]:
    """Some steps that need each other, from one of them round to itself. Each of `stuck` needs another of them."""
    by_name = {step.name: step for step in stuck}
    walk = [stuck[0].name]
    while walk[-1] not in walk[:-1]:
        walk.append(next(need for need in by_name[walk[-1]].needs if need in by_name))
    return walk[walk.index(walk[-1]) :]
