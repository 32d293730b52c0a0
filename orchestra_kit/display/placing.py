"""Where names go: each next to its own mark, on nothing else and never cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels, counted from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Box) -> float:
        """How much of the two is common, in square pixels."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left and self.top <= other.top
            and other.right <= self.right and other.bottom <= self.bottom
        )  # fmt: skip


def around(x: float, y: float, reach: float) -> Box:
    return Box(x - reach, y - reach, x + reach, y + reach)


def beside(
    marks: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    room: Box,
    lines: Sequence[Box],
    reach: float,
) -> list[Box] | None:
    """A place for a label of each size beside its mark: in the room, on no mark and on no other label, and rather not
    on a line. None where one of them has no place; marks reach so many pixels around their middle.

    >>> beside([(50, 50), (58, 50)], [(30, 10), (30, 10)], Box(0, 0, 100, 100), [], 5)
    [Box(left=35.0, top=33, right=65.0, bottom=43), Box(left=66, top=45.0, right=96, bottom=55.0)]
    >>> beside([(50, 50)], [(120, 10)], Box(0, 0, 100, 100), [], 5) is None
    True
    """
    taken = [around(x, y, reach) for x, y in marks]
    for (x, y), size in zip(marks, sizes, strict=True):
        free = [
            box for box in places(x, y, size, reach)
            if room.holds(box) and not any(box.over(other) for other in taken)
        ]  # fmt: skip
        if not free:
            return None
        taken.append(min(free, key=lambda box: sum(box.over(line) for line in lines)))  # of equals, the first
    return taken[len(marks) :]


def places(x: float, y: float, size: tuple[float, float], reach: float) -> Iterator[Box]:
    """Right, above, left, below, and the four corners."""
    wide, high = size
    right, left, above, below = x + reach, x - reach - wide, y - reach - high, y + reach
    sides = ((right + 3, y - high / 2), (x - wide / 2, above - 2), (left - 3, y - high / 2), (x - wide / 2, below + 2))
    corners = ((right, above), (right, below), (left, above), (left, below))
    for start, top in chain(sides, corners):
        yield Box(start, top, start + wide, top + high)
