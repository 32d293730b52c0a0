"""A talk in which a name is explained long before it is used: no part can be understood on its own."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

from ..check import Check
from ..scenario import Scenario
from . import answers
from .shapes import AT_ONCE, reading_orchestrators, reading_team
from .texts import PLACES, SHOPS, Fact, amounts, draw, money, sources, talk

CODE_NAMES = "Heron Lark Robin Swift Finch Wren Plover Dunlin Curlew Kestrel Osprey Siskin Bunting Linnet".split()
TOOK = ("{code} took {figure} last month.", "Last month {code} took {figure}.", "{code} had takings of {figure}.")


def distant_parts(
    seed: int, *, tokens: int = 12_000, names: int = 10, readers: int = 4, names_first: bool = True
) -> Scenario:
    """What each of `names` shops took, in a talk of about `tokens` tokens that calls them by code names. With
    `names_first=False` the talk explains each name only after it has used it."""
    random = Random(f"distant_parts {seed}")
    codes = draw(random, CODE_NAMES, names, "code names")
    shops = random.sample(list(product(PLACES, SHOPS)), names)
    known = [
        Fact(random.choice(TOOK).format(code=code, figure=money(pounds)), shop, pounds)
        for shop, code, pounds in zip(shops, codes, amounts(random, names), strict=True)
    ]
    explained = [f"Code name {code} is the {' '.join(shop)}." for shop, code in zip(shops, codes, strict=True)]
    used = random.sample([fact.text for fact in known], names)
    whole = sources(talk(random, [*explained, *used] if names_first else [*used, *explained], tokens))
    team = reading_team(
        whole,
        read="Answer the questions from the text and from the notes you are handed, a line for each, with the shop and "
        "its figure. Where the answer is not known yet, note what is known.",
        merge="Answer the questions from the notes, a line for each, with the shop and its figure.",
        tokens=1_000,
    )
    asked = "\n".join(f"How much did the {' '.join(shop)} take?" for shop in random.sample(shops, names))

    def check(answer: Any) -> tuple[Check, ...]:
        text = str(answer)
        return (answers.told(text, known, by="line"), answers.right(text, known, by="line"))

    return Scenario(
        "distant_parts",
        f"Answer the questions about the talk.\n\nQUESTIONS:\n{asked}",
        team,
        reading_orchestrators(team, whole, readers=readers, desks=2),
        check,
        arranged=f"A talk of about {tokens:,} tokens. {AT_ONCE} {names} code names are "
        f"explained in its {'first' if names_first else 'second'} half and used in the other one.",
    )
