"""Runs that a stepper must be able to show: what a course has, and what nobody would think of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import cycle
from typing import Any

from core.fakes import Fake, Moody
from payloads import HANDLERS, OUT_OF_PLACE, PAYLOADS

from orchestra_kit import Budget, FanOut, ModelError, Sequential, Specialist, Verdict, first, review, start, together
from orchestra_kit.scenarios import scenario
from orchestra_kit.scenarios.scenario import PATTERNS
from orchestra_kit.sources import Passage, Sources

LONG = "the writer of the quarterly customer newsletter in twelve languages, who also answers all the letters no. {}"
research, writer, mailer = (Specialist(name, f"Be the {name}.") for name in ("research", "writer", "mailer"))


@cache
def bundled(pattern: str) -> Any:
    content = scenario("content_pipeline")
    return start(content.orchestrator(pattern), content.goal, budget=Budget(tokens=90_000)).finish()


def fan_out(width: int) -> Any:
    writers = [Specialist(f"writer {number}", "Write.") for number in range(1, width + 1)]
    whole = Sequential("desk", research, FanOut("writers", *writers, combiner=Specialist("merger", "Merge.")), mailer)
    return start(whole, "bees in the city", model=Moody(0)).finish()


def odd_names() -> Any:
    names = ["כותב הבלוג של החברה", LONG.format(1), LONG.format(2), "x" * 200, "<b>bold & 'co'"]
    team = FanOut("team", *(Specialist(name, "Write.") for name in names))
    return start(Sequential("desk", team, mailer), "one " * 200, model=Fake()).finish()


def hostile() -> Any:
    """Every text that a person, a model or a file can put in is a payload."""
    payloads = cycle(PAYLOADS)

    def says(call: Any) -> str:
        if call.who == "reviewer":
            return Verdict("reject", next(payloads)).model_dump_json()
        if call.who == "breaks":
            raise ModelError(" ".join(PAYLOADS))
        return " ".join([next(payloads), *PAYLOADS])

    names = [
        text.translate({ord("/"): "∕", ord("#"): None, ord(":"): None}) for text in HANDLERS[:2] + OUT_OF_PLACE[:2]
    ]
    notes = Sources(tuple(Passage(payload, payload, payload) for payload in PAYLOADS))
    members = [Specialist(name, " ".join(PAYLOADS), sources=notes) for name in names]
    team = FanOut(names[0], *members)
    desk = Sequential(
        "desk", team, Specialist("breaks", "Break."), reviewer=Specialist("reviewer", "R.", makes=Verdict)
    )
    return start(desk, "\n".join(PAYLOADS), model=Fake(says)).finish()


async def orchestrator(topic: str) -> Any:
    facts = await research(topic)
    report = await writer(f"Write about {facts}")
    return await mailer(report)


async def asks_a_person(topic: str) -> Any:
    draft = await writer(topic)
    verdict = await review(draft, "may this go out?")
    return await mailer(draft) if verdict.decision == "approve" else None


def approves(_: Any) -> Verdict:
    return Verdict("approve", "good")


async def does_nothing() -> None:
    return None


async def breaks(topic: str) -> Any:
    raise ValueError(f"no way to write about {topic}")


async def rounds(times: int) -> None:
    for number in range(times):
        await together(research(f"part {number}"), writer(f"part {number} for the writer"))


async def twins(topic: str) -> Any:
    return await together(writer(f"{topic}, the first half"), writer(f"{topic}, the second half"))


async def race(topic: str) -> Any:
    return await mailer(await first(research(topic), writer(topic), writer(f"{topic}, at length")))


def failing() -> Any:
    team = FanOut("writers", *(Specialist(name, "Write.") for name in "abc"))
    return start(Sequential("desk", research, team, tries=2), "wasps", model=Moody(0.5)).finish()


RUNS: dict[str, Callable[[], Any]] = {
    **{pattern: partial(bundled, pattern) for pattern in PATTERNS},
    "ten lines": lambda: start(orchestrator, "bees", model=Fake()).finish(),
    "a person": lambda: start(asks_a_person, "bees", model=Fake(), reviewer=approves).finish(),
    "twins": lambda: start(twins, "bees", model=Moody(0)).finish(),
    "race": lambda: start(race, "bees", model=Moody(0)).finish(),
    "nothing": lambda: start(does_nothing, model=Fake()).finish(),
    "broken": lambda: start(breaks, "bees", model=Fake()).finish(),
    "failing": failing,
    "waits its turn": lambda: start(rounds, 3, model=Moody(0), max_parallel=1).finish(),
    "12 branches": lambda: fan_out(12),
    "odd names": odd_names,
}  # fmt: skip
