"""Who is on stage: the members of a run as they appear, and who hands work to whom.

A member is a specialist or a team: a plan does not say which. It stands inside the team that asked it. One who is asked
again is the same member; one who is asked twice at the same time is two. Arrows between members are found, not told:
work goes from one to the other when what the one made stands in what the other is handed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NotRequired, TypedDict

from ...messages import Step
from .texts import clean

Role = Literal["orchestrator", "member", "helper", "person"]  # a helper works for the orchestrator itself
NOT_BY_CHANCE = 12  # letters: a shorter answer may well stand in a brief by chance
RECENT = 40  # pieces of work that are looked for inside a longer text


class Member(TypedDict):
    """A box in the graph and a lane in the timeline. `column` counts from the left, inside its team."""

    name: str
    role: Role
    team: int  # the number of the member it belongs to; -1 for the orchestrator
    column: int
    since: int  # the step that first names it
    who: NotRequired[str]  # the specialist's name, where the plan gave the step a name of its own


Arrow = TypedDict("Arrow", {"from": int, "to": int, "since": int, "planned": bool})


class Cast:
    """The members of a run and the arrows between them. Nothing that has been put here is ever changed."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.arrows: list[Arrow] = []
        self._on: dict[str, int] = {}  # path of a job or call -> member
        self._alike: dict[tuple[int, str, Role], list[int]] = defaultdict(list)
        self._used: set[int] = set()
        self._busy: set[int] = set()
        self._again: set[int] = set()  # whose last work came to nothing: they will be asked again
        self._due: set[int] = set()  # whose step has been given out, and who has not begun
        self._turned_to: dict[int, int | None] = {}  # team -> whose work it has in hand
        self.tries: dict[int, int] = {}  # member -> the how-manieth try this is
        self._steps: dict[tuple[int, str], int] = {}  # team and name of a step -> member
        self._made: dict[int, dict[str, int]] = defaultdict(dict)  # team -> work -> member who made it
        self._drawn: set[tuple[int, int, bool]] = set()

    def on(self, path: str) -> int:
        """The member that a path stands for."""
        return self._on[path]

    def plan(self, team: int, steps: Iterable[Step], since: int) -> list[int]:
        """The members that a plan names, each to the right of what it needs."""
        named = []
        for step in steps:
            needs = [self._steps[team, need] for need in step.needs if (team, need) in self._steps]
            known = self._steps.get((team, step.name))
            if known is None or self.who(known) != clean(step.who):
                self._steps[team, step.name] = self._add(step.who, "member", team, needs, since, step.name)
            member = self._steps[team, step.name]
            for need in needs:
                self._draw(need, member, since, planned=True)
            named.append(member)
        return named

    def give_out(self, members: Iterable[int]) -> None:
        """Their steps come next: whoever is asked now by one of their names is meant."""
        self._due.update(members)

    def enter(self, path: str, name: str, role: Role, team: int, given: Sequence[str], since: int) -> int:
        """A member begins to work on what it was given."""
        givers = [] if role in ("helper", "person") else self.makers(team, given)
        member = self._next(self._alike[team, name, role])
        if member is None:
            member = self._add(name, role, team, givers, since)
        self._on[path] = member
        self._used.add(member)
        self._busy.add(member)
        self.tries[member] = self.tries.get(member, 0) + 1 if member in self._again else 1
        self._again.discard(member)
        self._due.discard(member)
        for giver in givers:
            self._draw(giver, member, since, planned=False)
        return member

    def next_in(self, team: int) -> Iterator[int]:
        """Who of a team may be given work next, one of each name: who is busy cannot, and who stands in line waits."""
        for (place, _, role), alike in self._alike.items():
            if place == team and role != "person" and (member := self._next(alike)) is not None:
                yield member

    def _next(self, alike: Sequence[int]) -> int | None:
        """Which of those with one name is meant when that name is asked. None if all are busy."""
        free = [member for member in alike if member not in self._busy]
        held = [member for member in free if self._turned_to.get(self.members[member]["team"]) == member]
        due = [member for member in free if member in self._due]
        again = [member for member in free if member in self._again]
        fresh = [member for member in free if member not in self._used]
        first = [member for member in held if member in self._again]
        return next(iter([*first, *due, *again, *fresh, *held, *reversed(free)]), None)

    def leave(self, path: str, made: str | None) -> None:
        """A member is done; `made` is its work, None if it came to nothing."""
        member = self._on[path]
        self._busy.discard(member)
        if made is None:
            self._again.add(member)
        elif made:
            self._made[self.members[member]["team"]][made] = member

    def send_back(self, member: int) -> None:
        self._again.add(member)

    def turn_to(self, team: int, member: int | None) -> None:
        """What a team does next is about the work of this member: who is asked again, if anybody is."""
        self._turned_to[team] = member

    def makers(self, team: int, texts: Sequence[str]) -> list[int]:
        """Whose work stands in these texts, of those in the same team; each once. What stands there only because it
        stands in somebody else's work does not count."""
        made = self._made[team]
        whole = [text for text in texts if text in made]
        rest = [text for text in texts if text not in made]
        recent = sorted((work for work in list(made)[-RECENT:] if len(work) >= NOT_BY_CHANCE), key=len, reverse=True)
        for work in recent if rest else ():
            if any(work in text for text in rest) and not any(work in larger for larger in whole):
                whole.append(work)
        return sorted({made[work] for work in whole})

    def becomes(self, member: int, work: str | None) -> None:
        """Somebody has put other work in the place of theirs, or has left it out: they need not do it again."""
        self._again.discard(member)
        if work:
            self._made[self.members[member]["team"]][work] = member

    def who(self, member: int) -> str:
        """The name of a specialist or a team, whatever the plan calls its step."""
        return self.members[member].get("who", self.members[member]["name"])

    def step_of(self, team: int, name: str) -> int | None:
        """Who has this step of a team's plan."""
        return self._steps.get((team, name))

    def whose(self, team: int, text: str) -> int | None:
        """Whose work this very text is."""
        return self._made[team].get(text)

    def maker(self, team: int, text: str) -> int | None:
        """Whose work this text is; else whose work, the latest, stands in it; None if nobody's."""
        made = self._made[team]
        return made.get(text, next(reversed(self.makers(team, [text])), None))

    def _add(self, who: str, role: Role, team: int, givers: Sequence[int], since: int, name: str = "") -> int:
        number = len(self.members)
        alike = self._alike[team, who, role]
        name = name or (who if not alike else f"{who} ({len(alike) + 1})")
        column = max((self.members[giver]["column"] + 1 for giver in givers), default=0)
        member: Member = {"name": clean(name), "role": role, "team": team, "column": column, "since": since}
        if name != who:
            member["who"] = clean(who)
        self.members.append(member)
        alike.append(number)
        return number

    def _draw(self, giver: int, taker: int, since: int, *, planned: bool) -> None:
        """An arrow, once; none for a plan after the work itself went that way."""
        if giver != taker and not self._drawn & {(giver, taker, planned), (giver, taker, False)}:
            self._drawn.add((giver, taker, planned))
            self.arrows.append({"from": giver, "to": taker, "since": since, "planned": planned})
