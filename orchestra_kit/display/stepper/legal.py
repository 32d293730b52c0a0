"""What may come next in a run: the rules that its loop keeps to, whatever the orchestrator decides.

A job is awake from the answer that it waited for to the next answer that anybody gets: only then may it act. A job
that waits for nothing acts before any answer comes in. Who waits for a turn starts before the next answer, and says
nothing until then. A move is legal if some orchestrator, after the same events, could have gone on with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from math import inf
from random import Random
from typing import TypeAlias, get_args

from ...events import Event
from ...requests import Error, Phase, Review, Wait
from ...specialist import Ask, LookUp
from .cast import Cast
from .sentences import Sentence, phrase
from .texts import clean, job_of, short_name

Move: TypeAlias = tuple[str, int]  # what happens, and the member who does it, or to whom it is done
DOES = {  # a move of a member, in words
    "answers": "answers", "fails": "fails", "starts": "gets its turn", "given": "is given a brief",
    "cancelled": "is cancelled", "new": "gives a brief to somebody new", "ends": "hands back its result",
    "person": "asks a person", "waits": "waits for a while", "finds": "has something looked up in the sources",
    "goes on": "goes on after a pause", "late": "learns that it took too long", "receive": "receives its goal",
    "plan": "plans", "assign": "says what is to be done next", "monitor": "looks at what came back",
    "review": "reviews", "combine": "puts the parts together", "deliver": "delivers",
}  # fmt: skip
LIKELY = 7  # moves: two of these are offered beside the one that comes
PHASES: tuple[Phase, ...] = get_args(Phase)


class Rules:
    """Follows a run event by event, and knows what may come next. `deadline`: its budget has a limit in seconds."""

    def __init__(self, max_parallel: float = inf, *, deadline: bool = False):
        self.max_parallel, self.deadline = max_parallel, deadline
        self.open: dict[str, Event] = {}  # path -> the request that waits for its answer
        self.queue: dict[str, None] = {}  # paths of calls that wait for a turn, in order
        self.running = 0  # calls at work
        self.waits: Counter[str] = Counter()  # job -> how many it waits for: requests, and teams at work
        self.jobs: dict[str, Phase] = {}  # job that is not over -> its last phase
        self.idle: set[str] = set()  # jobs that wait for nothing, and are not over
        self.awake: dict[str, None] = {}  # jobs that may act, in order of waking

    def follow(self, event: Event) -> None:
        """Go on by one event."""
        match event.kind:
            case "began":
                self._count(job_of(event), 1)
                self.jobs[event.path] = "receive"
                self.idle.add(event.path)
                self.awake[event.path] = None
            case "asked":
                self._count(job_of(event), 1)
                self.open[event.path] = event
                if isinstance(event.detail, Ask):
                    self._line_up(event.path)
            case "started":
                if event.path in self.queue:  # else nobody has said how many may work at once
                    del self.queue[event.path]
                    self.running += 1
                self.awake.clear()
            case "noted":
                self.jobs[event.path] = event.phase
            case "answered":
                self._close(event)
                self.awake = {job_of(event): None}
            case "cancelled" if event.path in self.open:
                self._close(event)
            case "cancelled" | "ended":
                del self.jobs[event.path]
                self.idle.discard(event.path)
                self.awake.pop(event.path, None)
                self._count(job_of(event), -1)
                if event.kind == "ended" and job_of(event):
                    self.awake[job_of(event)] = None

    def _count(self, job: str, more: int) -> None:
        self.waits[job] += more
        if job in self.jobs:
            (self.idle.discard if self.waits[job] else self.idle.add)(job)

    def _line_up(self, path: str) -> None:
        if self.queue or self.running >= self.max_parallel:
            self.queue[path] = None
        else:
            self.running += 1

    def _close(self, event: Event) -> None:
        request = self.open.pop(event.path).detail
        self._count(job_of(event), -1)
        if event.path in self.queue:
            del self.queue[event.path]
        elif isinstance(request, Ask):
            self.running -= 1

    def moves(self, cast: Cast) -> Iterator[Move]:
        """Every move that is legal now, once: the likelier first, answers and what is done about them in turn."""
        answers = self._answers(cast) if not self.idle else iter(())
        known: set[Move | None] = {None}
        for pair in zip_longest(answers, self._acts(cast)):
            for move in pair:
                if move not in known:
                    known.add(move)
                    assert move is not None
                    yield move

    def _answers(self, cast: Cast) -> Iterator[Move]:
        """Nobody has anything to do: a call begins its turn, or an answer comes in."""
        if self.queue and self.running < self.max_parallel:
            yield "starts", cast.on(next(iter(self.queue)))
            return
        for path, asked in self.open.items():
            team, late = cast.on(job_of(asked)), self.deadline
            match asked.detail:
                case Ask():
                    if path not in self.queue:
                        yield "answers", cast.on(path)
                    if path not in self.queue or late:
                        yield "fails", cast.on(path)
                    late = False
                case Review():
                    yield "answers", cast.on(path)
                case LookUp():
                    yield "finds", team
                    late = False
                case Wait():
                    yield "goes on", team
            if late:
                yield "late", team

    def _acts(self, cast: Cast) -> Iterator[Move]:
        """What those may do who are awake."""
        teams = {cast.on(job): phase for job, phase in self.jobs.items() if job in self.awake}
        for team in teams:
            yield from (("given", member) for member in cast.next_in(team))
        for team, phase in teams.items():
            yield from (("new", team), *((later, team) for later in PHASES[PHASES.index(phase) + 1 :][:2]))
        yield from (("ends", cast.on(job)) for job in self.awake if job in self.idle)
        for path in [path for path, asked in self.open.items() if isinstance(asked.detail, Ask | Review)]:
            if self._is_below_awake(path):
                yield "cancelled", cast.on(path)
        yield from (("cancelled", cast.on(job)) for job in self.idle if self._is_below_awake(job))
        for team in teams:
            yield from (("person", team), ("waits", team), *((phase, team) for phase in PHASES))

    def _is_below_awake(self, path: str) -> bool:
        return any(path.startswith(f"{job}/") for job in self.awake)


def move_of(event: Event, requests: dict[str, Event], cast: Cast, *, known: int) -> Move:
    """The move that a told event was. `known`: how many members were known before it."""
    asked = requests.get(event.path)
    member = cast.on(job_of(event) if asked else event.path)
    match event.kind, asked.detail if asked else None:
        case "asked", Wait():
            return "waits", member
        case "asked", Review():
            return "person", member
        case ("asked", _) | ("began", _):
            taker = cast.on(event.path)
            return ("given", taker) if taker < known else ("new", cast.members[taker]["team"])
        case "started", _:
            return "starts", cast.on(event.path)
        case "answered", Ask():
            return "fails" if isinstance(event.detail, Error) else "answers", cast.on(event.path)
        case "answered", LookUp():
            return "finds", member
        case "answered", _ if isinstance(event.detail, Error):
            return "late", member
        case "answered", Review():
            return "answers", cast.on(event.path)
        case "answered", _:
            return "goes on", member
        case "cancelled", _:
            return "cancelled", cast.on(event.path)
        case "ended", _:
            return "ends", member
    return event.phase, member


def told(move: Move, cast: Cast) -> Sentence:
    """A move as a sentence."""
    what, member = move
    if member:
        return phrase(f"{{}} {DOES[what]}", short_name(cast.members[member]["name"], 40))
    return ["The run ends" if what == "ends" else f"The orchestrator {DOES[what]}"]


def likely(rules: Rules, cast: Cast) -> list[Sentence]:
    """The first few moves that are legal now, in words: of those that read alike, one."""
    words: dict[tuple[str, ...], None] = {}
    for move in rules.moves(cast):
        words[tuple(told(move, cast))] = None
        if len(words) > LIKELY:
            break
    return [list(each) for each in words]


def choices(came: Sentence, likely: Iterable[Sentence], event: Event) -> list[Sentence]:
    """The move that came with this event, and two others that were as legal: fewer only where fewer were.

    The same event gives the same choices in the same order. The order says nothing of which one came.
    """
    luck = Random(clean(f"{event.number} {event.path}"))
    others = [move for move in likely if move != came]
    three = [came, *luck.sample(others, min(2, len(others)))]
    luck.shuffle(three)
    return three
