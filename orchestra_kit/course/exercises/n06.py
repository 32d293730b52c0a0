"""The exercises of notebook 06, Competitive."""

from __future__ import annotations

import re
from collections import Counter

from ...messages import Choice
from ...run import Run
from ..exercise import exercise, require
from ..properties import Exchange, as_text, blind, exchanges, names, one_by_one, overlap

ATTEMPTS, FIRST_ROUND, VOTERS = 3, 3, 5  # as the notebook has them
CREW = {"trainee", "rival", "house star"}


@exercise(
    "06.patient",
    hints=[
        "Two questions after each attempt: is it good? And if it is not, will you still have it when the loop is over?",
        "Collect the sheets in a list. `break` leaves the loop as soon as `good(sheet)` holds.",
        "After the loop: `max(sheets, key=score)`. A flawless sheet has the highest score there is.",
    ],
)
def patient(run: Run, unlucky: Run) -> str:
    """Complete it: one after another, stop at the first good one, else the best of three."""
    lucky, poor = exchanges(run, "clerk"), exchanges(unlucky, "clerk")
    for name, works in {"first": lucky, "second": poor}.items():
        require(works, f"the clerk was not asked in the {name} run")
        require(
            one_by_one(works),
            f"in the {name} run the clerk was asked again before the sheet was there: one after another",
        )
        require(len(works) <= ATTEMPTS, f"{len(works)} attempts in the {name} run, and three are the most")
    marks = [score(each) for each in lucky]
    flawless = [mark == best_possible(each) for mark, each in zip(marks, lucky, strict=True)]
    require(
        any(flawless),
        "no attempt of the first run was good: keep its seed, and give it three attempts if it needs them",
    )
    require(
        flawless.index(True) == len(lucky) - 1,
        f"attempt {flawless.index(True) + 1} of the first run was good, and the clerk was asked again all the same",
    )
    require(as_text(run.result) == lucky[-1].text, "the good sheet of the first run is there: return it")
    marks = [score(each) for each in poor]
    require(
        not any(mark == best_possible(each) for mark, each in zip(marks, poor, strict=True)),
        "the second run was to be one in which no attempt is good: keep its seed",
    )
    require(len(poor) == ATTEMPTS, f"{len(poor)} attempts in the second run, none of them good: there are three")
    best = [each.text for each, mark in zip(poor, marks, strict=True) if mark == max(marks)]
    require(
        as_text(unlucky.result) in best,
        f"the three attempts of the second run score {', '.join(map(str, marks))}: return the best one",
    )
    return f"{len(lucky)} attempts where the second was good; the best of {', '.join(map(str, marks))} where none was"


@exercise(
    "06.jury",
    hints=[
        "`majority` asks five at once. Which of the five need not be asked yet?",
        "`len(set(votes)) > 1` says that the votes differ. `votes += await together(...)` adds two more to the list.",
    ],
)
def jury(run: Run, close: Run) -> str:
    """Build it: three voters, and two more where they do not agree."""
    for name, each in {"first": run, "second": close}.items():
        votes = exchanges(each, "voter")
        require(votes, f"nobody has voted yet in the {name} run: `voter(question)` asks one of them")
        require(len(votes) >= FIRST_ROUND, f"{len(votes)} voters in the {name} run: begin with three")
        early, late = votes[:FIRST_ROUND], votes[FIRST_ROUND:]
        require(overlap(early), f"the voters of the {name} run took turns: ask the first three at the same time")
        split = len({vote.text for vote in early}) > 1
        waited = all(one_by_one([one, other]) for one in early for other in late)
        require(
            split or not late, f"the first three of the {name} run agree, and more were asked: they can change nothing"
        )
        require(
            not split or late,
            f"the first three of the {name} run say {listed(early)}, and nobody else was asked: two more are wanted",
        )
        require(waited, f"all voters of the {name} run were asked at once. The last two only where three do not agree")
        if late:
            require(len(votes) == VOTERS, f"{len(votes)} voters in the {name} run, and five are a jury")
            require(overlap(late), f"the last two voters of the {name} run took turns: ask them at the same time")
        [(winner, _)] = Counter(vote.text for vote in votes).most_common(1)
        require(
            as_text(each.result) == winner,
            f"the voters of the {name} run say {listed(votes)}, and the result is {as_text(each.result)!r}",
        )
    require(
        len(exchanges(run, "voter")) == FIRST_ROUND, "the first run was to be one in which three agree: keep its seed"
    )
    require(len(exchanges(close, "voter")) == VOTERS, "the second run was to be a close one: keep its seed")
    return f"{FIRST_ROUND} calls where three agree, {VOTERS} where they do not"


@exercise(
    "06.fair",
    hints=[
        "Print the judge's prompt. What stands there besides the sheets?",
        "Which sheet wins in each order, and which number did the judge name? When is `if choice.number:` not true?",
        "The winner is `sheets[choice.number - 1]`: the judge counts from 1.",
    ],
)
def fair(run: Run, swapped: Run) -> str:
    """Find the flaws: names on the ballot, and a judge to whom nobody listens."""
    for name, each in {"first": run, "second": swapped}.items():
        works = exchanges(each)
        judges = [work for work in works if isinstance(work.answer, Choice)]
        require(judges, f"no judge has chosen anything in the {name} run")
        require(len(judges) == 1, f"{len(judges)} judges in the {name} run, and one is enough here")
        [judge], sheets = judges, [work for work in works if work.who in CREW]
        require({work.who for work in sheets} == CREW, f"all three of the crew should compete in the {name} run")
        require(overlap(sheets), f"the crew of the {name} run took turns: nobody needs what the others have")
        seen = [work for work in sheets if work.text in judge.prompt]
        require(
            len(seen) == len(sheets), f"the judge of the {name} run saw {len(seen)} of {len(sheets)} sheets: dropped"
        )
        told = next((who for who in sorted(CREW) if names(judge.prompt, who)), None)
        require(
            blind(judge, sheets),
            f"the ballot of the {name} run names {told!r}: a judge who knows whose sheet it is judges people",
        )
        require(
            as_text(each.result) == named(judge),
            f"the judge of the {name} run chose candidate {judge.answer.number}, and another sheet won: a staged judge",
        )
    order = [[work.who for work in exchanges(each) if work.who in CREW] for each in (run, swapped)]
    require(order[0] == order[1][::-1], "the second run should have the same crew in the other order")
    require(run.result == swapped.result, "another sheet wins in the other order: that is no verdict on the sheets")
    return "blind, and the judge's choice wins in either order"


def figures(text: str) -> set[str]:
    """As the notebook counts them."""
    return set(re.findall(r"\d[\d.,]*\d|\d", text))


def known_to(work: Exchange) -> set[str]:
    """The figures of the notes that somebody was shown."""
    return figures(work.prompt.partition("\n\nTASK:\n")[0])


def score(work: Exchange) -> int:
    """As the notebook measures a sheet: what is in the notes counts one, what is not counts minus two."""
    known, found = known_to(work), figures(work.text)
    return len(found & known) - 2 * len(found - known)


def best_possible(work: Exchange) -> int:
    return len(known_to(work))


def named(judge: Exchange) -> str | None:
    """The text of the candidate that a judge named, as it stood on the ballot."""
    parts = judge.brief if isinstance(judge.brief, list | tuple) else ()
    labels = {getattr(part, "label", ""): as_text(getattr(part, "work", "")) for part in parts}
    return labels.get(f"candidate {judge.answer.number}")


def listed(votes: list[Exchange]) -> str:
    return ", ".join(vote.text for vote in votes)
