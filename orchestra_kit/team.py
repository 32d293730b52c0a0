"""The orchestrator: a manager, not a worker. It decides who does what, looks at what comes back, and never does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .errors import BadHandoff, BadPlan, Rejected
from .groups import together
from .handoff import edited
from .messages import Handoff, Plan, Skipped, Step, Verdict
from .plans import check_plan, waves
from .recovery import Flag, Member, Otherwise, Skip, attempt, check_otherwise, sent_back
from .requests import Branch, Note, Team, note, review
from .specialist import Kind, Specialist, check_name, label


class Orchestrator:
    """Receives a goal; plans, assigns, monitors, reviews, combines, delivers; plans again while more is needed.

    team        specialists, or other orchestrators: a team inside a team is a member like any other
    planner     who turns the goal into a Plan, choosing by what the members say they take and make
    reviewer    who looks at each piece of work and answers with a Verdict; `review` asks a person
    combiner    who makes one result of several
    rounds      how often the planner may be asked
    revisions   how often a piece of work may be sent back, with a note
    tries       how often a step is tried
    otherwise   what to do when a step fails for good: None raises, Skip() leaves it out, Flag(why) asks a person

    `role`, `takes` and `makes` are what a manager above is told of this team; unless given, a team takes what nobody in
    it makes, and makes what nobody in it takes. The patterns are orchestrators that make their plan in code; they
    differ in a method or two.
    """

    def __init__(
        self,
        name: str,
        *team: Any,
        planner: Member | None = None,
        reviewer: Member | None = None,
        combiner: Member | None = None,
        rounds: int = 3,
        revisions: int = 1,
        tries: int = 1,
        otherwise: Otherwise = None,
        most_steps: int = 20,
        role: str = "",
        takes: Kind | tuple[Kind, ...] = (),
        makes: Kind | None = None,
    ):
        check_name(name)
        for member in team:
            if not isinstance(member, Specialist | Orchestrator):
                raise TypeError(
                    f"{member!r} cannot be a member of {name!r}: give specialists and orchestrators. "
                    "A function becomes one like this: Specialist('name', does=function)"
                )
        check_otherwise(otherwise)
        if revisions < 0 or rounds < 1 or tries < 1:
            raise ValueError(f"{name!r}: revisions={revisions} starts at 0, rounds={rounds} and tries={tries} at 1")
        self.name, self.team = name, {member.name: member for member in team}
        self.planner, self.reviewer, self.combiner = planner, reviewer, combiner
        self.rounds, self.revisions, self.tries, self.otherwise = rounds, revisions, tries, otherwise
        self.most_steps = max(most_steps, len(team))
        self.role = role or f"lead {', '.join(self.team)}"
        self.takes, self.makes = open_ends(team)
        if takes:
            self.takes = takes if isinstance(takes, tuple) else (takes,)
        if makes is not None:
            self.makes = makes
        if not team:
            raise ValueError(f"{name!r} has nobody to give work to: {type(self).__name__}({name!r}, writer, editor)")
        if len(self.team) < len(team):
            names = ", ".join(member.name for member in team)
            raise ValueError(f"two members of {name!r} have the same name. Each needs one of its own: {names}")

    def __call__(self, goal: Any) -> Team[Any]:
        return Team(self.name, self.conduct, (goal,))

    async def conduct(self, goal: Any) -> Any:
        """The whole loop, phase by phase. Monitor and review happen within each step: see carry_out."""
        await note("receive", goal)
        done: dict[str, Done] = {}
        for _ in range(self.rounds):
            await note("plan")
            plan = check_plan(await self.plan(goal, done), team=self.team, done=done, most_steps=self.most_steps)
            await note("plan", plan)
            for wave in waves(plan, done):
                await note("assign", wave)
                done |= await self.assign(wave, goal, done)
            if plan.done:
                break
        else:
            raise BadPlan(
                f"{self.name} has planned {self.rounds} times and wants to go on. Raise rounds=, or narrow the goal"
            )
        await note("combine", list(done))
        result = await self.combine(goal, done)
        await note("deliver", result)
        return result

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        """Who does what, in which order. Asks the planner; the patterns know it beforehand."""
        if self.planner is None:
            raise BadPlan(
                f"{self.name} has no planner. Give it one, planner=…, or use a pattern: Sequential, FanOut, …"
            )
        plan: Plan = await self.planner(
            [
                Handoff("goal", goal),
                Handoff("team", "\n".join(describe(member) for member in self.team.values())),
                Handoff("done", "\n".join(done) or "(nothing yet)"),
            ]
        )
        return plan

    async def assign(self, wave: Sequence[Step], goal: Any, done: dict[str, Done]) -> dict[str, Done]:
        """Hand out the steps that can be worked on now, all at once."""
        works = await together(Branch(self.carry_out, step, self.brief(step, goal, done)) for step in wave)
        return {step.name: Done(step, work) for step, work in zip(wave, works, strict=True)}

    def brief(self, step: Step, goal: Any, done: dict[str, Done]) -> Any:
        """What a member is told: the goal, its own part, and the work it builds on. Nothing else is handed on."""
        told = [goal, step.brief] if step.brief else [goal]
        told += [Handoff(label(self.team[done[need].step.who].makes), done[need].work) for need in step.needs]
        return told[0] if len(told) == 1 else told

    async def carry_out(self, step: Step, brief: Any) -> Any:
        """One step, until its work passes review or has been sent back often enough."""
        work: Any = None
        verdict: Verdict | None = None
        for _ in range(self.revisions + 1):
            told = brief
            if verdict is not None:
                await note("assign", f"{step.name} goes back: {verdict.note}")
                told = sent_back(brief, verdict.note, work)
            work = await attempt(self.team[step.who], told, tries=self.tries, otherwise=self.otherwise)
            await note("monitor", work)
            if isinstance(work, Skipped):
                return work
            await note("review")
            verdict = await self.review(brief, work)
            await Note(None, verdict)
            match verdict.decision:
                case "approve":
                    return work
                case "edit":
                    return edited(self.team[step.who].makes, verdict.work)
                case "skip":
                    return Skipped(step.who, verdict.note or "the reviewer left it out")
        assert verdict is not None
        why = f"turned down {self.revisions + 1} times, the last time because: {verdict.note}"
        return await self.turned_down(step, work, why)

    async def review(self, brief: Any, work: Any) -> Verdict:
        """What the reviewer says of a piece of work. Without a reviewer only empty work is sent back."""
        if self.reviewer is None:
            empty = isinstance(work, str) and not work.strip()
            return Verdict("reject", "it came back empty") if empty else Verdict("approve")
        verdict = await self.reviewer([Handoff("task", brief), Handoff("work", work)])
        if not isinstance(verdict, Verdict):
            raise BadHandoff(
                f"the reviewer of {self.name} answered with {verdict!r}, which is not a Verdict. Give it makes=Verdict"
            )
        return verdict

    async def turned_down(self, step: Step, work: Any, why: str) -> Any:
        """Work that no revision could save: leave it out, ask a person, or give up."""
        if isinstance(self.otherwise, Flag):
            verdict = await review(work, f"{step.name}: {self.otherwise.why or why}")
            if verdict.decision in ("approve", "edit"):
                return work if verdict.decision == "approve" else edited(self.team[step.who].makes, verdict.work)
            if verdict.decision == "skip":
                return Skipped(step.who, verdict.note or why)
            why = verdict.note or why
        elif isinstance(self.otherwise, Skip):
            return Skipped(step.who, why)
        raise Rejected(f"{step.name} was {why}. Allow more revisions=, or say what to do otherwise=Skip() or Flag()")

    async def combine(self, goal: Any, done: dict[str, Done]) -> Any:
        """One result of several: what the last steps made, which nobody else needed, in the order of the plan."""
        needed = {need for finished in done.values() for need in finished.step.needs}
        last = [finished for name, finished in done.items() if name not in needed]
        if self.combiner is not None:
            parts = [Handoff(label(self.team[finished.step.who].makes), finished.work) for finished in last]
            result = await self.combiner([Handoff("goal", goal), *parts])
        elif len(last) > 1:
            return [finished.work for finished in last]
        else:
            result = last[0].work
        left_out = [finished.work for finished in done.values() if isinstance(finished.work, Skipped)]
        if left_out and isinstance(result, str):
            return "\n\n".join([result, *map(str, left_out)])
        for part in left_out:  # a typed result has no place for it: the trace has
            await Note(None, part)
        return result


@dataclass(frozen=True, slots=True)
class Done:
    """A step that is finished, and what came of it."""

    step: Step
    work: Any


def open_ends(team: Sequence[Any]) -> tuple[tuple[Kind, ...], Kind | None]:
    """What a team takes from outside, and what it makes for outside."""
    taken = list(dict.fromkeys(label(kind) for member in team for kind in member.takes))
    made = list(dict.fromkeys(label(member.makes) for member in team if member.makes is not None))
    outside = [kind for kind in made if kind not in taken]
    return tuple(kind for kind in taken if kind not in made), " and ".join(outside) or None


def describe(member: Any) -> str:
    """What a planner is told of a member: one line."""
    takes = ", ".join(label(kind) for kind in member.takes) or "anything"
    does = " ".join(member.role.split())
    return f"- name: {member.name} | does: {does} | takes: {takes} | makes: {label(member.makes)}"
