"""What comes back to an orchestrator, told as steps: a specialist's work, a person's verdict, what was looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...call import Reply
from ...errors import reason
from ...events import Event
from ...handoff import open_reply
from ...messages import Plan, Skipped, Verdict
from ...requests import Error, Review, Value
from ...specialist import Ask, LookUp
from . import facts
from . import sentences as say
from .changes import changes
from .measuring import judged
from .sentences import DOING
from .texts import as_text, clean, job_of, short_name, works_in

if TYPE_CHECKING:
    from .story import Teller


def answer(teller: Teller, event: Event) -> None:
    """Somebody, or something, that was asked has answered."""
    asked = teller.requests[event.path]
    team, line = teller.cast.on(job_of(asked)), teller.book.line(asked.line)
    piece = teller.pieces.answered(event.path)
    goes_on = [(team, "active", "goes on")]
    made = event.detail.value if isinstance(event.detail, Value) else None
    match asked.detail:
        case Ask():
            take(teller, event, asked, line)
        case LookUp(who):
            found = say.counted(len(made or ()), "passage")
            said = say.phrase("{} looks into its sources first, and finds {} to work from.", short_name(who), found)
            teller.book.step(event, said, [(team, "active", DOING[event.phase])], member=team, line=line, kind="found")
        case Review(work) if isinstance(made, Verdict):
            person, call = teller.cast.on(event.path), teller.book.call(event.path)
            teller.cast.leave(event.path, "")
            teller.book.close_call(event, "ok")
            verdict = Verdict("skip", made.note) if isinstance(work, Skipped) and made.decision == "approve" else made
            said = say.joined(["A person has decided. "], say.decides(verdict, teller.name(piece.member)))
            sets = [(person, "done", made.decision), *goes_on]
            if not isinstance(work, Skipped) or verdict.decision != "reject":  # what failed does not go back
                sets += teller.decided(piece, verdict, job_of(event))
            works = [] if isinstance(work, Skipped) else works_in(work)
            checked = facts.reviewed(teller.measuring, piece.member, works[-1]) if works else []
            given = [made.decision, teller.book.text(made.note or None, event)]
            teller.book.step(event, said, sets, member=person, call=call, verdict=given, facts=checked, line=line)
        case Review() if isinstance(event.detail, Error):
            person, call = teller.cast.on(event.path), teller.book.call(event.path)
            teller.cast.leave(event.path, None)
            teller.book.close_call(event, "failed")
            said = say.phrase("Nobody has decided: {}", say.failure(event.detail.error))
            sets = [(person, "failed", "has not decided"), *goes_on]
            teller.book.step(event, said, sets, member=person, call=call, line=line)
        case _ if isinstance(event.detail, Error):
            teller.book.step(event, say.phrase("That fails: {}", say.failure(event.detail.error)), goes_on, member=team)
        case _:
            teller.book.step(
                event, ["The time is up, and it goes on."], goes_on, member=team, line=line, kind="goes on"
            )


def take(teller: Teller, event: Event, asked: Event, line: int | None) -> None:
    """A specialist's answer, or its failure, comes back."""
    path, request, member = event.path, asked.detail, teller.cast.on(event.path)
    opened, call = open_reply(request, event.detail, path), teller.book.call(path)
    reply = event.detail.value if isinstance(event.detail, Value) else None
    if isinstance(opened, Error):
        teller.cast.leave(path, None)
        teller.book.close_call(event, "failed")
        said = say.phrase("{} fails: {}", teller.book.name(member), say.failure(opened.error))
        sets = [(member, "failed", type(opened.error).__name__)]
        draft = teller.book.text(reason(opened.error), event)
        teller.book.step(event, said, sets, member=member, call=call, draft=draft, line=line)
        return
    work = opened.value
    words, piece = as_text(work), teller.pieces.of_call[path]
    teller.cast.leave(path, words)
    teller.book.close_call(event, "ok")
    if piece.call == call:
        piece.text = words
    bar = teller.book.calls[call]
    took_s = event.at_s - (teller.book.steps[bar["turn"]]["at"] if "turn" in bar else bar["from"])
    teller.measuring.made(member, words, request)
    how = reply.how if isinstance(reply, Reply) else {}
    team = teller.cast.members[member]["team"]
    checked: facts.Facts = []
    if (looked := judged(request, event.phase, work)) is not None:
        about = piece if event.phase == "review" else teller.pieces.found(job_of(event), looked)
        checked = facts.reviewed(teller.measuring, about.member, looked, how)
    if checked:
        piece.checked = checked
    said = say.answers(teller.book.name(member), work, took_s, event.usage, checked)
    sets = [(member, "done", say.size(work))]
    if isinstance(work, Plan):
        sets += [(each, "planned", "planned") for each in teller.cast.plan(team, work.steps, teller.book.next)]
    before = teller.drafts.get(member) or max((w for w in works_in(request.brief)[1:]), key=len, default="")
    changed = (
        None if teller.cast.members[member]["role"] == "helper" or not before else changes(clean(before), clean(words))
    )
    changed = [["gap", "not a word has changed"]] if changed == [] else changed
    teller.drafts[member] = words
    raw = reply.text if isinstance(reply, Reply) and reply.text != words else None
    teller.book.step(
        event, said, sets, member=member, call=call, draft=teller.book.text(work, event), line=line,
        changes=changed, raw=teller.book.text(raw, event), facts=[*checked, *facts.of_itself(reply, work)],
    )  # fmt: skip
