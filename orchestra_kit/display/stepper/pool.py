"""What a story says again and again, kept once and referred to by its number."""

from __future__ import annotations

import json
from typing import Any


class Pool:
    """Plain JSON, each piece once, in order of appearance.

    >>> pool = Pool()
    >>> pool.number(["a"]), pool.number(["b"]), pool.number(["a"]), pool.kept
    (0, 1, 0, [['a'], ['b']])
    """

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self._numbers: dict[str, int] = {}  # by the piece as JSON, which tells 1 from True

    def number(self, piece: Any) -> int:
        number = self._numbers.setdefault(json.dumps(piece), len(self.kept))
        if number == len(self.kept):
            self.kept.append(piece)
        return number
