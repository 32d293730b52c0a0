"""The checks of an article: each planted fault lowers the check it belongs to, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit.scenarios.articles import Article, read_front_matter, sentences_of
from orchestra_kit.scenarios.check import Check, quality
from orchestra_kit.scenarios.checks import WEIGHTS, check_article, facts_correct, length, sources_named
from orchestra_kit.scenarios.claims import CITATION, evidence
from orchestra_kit.scenarios.statements import number
from orchestra_kit.sources import Sources

NOTES = Sources.of("orchestration")
KNOWN = evidence(NOTES)

FRONT = """---
title: "Orchestrator agents: what they cost"
description: What a team of agents costs, and when a single agent is enough.
tags: [agents, orchestration, cost]
sources:
  - What a team of agents costs
  - "Review, judges and retries"
---
"""
BODY = """# Orchestrator agents

An orchestrator agent is a manager, not a worker. Here is what the measurements say.

## Cost

Anthropic reported on 13 June 2025 that multi-agent systems use about 15 times the tokens of a chat. Anthropic also
found in June 2025 that token use alone explained 80% of the variance in results on the BrowseComp benchmark.
Retrying a failed answer cost $2.51 in AI Agents That Matter, and a single attempt cost $1.93.

## Failure

In Portkey's data from December 2024, 21.11% of requests to Groq and 5.60% of requests to Anthropic were turned away.
Claude Opus 4.5 solved 79.61% of the retail tasks in one trial, but only 51.75% in all four trials (tau2-bench, 2026).
GPT-4 fell from 95.5% to 91.5% on GSM8K after one round of reviewing its own answers, as Huang and colleagues reported.

A flag that a person sees is worth more than a polished result with a hole in it.

## Sources

