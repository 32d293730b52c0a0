"""Questions with their options, checked where they enter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator
from pydantic_core import ErrorDetails

from ...errors import OrchestraError
from ...paths import data_dir


class BadQuestion(OrchestraError):
    """A question that cannot be asked like this, or cannot be answered like that."""


class Checked(BaseModel):
    """A model whose mistakes are told in one sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except BadQuestion as error:  # an option of this question
            raise BadQuestion(f"in {shortly(self, given)} {error}") from None
        except ValidationError as error:
            raise BadQuestion(in_a_sentence(self, given, error.errors()[0])) from None


class Option(Checked):
    """One option of a question. `why` is what a learner reads who has chosen it."""

    text: str = Field(min_length=1)
    why: str = Field(min_length=1)
    right: StrictBool = False


class Question(Checked):
    """A question with three or four options, one of them right. What stands between `backticks` is shown as code.

    Raises BadQuestion, naming the question, for anything else.

    >>> bread = Question(ask="Who bakes?", options=[
    ...     Option(text="The baker.", why="Bread is made by one who knows how.", right=True),
    ...     Option(text="The head chef.", why="The head chef calls out what is needed, and tastes."),
    ...     Option(text="Whoever is free.", why="Whoever is free may never have baked.")])
    >>> bread.letter("The baker."), bread.option("B").text
    ('B', 'The baker.')
    """

    ask: str = Field(min_length=1)
    options: tuple[Option, ...]

    @model_validator(mode="after")
    def has_three_or_four_options_and_one_is_right(self) -> Question:
        texts = [option.text for option in self.options]
        if not 3 <= len(texts) <= 4:
            raise BadQuestion(f"there are {len(texts)} options: give three or four")
        if twice := [text for text in texts if texts.count(text) > 1]:
            raise BadQuestion(f"the option {twice[0]!r} stands twice: make the two differ")
        if (right := sum(option.right for option in self.options)) != 1:
            raise BadQuestion(f"{right or 'none'} of the options are right: mark exactly one with right=True")
        return self

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options in the order in which they are shown. It is drawn from the words of the question, so it says
        nothing of which is right, and it is the same each time, whoever looks."""
        return tuple(sorted(self.options, key=lambda option: hashed(self.ask, option.text)))

    def letter(self, text: str) -> str:
        """The letter that stands before an option."""
        return "ABCD"[[option.text for option in self.shown].index(text)]

    def option(self, answer: str) -> Option:
        """The option with this text, or this letter."""
        for option in self.shown:
            if answer.strip() in (option.text, self.letter(option.text)):
                return option
        options = ", ".join(f"{self.letter(option.text)} {option.text!r}" for option in self.shown)
        raise BadQuestion(f"{self.ask!r} has no option {answer!r}: choose one of {options}")


def bundled_quizzes() -> dict[str, Path]:
    """The quizzes that come with the course, by name."""
    return {path.stem: path for path in sorted((data_dir() / "quizzes").glob("*.json"))}


def questions_of(quiz: str) -> Iterator[Question]:
    """The questions of a bundled quiz. Raises BadQuestion where there is no such quiz, or a question in it is wrong."""
    quizzes = bundled_quizzes()
    if quiz not in quizzes:
        raise BadQuestion(
            f"there is no quiz {quiz!r}: choose one of {', '.join(quizzes) or 'none at all'}, "
            "or give questions of your own, Quiz([Question(...), ...])"
        )
    for number, question in enumerate(json.loads(quizzes[quiz].read_text("utf-8")), start=1):
        try:
            yield Question(**question)
        except BadQuestion as error:
            raise BadQuestion(f"{quizzes[quiz].name}, question {number}: {error}") from None


def hashed(*texts: str) -> bytes:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).digest()


def shortly(thing: Checked, given: dict[str, Any]) -> str:
    """`the question 'Who bakes?'`"""
    kind = type(thing).__name__.lower()
    name = given.get("ask") or given.get("text")
    return f"the {kind} {name!r}" if name else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def in_a_sentence(thing: Checked, given: dict[str, Any], mistake: ErrorDetails) -> str:
    """What is wrong with a field, and what to do."""
    field = ".".join(map(str, mistake["loc"]))
    fields = ", ".join(type(thing).model_fields)
    said = {
        "missing": f"lacks {field!r}: write {field}=...",
        "string_too_short": f"has an empty {field!r}: write a sentence there",
        "extra_forbidden": f"has no field {field!r}: its fields are {fields}",
    }
    wrong = f"has {mistake['input']!r} for {field!r}, which will not do ({mistake['msg']}): write something else there"
    return f"{shortly(thing, given)} {said.get(mistake['type'], wrong)}"
