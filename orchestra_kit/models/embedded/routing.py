"""Which skill a prompt asks for, found as a reader would: by its verbs and what they are to be done to.

The role is read first; when it says nothing, the task; when neither does, the nouns ("You are an editor"), and last the
labels of what was handed over. A specialist's name is never seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ...messages import Choice, Plan, Verdict
from .actions import Action, actions, quoted
from .asking import NOUN_PATTERNS
from .demands import FRONT_MATTER
from .job import Job
from .reading import Material


@dataclass(frozen=True, slots=True)
class Skill:
    """The skill that was chosen, and why. `then` is a second one that works on what the first one made."""

    skill: str
    because: str
    then: str = ""

    @property
    def work(self) -> Callable[[Job], Any]:
        """The function that does it."""
        module = import_module(f"{__package__}.skills.{self.skill}")
        function: Callable[[Job], Any] = getattr(module, self.skill)
        return function


def choose(role: str, material: Material, makes: type[Any] | None = None) -> Skill:
    """The skill that role, task and expected type ask for.

    >>> choose("Judge the subject lines and choose one.", Material("", "", {})).skill
    'judge'
    """
    for kind, skill in ((Plan, "plan"), (Verdict, "review"), (Choice, "judge")):
        if makes is kind:
            return Skill(skill, f"a {kind.__name__} is expected")
    return (
        _from_actions(actions(role), "role", role)
        or _from_actions(
            [action for action in actions(_request(material)) if action.starts_sentence], "task", material.task
        )
        or _from_question(material)
        or _from_nouns(role)
        or _from_material(material, makes)
    )


def _from_actions(found: Sequence[Action], where: str, text: str) -> Skill | None:
    """What a row of actions comes to. Gathering, checking and merging are often only the way to something: a text to
    write, a choice to make. And who is to check *and* correct is editing."""
    if not found:
        return None
    main = found[0]
    if main.skill in ("extract", "check", "merge", "answer", "summarise"):
        main = next(
            (
                action
                for action in found[1:]
                if action.skill in ("write", "format", "judge", "plan", "classify", "score")
            ),
            main,
        )
    if main.skill == "check":
        main = next((action for action in found if action.skill == "edit"), main._replace(skill="review"))
    formats = any(action.skill == "format" for action in found) or FRONT_MATTER.search(text) is not None
    then = "format" if main.skill in ("write", "edit") and formats else ""
    return Skill(main.skill, f'{where} says "{main.quote}"', then)


def _from_question(material: Material) -> Skill | None:
    question = material.section("QUESTION", "QUESTIONS") or (
        material.task if material.task.rstrip().endswith("?") else ""
    )
    return Skill("answer", f'asks "{quoted(question.strip())}"') if question else None


def _from_nouns(role: str) -> Skill | None:
    found = [
        (match.start(), skill, match.group())
        for skill, pattern in NOUN_PATTERNS.items()
        if (match := pattern.search(role))
    ]
    return Skill(min(found)[1], f'role is "{min(found)[2]}"') if found else None


def _from_material(material: Material, makes: type[Any] | None) -> Skill:
    if "TEAM" in material.sections:
        return Skill("plan", "a team was handed over")
    if any(label.startswith("CANDIDATE") for label in material.sections):
        return Skill("judge", "candidates were handed over")
    if makes is not None and {"facts", "statistics", "findings"} & set(getattr(makes, "model_fields", {})):
        return Skill("extract", f"a {makes.__name__} is expected")
    if makes is not None and {"title", "body"} <= set(getattr(makes, "model_fields", {})):
        return Skill("write", f"a {makes.__name__} is expected")
    return Skill("answer", "nothing in role or task says what to do, so the plain extractive answer")


def _request(material: Material) -> str:
    """The lines of the task that may be an instruction: its beginning and its end, not the text in between."""
    lines = [line for line in material.task.splitlines() if line.strip()]
    return "\n".join(dict.fromkeys([*lines[:2], *lines[-1:]]))
