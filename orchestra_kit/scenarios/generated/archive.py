"""An archive of which even the notes are too long for one reader."""

from __future__ import annotations

from random import Random

from ..scenario import Scenario
from .reading import reading_task
from .shapes import AT_ONCE
from .texts import facts, talk

NOTES = 1_000  # tokens that a reader or merger may write


def archive(
    seed: int, *, tokens: int = 56_000, figures: int = 800, largest: int = 30, readers: int = 20, desks: int = 4
) -> Scenario:
    """The largest amounts of an archive of about `tokens` tokens."""
    random = Random(f"archive {seed}")
    known = facts(random, figures)
    return reading_task(
        "archive",
        talk(random, [fact.text for fact in known], tokens),
        known,
        wanted=sorted(known, key=lambda fact: -fact.pounds)[:largest],
        title="archive",
        asked=f"the {largest} largest amounts",
        readers=readers,
        desks=desks,
        tokens=NOTES,
        arranged=f"The {largest} largest of {figures} figures are wanted, from an archive of about {tokens:,} tokens. "
        f"{readers} readers may write notes of {NOTES:,} tokens each. {AT_ONCE}",
    )
