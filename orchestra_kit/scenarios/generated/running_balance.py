"""The accounts of a year: each entry needs the balance before it."""

from __future__ import annotations

from random import Random
from typing import Any

from ..check import Check
from ..scenario import Scenario
from . import answers
from .shapes import AT_ONCE, reading_orchestrators, reading_team
from .texts import draw, money, sources, talk

STEP = 80  # pounds: what is halved three times is a whole number still
HALVINGS = 3  # said in words below
ENTRIES = ("{figure} was paid in.", "{figure} was taken out.", "A member paid in {figure}.", "The club spent {figure}.")


def running_balance(seed: int, *, tokens: int = 12_000, entries: int = 20, readers: int = 4) -> Scenario:
    """The balance at the end of an account of about `tokens` tokens."""
    random = Random(f"running_balance {seed}")
    balance = random.randrange(500, 900) * STEP
    said = [f"The balance at the start was {money(balance)}."]
    halved = set(draw(random, range(entries), HALVINGS, "halvings"))
    for number in range(entries):
        if number in halved:
            said.append("Then the balance was halved.")
            balance //= 2
            continue
        entry, pounds = random.choice(ENTRIES), random.randrange(10, 60) * STEP
        said.append(entry.format(figure=money(pounds)))
        balance += pounds if "paid in" in entry else -pounds
    whole = sources(talk(random, said, tokens), "Minutes")
    team = reading_team(
        whole,
        read="Carry the balance forward: start from the balance in the notes you are handed, or from the one the text "
        "begins with, apply every entry in order, and state the balance so far.",
        merge="Work out the final balance from the notes, and state it.",
        tokens=200,
    )

    def check(answer: Any) -> tuple[Check, ...]:
        return (answers.concluded(str(answer), balance),)

    return Scenario(
        "running_balance",
        "What is the balance at the end of the minutes?",
        team,
        reading_orchestrators(team, whole, readers=readers, desks=2),
        check,
        arranged=f"Minutes of about {tokens:,} tokens with {entries} entries. {AT_ONCE} "
        f"Three times the balance is halved, so that the entries of a part cannot be added up on their own.",
    )
