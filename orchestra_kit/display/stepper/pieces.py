"""Whose work it is: a record for each piece of work, found by the path of the call that it came from or is about.

Several threads of one orchestrator may go on at once, and what it notes does not say which of them notes it. But an
answer wakes one thread, and the notes and requests that follow are that thread's. So the work that a thread has in hand
is kept with whatever it waits for, and taken up again when that has come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...messages import Skipped
from .cast import Cast
from .texts import as_text, clean, works_in


@dataclass(slots=True, eq=False)
class Piece:
    """Somebody's work, from the asking on."""

    member: int | None = None  # who makes it; None if that is not known
    call: int | None = None  # the bar of the call that it comes from; a team's has none
    text: str | None = None  # what it is by now; None if there is nothing
    fate: str = ""  # what was decided of it last
    seen: bool = False  # its orchestrator has looked at it, or has had it looked at
    checked: list[list[Any]] = field(default_factory=list)  # what was measured when it was looked at last


class Pieces:
    """All the work of a run."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.of_call: dict[str, Piece] = {}  # path of a call or a team -> what it makes, or what it is about
        self.latest: dict[int, Piece] = {}  # member -> its last piece of work
        self._in_hand: dict[str, Piece] = {}  # job -> what the thread that was awake last is about

    def in_hand(self, job: str) -> Piece:
        return self._in_hand.get(job) or Piece()

    def take(self, job: str, piece: Piece) -> None:
        """What a job says and asks from now on is about this piece."""
        self._in_hand[job] = piece
        self.cast.turn_to(self.cast.on(job), piece.member)

    def put_down(self, job: str) -> None:
        """What a job says from now on is about all its work."""
        self.take(job, Piece())

    def asked(self, path: str, piece: Piece | None = None) -> Piece:
        """Something was asked: about this piece, else about what the job has in hand."""
        self.of_call[path] = piece or self.in_hand(path.rpartition("/")[0])
        return self.of_call[path]

    def begun(self, path: str, call: int | None = None) -> Piece:
        """A member has begun to work."""
        piece = self.latest[self.cast.on(path)] = Piece(self.cast.on(path), call)
        return self.asked(path, piece)

    def answered(self, path: str) -> Piece:
        """What was asked for has come, or has failed: the thread that waited for it goes on."""
        piece = self.of_call[path]
        if job := path.rpartition("/")[0]:
            self.take(job, piece)
        return piece

    def found(self, job: str, text: str) -> Piece:
        """The piece that a text is, or stands in: what is in hand before all others, for two may make the same."""
        if (held := self.in_hand(job)).text == text:
            return held
        member = self.cast.maker(self.cast.on(job), text)
        return Piece(text=text) if member is None else self.latest.get(member) or Piece(member, text=text)

    def instead(self, job: str, part: Skipped) -> Piece:
        """The piece in the place of which something is left out."""
        held = self.in_hand(job)
        return held if held.member is not None and self.cast.who(held.member) == clean(part.who) else Piece()

    def looked_at(self, job: str, brief: Any) -> Piece:
        """The piece that somebody is asked to look at. A reviewer is told it last."""
        held, works = self.in_hand(job), works_in(brief)
        if isinstance(brief, Skipped):
            piece = self.instead(job, brief)
        else:
            piece = self.found(job, works[-1]) if works else Piece()
        if piece.member is None and held.seen:
            piece = held
        piece.seen = True
        return piece

    def becomes(self, piece: Piece, decision: str, work: Any) -> None:
        """What a verdict makes of it."""
        if piece.member is not None and decision in ("edit", "skip"):
            piece.text = as_text(work) if decision == "edit" else None
            self.cast.becomes(piece.member, piece.text)
        elif piece.member is not None and decision == "reject":
            self.cast.send_back(piece.member)
        piece.fate = decision

    def given_up(self, team: int) -> list[Piece]:
        """Work of a team that was turned down, and that nobody was asked to do again."""
        return [piece for member, piece in self.latest.items()
                if piece.fate == "reject" and self.cast.members[member]["team"] == team]  # fmt: skip
