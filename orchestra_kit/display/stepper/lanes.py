"""The timeline as data: who has which lane, in which row a call stands, and which call it had to wait for."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from .cast import Member

Call = dict[str, Any]
Lane = dict[str, Any]


def lane_of(members: Sequence[Member], member: int) -> int:
    """Whose lane it is: what helpers and people do stands in that of the team they work for."""
    return members[member]["team"] if members[member]["role"] in ("helper", "person") else member


def lanes_of(members: Sequence[Member]) -> list[Lane]:
    """A lane for each who has one, in the order of the graph: a team, then those in it. `depth` is how deep they
    stand, and `rows` how many rows their calls need: see `put_in_rows`."""
    inside: Mapping[int, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        if lane_of(members, number) == number:
            inside[member["team"]].append(number)

    def below(team: int, depth: int) -> Iterator[tuple[int, int]]:
        for number in inside[team]:
            yield number, max(0, depth)
            yield from below(number, depth + 1)

    return [
        {"name": members[number]["name"] if number else "Orchestrator", "member": number, "depth": depth, "rows": 1}
        for number, depth in below(-1, -1)
    ]


def put_in_rows(bars: Sequence[Call], members: Sequence[Member], lanes: Sequence[Lane]) -> list[Lane]:
    """Put `lane` and `row` into each bar, in place: those of one lane that overlap stand below each other. `then` is
    the second at which the next one in its row begins. The lanes, each with as many rows as it needs."""
    rows: list[list[Call]] = [[] for _ in lanes]  # the last bar of each row
    place = {lane["member"]: number for number, lane in enumerate(lanes)}
    for bar in bars:
        bar["lane"] = place[lane_of(members, bar["member"])]
        mine, since = rows[bar["lane"]], bar.get("since", bar["from"])  # who waits for a turn is drawn from then on
        bar["row"] = next((row for row, last in enumerate(mine) if last.get("to", inf) <= since), len(mine))
        if bar["row"] == len(mine):
            mine.append(bar)
        else:
            mine[bar["row"]]["then"] = since
            mine[bar["row"]] = bar
    return [lane | {"rows": max(lane["rows"], len(mine))} for lane, mine in zip(lanes, rows, strict=True)]


def put_what_they_waited_for(calls: Sequence[Call]) -> None:
    """Put `after` into each call, in place: the number of the call that ended last before this one began, if any did.
    Between the two there may be a pause, or, on a real endpoint, the time that the orchestrator took itself.

    Who was cancelled, ended only because of another; and a call that took no time hides the one before it.
    """
    ended: Mapping[float, list[int]] = defaultdict(list)
    for number, call in enumerate(calls):
        if "to" in call:
            ended[call["to"]].append(number)
    times = sorted(ended)
    for number, call in enumerate(calls):
        for at in reversed(times[: bisect_right(times, call["from"])]):
            before = [each for each in ended[at] if each != number and (calls[each]["from"] < at or each < number)]
            if before:
                call["after"] = min(before, key=lambda each: rank(calls[each], each))
                break


def rank(call: Call, number: int) -> tuple[bool, bool, int]:
    """Of calls that ended together the one that is meant comes first; of those that took no time, the last one."""
    took_time = call["from"] < call["to"]
    return call["status"] == "cancelled", took_time, number if took_time else -number


def idle_s(members: Sequence[Member], steps: Sequence[dict[str, Any]], calls: Sequence[Call], team: int) -> float:
    """For how long the hands of a team had nothing to do, in seconds, added up over all of them: from the first
    beginning to the last end of their calls so far. 0 for fewer than two."""
    whose = [number for number in range(len(members)) if members[number]["team"] == team]
    hands: dict[int, list[tuple[float, float]]] = {number: [] for number in whose if lane_of(members, number) == number}
    for call in calls:
        hand = call["member"]
        while hand >= 0 and members[hand]["team"] != team:
            hand = members[hand]["team"]
        if hand in hands and "to" in call:
            hands[hand].append((steps[call["turn"]]["at"] if "turn" in call else call["from"], call["to"]))
    spans = [span for mine in hands.values() for span in mine]
    if len(hands) < 2 or not spans:
        return 0.0
    begin, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return sum(end - begin - covered(sorted(mine)) for mine in hands.values())


def covered(spans: Sequence[tuple[float, float]]) -> float:
    """How many seconds lie in at least one of these spans, in order of their beginnings.

    >>> covered([(0, 2), (1, 3), (5, 6)])
    4.0
    """
    total, until = 0.0, -inf
    for begin, end in spans:
        total += max(0.0, end - max(begin, until))
        until = max(until, end)
    return total
