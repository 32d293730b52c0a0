"""Checking an exercise, and asking for a hint. Nothing is sent anywhere, and nothing is kept longer than the kernel."""

from __future__ import annotations

import inspect
import reprlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..errors import reason
from ..run import Run
from .exercise import Exercise, NotYet, find, require

OFFER_A_HINT = 3  # failures in a row, and the check mentions that there is one
MARKS = {"done": ("✓", "#00805c"), "not yet": ("○", "#b85400"), "hint": ("→", "#0072b2")}  # legible on white and black

failures: Counter[str] = Counter()  # in a row, by exercise
hints_given: Counter[str] = Counter()


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What `check` or `hint` says, as the last line of a cell shows it."""

    kind: str  # done, not yet or hint
    text: str

    @property
    def done(self) -> bool:
        return self.kind == "done"

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from ..display.quiz.asking import as_html  # loads widgets

        mark, colour = MARKS[self.kind]
        return f'<span style="color: {colour}; font-weight: bold">{mark}</span> {as_html(self.text)}'


def check(name: str, run: Any, /, **values: Any) -> Said:
    """Whether your run does what exercise `name` asks for: `done`, or `not yet` and what is missing.

    It looks at what happened in the run, never at your code. Some exercises want further values by name; they say so.
    Raises NoExercise for a name that is not in the course. Nothing that is wrong with a run raises anything here.

    >>> check("01.headline", "my email")
    not yet: hand over the run, start(your_orchestrator, ...).finish(): this is 'my email'
    """
    exercise = find(name)
    try:
        check_handed_over(exercise, run, values)
        fact = exercise.look(run, **values)
    except NotYet as missing:
        said = str(missing)
    except Exception as error:  # noqa: BLE001  # whatever the learner hands over: it is not there yet, and no accident
        said = f"the check could not read what you handed over ({reason(error)})"
    else:
        failures.pop(name, None)
        return Said("done", f"done: {fact}" if fact else "done")
    failures[name] += 1
    if failures[name] >= OFFER_A_HINT and exercise.hints:
        said += f'. (There is a hint: hint("{name}"))'
    return Said("not yet", f"not yet: {said}")


def hint(name: str) -> Said:
    """The next hint for exercise `name`, a little more each time; after the last one, where the solution stands. Then
    they begin again.

    >>> hint("01.at-once")
    hint 1 of 2: What does `await` mean? Read the line aloud, and say for each reader who is waiting for whom.
    """
    exercise = find(name)
    turn, of = hints_given[name] % (len(exercise.hints) + 1), len(exercise.hints)
    hints_given[name] += 1
    if turn < of:
        return Said("hint", f"hint {turn + 1} of {of}: {exercise.hints[turn]}")
    place = f"notebook {exercise.notebook}, below the check: open “Solution of exercise {exercise.number}”"
    return Said("hint", f"that was the last hint. The solution stands in {place} (an edition for learners has none)")


def check_handed_over(exercise: Exercise, first: Any, values: dict[str, Any]) -> None:
    """Raise NotYet for anything but what the exercise looks at, and for a run that ended in another way."""
    _, *parameters = inspect.signature(exercise.look, eval_str=True).parameters.values()
    wanted = {each.name: each for each in parameters}
    for value in values:
        require(value in wanted, f"nobody asked for {value}=. The check takes {listed([*wanted])}")
    for value, parameter in wanted.items():
        given = value in values or parameter.default is not inspect.Parameter.empty
        require(given, f'it wants {value} too: check("{exercise.name}", ..., {value}=...)')
        if value in values and parameter.annotation is Run:
            require(isinstance(values[value], Run), f"{value} is to be a run: this is {what(values[value])}")
    if inspect.iscoroutine(first):
        first.close()  # or Python complains later that it was never awaited
    if exercise.takes is Run:
        a_run = "hand over the run, start(your_orchestrator, ...).finish()"
        require(isinstance(first, Run), f"{a_run}: this is {what(first)}")
    require(isinstance(first, exercise.takes), f"hand over a {exercise.takes.__name__}: this is {what(first)}")
    for value, each in {"the run": first, **values}.items():
        if isinstance(each, Run):
            require((each.stop_reason or "waiting") in exercise.ends, f"{value} {how_it_ended(each)}")


def what(handed: Any) -> str:
    """Something that was handed over, short, and without its address in memory if it has a name."""
    name = getattr(handed, "__name__", None)
    return f"the {type(handed).__name__} {name}" if name else reprlib.repr(handed)


def how_it_ended(run: Run) -> str:
    """Why a run has not ended as it should, after its name."""
    if run.stop_reason is None:
        return f"is not over: it waits for {', '.join(run.waiting) or 'nobody'}. Go on with .finish()"
    if run.stop_reason == "done":
        return "went through to its end, and here it should not"
    try:
        run.result  # noqa: B018  # to see what it raises
    except Exception as error:  # noqa: BLE001  # any error that an orchestrator can meet
        return f"ended early ({run.stop_reason}), because of {reason(error)}"
    return f"ended early ({run.stop_reason})"


def listed(wanted: list[str]) -> str:
    return f"the run and {', '.join(wanted)}" if wanted else "the run alone"
