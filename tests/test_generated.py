"""The generated tasks: their texts are what they claim to be, their checks see what is wrong, and no pattern wins them
all. Perfect answers are made from the texts by other means than the tasks' own."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit import Specialist, start
from orchestra_kit.ledger import Summary
from orchestra_kit.models.embedded import EmbeddedModel
from orchestra_kit.models.tokens import count
from orchestra_kit.patterns import MANAGER
from orchestra_kit.scenarios import GENERATORS, PATTERNS, Scenario, generator, scenario
from orchestra_kit.scenarios.check import quality
from orchestra_kit.scenarios.generated.answers import claims
from orchestra_kit.scenarios.generated.archive import archive
from orchestra_kit.scenarios.generated.deliverables import apart
from orchestra_kit.scenarios.generated.distant_parts import distant_parts
from orchestra_kit.scenarios.generated.shapes import WINDOW

each_task = pytest.mark.parametrize("name", GENERATORS)


def text_of(task: Scenario) -> str:
    """What the task's reader can read, whole."""
    return "\n".join(passage.text for passage in task.team["reader"].sources.passages)


def statements(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.])\s+", text) if "£" in sentence]


def pounds_in(sentence: str) -> list[int]:
    return [int(digits.replace(",", "")) for digits in re.findall(r"£([\d,]*\d)", sentence)]


# --- perfect answers


def every_figure(text: str) -> str:
    return "\n".join(statements(text))


def largest(text: str) -> str:
    return "\n".join(sorted(statements(text), key=lambda sentence: -pounds_in(sentence)[0])[:30])


def each_once(text: str) -> str:
    return "\n".join({pounds_in(sentence)[0]: sentence for sentence in statements(text)}.values())


def as_corrected(text: str) -> str:
    outdated = {pounds_in(sentence)[1] for sentence in statements(text) if len(pounds_in(sentence)) > 1}
    return "\n".join(sentence for sentence in statements(text) if pounds_in(sentence)[0] not in outdated)


def decoded(text: str) -> str:
    shops = dict(re.findall(r"Code name (\w+) is the ([\w ]+)\.", text))
    took = {code: sentence for sentence in statements(text) for code in shops if code in sentence}
    return "\n".join(f"{shops[code]}: £{pounds_in(sentence)[0]}" for code, sentence in took.items())


def balance(text: str) -> str:
    total = 0
    for sentence in re.split(r"(?<=[.])\s+", text):
        if "halved" in sentence:
            total //= 2
        elif "£" in sentence:
            spent = re.search(r"taken out|spent", sentence)
            total += -pounds_in(sentence)[0] if spent else pounds_in(sentence)[0]
    return f"The balance is {'−' if total < 0 else ''}£{abs(total):,}."


PERFECT: dict[str, Callable[[str], Any]] = {
    "short_talk": every_figure,
    "long_talk": every_figure,
    "archive": largest,
    "contradictions": as_corrected,
    "near_duplicates": each_once,
    "distant_parts": decoded,
    "running_balance": balance,
    "deliverables": lambda text: [every_figure(text)] * 3,
    "best_of_several": every_figure,
}


# --- texts


def fingerprint(task: Scenario) -> str:
    return hashlib.sha256(f"{task.goal}\n{task.arranged}\n{text_of(task)}".encode()).hexdigest()


def test_the_same_seed_makes_the_same_text_in_every_process() -> None:
    code = "from test_generated import *; print(*(fingerprint(generator(name)(7)) for name in GENERATORS))"
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": str(Path(__file__).parent)}
    there = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.split() == [fingerprint(generator(name)(7)) for name in GENERATORS]


@each_task
def test_another_seed_makes_another_text(name: str) -> None:
    assert len({fingerprint(generator(name)(seed)) for seed in range(5)}) == 5


@each_task
def test_it_travels_by_its_name(name: str) -> None:
    task = pickle.loads(pickle.dumps(scenario(name, seed=3)))  # noqa: S301  # our own bytes
    assert fingerprint(task) == fingerprint(generator(name)(3))
    assert task.made_by == (name, {"seed": 3})


