"""What a run has cost by each step: the sums on top of the picture, and the tokens below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from .axis import Call, tokens_of
from .book import Story
from .sentences import dollars, seconds

IN_WORDS: dict[str, Callable[[float], str]] = {
    "tokens": "{:,.0f}".format, "cost_usd": dollars, "latency_s": seconds, "calls": "{:,.0f}".format,
    "share": lambda share: f"{100 * share:.0f} %",
}  # fmt: skip
COUNTED = ("tokens", "cost_usd")  # by us, where an endpoint does not say what it used


def metrics(story: Story) -> dict[str, str]:
    """The sums by name, and what stands beside each; its limit, too, where there is one. Calls are only counted where
    they are limited."""
    limits = {what: limit for what, limit in story["limits"].items() if limit}
    clock = "simulated clock" if story["simulated"] else "clock"
    names = {"tokens": "tokens", "cost_usd": "so far", "latency_s": clock, "calls": "calls"}
    shown = {what: name for what, name in names.items() if what != "calls" or what in limits}
    return {
        what: f"/ {IN_WORDS[what](limits[what])} {name}" if what in limits else name for what, name in shown.items()
    } | {"share": "spent by the orchestrator"}


def spent(story: Story) -> Iterator[dict[str, Any]]:
    """For each step the `sums`, one for each of the metrics: a text and, where there is a limit, the part of it that
    is used; and the `tokens`: all of them, the orchestrator's own, and the others'."""
    limits, names = story["limits"], metrics(story)
    asked = Counter(call["asked"] for call in story["calls"])
    over: dict[int, list[Call]] = defaultdict(list)
    for call in story["calls"]:
        over[call.get("closed", -1)].append(call)
    sums, own, about = {"tokens": 0.0, "cost_usd": 0.0, "calls": 0.0}, 0, ""
    for number, step in enumerate(story["steps"]):
        for call in over[number]:
            sums["tokens"] += tokens_of(call)
            sums["cost_usd"] += call.get("usd", 0)
            own += tokens_of(call) if call["own"] else 0
            about = "~" if call.get("about") else about
        sums["calls"] += asked[number]
        now = sums | {"latency_s": step["at"], "share": own / (sums["tokens"] or 1)}
        texts = [f"{about if what in COUNTED else ''}{IN_WORDS[what](now[what])}" for what in names]
        parts = [used(now[what], limits.get(what)) for what in names]
        yield {
            "sums": [[text, *part] for text, part in zip(texts, parts, strict=True)],
            "tokens": [f"{tokens:,.0f}" for tokens in (sums["tokens"], own, sums["tokens"] - own)],
        }


def used(value: float, limit: float | None) -> list[float]:
    """The part of a limit that is used; nothing where there is none."""
    return [round(min(value / limit, 1), 3)] if limit else []
