"""What can be said of a run by its events alone: the questions that the checks of exercises have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

from ..errors import BudgetSpent
from ..handoff import open_reply
from ..ledger import Status, call_rows
from ..messages import Skipped, Verdict
from ..requests import Error, Review, Value
from ..run import Run
from ..specialist import render


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call of a specialist: what they were told, and what they said.

    `began` and `ended` are numbers of events, not seconds: they tell who was at work at the same time even where
    everything takes no time at all.
    """

    who: str
    path: str
    brief: Any
    prompt: str  # everything they were told, as one text
    answer: Any  # as the orchestrator got it; None where there was none
    status: Status
    began: int
    ended: float  # infinite while it is waited for

    @property
    def job(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def text(self) -> str:
        """The answer as it stands in whatever it is handed on in."""
        return as_text(self.answer)


def exchanges(run: Run, who: str | None = None) -> list[Exchange]:
    """Every call, in order of asking: of everybody, or of one specialist."""
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    for event in run.events:
        if event.kind in ("asked", "started"):
            began[event.path] = event.number
        elif event.kind in ("answered", "cancelled"):
            ended[event.path] = event.number
    asked = {event.path: event.detail for event in run.events if event.kind == "asked"}
    found = []
    for row in call_rows(run.events):
        request, end = asked[row.path], ended.get(row.path)
        outcome = run.events[end].detail if end is not None else None
        opened = open_reply(request, outcome, row.path) if isinstance(outcome, Value) else None
        answer = opened.value if isinstance(opened, Value) else None
        number = inf if end is None else end
        found.append(
            Exchange(
                row.who, row.path, request.brief, request.prompt, answer, row.status, began[row.path], number
            )
        )  # fmt: skip
    return [each for each in found if who is None or each.who == who]


def said(run: Run, who: str) -> str | None:
    """What a specialist said last, as text; None if they have said nothing."""
    return next((each.text for each in reversed(exchanges(run, who)) if each.status == "ok"), None)


def at_most(run: Run, calls: int) -> bool:
    """Whether no more calls were made than this; tries that failed count too."""
    return len(exchanges(run)) <= calls


def overlap(works: Iterable[Exchange]) -> bool:
    """Whether there was a moment at which all of them were at work."""
    works = list(works)
    return bool(works) and max(each.began for each in works) < min(each.ended for each in works)


def one_by_one(works: Iterable[Exchange]) -> bool:
    """Whether each was asked only after the one before had ended."""
    return all(earlier.ended < later.began for earlier, later in pairwise(works))


def in_order(result: Any, works: Iterable[Exchange]) -> bool:
    """Whether the result has the answer of each, in this order: a list of them, or a text in which they all stand."""
    texts = [each.text for each in works]
    if isinstance(result, list | tuple):
        return [as_text(part) for part in result] == texts
    place, whole = 0, as_text(result)
    for text in texts:
        place = whole.find(text, place)
        if place < 0:
            return False
        place += len(text)
    return True


def unused(run: Run) -> list[Exchange]:
    """The calls whose answer went nowhere: into no later brief, and not into the result."""
    works, result = exchanges(run), result_of(run)
    return [
        each for each in works
        if each.status == "ok" and not holds(result, each)
        and not any(holds(later.prompt, each) for later in works if later.began > each.ended)
    ]  # fmt: skip


def dropped(run: Run) -> list[str]:
    """Who failed for good without a word of it: no later try went well, no note says it, and the result does not."""
    works, result = exchanges(run), result_of(run)
    told = [event.detail.who for event in run.events if isinstance(event.detail, Skipped)]
    failed = {
        each.who: None for each in works
        if each.status in ("failed", "skipped")
        and not any(
            later.status == "ok" and (later.job, later.who) == (each.job, each.who) and later.began > each.ended
            for later in works
        )
    }  # fmt: skip
    return [who for who in failed if who not in told and not names(result, who)]


def budget_stop_recorded(run: Run) -> bool:
    """Whether it can be seen that a budget ended the run, or a part of it: by the stop reason or by a note. Whoever
    catches BudgetSpent and says nothing has hidden it."""
    notes = [event.detail for event in run.events if event.kind in ("noted", "ended")]
    found = [note.error if isinstance(note, Error) else note for note in notes]
    return run.stop_reason == "budget" or any(
        isinstance(note, BudgetSpent) or (isinstance(note, str | Skipped) and "budget" in str(note).lower())
        for note in found
    )


def reviewed(run: Run, draft: Exchange, before: float = inf) -> bool:
    """Whether somebody was shown the draft and gave a Verdict, before event `before`: the first use of the draft."""
    shown = {
        event.path: event.number for event in run.events
        if event.kind == "asked" and event.number > draft.ended and holds(shown_in(event.detail), draft)
    }  # fmt: skip
    verdicts = {each.path: each.ended for each in exchanges(run) if isinstance(each.answer, Verdict)}
    for event in run.events:
        if event.kind == "answered" and isinstance(event.detail, Value) and isinstance(event.detail.value, Verdict):
            verdicts[event.path] = event.number
    return any(path in verdicts and verdicts[path] < before for path in shown)


def revisions(run: Run, who: str) -> int:
    """How often the work of a specialist was sent back, at most, in any one job: their calls there, less the first."""
    jobs = [each.job for each in exchanges(run, who)]
    return max((jobs.count(job) - 1 for job in jobs), default=0)


def blind(judge: Exchange, candidates: Sequence[Exchange]) -> bool:
    """Whether the judge saw the work of every candidate, and of none of them whose it is."""
    rest = judge.prompt
    for each in sorted(candidates, key=lambda each: -len(each.text)):
        if not holds(judge.prompt, each):
            return False
        rest = rest.replace(each.text, "")  # a name within the work itself was not added by the orchestrator
    return not any(names(rest, each.who) for each in candidates)


def holds(text: str, work: Exchange) -> bool:
    """Whether an answer stands in a text: as it is, or as a part of a list or a dict that was turned into text."""
    as_they_are_told = (work.text, repr(work.text)[1:-1], json.dumps(work.text, ensure_ascii=False)[1:-1])
    return any(said in text for said in as_they_are_told)


def names(text: str, who: str) -> bool:
    """Whether a text names somebody, as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(who)}(?!\w)", text, re.IGNORECASE) is not None


def shown_in(request: Any) -> str:
    """What a request puts before somebody, as text."""
    return as_text(request.work) if isinstance(request, Review) else getattr(request, "prompt", "")


def result_of(run: Run) -> str:
    """The result as text; nothing, if there is none."""
    return as_text(run.outcome.value) if isinstance(run.outcome, Value) else ""


def as_text(work: Any) -> str:
    """Any work as text: that of a brief where it can be one."""
    try:
        return render(work)
    except TypeError:
        return str(work)
