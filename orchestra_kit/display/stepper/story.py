"""A run as a story: a step for each event worth showing, and all that a picture of any step needs, as plain JSON.

The story of the first events of a run is the beginning of the story of the whole run. So what is to be seen at a step
is a fold over the steps up to it, forwards and backwards alike, and the next event of a live run is only added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import inf, isinf

from ...budget import Budget
from ...errors import reason
from ...events import Event
from ...ledger import MANAGING, call_rows
from ...messages import Choice, Verdict
from ...requests import Error, Review, Wait
from ...specialist import Ask
from . import sentences as say
from .answered import answer
from .book import Book, Story
from .legal import Rules, choices, likely, move_of, told
from .listing import Listing
from .noted import note
from .sentences import DOING, listed, seconds
from .texts import as_text, job_of, parts_of, short, short_name, works_in


class Teller:
    """Tells a story event by event."""

    def __init__(self, budget: Budget | None = None, listing: Listing | None = None, max_parallel: float = inf):
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
        self.turned_down, self.left_out = 0, set[str]()  # how many drafts; whose parts
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

    def story(self, *, simulated: bool, stop: str | None) -> Story:
        """Everything told so far. `stop` is the run's stop reason, None while it goes on."""
        told = {"goal": self.goal, "simulated": simulated, "stop": stop, "limits": self.limits}
        return self.book.story(self.events, told)

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
        name = self.book.name(member)
        given = say.told(goal, goal=self.goals.get(job, ""))
        said = say.team_begins(name, given) if job else say.begins(name, words, limits)
        brief = self.book.brief(goal, event, team)
        if limits:
            brief.append(self.book.part("what it may use", listed(limits), event))
        self.book.step(event, said, [(member, "active", "begins")], member=member, brief=brief)

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
            self.cast.leave(event.path, as_text(work) if work is not None else "")
            ends = say.over(work, self.turned_down, len(self.left_out))
            said = ends if root else say.phrase("The team {} hands back its result: {}.", name, say.size(work))
            sets = [(member, "done", say.size(work))]
            draft = self.book.text(work, event)
        self.book.step(event, said, sets, member=member, draft=draft, totals=totals(self.events) if root else None)

    def name(self, member: int | None) -> str:
        return "" if member is None else self.book.name(member)

    def count(self, verdict: Verdict, subject: int | None) -> None:
        """What will have to be said at the end of the run."""
        self.turned_down += verdict.decision == "reject"
        if verdict.decision == "skip" and subject is not None:
            member = self.cast.members[subject]
            self.left_out.add(member.get("who", member["name"]))

    def subject(self, team: int, works: list[str]) -> int | None:
        """Whose work is looked at. A reviewer is told it last."""
        return self.cast.maker(team, works[-1]) if works else None


def totals(events: list[Event]) -> list[list[str]]:
    """What a run came to: what it is, and how much of it."""
    rows = call_rows(events)
    failed = sum(row.status in ("failed", "skipped") for row in rows)
    about = "~" if any(row.estimated for row in rows) else ""
    read, wrote, usd = (sum(getattr(row, what) for row in rows) for what in ("tokens_in", "tokens_out", "cost_usd"))
    own = sum(row.tokens_in + row.tokens_out for row in rows if row.phase in MANAGING)
    return [
        ["calls", f"{len(rows):,}" + (f", {failed:,} of them failed" if failed else "")],
        ["tokens", f"{about}{read:,} read, {about}{wrote:,} written"],
        ["spent by the orchestrator", f"{about}{own:,} of them"],
        ["cost", f"{about}${usd:.6f}"],
        ["clock", seconds(events[-1].at_s)],
    ]


LIMITS = {"calls": "calls", "tokens": "tokens", "cost_usd": "dollars", "latency_s": "seconds"}


def limits_of(budget: Budget | None) -> dict[str, float]:
    """The limits that there are, by name."""
    limits = {what: getattr(budget, what) for what in LIMITS} if budget else {}
    return {what: limit for what, limit in limits.items() if not isinf(limit)}
