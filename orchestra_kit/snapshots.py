"""Values that nobody changes afterwards: what was said stays said, whatever becomes of the list that it was said in."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any


def snapshot(value: Any) -> Any:
    """A copy of a list, dict or set, with all that is in it; anything else as it is. An iterator, which could be read
    only once, becomes a list."""
    if isinstance(value, str):  # nearly always
        return value
    if isinstance(value, Iterator):
        value = list(value)
    if not isinstance(value, list | dict | set | bytearray):
        return value
    try:
        return deepcopy(value)
    except Exception:  # noqa: BLE001  # what is in it cannot be copied: a lock, a generator, an open file
        return value
