"""The faults of a Python specialist: no model is asked, so its function is what goes wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from inspect import isawaitable
from typing import Any

from ..specialist import Ask, Specialist
from .faulty import DEADLINE_S, OF_AN_ANSWER, SLOWER, TURNED_AWAY_S, check_fault, declined, too_slow, turned_away
from .spoiling import as_text, half, poisoned, wrong_shape

LATE_S = {"time-out": DEADLINE_S, "rate limit": TURNED_AWAY_S, "slow answer": float(SLOWER)}
ERRORS: dict[str, Callable[[], Exception]] = {"time-out": too_slow, "rate limit": turned_away, "refusal": declined}


@dataclass(frozen=True, slots=True)
class Misbehaving(Specialist):
    """A Python specialist in trouble, this once: called again, the sound one is asked.

    late_s  seconds that pass, in every world, before its function is called. On a simulated clock a sound one takes no
            time at all, so a slow answer takes as many seconds as another one would be times slower
    """

    sound: Specialist = field(kw_only=True)
    late_s: float = field(default=0.0, kw_only=True)

    def __call__(self, brief: Any) -> Ask:
        __tracebackhide__ = True
        return self.sound(brief)


def misbehaving(specialist: Specialist, fault: str) -> Misbehaving:
    """A Python specialist that meets with a fault; ValueError for an unknown one."""
    check_fault(fault)
    sound = specialist.sound if isinstance(specialist, Misbehaving) else specialist
    same = {each.name: getattr(sound, each.name) for each in fields(Specialist)}
    return Misbehaving(**same | {"does": spoil(sound, fault)}, sound=sound, late_s=LATE_S.get(fault, 0.0))


def spoil(sound: Specialist, fault: str) -> Callable[[Any], Any]:
    """The function of a specialist, with a fault."""
    does, makes = sound.does, sound.makes if isinstance(sound.makes, type) else None
    assert does is not None

    def spoiled(made: Any) -> Any:
        match fault:
            case "cut answer":
                return half(made)
            case "wrong shape":
                return wrong_shape(as_text(made), makes)
            case "poisoned text":
                return poisoned(made, makes)
        return made

    async def spoiled_later(made: Awaitable[Any]) -> Any:
        return spoiled(await made)

    def misbehave(brief: Any) -> Any:
        if fault in ERRORS:
            error = ERRORS[fault]()
            raise error
        if fault not in OF_AN_ANSWER:
            return ""
        made = does(brief)
        return spoiled_later(made) if isawaitable(made) else spoiled(made)

    return misbehave
