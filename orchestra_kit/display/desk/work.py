"""A piece of work on the desk: how it is read, how it is written anew, and how it is told from another."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import Any

from ...handoff import edited, unreadable
from ...messages import Handoff, Skipped
from ...requests import Review
from ..stepper.texts import as_text, clean

MOST_LETTERS = 200_000  # of one piece of work on the page


def work_of(request: Review) -> tuple[Any, Any]:
    """The work itself, and what was put beside it. A team that was given `reviewer=review` hands over both at once.

    >>> work_of(Review([Handoff("task", "Write."), Handoff("work", "Bees fly.")]))
    ('Bees fly.', [Handoff(label='task', work='Write.')])
    """
    match request.work:
        case [*beside, Handoff("work", work)] if all(isinstance(part, Handoff) for part in beside):
            return work, beside
    return request.work, None


def as_shown(work: Any) -> str:
    """The whole work as a person reads it: text as it is, typed values as JSON with a line for each field."""
    if isinstance(work, dict) or (hasattr(work, "model_dump_json") and not isinstance(work, str)):
        text = as_text(work)
        with suppress(ValueError):  # else it stays in its own form, or what Python says of it
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
        return clean(text)
    return clean(as_text(work))


def as_draft(work: Any) -> str | None:
    """What a person who edits it begins with; None for what cannot be written as text and read again."""
    if isinstance(work, Skipped):
        return ""
    if isinstance(work, str) or hasattr(work, "model_validate_json"):
        text = as_shown(work)
    elif isinstance(work, dict | list | int | float):
        try:
            text = clean(json.dumps(work, ensure_ascii=False, indent=2, allow_nan=False))
        except (TypeError, ValueError):
            return None
    else:
        return None
    return text if len(text) <= MOST_LETTERS else None


def digest(work: Any) -> str:
    """The fingerprint of a work as it is shown: another one, or one that has changed, has another."""
    return hashlib.sha256(as_shown(work).encode()).hexdigest()


def written(text: str, work: Any, makes: Any) -> Any:
    """What a person wrote in place of `work`, in the shape that its maker promised; ValueError says what is wrong."""
    if not text.strip():
        raise ValueError("There is no text in your version. Write what should take the place of the work, or skip it.")
    if isinstance(makes, type) or hasattr(work, "model_validate_json"):
        kind = makes if isinstance(makes, type) else type(work)
        if fault := unreadable(kind, text):
            raise ValueError(f"Your version is no {kind.__name__} yet: {fault}. Put that right, and try again.")
        return edited(kind, text)
    if isinstance(work, str | Skipped):
        return text
    return as_plain(text, "object" if isinstance(work, dict) else "list" if isinstance(work, list) else "number")


def as_plain(text: str, kind: str) -> Any:
    """Plain JSON of this kind; ValueError says what is wrong."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"Your version is no JSON yet: {error}. Put that right, and try again.") from None
    if not isinstance(value, {"object": dict, "list": list}.get(kind, (int, float))):
        raise ValueError(f"Your version is JSON, but no {kind} as the work is. Put that right, and try again.")
    return value
