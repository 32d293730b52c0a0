"""A prediction, made before an experiment and shown beside what came out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

import traitlets

from .asking import Asking, as_html, script
from .predictions import Outcome, keep
from .questions import BadQuestion


class Predict(Asking):
    """Ask for a prediction: one of `options`, or a number in a `unit`. The last line of a cell shows it.

    With it the learner says how sure they are, from 0.5 (it might as well be wrong) to 1 (certain). A number counts as
    right when it is at most `within` away from the outcome, in its unit. `name` is how the prediction is called later,
    in `predictions()`; without one it is the question. The experiment runs whether or not anything was predicted.

    Raises BadQuestion for a prediction that cannot be asked like this.

    >>> speed = Predict("How many times as fast are four readers?", unit="times as fast", within=0.5)
    >>> speed.choose(4, confidence=0.8)
    >>> speed.outcome(2.7)
    predicted: 4 times as fast, 80 % sure; came out: 2.7 times as fast ✕
    """

    _esm = script("predict.js")
    asked = traitlets.Dict().tag(sync=True)  # what is drawn
    made = traitlets.Dict().tag(sync=True)  # the prediction: value, confidence and, for the page, how they are said
    met = traitlets.Dict().tag(sync=True)  # its outcome: what came out, and whether the prediction was right

    def __init__(
        self, question: str, options: Iterable[str] | None = None, *, unit: str | None = None,
        within: float = 0.0, name: str | None = None,
    ) -> None:  # fmt: skip
        self.question, self.name = question, name or question
        self.options = None if options is None else tuple(options)
        self.unit, self.within = unit, within
        if (self.options is None) == (unit is None):
            raise BadQuestion(f"{question!r} needs either options or the unit of a number: options=[...] or unit='...'")
        if self.options is not None and (
            not 2 <= len(set(self.options)) == len(self.options)
            or not all(isinstance(text, str) for text in self.options)
        ):
            raise BadQuestion(
                f"{question!r} has the options {self.options!r}: give two or more texts, each another one"
            )
        if not (math.isfinite(within) and within >= 0) or (within and self.options):
            raise BadQuestion(f"{question!r} has within={within!r}: give 0 or more, and only with unit='...'")
        allowed = f"Right if at most {within:,.6g} off." if within else ""
        super().__init__(asked={"ask": question, "options": self.options, "unit": unit, "allowed": allowed})

    def choose(self, value: object, *, confidence: float) -> None:
        """Predict, as the widget does it. Until the outcome is known it may be changed."""
        if self.met:
            raise BadQuestion(
                f"the outcome of {self.name!r} is known already: run the cell with its Predict again to predict afresh"
            )
        self.made = {"value": self.checked(value), "confidence": confidence}

    def outcome(self, value: object) -> Outcome:
        """The prediction beside what came out. It is kept for `predictions()` and `calibration()`: for this notebook,
        and in the file `my-predictions.json` beside it for those that follow."""
        value = self.checked(value)
        predicted, confidence = self.made.get("value"), self.made.get("confidence")
        right = None if predicted is None else self.agree(predicted, value)
        outcome = Outcome(
            self.name, None if predicted is None else self.said(predicted), confidence, self.said(value), right,
            self.question,
        )  # fmt: skip
        self.met = {"came_out": outcome.came_out, "right": right}
        keep(outcome)
        return outcome

    def agree(self, predicted: Any, value: Any) -> bool:
        if self.options is not None:
            return bool(predicted == value)
        away = abs(predicted - value)
        return away <= self.within or math.isclose(away, self.within)  # 0.3 is not farther from 0.1 than 0.2

    def checked(self, value: object) -> str | float:
        """The value, if it is one that could come out."""
        if self.options is not None:
            if value not in self.options:
                raise BadQuestion(f"{value!r} is none of the options of {self.name!r}: {', '.join(self.options)}")
            return str(value)
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise BadQuestion(f"{value!r} is no number of {self.unit}, as {self.name!r} asks for: give a number")
        return float(value)

    def said(self, value: str | float) -> str:
        """`2.7 times as fast`"""
        return value if isinstance(value, str) else f"{value:,.6g} {self.unit}".strip()

    @traitlets.validate("made")
    def _only_a_prediction(self, proposal: Any) -> dict[str, Any]:
        """It may come from a page: then it is checked here, and after the outcome it comes too late."""
        if self.met:
            return dict(self.made)
        given = proposal["value"]
        if not given:
            return {}
        value, confidence = self.checked(given.get("value")), given.get("confidence")
        if not isinstance(confidence, Real) or not 0.5 <= float(confidence) <= 1:
            raise BadQuestion(f"{confidence!r} is no confidence: give a number from 0.5 to 1, 0.8 for 80 % sure")
        return {"value": value, "confidence": float(confidence), "said": self.said(value)}

    def twin(self) -> str:
        """The question, what may be predicted, and how to do it without a browser."""
        if self.options is None:
            example, choices = "4", f"<p>A number: … {as_html(self.unit or '')}</p>"
        else:
            example = repr(self.options[0])
            choices = f"<ul>{''.join(f'<li>{as_html(option)}</li>' for option in self.options)}</ul>"
        return (
            f"<p><strong>Predict.</strong> {as_html(self.question)}</p>{choices}"
            f"<p>Run this cell to choose here, or write <code>….choose({as_html(example)}, confidence=0.8)</code>.</p>"
        )

    def __repr__(self) -> str:
        return f"Predict({self.question!r}): {self.made.get('said', 'no prediction was made')}"