def test_a_name_that_is_none() -> None:
    with pytest.raises(KeyError, match="there is no generator 'tall_talk'; there is: short_talk, "):
        generator("tall_talk")


def test_more_than_there_is_to_draw_from() -> None:
    with pytest.raises(ValueError, match="2000 figures: a text of this kind can have 1 to 1200"):
        scenario("short_talk", seed=0, figures=2_000)


def test_texts_stand_to_the_window_as_they_claim() -> None:
    for name in ("short_talk", "contradictions", "near_duplicates", "deliverables", "best_of_several"):
        assert count(text_of(generator(name)(0))) < 0.8 * WINDOW, name
    for name in ("long_talk", "distant_parts", "running_balance", "archive"):
        task = generator(name)(0)
        assert count(text_of(task)) > 1.3 * WINDOW, name
        parts = [member.sources for member in task.orchestrator("fan_out").team.values()]
        assert all(count("\n".join(each.text for each in part.passages)) < 0.6 * WINDOW for part in parts), name
        assert [each for part in parts for each in part.passages] == list(task.team["reader"].sources.passages)


def test_the_notes_on_the_archive_are_more_than_a_merger_can_read() -> None:
    task = archive(0)
    calls = start(task.orchestrator("fan_out"), task.goal).finish().calls()
    assert calls[calls.who.str.startswith("reader")].tokens_out.sum() > 1.3 * WINDOW
    calls = start(task.orchestrator("hierarchical"), task.goal).finish().calls()
    assert calls[calls.who == "merger"].tokens_in.max() < 0.8 * WINDOW


@each_task
def test_a_text_is_as_long_as_it_was_ordered(name: str) -> None:
    assert count(text_of(scenario(name, seed=1, tokens=16_000))) == pytest.approx(16_000, rel=0.03)


def test_a_text_too_short_for_its_figures() -> None:
    with pytest.raises(ValueError, match=r"tokens=100 is too short for what is to be said in it. Give 2\d\d or more"):
        scenario("short_talk", seed=0, tokens=100)


# --- teams


def test_the_readers_at_a_desk_read_side_by_side() -> None:
    task = generator("short_talk")(0)
    calls = start(task.orchestrator("hierarchical"), task.goal).finish().calls()
    readers = calls[calls.who.str.startswith("reader")]
    assert (readers.groupby("job").started_s.nunique() == 1).all()
    assert len(readers) == 3 > readers.job.nunique()


@each_task
def test_the_same_people_work_in_every_pattern(name: str) -> None:
    task = generator(name)(0)
    assert tuple(task.orchestrators) == PATTERNS
    roles = {member.role for member in task.team.values()} | {MANAGER.role}
    for pattern in PATTERNS:
        assert {member.role for member in people(task.orchestrator(pattern))} <= roles


def people(member: Any) -> list[Specialist]:
    """Everybody in a team, at every level."""
    if isinstance(member, Specialist):
        return [member]
    heads = [member.planner, member.combiner, member.reviewer, getattr(member, "judge", None)]
    return [one for each in (*member.team.values(), *filter(None, heads)) for one in people(each)]


# --- checks


@each_task
@pytest.mark.parametrize("seed", range(3))
def test_a_perfect_answer_is_worth_1_and_an_empty_one_nothing(name: str, seed: int) -> None:
    task = generator(name)(seed)
    assert [check for check in task.check(PERFECT[name](text_of(task))) if check.value < 1 or not check.passed] == []
    assert quality(task.check("")) == 0
    assert quality(task.check("I was given nothing to work on.")) == 0


def without_the_first_line(answer: str) -> str:
    return answer.partition("\n")[2]


def with_a_wrong_digit(answer: str) -> str:
    return re.sub(r"\d(?=\D|$)", lambda digit: str((int(digit[0]) + 1) % 10), answer, count=1)


def said_again(answer: str) -> str:
    return f"{answer}\n{answer.splitlines()[0]}"


def with_owners_swapped(answer: str) -> str:
    first, second, *rest = answer.splitlines()
    a, b = (re.findall(r"£[\d,]*\d", line)[0] for line in (first, second))
    return "\n".join([first.replace(a, b), second.replace(b, a), *rest])


