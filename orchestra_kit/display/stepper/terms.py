"""What an orchestrator was asked: by whom, when it is done, and what there is to look things up in.

All of it is read from the objects that were started. Of what cannot be read there, nothing is said.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from ...mistakes import name_of
from ...patterns import Competitive, SingleAgent
from ...recovery import Flag, Skip
from ...requests import review
from ...sources import Sources
from ...specialist import Specialist
from ...team import Orchestrator
from .measuring import Rows, capped
from .sentences import counted, listed
from .texts import as_text, short, short_name
from .why import defines

KNOWN = (Orchestrator, Competitive)  # whose code this module knows


def called(member: Any) -> str:
    """How somebody who is asked is called."""
    return "a person" if member is review else short_name(name_of(member), 40)


def knows(orchestrator: Orchestrator, *methods: str) -> bool:
    """Whether these methods are our own code, and do what is said of them here."""
    return all(defines(orchestrator, method) in KNOWN for method in methods)


def done_when(started: Any) -> str:
    """When it is done; "" where that is not known.

    >>> from orchestra_kit import Sequential
    >>> done_when(Sequential("desk", Specialist("research", "R."), Specialist("writer", "W.")))
    'every step of its plan has come back'
    """
    if isinstance(started, Specialist):
        return f"{called(started)} has answered"
    if not isinstance(started, Orchestrator):
        return f"{short_name(name_of(started), 40)} returns" if inspect.isfunction(started) else ""
    if not knows(started, "conduct", "assign"):
        return f"the code of {short_name(type(started).__name__, 40)} returns"
    passed = passes(started)
    if isinstance(started, Competitive) and started.judge is None:
        return f"a first attempt has come back{passed} and is good enough"
    if isinstance(started, Competitive):
        attempts = counted(len(started.team) * started.attempts, "attempt")
        return f"{called(started.judge)} has chosen one of {attempts}"
    if isinstance(started, SingleAgent):
        return f"{listed(list(started.team))} has come back{passed}"
    combines = started.combiner is not None and knows(started, "combine")
    last = f", and {called(started.combiner)} has made one result of them" if combines else ""
    return f"every step of its plan has come back{passed}{last}"


def passes(team: Orchestrator) -> str:
    if not knows(team, "carry_out"):
        return ""
    if not knows(team, "review"):
        return " and has passed a review of its own"
    return f" and has passed review by {called(team.reviewer)}" if team.reviewer is not None else ""


def terms(started: Any, asked_by: str) -> Rows:
    """Who asked, when it is done, and what holds on the way."""
    done = done_when(started)
    rows = [["who asked", asked_by], *([["done when", done]] if done else [])]
    if not isinstance(started, Orchestrator) or not knows(started, "conduct"):
        return rows
    at_last = "a person decides" if isinstance(started.otherwise, Flag) else \
        "it is left out" if isinstance(started.otherwise, Skip) else "the goal is given up"  # fmt: skip
    if knows(started, "carry_out", "turned_down"):
        back = f"{looked_at(started)} goes back at most {times(started.revisions)}" if started.revisions \
            else f"{looked_at(started)} does not go back"  # fmt: skip
        rows += [["review", f"{back}; then {at_last}"]]
    if knows(started, "carry_out"):
        rows += [["if a step fails", f"it is tried {times(started.tries)}; then {at_last}"]]
    if started.planner is not None and knows(started, "plan"):
        rows += [["plans", f"{called(started.planner)} is asked for a plan at most {times(started.rounds)}"]]
    return rows


def looked_at(team: Orchestrator) -> str:
    """Which work goes back."""
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
    if not rows and everybody and all(isinstance(member, Specialist) for member in everybody):
        return [["sources", "none: nobody here has anything to look things up in"]]
    return capped(rows)


def members(started: Any) -> Iterator[Any]:
    """Everybody who may be asked, those of teams inside it too; whoever is not known as what they are."""
    if not isinstance(started, Orchestrator):
        if started is not None and started is not review:
            yield started
        return
    helpers = [started.planner, started.reviewer, started.combiner, getattr(started, "judge", None)]
    for member in [*started.team.values(), *helpers]:
        yield from members(member)
    if not knows(started, "conduct"):
        yield type(started).conduct  # it may ask anybody


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
    asked = [*chief.team.values(), chief.planner, chief.reviewer, chief.combiner, getattr(chief, "judge", None)]
    return next((each for each in asked if isinstance(each, Orchestrator) and each.name == name), None)
