"""The difference of two runs as the widget shows it: a row for each pair of calls, as plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from ..stepper.changes import Changes, changes
from ..stepper.texts import clean, short
from .alignment import CallRecord, Pair, Recorded, align

MOST_ROWS = 200
MOST_COMPARED = 40  # drafts whose changed words are looked for: each takes some milliseconds
BRIEF_LETTERS = 90


def differences(runs: Sequence[Recorded]) -> list[dict[str, Any]]:
    """Every two of the runs, the earlier one first."""
    return [{"of": [i, j]} | difference_of(runs[i], runs[j]) for i, j in combinations(range(len(runs)), 2)]


def difference_of(one: Recorded, other: Recorded) -> dict[str, Any]:
    """Two runs, pair by pair. `more`: how many pairs there are besides; the sums are those of all."""
    pairs = align(one, other)
    rows, compared = [], 0
    for pair in pairs[:MOST_ROWS]:
        changed = None
        if pair.before and pair.now and pair.before.draft != pair.now.draft and compared < MOST_COMPARED:
            changed, compared = changes(clean(pair.before.draft), clean(pair.now.draft)), compared + 1
        rows.append(row_of(pair, changed))
    return {"rows": rows, "more": len(pairs) - len(rows), "counts": counts(pairs)}


def row_of(pair: Pair, changed: Changes | None) -> dict[str, Any]:
    """A pair of calls: what was asked of whom, and in both runs the tokens and the seconds it took."""
    both = (pair.before, pair.now)
    call = pair.now or pair.before
    assert call is not None
    row: dict[str, Any] = {
        "how": pair.how,
        "who": clean(call.who),
        "brief": short(call.brief, BRIEF_LETTERS),
        "tokens": [None if each is None else each.tokens for each in both],
        "seconds": [None if each is None else each.seconds for each in both],
        "status": [None if each is None else each.status for each in both],
    }
    if changed:
        row["changes"] = changed
    elif pair.before and pair.now:
        row["drafts"] = in_words(pair.before, pair.now)
    return row


def in_words(before: CallRecord, now: CallRecord) -> str:
    """What there is to say of two drafts whose changes are not shown word by word."""
    if before.draft == now.draft:
        return "the same draft"
    sizes = " and ".join(f"{len(call.draft.split()):,}" for call in (before, now))
    return f"drafts of {sizes} words, nearly all of them different"


def counts(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many pairs there are of each kind."""
    return {how: sum(pair.how == how for pair in pairs) for how in sorted({pair.how for pair in pairs})}
