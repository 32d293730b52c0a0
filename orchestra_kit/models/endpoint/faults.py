"""What can go wrong with an endpoint, as a tree. Nothing else ever leaves it.

EndpointError
├── BadSpec          what connect() was given names no endpoint
├── Unreachable      nobody there, or the connection broke before an answer began    tried again
├── TooSlow          the deadline passed
├── Truncated        the answer broke off                                            tried again
├── TooLarge         the answer is larger than any sensible one
├── Malformed        an answer, but not one of a chat endpoint
├── RedirectRefused  we were sent elsewhere, and do not take keys and prompts there
├── AuthFailed       the key is missing, or was not accepted
├── BadRequest       the endpoint will not have this request, however often it is sent
├── RateLimited      too many requests                                               tried again
├── ServerFault      the endpoint failed, or was busy                                tried again
└── Refused          the model declined to answer
"""

from __future__ import annotations

from ...call import Usage
from ...errors import ModelError

SNIPPET = 200


class EndpointError(ModelError):
    """An endpoint gave no answer.

    field        what is at fault: a part of the answer ("choices[0].message"), of the request, or of the connection
    status       the HTTP status, if it came to one
    attempts     how often the endpoint was asked
    retry_after  how many seconds it told us to wait
    request_id   its own name for the request: tell it to its makers
    snippet      the beginning of what it said, escaped, at most 200 characters
    """

    transient = False  # trying again may help
    billed = False  # the work was probably done, and is charged for

    def __init__(
        self,
        message: str,
        *,
        field: str = "",
        said: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        request_id: str = "",
        usage: Usage | None = None,
    ):
        super().__init__(message, usage=usage)
        self.field, self.status, self.retry_after = field, status, retry_after
        self.request_id, self.snippet = snippet(request_id), snippet(said)
        self.attempts = 1

    def __str__(self) -> str:
        parts = [super().__str__()]
        if self.snippet:
            parts.append(f"It said: {self.snippet}")
        if self.attempts > 1:
            parts.append(f"(asked {self.attempts} times)")
        return " ".join(parts)


class BadSpec(EndpointError, ValueError):
    """What connect() was given names no endpoint."""


class Unreachable(EndpointError):
    """Nobody is there, or the connection broke before an answer began."""

    transient = True


class TooSlow(EndpointError):
    """The deadline passed, with all attempts and waits counted."""

    billed = True


class Truncated(EndpointError):
    """The answer broke off before its end."""

    transient = True
    billed = True


class TooLarge(EndpointError):
    """The answer is larger than any sensible one."""

    billed = True


class Malformed(EndpointError):
    """An answer, but not one of a chat endpoint."""

    billed = True


class RedirectRefused(EndpointError):
    """We were sent elsewhere. Keys and prompts are not taken to places that nobody named."""


class AuthFailed(EndpointError):
    """The key is missing, or was not accepted."""


class BadRequest(EndpointError):
    """The endpoint will not have this request, however often it is sent."""


class RateLimited(EndpointError):
    """Too many requests, or too many tokens, for now."""

    transient = True


class ServerFault(EndpointError):
    """The endpoint failed, or was busy."""

    transient = True


class Refused(EndpointError):
    """The model declined to answer."""

    billed = True


def snippet(text: str) -> str:
    """The beginning of a text as it may be shown anywhere: in one line, and with invisible characters escaped.

    >>> snippet("red: \\x1b[31m")
    'red: \\\\x1b[31m'
    """
    marks = text[: SNIPPET + 1]
    shown = "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in marks)
    return shown if len(shown) <= SNIPPET else shown[: SNIPPET - 1] + "…"
