"""The same people in five patterns. Every piece but those of the single agent is reviewed, and only what passes is
published. A talk that is too long for one analyst is read in parts by several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...deliverables import Facts
from ...messages import Plan, Step
from ...patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential
from ...recovery import Flag, Skip
from ...sources import Sources
from ...specialist import Specialist
from ...team import Done, Orchestrator
from .pieces import KINDS
from .publisher import publisher
from .talks import parts_of


class OneByOne(FanOut):
    """A fan-out in which everybody waits for the one before."""

    async def plan(self, goal: Any, done: dict[str, Done]) -> Plan:
        names = list(self.team)
        return Plan([Step(who, needs=names[max(0, place - 1) : place]) for place, who in enumerate(names)])

    async def combine(self, goal: Any, done: dict[str, Done]) -> Any:
        return [finished.work for finished in done.values()]


def orchestrators(
    team: dict[str, Specialist], passages: Sources, out: Path | None, on_failure: str
) -> dict[str, Orchestrator]:
    """Who conducts each pattern."""
    blog, newsletter, linkedin, bluesky, community = writers = [team[kind.platform] for kind in KINDS]
    otherwise = Flag("this piece failed, or was turned down") if on_failure == "flag" else Skip()
    policy: dict[str, Any] = {"reviewer": team["reviewer"], "revisions": 2, "tries": 2, "otherwise": otherwise}
    readers = readers_of(team["analyst"], parts_of(passages))
    merger = team["merger"] if len(readers) > 1 else None

    def analysis() -> Specialist | Orchestrator:
        return FanOut("analysis", *readers, combiner=merger, takes="topic", makes=Facts) if merger else readers[0]

    def publish(pattern: str) -> Specialist:
        return publisher(out / pattern if out else None)

    return {
        "single": Sequential("single", team["all-rounder"], publish("single"), tries=2),
        "sequential": Sequential(
            "sequential", analysis(), OneByOne("writers", *writers, **policy), publish("sequential")
        ),
        "fan_out": Sequential("fan_out", analysis(), FanOut("writers", *writers, **policy), publish("fan_out")),
        "hierarchical": Sequential(
            "hierarchical",
            Hierarchical(
                "newsroom",
                Orchestrator(
                    "research desk", *readers, planner=MANAGER, combiner=merger, takes="topic", makes="facts"
                ),
                Orchestrator(
                    "long desk", blog, newsletter, planner=MANAGER, makes="blog and newsletter", **policy
                ),
                Orchestrator(
                    "short desk", linkedin, bluesky, community, planner=MANAGER,
                    makes="LinkedIn, Bluesky and community", **policy,
                ),
            ),
            publish("hierarchical"),
        ),
        "competitive": Sequential(
            "competitive",
            Competitive("rivals", analysis(), attempts=2, judge=team["judge"], takes="topic", makes=Facts),
            FanOut("writers", *writers, **policy),
            publish("competitive"),
        ),
    }  # fmt: skip


def readers_of(analyst: Specialist, parts: Sequence[Sources]) -> list[Specialist]:
    """One analyst for each part of the talk."""
    if len(parts) == 1:
        return [analyst]
    return [replace(analyst, name=f"reader {number}", sources=part) for number, part in enumerate(parts, 1)]
