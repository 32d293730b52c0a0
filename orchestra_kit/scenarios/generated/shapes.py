"""The shapes that the teams of these tasks take: the same people, put together in five ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...messages import Choice
from ...models.embedded.model import Settings
from ...patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from ...sources import Sources
from ...specialist import Specialist
from ...team import Orchestrator
from .texts import parts

WINDOW = Settings().window  # tokens that the embedded model can read at once, if nobody says otherwise
AT_ONCE = f"The embedded model, as it comes, reads {WINDOW:,} tokens at once."
EVERYTHING = 10_000  # passages: a reader reads all it is given, and looks nothing up
ATTEMPTS = 3


def reading_team(
    whole: Sources, *, read: str, merge: str, tokens: int, takes: str | tuple[str, ...] = ()
) -> dict[str, Specialist]:
    """A reader of the whole text, somebody who merges notes, and a judge of rivals. `tokens` is the longest answer that
    reader and merger may give."""
    reader = Specialist(
        "reader", read, sources=whole, takes=takes, makes="notes", passages=EVERYTHING, max_tokens=tokens
    )
    merger = Specialist("merger", merge, takes="notes", makes="notes", max_tokens=tokens)
    return {member.name: member for member in (reader, merger, judge_of(whole))}


def judge_of(whole: Sources) -> Specialist:
    """Who compares rivals with the whole text."""
    return Specialist(
        "judge", "Judge the candidates by how many of their figures the sources support, and choose one.",
        sources=whole, makes=Choice, passages=EVERYTHING, max_tokens=400,
    )  # fmt: skip


def reading_orchestrators(
    team: Mapping[str, Specialist], whole: Sources, *, readers: int, desks: int
) -> dict[str, Orchestrator]:
    """One reader of everything; a chain of readers who each read a part and hand their notes on; readers of the parts
    side by side and one merger; desks of readers, each with a merger, below one that merges what the desks made; and
    several who each read everything, with a judge."""
    staff = [
        replace(team["reader"], name=f"reader {number}", sources=part)
        for number, part in enumerate(parts(whole, readers), 1)
    ]
    merging: dict[str, Any] = {"combiner": team["merger"], "makes": "notes"}
    desks = min(desks, len(staff))
    groups = [staff[len(staff) * n // desks : len(staff) * (n + 1) // desks] for n in range(desks)]
    leads = [
        Orchestrator(f"desk {number}", *group, planner=MANAGER, **merging) for number, group in enumerate(groups, 1)
    ]
    return {
        "single": SingleAgent(team["reader"]),
        "sequential": Sequential("sequential", *staff),
        "fan_out": FanOut("fan_out", *staff, **merging),
        "hierarchical": Hierarchical("hierarchical", *leads, **merging),
        "competitive": Competitive("competitive", team["reader"], attempts=ATTEMPTS, judge=team["judge"]),
    }
