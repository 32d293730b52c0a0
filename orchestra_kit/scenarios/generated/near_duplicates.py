"""A talk that says most things more than once, in other words."""

from __future__ import annotations

from random import Random

from ..scenario import Scenario
from .reading import reading_task
from .texts import STATED, draw, facts, stated, talk


def near_duplicates(seed: int, *, tokens: int = 5_000, figures: int = 16, times: int = 3, readers: int = 3) -> Scenario:
    """Every figure of a talk of about `tokens` tokens, each once."""
    random = Random(f"near_duplicates {seed}")
    known = facts(random, figures)
    said = [stated(random, fact, shape).text for fact in known for shape in draw(random, STATED, times, "wordings")]
    random.shuffle(said)
    return reading_task(
        "near_duplicates",
        talk(random, said, tokens),
        known,
        readers=readers,
        tokens=1_000,
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures, each stated {times} times in other words.",
    )
