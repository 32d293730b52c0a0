"""What to do when a step fails, in plain Python on the requests: try again, limit the time, skip, ask a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from .errors import HOPELESS, Rejected, TimedOut, reason
from .groups import Group, Rule
from .handoff import edited
from .messages import Handoff, Skipped
from .mistakes import name_of
from .requests import Branch, Error, Note, Outcome, Wait, review, wait

Member: TypeAlias = Callable[
    [Any], Awaitable[Any]
]  # a specialist or an orchestrator: give it a brief, await the answer

BY_HAND = "left out by hand"


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
    return await try_on(member, brief, 1, tries, pause_s)


async def try_on(member: Member, brief: Any, number: int, tries: int, pause_s: float) -> Any:
    """Try, this being try `number` of `tries`, until one succeeds or the last one fails."""
    for failing in range(number, tries):
        try:
            return await member(brief)
        except HOPELESS:
            raise
        except Exception as error:
            await pause_after(member, error, failing, tries, pause_s)
    return await member(brief)


async def pause_after(member: Member, error: Exception, number: int, tries: int, pause_s: float) -> None:
    """Tell the trace that try `number` has failed, and wait before the next: twice as long each time."""
    await Note(None, f"try {number} of {tries} of {name_of(member)} failed ({reason(error)}): trying again")
    if pause_s:
        await wait(pause_s * 2 ** (number - 1))


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
            why = otherwise.why or f"{who} failed {tries} of {tries} times"
            return await ask_a_person(left_out, why, who, getattr(member, "makes", None), error)
        return await leave_out(left_out)


async def leave_out(part: Skipped) -> Skipped:
    """Go on without a part, and tell the trace."""
    await Note(None, part)
    return part


async def ask_a_person(work: Any, why: str, who: str, makes: Any, failure: Exception | None = None) -> Any:
    """What a person makes of somebody's work, or of the Skipped that stands for it after a failure. Rejected is raised
    when they turn it down, BadHandoff when what they write in its place is of the wrong shape."""
    verdict = await review(work, why)
    missing = isinstance(work, Skipped)
    if verdict.decision == "edit":
        return edited(makes, verdict.work)
    if verdict.decision == "reject":
        because = verdict.note or (work.why if missing else why)
        did = "failed" if missing else "answered"
        raise Rejected(f"{who} {did} and a person turned it down: {because}") from failure
    if verdict.decision == "approve" and not missing:
        return work
    return await leave_out(Skipped(who, verdict.note or (work.why if missing else BY_HAND)))


def sent_back(brief: Any, note: str, *draft: Any) -> list[Any]:
    """What a member is told whose work goes back: its brief again, its last draft (a failure left none), the note."""
    parts = brief if isinstance(brief, list) else [brief]
    return [*parts, *(Handoff("last draft", work) for work in draft), Handoff("note", note)]


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
