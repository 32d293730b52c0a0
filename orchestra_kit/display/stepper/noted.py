"""What an orchestrator says of its own work, told as steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...events import Event
from ...messages import Plan, Skipped, Step, Verdict
from ...requests import Review
from ...specialist import Ask
from . import facts
from . import sentences as say
from .answered import put_in_its_place
from .disagreeing import compared
from .sentences import DOING, FATES
from .texts import as_text, clean, short
from .why import why

if TYPE_CHECKING:
    from .story import Teller


def note(teller: Teller, event: Event) -> None:
    """A phase begins, or something has happened in it."""
    team, before, detail = teller.cast.on(event.path), teller.before.get(event.path), event.detail
    sets = [(team, "active", DOING[event.phase])]
    leader, doing = teller.book.leader(team), DOING[event.phase]
    draft: Any = None
    brief: list[list[Any]] = []
    more: facts.Facts = []
    match event.phase, detail:
        case "receive", _ if before is not None and before.kind == "began":
            return  # the step before has said it
        case "review", None:
            teller.looked_at.pop(event.path, None)
            return  # whom it asks, or what it comes to, is the next event
        case _, Verdict():
            decide(teller, event, team, detail)
            return
        case _, Skipped():
            said = say.left_out(detail)
            count_missing(teller, event, detail, before)
        case "assign", str() if (back := returned(before, detail)) and (
            to := teller.looked_at.get(event.path)
        ) is not None:
            said = say.sends_back(leader, teller.book.name(to))
            draft = back
        case "assign", str():
            said = say.joined(leader, say.phrase(" decides: {}.", short(detail)))
        case "plan", None:
            said = say.joined(leader, [" makes a plan: who does what, and what has to wait for what."])
        case "plan", Plan(steps=steps):
            sets += [(member, "planned", "planned") for member in teller.cast.plan(team, steps, teller.book.next)]
            said, draft = say.joined(leader, say.plans(detail, why(teller.teams.get(event.path)))), detail
            more = facts.planned(teller.teams.get(event.path), detail)
        case "assign", [*wave] if wave and all(isinstance(step, Step) for step in wave):
            members = teller.cast.plan(team, wave, teller.book.next)
            teller.cast.give_out(members)
            sets += [(member, "planned", "is next") for member in members]
            said, draft = say.joined(leader, say.assigns(wave)), say.plan_in_words(wave)
            teller.needed[event.path].update(need for step in wave for need in step.needs)
        case "combine", [*names] if names and all(isinstance(name, str) for name in names):
            works = works_of(teller, team, names, event)
            gone = [name for name in names if name in works and works[name] is None]
            last = {name: part for name, part in works.items() if part and name not in teller.needed[event.path]}
            brief = list(last.values())
            said = say.joined(leader, say.combines(names, teller.needed[event.path], gone))
            if len(last) > 1:
                found = compared({name: teller.cast.made(part[2]) or "" for name, part in last.items()})
                said, more = say.joined(said, say.disagree(found)), facts.combined(found)
        case _, None:
            said = say.joined(leader, [f" {doing}."])
        case "monitor", _:
            draft, maker = detail, teller.subject(team, [as_text(detail)])
            teller.came[event.path], teller.fresh[event.path] = maker, as_text(detail)
            whose = say.phrase(" from {}", teller.book.name(maker)) if maker is not None else [""]
            others = say.phrase(" Still at work: {}.", say.listed(names)) if (names := at_work(teller, event)) else [""]
            said = say.joined(leader, [f" {doing}"], whose, say.phrase(": {}.", say.size(detail)), others)
        case "deliver", _:
            draft = detail
            said = say.joined(leader, say.phrase(" delivers its result: {}.", say.size(detail)))
        case _:
            said = say.joined(leader, say.phrase(f" {doing}: {{}}", short(as_text(detail))))
    teller.book.step(event, said, sets, member=team, draft=teller.book.text(draft, event), brief=brief, facts=more)


def works_of(teller: Teller, team: int, names: Sequence[str], event: Event) -> dict[str, list[Any] | None]:
    """The work of some steps of a plan, each with who made it; None for what was left out."""
    members = {name: teller.cast.step_of(team, name) for name in names}
    works = {name: (member, teller.cast.made(member)) for name, member in members.items() if member is not None}
    return {
        name: None if work is None else teller.book.part("work", work, event, member)
        for name, (member, work) in works.items()
    }


def at_work(teller: Teller, event: Event) -> list[str]:
    """Who has not come back yet, of those who work for this job."""
    paths = [path for path, asked in teller.rules.open.items() if isinstance(asked.detail, Ask | Review)]
    below = event.path.count("/") + 2
    children = {"/".join(path.split("/")[:below]) for path in paths if path.startswith(f"{event.path}/")}
    return [teller.book.name(member) for member in sorted(map(teller.cast.on, children))]


def returned(before: Event | None, said: str) -> str:
    """The note with which work goes back, if that is what is said: the verdict is the event before."""
    turned_down = before is not None and isinstance(before.detail, Verdict) and before.detail.decision == "reject"
    return before.detail.note if before and turned_down and said.endswith(before.detail.note) else ""


def decide(teller: Teller, event: Event, team: int, verdict: Verdict) -> None:
    """What the review of a piece of work came to."""
    before = teller.before.get(event.path)
    by_itself = before is not None and before.kind == "noted" and before.phase == "review"
    subject = teller.looked_at.get(event.path)
    sets = [(team, "active", "has decided")]
    if subject is not None:
        sets.append((subject, *FATES[verdict.decision]))
        put_in_its_place(teller, subject, verdict)
        if verdict.decision == "reject":
            teller.cast.send_back(subject)
    whose = teller.name(teller.came.get(event.path) if by_itself else subject)
    waved = by_itself and verdict.decision == "approve"
    said = say.waved_through(teller.book.leader(team), whose) if waved else say.decides(verdict, whose)
    teller.count(verdict, subject, event.path)
    checked = teller.checked.pop(event.path, [])
    if by_itself and event.path in teller.fresh:
        checked = facts.reviewed(teller.measuring, teller.came.get(event.path), teller.fresh[event.path])
    call = None if subject is None else teller.last.get(subject)
    given = [verdict.decision, teller.book.text(verdict.note or None, event)]
    teller.book.step(event, said, sets, member=team, call=call, verdict=given, facts=checked)


def count_missing(teller: Teller, event: Event, part: Skipped, before: Event | None) -> None:
    """Count a step that was left out once, however often that is said: when it fails, when that is looked at, and
    where typed parts come together."""
    step = event.path, clean(part.who)
    if event.phase == "combine":
        teller.missing[step] += 1
    elif before is None or before.detail is not part:
        teller.left_out[step] += 1
