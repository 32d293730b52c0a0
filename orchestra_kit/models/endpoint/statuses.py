"""Answers that are no answers: what a status means, what the endpoint said, and how long it wants to be left alone."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from .faults import AuthFailed, BadRequest, EndpointError, Malformed, RateLimited, RedirectRefused, ServerFault, snippet
from .http import Answer
from .spec import Address

BUSY = frozenset({408, 409})
NO_SCHEMA = frozenset({400, 404, 422})
ABOUT_SCHEMAS = re.compile(
    r"response_?format|json_?\s?schema|structured.output|grammar|requested parameters", re.IGNORECASE
)


class Complaint(NamedTuple):
    """What an endpoint said of a request it did not carry out."""

    text: str
    code: str
    param: str


def error_of(answer: Answer, address: Address) -> EndpointError | None:
    """The error that a status stands for; None for success."""
    status, headers = answer.status, answer.headers
    if 200 <= status < 300:
        return None
    said = complaint(answer.body)
    told: dict[str, Any] = {
        "status": status,
        "said": said.text,
        "request_id": headers.get("x-request-id", headers.get("request-id", "")),
        "retry_after": retry_after(headers, datetime.now(UTC)),
    }
    error = _error(answer, address, said, told)
    if headers.get("x-should-retry") == "false" or said.code == "insufficient_quota":
        error.transient = False
    return error


def _error(answer: Answer, address: Address, said: Complaint, told: dict[str, Any]) -> EndpointError:
    status, model, where = answer.status, address.model, address.host
    if status < 400:
        if "location" not in answer.headers:
            return Malformed(f"status {status} is none that a chat endpoint gives.", field="status", **told)
        told["said"] = answer.headers["location"]
        return RedirectRefused(
            f"{where} sent us elsewhere ({status}), and we do not follow. Connect to that address if you trust it.",
            field="location", **told,
        )  # fmt: skip
    if status in (401, 403):
        variable = address.key.variable or "its key"
        return AuthFailed(f"{where} did not let us in ({status}): check {variable}.", field=variable, **told)
    if status == 404:
        return BadRequest(
            f"{where} knows no model {model!r}, or no such address ({status}): most addresses end in /v1.",
            field=said.param or "model", **told,
        )  # fmt: skip
    if status == 429:
        wait = f" and asks to wait {told['retry_after']:g} s" if told["retry_after"] is not None else ""
        return RateLimited(f"{where} has had enough for now ({status}){wait}.", field="rate", **told)
    if status >= 500 or status in BUSY:
        return ServerFault(f"{where} failed or was busy ({status}).", field="status", **told)
    field = said.param or "request"
    return BadRequest(f"{where} will not have this request ({status}), because of {field}.", field=field, **told)


def knows_no_schemas(error: EndpointError) -> bool:
    """Whether this is how a server says that it cannot make an answer fit a schema."""
    said = f"{error.field} {error.snippet}"
    return isinstance(error, BadRequest) and error.status in NO_SCHEMA and ABOUT_SCHEMAS.search(said) is not None


def complaint(body: bytes) -> Complaint:
    """What an error says, in the shapes that are about: OpenAI's, FastAPI's, or just text."""
    text = body[:100_000].decode(errors="replace")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Complaint(text, "", "")
    error = data.get("error", data) if isinstance(data, dict) else data
    if not isinstance(error, dict):
        return Complaint(error if isinstance(error, str) else text, "", "")
    detail = error.get("detail")
    if isinstance(detail, list) and detail and isinstance(detail[0], dict):
        place = detail[0].get("loc")
        path = ".".join(map(str, place)) if isinstance(place, list) else ""
        return Complaint(_text(detail[0].get("msg")) or text, "", snippet(path)[:80])
    said = _text(error.get("message")) or _text(detail) or text
    code = _text(error.get("code")) or _text(error.get("type"))
    return Complaint(said, code, snippet(_text(error.get("param")))[:80])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """How many seconds an endpoint wants to be left alone; None when it does not say, or not so that it makes sense.

    >>> retry_after({"retry-after": "2"}, datetime.now(UTC)), retry_after({"retry-after": "soon"}, datetime.now(UTC))
    (2.0, None)
    """
    if (exact := _seconds(headers.get("retry-after-ms", ""))) is not None:
        return exact / 1_000
    said = headers.get("retry-after", "")
    if (whole := _seconds(said)) is not None:
        return whole
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _seconds(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) or number < 0 else number
