"""A run as a story: a step for each event worth showing, and all that a picture of any step needs, as plain JSON.

The story of the first events of a run is the beginning of the story of the whole run. So what is to be seen at a step
is a fold over the steps up to it, forwards and backwards alike, and the next event of a live run is only added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import inf, isinf
from typing import Any

from ...budget import Budget
from ...errors import reason
from ...events import Event
from ...ledger import MANAGING
from ...messages import Choice, Verdict
from ...requests import Error, Review, Wait
from ...specialist import Ask
from . import facts
from . import sentences as say
from .answered import answer
from .book import Book, Story
from .legal import Rules, choices, likely, move_of, told
from .listing import Listing
from .measuring import Measuring
from .noted import note
from .sentences import DOING, listed
from .terms import done_when, team_in
from .texts import as_text, job_of, parts_of, short, short_name, works_in
from .totals import sums


class Teller:
    """Tells a story event by event. `started` is what the run carries out, where that is known."""

    def __init__(
        self, budget: Budget | None = None, listing: Listing | None = None, max_parallel: float = inf,
        started: Any = None,
    ):  # fmt: skip
        self.book, self.limits, self.goal = Book(listing or Listing()), limits_of(budget), ""
        self.cast = self.book.cast
        self.rules = Rules(max_parallel, deadline="latency_s" in self.limits)
        self.events: list[Event] = []
        self.requests: dict[str, Event] = {}  # path -> the event that asked
        self.times: Counter[tuple[int, str]] = Counter()  # how often each member was asked, and about whose work
        self.drafts: dict[int, str] = {}  # member -> its last work
        self.last: dict[int, int] = {}  # member -> its last call
        self.before: dict[str, Event] = {}  # job -> its last event
        self.came: dict[str, int | None] = {}  # job -> whose work came back last
        self.needed: dict[str, set[str]] = defaultdict(set)  # job -> the steps that others build on
        self.turned_down = 0  # how many drafts
        self.left_out: Counter[tuple[str, str]] = Counter()  # how many steps of each, by job and specialist
        self.missing: Counter[tuple[str, str]] = Counter()  # the same, as it is said once more when parts come together
        self.started, self.teams = started, dict[str, Any]()  # job -> the team that has it, where that is known
        self.measuring = Measuring()
        self.fresh: dict[str, str] = {}  # job -> the work that came back last
        self.checked: dict[str, facts.Facts] = {}  # job -> what was measured of the work that was reviewed last
        self.whole: dict[str, Any] = {}  # the sums of a run that is over
        self.goals: dict[str, str] = {}  # job -> its goal
        self.looked_at: dict[str, int | None] = {}  # job, or path of a reviewer's call -> whose work it is about

    def tell(self, event: Event) -> None:
        """Go on by one event."""
        step, known = self.book.next, len(self.cast.members)
        legal = likely(self.rules, self.cast)
        self.events.append(event)
        match event.kind:
            case "began":
                self.begin(event)
            case "asked":
                self.ask(event)
            case "started":
                self.begin_turn(event)
            case "noted":
                note(self, event)
            case "answered":
                answer(self, event)
            case "cancelled":
                self.cancel(event)
            case "ended":
                self.end(event)
        self.before[event.path if event.kind in ("began", "noted", "ended") else job_of(event)] = event
        if 0 < step < self.book.next:
            came = told(move_of(event, self.requests, self.cast, known=known), self.cast)
            self.book.might(came, choices(came, legal, event))
        self.rules.follow(event)
        if event.kind == "asked" and event.path in self.rules.queue:
            self.book.calls[self.book.call(event.path)]["queued"] = True

    def story(self, *, simulated: bool, stop: str | None) -> Story:
        """Everything told so far. `stop` is the run's stop reason, None while it goes on; `more` is said at the end."""
        more = "" if stop else "The run had come as far as this."
        told = {"goal": self.goal, "simulated": simulated, "stop": stop, "limits": self.limits, "more": more}
        return self.book.story(self.events, told | self.whole)

    # --- one method for each kind of event ---------------------------------------------------------------------------

    def begin(self, event: Event) -> None:
        job, _, last = event.path.rpartition("/")
        goal = event.detail[0] if isinstance(event.detail, tuple) and event.detail else None
        team = self.cast.on(job) if job else -1
        name = last.partition("#")[0]
        self.cast.enter(event.path, name, "member" if job else "orchestrator", team, works_in(goal), self.book.next)
        member = self.cast.on(event.path)
        words = as_text(goal) if goal is not None else ""
        if not job:
            self.goal = short(words, 90)
        self.goals[event.path] = next((as_text(part) for label, part in parts_of(goal) if not label), "")
        limits = [] if job else [f"{limit:,.10g} {LIMITS[what]}" for what, limit in self.limits.items()]
        self.teams[event.path] = started = team_in(self.teams.get(job), name) if job else self.started
        asked_by, done = "".join(self.book.leader(team)) if job else "whoever called start", done_when(started)
        name = self.book.name(member)
        given = say.told(goal, goal=self.goals.get(job, ""))
        said = say.team_begins(asked_by, name, given, done) if job else say.begins(name, words, limits, done)
        brief = self.book.brief(goal, event, team)
        if limits:
            brief.append(self.book.part("what it may use", listed(limits), event))
        arguments = event.detail if isinstance(event.detail, tuple) else ()
        more = facts.begun(started, asked_by, arguments)
        self.book.step(event, said, [(member, "active", "begins")], member=member, brief=brief, facts=more)

    def ask(self, event: Event) -> None:
        self.requests[event.path] = event
        team, request, line = self.cast.on(job_of(event)), event.detail, self.book.line(event.line)
        leader = self.book.leader(team)
        if isinstance(request, Ask):
            self.hand_over(event, team, request, line)
        elif isinstance(request, Review):
            person = self.cast.enter(event.path, "a person", "person", team, [], self.book.next)
            self.looked_at[event.path] = self.subject(team, works_in(request.work))
            call = self.book.open_call(event, "a person", own=True)
            said = say.joined(leader, say.phrase(" stops and asks a person: “{}”", short(request.why, 200)))
            sets = [(person, "person", "decides"), (team, "person", "waits for a person")]
            brief = self.book.brief(request.work, event, team)
            self.book.step(event, said, sets, member=person, call=call, brief=brief, line=line)
        elif isinstance(request, Wait):
            said = say.joined(leader, say.phrase(" waits for {}.", say.seconds(request.seconds)))
            self.book.step(event, said, [(team, "active", "waits")], member=team, line=line, kind="waits")

    def hand_over(self, event: Event, team: int, request: Ask, line: int | None) -> None:
        """A specialist is given a brief."""
        who, own, works = request.to.name, event.phase in MANAGING, works_in(request.brief)
        member = self.cast.enter(event.path, who, "helper" if own else "member", team, works, self.book.next)
        if event.phase == "review":
            self.looked_at[event.path] = self.looked_at[job_of(event)] = self.subject(team, works)
        whose = self.name(self.looked_at.get(event.path))
        self.times[member, whose] += 1
        call = self.last[member] = self.book.open_call(event, who, own=own)
        given = self.book.leader(team)
        parts = say.told(request.brief, len(request.found or ()), self.goals.get(job_of(event), ""))
        said = say.hands_over(given, self.book.name(member), event.phase, parts, self.times[member, whose],
                              maker=whose, chooses=request.to.makes is Choice)  # fmt: skip
        brief = self.book.brief(request.brief, event, team)
        for passage in request.found or ():
            brief.append([f"found in {short_name(passage.source)}", self.book.text(passage.text, event)])
        tries = self.cast.tries[member]
        works_now = "works" if tries == 1 else f"works, try {tries}"
        sets = [(member, "active", works_now), (team, "active", DOING[event.phase])]
        role = self.book.text(request.to.role or None, event)
        self.book.step(event, said, sets, member=member, call=call, brief=brief, role=role, line=line)

    def begin_turn(self, event: Event) -> None:
        """A call that had to wait until somebody else was done."""
        member, call = self.cast.on(event.path), self.book.call(event.path)
        self.book.calls[call]["turn"] = self.book.next
        said = say.phrase("It is the turn of {}, who had to wait until somebody was done.", self.book.name(member))
        self.book.step(event, said, [(member, "active", "works")], member=member, call=call)

    def cancel(self, event: Event) -> None:
        """A call or a whole job that nobody waits for any more."""
        if event.path in self.requests and not isinstance(self.requests[event.path].detail, Ask | Review):
            return  # a pause or a look into the sources: nothing was lost
        member = self.cast.on(event.path)
        self.cast.leave(event.path, None)
        spent = event.usage.tokens_in + event.usage.tokens_out if event.usage else 0
        said = say.cancelled(self.book.name(member), spent, job=event.path not in self.requests)
        call = None
        if event.path in self.requests:
            call = self.book.call(event.path)
            self.book.close_call(event, "cancelled")
        self.book.step(event, said, [(member, "off", "cancelled")], member=member, call=call)

    def end(self, event: Event) -> None:
        """A team hands back its result, or the run is over."""
        member, root = self.cast.on(event.path), "/" not in event.path
        name = self.book.name(member)
        if isinstance(event.detail, Error):
            self.cast.leave(event.path, None)
            error = event.detail.error
            said = say.phrase("The run ends: {}" if root else "The team {} fails: {}", *([] if root else [name]),
                              say.failure(error))  # fmt: skip
            sets = [(member, "failed", type(error).__name__)]
            draft = self.book.text(reason(error), event)
        else:
            work = event.detail.value
            words = as_text(work) if work is not None else ""
            self.cast.leave(event.path, words)
            self.measuring.handed_on(member, self.cast.whose(member, words), words)
            ends = say.over(work, self.turned_down, (self.left_out | self.missing).total())
            said = ends if root else say.phrase("The team {} hands back its result: {}.", name, say.size(work))
            sets = [(member, "done", say.size(work))]
            draft = self.book.text(work, event)
        if root:
            self.whole = {"sums": sums(self.events)}
        more = facts.ended(self.events, self.whole["sums"]) if root else None
        self.book.step(event, said, sets, member=member, draft=draft, facts=more)

    def name(self, member: int | None) -> str:
        return "" if member is None else self.book.name(member)

    def count(self, verdict: Verdict, subject: int | None, job: str) -> None:
        """What will have to be said at the end of the run."""
        self.turned_down += verdict.decision == "reject"
        if verdict.decision == "skip" and subject is not None:
            member = self.cast.members[subject]
            self.left_out[job, member.get("who", member["name"])] += 1

    def subject(self, team: int, works: list[str]) -> int | None:
        """Whose work is looked at. A reviewer is told it last."""
        return self.cast.maker(team, works[-1]) if works else None


LIMITS = {"calls": "calls", "tokens": "tokens", "cost_usd": "dollars", "latency_s": "seconds"}


def limits_of(budget: Budget | None) -> dict[str, float]:
    """The limits that there are, by name."""
    limits = {what: getattr(budget, what) for what in LIMITS} if budget else {}
    return {what: limit for what, limit in limits.items() if not isinf(limit)}
