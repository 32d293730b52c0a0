"""Someone good at one thing, and what it means to ask them."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from .messages import Handoff, Skipped
from .mistakes import forbid_unanswered
from .requests import Request
from .snapshots import snapshot
from .sources import Passage, Sources

Kind: TypeAlias = type[Any] | str  # what is handed over: a type that validates it, or a word for free text


@dataclass(frozen=True, slots=True)
class Specialist:
    """Someone good at one thing. Calling it makes a request; `await` the request to get the answer.

    name        how the orchestrator, the plan and the trace call it
    role        what a model is told it is (its system message)
    sources     what it may look things up in: a folder, files or texts
    takes       what it wants handed over: a type that validates it, a word for free text, or several of these
    makes       what it answers with: a type, or a word for free text
    does        a Python function that does the work instead of a model: called once, at no tokens
    max_tokens  the longest answer a model may give
    passages    how many passages of its sources it is shown

    >>> writer = Specialist("writer", "Write a short report from the facts.")
    >>> writer("Cats sleep 13 hours a day.")
    writer('Cats sleep 13 hours a day.')
    """

    name: str
    role: str = ""
    sources: Any = field(default=None, kw_only=True)
    takes: Kind | tuple[Kind, ...] = field(default=(), kw_only=True)
    makes: Kind | None = field(default=None, kw_only=True)
    does: Callable[[Any], Any] | None = field(default=None, kw_only=True)
    max_tokens: int = field(default=1_600, kw_only=True)
    passages: int = field(default=12, kw_only=True)

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.role and self.does is None:
            raise TypeError(
                f"Specialist({self.name!r}) has nothing to go by. Say what it does, "
                f"Specialist({self.name!r}, 'Write a report.'), or give a function, does=my_function"
            )
        if not isinstance(self.role, str):
            raise TypeError(f"Specialist({self.name!r}, {self.role!r}): the role is a text, such as 'Write a report.'")
        if self.does is not None and not callable(self.does):
            raise TypeError(f"Specialist({self.name!r}, does={self.does!r}): give the function itself, without quotes")
        if self.makes is not None and not isinstance(self.makes, str | type):
            raise TypeError(f"Specialist({self.name!r}, makes={self.makes!r}): give one class, or a word for free text")
        if self.sources is not None:
            object.__setattr__(self, "sources", Sources.of(self.sources))
        if not isinstance(self.takes, tuple):
            object.__setattr__(self, "takes", (self.takes,))

    def __call__(self, brief: Any) -> Ask:
        __tracebackhide__ = True
        forbid_unanswered(brief, self.name)
        return Ask(self, snapshot(brief))


@dataclass(frozen=True, slots=True, repr=False)
class Ask(Request[Any]):
    """Delegate one brief to one specialist; the answer is their text, or the instance of `makes`."""

    to: Specialist
    brief: Any
    found: tuple[Passage, ...] | None = None  # what was looked up; None: nothing yet

    def __await__(self) -> Generator[Request[Any], Any, Any]:
        __tracebackhide__ = True
        self.check_place()
        if self.to.sources is None or self.found is not None:
            return (yield self)
        found = yield LookUp(self.to.name, self.to.sources, render(self.brief), self.to.passages)
        return (yield replace(self, found=found))

    def __repr__(self) -> str:
        return f"{self.to.name}({self.brief!r})"

    @property
    def prompt(self) -> str:
        """Everything the specialist is told, as one text. What was found comes first and the task last, so that a
        prompt that outgrows a model's window loses passages before it loses the question."""
        task = render(self.brief)
        if self.found is None:
            return task
        return f"SOURCES:\n{shown(self.found) or '(nothing was found)'}\n\nTASK:\n{task}"


@dataclass(frozen=True, slots=True, repr=False)
class LookUp(Request[tuple[Passage, ...]]):
    """Find passages about a question in someone's sources."""

    who: str
    sources: Sources
    question: str
    limit: int

    def __repr__(self) -> str:
        return f"{self.who} looks up {self.question!r}"


def ask(who: str | Specialist, brief: Any, *, role: str = "") -> Ask:
    """Delegate one brief, without a Specialist to hand: `await ask("researcher", "List three facts about bees.")`."""
    return (who if isinstance(who, Specialist) else Specialist(who, role or f"You are the {who}."))(brief)


def render(brief: Any) -> str:
    """A brief as the text of a prompt. Text stays as it is, typed values become JSON, parts are set apart by a blank
    line, and a hand-off stands under its label.

    >>> print(render(["Write a post.", Handoff("facts", "Cats sleep 13 hours a day.")]))
    Write a post.
    <BLANKLINE>
    FACTS:
    Cats sleep 13 hours a day.
    """
    if isinstance(brief, str):
        return brief
    if isinstance(brief, Handoff):
        return f"{brief.label.upper()}:\n{render(brief.work)}"
    if hasattr(brief, "model_dump_json"):
        return str(brief.model_dump_json())
    if isinstance(brief, dict):
        return json.dumps(brief, ensure_ascii=False)
    if isinstance(brief, list | tuple):
        return "\n\n".join(render(part) for part in brief)
    if brief is None or isinstance(brief, int | float | Skipped):
        return str(brief)
    raise TypeError(
        f"a brief is text, a typed value or a list of these, and not {type(brief).__name__}: turn it into text first"
    )


def check_name(name: str) -> None:
    """Raise ValueError for a name with one of the marks that paths such as desk/writers/blog#2 are made of."""
    if not isinstance(name, str):
        raise TypeError(f"{name!r} stands where a name should be: Sequential('desk', research, writer)")
    if not name.strip() or any(mark in name for mark in "/#:"):
        raise ValueError(f"{name!r} cannot be a name: give it a word or two, without / # and :")


def shown(passages: tuple[Passage, ...]) -> str:
    """Passages as they stand in a prompt: each after its source in brackets, and under its heading."""
    parts = []
    place = ("", "")
    for passage in passages:
        if passage.heading and (passage.source, passage.heading) != place:
            parts.append(f"## {passage.heading}")
        place = passage.source, passage.heading
        parts.append(f"[{passage.source}] {passage.text}")
    return "\n\n".join(parts)


def label(kind: Kind | None) -> str:
    """The word for what is handed over.

    >>> label("blog post"), label(None)
    ('blog post', 'work')
    """
    if kind is None:
        return "work"
    return kind if isinstance(kind, str) else kind.__name__.lower()
