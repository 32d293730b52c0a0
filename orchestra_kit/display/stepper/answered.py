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
from .sentences import DOING, FATES
from .texts import as_text, clean, job_of, short_name, works_in

if TYPE_CHECKING:
    from .story import Teller


def answer(teller: Teller, event: Event) -> None:
    """Somebody, or something, that was asked has answered."""
    asked = teller.requests[event.path]
    team, line = teller.cast.on(job_of(asked)), teller.book.line(asked.line)
    if isinstance(asked.detail, Ask) and event.path in teller.looked_at:  # of several reviews at once, this one goes on
        teller.looked_at[job_of(event)] = teller.looked_at[event.path]
    goes_on = [(team, "active", "goes on")]
    made = event.detail.value if isinstance(event.detail, Value) else None
    match asked.detail:
        case Ask():
            take(teller, event, asked, line)
        case LookUp(who):
            found = say.counted(len(made or ()), "passage")
            said = say.phrase("{} looks into its sources first, and finds {} to work from.", short_name(who), found)
            teller.book.step(event, said, [(team, "active", DOING[event.phase])], member=team, line=line, kind="found")
        case Review() if isinstance(made, Verdict):
            person, call = teller.cast.on(event.path), teller.book.call(event.path)
            teller.cast.leave(event.path, "")
            teller.book.close_call(event, "ok")
            subject = teller.looked_at.get(event.path)
            said = say.joined(["A person has decided. "], say.decides(made, teller.name(subject)))
            sets = [(person, "done", made.decision), *goes_on]
            if subject is not None:
                sets.append((subject, *FATES[made.decision]))
                put_in_its_place(teller, subject, made)
            teller.count(made, subject, job_of(event))
            works = [] if isinstance(asked.detail.work, Skipped) else works_in(asked.detail.work)
            checked = facts.reviewed(teller.measuring, subject, works[-1]) if works else []
            verdict = [made.decision, teller.book.text(made.note or None, event)]
            teller.book.step(event, said, sets, member=person, call=call, verdict=verdict, facts=checked, line=line)
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


def put_in_its_place(teller: Teller, subject: int, verdict: Verdict) -> None:
    """What a verdict makes of the work it is about."""
    if verdict.decision in ("edit", "skip"):
        teller.cast.becomes(subject, as_text(verdict.work) if verdict.decision == "edit" else None)


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
    words = as_text(work)
    teller.cast.leave(path, words)
    teller.book.close_call(event, "ok")
    took_s = event.at_s - teller.book.calls[call]["from"]
    teller.measuring.made(member, words, request)
    how = reply.how if isinstance(reply, Reply) else {}
    team = teller.cast.members[member]["team"]
    checked: facts.Facts = []
    if (looked := judged(request, event.phase, work)) is not None:
        maker = teller.looked_at[path] if path in teller.looked_at else teller.subject(team, [looked])
        checked = facts.reviewed(teller.measuring, maker, looked, how)
    if checked:
        teller.checked[job_of(event)] = checked
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
