"""A quiz in a notebook: every option explains itself, and what was answered can be read in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import traitlets

from .asking import Asking, as_html, script
from .questions import BadQuestion, Option, Question, questions_of


class Answer(NamedTuple):
    """What was answered to a question, and why that is right or wrong."""

    number: int  # of the question, from 1
    chosen: str
    right: bool
    tries: int
    why: str


class Score(NamedTuple):
    """How a quiz stands."""

    right: int  # by the latest answer to each question
    at_once: int  # right at the first try
    answered: int
    of: int

    def __str__(self) -> str:
        return f"{self.right} of {self.of} right, {self.at_once} at the first try"


class Quiz(Asking):
    """A quiz: the name of one that comes with the course, or questions of your own.

    The last line of a cell shows it. Nothing leaves the notebook; the answers are in `answers` and `score`. It can be
    answered again. Without a browser the same goes by `choose`.

    Raises BadQuestion, naming the question, for a quiz that is not there, or that cannot be asked like this.

    >>> quiz = Quiz("01_meet_the_orchestra")
    >>> quiz.choose(1, "A").right
    False
    >>> str(quiz.score)
    '0 of 8 right, 0 at the first try'
    """

    _esm = script("quiz.js")
    asked: traitlets.List[Any] = traitlets.List().tag(
        sync=True
    )  # what is drawn: the questions, with options in the order shown
    picked = traitlets.Dict().tag(sync=True)  # index of a question -> the options picked, one after the other

    def __init__(self, questions: str | Iterable[Question]) -> None:
        self.name = questions if isinstance(questions, str) else ""
        self.questions = tuple(questions_of(questions) if isinstance(questions, str) else questions)
        for question in self.questions:
            if not isinstance(question, Question):
                raise BadQuestion(f"a quiz is made of questions, and {question!r} is none: write Question(...)")
        if not self.questions:
            raise BadQuestion("a quiz without questions: give at least one, Quiz([Question(...)])")
        super().__init__(asked=[drawn(question) for question in self.questions])

    def choose(self, number: int, answer: str) -> Answer:
        """Answer question `number`, counted from 1, by the text or the letter of an option. As often as you like."""
        option = self.question(number).option(answer)
        index = self.question(number).shown.index(option)
        before = self.picked.get(str(number - 1), [])
        self.picked = {**self.picked, str(number - 1): [*before, index]}
        return self.answer(number)

    def again(self) -> None:
        """Forget every answer."""
        self.picked = {}

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The latest answer to each question that was answered."""
        return tuple(self.answer(int(index) + 1) for index in sorted(self.picked, key=int))

    @property
    def score(self) -> Score:
        """How many are right, and how many were at the first try."""
        answers = self.answers
        at_once = sum(self.options_tried(answer.number)[0].right for answer in answers)
        return Score(sum(answer.right for answer in answers), at_once, len(answers), len(self.questions))

    def question(self, number: int) -> Question:
        if not 1 <= number <= len(self.questions):
            raise BadQuestion(f"there is no question {number}: they are numbered from 1 to {len(self.questions)}")
        return self.questions[number - 1]

    def answer(self, number: int) -> Answer:
        tried = self.options_tried(number)
        return Answer(number, tried[-1].text, tried[-1].right, len(tried), tried[-1].why)

    def options_tried(self, number: int) -> list[Option]:
        return [self.question(number).shown[index] for index in self.picked[str(number - 1)]]

    @traitlets.validate("picked")
    def _only_what_there_is(self, proposal: Any) -> dict[str, list[int]]:
        """Python answers through `choose`; a page could send anything."""
        for question, options in proposal["value"].items():
            if not question.isdecimal() or not options:
                raise traitlets.TraitError(f"{question!r} is no question that was answered")
            shown = self.question(int(question) + 1).shown
            if not all(type(index) is int and 0 <= index < len(shown) for index in options):
                raise traitlets.TraitError(f"question {question!r} has no options {options!r}")
        return {question: list(options) for question, options in proposal["value"].items()}

    def twin(self) -> str:
        """The questions as a list, and the solutions, with every explanation, behind a click."""
        return (
            f"<p><strong>Quiz, {self.counted()}.</strong> Run this cell to answer here.</p>"
            f"<ol>{''.join(map(as_item, self.questions))}</ol>"
        )

    def __repr__(self) -> str:
        return f"Quiz({self.name!r}): {self.counted()}, {self.score.answered} answered"

    def counted(self) -> str:
        return f"{len(self.questions)} question{'s' * (len(self.questions) > 1)}"


def drawn(question: Question) -> dict[str, Any]:
    return {"ask": question.ask, "options": [option.model_dump() for option in question.shown]}


def as_item(question: Question) -> str:
    options = "".join(f"<li>{as_html(option.text)}</li>" for option in question.shown)
    reasons = "".join(
        f"<p><em>{as_html(option.text)}</em><br><strong>{'Right.' if option.right else 'No.'}</strong> "
        f"{as_html(option.why)}</p>"
        for option in sorted(question.shown, key=lambda option: not option.right)
    )
    return (
        f"<li><p>{as_html(question.ask)}</p><ul>{options}</ul>"
        f"<details><summary>Solution</summary>{reasons}</details></li>"
    )
