"""The graph as data: who stands where inside a team, how wide a column of them has to be, and what goes to and fro."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .cast import Member

MANY = 6  # boxes one above the other; more of them stand in rows
MANY_WIDE = 3  # boxes: so wide is a column with rows
WAYS = {"asked": "out", "began": "out", "answered": "home", "ended": "home"}  # by the kind of a step

Step = dict[str, Any]


def stage(members: Sequence[Member], steps: Sequence[Step]) -> list[dict[str, Any]]:
    """What is inside each member: its columns from left to right, each with its breadth in boxes, whether they stand in
    rows, and who stands in it; its helpers; and whether room is needed for letters to them. Nothing is inside a
    specialist."""
    lettered = {members[step["back"]]["team"] for step in steps if "letter" in step}
    teams: list[dict[str, Any]] = [
        {"columns": [], "helpers": [], "letters": number in lettered} for number in range(len(members))
    ]
    places: list[dict[int, list[int]]] = [{} for _ in members]
    for number, member in enumerate(members):
        if member["role"] in ("helper", "person"):
            teams[member["team"]]["helpers"].append(number)
        elif number:
            places[member["team"]].setdefault(member["column"], []).append(number)
    for team in reversed(range(len(members))):  # whoever is inside a team comes after it
        columns = [column for _, column in sorted(places[team].items())]
        teams[team]["columns"] = [
            {"breadth": breadth(column, teams), "many": len(column) > MANY, "members": column} for column in columns
        ]
    return teams


def breadth(column: Sequence[int], teams: Sequence[dict[str, Any]]) -> int:
    if len(column) > MANY:
        return MANY_WIDE
    return max(sum(inner["breadth"] for inner in teams[number]["columns"]) or 1 for number in column)


def with_what_goes(members: Sequence[Member], step: Step, goal: str) -> Step:
    """A step with what goes at it between a team and one in it: who they are, and which way, `bad` for a failure that
    comes home. The team of the orchestrator itself, -1, is whoever started the run. `letter` is what is written on it.

    >>> cats: Member = {"name": "cats", "role": "orchestrator", "team": -1, "column": 0, "since": 0}
    >>> begun = {"kind": "began", "member": 0, "sets": [(0, "active", "begins")]}
    >>> with_what_goes([cats], begun, "Do cats sleep?").keys() - begun.keys() == {"goes", "letter"}
    True
    >>> with_what_goes([cats], {"kind": "ended", "member": 0, "sets": [(0, "failed", "ModelError")]}, "")["goes"]
    {'team': -1, 'member': 0, 'way': 'bad'}
    """
    member: int = step["back"] if "back" in step else step["member"]
    way = "out" if "back" in step else WAYS.get(step["kind"])
    if way is None or members[member]["role"] in ("helper", "person"):
        return step
    state, words = next(((state, words) for each, state, words in step["sets"] if each == member), ("", ""))
    if way == "home" and state == "failed":
        way = "bad"
    more: Step = {"goes": {"team": members[member]["team"], "member": member, "way": way}}
    if member == 0 and step["kind"] == "began":
        more["letter"] = goal
    elif member == 0 and state == "done":
        more["letter"] = f"{words} for whoever asked"
    return step | more
