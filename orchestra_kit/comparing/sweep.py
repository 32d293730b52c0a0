"""compare(): every pattern on every seed, here or on the workers of an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor

from ..call import Model
from ..errors import OrchestraError
from ..scenarios import Scenario
from .comparison import Comparison
from .runs import Batch, Measured, RunBroke, Task, measure_all, measure_each, task_for

MOST_BATCHES = 64  # enough to keep a few dozen workers busy to the end; more would only be more to send

Tell = Callable[[Sequence[Measured]], None]


def compare(
    task: Task,
    patterns: str | Iterable[str] = "all",
    runs: int = 30,
    seed: int = 0,
    model: Model | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Comparison:
    """Run a task in several patterns, so often that one can tell what is luck, and measure every run.

    task      a Scenario, or a function that makes one of a seed: then each run has a text of its own
    patterns  "all", one name, or several; they stand in the order of the scenario, the simplest first
    runs      how many runs each pattern has, on the seeds `seed`, `seed` + 1, … Every pattern meets the same seeds, and
              so the same texts and the same luck, and what differs between them is the pattern
    model     who answers; None is the model that the task is meant for, else the embedded one
    executor  who does the work: any concurrent.futures.Executor, such as ThreadPoolExecutor (for real models, which
              are waited for), ProcessPoolExecutor (for the embedded one, which computes), or the one that Dask's
              client.get_executor() gives. The numbers of simulated runs are the same with each of them, and without
    progress  whether a bar shows how far it is

    In a script that uses processes, the call stands under `if __name__ == "__main__":`, because each of them reads the
    script again. In a notebook, a function that is written in a cell may be unknown to them: use threads, or put it
    into a module.

    A run that ends without a result (flagged, over its budget, failed) counts with a quality of 0; `.undelivered` says
    why. Raises RunBroke, with pattern and seed, for what is no fault of a run: a check that raises, a slip in an
    orchestrator's code. KeyError, TypeError and ValueError say which argument cannot be used.

    >>> from orchestra_kit import scenario
    >>> table = compare(scenario("content_pipeline"), patterns="single", runs=3, progress=False)
    >>> list(table.frame.pattern), list(table.frame.seed)
    (['single', 'single', 'single'], [0, 1, 2])
    """
    if not (isinstance(task, Scenario) or callable(task)):
        raise TypeError(f"compare({task!r}) is given no task: compare(scenario('content_pipeline'))")
    if not isinstance(runs, int) or runs < 1 or not isinstance(seed, int):
        raise ValueError(f"runs={runs!r}, seed={seed!r}: give whole numbers, and 1 run or more")
    if not isinstance(patterns, str | Iterable):
        raise TypeError(f"patterns={patterns!r}: give 'all', the name of a pattern, or a list of names")
    if executor is not None and not hasattr(executor, "submit"):
        raise TypeError(f"executor={executor!r} has no submit(), so it is no executor; give ThreadPoolExecutor(4)")
    if model is not None and not (hasattr(model, "complete") and hasattr(model, "simulated")):
        raise TypeError(
            f"model={model!r} lacks complete(call) or simulated, so it is no model; make one: model=connect('…')"
        )
    first = task_for(task, seed)
    chosen = choose(first, patterns)
    answering = model or first.model
    live = answering is not None and not answering.simulated
    batches = batches_of(task, chosen, range(seed, seed + runs), model, live=live)
    measured: list[Measured] = []

    from tqdm.auto import tqdm  # here, because it takes longer to load than all that is above

    with tqdm(total=len(chosen) * runs, unit="run", leave=False, disable=not progress) as bar:

        def tell(done: Sequence[Measured]) -> None:
            measured.extend(done)
            several = done[0].pattern != done[-1].pattern  # a batch from a generator's text
            bar.set_description("all patterns" if several else done[-1].pattern, refresh=False)
            bar.update(len(done))

        if executor is None:
            in_turn(batches, tell)
        else:
            spread(batches, executor, tell)
    measured.sort(key=lambda each: (chosen.index(each.pattern), each.seed))
    return Comparison.of(measured, arranged=first.arranged)


def choose(task: Scenario, patterns: str | Iterable[str]) -> tuple[str, ...]:
    """The patterns that are meant, in the order of the scenario; KeyError lists those there are."""
    wanted = task.orchestrators if patterns == "all" else [patterns] if isinstance(patterns, str) else list(patterns)
    for name in wanted:
        task.orchestrator(name)
    if not wanted:
        raise ValueError(f"patterns={patterns!r} names none; there are: {', '.join(task.orchestrators)}")
    return tuple(name for name in task.orchestrators if name in wanted)


def batches_of(
    task: Task, patterns: tuple[str, ...], seeds: Sequence[int], model: Model | None, *, live: bool
) -> list[Batch]:
    """The work in pieces that are worth sending. Live runs go one by one: they take long, and mostly wait. What a
    generator makes is read by all patterns in one place, where it was made; a scenario goes pattern by pattern."""
    alone = isinstance(task, Scenario) or live
    teams: list[tuple[str, ...]] = [(pattern,) for pattern in patterns] if alone else [patterns]
    size = 1 if live else -(-len(seeds) * len(teams) // MOST_BATCHES)
    return [
        Batch(task, team, tuple(seeds[start : start + size]), model)
        for team in teams
        for start in range(0, len(seeds), size)
    ]


def in_turn(batches: Iterable[Batch], tell: Tell) -> None:
    """All the work here, one run after another."""
    for batch in batches:
        for measured in measure_each(batch):
            tell([measured])


def spread(batches: Sequence[Batch], executor: Executor, tell: Tell) -> None:
    """The work on the workers of an executor. Whatever stops it, a Ctrl-C too: what has not begun will not begin."""
    futures = [executor.submit(measure_all, batch) for batch in batches]
    try:
        for future in futures:  # in order: whoever is waited for, the first thing that breaks is the one that is told
            try:
                done = future.result()
            except RunBroke:
                raise
            except BrokenExecutor as error:
                raise OrchestraError(
                    f"a worker of {type(executor).__name__} died or could not begin ({error}). In a script, put the "
                    "call under if __name__ == '__main__'; a function from a notebook needs a module of its own, or "
                    "a ThreadPoolExecutor"
                ) from error
            except Exception as error:
                raise OrchestraError(
                    f"the work could not be sent to the workers of {type(executor).__name__} ({error}). Leave executor "
                    "out, or use a ThreadPoolExecutor; to processes travel the scenarios that scenario() makes, the "
                    "functions of a module, and the embedded model"
                ) from error
            tell(done)
    finally:
        for future in futures:
            future.cancel()
