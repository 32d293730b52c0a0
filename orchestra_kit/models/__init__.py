"""The models that answer: the embedded one, any function, and real ones behind an endpoint."""

from typing import Any

from .faulty import FAULTS, Faulty

__all__ = ["FAULTS", "Faulty"]


def __getattr__(name: str) -> Any:
    """A real endpoint needs httpx and pydantic: they are loaded on first use."""
    if name == "connect":
        from .endpoint import connect

        return connect
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
