"""What a run is held against, where that is given: an estimate, and one agent that does it all alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from . import totals
from .book import Story
from .lanes import put_in_rows
from .sentences import counted, phrase, seconds
from .story import Teller
from .texts import short_name

Beside = dict[str, Any]
ALONE = "One agent alone"
HEADS = {"estimate": "estimated", "baseline": "one agent alone:"}


def beside(estimate: Any = None, baseline: Any = None) -> Beside:
    """Both runs as small data, for `held_against`; a run that is not given adds nothing.

    estimate  the same orchestrator, run before: its sums, and a bar for each of its calls
    baseline  one agent on the same goal: its sums

    Raises TypeError, with advice, for anything that is not a run.
    """
    told: Beside = {}
    if estimate is not None:
        story = story_beside("estimate", estimate, "the same orchestrator, run before")
        whole = totals.sums(estimate.events)
        rows = totals.totals(whole, about=totals.counted_by_us(estimate.events))
        told["estimate"] = sums(estimate) | {"bars": bars(story), "totals": (whole, rows)}
    if baseline is not None:
        story_beside("baseline", baseline, "one agent on the same goal")
        told["baseline"] = sums(baseline)
    return told


def story_beside(name: str, run: Any, meant: str) -> Story:
    if not getattr(run, "events", None) or not hasattr(run, "summary"):
        raise TypeError(f"{name}={run!r} should be a run: {meant}. {name}=start(orchestrator, goal).finish()")
    teller = Teller()
    for event in run.events:
        teller.tell(event)
    return teller.story(simulated=run.simulated, stop=run.stop_reason)


def sums(run: Any) -> Beside:
    """The seconds and the tokens of a run. `about`: an endpoint did not say what it used; `end`: if it is not done."""
    whole = run.summary()
    end = "" if whole.stop_reason == "done" else f", {whole.stop_reason or 'so far'}"
    return {
        "seconds": whole.latency_s, "tokens": whole.tokens_in + whole.tokens_out, "simulated": whole.simulated,
        "about": whole.estimated, "end": end,
    }  # fmt: skip


def bars(story: Story) -> list[Beside]:
    """The calls that ended, each with the names that lead to who made it: the teams from the outside in, and its own.
    By its names a member of one run is found again in the other, where its number is another one."""
    return [
        {"names": names(story, call["member"]), "own": call["own"], "from": call["from"], "to": call["to"],
         "tokens": call["in"] + call["out"]}
        for call in story["calls"] if "in" in call and "to" in call
    ]  # fmt: skip


def names(story: Story, member: int) -> tuple[str, ...]:
    if member <= 0:
        return ()
    it = story["members"][member]  # one name may be a member's and a reviewer's
    return (*names(story, it["team"]), it["role"], it["name"])


def held_against(story: Story, told: Beside) -> Story:
    """A story with both beside it, ready to be drawn.

    The totals of a run that is over stand beside the estimated ones.
    `ghosts` are the estimated calls of members that this run has, and one agent alone: each with its `words`, from the
    longest to the shortest, and the steps `since` and `until` which it is drawn. `beside` is said of both: a phrase,
    and what is added to it at the end. `until` is where the longest one ends.
    """
    if not told:
        return story
    if "estimate" in told and "sums" in story:
        story = story | {"steps": [*story["steps"][:-1], estimated(story, told["estimate"])]}
    ghosts, beside = list(estimated_calls(story, told.get("estimate", {}).get("bars", ()))), []
    for what, run in told.items():
        about, kind = "~" if run["about"] else "", " (simulated)" if run["simulated"] and not story["simulated"] else ""
        sums = phrase(f"{HEADS[what]} {{}}, {about}{run['tokens']:,} tokens{kind}{run['end']}", seconds(run["seconds"]))
        beside.append([sums, against(run, story) if what == "estimate" else ""])
        if missing := len(run.get("bars", ())) - len(ghosts) if what == "estimate" else 0:
            calls = "1 estimated call is" if missing == 1 else f"{missing} estimated calls are"
            beside.append(
                [[f"{calls} not drawn: who makes {'it' if missing == 1 else 'them'} has not appeared in this run"], ""]
            )
    lanes = put_in_rows(ghosts, story["members"], story["lanes"])
    if baseline := told.get("baseline"):
        ghosts.append(one_agent_alone(story, baseline) | {"lane": len(lanes), "row": 0})
        lanes.append({"name": ALONE, "member": -1, "depth": 0, "rows": 1})
    until = max(story["until"], *(run["seconds"] for run in told.values()))
    return story | {"ghosts": ghosts, "beside": beside, "lanes": lanes, "until": until}


def estimated_calls(story: Story, bars: Sequence[Beside]) -> Iterator[Beside]:
    """Those of members that this run has, too: each until it is made, or the run is over."""
    known = {names(story, number): number for number in range(len(story["members"]))}
    asked: dict[int, list[int]] = defaultdict(list)
    for call in story["calls"]:
        asked[call["member"]].append(call["asked"])
    over = next((number for number, step in enumerate(story["steps"]) if is_over(step)), len(story["steps"]))
    times: Counter[int] = Counter()
    for bar in bars:
        if (member := known.get(bar["names"])) is not None:
            who, made = story["members"][member]["name"], asked[member][times[member] :]
            what = f"{short_name(who, 24)} · estimate" if bar["own"] else "estimate"
            yield ghost(bar, member, who, what) | {"since": 0, "until": made[0] if made else over}
            times[member] += 1


def one_agent_alone(story: Story, baseline: Beside) -> Beside:
    """Drawn when the result is delivered."""
    bar = {"own": False, "from": 0, "to": baseline["seconds"], "tokens": baseline["tokens"]}
    steps = story["steps"]
    since = len(steps) - len(list(takewhile(delivers, reversed(steps))))
    return ghost(bar, -1, ALONE, seconds(bar["to"])) | {"since": since, "until": len(steps)}


def ghost(bar: Beside, member: int, who: str, what: str) -> Beside:
    """A bar that is dashed: its words, from the longest to the shortest, and the cells of its row in the table."""
    tokens, span = f"{bar['tokens']:,} tok", f"{seconds(bar['from'])} to {seconds(bar['to'])}"
    return {key: bar[key] for key in ("own", "from", "to", "tokens")} | {
        "member": member, "who": who, "words": [f"{what} · {tokens}", what],
        "title": f"{ALONE if member < 0 else 'estimate'}: {span}, {tokens}",
        "cells": [who, f"{bar['from']:.1f}", f"{bar['to']:.1f}", f"{bar['tokens']:,}", "",
                  "another run" if member < 0 else "estimate", "", ""],
    }  # fmt: skip


def delivers(step: dict[str, Any]) -> bool:
    """Whether it is the last thing that is done, or the end of a run that has no result."""
    return is_over(step) or bool(step["member"] == 0 and step["phase"] == "deliver")


def is_over(step: dict[str, Any]) -> bool:
    return bool(step["kind"] == "ended" and step["member"] == 0)


def estimated(story: Story, estimate: Beside) -> dict[str, Any]:
    """The last step of a run that is over, with the estimate beside each of its totals."""
    last, kind = story["steps"][-1], " (simulated)" if estimate["simulated"] and not story["simulated"] else ""
    facts = [
        [tab, title, totals.with_estimate((story["sums"], rows), estimate["totals"], kind)]
        if title == totals.TOTALS else [tab, title, rows]
        for tab, title, rows in last["facts"]
    ]  # fmt: skip
    return dict(last | {"facts": facts})


def against(estimate: Beside, story: Story) -> str:
    """What the run has come to by now, against its estimate; the seconds as they are shown."""
    tokens = sum(call.get("in", 0) + call.get("out", 0) for call in story["calls"]) - estimate["tokens"]
    time = round(round(story["steps"][-1]["at"], 1) - round(estimate["seconds"], 1), 1)
    longer = f"{seconds(abs(time))} {'more' if time > 0 else 'less'}" if time else "as long"
    dearer = f"{counted(abs(tokens), 'token')} {'more' if tokens > 0 else 'fewer'}" if tokens else "as many tokens"
    return f": it took {longer} and {dearer}"


def in_words(told: Beside) -> list[str]:
    """The sums of both, a phrase each.

    >>> in_words({"baseline": {"seconds": 8.94, "tokens": 2610, "simulated": True, "about": False,
    ...     "end": ""}})
    ['one agent alone: 8.9 s, 2,610 tokens (simulated)']
    """
    heads = {"estimate": "estimated:", "baseline": "one agent alone:"}
    return [
        f"{heads[what]} {run['seconds']:.1f} s, {'~' if run['about'] else ''}{run['tokens']:,} tokens"
        f"{' (simulated)' if run['simulated'] else ''}{run['end']}"
        for what, run in told.items()
    ]
