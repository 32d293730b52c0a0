"""What an exercise is: a function that looks at a learner's run, and a few hints."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..errors import OrchestraError
from ..run import Run
from . import exercises

Look = Callable[..., str | None]  # at the learner's run, and further values by name; what it returns is said when done


class NoExercise(OrchestraError):
    """There is no exercise of this name."""


class NotYet(Exception):
    """What a run does not do yet, as a sentence for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise of the course.

    name    as `check` and `hint` call it: the number of the notebook and a word, `01.headline`
    look    raises NotYet with the first thing that is missing; returns a fact of the run to be said when it is done
    hints   from a nudge to nearly all of it
    takes   what is handed over first: a run, unless said
    ends    how the learner's runs may have ended: stop reasons, and `waiting` for a run that is not over
    """

    name: str
    look: Look
    hints: tuple[str, ...]
    takes: type[Any]
    ends: tuple[str, ...]

    @property
    def notebook(self) -> str:
        """`01`"""
        return self.name.partition(".")[0]

    @property
    def number(self) -> int:
        """Its number in the notebook, from 1: exercises are written down in the order in which they are done."""
        return [each.name for each in EXERCISES.values() if each.notebook == self.notebook].index(self.name) + 1


EXERCISES: dict[str, Exercise] = {}


def exercise(
    name: str, *, hints: Sequence[str], takes: type[Any] = Run, ends: Sequence[str] = ("done",)
) -> Callable[[Look], Look]:
    """Make an exercise of the function below: see Exercise."""

    def register(look: Look) -> Look:
        EXERCISES[name] = Exercise(name, look, tuple(hints), takes, tuple(ends))
        return look

    return register


def require(condition: object, sentence: str) -> None:
    """Raise NotYet with the sentence unless the condition holds. The sentence says what is so, and what to think of."""
    if not condition:
        raise NotYet(sentence)


def find(name: str) -> Exercise:
    """The exercise of this name; NoExercise, which lists those there are, if there is none."""
    modules = [module.name for module in pkgutil.iter_modules(exercises.__path__)]
    own = f"n{str(name).partition('.')[0]}"
    for module in [own] if own in modules else modules:
        import_module(f"{exercises.__name__}.{module}")
    if name not in EXERCISES:
        known = [each for each in EXERCISES if own not in modules or each.startswith(own[1:])]
        raise NoExercise(f"there is no exercise {name!r}. There are: {', '.join(known)}")
    return EXERCISES[name]