def uncorrected(answer: str) -> str:
    return re.sub(r"(£[\d,]*\d)(.*?)(?:not|instead of|rather than) (£[\d,]*\d)", r"\3\2", answer)


LISTS = ("short_talk", "long_talk", "archive", "contradictions", "near_duplicates")
DAMAGE = [
    *((name, without_the_first_line, "facts told") for name in (*LISTS, "distant_parts")),
    *((name, with_a_wrong_digit, "figures right") for name in (*LISTS, "distant_parts")),
    ("running_balance", with_a_wrong_digit, "balance right"),
    *((name, said_again, "said once") for name in LISTS),
    *((name, with_owners_swapped, "figures right") for name in (*LISTS, "distant_parts")),
    ("contradictions", uncorrected, "corrections kept"),
    *(
        ("best_of_several", damage, "without fault")
        for damage in (without_the_first_line, with_a_wrong_digit, said_again, with_owners_swapped)
    ),
]


@pytest.mark.parametrize(("name", "damage", "what"), DAMAGE)
def test_each_kind_of_damage_lowers_its_check(name: str, damage: Callable[[str], str], what: str) -> None:
    task = generator(name)(1)
    checks = {check.name: check for check in task.check(damage(PERFECT[name](text_of(task))))}
    assert checks[what].value < 1
    assert not checks[what].passed


def as_a_lie(answer: str) -> str:
    return "\n".join(f"It is a lie that {line}" for line in answer.splitlines())


def owners_first(answer: str) -> str:
    """Everybody, then every amount: whose is whose is left open."""
    figures = re.findall(r"£[\d,]*\d", answer)
    return re.sub(r"£[\d,]*\d|[.\n]", " ", answer) + " and ".join(figures) + "."


@pytest.mark.parametrize("cheat", [as_a_lie, owners_first])
@pytest.mark.parametrize("name", ["short_talk", "near_duplicates", "best_of_several"])
def test_what_only_looks_like_an_answer_is_worth_little(name: str, cheat: Callable[[str], str]) -> None:
    task = generator(name)(1)
    answer = PERFECT[name](text_of(task))
    assert quality(task.check(answer)) == 1
    assert quality(task.check(cheat(answer))) < 0.4


def test_a_copy_of_the_text_is_no_answer() -> None:
    task = generator("best_of_several")(1)
    assert quality(task.check(text_of(task))) == 0
    brief = {check.name: check for check in generator("short_talk")(1).check(text_of(generator("short_talk")(1)))}
    assert brief["facts told"].value == 1
    assert brief["to the point"].value < 0.5


def test_a_balance_is_right_however_it_is_written_and_only_if_it_is_the_last() -> None:
    check = generator("running_balance")(1).check
    pounds = int(re.sub(r"\D", "", balance(text_of(generator("running_balance")(1)))))
    for right in (f"**£{pounds:,}**", f"£{pounds / 1000}k", f"We began with £5. The balance is £{pounds}."):
        assert quality(check(right)) == 1, right
    for wrong in (f"It is £{pounds}, or £{pounds + 10}.", " ".join(f"£{n}" for n in range(0, 10**5, 10)), "£"):
        assert quality(check(wrong)) == 0, wrong


def test_an_outdated_figure_is_no_fault_where_it_is_taken_back() -> None:
    task = generator("contradictions")(2)
    answer = as_corrected(text_of(task))
    assert "not £" in answer
    assert quality(task.check(answer)) == 1
    assert quality(task.check(f"{answer}\n{every_figure(text_of(task))}")) < 0.9


def test_deliverables_are_told_apart_by_their_headings() -> None:
    task = generator("deliverables")(0)
    facts = every_figure(text_of(task))
    checks = task.check(f"**Blog post**\n\n{facts}\n\n## EMAIL:\n\nDear all,\n\nnothing.\n\nSOCIAL POSTS:\n{facts}")
    assert [check.value for check in checks] == [1, 0, 1, 1]
    assert list(task.files("single", [facts, "b", "c"])) == [
        "single blog post.md",
        "single email.md",
        "single social posts.md",
    ]
    assert apart("No heading at all.") == {"blog post": "", "email": "", "social posts": ""}


