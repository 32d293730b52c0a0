"""What orchestration itself costs: the same work by orchestra_kit and by hand, with a model that takes no time.

Each figure is a ratio of two times from one run, taken in turns, so that it means the same on a slow and on a fast
machine. Run it with `make bench`; it ends with 1 when a figure is over its target.
"""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import asyncio_baseline as by_hand
from asyncio_baseline import Brief, Finding

from orchestra_kit import Call, Reply, Run, Specialist, Usage, first, start, together
from orchestra_kit.models.function import FunctionModel

ROUNDS = 7
CALLS_A_ROUND = 3_000  # small cases are repeated until they have made about as many calls as this
ANSWER = Reply(
    Finding(fact="Bees dance to tell each other where the flowers are.", source="notes", sure=0.9).model_dump_json(),
    Usage(tokens_in=40, tokens_out=20, cost_usd=0.000_01),
)
HEAVY = ("anywidget", "httpx", "ipywidgets", "matplotlib", "pandas", "pydantic")

writer = Specialist("writer", "Go on.", takes=Brief, makes=Finding)
editor = Specialist("editor", "Sum up.", takes=Brief, makes=Finding)


def instant(_: Call) -> Reply:
    """A model that takes no time. Counting tokens is a model's work, not an orchestrator's, so the count is fixed."""
    return ANSWER


MODEL = FunctionModel(instant)


async def sequential(size: int) -> Finding:
    brief = Brief(topic="bees")
    for _ in range(size):
        finding = await writer(brief)
        brief = Brief(topic=finding.fact)
    return finding


async def fan_out(size: int) -> list[Finding]:
    return await together(writer(Brief(topic="bees", words=number)) for number in range(size))


async def lead(size: int) -> Finding:
    parts = await together(writer(Brief(topic="bees", words=worker)) for worker in range(size))
    finding: Finding = await editor(Brief(topic=" ".join(part.fact for part in parts)))
    return finding


async def hierarchy(size: int) -> list[Finding]:
    return await together(lead(size) for _ in range(size))


async def competition(size: int) -> Finding:
    brief = Brief(topic="bees")
    found: Finding = await first((writer(brief) for _ in range(size)), good=lambda finding: finding.sure > 0.5)
    return found


CASES: list[tuple[str, Callable[..., Any], Callable[..., Any], int, int]] = [  # name, ours, by hand, size, calls
    ("sequential of 30", sequential, by_hand.sequential, 30, 30),
    ("fan-out of 100", fan_out, by_hand.fan_out, 100, 100),
    ("fan-out of 1,000", fan_out, by_hand.fan_out, 1_000, 1_000),
    ("fan-out of 10,000", fan_out, by_hand.fan_out, 10_000, 10_000),
    ("hierarchy of 3 x 3", hierarchy, by_hand.hierarchy, 3, 12),
    ("competition of 5", competition, by_hand.competition, 5, 5),
]


def time_ours(orchestrator: Callable[..., Any], size: int, times: int) -> float:
    gc.collect()
    began = time.perf_counter()
    for _ in range(times):
        run: Run = start(orchestrator, size, model=MODEL).finish()
    elapsed = time.perf_counter() - began
    assert run.result
    return elapsed


def time_by_hand(orchestrator: Callable[..., Any], size: int, times: int) -> float:
    async def repeat() -> float:  # asyncio's own loop is started once and not counted
        gc.collect()
        began = time.perf_counter()
        for _ in range(times):
            result = await orchestrator(by_hand.Desk(MODEL), size)
        elapsed = time.perf_counter() - began
        assert result
        return elapsed

    return asyncio.run(repeat())


def python(code: str) -> tuple[float, str]:
    """Run a program; how long it took in ms, and what it printed."""
    began = time.perf_counter()
    command = [sys.executable, "-c", code]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # compiled once, as on a learner's machine
    done = subprocess.run(command, env=env, cwd=sys.path[0], capture_output=True, text=True, check=True)
    return (time.perf_counter() - began) * 1_000, done.stdout


def memory_growth_mib(width: int) -> float:
    """By how much a fresh process grows, at most, for one run that is this wide."""
    code = f"""
import tracemalloc
from orchestration import MODEL, fan_out, start
start(fan_out, 10, model=MODEL).finish()
tracemalloc.start()
run = start(fan_out, {width}, model=MODEL).finish()
print(tracemalloc.get_traced_memory()[1] / 2**20)
"""
    return float(python(code)[1])


def import_ms() -> float:
    """What `import orchestra_kit` takes on top of starting Python."""
    python("import orchestra_kit")  # compiles it, if that has never been done
    pairs = [(python("pass")[0], python("import orchestra_kit")[0]) for _ in range(15)]
    return median(ours for _, ours in pairs) - median(bare for bare, _ in pairs)


def heavy_imports() -> int:
    return int(python(f"import sys, orchestra_kit; print(len(sys.modules.keys() & set({HEAVY})))")[1])


def main() -> int:
    over = 0

    def report(what: str, figure: str, value: float, target: float, detail: str = "") -> None:
        nonlocal over
        over += value > target
        verdict = "OVER" if value > target else "OK"
        print(f"{what:34} {figure:>8}   at most {target:<4g} {verdict:4} {detail}", flush=True)

    per_call: dict[str, float] = {}
    for name, ours, theirs, size, calls in CASES:
        times = max(1, CALLS_A_ROUND // calls)
        rounds = [(time_ours(ours, size, times), time_by_hand(theirs, size, times)) for _ in range(ROUNDS)]
        us, them = (median(side) * 1e6 / (times * calls) for side in zip(*rounds, strict=True))
        per_call[name] = us
        report(name, f"{us / them:.2f} x", us / them, 2, f"{us:.1f} µs a call, by hand {them:.1f} µs")
    wider = per_call["fan-out of 10,000"] / per_call["fan-out of 100"]
    report("a call at 10,000 wide, to 100 wide", f"{wider:.2f} x", wider, 1.5)
    growth = memory_growth_mib(10_000)
    report("memory for a run 10,000 wide", f"{growth:.0f} MiB", growth, 120)
    loading = import_ms()
    report("import orchestra_kit", f"{loading:.0f} ms", loading, 60)
    heavy = heavy_imports()
    report("heavy packages that loads", str(heavy), heavy, 0)
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
