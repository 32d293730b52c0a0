"""The chat-completions format: how a call is worded for an endpoint, and how its answer is read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from ...call import Call, Usage
from ..tokens import count
from .faults import Malformed, Refused, snippet
from .http import Answer

MOST_TOKENS = 10**9  # a larger count is a mistake, and must not reach anybody's budget
COUNTED = 100_000  # characters; a longer text is estimated by its length, because counting it takes a second
FENCED = re.compile(r"```[\w-]*[ \t]*\n(?P<inside>.*?)\n?[ \t]*```", re.DOTALL)


class Said(NamedTuple):
    """What an answer holds: the text, the tokens (None where they are missing), and notes for the trace."""

    text: str
    tokens_in: int | None
    tokens_out: int | None
    tokens_cached: int
    how: Mapping[str, Any]


# --- asking -----------------------------------------------------------------------------------------------------------


def messages(call: Call, schema: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """The role and the prompt as messages. A schema goes to the end of the prompt: for servers that take no other."""
    told = call.prompt
    if schema is not None:
        told += (
            "\n\nAnswer with JSON only, without any other text, that fits this JSON schema:\n"
            f"{json.dumps(schema, ensure_ascii=False)}"
        )
    system = [{"role": "system", "content": call.role}] if call.role else []
    return [*system, {"role": "user", "content": told}]


def request(
    model: str, told: list[dict[str, str]], limit: Mapping[str, int], kind: type[Any] | None, schema: Any
) -> bytes:
    """The body of a request. With a schema the server itself sees to it that the answer fits. It is not sent as
    `strict`: that forbids fields with defaults, which our messages have."""
    body: dict[str, Any] = {"model": model, "messages": told, **limit}
    if kind is not None and schema is not None:
        name = re.sub(r"[^\w-]", "_", kind.__name__, flags=re.ASCII)[:64]
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}
    return json.dumps(body).encode()


def schema_of(makes: Any) -> dict[str, Any] | None:
    """The JSON schema of what a call makes; None for free text."""
    return described(makes) if isinstance(makes, type) and hasattr(makes, "model_validate_json") else None


@lru_cache(64)
def described(kind: type[Any]) -> dict[str, Any]:
    """The JSON schema of a pydantic model, or of a message of our own."""
    own = getattr(kind, "model_json_schema", None)
    try:
        schema: dict[str, Any] = own() if own is not None else TypeAdapter(kind).json_schema()
    except (PydanticUserError, NameError):  # a class of somebody's own that pydantic cannot describe
        return {"type": "object"}
    return schema


# --- reading ----------------------------------------------------------------------------------------------------------


def read(answer: Answer, kind: type[Any] | None) -> Said:
    """The text of a good answer, and what it says it used. Malformed names the field that is wrong."""
    data = read_json(answer)
    choices = item(answer, data.get("choices"), list, "choices")
    if not choices:
        raise wrong(answer, "choices", "is empty")
    first = item(answer, choices[0], dict, "choices[0]")
    message = item(answer, first.get("message"), dict, "choices[0].message")
    if isinstance(refusal := message.get("refusal"), str) and refusal:
        raise Refused(
            "the model declined to answer.", field="choices[0].message.refusal", said=refusal, status=answer.status
        )
    text = printable(item(answer, message.get("content"), str, "choices[0].message.content"))
    if not text.strip():
        raise wrong(answer, "choices[0].message.content", "is empty")
    usage = part(data, "usage")
    notes = {"answered_by": data.get("model"), "finish_reason": first.get("finish_reason")}
    return Said(
        text if kind is None else unfenced(text),
        tokens(usage.get("prompt_tokens")),
        tokens(usage.get("completion_tokens")),
        tokens(part(usage, "prompt_tokens_details").get("cached_tokens")) or 0,
        {name: snippet(note) for name, note in notes.items() if isinstance(note, str)},
    )


def read_json(answer: Answer) -> dict[str, Any]:
    """The object that the body holds."""
    start = answer.body[:200].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        raise wrong(answer, "content-type", "is a web page, not the answer of an API: is the address right?")
    try:
        data = json.loads(answer.body.decode("utf-8-sig"))
    except RecursionError:
        problem = "is nested too deeply"
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8, from byte {error.start} on"
    except ValueError as error:
        problem = f"is not JSON: {error}"
    else:
        if isinstance(data, dict):
            return data
        problem = "is JSON, but not an object"
    raise wrong(answer, "body", problem)


def item(answer: Answer, value: Any, kind: type[Any], path: str) -> Any:
    """A part of the answer, if it is of the kind that belongs there."""
    if not isinstance(value, kind):
        found = "is missing" if value is None else f"is of the kind {type(value).__name__}"
        raise wrong(answer, path, f"{found}; it should be {kind.__name__}")
    return value


def part(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part of the answer that may be missing: then it is empty."""
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def wrong(answer: Answer, field: str, problem: str) -> Malformed:
    """The error for a part of an answer; it quotes the answer's beginning."""
    return Malformed(
        f"the answer's {field} {problem}.", field=field, status=answer.status,
        said=answer.body[:400].decode(errors="replace"),
    )  # fmt: skip


def tokens(number: object) -> int | None:
    """A count of tokens that can be believed, or None."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_TOKENS:
        return None
    return number


def printable(text: str) -> str:
    """A text that can be saved: half a surrogate pair becomes the sign for what is lost."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unfenced(text: str) -> str:
    """JSON out of the code fence that many models put around it.

    >>> unfenced('Here you are:\\n```json\\n{"number": 1}\\n```')
    '{"number": 1}'
    """
    if text.lstrip().startswith(("{", "[")):
        return text
    found = FENCED.search(text)
    return found["inside"] if found else text


# --- counting what nobody counted -------------------------------------------------------------------------------------


def about(text: str) -> int:
    """How many tokens a text has, more or less."""
    return count(text) if len(text) <= COUNTED else len(text) // 4


def about_asked(told: list[dict[str, str]]) -> Usage:
    """What reading a request costs, for answers that never said."""
    return Usage(tokens_in=sum(about(message["content"]) for message in told), estimated=True)
