"""What a fork changes at an event: which change goes with which event, and what stands there instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from .call import FREE, Model, Reply
from .decisions import decide_by
from .events import Event, Kind
from .messages import Verdict
from .mistakes import forbid_unanswered
from .models.faulty import Faulty, check_fault
from .models.misbehaving import misbehaving
from .requests import Error, Review, Value
from .snapshots import snapshot
from .sources import Sources
from .specialist import Ask, LookUp, render
from .tasks import sample_of

KINDS: dict[str, Kind] = {"answer": "answered", "policy": "answered", "brief": "asked", "fault": "asked"}
MOST_PLACES = 10  # that an error names


class Ahead(NamedTuple):
    """What a fork shares with its run, where it stands at first, and what will be different."""

    shared: list[Event]
    stands_at: int  # how many events it has then
    edits: dict[int, Callable[..., Any]]  # as the loop takes them
    faults: dict[int, tuple[str, str]]  # event number -> the sample of the call asked there, and its fault

    def model(self, model: Model) -> Model:
        """A model with the faults that are still to come."""
        for sample, fault in self.faults.values():
            model = Faulty(model, sample, fault)
        return model


def plan_fork(
    events: Sequence[Event],
    at: int,
    changes: Mapping[str, Any],
    edits: Mapping[int, Callable[..., Any]],
    faults: Mapping[int, tuple[str, str]],
) -> Ahead:
    """A fork of a run with these events, edits and faults: those before `at` are kept, and `changes` are made there."""
    check_changes(events, at, changes)
    stands_at = min(at, stopped_at(events))
    shared = list(events[:stands_at])
    edits = {number: edit for number, edit in edits.items() if number < at}
    faults = {number: fault for number, fault in faults.items() if number < at}
    instead: dict[str, Any] = {}  # of the Ask
    for what, change in changes.items():
        match what:
            case "answer":
                shared.append(answered_instead(events, at, change))
            case "policy":
                edits[at] = decide_by(change)
                shared, stands_at = shared if len(shared) > at else list(events[: at + 1]), at + 1
            case "brief":
                forbid_unanswered(change, "the fork")
                instead["brief"] = snapshot(change)
            case "fault":
                check_fault(change)
                to = events[at].detail.to
                if to.does is None:
                    faults[at] = sample_of(events, at), change
                else:
                    instead["to"] = misbehaving(to, change)
    if instead:
        edits[at] = partial(replace, **instead)
    return Ahead(shared, stands_at, edits, faults)


def stopped_at(events: Sequence[Event]) -> int:
    """How many events there were when a run was closed or interrupted, which cancelled all that was open; or are."""
    number = len(events)
    if events[-1].kind == "cancelled" and events[-1].path == events[0].path:
        while events[number - 1].kind == "cancelled":
            number -= 1
    return number


def check_changes(events: Sequence[Event], at: int, changes: Mapping[str, Any]) -> None:
    """Raise IndexError or ValueError, which say what would do, for changes that cannot be made at event `at`."""
    if not isinstance(at, int):
        raise TypeError(f"fork({at!r}): say where by the number of an event, 0 to {len(events) - 1}")
    if not 0 <= at <= len(events):
        raise IndexError(f"fork({at}): this run has {len(events)} events, numbered 0 to {len(events) - 1}")
    if len({KINDS[what] for what in changes}) > 1:
        given = ", ".join(f"{what}=…" for what in changes)
        places = " and ".join(f"{what}= with an {KINDS[what]!r} event" for what in changes)
        raise ValueError(f"fork({at}, {given}): {places}, so they cannot go together. Make one fork, and fork that")
    for what in changes:
        check_place(events, at, what)


def check_place(events: Sequence[Event], at: int, what: str) -> None:
    """Raise ValueError, which says where it can be, if `what` cannot be changed at event `at`."""
    requests = {event.path: event.detail for event in events if event.kind == "asked"}
    kind = KINDS[what]
    calls_only = "" if what == "answer" else " of a specialist's call"

    def fits(event: Event) -> bool:
        return event.kind == kind and (not calls_only or isinstance(requests[event.path], Ask))

    if at < len(events) and fits(events[at]):
        return
    found = f"there is no event {at} yet"
    if at < len(events):
        elsewhere = ", but of no specialist's call" if events[at].kind == kind else ""
        found = f"event {at} is {events[at].kind!r}{elsewhere}"
    places = [str(event.number) for event in events if fits(event)]
    such_as = ", ".join(places[:MOST_PLACES]) + (", …" if len(places) > MOST_PLACES else "")
    goes = f"{what}= goes with an {kind!r} event{calls_only}"
    raise ValueError(f"fork({at}, {what}=…): {found}, and {goes}{f', such as {such_as}' if places else ''}")


def answered_instead(events: Sequence[Event], at: int, answer: Any) -> Event:
    """The `answered` event at `at`, with another answer; an exception is a failure."""
    event = events[at]
    if isinstance(answer, Exception):
        return event._replace(detail=Error(answer), usage=FREE)
    request = next(earlier.detail for earlier in events if earlier.kind == "asked" and earlier.path == event.path)
    if isinstance(request, Ask) and request.to.does is None:
        answer = Reply(render(answer))
    if isinstance(request, LookUp):
        answer = Sources.of(answer).passages
    if isinstance(request, Review) and not isinstance(answer, Verdict):
        raise TypeError(f"fork({at}, answer={answer!r}): event {at} answers a review, so the answer is a Verdict")
    return event._replace(detail=Value(answer), usage=FREE)
