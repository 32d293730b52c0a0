"""A case: one review that waits, with all that a person needs to decide it, found in the run's events."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...events import Event
from ...handoff import made_by, open_reply
from ...messages import Skipped, Verdict
from ...requests import Review, Value
from ...specialist import Ask
from ..stepper.changes import changes
from ..stepper.page import tell
from ..stepper.sentences import counted, size
from ..stepper.story import Teller
from ..stepper.texts import clean, parts_of, short, short_name
from .work import MOST_LETTERS, as_draft, as_shown, digest, work_of

MOST_CONTEXT = 20_000  # letters of each text beside the work
MOST_WHY = 2_000


class Waiting(NamedTuple):
    """A review that waits: the number of the event that asked, where, and what was asked."""

    event: int
    path: str
    request: Review

    @property
    def work(self) -> Any:
        return work_of(self.request)[0]

    @property
    def digest(self) -> str:
        return digest(self.work)


def waiting(run: Any) -> list[Waiting]:
    """The reviews of a run that wait for a person, in order of asking."""
    asked = {event.path: event.number for event in run.events if event.kind == "asked"}
    reviews = [(path, request) for path, request in run.waiting.items() if isinstance(request, Review)]
    return [Waiting(asked[path], path, request) for path, request in reviews]


class Maker(NamedTuple):
    """Who made a work: their member of the story, and the event that asked them for it, where that is known."""

    member: int
    asked: Event | None
    makes: Any = None  # what they promised, where the work is just what they answered


class Case(NamedTuple):
    """One review, ready to be decided."""

    drawn: dict[str, Any]  # plain JSON for the page
    given: str | None  # what the maker was given, but for their own drafts; None where nobody knows the maker
    makes: Any  # what the maker promised


def cases(run: Any, reviews: list[Waiting]) -> list[Case]:
    """The cases of these reviews, in their order."""
    teller = tell(run) if reviews else None
    return [] if teller is None else [case(run, teller, review) for review in reviews]


def case(run: Any, teller: Teller, review: Waiting) -> Case:
    maker = maker_of(run, teller, review, review.work)
    drafts = drafts_of(run, teller, maker) if maker else []
    asked = maker.asked.detail if maker and maker.asked else None
    given = [part for both in context(asked) for part in both if part not in drafts] if asked else None
    shown = drawn(run, teller, review, maker, drafts)
    return Case(shown, None if given is None else "\n\n".join(given), maker.makes if maker else None)


def drawn(run: Any, teller: Teller, review: Waiting, maker: Maker | None, drafts: list[str]) -> dict[str, Any]:
    """All that the page shows of a case, but for its checks."""
    work, beside = work_of(review.request)
    shown = as_shown(work)
    before = drafts[:-1] if drafts and drafts[-1] == shown else drafts
    story = teller.story(simulated=run.simulated, stop=None)
    name = story["members"][maker.member]["name"] if maker else work.who if isinstance(work, Skipped) else ""
    told = context(maker.asked.detail) if maker and maker.asked else [] if maker else beside_it(beside)
    line = next(step.get("line") for step in story["steps"] if step["event"] == review.event)
    return {
        "event": review.event,
        "path": clean(review.path),
        "digest": review.digest,
        "at": run.events[review.event].at_s,
        "why": cut(clean(review.request.why), MOST_WHY, f"run.events[{review.event}].detail.why"),
        "maker": short_name(name),
        "drafts": len(drafts),
        "missing": clean(short(work.why, 400)) if isinstance(work, Skipped) else None,
        "size": size(work) if isinstance(work, str) else counted(len(shown.split()), "word"),
        "work": cut(shown, MOST_LETTERS, f"run.events[{review.event}].detail.work"),
        "data": shown[:1] in "[{" and not isinstance(work, str | Skipped),
        "draft": as_draft(work),
        "makes": maker.makes.__name__ if maker and isinstance(maker.makes, type) else "",
        "brief": [[words, cut(text, MOST_CONTEXT, "run.events")] for words, text in told],
        "changes": changed(before[-1] if before else None, shown),
        "earlier": earlier_verdicts(run, story, maker),
        "line": story["lines"][line] if line is not None else None,
    }


def maker_of(run: Any, teller: Teller, review: Waiting, work: Any) -> Maker | None:
    """Whose work it is: who answered with it, who failed instead, else whose work stands in it."""
    job = review.path.rpartition("/")[0]
    asked = {event.path: event for event in run.events if event.kind == "asked" and isinstance(event.detail, Ask)}
    if isinstance(work, Skipped):
        failed = [path for path, each in asked.items()
                  if path.rpartition("/")[0] == job and each.detail.to.name == work.who]  # fmt: skip
        path = failed[-1] if failed else None
    else:
        path = made_by(work, run.events)
    if path is not None:
        return Maker(teller.cast.on(path), asked[path], asked[path].detail.to.makes)
    member = teller.looked_at.get(review.path)
    if member is None:
        return None
    path = next((path for path in reversed(asked) if teller.cast.on(path) == member), None)
    return Maker(member, asked[path] if path else None)


def context(asked: Ask) -> list[tuple[str, str]]:
    """What a maker was told, part by part: who to be, what to do, what was found."""
    told = [("who it is told to be", asked.to.role)] if asked.to.role else []
    told += [(words or "the task", part) for words, part in parts_of(asked.brief)]
    told += [(f"found in {short_name(passage.source)}", passage.text) for passage in asked.found or ()]
    return [(clean(words), as_shown(part)) for words, part in told]


def beside_it(beside: Any) -> list[tuple[str, str]]:
    """What was put beside the work."""
    return [(clean(words), as_shown(part)) for words, part in parts_of(beside)] if beside else []


def drafts_of(run: Any, teller: Teller, maker: Maker) -> list[str]:
    """All that this maker has answered with, in order."""
    asked = {event.path: event.detail for event in run.events if event.kind == "asked"}
    drafts = []
    for event in run.events:
        request = asked.get(event.path)
        if event.kind == "answered" and isinstance(request, Ask) and teller.cast.on(event.path) == maker.member:
            opened = open_reply(request, event.detail, event.path)
            drafts += [as_shown(opened.value)] if isinstance(opened, Value) else []
    return drafts


def changed(before: str | None, shown: str) -> list[list[str]]:
    """What is new against the last draft; [] where there is none, or where nearly everything is."""
    if before is None:
        return []
    found = changes(before, shown)
    return [["gap", "not a word has changed"]] if found == [] else found or []


def earlier_verdicts(run: Any, story: dict[str, Any], maker: Maker | None) -> list[dict[str, str]]:
    """What was decided of this maker's earlier drafts, and why."""
    found = []
    for step in story["steps"]:
        if maker is None or "verdict" not in step or all(member != maker.member for member, _, _ in step["sets"]):
            continue
        detail = run.events[step["event"]].detail  # a person's answer, or what a team has noted of its reviewer
        verdict: Verdict = detail.value if isinstance(detail, Value) else detail
        note = cut(clean(verdict.note), MOST_CONTEXT, f"run.events[{step['event']}]")
        by = "a person" if isinstance(detail, Value) else "the reviewer"
        found.append({"by": by, "decision": verdict.decision, "note": note})
    return found


def cut(text: str, most: int, rest: str) -> str:
    """The text, or its beginning and where the rest is."""
    return text if len(text) <= most else f"{text[:most]}\n… ({len(text) - most:,} more letters: {rest})"
