"""What an orchestrator was asked: by whom, when it is done, and what there is to look things up in.

All of it is read from the objects that were started. Of what cannot be read there, nothing is said.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from ...patterns import Competitive, SingleAgent
from ...recovery import Flag, Skip
from ...requests import review
from ...sources import Sources
from ...specialist import Specialist
from ...team import Orchestrator
from .measuring import Rows, capped
from .ours import OURS, STEPS, asks_planner, called, knows
from .sentences import counted, listed
from .texts import as_text, short, short_name
from .why import is_model


def done_when(started: Any) -> str:
    """When it is done; "" where that is not known.

    >>> from orchestra_kit import Sequential
    >>> done_when(Sequential("desk", Specialist("research", "R."), Specialist("writer", "W.")))
    'every step of its plan has come back'
    """
    if isinstance(started, Specialist):
        return f"{called(started)} has answered"
    if not isinstance(started, Orchestrator):
        return f"{called(started)} returns" if inspect.isfunction(started) else ""
    competes = isinstance(started, Competitive)
    if not knows(started, "assign", *(["plan", "combine"] if competes else [])):
        kind = type(started)
        return f"the code of {called(started) if kind.__module__ in OURS else short_name(kind.__name__, 40)} returns"
    if isinstance(started, Competitive) and started.judge is not None:
        attempts = counted(len(started.team) * started.attempts, "attempt")
        return f"{called(started.judge)} has chosen one of {attempts}"
    if competes:
        return f"a first attempt has come back{passes(started)} and is good enough"
    alone = isinstance(started, SingleAgent) and knows(started, "plan")
    what = listed(list(started.team)) if alone else "every step of its plan"
    return f"{what} has come back{passes(started)}{combines(started)}"


def passes(team: Orchestrator) -> str:
    """What review each step has to pass."""
    if not knows(team, "carry_out"):
        return ""
    if not knows(team, "review"):
        return " and has passed a review of its own"
    return f" and has passed review by {called(team.reviewer)}" if team.reviewer is not None else ""


def combines(team: Orchestrator) -> str:
    """Who makes one result of the steps."""
    if not knows(team, "combine"):
        return ", and its own code has put them together"
    return f", and {called(team.combiner)} has made one result of them" if team.combiner is not None else ""


def terms(started: Any, asked_by: str) -> Rows:
    """Who asked, when it is done, and what holds on the way."""
    done = done_when(started)
    rows = [["who asked", asked_by], *([["done when", done]] if done else [])]
    if not isinstance(started, Orchestrator):
        return rows
    at_last = "a person decides" if isinstance(started.otherwise, Flag) else \
        "it is left out" if isinstance(started.otherwise, Skip) else "the goal is given up"  # fmt: skip
    if knows(started, "assign", "carry_out", "turned_down"):
        back = f"goes back at most {times(started.revisions)}" if started.revisions else "does not go back"
        rows += [["review", f"{looked_at(started)} {back}; then {at_last}"]]
    if knows(started, "assign", "carry_out"):
        rows += [["if a step fails", f"it is tried {times(started.tries)}; then {at_last}"]]
    if asks_planner(started):
        rows += [["plans", f"{called(started.planner)} is asked for a plan at most {times(started.rounds)}"]]
    return rows


def looked_at(team: Orchestrator) -> str:
    """Who looks at the work, and which of it goes back."""
    if not knows(team, "review"):
        return "by its own code; work it turns down"
    return f"by {called(team.reviewer)}; work turned down" if team.reviewer is not None else "by nobody; empty work"


def times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def data(started: Any) -> Rows:
    """Who may look things up, and in what. "none" only where everybody is known."""
    everybody = list(members(started))
    readers: dict[int, tuple[list[str], Sources]] = {}
    for member in everybody:
        if isinstance(member, Specialist) and member.sources is not None:
            readers.setdefault(id(member.sources), ([], member.sources))[0].append(member.name)
    rows = [[listed(list(dict.fromkeys(names))), contents(sources)] for names, sources in readers.values()]
    if not rows and everybody and all(map(is_model, everybody)):
        return [["sources", "none: nobody here has anything to look things up in"]]
    return capped(rows)


def members(started: Any) -> Iterator[Any]:
    """Everybody who may be asked, those of teams inside it too; whoever is not known as what they are."""
    if isinstance(started, Orchestrator):
        for each in asked(started):
            yield from members(each)
        if not knows(started, *STEPS):
            yield type(started)  # its own code may ask anybody
    elif started is not None and started is not review:
        yield started


def asked(team: Orchestrator) -> list[Any]:
    """Whom a team of ours may ask, and the functions that it goes by; None for whom it has not."""
    helpers = [team.planner, team.reviewer, team.combiner]
    return [*team.team.values(), *helpers, *(getattr(team, name, None) for name in ("judge", "split", "good"))]


def contents(sources: Sources) -> str:
    """How much there is to look things up in, and what it is called."""
    notes = list(dict.fromkeys(passage.source for passage in sources.passages))
    passages = counted(len(sources.passages), "passage")
    return short(f"{passages} from {counted(len(notes), 'note')}: {listed(notes)}", 300)


def arguments(started: Any, given: Sequence[Any]) -> Rows:
    """What start was given besides the goal, by the names that the function has for it."""
    names = list(inspect.signature(started).parameters) if inspect.isfunction(started) else []
    return capped([
        [short(names[place]) if place < len(names) else f"argument {place + 1}", short(as_text(value))]
        for place, value in enumerate(given) if place > 0
    ])  # fmt: skip


def team_in(chief: Any, name: str) -> Any:
    """The team of this name that a chief can ask; None where that cannot be read."""
    if not isinstance(chief, Orchestrator):
        return None
    return next((each for each in asked(chief) if isinstance(each, Orchestrator) and each.name == name), None)
