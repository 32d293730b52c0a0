"""A run and its forks: what each is called, where it leaves the other, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Any, TypeAlias

from ...requests import Review
from ..side_by_side.alignment import How, Pair, align
from .book import Story
from .changes import Changes, changes
from .sentences import counted, listed, seconds
from .story import Teller
from .texts import clean, short, short_name

SIGNS: dict[How, str] = {"same": "=", "other answer": "≠", "other brief": "✎", "only before": "−", "only now": "+"}
MORE = {"goes on": "The run goes on: Step asks for the next answer.",
        "waits for a person": "The run waits for a person: it goes on when they have decided."}  # fmt: skip
NEW = "nobody was asked again. What changed stands below."
HEADS = ["who", "told", "became", "tokens", "time", "status", "words that changed"]  # of the columns of a difference
MOST_SAME = 3  # calls in a row that are listed one by one, though nothing has changed
Run: TypeAlias = Any
Row: TypeAlias = list[Any]  # the words that changed, which stand last, then a text for each of the other columns


@dataclass(slots=True)
class Branch:
    """One of them. `parent` is the number of the branch it was forked from, -1 for the original; `step` is the first
    step that is its own."""

    run: Run
    teller: Teller
    name: str = "original"
    parent: int = -1
    step: int = 0

    def story(self) -> Story:
        """All that has happened by now. What has been told already is not told again."""
        for event in self.run.events[len(self.teller.events) :]:
            self.teller.tell(event)
        told = self.teller.story(simulated=self.run.simulated, stop=self.run.stop_reason)
        return told | {"more": MORE.get(state(self.run), "")}

    def line(self, number: int) -> dict[str, Any]:
        """What is said of it, branch `number` counted from 0, in the bar of branches, the timeline and the table."""
        run, steps = self.run.summary(), self.teller.book.steps
        before = f"branch {self.parent + 1}" if self.parent > 0 else "the original"
        same = f"Before step {self.step + 1}, shaded in the timeline, it is the same as {before}"
        return {
            "name": clean(self.name), "parent": self.parent, "step": self.step,
            "sums": f"{run.tokens_in + run.tokens_out:,} tokens · {seconds(run.latency_s)} · {state(self.run)}",
            "same": f"{same}: {NEW}" if self.parent >= 0 else "The run as it was.",
            "shared": next((step["at"] for step in steps[self.step :]), 0.0),
            "caption": f"What changed, call by call: {before} → branch {number + 1}", "heads": HEADS,
        }  # fmt: skip


def state(run: Run) -> str:
    """Why it stopped, or why it has not."""
    person = any(isinstance(request, Review) for request in run.waiting.values())
    return run.stop_reason or ("waits for a person" if person else "goes on")


def step_of(story: Story, event: int) -> int:
    """The first step that tells of this event, or of a later one."""
    steps = story["steps"]
    return next((number for number, step in enumerate(steps) if step["event"] >= event), max(0, len(steps) - 1))


def parting(branches: Sequence[Branch], one: int, other: int) -> int:
    """The first step that two branches do not share."""
    left, right = leaves(branches, one), leaves(branches, other)
    meet = next(number for number in left if number in right)
    first = min(left[meet], right[meet])
    return branches[one].step if first == inf else int(first)


def leaves(branches: Sequence[Branch], number: int) -> dict[int, float]:
    """A branch and those it came from, each with the step from which on this one is not the same."""
    steps = {number: inf}
    while (parent := branches[number].parent) >= 0:
        steps[parent] = min(steps[number], branches[number].step)
        number = parent
    return steps


def difference(before: Run, now: Run) -> list[Row]:
    """What changed from one run to another: a row a call, aligned by what was asked, and a last one for the sums."""
    rows: list[Row] = []
    for same, group in groupby(align(before, now), lambda pair: pair.how == "same"):
        pairs = list(group)
        rows += [together_same(pairs)] if same and len(pairs) > MOST_SAME else map(row_of, pairs)
    old, new = before.summary(), now.summary()
    together = [
        "together", change(counted(old.calls, "call"), counted(new.calls, "call")), "",
        change(f"{old.tokens_in + old.tokens_out:,}", f"{new.tokens_in + new.tokens_out:,}"),
        change(seconds(old.latency_s), seconds(new.latency_s)),
        change(state(before), state(now)),
    ]  # fmt: skip
    return [*rows, [[], *together]]


def together_same(pairs: list[Pair]) -> Row:
    """Many calls in a row of which nothing has changed, as one."""
    calls = [pair.now for pair in pairs if pair.now is not None]
    who = listed(list(dict.fromkeys(call.who for call in calls)))
    tokens, status = f"{sum(call.tokens for call in calls):,}", dict.fromkeys(call.status for call in calls)
    return [[], counted(len(calls), "call"), who, f"{SIGNS['same']} same", tokens, "", ", ".join(status)]


def row_of(pair: Pair) -> Row:
    """A pair of calls: the words that changed, who, what they were told, and what became of it."""
    calls = [call for call in (pair.before, pair.now) if call is not None]
    words = new_words(*(call.draft for call in calls)) if pair.how.startswith("other") else []
    return [
        words, short_name(calls[-1].who), short(calls[-1].brief, 70), f"{SIGNS[pair.how]} {pair.how}",
        change(*(f"{call.tokens:,}" for call in calls)), change(*(seconds(call.seconds) for call in calls)),
        change(*(call.status for call in calls)),
    ]  # fmt: skip


def change(*words: str) -> str:
    """What it was, and what it is now, if that is something else.

    >>> change("failed", "ok"), change("ok", "ok")
    ('failed → ok', 'ok')
    """
    return " → ".join(dict.fromkeys(words))


def new_words(before: str, now: str) -> Changes:
    """The words that changed; where nearly all did, how the one and the other begin."""
    before, now = clean(before), clean(now)
    found = changes(before, now)
    return [["out", short(before)], ["same", " "], ["in", short(now)]] if found is None else found
