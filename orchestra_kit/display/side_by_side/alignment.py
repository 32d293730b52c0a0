"""The calls of two runs, paired by what was asked and not by when: what changed between a run and its fork, or between
two patterns at the same task."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from ...errors import reason
from ...events import Event
from ...handoff import open_reply
from ...ledger import Status, call_rows
from ...requests import Error, Outcome
from ...specialist import Ask
from ..stepper.texts import as_text

if TYPE_CHECKING:
    import pandas as pd

How = Literal["same", "other answer", "other brief", "only before", "only now"]
WORD = re.compile(r"\w+")
ALIKE = 0.5  # share of the words that two briefs must have in common, to be versions of one another
MOST_LETTERS = 8_000  # of a brief that are compared
MOST_COMPARISONS = 20_000  # of briefs, for each specialist: beyond that only those that come at about the same time


class Recorded(Protocol):
    """What is needed of a run."""

    events: list[Event]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call of a specialist, with its texts. What has not been answered yet has no draft, and lasts 0 seconds."""

    path: str
    who: str
    brief: str
    draft: str  # of a call that failed: what went wrong
    tokens: int  # read and written
    cost_usd: float
    seconds: float
    status: Status
    asked: int  # the number of the event that asked
    answered: int | None  # the number of the event that closed it


@dataclass(frozen=True, slots=True)
class Pair:
    """A call of the one run and its counterpart in the other, as far as there is one."""

    before: CallRecord | None
    now: CallRecord | None

    @property
    def how(self) -> How:
        """What became of the call: nothing new, another answer, another brief, or only one run has it."""
        if self.before is None or self.now is None:
            return "only now" if self.before is None else "only before"
        if self.before.brief != self.now.brief:
            return "other brief"
        unchanged = (self.before.draft, self.before.status) == (self.now.draft, self.now.status)
        return "same" if unchanged else "other answer"


def align(one: Recorded, other: Recorded) -> list[Pair]:
    """Every call of both runs once, in pairs: the order is that of `other`, what only `one` has stands at its place.

    Calls of the same specialist with the same brief belong together, first of all those with the same answer; then
    those whose briefs have most words in common. Paths and times do not matter.

    Raises TypeError, with advice, for anything that is not a run.
    """
    before, now = call_records(one), call_records(other)
    partner: dict[int, int] = {}  # place in `now` -> place in `before`
    for key in (everything, what_was_asked):
        partner |= equals(before, now, partner, key)
    partner |= alike(before, now, partner)
    pairs = {place: Pair(before[partner[place]] if place in partner else None, now[place]) for place in range(len(now))}
    alone = left_alone(before, {mine: place for place, mine in partner.items()})
    return [*alone[-1], *(pair for place in range(len(now)) for pair in [pairs[place], *alone[place]])]


def difference(one: Recorded, other: Recorded) -> pd.DataFrame:
    """Two runs as a table, a row for each pair of `align`: how, who, brief, and of each run the status, tokens,
    cost_usd, seconds and path of the call. `_before` is `one`, `_now` is `other`; what a run has not is empty there.

    Raises TypeError, with advice, for anything that is not a run.
    """
    import pandas as pd

    rows = []
    for pair in align(one, other):
        either = pair.now or pair.before
        assert either is not None
        row: dict[str, object] = {"how": pair.how, "who": either.who, "brief": either.brief}
        for what in SHOWN:
            row |= {f"{what}_before": getattr(pair.before, what, None), f"{what}_now": getattr(pair.now, what, None)}
        rows.append(row)
    columns = ["how", "who", "brief", *(f"{what}_{when}" for what in SHOWN for when in ("before", "now"))]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {column: KINDS[column.rpartition("_")[0]] for column in columns[3:]}
    return table.astype({"how": "str", "who": "str", "brief": "str"} | kinds)


KINDS = {"status": "str", "tokens": "Int64", "cost_usd": "float64", "seconds": "float64", "path": "str"}
SHOWN = tuple(KINDS)


# --- the calls of a run -----------------------------------------------------------------------------------------------


