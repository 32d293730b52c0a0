"""What stands on the axis of a timeline: its ticks, the tokens as they add up, and the words on each bar."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from .texts import short_name

HIGH, WIDE = 40, 1000  # the size of the shape of the tokens, in units of its own
Call = dict[str, Any]


def ticks(end: float) -> list[float]:
    """The seconds at which an axis is marked: some six steps of 1, 2 or 5 times a power of ten.

    >>> ticks(31)
    [0.0, 10.0, 20.0, 30.0]
    """
    rough = (end or 1) / 6
    power = 10 ** floor(log10(rough))
    every = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    return [float(f"{number * every:.6g}") for number in range(floor((end or 1) / every) + 1)]


def tokens_of(call: Call) -> int:
    return int(call.get("in", 0) + call.get("out", 0))


def tokens_shape(calls: Sequence[Call], end: float, limit: float | None) -> dict[str, Any]:
    """The areas below all tokens and below the orchestrator's own, as paths, and how high the limit stands in them."""
    top = max(sum(map(tokens_of, calls)), limit or 0) * 1.05 or 1
    ended = sorted((call for call in calls if "to" in call), key=lambda call: float(call["to"]))

    def area(calls: Sequence[Call]) -> str:
        path, total = f"M0 {HIGH}", 0
        for call in calls:
            total += tokens_of(call)
            path += f"H{WIDE * call['to'] / end:.1f}V{HIGH - HIGH * total / top:.1f}"
        return f"{path}H{WIDE}V{HIGH}Z"

    return {"all": area(ended), "own": area([call for call in ended if call["own"]]),
            "limit": limit / top if limit else None}  # fmt: skip


def words_on(call: Call, *, person: bool) -> dict[str, list[str]]:
    """What a bar may say while it waits for its turn, while it goes on and when it is over: from the longest to the
    shortest, so that what fits can be shown."""
    who, tokens = short_name(call["who"], 24) if call["own"] else "", tokens_of(call)
    price = f"{tokens:,}" if tokens else ""
    words = {
        "planned": [f"○ {who or 'waits its turn'}", "○"],
        "active": [f"● {who or 'works'}", "●"],
        "over": [" · ".join(filter(None, [who, price and f"{price} tok"])), who or price],
    }
    if person:
        waits = ("⚑ waits for a person", "⚑")
        words = {"planned": [*waits], "active": [*waits], "over": ["⚑ a person", "⚑"]}
    if call.get("status") == "failed":
        words["over"] = ["✕ failed", "✕"]
    elif call.get("status") == "cancelled" and not person:
        words["over"] = ["⊘ cancelled", "⊘"]
    return words if "queued" in call else {when: words[when] for when in ("active", "over")}
