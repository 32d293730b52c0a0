"""Random orchestrators: a program is a value, so that the same one can run on our loop, on asyncio, and again."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from orchestra_kit import Skip, Specialist, attempt, first, note, retry, together, wait, within
from orchestra_kit.requests import Branch

CREW = [Specialist(name, f"You are {name}.") for name in ("ada", "bob", "cleo")]


@dataclass(frozen=True)
class Do:
    """One node of a program: what to do, with a number, and the parts below it."""

    what: str
    number: int = 0
    parts: tuple[Do, ...] = ()


LEAVES = ["ask", "wait", "note", "fail", "retry", "attempt", "within"]
leaves = st.builds(Do, st.sampled_from(LEAVES), st.integers(0, 30))
programs = st.recursive(
    leaves,
    lambda parts: st.builds(
        Do, st.sampled_from(["sequence", "together", "first", "first long", "branch", "catch"]), st.integers(0, 30),
        st.lists(parts, min_size=1, max_size=4).map(tuple),
    ),
    max_leaves=12,
)  # fmt: skip


def unique(where: str) -> float:
    """Seconds that no other place in a program takes: who answers first at one instant is each runtime's own choice."""
    return zlib.crc32(where.encode()) / 2**40


async def perform(program: Do, where: str = "0") -> Any:
    """Run a program as an orchestrator would be written by hand. `where` makes every brief different."""
    who, number = CREW[program.number % 3], program.number
    parts = [(part, f"{where}.{i}") for i, part in enumerate(program.parts)]
    match program.what:
        case "ask":
            return await who(f"{where} {number}")
        case "wait":
            return await wait(0.1 + number / 7 + unique(where))
        case "note":
            await wait(unique(where))
            return await note("review", number)
        case "fail":
            await wait(unique(where))
            raise LookupError(f"{where} fails")
        case "retry":
            return await retry(who, f"{where} {number}", tries=2, pause_s=0.01 * number + unique(where))
        case "attempt":
            return str(await attempt(who, f"{where} {number}", tries=1, otherwise=Skip()))
        case "within":
            return await within(0.1 + number / 40 + unique(where), who, f"{where} {number}")
        case "sequence":
            return [await perform(*part) for part in parts]
        case "together":
            return await together(perform(*part) for part in parts)
        case "first":
            return await first(perform(*part) for part in parts)
        case "first long":
            return await first([perform(*part) for part in parts], good=lambda answer: len(str(answer)) > 9)
        case "branch":
            return await together(Branch(perform, *part) for part in parts)
        case "catch":
            try:
                return await together(perform(*part) for part in parts)
            except Exception as error:
                return f"caught {type(error).__name__}"
    raise AssertionError(program)
