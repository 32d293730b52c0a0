"""What an orchestrator could have done with an answer instead of taking it: the decisions that a fork can try out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from .errors import reason
from .messages import Skipped
from .recovery import BY_HAND, Flag, Skip, ask_a_person, leave_out, pause_after, sent_back, try_on
from .requests import Branch, Error, Note, Outcome
from .specialist import Ask


@dataclass(frozen=True, slots=True)
class Retry:
    """Ask again: after a failure up to `tries` times in all, the one that failed included, with a pause of `pause_s`
    seconds before the second try and twice as long before each more; after a success once, and that answer is taken.

    Raises ValueError for fewer than two tries, and for a pause below 0.
    """

    tries: int = 3
    pause_s: float = 1.0

    def __post_init__(self) -> None:
        if self.tries < 2:
            raise ValueError(f"Retry(tries={self.tries}) would not ask again: the first try has been; give 2 or more")
        if not self.pause_s >= 0:
            raise ValueError(f"Retry(pause_s={self.pause_s}): time only goes forward; give seconds, 0 or more")


@dataclass(frozen=True, slots=True)
class SendBack:
    """Ask the same specialist again, with its brief, what it made, and a note that says what is wrong with that.

    Raises ValueError without a note.
    """

    note: str

    def __post_init__(self) -> None:
        if not isinstance(self.note, str) or not self.note.strip():
            raise ValueError(f"SendBack({self.note!r}) says nothing. Say what is wrong: SendBack('shorter, please')")


Policy: TypeAlias = Skip | Flag | Retry | SendBack
Decide: TypeAlias = Callable[[Ask, Outcome], Branch[Any]]


def decide_by(policy: Policy) -> Decide:
    """A function of a call and its outcome, which gives what is done with that outcome. TypeError for no policy."""
    if not isinstance(policy, Policy):
        raise TypeError(f"policy={policy!r}: write Skip(), Flag('why'), Retry(tries=3) or SendBack('note')")
    carry_out = CARRY_OUT[type(policy)]
    return lambda request, outcome: Branch(carry_out, policy, request, outcome)


async def _skip(_: Skip, request: Ask, outcome: Outcome) -> Skipped:
    return await leave_out(without(request, outcome))


async def _flag(policy: Flag, request: Ask, outcome: Outcome) -> Any:
    who, makes = request.to.name, request.to.makes
    if isinstance(outcome, Error):
        left_out, why = without(request, outcome), policy.why or f"{who} failed"
        return await ask_a_person(left_out, why, who, makes, outcome.error)
    return await ask_a_person(outcome.value, policy.why or f"what {who} made was flagged by hand", who, makes)


async def _retry(policy: Retry, request: Ask, outcome: Outcome) -> Any:
    member, brief, tries, pause_s = request.to, request.brief, policy.tries, policy.pause_s
    if isinstance(outcome, Error):
        await pause_after(member, outcome.error, 1, tries, pause_s)
        return await try_on(member, brief, 2, tries, pause_s)
    await Note(None, f"{member.name} is asked once more")
    return await member(brief)


async def _send_back(policy: SendBack, request: Ask, outcome: Outcome) -> Any:
    await Note(None, f"{request.to.name} goes back: {policy.note}")
    if isinstance(outcome, Error):  # of a hand-over of the wrong shape there is something to show
        work = getattr(outcome.error, "work", None)
        drafts = () if work is None else (work,)
    else:
        drafts = (outcome.value,)
    return await request.to(sent_back(request.brief, policy.note, *drafts))


CARRY_OUT: dict[type[Any], Callable[..., Any]] = {Skip: _skip, Flag: _flag, Retry: _retry, SendBack: _send_back}


def without(request: Ask, outcome: Outcome) -> Skipped:
    """What stands in the place of an answer that is left out."""
    return Skipped(request.to.name, reason(outcome.error) if isinstance(outcome, Error) else BY_HAND)
