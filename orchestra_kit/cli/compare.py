"""The comparison: a task in several patterns, many times; a table, a recommendation, and files of both."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import NoReturn

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..call import Model
from ..comparing import Comparison, compare
from ..comparing.recommendation import needs_of
from ..comparing.shown import notes, table, title
from ..comparing.sweep import choose
from ..errors import OrchestraError
from ..files import write_together
from ..scenarios import GENERATORS, Scenario, generator
from .demo import shorten
from .tasks import model_for, task_for


def run_compare(
    console: Console,
    name: str,
    *,
    input: str | None,  # noqa: A002  # the option's name
    patterns: str,
    runs: int,
    seed: int,
    slips: float | None,
    spec: str | None,
    jobs: int,
    out: Path | None,
    quality: float | None,
    max_cost: float | None,
    max_latency: float | None,
) -> None:
    """Compare, show, recommend, write. Whatever cannot be meant is said before the first run."""
    first = task_for(console, name, input, None, seed=seed)
    task: Scenario | Callable[[int], Scenario] = generator(name) if name in GENERATORS else first
    model = model_for(first, spec, slips)
    chosen = "all" if patterns == "all" else [each.strip() for each in patterns.split(",") if each.strip()]
    try:
        choose(first, chosen)
        needs = needs_of(quality=quality, max_cost=max_cost, max_latency=max_latency, simulated=True)
    except (KeyError, ValueError) as error:
        raise OrchestraError(f"{error.args[0]}.") from error
    console.print(f"[bold]Goal[/] {escape(shorten(str(first.goal), 200))}")
    if first.arranged:
        console.print(f"[bold]Arranged[/] {escape(first.arranged)}")
    with workers(jobs, model) as executor:
        try:
            done = compare(task, chosen, runs=runs, seed=seed, model=model, executor=executor)
        except KeyboardInterrupt:
            stop_at_once()
    report(console, done)
    if needs:
        recommended = done.recommend(quality=quality, max_cost=max_cost, max_latency=max_latency)
        console.print(f"[bold]Recommended[/] {escape(str(recommended))}")
    if out is not None:
        console.print(f"Written to {escape(str(out))}: {', '.join(write_together(out, files(done)))}")


def workers(jobs: int, model: Model) -> AbstractContextManager[Executor | None]:
    """Processes for the embedded model, which computes; threads for a real one, which is waited for."""
    if jobs == 1:
        return nullcontext()
    if not model.simulated:
        return ThreadPoolExecutor(jobs)
    # Of a Ctrl-C the workers need to know nothing: they are ended.
    return ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))


def stop_at_once() -> NoReturn:
    """End this process and its workers, now: nothing has been written, and whoever pressed Ctrl-C does not want to wait
    for what the workers are at. (Closing a pool waits for them, and hears no second Ctrl-C.)"""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # or a second one leads out of here, into that waiting
    for worker in active_children():
        worker.kill()
    sys.stdout.flush()
    os._exit(130)


def report(console: Console, done: Comparison) -> None:
    """The means and their intervals, and what must be said beside them."""
    shown = Table(box=SIMPLE_HEAD, padding=(0, 0, 0, 1), pad_edge=False)
    cells = table(done, between="\n")
    shown.add_column("pattern", no_wrap=True)
    for column in cells.columns:
        shown.add_column(HEADS.get(column, column), justify="right", no_wrap=True)
    for pattern, row in cells.iterrows():
        shown.add_row(escape(str(pattern)), *row)
    console.print(f"\n{escape(title(done))}")
    console.print(shown)
    for note in notes(done):
        console.print(f"[dim]{escape(note)}[/]")


HEADS = {
    "quality, 0 to 1": "quality\n0 to 1",
    "$ per 1,000 runs": "$ per\n1,000 runs",
    "latency, s": "latency\ns",
    "orchestrator": "orches-\ntrator",
}


def files(done: Comparison) -> dict[str, str | bytes]:
    """Everything that was measured, what it comes to, and three pictures of it."""
    return {
        "runs.csv": done.frame.to_csv(index=False),
        "intervals.csv": done.intervals().to_csv(index=False),
        "quality-cost-latency.png": done.chart().png(),
        "quality-by-cost.png": done.frontier().png(),
        "quality-by-latency.png": done.frontier(by="latency_s").png(),
        "tokens-by-role.png": done.tokens().png(),
    }
