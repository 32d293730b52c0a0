"""Texts nobody prepared: random names, figures, topics and sentence shapes."""

from __future__ import annotations

import random
from dataclasses import dataclass

PEOPLE = "Maria Tomasz Priya Ewan Aisha Karl Noor Jonas Ingrid Mateo Femi Yuki".split()
PLACES = "Leith Portobello Stockbridge Morningside Gorgie Newhaven Cramond Duddingston Corstorphine Balerno".split()
THINGS = "bakery library cinema depot workshop allotment museum canteen boathouse nursery".split()
SHAPES = (
    "{person} confirmed that the {place} {thing} took {figure} last month.",
    "The {place} {thing} will cost {figure}, according to {person}.",
    "In {place}, the {thing} now costs {figure} a year.",
    "{figure} went to the {place} {thing} in the spring.",
    "{person} put the debts of the {place} {thing} at {figure}.",
    "Visitors to the {place} {thing} spent {figure}, {person} said.",
)
TALK = (
    "People talked about {topic} for a while.",
    "There was general agreement that {topic} matters to everyone.",
    "Nobody could say what should happen with {topic} next.",
    "Somebody told a long story about {topic}.",
)
TOPICS = ("the roof", "staff rotas", "flour prices", "the website", "parking", "the summer fair")


@dataclass(frozen=True)
class Made:
    """A statement with one figure and its owner."""

    text: str
    figure: str
    place: str
    thing: str


def facts(seed: int, number: int) -> list[Made]:
    """Statements, each about another place and thing, each with another figure."""
    r = random.Random(seed)
    owners = [(place, thing) for place in PLACES for thing in THINGS]
    r.shuffle(owners)
    amounts = r.sample(range(1_001, 99_999), number)
    made = []
    for (place, thing), amount in zip(owners, amounts, strict=False):
        figure = f"£{amount:,}"
        text = r.choice(SHAPES).format(person=r.choice(PEOPLE), place=place, thing=thing, figure=figure)
        made.append(Made(text, figure, place, thing))
    return made


def told(made: list[Made], seed: int, talk: int = 2) -> str:
    """The statements among small talk, in one passage."""
    r = random.Random(f"talk {seed}")
    lines = []
    for fact in made:
        lines += [r.choice(TALK).format(topic=r.choice(TOPICS)) for _ in range(r.randint(0, talk))]
        lines.append(fact.text)
    return " ".join(lines)
