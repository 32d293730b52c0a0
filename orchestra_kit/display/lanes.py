"""The lanes of a timeline: a bar for each call, a lane for each specialist of each job, and how it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from matplotlib.figure import Figure

from ..ledger import MANAGING, CallRow
from .key import Look
from .picture import BLUE, GREEN, GREY, ORANGE, PALE_BLUE, PALE_GREEN, PALE_ORANGE, PAPER, WIDTH, plain, wrapped

Kind = Literal["work", "own", "failed", "cancelled", "waiting"]

LOOKS: dict[Kind, Look] = {
    "work": Look(PALE_GREEN, GREEN, "", False, "a specialist works"),
    "own": Look(BLUE, PALE_BLUE, "////", False, "the orchestrator's own calls"),
    "failed": Look(PALE_ORANGE, ORANGE, "", False, "✕ failed", "✕ failed"),
    "cancelled": Look("#f0f0ee", GREY, "", True, "⊘ cancelled", "⊘ cancelled"),
    "waiting": Look(PAPER, GREEN, "", True, "… not answered yet", "…"),
}


class Bar(NamedTuple):
    """One call as it is drawn."""

    call: CallRow
    kind: Kind
    end_s: float


def bar_of(call: CallRow, now_s: float) -> Bar:
    """How a call is drawn. One that has no answer yet lasts until now."""
    kind: Kind = "own" if call.phase in MANAGING else "work"
    match call.status:
        case "failed" | "skipped":
            kind = "failed"
        case "cancelled" | "waiting":
            kind = call.status
    return Bar(call, kind, now_s if call.ended_s is None else call.ended_s)


def lanes_of(bars: Sequence[Bar]) -> list[list[Bar]]:
    """A lane for each specialist of each job; who works on several things at once gets a lane more for each."""
    lanes: list[list[Bar]] = []
    for bar in bars:
        whose = (bar.call.job, bar.call.who)
        mine = (lane for lane in lanes if (lane[0].call.job, lane[0].call.who) == whose)
        free = next((lane for lane in mine if lane[-1].end_s <= bar.call.started_s), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes


def lane_name(lane: Sequence[Bar], root: str) -> str:
    """`research`, `writers/blog`: the path below the run's own name."""
    return plain(lane[0].call.path.removeprefix(f"{root}/"))


def lane_label(figure: Figure, lane: Sequence[Bar], above: Sequence[Bar] | None, root: str) -> str:
    """The name of a lane in lines. A long one does not say again what the lane above it says, and never loses its end:
    that is where it differs from its neighbours."""
    lines = wrapped(figure, lane_name(lane, root), WIDTH * 0.36)
    call = lane[0].call
    again = above is not None and above[0].call.job == call.job and len(lines) > 1
    if call.job != root and (again or lines[-1].endswith(" …")):
        lines = wrapped(figure, f"…/{plain(call.path.removeprefix(f'{call.job}/'))}", WIDTH * 0.36)
    return "\n".join(lines)