def call_records(run: Recorded) -> list[CallRecord]:
    """The calls of a run with their texts, in order of asking."""
    if not getattr(run, "events", None):
        raise TypeError(
            f"{run!r} is not a run, so it has no calls to compare: run = start(orchestrator, goal).finish()"
        )
    asked = {event.path: event for event in run.events if event.kind == "asked" and isinstance(event.detail, Ask)}
    closed = {
        event.path: event for event in run.events if event.kind in ("answered", "cancelled") and event.path in asked
    }
    records = []
    for row in call_rows(run.events):
        request, end = asked[row.path].detail, closed.get(row.path)
        outcome = end.detail if end is not None and end.kind == "answered" else None
        seconds = 0.0 if row.ended_s is None else row.ended_s - row.started_s
        records.append(
            CallRecord(
                row.path, row.who, as_text(request.brief), draft_of(request, outcome, row.path),
                row.tokens_in + row.tokens_out, row.cost_usd, seconds, row.status, asked[row.path].number,
                None if end is None else end.number,
            )
        )  # fmt: skip
    return records


def draft_of(request: Ask, outcome: Outcome | None, path: str) -> str:
    """What came back, as a text; '' if nothing did."""
    if outcome is None:
        return ""
    opened = open_reply(request, outcome, path)
    return reason(opened.error) if isinstance(opened, Error) else as_text(opened.value)


# --- who belongs to whom ----------------------------------------------------------------------------------------------

Partners = dict[int, int]


def everything(call: CallRecord) -> Hashable:
    return call.who, call.brief, call.draft, call.status


def what_was_asked(call: CallRecord) -> Hashable:
    return call.who, call.brief


def equals(
    before: Sequence[CallRecord],
    now: Sequence[CallRecord],
    partner: Partners,
    key: Callable[[CallRecord], Hashable],
) -> Partners:
    """Those not yet paired that have the same key: the first with the first, the second with the second, …"""
    taken, waiting = set(partner.values()), defaultdict[Hashable, list[int]](list)
    for place in reversed(range(len(before))):
        if place not in taken:
            waiting[key(before[place])].append(place)
    free = (place for place in range(len(now)) if place not in partner)
    return {place: waiting[key(now[place])].pop() for place in free if waiting.get(key(now[place]))}


def alike(before: Sequence[CallRecord], now: Sequence[CallRecord], partner: Partners) -> Partners:
    """Those not yet paired, of the same specialist, whose briefs are versions of one another: the likest first."""
    taken = set(partner.values())
    olds, news = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for calls, rest, of_whom in ((before, taken, olds), (now, partner, news)):
        for place, call in enumerate(calls):
            if place not in rest:
                of_whom[call.who].append(place)
    found: Partners = {}
    for who, mine in news.items():
        old_words = [words_of(before[place].brief) for place in olds[who]]
        new_words = [words_of(now[place].brief) for place in mine]
        ranked = []
        for i, j in neighbours(len(old_words), len(new_words)):
            score = in_common(old_words[i], new_words[j])
            if score >= ALIKE:
                ranked.append((-score, abs(i - j), j, i))
        for _, _, j, i in sorted(ranked):
            if mine[j] not in found and olds[who][i] not in taken:
                found[mine[j]] = olds[who][i]
                taken.add(olds[who][i])
    return found


def neighbours(olds: int, news: int) -> Iterator[tuple[int, int]]:
    """Which places are compared: each with each, or of very many only those that stand at about the same place."""
    reach = max(olds, news) if olds * news <= MOST_COMPARISONS else MOST_COMPARISONS // (2 * news) + 1
    for j in range(news):
        middle = j * olds // news
        yield from ((i, j) for i in range(max(0, middle - reach), min(olds, middle + reach + 1)))


def words_of(text: str) -> Counter[str]:
    return Counter(WORD.findall(text[:MOST_LETTERS].lower()))


def in_common(one: Counter[str], other: Counter[str]) -> float:
    """Which share of their words two texts have in common, wherever these stand: from 0 to 1.

    >>> in_common(words_of("Write about bees."), words_of("Write about wasps."))
    0.6666666666666666
    """
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


def left_alone(before: Sequence[CallRecord], place_of: dict[int, int]) -> dict[int, list[Pair]]:
    """What has no counterpart, by the place after which it belongs: that of the last call before it that has one."""
    alone, after = defaultdict[int, list[Pair]](list), -1
    for place, call in enumerate(before):
        if place in place_of:
            after = place_of[place]
        else:
            alone[after].append(Pair(call, None))
    return alone
