"""The exercises of notebook 07, Choosing a pattern. They look at a comparison, not at a single run."""

from __future__ import annotations

from typing import Any

from ...comparing import Comparison
from ...intervals import interval
from ..exercise import exercise, require

FEWEST_TEAMS = 2
RUNS_OF_A_CARD, RUNS_OF_A_SLIDE = 10, 20
CARD = ("task", "need", "pattern", "price", "look again when")
PAIR = {"single", "fan_out"}


@exercise(
    "07.baseline",
    hints=[
        "Whom has this course put beside every team since the first notebook?",
        "A clean record of three runs may be luck down to 0.44. How many does `needed(0.7)` ask for?",
        'The list of patterns wants "single" too, and `runs=` at least 9. The other lines stay as they are.',
    ],
    takes=Comparison,
)
def baseline(table: Comparison, choice: object) -> str:
    """Complete it: a comparison that lacks the single agent, and runs."""
    require_task(table, "near_duplicates")
    require_baseline(table)
    require({"fan_out", "hierarchical"} <= {*table.patterns}, "keep the two teams: the question was about them")
    runs = require_pairs(table)
    low = interval(table.frame.query("pattern == 'single'")["quality"], 0, 1).low
    require(low >= 0.7, f"{runs} runs, and even clean ones would promise no more than {low:.2f}: 0.7 is asked")
    best = table.recommend(quality=0.7).pattern
    require(choice == best, f"your choice is {choice!r}, and the comparison recommends {best!r}: ask it")
    return f"{best}, over {runs} runs"


@exercise(
    "07.card",
    hints=[
        "First the need, as `recommend` takes it: quality=, max_cost= in dollars a run, max_latency= in seconds.",
        "How many clean runs does your quality take? `needed(your_quality)` says so, and 10 are wanted at least.",
        'The price is a quotient of means: `my_own.frame.groupby("pattern")["cost_usd"].mean()` has both of them.',
    ],
    takes=Comparison,
)
def card(table: Comparison, card: dict[str, Any]) -> str:
    """Build it: a comparison sized like a task of one's own, and the card of a decision."""
    require(isinstance(card, dict), f"the card should be a dict: this is a {type(card).__name__}")
    missing = [line for line in CARD if line not in card]
    require(not missing, f"the card has no line for {' and '.join(missing)}")
    require(said(card["task"]), "the card does not say which task it is about: a few words are enough")
    need = card["need"]
    require(isinstance(need, dict) and need, "write down the need before anything else, such as {'quality': 0.7}")
    require_baseline(table)
    teams = len(table.patterns) - 1
    require(teams >= FEWEST_TEAMS, f"{teams} team beside the single agent: compare with {FEWEST_TEAMS} at least")
    runs = require_pairs(table)
    require(runs >= RUNS_OF_A_CARD, f"{runs} runs a pattern are too few to decide by: {RUNS_OF_A_CARD} at least")
    try:
        best = table.recommend(**need).pattern
    except (TypeError, ValueError) as error:
        require(False, f"the need {need!r} cannot be meant: {error}")
    said_so = f"the card says {card['pattern']!r}, and for this need the comparison recommends {best!r}"
    require(card["pattern"] == best, said_so)
    if best is None:
        require(card["price"] is None, "nothing meets the need, so there is no price: write None")
    else:
        means = table.frame.groupby("pattern")["cost_usd"].mean()
        times = float(means[best] / means["single"])
        given = card["price"]
        require(isinstance(given, int | float), f"the price is a number of times the single agent's: this is {given!r}")
        right = abs(float(given) - times) <= 0.06 * times
        require(right, f"the card says {float(given):.3g} times the price of the single agent, and it is {times:.2f}")
    require(said(card["look again when"]), "what would make you look again? A decision without that is for ever")
    return f"{best or 'no pattern'}, for {', '.join(f'{name} {limit:g}' for name, limit in need.items())}"


@exercise(
    "07.fair",
    hints=[
        "Show the whole frame: `my_slide.frame`. In which columns do the two rows differ, and should they?",
        "Model, seed, and how many of them. One call of compare with both patterns in a list settles all three.",
        "For `my_better`: the difference on each seed, its `interval(…, -1, 1)`, and is 0 in it? See above.",
    ],
    takes=Comparison,
)
def fair(table: Comparison, better: object) -> str:
    """Find the flaw: another model, another seed, one picked run."""
    require_task(table, "best_of_several")
    missing = PAIR - {*table.patterns}
    require(not missing, f"{' and '.join(sorted(missing))} is not in it: the slide is about both")
    models = table.frame.groupby("pattern")["model"].unique()
    same = len({*table.frame["model"]}) == 1
    require(same, f"they have different models: {'; '.join(f'{who}: {models[who][0]}' for who in sorted(PAIR))}")
    runs = require_pairs(table)
    require(runs >= RUNS_OF_A_SLIDE, f"{runs} runs each: a picked run proves nothing, {RUNS_OF_A_SLIDE} say a little")
    wide = table.frame.pivot(index="seed", columns="pattern", values="quality")
    apart = interval(wide["single"] - wide["fan_out"], -1, 1)
    found = "single" if apart.low > 0 else "fan_out" if apart.high < 0 else "cannot tell"
    shown = f"single less fan_out: {apart.mean:.2f}, from {apart.low:.2f} to {apart.high:.2f}"
    require(better == found, f"you say {better!r}, and the paired difference says otherwise ({shown})")
    return f"{found}, over {runs} runs ({shown})"


def require_task(table: Comparison, name: str) -> None:
    tasks = {*table.frame["task"]}
    require(tasks == {name}, f"this compares {' and '.join(sorted(tasks))}: the exercise is about {name}")


def require_baseline(table: Comparison) -> None:
    require("single" in table.patterns, "the single agent is missing: every comparison starts with it")


def require_pairs(table: Comparison) -> int:
    """How many runs each pattern has; all of them on the same seeds, each once."""
    seeds = {str(name): sorted(runs["seed"]) for name, runs in table.frame.groupby("pattern")}
    first = next(iter(seeds.values()))
    require(all(each == first for each in seeds.values()), "the patterns met different seeds: that is another luck")
    require(len({*first}) == len(first), "a seed is in it twice: the same run again is no further run")
    return len(first)


def said(words: object) -> bool:
    """Whether somebody has written more than a word."""
    return isinstance(words, str) and len(words.split()) > 1
