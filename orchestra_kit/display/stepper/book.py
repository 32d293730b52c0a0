"""What a story is written into: its steps, its bars, its texts and lines of code, each kept once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

from ...events import Event
from ...ledger import call_rows
from ...mistakes import Line
from ...requests import Phase
from .cast import Cast
from .changing import judges
from .lanes import idle_s, lane_of, lanes_of, put_in_rows, put_what_they_waited_for
from .listing import Listing
from .sentences import Sentence, phrase
from .stage import stage, with_what_goes
from .texts import Texts, as_text, clean, parts_of, short, short_name

Story: TypeAlias = dict[str, Any]
Sets: TypeAlias = Sequence[tuple[int, str, str]]  # a member, its new state, and a word or two about it


class Book:
    """The pages of a story that is being told. What is written is only added to: a call gets its turn and its end."""

    def __init__(self, listing: Listing):
        self.cast, self.texts, self.listing = Cast(), Texts(), listing
        self.steps: list[dict[str, Any]] = []
        self.calls: list[dict[str, Any]] = []  # of specialists and of people: the bars of the timeline
        self.lines: list[dict[str, Any]] = []
        self._call: dict[str, int] = {}  # path -> its bar
        self._line: dict[Line, int] = {}
        self._moves: dict[tuple[str, ...], int] = {}  # what might have come, in words, each once

    def step(self, event: Event, say: Sentence, sets: Sets = (), *, member: int, **more: Any) -> None:
        """A step. What is not known of it is left out."""
        back = [each for each, state, _ in sets if state == "back" and self.cast.members[each]["role"] == "member"]
        if back:  # who has to do it again, and what is written to them
            number = more.get("verdict", [None, None])[1]
            note = "" if number is None else short(self.texts.kept[number].lstrip("-* \n"), 90)
            letter = f"{note[:-2].rpartition(' ')[0]} …" if note.endswith(" …") else note  # not in the middle of a word
            more |= {"back": back[0], "letter": letter or None}
        checked = any(tab == "Verdict" for tab, *_ in more.get("facts") or ())
        if checked or ("verdict" in more and event.kind == "noted"):
            more["opens"] = "Verdict"  # which of the details is shown first, where it is not the brief
        elif more.get("draft") is not None and event.kind != "asked":
            more["opens"] = "Draft"
        if event.phase in ("combine", "deliver"):
            team = lane_of(self.cast.members, member)
            more["idle"] = idle_s(self.cast.members, self.steps, self.calls, team) or None
        self.steps.append(
            {"event": event.number, "at": event.at_s, "phase": self.phase(event, sets, member), "kind": event.kind,
             "path": clean(event.path), "member": member, "say": say, "sets": sets}
            | {key: value for key, value in more.items() if value not in (None, [])}
        )  # fmt: skip

    def phase(self, event: Event, sets: Sets, member: int) -> Phase:
        """Which phase a step is shown in: that of its event, but for what an orchestrator does not note itself."""
        if event.kind == "ended" and member == 0:
            return "deliver"
        if self.cast.members[member]["role"] == "person":
            return "review"
        failed = event.kind == "answered" and any(state == "failed" for _, state, _ in sets)
        return "monitor" if failed else event.phase

    def might(self, came: Sentence, choices: Sequence[Sentence]) -> None:
        """What might have come instead of the last step, for who guesses; `came` says which of them it was."""
        numbers = [self._moves.setdefault(tuple(choice), len(self._moves)) for choice in choices]
        self.steps[-1] |= {"might": numbers, "came": choices.index(came)}

    @property
    def moves(self) -> list[Sentence]:
        """All moves that are offered to who guesses, in words: steps have their numbers."""
        return [list(move) for move in self._moves]

    @property
    def next(self) -> int:
        """The number of the step that is written next."""
        return len(self.steps)

    def open_call(self, event: Event, who: str, *, own: bool) -> int:
        """A bar begins. `own`: the call serves the orchestrator itself, and counts as its price."""
        self._call[event.path] = len(self.calls)
        bar = {"path": event.path, "who": clean(who), "member": self.cast.on(event.path), "own": own}
        if judges(event.detail):
            bar["judges"] = True
        self.calls.append(bar | {"asked": self.next, "since": event.at_s, "from": event.at_s})
        return self._call[event.path]

    def call(self, path: str) -> int:
        """The number of the bar of this call."""
        return self._call[path]

    def close_call(self, event: Event, status: str) -> None:
        self.calls[self._call[event.path]] |= {"closed": self.next, "to": event.at_s, "status": status}

    def text(self, value: Any, event: Event) -> int | None:
        """The number of a piece of work as text; None if there is nothing."""
        return None if value is None else self.texts.number(as_text(value), event.number)

    def brief(self, brief: Any, event: Event, team: int) -> list[list[Any]]:
        """A brief, part by part: the word for each, the number of its text, and the member of `team` who made it."""
        parts = [(label, as_text(work)) for label, work in parts_of(brief)] if brief is not None else []
        return [self.part(label, text, event, self.cast.whose(team, text)) for label, text in parts]

    def part(self, label: str, text: str, event: Event, maker: int | None = None) -> list[Any]:
        number = self.texts.number(text, event.number)
        return [clean(label), number] if maker is None else [clean(label), number, maker]

    def line(self, line: Line | None) -> int | None:
        """The number of a line of the orchestrator's code."""
        if line is None:
            return None
        if line not in self._line:
            self._line[line] = len(self.lines)
            around = self.listing.around(line)
            self.lines.append({"file": line.file, "number": line.number, "around": around})
        return self._line[line]

    def name(self, member: int) -> str:
        return short_name(self.cast.members[member]["name"])

    def leader(self, team: int) -> Sentence:
        """How the orchestrator of a team is called at the beginning of a sentence."""
        return ["The orchestrator"] if team == 0 else phrase("The team {}", self.name(team))

    def story(self, events: Sequence[Event], more: dict[str, Any]) -> Story:
        """All of it as plain JSON, with the prices of the calls."""
        prices = {
            row.path: {"from": row.started_s, "in": row.tokens_in, "out": row.tokens_out, "usd": row.cost_usd,
                       "about": row.estimated}
            for row in call_rows(events)
        }  # fmt: skip
        calls = [call | prices.get(call["path"], {}) | {"path": clean(call["path"])} for call in self.calls]
        put_what_they_waited_for(calls)
        members = list(self.cast.members)
        lanes = put_in_rows(calls, members, lanes_of(members))
        until = max([events[-1].at_s, *(call["to"] for call in calls if "to" in call)])
        return {
            "title": members[0]["name"], **more, "members": members, "lanes": lanes,
            "teams": stage(members, self.steps),
            "phases": {phase: worth_seeing(self.steps, phase) for phase in get_args(Phase)},
            "moves": self.moves, "until": until,
            "arrows": list(self.cast.arrows), "calls": calls,
            "steps": [with_what_goes(members, step, more["goal"]) for step in self.steps],
            "texts": list(self.texts.kept), "lines": list(self.lines),
        }  # fmt: skip


def worth_seeing(steps: Sequence[dict[str, Any]], phase: Phase) -> list[int]:
    """The steps of a phase that one jumps to: those with something to show, and of the whole run rather than of a team
    inside it; all of them where there is none of these."""
    mine = [number for number, step in enumerate(steps) if step["phase"] == phase]
    full = [number for number in mine if steps[number].keys() & {"brief", "draft", "verdict"}] or mine
    if phase in ("receive", "plan", "combine", "deliver"):
        return [number for number in full if steps[number]["member"] == 0] or full
    return full
