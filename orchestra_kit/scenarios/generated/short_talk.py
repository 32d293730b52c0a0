"""A talk that one reader can read at once."""

from __future__ import annotations

from random import Random

from ..scenario import Scenario
from .reading import reading_task
from .shapes import AT_ONCE
from .texts import facts, talk


def short_talk(seed: int, *, tokens: int = 1_000, figures: int = 12) -> Scenario:
    """Every figure of a talk of about `tokens` tokens."""
    random = Random(f"short_talk {seed}")
    known = facts(random, figures)
    return reading_task(
        "short_talk",
        talk(random, [fact.text for fact in known], tokens),
        known,
        readers=3,
        tokens=800,
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures. {AT_ONCE}",
    )
