"""What an orchestrator says of its own work, told as steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...events import Event
from ...handoff import equal
from ...messages import Plan, Skipped, Step, Verdict
from ...patterns import Competitive
from ...requests import Review, Value
from ...specialist import Ask
from ...team import Orchestrator
from . import facts
from . import sentences as say
from .disagreeing import compared
from .ours import knows
from .pieces import Piece
from .sentences import DOING, Sentence
from .texts import as_text, clean, short
from .why import why

if TYPE_CHECKING:
    from .story import Fates, Teller

SKIP = Verdict("skip")


def note(teller: Teller, event: Event) -> None:
    """A phase begins, or something has happened in it."""
    team, before, detail = teller.cast.on(event.path), teller.before.get(event.path), event.detail
    sets = [(team, "active", DOING[event.phase])]
    leader, doing = teller.leader(event.path), DOING[event.phase]
    draft: Any = None
    brief: list[list[Any]] = []
    more: facts.Facts = []
    held = teller.pieces.in_hand(event.path)
    code: Any = teller.teams.get(event.path)
    lost: Fates = []
    if event.phase in ("plan", "combine") or is_wave(event):
        lost = give_up(teller, event, team)
        sets += lost
        teller.pieces.put_down(event.path)
    match event.phase, detail:
        case "receive", _ if before is not None and before.kind == "began":
            return  # the step before has said it
        case "review", None:
            return  # whom it asks, or what it comes to, is the next event
        case phase, Verdict() if phase not in ("monitor", "deliver"):  # there a verdict is somebody's work
            decide(teller, event, team, detail)
            return
        case _, Skipped():
            said = say.left_out(detail)
            sets += leave_out(teller, event, detail, before)
        case "assign", str() if (back := returned(before, detail)) and held.member is not None:
            said = say.sends_back(leader, teller.name(held.member))
            draft = back
        case "assign", str():
            said = say.joined(leader, say.phrase(" decides: {}.", short(detail)))
        case "plan", None:
            said = say.joined(leader, [" makes a plan: who does what, and what has to wait for what."])
        case "plan", Plan(steps=steps):
            sets += [(member, "planned", "planned") for member in teller.cast.plan(team, steps, teller.book.next)]
            said, draft = say.joined(leader, say.plans(detail, why(code))), detail
            more = facts.planned(code, detail)
        case "assign", [*wave] if is_wave(event):
            members = teller.cast.plan(team, wave, teller.book.next)
            teller.cast.give_out(members)
            sets += [(member, "planned", "is next") for member in members]
            said, draft = say.joined(leader, say.assigns(wave)), say.plan_in_words(wave)
            teller.needed[event.path].update(need for step in wave for need in step.needs)
        case "combine", [*names] if names and all(isinstance(name, str) for name in names):
            works = {teller.name(held.member): held} if takes_the_first(code) else works_of(teller, team, names)
            told, brief, more = combined(teller, event, names, works)
            said = say.joined(leader, told)
        case _, None:
            said = say.joined(leader, [f" {doing}."])
        case "monitor", _:
            piece = teller.pieces.found(event.path, as_text(detail))
            piece.seen, draft = True, detail
            teller.pieces.take(event.path, piece)
            whose = say.phrase(" from {}", teller.name(piece.member)) if piece.member is not None else [""]
            others = say.at_work(*at_work(teller, event))
            said = say.joined(leader, [f" {doing}"], whose, say.phrase(": {}.", say.size(detail)), others)
        case "deliver", _:
            draft = detail
            said = say.joined(leader, say.phrase(" delivers its result: {}.", say.size(detail)))
        case _:
            said = say.joined(leader, say.phrase(f" {doing}: {{}}", short(as_text(detail))))
    if lost and event.phase != "combine":  # which says so itself
        said = say.joined(said, say.without([teller.book.name(member) for member, _, _ in lost]))
    teller.book.step(event, said, sets, member=team, draft=teller.book.text(draft, event), brief=brief, facts=more)


def is_wave(event: Event) -> bool:
    """Whether steps of a plan are given out."""
    steps = event.detail
    return event.phase == "assign" and isinstance(steps, list | tuple) and bool(steps) \
        and all(isinstance(step, Step) for step in steps)  # fmt: skip


def combined(
    teller: Teller, event: Event, names: Sequence[str], works: dict[str, Piece]
) -> tuple[Sentence, list[list[Any]], facts.Facts]:
    """What a result is made of: a sentence, the parts, and where their figures disagree."""
    code, needed = teller.teams.get(event.path), teller.needed[event.path]
    gone = [name for name, piece in works.items() if piece.fate == "skip"]
    last = {name: piece for name, piece in works.items() if piece.text is not None and name not in needed}
    brief = [teller.book.part("work", piece.text or "", event, piece.member) for piece in last.values()]
    if takes_the_first(code):
        said = say.takes_the_first(list(last))
    else:
        said = say.chooses(list(last), gone) if keeps_one(code) else say.combines(names, needed, gone)
    if len(last) < 2:
        return said, brief, []
    found = compared({name: piece.text or "" for name, piece in last.items()})
    return say.joined(said, say.disagree(found)), brief, facts.combined(found)


def works_of(teller: Teller, team: int, names: Sequence[str]) -> dict[str, Piece]:
    """The work of some steps of a plan, as far as anybody has begun to work on them."""
    members = {name: teller.cast.step_of(team, name) for name in names}
    latest = teller.pieces.latest
    return {name: latest[member] for name, member in members.items() if member is not None and member in latest}


def at_work(teller: Teller, event: Event) -> tuple[list[str], list[str]]:
    """Who has not come back yet, of those who work for this job: who is at work, and who waits for a turn."""
    below = event.path.count("/") + 2
    busy = {path: path not in teller.rules.queue for path, asked in teller.rules.open.items()
            if isinstance(asked.detail, Ask | Review) and path.startswith(f"{event.path}/")}  # fmt: skip
    working = {teller.cast.on("/".join(path.split("/")[:below])) for path, works in busy.items() if works}
    known = {teller.cast.on("/".join(path.split("/")[:below])) for path in busy}
    names = [[teller.book.name(member) for member in sorted(some)] for some in (working, known - working)]
    return names[0], names[1]


def returned(before: Event | None, said: str) -> str:
    """The note with which work goes back, if that is what is said: the verdict is the event before."""
    turned_down = before is not None and isinstance(before.detail, Verdict) and before.detail.decision == "reject"
    return before.detail.note if before and turned_down and said.endswith(before.detail.note) else ""


def decide(teller: Teller, event: Event, team: int, verdict: Verdict) -> None:
    """What the review of a piece of work came to. What a person decides has been told when they did."""
    before = teller.before.get(event.path)
    if before is not None and decided_by_a_person(teller, before, verdict):
        return
    by_itself = before is not None and before.kind == "noted" and before.phase == "review"
    held = teller.pieces.in_hand(event.path)
    piece = held if held.seen else Piece()
    whose = teller.name(piece.member)
    waved = by_itself and verdict.decision == "approve" and has_no_reviewer(teller.teams.get(event.path))
    said = say.waved_through(teller.leader(event.path), whose) if waved else say.decides(verdict, whose)
    checked, held.checked = held.checked, []
    if by_itself and piece.text is not None:
        checked = facts.reviewed(teller.measuring, piece.member, piece.text)
    fates = teller.decided(piece, verdict, event.path)
    sets = [(team, "active", "has decided"), *(fates if not waved else [])]
    given = [verdict.decision, teller.book.text(verdict.note or None, event)]
    call = None if waved else piece.call
    teller.book.step(event, said, sets, member=team, call=call, verdict=given, facts=checked)


def decided_by_a_person(teller: Teller, before: Event, verdict: Verdict) -> bool:
    """Whether a verdict is the very one that a person has just given."""
    asked = teller.requests[before.path].detail if before.kind == "answered" else None
    return isinstance(asked, Review) and isinstance(before.detail, Value) and equal(before.detail.value, verdict)


def keeps_one(team: Any) -> bool:
    """Whether it is known that a team keeps one of several attempts."""
    return isinstance(team, Competitive) and knows(team, "conduct", "assign", "combine")


def takes_the_first(team: Any) -> bool:
    """Whether that one is the first that is good enough: the work that came last, before all others were cancelled."""
    return keeps_one(team) and team.judge is None


def has_no_reviewer(team: Any) -> bool:
    """Whether it is known that nobody looks at the work of a team."""
    return isinstance(team, Orchestrator) and team.reviewer is None and knows(team, "review")


def give_up(teller: Teller, event: Event, team: int) -> Fates:
    """Leave out what was turned down and was not done again: its orchestrator has gone on. What other code than ours
    makes of such work is not known."""
    code = teller.teams.get(event.path)
    if isinstance(code, Orchestrator) and not knows(code, "conduct", "assign", "carry_out", "turned_down"):
        return []
    return [each for piece in teller.pieces.given_up(team) for each in teller.decided(piece, SKIP, event.path)]


def leave_out(teller: Teller, event: Event, part: Skipped, before: Event | None) -> Fates:
    """Count a step that was left out once, however often that is said: when it fails, when that is looked at, and
    where typed parts come together."""
    piece = teller.pieces.instead(event.path, part)
    if event.phase == "combine":
        teller.missing[event.path, clean(part.who)] += 1
    elif piece.member is not None:
        return teller.decided(piece, SKIP, event.path)
    elif before is None or before.detail is not part:
        teller.left_out[event.path, clean(part.who)] += 1
    return []
