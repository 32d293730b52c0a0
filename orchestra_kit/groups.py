"""Working side by side: groups of requests, and the rules that say when a group is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from .errors import HOPELESS, NoneGood, reason
from .requests import Error, Outcome, Request, Value

T = TypeVar("T")


class Rule:
    """Decides when a group is over. `ended` hears of each member once, in order of ending."""

    __slots__ = ()

    def empty(self) -> Outcome:
        """The answer to a group of nobody."""
        return Value([])

    def ended(self, slot: int, outcome: Outcome) -> Outcome | None:
        """Decide, or None to go on waiting."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Group(Request[T]):
    """Members that work side by side. `rule` makes a fresh Rule, given how many there are."""

    members: tuple[Awaitable[Any], ...] = field(repr=False)
    rule: Callable[[int], Rule] = field(repr=False)


class All(Rule):
    """Everybody's answer, in the order asked; the first error ends it."""

    __slots__ = ("answers", "missing")

    def __init__(self, size: int):
        self.answers: list[Any] = [None] * size
        self.missing = size

    def ended(self, slot: int, outcome: Outcome) -> Outcome | None:
        if isinstance(outcome, Error):
            return outcome
        self.answers[slot] = outcome.value
        self.missing -= 1
        return None if self.missing else Value(self.answers)


class FirstGood(Rule):
    """The first answer that is good. Errors and answers that are not good only count as seen."""

    __slots__ = ("good", "missing", "size", "why")

    def __init__(self, size: int, good: Callable[[Any], bool]):
        self.size = self.missing = size
        self.good = good
        self.why: list[str] = []

    def empty(self) -> Outcome:
        return Error(
            NoneGood("first() was given nobody to wait for. Give it at least one request: first(a(goal), b(goal))")
        )

    def ended(self, slot: int, outcome: Outcome) -> Outcome | None:
        self.missing -= 1
        if isinstance(outcome, Error) and isinstance(outcome.error, HOPELESS):
            return outcome
        if isinstance(outcome, Value):
            try:
                good = self.good(outcome.value)
            except Exception as error:  # a fault in the learner's own test of goodness must not look like a bad answer
                return Error(error)
            if hasattr(good, "__await__"):
                getattr(good, "close", int)()  # a coroutine that nobody will await
                return Error(TypeError("good= must say yes or no at once: give an ordinary function, without async"))
            if good:
                return outcome
            self.why.append(f"no. {slot + 1} was not good enough")
        else:
            self.why.append(f"no. {slot + 1} failed: {reason(outcome.error)}")
        if self.missing:
            return None
        return Error(
            NoneGood(f"none of {self.size} was good ({'; '.join(self.why[:5])}). Loosen good=, or ask more of them")
        )


def together(*members: Awaitable[Any] | Iterable[Awaitable[Any]]) -> Group[list[Any]]:
    """Work side by side; the answer is a list of every answer, in the order asked. One error cancels the rest.

    Takes several arguments or one iterable: `together(a(x), b(x))`, `together(writer(part) for part in parts)`.
    """
    return Group(_members("together", members), All)


def first(
    *members: Awaitable[Any] | Iterable[Awaitable[Any]], good: Callable[[Any], bool] = lambda _: True
) -> Group[Any]:
    """Work side by side; the answer is the first one that is good. The rest are cancelled, and paid for so far.

    Raises NoneGood when everybody has ended and nobody was good.
    """
    return Group(_members("first", members), lambda size: FirstGood(size, good))


def _members(name: str, members: Sequence[Any]) -> tuple[Awaitable[Any], ...]:
    """One iterable or several awaitables, as a tuple of awaitables."""
    if len(members) == 1 and not hasattr(members[0], "__await__"):
        if not isinstance(members[0], Iterable):
            raise TypeError(
                f"{name}() waits for requests, not for {members[0]!r}: {name}(writer(brief), editor(brief))"
            )
        members = tuple(members[0])
    for number, member in enumerate(members, 1):
        if not hasattr(member, "__await__"):
            raise TypeError(
                f"{name}() waits for requests; no. {number} is {member!r}. Call the specialist: {name}(writer(brief))"
            )
    return cast(tuple[Awaitable[Any], ...], tuple(members))
