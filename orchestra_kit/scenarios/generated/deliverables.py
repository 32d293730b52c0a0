"""One talk, three texts to be made of it, and a limit to what one answer can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from ...patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from ...specialist import Specialist
from ...team import Done, Orchestrator
from ..check import Check
from ..scenario import Scenario
from .answers import right, told
from .shapes import ATTEMPTS, EVERYTHING, judge_of
from .texts import facts, sources, talk

WANTED = {  # what is to be made, and how the writers are told
    "blog post": "a blog post of about 200 words",
    "email": "an email of about 200 words to the members",
    "social posts": "{figures} social posts",
}
HEADING = re.compile(rf"^\W*({'|'.join(WANTED)})\W*$", re.IGNORECASE | re.MULTILINE)


class Relay(Sequential):
    """A chain that delivers what everyone after the first has made, and not the last one's work alone."""

    async def combine(self, goal: Any, done: dict[str, Done]) -> list[Any]:
        return [finished.work for finished in done.values()][1:]


def deliverables(seed: int, *, tokens: int = 3_000, figures: int = 10, budget: int = 450) -> Scenario:
    """A blog post, an email and social posts, each with every figure of a talk of about `tokens` tokens; no answer may
    have more than `budget` tokens."""
    random = Random(f"deliverables {seed}")
    known = facts(random, figures)
    whole = sources(talk(random, [fact.text for fact in known], tokens))
    reads: dict[str, Any] = {"sources": whole, "passages": EVERYTHING, "max_tokens": budget}
    find = f"Find the {figures} figures of the talk"
    wanted = {kind: told_as.format(figures=figures) for kind, told_as in WANTED.items()}
    *first, last = wanted.values()
    reader = Specialist(
        "reader", f"{find}: each in a line of its own, with whose it is and what it is for.",
        takes="talk", makes="facts", **reads,
    )  # fmt: skip
    writers = [
        Specialist(
            f"{kind} writer", f"Write {described} from what you are handed, with every figure in it.",
            takes="facts", makes=kind, max_tokens=budget,
        )
        for kind, described in wanted.items()
    ]  # fmt: skip
    all_rounder = Specialist(
        "all-rounder",
        f"{find}. Then write {', '.join(first)}, and {last}. Put the name of each above it in capitals, and every "
        "figure in each of them.",
        makes=" and ".join(wanted), **reads,
    )  # fmt: skip
    team = {member.name: member for member in (reader, *writers, all_rounder, judge_of(whole))}

    def check(made: Any) -> tuple[Check, ...]:
        texts = apart(made)
        used = [replace(told(text, known), name=f"facts in the {kind}") for kind, text in texts.items()]
        return (*used, right("\n".join(texts.values()), known))

    return Scenario(
        "deliverables",
        "Tell the members what was said in the talk.",
        team,
        {
            "single": SingleAgent(all_rounder),
            "sequential": Relay("sequential", reader, *writers),
            "fan_out": Sequential("fan_out", reader, FanOut("writers", *writers)),
            "hierarchical": Hierarchical(
                "hierarchical",
                Orchestrator("reading desk", reader, planner=MANAGER),
                Orchestrator("writing desk", *writers, planner=MANAGER),
            ),
            "competitive": Competitive("competitive", all_rounder, attempts=ATTEMPTS, judge=team["judge"]),
        },
        check,
        arranged=f"A talk of about {tokens:,} tokens with {figures} figures, each of which belongs in all three texts. "
        f"No answer may have more than {budget} tokens; one agent who writes all three has no more for them.",
        files=lambda pattern, made: {f"{pattern} {kind}.md": text for kind, text in apart(made).items()},
    )


def apart(made: Any) -> Mapping[str, str]:
    """Each of the texts: a list of all three, or one text with each below its name; "" for what is not there.

    >>> apart("EMAIL:\\nRent is £9.\\n\\n**Blog post**\\nAll is well.")
    {'blog post': 'All is well.', 'email': 'Rent is £9.', 'social posts': ''}
    """
    if isinstance(made, list | tuple):
        return dict(zip(WANTED, map(str, made), strict=True))
    _, *pieces = HEADING.split(str(made))
    below = {kind.lower(): text.strip() for kind, text in zip(pieces[::2], pieces[1::2], strict=True)}
    return {kind: below.get(kind, "") for kind in WANTED}
