"""Reading a prompt, its sentences and its figures."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import facts, told

from orchestra_kit.models.embedded.figures import AFTER_MONTH, AFTER_NAME, FIGURE, follows
from orchestra_kit.models.embedded.reading import figures, key_figures, owner, read_prompt, sentences, similar
from orchestra_kit.models.embedded.speech import cut_speech


def test_a_prompt_has_parts() -> None:
    material = read_prompt(
        "Be brief.\n\nSOURCES:\n[a.md] Cats sleep. Dogs bark.\n\n[b.md] Cows moo.\n\nTASK:\nWrite a post.\n\nFACTS:\n"
        '{"topic": "animals", "facts": [{"statement": "Bees hum.", "source": "c.md"}]}'
    )
    assert material.task == "Be brief.\n\nWrite a post."
    assert list(material.sections) == ["SOURCES", "FACTS"]
    assert [(s.text, s.source) for s in material.sentences()] == [
        ("Cats sleep.", "a.md"),
        ("Dogs bark.", "a.md"),
        ("Cows moo.", "b.md"),
        ("Bees hum.", "c.md"),
    ]
    assert 0 < material.sentences("FACTS")[-1].position <= 1


def test_a_typed_value_before_any_label_is_handed_over_not_asked() -> None:
    material = read_prompt('Write a post.\n\n{"facts": [{"statement": "Bees hum at 250 Hz."}]}')
    assert material.task == "Write a post."
    assert [s.text for s in material.sentences()] == ["Bees hum at 250 Hz."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose 3.5 % (e.g. in Leith). Dr. Roy agreed.", ["It rose 3.5 % (e.g. in Leith).", "Dr. Roy agreed."]),
        ("The U.S. market grew. It did.", ["The U.S. market grew.", "It did."]),
        (
            "# A heading\n\n- first item\n- second item\n\n| Shop | May |\n|---|---|\n| Leith | £5 |",
            ["first item", "second item", "Leith: May £5"],
        ),
        (
            "A wrapped line that goes on for a while and\nends here. Next.",
            ["A wrapped line that goes on for a while and ends here.", "Next."],
        ),
        ("[a.md] ```\ncode = 1\n```\nText.", ["Text."]),
        (
            "oven is 20 yrs old\nnew one 27k, bank said no\n2 shops",
            ["oven is 20 yrs old", "new one 27k, bank said no", "2 shops"],
        ),
        (
            'He said: "I left. I came back." It rained (see p. 3. Or 4).',
            ['He said: "I left. I came back."', "It rained (see p. 3. Or 4)."],
        ),
        ("- It rose 3 %. (report.md)", ["It rose 3 %."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


def test_a_source_stands_at_the_end_of_a_line_too() -> None:
    assert sentences("- It rose 3 %. (report.md)")[0].source == "report.md"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42 % or 42% or 42 percent", [(42, "%")] * 3),
        ("$1,200, £415, −£415 and £-415", [(1200, "$"), (415, "£"), (-415, "£"), (-415, "£")]),
        ("1.5 million people, 3x faster, 33.5 ms", [(1_500_000, ""), (3, "x"), (33.5, "ms")]),
        ("GPT-4, o200k, v1.2.3, the 3rd and https://x.org/99", []),
        ("10-20 loaves, twenty-two ovens", [(10, ""), (20, ""), (22, "")]),
    ],
)
def test_figures(text: str, expected: list[tuple[float, str]]) -> None:
    assert [figure.key for figure in figures(text)] == expected


BEFORE_FIGURES = ["p", "no", *re.findall(r"[A-Za-z]{3,}", AFTER_NAME.pattern + AFTER_MONTH.pattern)]
SPACES = (" ", "\n", " \n", "  ", ". ", "")


def assert_nothing_is_overlooked(text: str) -> None:
    """What is before a figure is sought near it: with the same result as in all that is before it."""
    for match in FIGURE.finditer(text):
        for words in (AFTER_NAME, AFTER_MONTH):
            assert follows(words, match) == bool(words.search(text[: match.start()])), text


def test_what_is_before_a_figure_is_sought_as_far_as_it_can_reach() -> None:
    assert {"versions", "fig", "September"} <= set(BEFORE_FIGURES)
    for before, word, space in product(("", "On ", "mis", "é", "("), BEFORE_FIGURES, SPACES):
        assert_nothing_is_overlooked(f"{before}{word}{space}7")
    assert [figure.unit for figure in figures("September 7, september 7, September \n7 and aSeptember 7")] == [
        "date", "", "date", "",
    ]  # fmt: skip


@given(st.lists(st.sampled_from([*BEFORE_FIGURES, *" \n\t.,-(a", "7", "£12 ", "3rd "])).map("".join))
def test_what_is_far_before_a_figure_does_not_matter(text: str) -> None:
    assert_nothing_is_overlooked(text)


def test_years_are_key_figures_only_when_nothing_else_is() -> None:
    assert [f.text for f in key_figures("In 2024 it sold 12 loaves.")] == ["12"]
    assert [f.text for f in key_figures("It opened in 2024.")] == ["2024"]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Last month the Leith shop took £5,000.", "Leith shop"),
        ("Leith took £5,000 and Portobello took £7,000.", "Leith"),
        ("Karl confirmed that invoices of £900 are unpaid.", "invoices"),
        ("Multi-agent systems use about 15x the tokens of chat.", "Multi-agent systems"),
    ],
)
def test_owner(text: str, whose: str) -> None:
    assert owner(text) == whose


def test_similar_is_a_share() -> None:
    assert similar("The oven costs £900.", "Ovens cost £900") == 1
    assert similar("The oven costs £900.", "People talked.") == 0


def test_captions_keep_each_figure_with_its_owner() -> None:
    """A transcript without a full stop is cut around its figures, not through them."""
    together = total = 0
    for seed in range(40):
        made = facts(seed, 6)
        caption = told(made, seed).replace(".", "").replace("?", "").lower()
        pieces = cut_speech(caption)
        assert " ".join(pieces) == caption
        together += sum(any(fact.figure in piece and fact.place.lower() in piece for piece in pieces) for fact in made)
        total += len(made)
    assert together >= 0.9 * total


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    material = read_prompt(text)
    assert all(0 <= sentence.position <= 1 and sentence.text.strip() for sentence in material.sentences())
    for figure in figures(text):
        assert text[figure.start : figure.end].strip() == figure.text
