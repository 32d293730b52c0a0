"""Fresh texts with known facts: who said what about whose money, among talk that states no figure.

Everything is drawn from the `random.Random` that is passed in, so a seed makes the same text in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product
from random import Random
from typing import TypeVar

from ...models.tokens import count
from ...sources import Passage, Sources

PEOPLE = "Maria Tomasz Priya Ewan Aisha Karl Noor Jonas Ingrid Mateo Femi Yuki".split()
PLACES = "Leith Portobello Stockbridge Morningside Gorgie Newhaven Cramond Balerno Corstorphine Juniper".split()
SHOPS = "bakery bookshop cinema cafe workshop nursery museum canteen boathouse brewery dairy pharmacy".split()
ITEMS = "rent insurance repairs heating wages packaging advertising transport cleaning training".split()
STATED = (
    "{person} reported that the {shop} spent {figure} on {item}.",
    "The {shop} spent {figure} on {item}, according to {person}.",
    "On {item} the {shop} spent {figure}, {person} told the room.",
    "Last year {item} cost the {shop} {figure}.",
    "{person} read out that the {shop} had paid {figure} for {item}.",
)
WHO = ("{person}", "Somebody at the back", "The chair", "A visitor from {place}", "One of the founders")
DID = (
    "came back to", "told a long story about", "asked about", "had doubts about", "wanted to hear more about",
    "made a joke about", "was full of praise for", "spoke at length about",
)  # fmt: skip
TOPICS = (
    "the summer fair", "staff rotas", "the new website", "parking", "the delivery rounds", "the Christmas lights",
    "opening hours", "the loyalty card", "queues at noon", "the window displays", "recycling", "the bus timetable",
)  # fmt: skip
TAILS = (
    "", " before the break", " and several people nodded", " while coffee was poured", " without coming to an end",
    " and nobody disagreed", " for longer than planned", " until the chair moved on",
)  # fmt: skip
T = TypeVar("T")
A_PARAGRAPH = 6  # sentences


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that a text states, in the sentence `text`. `owner` are the words that say whose it is and what for,
    and `pounds` is how much."""

    text: str
    owner: tuple[str, ...]
    pounds: int


def money(pounds: int) -> str:
    """An amount as the texts write it.

    >>> money(12345)
    '£12,345'
    """
    return f"£{pounds:,}"


def draw(random: Random, among: Sequence[T], number: int, what: str) -> list[T]:
    """So many of these, no two alike; ValueError when there are not so many."""
    if not 1 <= number <= len(among):
        raise ValueError(f"{number} {what}: a text of this kind can have 1 to {len(among)}")
    return random.sample(among, number)


def amounts(random: Random, number: int) -> list[int]:
    """So many amounts in pounds, no two alike."""
    return random.sample(range(1_001, 99_990), number)


def facts(random: Random, number: int) -> list[Fact]:
    """So many facts, each with an owner and a figure of its own.

    >>> fact = facts(Random(1), 1)[0]
    >>> fact.text
    'Aisha reported that the Stockbridge cafe spent £75,607 on packaging.'
    >>> fact.owner, fact.pounds
    (('Stockbridge', 'cafe', 'packaging'), 75607)
    """
    owners = draw(random, list(product(PLACES, SHOPS, ITEMS)), number, "figures")
    return [
        stated(random, Fact("", owner, pounds), random.choice(STATED))
        for owner, pounds in zip(owners, amounts(random, number), strict=True)
    ]


def stated(random: Random, fact: Fact, shape: str, **more: str) -> Fact:
    """The fact in these words, of which some are filled in."""
    place, shop, item = fact.owner
    words = {"shop": f"{place} {shop}", "item": item, "figure": money(fact.pounds), "person": random.choice(PEOPLE)}
    text = shape.format(**words, **more)
    return replace(fact, text=text[0].upper() + text[1:])


def small_talk(random: Random) -> str:
    """A sentence in which nothing is stated."""
    who = random.choice(WHO).format(person=random.choice(PEOPLE), place=random.choice(PLACES))
    return f"{who} {random.choice(DID)} {random.choice(TOPICS)}{random.choice(TAILS)}."


def talk(random: Random, said: Sequence[str], tokens: int) -> list[str]:
    """The paragraphs of a talk of about `tokens` tokens, in which these sentences stand in this order, with small talk
    spread evenly between them; ValueError when the sentences alone are longer."""
    needed = sum(map(count, said))
    if needed > tokens:
        raise ValueError(
            f"{tokens=} is too short for what is to be said in it. Give {needed:,} or more, or less to say"
        )
    sentences: list[str] = []
    room = (tokens - needed) / len(said)
    spare = 0.0
    for sentence in said:
        spare += room
        while spare > 0:
            sentences.append(small_talk(random))
            spare -= count(sentences[-1])
        sentences.append(sentence)
    rest = iter(sentences)
    return [" ".join(paragraph) for paragraph in iter(lambda: list(islice(rest, A_PARAGRAPH)), [])]


def sources(paragraphs: Sequence[str], title: str = "Talk") -> Sources:
    """The paragraphs as something to read in."""
    return Sources(tuple(Passage(title, paragraph) for paragraph in paragraphs))


def parts(whole: Sources, number: int) -> list[Sources]:
    """The same in so many parts of consecutive passages, as equal as can be; fewer where there are fewer passages.

    >>> [len(part.passages) for part in parts(sources(["One.", "Two.", "Three."]), 2)]
    [1, 2]
    """
    passages = whole.passages
    number = min(number, len(passages))
    edges = [len(passages) * n // number for n in range(number + 1)]
    return [Sources(passages[left:right]) for left, right in pairwise(edges)]
