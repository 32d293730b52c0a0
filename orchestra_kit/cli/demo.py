"""The demo: a scenario in one pattern or in all, told as it happens, measured, and written out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt
from rich.table import Table

from ..call import FREE, Model
from ..errors import OrchestraError
from ..events import Event
from ..files import write_together
from ..messages import Decision, Verdict
from ..requests import Error, Review, Value
from ..run import Run, start
from ..scenarios import Scenario
from ..scenarios.check import Check, quality
from ..specialist import Ask, render


class Outcome(NamedTuple):
    """One pattern's run, and what it was worth. Without checks nothing was delivered."""

    pattern: str
    run: Run
    checks: tuple[Check, ...]


def run_demo(console: Console, task: Scenario, model: Model, *, pattern: str, out: Path | None, seed: int) -> None:
    """Run, tell, measure, write. Nothing is written here unless everything ran; a team that publishes has done so."""
    if pattern != "all" and pattern not in task.orchestrators:
        raise OrchestraError(f"There is no pattern {pattern!r}. There are: {', '.join(task.orchestrators)}, or all.")
    console.print(f"[bold]Goal[/] {escape(shorten(render(task.goal), 200))}\n")
    if task.arranged:
        console.print(f"[dim]Arranged: {escape(task.arranged)}[/]\n")
    outcomes = []
    for chosen in task.orchestrators if pattern == "all" else (pattern,):
        run = start(task.orchestrator(chosen), task.goal, model=model, seed=seed)
        console.print(f"[bold blue]{chosen}[/]")
        decide_at_the_terminal(console, run, narrate(console, run))
        outcomes.append(Outcome(chosen, run, task.check(run.result) if run.stop_reason == "done" else ()))
        report(console, outcomes[-1])
    console.print(table(outcomes))
    if model.simulated:
        console.print("[dim]An extractive model answered, offline. Its seconds and dollars are simulated.[/]")
    if out is not None:
        files: dict[str, str | bytes] = {}
        for done in outcomes:
            files |= task.files(done.pattern, done.run.result) if done.checks else {}
        names = write_together(out, files | pictures(outcomes))
        console.print(f"Written to {escape(str(out))}: {', '.join(names)}")


def pictures(outcomes: Sequence[Outcome]) -> dict[str, bytes]:
    """A timeline of each run and, where there are several, a picture of what each cost."""
    from ..display import timeline, tokens_and_latency  # loads matplotlib

    drawn = {f"{done.pattern}-timeline.png": timeline(done.run).png() for done in outcomes}
    if len(outcomes) > 1:
        drawn["comparison.png"] = tokens_and_latency({done.pattern: done.run for done in outcomes}).png()
    return drawn


def narrate(console: Console, run: Run, told: int = 0) -> int:
    """Tell a run while it goes, from event `told` on: a line for each call that has ended, and for each verdict that
    asks for more. How many events have been told then."""
    asked: dict[str, Event] = {}
    for event in run:
        if event.kind == "asked" and isinstance(event.detail, Ask):
            asked[event.path] = event
        if event.number < told:
            continue
        if event.path in asked and event.kind in ("answered", "cancelled"):
            console.print(line_for(asked[event.path], event))
        elif event.kind == "noted" and isinstance(event.detail, Verdict) and event.detail.decision != "approve":
            first, *more = event.detail.note.splitlines() or [""]
            said = shorten(first, 90) + (f" (and {len(more)} more)" if more else "")
            console.print(f"{event.at_s:7.1f} s [yellow]↩ {event.detail.decision}[/] [dim]{escape(said)}[/]")
    return len(run.events)


def line_for(asked: Event, end: Event) -> str:
    """One call in one line: when it ended, who it was, how long it took, what it cost."""
    who = asked.path.partition("/")[2]
    mark = "[red]✕[/]" if end.kind == "cancelled" or isinstance(end.detail, Error) else "[green]✓[/]"
    usage = end.usage or FREE
    tokens = f"{usage.tokens_in:>6,} in {usage.tokens_out:>5,} out"
    trouble = f"  {escape(shorten(str(end.detail.error), 80))}" if isinstance(end.detail, Error) else ""
    return f"{end.at_s:7.1f} s {mark} {escape(who):<26} [dim]{end.at_s - asked.at_s:5.1f} s {tokens}[/]{trouble}"


def decide_at_the_terminal(console: Console, run: Run, told: int) -> None:
    """Whoever sits at the terminal is the person that flagged work waits for. With nobody there it goes on waiting."""
    while sys.stdin.isatty() and (path := next(iter(run.waiting), None)):
        request = run.waiting[path]
        assert isinstance(request, Review)
        console.print(f"[yellow]⚑ your decision:[/] {escape(request.why)}\n\n{escape(render(request.work))}\n")
        answer = Prompt.ask("approve, reject or skip", choices=["approve", "reject", "skip"], console=console)
        run.decide(Verdict(cast(Decision, answer)), job=path)
        told = narrate(console, run, told)


def report(console: Console, outcome: Outcome) -> None:
    """What came of one run, in a line or two."""
    run = outcome.run
    console.print(f"          {escape(str(run.summary()))}")
    for request in run.waiting.values():
        why = escape(shorten(str(getattr(request, "why", "")), 110))
        console.print(f"          [yellow]⚑ a person is needed:[/] {why}")
    if run.stop_reason not in (None, "done"):
        console.print(f"          [red]✕ {run.stop_reason}:[/] {escape(str(trouble_of(run)))}")
    if isinstance(run.outcome, Value) and hasattr(run.outcome.value, "left_out"):  # a team that publishes by itself
        for line in str(run.outcome.value).splitlines():
            console.print(f"          {escape(shorten(line, 110))}")
    for check in outcome.checks:
        if not check.passed:
            detail = escape(shorten(check.detail, 110))
            console.print(f"          [yellow]○[/] {check.name} {check.value:.2f} [dim]{detail}[/]")
    console.print()


def trouble_of(run: Run) -> Exception | None:
    return run.outcome.error if isinstance(run.outcome, Error) else None


def shorten(text: str, most: int) -> str:
    """A text in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def table(outcomes: Iterable[Outcome]) -> Table:
    """A row a pattern."""
    title = "What each pattern cost, and what it was worth"
    shown = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    headers = (
        "calls",
        "tokens\nin",
        "tokens\nout",
        "orches-\ntrator",
        "cost\n$",
        "latency\ns",
        "quality\n0 to 1",
    )
    for column in ("pattern", *headers):
        shown.add_column(column, justify="left" if column == "pattern" else "right", no_wrap=True)
    for pattern, run, checks in outcomes:
        summary = run.summary()
        shown.add_row(
            pattern, f"{summary.calls}", f"{summary.tokens_in:,}", f"{summary.tokens_out:,}",
            f"{summary.orchestrator_share:.0%}", f"{summary.cost_usd:.5f}", f"{summary.latency_s:.1f}",
            f"{quality(checks):.2f}" if checks else "⚑",
        )  # fmt: skip
    return shown
