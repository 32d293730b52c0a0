"""The exercises of notebook 04, Fan-out."""

from __future__ import annotations

from ...messages import Skipped
from ...run import Run
from ..exercise import exercise, require
from ..properties import Exchange, as_text, at_most, exchanges, holds, in_order, one_by_one, overlap

WRITERS = ["blog", "newsletter", "linkedin", "bluesky", "community"]  # as the notebook has them
READERS = [f"reader {number}" for number in range(1, 5)]
CREW = ["blog", "linkedin", "bluesky"]  # linkedin fails
SECONDS = 5.0


@exercise(
    "04.quicker",
    hints=[
        "`four` is an orchestrator, and an orchestrator is a member like any other. How do you ask a member?",
        "`await four(sentences)` is a list: what each of the four found, in their order. A brief may be a list.",
    ],
)
def quicker(run: Run) -> str:
    """Complete it: four readers in place of one analyst, and then the writers."""
    readers = [each for each in exchanges(run) if each.who in READERS]
    writers = [each for each in exchanges(run) if each.who in WRITERS]
    require(readers, "none of the four readers was asked: `four` is the team that should do it")
    require(
        sorted(each.who for each in readers) == READERS,
        f"{len(readers)} calls of readers: all four should be asked, each once",
    )
    same = len({each.prompt for each in readers}) < len(readers)
    require(
        not same, "several readers were told the same text: each needs a part of its own, or four do the work of one"
    )
    require(overlap(readers), "the readers did not work at the same time: one request of four, and one await for it")
    require({each.who for each in writers} == set(WRITERS), "all five writers should write their piece")
    require(at_most(run, 9), f"{len(exchanges(run))} calls, and nine are enough: four readers, five writers")
    waited = all(one_by_one([reader, writer]) for reader in readers for writer in writers)
    require(waited, "a writer began before all four had read, so it cannot know what they found")
    for writer in writers:
        missing = [reader.who for reader in readers if not holds(writer.prompt, reader)]
        require(not missing, f"{writer.who} was not told what {' and '.join(missing)} found: a dropped worker")
    require(overlap(writers), "the writers took turns: they need the notes, but not each other")
    in_task_order = sorted(
        writers, key=lambda each: WRITERS.index(each.who)
    )  # the blog is asked late: it looks things up
    require(in_order(run.result, in_task_order), "return the five pieces, in the order of the writers")
    return f"{run.summary().latency_s:.1f} seconds (simulated)" if run.simulated else f"{run.now_s:.1f} seconds"


@exercise(
    "04.on-time",
    hints=[
        "First an `async` function for one writer: the piece, or `Skipped` if it comes too late, as in `in_time`.",
        "`within(5, writer, facts)` raises TimedOut. Where is it caught: in the branch of that writer, or around all?",
        "`together` asks for your function once for each writer, and keeps the order.",
    ],
)
def on_time(run: Run) -> str:
    """Build it: five at once with a deadline, and whoever is late is named."""
    works = exchanges(run)
    require(works, "nobody was asked yet")
    require(
        sorted(each.who for each in works) == sorted(WRITERS),
        f"{len(works)} calls: each of the five writers should be asked, once",
    )
    require(overlap(works), "the writers did not all work at the same time, and five seconds are short")
    parts = run.result
    require(
        isinstance(parts, list | tuple) and len(parts) == len(WRITERS),
        "the result should be a list of five parts: a late piece leaves its place, not a gap",
    )
    by_name = {each.who: each for each in works}
    for name, part in zip(WRITERS, parts, strict=True):
        require_part(name, part, by_name[name])
    late = [each.who for each in works if each.status == "cancelled"]
    require(
        run.now_s <= SECONDS + 0.01,
        f"the run took {run.now_s:.1f} seconds, and the page goes to print after {SECONDS:g}",
    )
    require(late, "nobody was left out, although somebody needs more than five seconds: is the deadline set?")
    return f"{len(WRITERS) - len(late)} pieces in time; left out, and named: {', '.join(late)}"


@exercise(
    "04.labels",
    hints=[
        "Which piece stands under the name `blog`, and who was done first? What do the branches share?",
        "Let the branch return something in every case: the piece, or `Skipped(writer.name, why)`. Then nobody shares.",
        "`together` returns a list in the order of asking. `zip` the names with that.",
    ],
)
def labels(run: Run) -> str:
    """Find the flaws: results in order of completion, and a worker who is dropped."""
    works = {each.who: each for each in exchanges(run)}
    require(set(works) == set(CREW) and at_most(run, 3), "each of the crew should be asked, once")
    require(overlap([works["blog"], works["bluesky"]]), "blog and bluesky should still work at the same time")
    made = run.result
    require(isinstance(made, dict), f"the result should be a dict of names and pieces: this is a {type(made).__name__}")
    for name, part in made.items():
        others = [each.who for each in works.values() if each.who != name and part is not None and is_by(part, each)]
        require(
            not others,
            f"under {name!r} stands the piece of {' '.join(others)}: results in the order in which they came",
        )
    missing = [name for name in CREW if name not in made]
    require(not missing, f"{' and '.join(missing)} is not in the result at all: a dropped worker")
    require(list(made) == CREW, f"keep the order of the crew: {', '.join(CREW)}")
    for name in CREW:
        require_part(name, made[name], works[name])
    return "each piece under its own name; " + str(made["linkedin"]).strip("()")


def require_part(name: str, part: object, work: Exchange) -> None:
    """In the place of a name stands its own piece, or, where there is none, a Skipped that says so."""
    if work.status == "ok":
        require(not isinstance(part, Skipped), f"{name} was done, and its piece was left out")
        require(is_by(part, work), f"in the place of {name} stands something else than its piece")
    else:
        require(isinstance(part, Skipped), f"{name} has no piece: put Skipped({name!r}, why) in its place")
        assert isinstance(part, Skipped)
        require(part.who == name, f"in the place of {name} stands a Skipped that names {part.who!r}")
        require(part.why.strip(), f"the Skipped of {name} does not say why")


def is_by(part: object, work: Exchange) -> bool:
    """Whether this is the answer of that call."""
    return work.status == "ok" and as_text(part) == work.text
