"""A talk that is longer than the window of the model."""

from __future__ import annotations

from random import Random

from ..scenario import Scenario
from .reading import reading_task
from .shapes import AT_ONCE
from .texts import facts, talk


def long_talk(seed: int, *, tokens: int = 12_000, figures: int = 36, readers: int = 4) -> Scenario:
    """Every figure of a talk of about `tokens` tokens, in so many parts."""
    random = Random(f"long_talk {seed}")
    known = facts(random, figures)
    return reading_task(
        "long_talk",
        talk(random, [fact.text for fact in known], tokens),
        known,
        readers=readers,
        tokens=1_200,
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures. {AT_ONCE} "
        f"Where it is split, {readers} readers have a part each.",
    )
