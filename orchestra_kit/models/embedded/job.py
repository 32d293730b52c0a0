"""What a skill is given: the call, read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..tokens import count
from .actions import actions
from .chance import chance
from .demands import Demands, read_demands
from .reading import Material, Sentence, key_figures
from .slips import Reader

TITLE_OF_TALK = re.compile(r"(?<=\btalk) [“\"][^”\"]+[”\"]")
A_FEW_WORDS = 25  # more words than a topic or a goal has: a text, even without a full stop


def is_request(sentence: str) -> bool:
    """Whether a sentence asks for something rather than states it."""
    return sentence.endswith("?") or any(
        action.starts_sentence and sentence.startswith(action.quote[:8]) for action in actions(sentence)
    )


def without_titles(request: str) -> str:
    """A request without the titles it quotes: "Five facts about bees" may be what a talk is called."""
    return TITLE_OF_TALK.sub("", request)


@dataclass
class Job:
    """One call, read, and the means to work on it. See skills/__init__.py."""

    role: str
    material: Material
    budget: int
    reader: Reader
    makes: type[Any] | None = None
    judge_first: float = 0.0
    how: dict[str, Any] = field(default_factory=dict)

    @property
    def task(self) -> str:
        """What the prompt asks, without the material."""
        return self.material.task

    @property
    def asked(self) -> str:
        """Role and task, as one text. A task that is itself the material to work on is no request."""
        return self.role if self.task_is_material else without_titles(f"{self.role}\n{self.task}".strip())

    @cached_property
    def task_is_material(self) -> bool:
        """Nothing was handed over under a label: what the prompt says is what there is to work on."""
        return not self.material.handed_over

    @cached_property
    def demands(self) -> Demands:
        """What role and task demand that can be counted; the task has the last word."""
        return read_demands(self.asked)

    @cached_property
    def statements(self) -> tuple[Sentence, ...]:
        """Everything there is to work on. Where nothing was handed over under a label it is what the prompt says, apart
        from what it asks."""
        found = self.material.sentences()
        if not self.task_is_material:
            return found
        told = tuple(s for n, s in enumerate(found) if not (n < 2 or n == len(found) - 1) or not is_request(s.text))
        stated = (
            any(s.text[-1] in '.!)"”' or key_figures(s.text) for s in told)
            or sum(len(s.text.split()) for s in told) > A_FEW_WORDS
        )
        return told if stated else ()

    def look(self, *labels: str, times: int = 1) -> tuple[Sentence, ...]:
        """The sentences of these sections as this reader notices them; of everything when none is named."""
        return self.reader.look(self.material.sentences(*labels) if labels else self.statements, times)

    @property
    def nothing(self) -> str:
        """The answer when there is nothing to work on: said, not made up."""
        about = " ".join((self.task or self.material.section("GOAL", "TOPIC")).split())
        about = about if len(about) <= 160 else about[:160].rsplit(" ", 1)[0] + " …"
        return f"I was given nothing about: {about}" if about else "I was given nothing to work on."

    def fit(self, lines: Iterable[str], spare: int = 0) -> list[str]:
        """The lines that fit the budget, taken from the first on; a line too long is passed over."""
        room, kept = self.budget - spare, []
        for line in lines:
            cost = count(line) + 1
            if cost <= room:
                kept.append(line)
                room -= cost
        return kept

    def chance(self, *key: object) -> float:
        """A number from 0 to 1 that depends on seed, sample and key alone."""
        return chance(*self.reader.key, *key)

    def one_of(self, options: Sequence[str], *key: object) -> str:
        """One of several equally good wordings: another for another sample."""
        return options[int(self.chance("one of", *key) * len(options))]
