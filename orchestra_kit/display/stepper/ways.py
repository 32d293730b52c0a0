"""What a learner may decide about each call of a run: the buttons, their words, and where each would fork."""

from __future__ import annotations

from typing import Any, TypeAlias

from ...models import FAULTS
from .sentences import Sentence, phrase
from .texts import short_name

FORK = {"does": "⎇ Fork", "hint": "Ctrl + Enter does it, Esc closes"}  # of all that is written
# Each button: what stands on it, what is asked first, and what can be chosen; else what is sent to the kernel at once.
WAYS: dict[str, dict[str, Any]] = {
    "break": {"label": "⚡ Break it…", "asks": "What goes wrong?", "choices": FAULTS, "hint": "Esc closes"},
    "accept": {"label": "✓ Accept anyway", "sends": "change"},
    "send back": {"label": "↩ Send back…", "asks": "What should be better?"} | FORK,
    "edit": {"label": "✎ Edit…", "asks": "What should it say instead?", "sends": "text"} | FORK,
    "flag": {"label": "⚑ Flag…", "asks": "Why should a person look at it?"} | FORK,
    "skip": {"label": "⊘ Skip", "sends": "change"},
    "retry": {"label": "↻ Retry", "sends": "change"},
}
JUDGED = WAYS | {"edit": WAYS["edit"] | {"asks": "What should the work be instead?"}}
WAITING = {
    "accept": WAYS["accept"] | {"label": "✓ Approve"},
    "send back": WAYS["send back"] | {"label": "↩ Reject…", "does": "✓ Decide"},
    "edit": JUDGED["edit"] | {"does": "✓ Decide"},
    "skip": WAYS["skip"],
}
AWAITED = {"text": "One moment …", "change": "The branch runs on …"}  # what is said while the kernel is at it
INSTEAD = {"title": "You decide instead of the orchestrator", "look": "", "awaited": AWAITED,
           "misfit": "That does not go with this call: choose another box."}  # fmt: skip
NOBODY = "Nobody has been asked yet: step on, or choose a box."
WORDS: dict[str, dict[str, Any]] = {  # for each kind of call
    "nobody": INSTEAD | {"says": NOBODY, "misfit": NOBODY, "ways": {}},
    "work": INSTEAD | {"ways": WAYS},
    "verdict": INSTEAD | {"ways": JUDGED},
    "waits": INSTEAD | {"title": "You decide", "look": "ok-waits", "says": "The run waits for you.", "ways": WAITING},
}

Story: TypeAlias = dict[str, Any]
Call: TypeAlias = dict[str, Any]
Way: TypeAlias = dict[str, Any]  # a button, the event where it forks, what happens there; `since`, `until` which step


def ways_in(story: Story) -> dict[str, Any]:
    """For each step the call that it is about, and for each call its kind and what may be decided about it."""
    return {"about": calls_by_step(story), "calls": [ways_about(call, story) for call in story["calls"]]}


def calls_by_step(story: Story) -> list[int | None]:
    """For each step the call that it is about, else the last one; where somebody has just judged the work, theirs."""
    calls: list[int | None] = []
    before: dict[str, Any] = {"kind": "began"}
    last = None
    for step in story["steps"]:
        last = step.get("call", last)
        answer = step["kind"] == "noted" and "verdict" in step and before["kind"] == "answered"
        judged = answer and "call" in before and story["calls"][before["call"]].get("judges")
        calls.append(before["call"] if judged else last)
        before = step
    return calls


def ways_about(call: Call, story: Story) -> dict[str, Any]:
    """What may be decided about a call. What it was told can be edited up to its answer, from then on the answer."""
    who, asked, closed = short_name(call["who"], 40), call["asked"], call.get("closed")
    person = story["members"][call["member"]]["role"] == "person"
    cancelled = call.get("status") == "cancelled"

    def way(button: str, step: int, says: Sentence, *, since: int = 0, until: int = len(story["steps"])) -> Way:
        event, place = story["steps"][step]["event"], [f"step {step + 1}: {says[0]}", *says[1:]]
        return {"way": button, "event": event, "says": place, "since": since, "until": until}

    def told(button: str, **steps: int) -> Way:
        return way(button, asked, phrase("what is told to {}", who), **steps)

    if person and cancelled:
        return {"kind": "nobody", "ways": []}
    if person and closed is None:
        return {"kind": "waits", "ways": [way(button, asked, ["a person decides"]) for button in WAITING]}
    if closed is None or cancelled:
        return {"kind": "work", "ways": [told("break"), told("edit")]}
    if person or "judges" in call:
        accept = [] if approved(call, story) else ["accept"]
        verdict = phrase("the verdict of {}", who)
        judged = [way(button, closed, verdict) for button in (*accept, "send back", "edit", "skip")]
        return {"kind": "verdict", "ways": judged if person else [told("break"), *judged]}
    came = phrase("what comes from {}", who)
    edits = [told("edit", until=closed), way("edit", closed, came, since=closed)]
    after = ["retry"] if call["own"] else ["flag", "skip", "retry"]
    later = [way(button, closed, came) for button in after]
    return {"kind": "work", "ways": [told("break"), way("send back", closed, came), *edits, *later]}


def approved(call: Call, story: Story) -> bool:
    """Whether the verdict that a call gave was an approval."""
    about = (call["path"], call["path"].rpartition("/")[0])
    after = story["steps"][call["closed"] :]
    verdicts = (step["verdict"][0] for step in after if "verdict" in step and step["path"] in about)
    return next(verdicts, None) == "approve"
