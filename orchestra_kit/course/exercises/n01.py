"""The exercises of notebook 01, Meet the orchestra."""

from __future__ import annotations

from ...run import Run
from ..exercise import exercise, require
from ..properties import at_most, exchanges, holds, in_order, one_by_one, overlap, said

READERS = ["patterns", "cost", "latency", "failure"]  # as the notebook has them


@exercise(
    "01.headline",
    hints=[
        "Asking the headline writer looks like asking any other specialist. What does it need to read?",
        "You need the report twice, for the mailer and for the headline. `report` is still there after its first use.",
    ],
)
def headline(run: Run) -> str:
    """Complete it: a headline of the report, an empty line, and the email."""
    asked = {each.who: each for each in exchanges(run)}
    require("headline" in asked, "nobody has asked the headline writer")
    require(
        asked["headline"].brief == said(run, "writer"),
        "the headline writer was told something else than the report. A headline of what?",
    )
    require(at_most(run, 4), f"{len(exchanges(run))} calls, and four are enough: one for each specialist")
    title, email = said(run, "headline"), said(run, "mailer")
    require(email is not None, "nobody has asked the mailer: the email is still wanted")
    require(
        run.result == f"{title}\n\n{email}",
        "everybody has done their part. Now return all of it: the headline, an empty line, the email",
    )
    return str(title)


@exercise(
    "01.duet",
    hints=[
        "`together(a(topic), b(topic))` makes one request of two. What is missing in front of it?",
        "The answer to `together` is a list, in the order in which you asked. A brief may be a list.",
    ],
)
def duet(run: Run) -> str:
    """Build it: two read at the same time, and a third joins what they found."""
    works = exchanges(run)
    team = {each.who for each in works}
    require(team >= {"cost", "failure", "writer"}, f"{by(team)}, and three are wanted: cost, failure and writer")
    require(team == {"cost", "failure", "writer"} and at_most(run, 3), f"{len(works)} calls, and three are enough")
    readers, [writer] = [each for each in works if each.who != "writer"], exchanges(run, "writer")
    relay = "the second reader began when the first had ended: an await for each makes a relay"
    require(overlap(readers), relay)
    waited = all(one_by_one([each, writer]) for each in readers)
    require(waited, "the writer began before both had read, and it needs their answers")
    missing = [each.who for each in readers if not holds(writer.prompt, each)]
    require(not missing, f"the writer never saw what {' and '.join(missing)} found: half of the work is thrown away")
    require(run.result == writer.answer, "the result should be the writer's report")
    return in_seconds(run)


@exercise(
    "01.at-once",
    hints=[
        "What does `await` mean? Read the line aloud, and say for each reader who is waiting for whom.",
        "A request that was made and not awaited is only a value. You may collect several before anybody waits.",
    ],
)
def at_once(run: Run) -> str:
    """Find the flaw: four agents, fully parallel, which are not."""
    works = exchanges(run)
    asked = [each.who for each in works]
    require(sorted(asked) == sorted(READERS), f"{by(asked)}, and all four readers should, once each")
    require(asked == READERS, f"ask them in the order of the readers: {', '.join(READERS)}")
    require(not one_by_one(works), "each begins when the one before has ended: that is a relay, and not parallel")
    require(overlap(works), "some of them overlap, but there is no moment at which all four are at work")
    require(in_order(run.result, works), "return all four answers, in the order of the readers")
    return in_seconds(run)


def by(names: set[str] | list[str]) -> str:
    """Who works, in words."""
    return f"{', '.join(sorted(names))} {'work' if len(names) > 1 else 'works'}" if names else "nobody works yet"


def in_seconds(run: Run) -> str:
    return f"in {run.summary().latency_s:.1f} seconds (simulated)" if run.simulated else f"in {run.now_s:.1f} seconds"
