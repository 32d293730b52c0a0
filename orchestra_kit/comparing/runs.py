"""One run of one pattern, measured; and a batch of them, which is what travels to a worker.

Nothing here loads pandas: a worker makes runs, and only who gathers them makes tables.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..call import Model
from ..errors import OrchestraError, Slip
from ..ledger import MANAGING, Summary, call_rows
from ..models.embedded import EmbeddedModel
from ..requests import Error, Review, Value
from ..run import Run, start
from ..scenarios import Scenario
from ..scenarios.check import Check, quality
from . import columns

Task = Scenario | Callable[[int], Scenario]
Role = tuple[str, str, bool, int, int, int, float]  # who, phase, managing, calls, tokens in and out, US dollars


class RunBroke(OrchestraError):
    """A program broke, and not only a run: a check, a generator, a model or a Python specialist raised an error that
    no orchestrator is meant to meet. It stops the comparison, because every number after it would be in doubt."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Runs that one worker does, one after another: every pattern on every seed."""

    task: Task
    patterns: tuple[str, ...]
    seeds: tuple[int, ...]
    model: Model | None


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: what it was worth and what it cost. `trouble` says why nothing was delivered; "" if it was."""

    task: str
    pattern: str
    seed: int
    checks: dict[str, float]
    quality: float
    summary: Summary
    trouble: str
    roles: list[Role]
    model: str


def measure_all(batch: Batch) -> list[Measured]:
    """Every run of a batch. Raises RunBroke, and nothing else, for a program that broke."""
    return list(measure_each(batch))


def measure_each(batch: Batch) -> Iterator[Measured]:
    """The runs of a batch, one by one."""
    for seed in batch.seeds:
        task = task_for(batch.task, seed)
        model = batch.model or task.model or EmbeddedModel()
        for pattern in batch.patterns:
            try:
                yield measure(task, pattern, seed, model)
            except Exception as error:
                raise broke(f"{task.name}, pattern {pattern!r}, seed {seed}", error) from error


def task_for(task: Task, seed: int) -> Scenario:
    """The scenario itself, or the one that a generator makes of this seed."""
    if isinstance(task, Scenario):
        return task
    try:
        made = task(seed)
        if not isinstance(made, Scenario):
            raise TypeError(f"it returned {made!r}, and a generator returns a Scenario")
    except Exception as error:
        raise broke(f"{getattr(task, '__name__', task)}, seed {seed}", error) from error
    return made


def broke(where: str, error: Exception) -> RunBroke:
    return RunBroke(f"{where}: {type(error).__name__}: {error}. Mend what raised it, and compare again")


def measure(task: Scenario, pattern: str, seed: int, model: Model, max_parallel: int | None = None) -> Measured:
    """Run a pattern once, to the end, and check what was delivered. Who delivers nothing has a quality of 0."""
    run: Run | None = None
    trouble = ""
    try:
        run = start(task.orchestrator(pattern), task.goal, model=model, seed=seed, max_parallel=max_parallel)
        run.finish()
    except Slip:
        raise
    except OrchestraError as stopped:  # such as a runaway; it has ended the run
        trouble = str(stopped)
    if run is None:
        never = Summary(0, 0, 0, 0.0, 0.0, 0.0, "failed", simulated=model.simulated)
        return Measured(task.name, pattern, seed, {}, 0.0, never, trouble, [], name_of(model))
    checks: tuple[Check, ...] = ()
    match run.outcome:
        case Value(result):
            checks = checked(task, result)
        case Error(error):
            if isinstance(error, Slip) or not isinstance(error, OrchestraError | OSError):  # OSError: files, networks
                raise error
            trouble = str(error)
        case None:
            trouble = "; ".join(request.why for request in run.waiting.values() if isinstance(request, Review))
            run.close()
    values = {check.name: float(check.value) for check in checks}
    worth = float(quality(checks)) if checks else 0.0
    return Measured(task.name, pattern, seed, values, worth, run.summary(), trouble, roles(run), name_of(model))


def name_of(model: Model) -> str:
    """What a model says of itself; its type, if it says nothing (Python's own words for it differ from run to run)."""
    return type(model).__name__ if type(model).__repr__ is object.__repr__ else repr(model)


def checked(task: Scenario, result: Any) -> tuple[Check, ...]:
    """The checks of a result, each of which must be able to become a column of its own."""
    checks = tuple(task.check(result))
    names = [check.name for check in checks]
    if not checks:
        raise ValueError("the check returned nothing; let it return at least one Check")
    for check in checks:
        if not (0 <= check.value <= 1 and 0 < check.weight < math.inf):
            raise ValueError(f"{check} is measured from 0 to 1, with a weight above 0; mend that check")
    if taken := [name for name in names if names.count(name) > 1 or name in columns.OWN]:
        raise ValueError(f"two columns would be called {taken[0]!r}; give that check another name")
    return checks


def roles(run: Run) -> list[Role]:
    """What each one cost: a row for each who and phase, in order of asking."""
    rows = defaultdict(list)
    for row in call_rows(run.events):
        rows[row.who, row.phase].append(row)
    return [
        (
            who, phase, phase in MANAGING, len(calls), sum(call.tokens_in for call in calls),
            sum(call.tokens_out for call in calls), sum(call.cost_usd for call in calls),
        )
        for (who, phase), calls in rows.items()
    ]  # fmt: skip
