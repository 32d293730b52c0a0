"""The four patterns, and SingleAgent, the baseline they are measured against. Each overrides only what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .errors import BadHandoff, NoneGood
from .groups import first
from .messages import Choice, Handoff, Plan, Skipped, Step
from .recovery import Member, Skip
from .requests import Branch
from .specialist import Specialist, render
from .team import Done, Orchestrator

MANAGER = Specialist(
    "manager", "Plan the work: give each step to the member of the team whose skills it needs.", makes=Plan
)


class SingleAgent(Orchestrator):
    """One agent does everything, in one call: the baseline."""

    def __init__(self, agent: Specialist, **options: Any):
        super().__init__(f"single {agent.name}", agent, **options)

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        return Plan([Step(who) for who in self.team])


class Sequential(Orchestrator):
    """Each member starts where the one before stopped."""

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        names = list(self.team)
        return Plan([Step(who, needs=names[max(0, place - 1) : place]) for place, who in enumerate(names)])


class FanOut(Orchestrator):
    """Every member works at the same time; their parts come together in the order of the team.

    Each is told the whole goal, or its own part of it: `split(goal, n)` makes n parts. `combiner` makes one of all.
    """

    def __init__(self, name: str, *team: Any, split: Callable[[Any, int], Sequence[Any]] | None = None, **options: Any):
        super().__init__(name, *team, **options)
        self.split = split

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        parts = self.split(goal, len(self.team)) if self.split else [""] * len(self.team)
        return Plan([Step(who, brief=render(part)) for who, part in zip(self.team, parts, strict=True)])

    def brief(self, step: Step, goal: Any, done: dict[str, Done]) -> Any:
        return step.brief if self.split else goal


class Hierarchical(Orchestrator):
    """A manager plans over team leads, and each lead plans over workers of its own.

    The leads are orchestrators with planners; each is told only its brief, so every level starts with a fresh context.
    """

    def __init__(self, name: str, *leads: Orchestrator, manager: Member = MANAGER, **options: Any):
        for lead in leads:
            if not isinstance(lead, Orchestrator):
                raise TypeError(
                    f"{name!r} manages team leads, and {lead!r} leads nobody. "
                    "Wrap it: Orchestrator('lead', worker, planner=MANAGER)"
                )
        super().__init__(name, *leads, planner=manager, **options)


class Competitive(Orchestrator):
    """Several attempts at the same task; one is kept.

    team      who competes; `attempts` times each, so that one writer can compete with itself
    judge     a specialist that makes a Choice: the attempt it takes is kept
    score     instead: a function of an attempt; the highest score is kept
    good      instead: the first attempt for which it is true is kept, the others are cancelled and paid for so far
    """

    def __init__(
        self,
        name: str,
        *team: Any,
        attempts: int = 1,
        judge: Member | None = None,
        score: Callable[[Any], float] | None = None,
        good: Callable[[Any], bool] | None = None,
        **options: Any,
    ):
        if [judge, score, good].count(None) != 2:
            raise TypeError(
                f"how is a winner of {name!r} found? Give one of judge=a specialist, score=a function, good=a test"
            )
        options.setdefault("otherwise", Skip())  # one who fails does not end the competition
        options.setdefault("most_steps", len(team) * attempts)
        super().__init__(name, *team, **options)
        self.attempts, self.good = attempts, good
        self.judge = judge or Specialist("judge", does=lambda brief: best(brief, score)) if good is None else None

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        numbers = range(1, self.attempts + 1)
        return Plan(
            [Step(who, name=f"{who} {number}" if self.attempts > 1 else who) for who in self.team for number in numbers]
        )

    async def assign(self, wave: Sequence[Step], goal: Any, done: dict[str, Done]) -> dict[str, Done]:
        if self.good is None:
            return await super().assign(wave, goal, done)
        good = self.good
        attempts = (Branch(self.carry_out, step, self.brief(step, goal, done)) for step in wave)
        winner = await first(attempts, good=lambda work: not isinstance(work, Skipped) and good(work))
        return {"winner": Done(Step(wave[0].who, name="winner"), winner)}

    async def combine(self, goal: Any, done: dict[str, Done]) -> Any:
        attempts = [finished.work for finished in done.values() if not isinstance(finished.work, Skipped)]
        if not attempts:
            raise NoneGood(f"nobody in {self.name} got anything done: {'; '.join(str(f.work) for f in done.values())}")
        if self.judge is None:
            return attempts[0]
        candidates = [Handoff(f"candidate {number}", work) for number, work in enumerate(attempts, 1)]
        choice = await self.judge([Handoff("task", goal), *candidates])
        if not isinstance(choice, Choice) or not 1 <= choice.number <= len(attempts):
            raise BadHandoff(
                f"the judge of {self.name} answered with {choice!r}, which is no Choice among 1 to {len(attempts)}"
            )
        return attempts[choice.number - 1]


def best(brief: Sequence[Any], score: Callable[[Any], float] | None) -> Choice:
    """The candidate with the highest score; of equals, the first."""
    assert score is not None
    scores = [score(part.work) for part in brief[1:]]
    winner = max(range(len(scores)), key=scores.__getitem__)
    return Choice(winner + 1, f"measured {', '.join(f'{value:.3g}' for value in scores)}")