@given(st.integers(-99_999_999, 99_999_999), st.sampled_from(["{s}£{n:,}", "£{s}{n:,}", "{s}£{n}", "**{s}£{n:,}.00**"]))
def test_amounts_are_read_however_they_are_written(amount: int, shape: str) -> None:
    for minus in "-−–":
        written = shape.format(s=minus if amount < 0 else "", n=abs(amount))
        assert [claim.pounds for claim in claims(f"The balance is {written}.")] == [amount]


def test_amounts_in_words_of_currency() -> None:
    assert [claim.pounds for claim in claims("Rent: GBP 1,200. Heating: 900 pounds, 7 of 9 rooms.")] == [1200, 900]


# --- who wins, and by how much


def outcome(name: str, pattern: str, seeds: range, model: EmbeddedModel | None = None) -> tuple[float, float, float]:
    """Mean quality, USD and seconds of a pattern."""
    worth: list[float] = []
    cost: list[Summary] = []
    for seed in seeds:
        task = generator(name)(seed)
        run = start(task.orchestrator(pattern), task.goal, model=model or task.model, seed=seed).finish()
        worth.append(quality(task.check(run.result)))
        cost.append(run.summary())
    return mean(worth), mean(each.cost_usd for each in cost), mean(each.latency_s for each in cost)


@pytest.mark.parametrize("name", ["short_talk", "contradictions", "near_duplicates"])
def test_what_one_can_read_one_does_best(name: str) -> None:
    single = outcome(name, "single", range(3))
    assert single[0] > 0.99
    for pattern in PATTERNS[1:]:
        others = outcome(name, pattern, range(3))
        assert others[0] <= single[0]
        assert others[1] > 1.3 * single[1]
        assert others[2] > 1.2 * single[2]


@pytest.mark.parametrize(("name", "alone"), [("long_talk", 0.8), ("deliverables", 0.85)])
def test_what_can_be_split_is_split(name: str, alone: float) -> None:
    for pattern in ("single", "competitive"):
        assert outcome(name, pattern, range(1))[0] < alone
    split, chain, tree = (outcome(name, pattern, range(1)) for pattern in ("fan_out", "sequential", "hierarchical"))
    assert split[0] == chain[0] == tree[0] == 1
    assert split[2] < 0.7 * min(chain[2], tree[2])
    assert split[1] < min(1.05 * chain[1], tree[1])


def test_the_archive_needs_a_hierarchy() -> None:
    tree, split, chain = (
        outcome("archive", pattern, range(2)) for pattern in ("hierarchical", "fan_out", "sequential")
    )
    assert tree[0] > split[0] + 0.25
    assert tree[0] >= chain[0]
    assert tree[2] < 0.3 * chain[2]
    slipping = EmbeddedModel(slips=1)
    assert (
        outcome("archive", "hierarchical", range(2), slipping)[0]
        > 0.1 + outcome("archive", "sequential", range(2), slipping)[0]
    )  # every one of twenty hands copies the notes again


@pytest.mark.parametrize("name", ["distant_parts", "running_balance"])
def test_parts_that_need_each_other_need_a_chain(name: str) -> None:
    chain = outcome(name, "sequential", range(3))
    assert chain[0] == 1
    assert all(outcome(name, other, range(3))[0] < 0.6 for other in PATTERNS if other != "sequential")


def test_a_chain_cannot_understand_what_is_explained_later() -> None:
    task = distant_parts(0, names_first=False)
    run = start(task.orchestrator("sequential"), task.goal).finish()
    assert quality(task.check(run.result)) < 0.6


def test_where_all_must_be_right_several_attempts_pay() -> None:
    rivals, alone = (outcome("best_of_several", pattern, range(12)) for pattern in ("competitive", "single"))
    assert rivals[0] > alone[0] + 0.2
    assert rivals[0] > 0.9
    assert rivals[1] > 3 * alone[1]


def test_a_large_window_makes_most_of_it_needless() -> None:
    large = EmbeddedModel(window=131_072)
    for name in ("long_talk", "distant_parts", "running_balance", "archive"):
        assert outcome(name, "single", range(1), large)[0] == 1, name
