"""A run as a story: a step for each event worth showing, and all that a picture of any step needs, as plain JSON.

The story of the first events of a run is the beginning of the story of the whole run. So what is to be seen at a step
is a fold over the steps up to it, forwards and backwards alike, and the next event of a live run is only added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import takewhile
from math import inf, isinf
from typing import Any, TypeAlias

from ...budget import Budget
from ...errors import reason
from ...events import Event
from ...ledger import MANAGING
from ...messages import Choice, Verdict
from ...requests import Error, Review, Wait
from ...specialist import Ask
from ...team import Orchestrator
from . import facts
from . import sentences as say
from .answered import answer
from .book import Book, Story
from .cast import Role
from .legal import Rules, choices, likely, move_of, told
from .listing import Listing
from .measuring import Measuring
from .noted import keeps_one, note
from .pieces import Piece, Pieces
from .sentences import DOING, FATES, Sentence, listed
from .terms import done_when, team_in
from .texts import as_text, job_of, parts_of, short, short_name, works_in
from .totals import sums

Fates: TypeAlias = list[tuple[int, str, str]]  # a member, its new state, and a word or two about it


class Teller:
    """Tells a story event by event. `started` is what the run carries out, where that is known."""

    def __init__(
        self, budget: Budget | None = None, listing: Listing | None = None, max_parallel: float = inf,
        started: Any = None,
    ):  # fmt: skip
        self.book, self.limits, self.goal = Book(listing or Listing()), limits_of(budget), ""
        self.cast = self.book.cast
        self.pieces = Pieces(self.cast)
        self.rules = Rules(max_parallel, deadline="latency_s" in self.limits)
        self.events: list[Event] = []
        self.requests: dict[str, Event] = {}  # path -> the event that asked
        self.times: Counter[tuple[int, str]] = Counter()  # how often each member was asked, and about whose work
        self.drafts: dict[int, str] = {}  # member -> its last work
        self.before: dict[str, Event] = {}  # job -> its last event
        self.needed: dict[str, set[str]] = defaultdict(set)  # job -> the steps that others build on
        self.turned_down = 0  # how many drafts
        self.left_out: Counter[tuple[str, str]] = Counter()  # how many steps of each, by job and specialist
        self.missing: Counter[tuple[str, str]] = Counter()  # the same, as it is said once more when parts come together
        self.started, self.teams = started, dict[str, Any]()  # job -> the team that has it, where that is known
        self.are_teams: set[str] = set()  # jobs that a team has, as far as that is known
        self.measuring = Measuring()
        self.whole: dict[str, Any] = {}  # the sums of a run that is over
        self.goals: dict[str, str] = {}  # job -> its goal

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
                if event.phase == "receive":
                    self.are_teams.add(event.path)
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
        story = self.book.story(self.events, told | self.whole)
        if stop and self.events[-1].kind == "cancelled":  # no event says why a run was closed
            last = story["steps"][-1]
            story["steps"][-1] = last | {"say": say.joined(last["say"], say.phrase(" Stop reason: {}.", stop))}
        return story

    # --- one method for each kind of event ---------------------------------------------------------------------------

    def begin(self, event: Event) -> None:
        job, _, last = event.path.rpartition("/")
        goal = event.detail[0] if isinstance(event.detail, tuple) and event.detail else None
        team = self.cast.on(job) if job else -1
        name = last.partition("#")[0]
        role: Role = "member" if job else "orchestrator"
        member = self.cast.enter(event.path, name, role, team, works_in(goal), self.book.next)
        if self.reviews(job):
            self.pieces.asked(event.path, self.pieces.looked_at(job, goal))
        else:
            self.pieces.begun(event.path)
        words = as_text(goal) if goal is not None else ""
        if not job:
            self.goal = short(words, 90)
        self.goals[event.path] = next((as_text(part) for label, part in parts_of(goal) if not label), "")
        limits = [] if job else [f"{limit:,.10g} {LIMITS[what][limit != 1]}" for what, limit in self.limits.items()]
        self.teams[event.path] = started = team_in(self.teams.get(job), name) if job else self.started
        asked_by, done = "".join(self.leader(job)) if job else "whoever started the run", done_when(started)
        name = self.book.name(member)
        given = say.told(goal, goal=self.goals.get(job, ""))
        if isinstance(started, Orchestrator):
            self.are_teams.add(event.path)
        is_team = event.path in self.are_teams
        said = (
            say.team_begins(asked_by, name, given, done, team=is_team) if job else say.begins(name, words, limits, done)
        )
        brief = self.book.brief(goal, event, team)
        if limits:
            brief.append(self.book.part("what it may use", listed(limits), event))
        arguments = event.detail if isinstance(event.detail, tuple) else ()
        more = facts.begun(started, asked_by, arguments)
        self.book.step(event, said, [(member, "active", "begins")], member=member, brief=brief, facts=more)

    def ask(self, event: Event) -> None:
        self.requests[event.path] = event
        team, request, line = self.cast.on(job_of(event)), event.detail, self.book.line(event.line)
        leader = self.leader(job_of(event))
        if isinstance(request, Ask):
            self.hand_over(event, team, request, line)
        elif isinstance(request, Review):
            person = self.cast.enter(event.path, "a person", "person", team, [], self.book.next)
            piece = self.pieces.asked(event.path, self.pieces.looked_at(job_of(event), request.work))
            call = self.book.open_call(event, "a person", own=True)
            said = say.asks_a_person(leader, request.why, self.name(piece.member))
            sets = [(person, "person", "decides"), (team, "person", "waits for a person")]
            brief = self.book.brief(request.work, event, team)
            self.book.step(event, said, sets, member=person, call=call, brief=brief, line=line)
        else:
            self.pieces.asked(event.path)
        if isinstance(request, Wait):
            said = say.joined(leader, say.phrase(" waits for {}.", say.seconds(request.seconds)))
            self.book.step(event, said, [(team, "active", "waits")], member=team, line=line, kind="waits")

    def hand_over(self, event: Event, team: int, request: Ask, line: int | None) -> None:
        """A specialist is given a brief."""
        who, own, works = request.to.name, event.phase in MANAGING, works_in(request.brief)
        member = self.cast.enter(event.path, who, "helper" if own else "member", team, works, self.book.next)
        piece = self.pieces.looked_at(job_of(event), request.brief) if event.phase == "review" else None
        whose = self.name(piece.member) if piece else ""
        self.times[member, whose] += 1
        call = self.book.open_call(event, who, own=own)
        if own:
            self.pieces.asked(event.path, piece)
        else:
            self.pieces.begun(event.path, call)
        given = self.leader(job_of(event))
        parts = say.told(request.brief, len(request.found or ()), self.goals.get(job_of(event), ""))
        chooses = request.to.makes is Choice or keeps_one(self.teams.get(job_of(event)))
        said = say.hands_over(given, self.book.name(member), event.phase, parts, self.times[member, whose],
                              maker=whose, chooses=chooses)  # fmt: skip
        brief = self.book.brief(request.brief, event, team)
        for passage in request.found or ():
            brief.append([f"found in {short_name(passage.source)}", self.book.text(passage.text, event)])
        waits = self.rules.queue or self.rules.running >= self.rules.max_parallel
        now = ("planned", "waits its turn") if waits else ("active", self.works(member))
        sets = [(member, *now), (team, "active", DOING[event.phase])]
        role = self.book.text(request.to.role or None, event)
        self.book.step(event, said, sets, member=member, call=call, brief=brief, role=role, line=line)

    def begin_turn(self, event: Event) -> None:
        """A call that had to wait until somebody else was done."""
        member, call = self.cast.on(event.path), self.book.call(event.path)
        self.book.calls[call]["turn"] = self.book.next
        said = say.phrase("It is the turn of {}, who had to wait until somebody was done.", self.book.name(member))
        self.book.step(event, said, [(member, "active", self.works(member))], member=member, call=call)

    def cancel(self, event: Event) -> None:
        """A call or a whole job that nobody waits for any more."""
        if event.path in self.requests and not isinstance(self.requests[event.path].detail, Ask | Review):
            return  # a pause or a look into the sources: nothing was lost
        member = self.cast.on(event.path)
        self.cast.leave(event.path, None)
        if "/" not in event.path:
            self.closed(event, member)
            return
        spent = event.usage.tokens_in + event.usage.tokens_out if event.usage else 0
        said = say.cancelled(self.book.name(member), spent, job=event.path in self.are_teams)
        call = None
        if event.path in self.requests:
            call = self.book.call(event.path)
            self.book.close_call(event, "cancelled")
        self.book.step(event, said, [(member, "off", "cancelled")], member=member, call=call)

    def closed(self, event: Event, member: int) -> None:
        """The run was closed before it was over: whatever was open has been cancelled."""
        open_last = takewhile(lambda each: each.kind == "cancelled", reversed(self.events[:-1]))
        who = [self.book.name(self.cast.on(each.path)) for each in open_last
               if each.path in self.requests and isinstance(self.requests[each.path].detail, Ask | Review)]  # fmt: skip
        self.whole = {"sums": sums(self.events)}
        more = facts.ended(self.events, self.whole["sums"])
        self.book.step(event, say.closed(who[::-1]), [(member, "off", "closed")], member=member, facts=more,
                       kind="ended")  # fmt: skip

    def end(self, event: Event) -> None:
        """A team hands back its result, or the run is over."""
        member, root = self.cast.on(event.path), "/" not in event.path
        if isinstance(event.detail, Error):
            self.cast.leave(event.path, None)
            self.pieces.answered(event.path)
            error = event.detail.error
            ends = ["The run ends: "] if root else say.joined(self.leader(event.path), [" fails: "])
            said = say.joined(ends, say.phrase("{}", say.failure(error)))
            sets = [(member, "failed", type(error).__name__)]
            draft = self.book.text(reason(error), event)
        else:
            work = event.detail.value
            words = as_text(work) if work is not None else ""
            self.cast.leave(event.path, words)
            self.measuring.handed_on(member, self.cast.whose(member, words), words)
            if (piece := self.pieces.answered(event.path)).member == member:
                piece.text = words
            ends = say.over(work, self.turned_down, (self.left_out | self.missing).total())
            back = say.phrase(" hands back its result: {}.", say.size(work))
            said = ends if root else say.joined(self.leader(event.path), back)
            sets = [(member, "done", say.size(work))]
            draft = self.book.text(work, event)
        if root:
            self.whole = {"sums": sums(self.events)}
        more = facts.ended(self.events, self.whole["sums"]) if root else None
        self.book.step(event, said, sets, member=member, draft=draft, facts=more)

    def name(self, member: int | None) -> str:
        return "" if member is None else self.book.name(member)

    def leader(self, job: str) -> Sentence:
        """How the orchestrator of a job is called at the beginning of a sentence: a function is no team."""
        team = self.cast.on(job)
        return self.book.leader(team) if team == 0 or job in self.are_teams else say.phrase("{}", self.book.name(team))

    def works(self, member: int) -> str:
        tries = self.cast.tries[member]
        return "works" if tries == 1 else f"works, try {tries}"

    def reviews(self, job: str) -> bool:
        """Whether what a job asks for now is a review."""
        return job in self.before and self.before[job].phase == "review"

    @property
    def looked_at(self) -> dict[str, int | None]:
        """Whose work each call is about, by its path."""
        return {path: piece.member for path, piece in self.pieces.of_call.items()}

    def decided(self, piece: Piece, verdict: Verdict, job: str) -> Fates:
        """What a verdict makes of a piece of work and of its maker, and what will have to be said at the end."""
        new = piece.fate != verdict.decision
        self.turned_down += new and verdict.decision == "reject"
        if piece.member is None:
            return []
        if new and verdict.decision == "skip":
            self.left_out[job, self.cast.who(piece.member)] += 1
        self.pieces.becomes(piece, verdict.decision, verdict.work)
        return [(piece.member, *FATES[verdict.decision])]


LIMITS = {  # one, and many
    "calls": ("call", "calls"), "tokens": ("token", "tokens"), "cost_usd": ("dollar", "dollars"),
    "latency_s": ("second", "seconds"),
}  # fmt: skip


def limits_of(budget: Budget | None) -> dict[str, float]:
    """The limits that there are, by name."""
    limits = {what: getattr(budget, what) for what in LIMITS} if budget else {}
    return {what: limit for what, limit in limits.items() if not isinf(limit)}
