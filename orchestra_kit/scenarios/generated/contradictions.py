"""A talk in which figures are corrected later on."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..scenario import Scenario
from .reading import reading_task
from .texts import amounts, draw, facts, money, stated, talk

CORRECTED = (
    "Correction: the {shop} spent {figure} on {item}, not {old}.",
    "{person} corrected an earlier figure: for {item} the {shop} paid {figure} instead of {old}.",
    "Correction: {item} cost the {shop} {figure} rather than {old}.",
)


def contradictions(
    seed: int, *, tokens: int = 6_000, figures: int = 24, corrected: int = 12, readers: int = 3
) -> Scenario:
    """Every figure of a talk of about `tokens` tokens, as it is after `corrected` of them were corrected."""
    random = Random(f"contradictions {seed}")
    first = facts(random, figures)
    outdated = draw(random, first, corrected, "corrections")
    used = {fact.pounds for fact in first}
    fresh = [pounds for pounds in amounts(random, figures + corrected) if pounds not in used]
    later = [
        stated(random, replace(fact, pounds=pounds), random.choice(CORRECTED), old=money(fact.pounds))
        for fact, pounds in zip(outdated, fresh, strict=False)
    ]
    return reading_task(
        "contradictions",
        talk(random, [fact.text for fact in (*first, *later)], tokens),
        [*(fact for fact in first if fact not in outdated), *later],
        outdated=outdated,
        readers=readers,
        tokens=1_200,
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures. After the last of them {corrected} are "
        "corrected, and each correction names the figure that it takes back.",
    )
