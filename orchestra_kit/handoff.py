"""Typed hand-offs: what is handed over must be of the shape that its receiver asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .call import Reply
from .errors import BadHandoff, reason
from .messages import Handoff
from .requests import Error, Outcome, Value
from .snapshots import snapshot
from .specialist import Ask, render


def open_reply(request: Ask, outcome: Outcome, path: str) -> Outcome:
    """What an orchestrator gets for a reply: its text, or the value it parses as. A reply that does not parse is an
    error at the `await`; it has been paid for all the same."""
    if isinstance(outcome, Error):
        return outcome
    made, makes = outcome.value, request.to.makes
    if isinstance(made, Reply):
        made = made.text
        if not isinstance(makes, type):
            return Value(made)
    elif not isinstance(makes, type) or isinstance(made, makes):
        return Value(snapshot(made))
    try:
        return Value(parse(makes, made))
    except Exception as fault:  # noqa: BLE001  # a validator is the learner's own code, and may raise anything
        job, _, who = path.rpartition("/")
        error = BadHandoff(
            f"{who} promised {job} {makes.__name__}, and its answer is not one: {problem(fault)}. "
            f"It answered {quote(made)}. Say in its role what is wanted, or let it make something else"
        )
        error.work = made
        return Error(error)


def check_brief(request: Ask, job: str, events: Sequence[Any]) -> BadHandoff | None:
    """The error when a specialist that takes a type is handed something else."""
    for takes in request.to.takes:
        if not isinstance(takes, type) or isinstance(request.brief, takes):
            continue
        handed = list(parts(request.brief))
        if any(isinstance(part, takes) for part in handed):
            continue
        wrong = [(part, fault) for part in handed if (fault := unreadable(takes, part)) is not None]
        if len(wrong) == len(handed):
            part, fault = wrong[-1] if wrong else ("nothing", "nothing was handed over")
            who, giver = request.to.name, made_by(part, events) or job
            return BadHandoff(
                f"{who} takes {takes.__name__}, and {giver} handed it something else: {fault}. It was handed "
                f"{quote(part)}. Let {giver.rpartition('/')[2]} make {takes.__name__}, or change what {who} takes"
            )
    return None


def unreadable(kind: type[Any], made: Any) -> str | None:
    """Why `made` cannot be read as a value of this kind; None when it can."""
    try:
        parse(kind, made)
    except Exception as error:  # noqa: BLE001  # as above
        return problem(error)
    return None


def edited(makes: Any, work: Any) -> Any:
    """What a person wrote in place of some work, in the shape that was promised; BadHandoff if it is not."""
    if not isinstance(makes, type):
        return work
    if fault := unreadable(makes, work):
        raise BadHandoff(f"what a person wrote is no {makes.__name__}: {fault}. They wrote {quote(work)}")
    return parse(makes, work)


def parse(kind: type[Any], made: Any) -> Any:
    """`made` as a value of this kind; ValueError says which field is wrong."""
    if isinstance(made, kind):
        return made
    text = made if isinstance(made, str) else render(made)
    validate = getattr(kind, "model_validate_json", None)
    if validate is not None:
        return validate(text)
    if kind is str:
        return text
    raise ValueError(f"{kind.__name__} cannot be read from text: it has no model_validate_json")


def parts(brief: Any) -> Iterator[Any]:
    """The pieces of a brief, out of their lists and labels."""
    if isinstance(brief, Handoff):
        yield from parts(brief.work)
    elif isinstance(brief, list | tuple):
        for part in brief:
            yield from parts(part)
    else:
        yield brief


def made_by(work: Any, events: Sequence[Any]) -> str | None:
    """Whose answer a piece of work was: the path of the call, or None when no specialist made it."""
    asked = {event.path: event.detail for event in events if event.kind == "asked"}
    for event in reversed(events):
        request = asked.get(event.path)
        if event.kind == "answered" and isinstance(request, Ask):
            made = open_reply(request, event.detail, event.path)
            if isinstance(made, Value) and equal(made.value, work):
                return str(event.path)
    return None


def equal(one: Any, other: Any) -> bool:
    """Whether two pieces of work are the same. A table or an array, which has no one answer to that, equals itself."""
    try:
        return one is other or bool(one == other)
    except Exception:  # noqa: BLE001  # whatever a class of the learner's own, or of a library, makes of ==
        return False


def problem(error: Exception) -> str:
    """What is wrong, field by field (pydantic lists its findings; our own messages say it in a sentence)."""
    listed = getattr(error, "errors", None)
    if not callable(listed):
        told = reason(error)
        return told.removeprefix(f"{type(error).__name__}: ") if isinstance(error, ValueError) else told
    found = [f"field {'.'.join(map(str, item['loc'])) or '(the whole)'!r}: {item['msg']}" for item in listed()]
    return "; ".join(found[:3])


def quote(work: Any, most: int = 120) -> str:
    """The beginning of some work, for an error."""
    text = " ".join((work if isinstance(work, str) else repr(work)).split())
    return repr(text if len(text) <= most else text[:most] + "…")
