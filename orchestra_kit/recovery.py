"""What to do when a step fails, in plain Python on the requests: try again, limit the time, skip, ask a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from .errors import HOPELESS, Rejected, TimedOut
from .groups import Group, Rule
from .handoff import edited
from .messages import Skipped
from .mistakes import name_of
from .requests import Branch, Error, Note, Outcome, Wait, review, wait

Member: TypeAlias = Callable[
    [Any], Awaitable[Any]
]  # a specialist or an orchestrator: give it a brief, await the answer


@dataclass(frozen=True, slots=True)
class Skip:
    """On final failure, go on without this part."""


@dataclass(frozen=True, slots=True)
class Flag:
    """On final failure, ask a person."""

    why: str = ""


Otherwise: TypeAlias = Skip | Flag | None


def retry(member: Member, brief: Any, *, tries: int = 3, pause_s: float = 1.0) -> Branch[Any]:
    """Ask up to `tries` times, waiting `pause_s` seconds after the first failure and twice as long after each more.

    It takes the member and the brief, not a request: a request can be awaited once, a brief can be given again.
    Mistakes in the orchestrator's own code and a spent budget are raised at once.
    """
    check_member("retry", member, tries)
    return Branch(_retry, member, brief, tries, pause_s)


async def _retry(member: Member, brief: Any, tries: int, pause_s: float) -> Any:
    for number in range(tries - 1):
        try:
            return await member(brief)
        except HOPELESS:
            raise
        except Exception as error:
            await Note(None, f"try {number + 1} of {tries} of {name_of(member)} failed ({reason(error)}): trying again")
            if pause_s:
                await wait(pause_s * 2**number)
    return await member(brief)


def within(seconds: float, member: Member, brief: Any) -> Group[Any]:
    """The member's answer if it comes within `seconds`, else the call is cancelled and TimedOut is raised."""
    check_member("within", member)
    name = name_of(member)
    return Group((member(brief), Wait(seconds)), lambda _: _Deadline(name, seconds))


class _Deadline(Rule):
    """Whichever ends first, the member or the clock."""

    __slots__ = ("name", "seconds")

    def __init__(self, name: str, seconds: float):
        self.name, self.seconds = name, seconds

    def ended(self, slot: int, outcome: Outcome) -> Outcome:
        if slot == 0:
            return outcome
        return Error(TimedOut(f"{self.name} had {self.seconds:g} s and was not done. Give it longer, or less to do"))


def attempt(
    member: Member, brief: Any, *, tries: int = 1, otherwise: Otherwise = Skip(), pause_s: float = 1.0
) -> Branch[Any]:
    """Ask, and decide what happens on final failure.

    `Skip()` returns a falsy Skipped(who, why). `Flag(why)` asks a person, who may edit (their work takes its place),
    approve or skip (the part is left out), or reject (Rejected is raised). `None` raises the error.
    """
    check_member("attempt", member, tries)
    check_otherwise(otherwise)
    return Branch(_attempt, member, brief, tries, otherwise, pause_s)


async def _attempt(member: Member, brief: Any, tries: int, otherwise: Otherwise, pause_s: float) -> Any:
    who = name_of(member)
    try:
        return await retry(member, brief, tries=tries, pause_s=pause_s)
    except HOPELESS:
        raise
    except Exception as error:
        if otherwise is None:
            raise
        left_out = Skipped(who, reason(error))
        if isinstance(otherwise, Flag):
            verdict = await review(left_out, otherwise.why or f"{who} failed {tries} of {tries} times")
            if verdict.decision == "edit":
                return edited(getattr(member, "makes", None), verdict.work)
            if verdict.decision == "reject":
                raise Rejected(f"{who} failed and a person turned it down: {verdict.note or left_out.why}") from error
            left_out = Skipped(who, verdict.note or left_out.why)
        await Note(None, left_out)
        return left_out


def check_member(caller: str, member: object, tries: int = 1) -> None:
    """Raise what is wrong with the arguments at the line that gives them, before anybody is asked."""
    if not callable(member):
        wanted = f"{caller}(writer, brief), not {caller}(writer(brief))"
        raise TypeError(f"{caller}() takes the member and the brief apart, and was given {member!r}: write {wanted}")
    if tries < 1:
        raise ValueError(f"{caller}(tries={tries}) would never ask; give 1 or more")


def check_otherwise(otherwise: object) -> None:
    """Raise TypeError for anything but Skip(), Flag(...) and None."""
    if otherwise is not None and not isinstance(otherwise, Skip | Flag):
        raise TypeError(f"otherwise={otherwise!r}: write Skip(), Flag('why') or None")


def reason(error: Exception) -> str:
    """An error in one clause."""
    return f"{type(error).__name__}: {error}"