- How teams of agents fail
- Anthropic, 13 June 2025
- AI Agents That Matter, July 2024, 164 tasks
"""
GOOD = FRONT + BODY


def check(text: str) -> dict[str, Check]:
    return {each.name: each for each in check_article(text, NOTES, facts=6, words=Article.parse(GOOD).words)}


def test_a_good_article_passes_every_check() -> None:
    assert {name: each.value for name, each in check(GOOD).items()} == dict.fromkeys(WEIGHTS, 1.0)
    assert all(each.passed for each in check(GOOD).values())


FAULTS = {
    "a miscopied figure": ("15 times the tokens", "51 times the tokens", "facts correct"),
    "a miscopied date": ("on 13 June 2025", "on 31 June 2025", "facts correct"),
    "a miscopied figure in words": ("about 15 times", "about fifty times", "facts correct"),
    "another unit": ("$2.51", "2.51%", "facts correct"),
    "an owner from the sources": ("Anthropic reported", "LangChain reported", "facts correct"),
    "an owner from nowhere": ("Anthropic reported", "Initech reported", "facts correct"),
    "no owner at all": ("Anthropic reported on 13 June 2025 that multi-agent", "Multi-agent", "facts correct"),
    "owners that changed places": (
        "Groq and 5.60% of requests to Anthropic", "Anthropic and 5.60% of requests to Groq", "facts correct"),
    "figures that changed places": ("from 95.5% to 91.5%", "from 91.5% to 95.5%", "facts correct"),
    "subjects that changed places": (
        "$2.51 in AI Agents That Matter, and a single attempt cost $1.93",
        "$1.93 in AI Agents That Matter, and a single attempt cost $2.51", "facts correct"),
    "another model": ("Claude Opus 4.5", "Claude Opus 4.6", "facts correct"),
    "a denial": ("systems use about", "systems do not use about", "facts correct"),
    "a figure denied": ("use about 15 times", "use not 15 times", "facts correct"),
    "a figure that the sources correct": (
        "Retrying a failed answer cost $2.51 in AI Agents That Matter, and a single attempt cost $1.93.",
        "AI Agents That Matter put the price of LATS, a tree search, at about 130 dollars for the 164 HumanEval tasks.",
        "facts correct"),
    "an invention": (
        "Here is what the measurements say.",
        "Bakers in coastal villages prefer orchestrators whose trumpets sound after midnight.", "nothing invented"),
    "a repetition": (
        "Here is what the measurements say.",
        "Here is what the measurements say. Here is what THE measurements say.", "not repeated"),
    "a word against the voice": ("is worth more", "leverages more", "voice"),
    "an exclamation": ("with a hole in it.", "with a hole in it!", "voice"),
    "sources not listed": ("- How teams of agents fail\n", "", "sources named"),
    "no front matter": (FRONT, "", "metadata"),
    "front matter that is not closed": ("retries\"\n---\n", "retries\"\n\n", "metadata"),
    "a title without quotes": (
        '"Orchestrator agents: what they cost"', "Orchestrator agents: what they cost", "metadata"),
    "a quote that is not closed": ('and retries"\n---', "and retries\n---", "metadata"),
    "no title": ('"Orchestrator agents: what they cost"', '""', "metadata"),
    "a long description": ("is enough.\n", "is enough" + 20 * ", and again" + ".\n", "metadata"),
    "too few tags": ("[agents, orchestration, cost]", "[agents, cost]", "metadata"),
    "tags in capitals": ("[agents, orchestration, cost]", "[agents, Orchestration, cost]", "metadata"),
    "no sources in the front matter": (
        '  - What a team of agents costs\n  - "Review, judges and retries"\n', "", "metadata"),
    "a key twice": ("tags: [", "title: Again\ntags: [", "metadata"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_lowers_its_check_and_no_other(fault: str) -> None:
    before, after, hit = FAULTS[fault]
    assert GOOD.count(before) == 1, "the fault should be planted once"
    bad = check(GOOD.replace(before, after))
    lowered = {name for name, each in bad.items() if each.value < 1.0}
    # what is wrong can no longer count as used; front matter that cannot be read names no sources either
    allowed = {"facts correct": {"facts used"}, "metadata": {"sources named"}}.get(hit, set())
    assert hit in lowered
    assert not bad[hit].passed
    assert lowered - {hit} <= allowed


def test_too_short_and_too_long_lower_the_length_in_a_straight_line() -> None:
    words = Article.parse(GOOD).words
    lengths = [length(Article.parse(GOOD), round(words / share)) for share in (0.86, 0.625, 0.3, 1.3, 2)]
    assert [round(each.value, 1) for each in lengths] == [1.0, 0.5, 0.0, 0.7, 0.0]
    assert [each.passed for each in lengths] == [True, False, False, False, False]


def test_facts_used_counts_different_facts_out_of_those_asked_for() -> None:
    half = check_article(GOOD, NOTES, facts=12, words=100)[0]
    assert (half.value, half.passed, half.detail) == (0.5, False, "6 facts with figures from the sources, 12 asked for")
    again = (
        "Multi-agent systems use about 15 times the tokens of a chat, Anthropic reported. "
        "A single attempt cost $1.93 in AI Agents That Matter.\n\n## Failure"
    )
    assert check_article(GOOD.replace("## Failure", again), NOTES, facts=12, words=100)[0].value == 0.5


def test_an_owner_may_stand_in_the_sentence_before() -> None:
    claim = "The token use alone explained 80% of the variance in results."
    assert one_sentence(f"Anthropic counted tokens. {claim}").passed
    assert not one_sentence(f"Portkey counted tokens. {claim}").passed


@pytest.mark.parametrize("text", [
    "Anthropic says multi-agent systems use about fifteen times the tokens of a chat.",
    "According to Anthropic, agents use about 4 times the tokens of a chat and multi-agent systems about 15 times.",
    "In the Portkey data, 21.11 per cent of requests to Groq hit a rate limit.",
    "GPT-4 fell from 95.5% to 91.5% when it reviewed its own answers (Huang et al., 2024).",
    "LATS cost $134.50 for the 164 HumanEval tasks in AI Agents That Matter.",
    "63% of requests are slow if one fans out to 100 servers that are each slow 1% of the time, say Dean and Barroso.",
    "Agents use about 4 times the tokens of a chat, says Anthropic, while GPT-4 fell from 95.5% to 91.5%, says Huang.",
])  # fmt: skip
def test_a_fact_in_other_words_is_right(text: str) -> None:
    assert one_sentence(text).passed


@pytest.mark.parametrize("text", [
    "According to Anthropic, agents use about 15 times the tokens of a chat and multi-agent systems about 4 times.",
    "Multi-agent systems use about 10 times the tokens of a chat, Anthropic reported.",  # 3 to 10 times one agent's
    "In the Portkey data, 21.11% of requests to Anthropic hit a rate limit.",
    "LATS cost about $130 for the HumanEval tasks in AI Agents That Matter.",
    "Step repetition accounts for 17.14% of failures, according to MAST.",
    "AI Agents That Matter compared ways of running GPT-4 Turbo for 164 dollars on HumanEval in July 2024.",
    "MAST attributes 13.2% of failures to reasoning that does match the action, and 12.4% to agents never unaware.",
])  # fmt: skip
def test_something_else_in_like_words_is_wrong(text: str) -> None:
    assert not one_sentence(text).passed


def test_a_source_may_be_named_by_its_owner_or_by_the_title_of_the_note() -> None:
    claim = "Anthropic found in June 2025 that token use alone explained 80% of the variance on BrowseComp."
    listings = [("- Anthropic, 2025", 1.0), ("1. What a team of agents costs", 1.0), ("- Misanthropic", 0.0)]
    for listed, value in listings:
        assert sources_named(Article.parse(f"{claim}\n\n**Sources:**\n{listed}"), KNOWN).value == value


def test_what_it_says_quotes_the_sentence() -> None:
    bad = check(GOOD.replace("15 times the tokens", "51 times the tokens"))["facts correct"]
    assert bad.detail.startswith("5 of 6 sentences with figures; no source says so: Anthropic reported on 13 June")


@pytest.mark.parametrize("text", ["", "---", "---\n---", "# Only a heading", "Hm."])
def test_an_empty_article_earns_next_to_nothing(text: str) -> None:
    assert quality(check_article(text, NOTES, facts=6, words=300)) < 0.3


claims = [
    statement.text
    for statement in KNOWN.statements
    if not KNOWN.corrected(statement) and not CITATION.search(statement.text)
]


def one_sentence(text: str) -> Check:
    return facts_correct(Article.parse(text), KNOWN)


def test_every_source_sentence_is_right_unless_another_corrects_it() -> None:
    assert [text for text in claims if not one_sentence(text).passed] == []
    assert len(KNOWN.statements) - len(claims) == 2  # 130 dollars, and 17.14%


@given(st.sampled_from(claims), st.data())
def test_changing_any_digit_of_a_copied_sentence_makes_it_wrong(text: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([found.start() for found in re.finditer(r"\d", text)]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    assert one_sentence(text[:place] + digit + text[place + 1 :]).value == 0.0


def figures_in(text: str) -> list[re.Match[str]]:
    values = {figure.value for figure in KNOWN.read(text).quantities}
    numbers = re.finditer(r"(?<![\w-])[\d,]*\d(?:\.\d+)?%?(?![\w-])", text)
    return [found for found in numbers if number(found[0])[0] in values]


def test_exchanging_any_two_figures_of_a_sentence_makes_it_wrong() -> None:
    exchanged = [
        text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
        for text in claims
        for one, other in combinations(figures_in(text), 2)
        if one[0] != other[0]
    ]
    assert len(exchanged) > 50
    assert [text for text in exchanged if one_sentence(text).passed] == []


@pytest.mark.parametrize("owner", ["Anthropic", "Groq", "Kim", "Portkey", "Initech"])
def test_giving_a_figure_to_another_owner_makes_it_wrong(owner: str) -> None:
    owners = r"\b(?:Anthropic|LangChain|Groq|Kim|Portkey|Chroma|Wrede|OpenAI|Huang|Zheng|Liu|RULER|Gemini)\b"
    others = [text.replace(name, owner) for text in claims for name in re.findall(owners, text) if name != owner]
    assert [text for text in others if one_sentence(text).passed] == []


def test_denying_a_statement_makes_it_wrong() -> None:
    verbs = r"\b(?=(?:uses?|counted|solved|fell|measured|answered|attributes|kept|cost|put|has|may|explained)\b)"
    denied = [re.sub(verbs, "never ", text, count=1) for text in claims if re.search(verbs, text)]
    assert len(denied) > 20
    assert [text for text in denied if one_sentence(text).passed] == []


@given(st.text("aZ 9.,%$()[]-—'’\n#!:;“”é²", max_size=60))
def test_no_text_is_too_odd_to_be_checked(text: str) -> None:
    for each in check_article(text, NOTES, facts=1, words=10):
        assert 0.0 <= each.value <= 1.0


def test_quality_is_a_weighted_mean() -> None:
    checks = [Check(name, 1.0, True, "", weight) for name, weight in WEIGHTS.items()]
    assert quality(checks) == 1.0
    assert quality([replace(checks[0], value=0.0), *checks[1:]]) == pytest.approx(1 - 3 / 12)


@pytest.mark.parametrize(("block", "sentence"), [
    (None, "the article should begin with front matter between two lines ---"),
    ("title", "line 2, 'title': expected 'name: value'"),
    ("a: 1\n\ttags: x", "line 3, 'tags: x': a tab is not allowed in front matter"),
    ("a: b\na: c", "line 3, 'a: c': 'a' stands there twice"),
    ("a: [b, c", "line 2, 'a: [b, c': the list is not closed with ]"),
    ("a: 'b", "line 2, \"a: 'b\": the quote is not closed"),
    ('a: "b"c"', "line 2, 'a: \"b\"c\"': a quote inside quotes"),
    ("a: b: c", "line 2, 'a: b: c': put this value in quotes"),
    ("a: @b", "line 2, 'a: @b': put this value in quotes"),
    ("a: b\n- c", "line 3, '- c': an item needs a line 'name:' above it"),
])  # fmt: skip
def test_front_matter_is_read_strictly(block: str | None, sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(sentence) + "$"):
        read_front_matter(block)


def test_sentences_end_where_a_reader_sees_them_end() -> None:
    assert sentences_of("In 2025. LATS, cf. Fig. 3, costs $1.93, i.e. little. Why? “So it is.”\n2. Next\n") == [
        "In 2025.", "LATS, cf. Fig. 3, costs $1.93, i.e. little.", "Why?", "“So it is.”", "Next"
    ]  # fmt: skip


def test_a_word_that_ends_like_an_abbreviation_ends_its_sentence() -> None:
    assert sentences_of("It was one rubber seal. Kim et al. agreed. We paid.") == [
        "It was one rubber seal.", "Kim et al. agreed.", "We paid."]  # fmt: skip
