"""What a learner may decide instead of the orchestrator. A message from the page is data, and is read strictly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ...decisions import Policy, Retry, SendBack
from ...events import Event
from ...messages import Verdict
from ...models import FAULTS
from ...recovery import Flag, Skip
from ...requests import Review
from ...specialist import Ask
from ..desk.work import as_draft, work_of, written
from .texts import as_text, parts_of, short_name
from .ways import WAYS

DECISIONS = {"accept": "approve", "send back": "reject", "edit": "edit", "skip": "skip"}  # the button, the verdict
GLYPHS = {"approve": "✓", "reject": "↩", "edit": "✎", "skip": "⊘"}
POLICIES: dict[type[Policy], str] = {SendBack: "↩ {} sent back", Flag: "⚑ {} flagged", Skip: "⊘ {} skipped",
                                     Retry: "↻ {} asked again"}  # fmt: skip
MOST_LETTERS = 100_000  # of a text that is edited in the page


class Wish(NamedTuple):
    """Which button was pressed, and what about: an event of a branch."""

    button: str
    branch: int
    event: int
    text: str = ""


def wish_in(message: dict[str, Any], runs: Sequence[Any]) -> Wish | None:
    """The wish in a message; None if no button of ours would send it."""
    button, branch, event = message.get("button"), message.get("branch"), message.get("event")
    text = message.get("text", "")
    if type(branch) is not int or type(event) is not int or not isinstance(button, str) or not isinstance(text, str):
        return None
    known = button in WAYS and (button != "break" or text in FAULTS)
    if not known or len(text) > MOST_LETTERS or not 0 <= branch < len(runs):
        return None
    return Wish(button, branch, event, text) if 0 <= event < len(runs[branch].events) else None


def asked_at(run: Any, event: Event) -> Any:
    """The request that an event asks or answers; ValueError, with advice, for any other event."""
    if event.kind in ("asked", "answered"):
        for earlier in run.events[: event.number + 1]:
            if earlier.kind == "asked" and earlier.path == event.path and isinstance(earlier.detail, Ask | Review):
                return earlier.detail
    raise ValueError(f"event {event.number} is {event.kind!r}, and nobody is asked or answers there: choose a call")


def judges(request: Any) -> bool:
    """Whether what is asked for is a verdict on somebody's work."""
    if isinstance(request, Review):
        return True
    return isinstance(request.to.makes, type) and issubclass(request.to.makes, Verdict)


def text_at(run: Any, wish: Wish) -> str:
    """What there is to edit: a brief where somebody is asked, a draft where they answer, and where work is judged, the
    work. ValueError, with advice, for what is no text."""
    event = run.events[wish.event]
    request = asked_at(run, event)
    if isinstance(request, Review):
        value = as_draft(work_of(request)[0])
        if value is None:
            raise ValueError("this work is no text to edit here. Decide in a cell: run.decide(Verdict('edit', work=…))")
    elif event.kind == "asked":
        value = request.brief
    elif judges(request):
        value = parts_of(request.brief)[-1][1]
    else:
        value = getattr(event.detail, "value", "")
        value = getattr(value, "text", value)
    text = as_text(value)
    function = isinstance(request, Ask) and request.to.does is not None and not isinstance(value, str)
    if function or len(text) > MOST_LETTERS:
        what = "brief" if event.kind == "asked" else "answer"
        why = "is no text" if function else f"has {len(text):,} letters"
        raise ValueError(f"this {what} {why}. Change it in a cell: stepper.fork({wish.event}, {what}=…)")
    return text


def verdict_of(wish: Wish, request: Ask | Review) -> Verdict:
    """What a learner decides where work is judged. ValueError, with advice, for a text that the work cannot be."""
    if wish.button not in DECISIONS:
        raise ValueError(f"{wish.button!r} does not go with a verdict: accept, send back, edit or skip")
    decision = DECISIONS[wish.button]
    if decision == "edit":
        if isinstance(request, Review):
            return Verdict("edit", work=written(wish.text, work_of(request)[0], None))
        return Verdict("edit", work=wish.text)  # what a specialist judges is put in shape by its team
    return Verdict(decision, wish.text)  # type: ignore[arg-type]


def waits(run: Any, wish: Wish) -> bool:
    """Whether the run waits at this event for a person to decide."""
    return isinstance(run.waiting.get(run.events[wish.event].path), Review)


def edits_of(run: Any, wish: Wish) -> dict[str, Any]:
    """A wish as the arguments of `run.fork`."""
    event = run.events[wish.event]
    request = asked_at(run, event)
    match event.kind, wish.button:
        case "asked", "break" if isinstance(request, Ask):
            return {"fault": wish.text}
        case "asked", "edit" if isinstance(request, Ask):
            return {"brief": wish.text}
        case "answered", _ if judges(request):
            return {"answer": verdict_of(wish, request)}
        case "answered", "edit":
            return {"answer": wish.text}
        case "answered", "send back":
            return {"policy": SendBack(wish.text)}
        case "answered", "flag":
            return {"policy": Flag(wish.text)}
        case "answered", "skip":
            return {"policy": Skip()}
        case "answered", "retry":
            return {"policy": Retry()}
    raise ValueError(
        f"{wish.button!r} does not go with event {wish.event}, which is {event.kind!r}: choose another call"
    )


def in_words(who: str, edits: dict[str, Any]) -> str:
    """What was changed, in a few words.

    >>> in_words("writer", {"fault": "time-out"}), in_words("editor", {"answer": Verdict("approve")})
    ('⚡ time-out at writer', '✓ approve by editor')
    """
    who = short_name(who, 40)
    match {name: value for name, value in edits.items() if value is not None}:
        case {"fault": fault}:
            return f"⚡ {fault} at {who}"
        case {"policy": policy}:
            return POLICIES[type(policy)].format(who)
        case {"answer": Verdict(decision=decision)}:
            return f"{GLYPHS[decision]} {decision} by {who}"
        case {"answer": Exception() as error}:
            return f"✕ {type(error).__name__} at {who}"
        case {"answer": _}:
            return f"✎ other draft of {who}"
        case {"brief": _}:
            return f"✎ other brief for {who}"
        case {"model": _}:
            return f"⎇ another model from {who} on"
    return f"↻ once more from {who} on"
