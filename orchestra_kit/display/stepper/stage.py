"""The graph as data: who stands where inside a team, and how wide a column of them has to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .cast import Member

MANY = 6  # boxes one above the other; more of them stand in rows
MANY_WIDE = 3  # boxes: so wide is a column with rows


def stage(members: Sequence[Member], steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is inside each member: its columns from left to right, each with its breadth in boxes and who stands in it;
    its helpers; and whether room is needed for letters to them. Nothing is inside a specialist."""
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
        teams[team]["columns"] = [{"breadth": breadth(column, teams), "members": column} for column in columns]
    return teams


def breadth(column: Sequence[int], teams: Sequence[dict[str, Any]]) -> int:
    if len(column) > MANY:
        return MANY_WIDE
    return max(sum(inner["breadth"] for inner in teams[number]["columns"]) or 1 for number in column)
