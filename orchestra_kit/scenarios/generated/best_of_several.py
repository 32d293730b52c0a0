"""A notice that must be right as a whole: one slip, and it cannot be hung up."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ...models.embedded import EmbeddedModel
from ...patterns import Sequential
from ...specialist import Specialist
from ..scenario import Scenario
from .reading import reading_task
from .texts import facts, talk

TOKENS = 600  # the longest notice


def best_of_several(seed: int, *, tokens: int = 6_000, figures: int = 16, slips: float = 1.0) -> Scenario:
    """Every figure of a talk of about `tokens` tokens without a fault, from a model that slips. Here the chain is a
    reader and one who checks."""
    random = Random(f"best_of_several {seed}")
    known = facts(random, figures)
    task = reading_task(
        "best_of_several",
        talk(random, [fact.text for fact in known], tokens),
        known,
        readers=3,
        tokens=TOKENS,
        flawless=True,
        model=EmbeddedModel(slips=slips),
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures, and a model that overlooks or miscopies "
        f"some (slips={slips:g}). A notice counts if nothing on it is wrong or missing, and else not.",
    )
    reader = task.team["reader"]
    checker = Specialist(
        "checker",
        "Check the notice against the sources: correct every figure that they do not support, add every figure that is "
        "missing, and leave the rest as it is.",
        sources=reader.sources, takes="notice", makes="notice", passages=reader.passages, max_tokens=TOKENS,
    )  # fmt: skip
    return replace(
        task,
        team={**task.team, "checker": checker},
        orchestrators={
            **task.orchestrators,
            "sequential": Sequential("sequential", replace(reader, makes="notice"), checker),
        },
    )
