"""Where a model is: what `connect()` was told, as a URL, a model's name, a key and a price."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ..profiles import profile
from .faults import BadSpec
from .key import PLACEHOLDER, Key

FORMS = (
    'connect() takes "ollama:MODEL" (on this machine, or where OLLAMA_HOST says), "openai:MODEL" (with the key in '
    'OPENAI_API_KEY), or the address of any other server, as in "http://127.0.0.1:8080/v1#MODEL" (with the key, if it '
    "needs one, in ORCHESTRA_KIT_API_KEY)"
)
KEY_LIKE = re.compile(r"\bsk-[\w-]{8,}|\bbearer\b|api[_-]?key\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """One model at one endpoint. `prices` are US dollars for a million tokens, in and out."""

    base_url: str
    model: str
    key: Key
    prices: tuple[float, float] = (0.0, 0.0)
    limit_field: str = "max_tokens"  # what the endpoint calls the longest answer it may give

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc


def read_spec(spec: str) -> Address:
    """What a spec stands for. BadSpec lists the forms; it never repeats something that may hold a key.

    >>> read_spec("http://127.0.0.1:8080/v1#qwen3").model
    'qwen3'
    """
    if not isinstance(spec, str):
        raise BadSpec(f"connect({type(spec).__name__}) names no endpoint: {FORMS}", field="spec")
    if holds_key(spec):
        raise BadSpec(
            f"there is a key or a password in what connect() was given. Keep it out of notebooks: {FORMS}", field="spec"
        )
    kind, _, rest = spec.strip().partition(":")
    read = READERS.get(kind.lower())
    if read is None:
        raise BadSpec(f"connect({spec!r}) names no endpoint: {FORMS}", field="spec")
    address = read(rest if kind.lower() not in ("http", "https") else spec.strip())
    if not address.model.strip():
        raise BadSpec(f"connect({spec!r}) does not say which model: {FORMS}", field="model")
    return address


def ollama(model: str) -> Address:
    """Ollama, on this machine or where OLLAMA_HOST says. A host without a scheme is plain HTTP on Ollama's port, and
    the address a server listens on (0.0.0.0) is one no client can call."""
    host = os.environ.get("OLLAMA_HOST", "").strip() or "127.0.0.1"
    parts = checked_url(host if "://" in host else f"http://{host}", "OLLAMA_HOST")
    name = parts.hostname or "127.0.0.1"
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(name, name)
    port = parts.port or (11434 if "://" not in host else 443 if parts.scheme == "https" else 80)
    place = f"[{name}]" if ":" in name else name
    return Address(f"{parts.scheme}://{place}:{port}{parts.path.rstrip('/')}/v1", model, Key("", needed=False))


def openai(model: str) -> Address:
    """OpenAI, or where OPENAI_BASE_URL says, as with OpenAI's own client. Its newer models know the limit of an answer
    only as max_completion_tokens. The price is the published one where we have it (data/profiles.json), else 0."""
    url = os.environ.get("OPENAI_BASE_URL", "").strip() or "https://api.openai.com/v1"
    checked_url(url, "OPENAI_BASE_URL")
    return Address(
        url.rstrip("/"), model, Key("OPENAI_API_KEY", needed=True), published_prices(model), "max_completion_tokens"
    )


def any_server(url: str) -> Address:
    """A server by its address; its price is unknown, and counts as 0."""
    base, _, model = url.partition("#")
    checked_url(base, "the address")
    return Address(base.rstrip("/"), model, Key("ORCHESTRA_KIT_API_KEY", needed=False))


READERS: dict[str, Callable[[str], Address]] = {
    "ollama": ollama,
    "openai": openai,
    "http": any_server,
    "https": any_server,
}


def checked_url(url: str, where: str) -> SplitResult:
    """The parts of a URL; BadSpec, which does not quote it, when it is none or holds more than a place."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.port != 0 and url.isprintable() and " " not in url
    except ValueError:
        usable = False
    if not usable or not (parts.netloc):
        raise BadSpec(f"{where} is not a URL such as http://127.0.0.1:8080/v1", field="base_url")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise BadSpec(f"{where} may only say where: scheme, host, port and path. {FORMS}", field="base_url")
    return parts


def holds_key(spec: str) -> bool:
    """Whether a key or a password seems to stand in a spec."""
    place = spec.partition("#")[0]
    known = (os.environ.get(variable, "") for variable in ("OPENAI_API_KEY", "ORCHESTRA_KIT_API_KEY"))
    return (
        (("@" in place or "?" in place) and not place.lower().startswith(("ollama:", "openai:")))
        or KEY_LIKE.search(spec) is not None
        or any(len(key) > PLACEHOLDER and key in spec for key in known)
    )


def published_prices(model: str) -> tuple[float, float]:
    """The published US dollars for a million tokens, in and out; 0 for a model without a profile or a price."""
    try:
        known = profile(model)
    except ValueError:
        return 0.0, 0.0
    return known.usd_per_million_in, known.usd_per_million_out
