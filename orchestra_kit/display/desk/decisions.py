"""What a page may say to the desk, and what is remembered of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from ...messages import Decision
from ..stepper.texts import clean
from .work import MOST_LETTERS

if TYPE_CHECKING:
    import pandas as pd

MOST_NOTE = 10_000  # letters of a note
MOST_EVENTS = 2**53  # beyond that a page cannot count
MOST_WORK = 2 * MOST_LETTERS  # and of what is written in place of a work
HEX = re.compile(r"[0-9a-f]{64}")
FIELDS = {"do", "event", "digest", "secret", "decision", "note", "work"}
NO_BUTTON = "A message came that no button of this desk sends. It was refused, and nothing was decided."


class Refused(Exception):
    """A decision that does not count; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Click:
    """A decision as the page sends it."""

    event: int
    digest: str
    decision: Decision
    note: str
    work: str | None  # what was written in place of the work: with edit only
    secret: str = field(repr=False)

    @classmethod
    def read(cls, message: Any, buffers: Any = None) -> Click:
        """A message that has exactly the shape a button gives it; Refused for any other."""
        if not isinstance(message, dict) or message.keys() != FIELDS or buffers or message["do"] != "decide":
            raise Refused(NO_BUTTON)
        event, digest, secret = message["event"], message["digest"], message["secret"]
        decision, note, work = message["decision"], message["note"], message["work"]
        hexes = all(isinstance(each, str) and HEX.fullmatch(each) for each in (digest, secret))
        counted = type(event) is int and 0 <= event < MOST_EVENTS
        if not counted or not hexes or decision not in get_args(Decision) or not isinstance(note, str):
            raise Refused(NO_BUTTON)
        if isinstance(work, str) is not (decision == "edit") or (work is not None and not isinstance(work, str)):
            raise Refused(NO_BUTTON)
        for what, text, most in (("note", note, MOST_NOTE), ("work", work or "", MOST_WORK)):
            if len(text) > most:
                raise Refused(
                    f"The {what} has {len(text):,} letters, and {most:,} are the most that this desk takes. "
                    "Shorten it, or decide in Python: run.decide(...)"
                )
        return cls(event, digest, decision, clean(note).strip(), None if work is None else clean(work), secret)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision made at a desk, or refused there. `why` is the sentence that refused it."""

    run: str
    event: int | None  # the number of the event that asked; None where the message did not say
    path: str
    decision: str
    note: str
    digest: str  # of the work as it was shown
    when: str  # ISO, UTC
    accepted: bool
    why: str = ""


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_table(decided: Iterable[Decided]) -> pd.DataFrame:
    """A row for each decision, in the order in which they were made."""
    import pandas as pd

    columns = list(Decided.__dataclass_fields__)
    return pd.DataFrame([asdict(each) for each in decided], columns=columns).astype({"event": "Int64"})
