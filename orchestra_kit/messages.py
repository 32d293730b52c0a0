"""What orchestrators, specialists and people tell each other: a plan, a verdict, a choice, a hand-off.

The first three are plain frozen values with the two methods that every typed hand-off needs, `model_validate_json` and
`model_dump_json`, so a pydantic model can stand in their place and the core needs no pydantic.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar

M = TypeVar("M", bound="Message")
Decision = Literal["approve", "reject", "edit", "skip"]


class Message:
    """The two methods of a typed hand-off."""

    __slots__ = ()

    @classmethod
    def model_validate_json(cls: type[M], text: str | bytes) -> M:
        """Parse `text`; ValueError names the field that is wrong."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise ValueError(f"not JSON: {error}") from None
        return cls.from_dict(expect(data, dict, cls.__name__))

    @classmethod
    def from_dict(cls: type[M], data: dict[str, Any]) -> M:
        raise NotImplementedError

    def model_dump_json(self) -> str:
        """The message as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)  # type: ignore[call-overload]  # each message is a dataclass


def expect(value: Any, kind: type[Any], name: str) -> Any:
    """`value` if it is of this kind, else a ValueError that names the field."""
    if not isinstance(value, kind):
        raise ValueError(f"field {name!r} should be {kind.__name__}, not {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class Step(Message):
    """One line of a plan: who does it, what they are told, and which steps must be done before."""

    who: str
    brief: str = ""
    needs: Sequence[str] = ()  # names of other steps
    name: str = ""  # how other steps refer to it; the specialist's name unless given

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", tuple(self.needs))
        object.__setattr__(self, "name", self.name or self.who)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Step:
        if "who" not in data:
            raise ValueError("field 'who' is missing: each step names the specialist who does it")
        needs = [expect(need, str, "needs") for need in expect(data.get("needs", []), list, "needs")]
        who, brief, name = (expect(data.get(key, ""), str, key) for key in ("who", "brief", "name"))
        return cls(who, brief, tuple(needs), name)


@dataclass(frozen=True, slots=True)
class Plan(Message):
    """What will be done. `done` is False when the planner wants to be asked again, with the results in hand.

    >>> Plan((Step("research"), Step("write", needs=("research",)))).steps[1].needs
    ('research',)
    """

    steps: Sequence[Step]
    done: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Plan:
        steps = expect(data.get("steps", []), list, "steps")
        return cls(
            tuple(Step.from_dict(expect(step, dict, "steps")) for step in steps),
            expect(data.get("done", True), bool, "done"),
        )


@dataclass(frozen=True, slots=True)
class Verdict(Message):
    """What a reviewer decides: approve, reject with a note, edit (their `work` takes its place), or skip the part."""

    decision: Decision
    note: str = ""
    work: Any = field(default=None)

    def __post_init__(self) -> None:
        if self.decision not in ("approve", "reject", "edit", "skip"):
            raise ValueError(f"field 'decision' should be approve, reject, edit or skip, not {self.decision!r}")
        if self.decision == "edit" and self.work is None:
            raise ValueError("Verdict('edit') needs the edited work: Verdict('edit', work='…')")

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        if "decision" not in data:
            raise ValueError("field 'decision' is missing: approve, reject, edit or skip")
        return cls(data["decision"], expect(data.get("note", ""), str, "note"), data.get("work"))


@dataclass(frozen=True, slots=True)
class Choice(Message):
    """Which of several candidates a judge takes: its number, counted from 1, and why."""

    number: int
    why: str = ""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Choice:
        return cls(expect(data.get("number"), int, "number"), expect(data.get("why", ""), str, "why"))


@dataclass(frozen=True, slots=True)
class Skipped:
    """What stands in the place of work that was left out. It is falsy, so `filter(None, parts)` drops it."""

    who: str
    why: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"(left out: {self.who}, because {self.why})"


@dataclass(frozen=True, slots=True)
class Handoff:
    """A piece of work handed on, with a word for what it is, so that the reader of a prompt can tell the parts."""

    label: str
    work: Any
