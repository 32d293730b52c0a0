"""How a run stands, in a sentence or two for the desk."""

from __future__ import annotations

from typing import Any

from ...requests import Error, Review, Value
from ..stepper.sentences import counted, failure, listed, size
from ..stepper.texts import clean
from .work import as_shown

MOST_RESULT = 1_200  # letters of the result that the desk shows
SIGNS = {"done": "done", "flagged": "person"}  # the others are failures


def standing(run: Any, problem: str, *, works: bool) -> dict[str, str]:
    """A sign (active, person, done, failed), a sentence, and at the end the beginning of the result."""
    if works and run.outcome is None:
        return {"sign": "active", "text": "The run works. Decisions wait until it is done.", "result": ""}
    if isinstance(run.outcome, Value):
        result = as_shown(run.outcome.value)
        more = "" if len(result) <= MOST_RESULT else " …"
        text = f"The run is over: {run.stop_reason}. run.result holds the result: {size(run.outcome.value)}."
        return {"sign": "done", "text": clean(text), "result": result[:MOST_RESULT] + more}
    if isinstance(run.outcome, Error):
        text = f"The run is over: {run.stop_reason}. run.result raises {failure(run.outcome.error)}"
        return {"sign": SIGNS.get(str(run.stop_reason), "failed"), "text": clean(text), "result": ""}
    reviews = sum(isinstance(request, Review) for request in run.waiting.values())
    if reviews:
        verb = "waits" if reviews == 1 else "wait"
        text = f"{counted(reviews, 'review')} {verb} for you."
        return {"sign": "person", "text": f"{text} {problem}".strip(), "result": ""}
    if problem:
        text = f"The run stopped on the way: {problem} Mend that, then call refresh() of this desk."
        return {"sign": "failed", "text": clean(text), "result": ""}
    who = listed(list(run.waiting)) or "nobody"
    text = (
        f"No review waits. The run is not over: it waits for {who}, and nobody here will answer. If it was "
        "interrupted, call refresh() of this desk; if it replays a recording, run.fork(at, model=…) goes on from there."
    )
    return {"sign": "failed", "text": clean(text), "result": ""}
