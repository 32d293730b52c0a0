"""What the embedded model makes of work that others hand on: balances, repeated statements, answers, rivals."""

from __future__ import annotations

import pytest

from orchestra_kit.call import Call
from orchestra_kit.models.embedded import EmbeddedModel


def answer(role: str, prompt: str) -> str:
    return EmbeddedModel().complete(Call("somebody", role, prompt)).text


def test_a_balance_that_was_handed_on_comes_before_the_entries_of_the_sources() -> None:
    entries = "SOURCES:\n[Minutes] £80 was paid in. Then the balance was halved."
    role = "Carry the balance forward, and state the balance so far."
    told = answer(role, f"{entries}\n\nTASK:\nWhat is the balance?\n\nNOTES:\nThe balance so far is £400.")
    assert told == "The balance so far is £240."
    assert answer(role, f"{entries}\n\nTASK:\nWhat is the balance?") == "No starting balance was given."


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        ("Last year rent cost the Leith bakery £27,031.", 1),  # the same in other words
        ("Last year rent cost the Leith bakery £27,032.", 2),
        ("Last year rent cost the Gorgie dairy £27,031.", 2),
        ("Priya earned £27,031 in Leith.", 2),
    ],
)
def test_a_statement_with_an_exact_figure_is_known_again_in_other_words(second: str, lines: int) -> None:
    notes = f"NOTES:\n- Maria reported that the Leith bakery spent £27,031 on rent.\n- {second}"
    assert len(answer("Merge the notes into one list.", notes).splitlines()) == lines


def test_a_round_figure_does_not_make_two_statements_one() -> None:
    spent = [
        "Maria reported that the Leith bakery spent {} on rent.",
        "In spring the Leith bakery spent {} on an oven.",
    ]
    for figure, lines in (("£3,000", 2), ("£3,127", 1)):
        notes = "NOTES:\n" + "\n".join(f"- {each.format(figure)}" for each in spent)
        assert len(answer("Merge the notes into one list.", notes).splitlines()) == lines


def test_an_answer_of_two_sentences_names_their_source_once_however_often_it_is_handed_on() -> None:
    role, question = "Answer the questions.", "QUESTIONS:\nHow much did the Leith bakery take?"
    told = answer(
        role,
        f"SOURCES:\n[Talk] Code name Heron is the Leith bakery. Heron took £5,120.\n\nTASK:\nAnswer.\n\n{question}",
    )
    assert told == "Code name Heron is the Leith bakery. Heron took £5,120. (Talk)"
    assert answer(role, f"Answer.\n\n{question}\n\nNOTES:\n{told}") == told


@pytest.mark.parametrize("best", [1, 2])
def test_a_rival_may_hand_in_several_texts_below_their_names(best: int) -> None:
    texts = ["BLOG POST:\nRent is £9,100.\n\nEMAIL:\nHeating is £7,230.", "BLOG POST:\nRent is £9,100.\n\nEMAIL:\nNo."]
    first, second = texts if best == 1 else reversed(texts)
    told = answer(
        "Judge the candidates by how many of their figures the sources support, and choose one.",
        "SOURCES:\n[Talk] Rent is £9,100. Heating is £7,230.\n\nTASK:\nTASK:\nTell the members.\n\n"
        f"CANDIDATE 1:\n{first}\n\nCANDIDATE 2:\n{second}",
    )
    assert told.splitlines()[0] == str(best)


def test_what_a_rival_hands_in_is_no_evidence() -> None:
    told = answer(
        "Judge the candidates by how many of their figures the sources support, and choose one.",
        "SOURCES:\n[Talk] Rent is £9,100.\n\nTASK:\nTell the members.\n\n"
        "CANDIDATE 1:\nEMAIL:\nHeating is £7,230. Wages are £4,410.\n\nCANDIDATE 2:\nEMAIL:\nRent is £9,100.",
    )
    assert told.splitlines()[0] == "2"
