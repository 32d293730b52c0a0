"""What worlds have in common: how a request becomes a model's call, and what is answered without a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from ..call import Call
from ..events import Ticket
from ..messages import Verdict
from ..requests import Error, Outcome, Review, Value
from ..specialist import Ask, LookUp

Reviewer: TypeAlias = Callable[[Review], Verdict]


def call_of(ticket: Ticket, seed: int) -> Call:
    """What a model is given for a request."""
    request = ticket.request
    assert isinstance(request, Ask)
    to = request.to
    makes = to.makes if isinstance(to.makes, type) else None
    return Call(to.name, to.role, request.prompt, makes, to.max_tokens, ticket.sample, seed)


def answer_at_once(request: Any, reviewer: Reviewer | None) -> Outcome | None:
    """What needs no model: a look-up, and a review if there is a reviewer. None: it waits for a person."""
    try:
        if isinstance(request, LookUp):
            return Value(request.sources.search(request.question, request.limit))
        if reviewer is None:
            return None
        verdict = reviewer(request)
        if not isinstance(verdict, Verdict):
            raise TypeError(
                f"reviewer= answered with {verdict!r}; it should return a Verdict, such as Verdict('approve')"
            )
        return Value(verdict)
    except Exception as error:
        return Error(error)
