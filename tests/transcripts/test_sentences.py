"""Sentences: the author's where there are signs, found ones where there are none, and never a word more or less."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from captions import as_rolling_srt, as_rolling_vtt, as_srt, as_vtt
from hypothesis import example, given
from hypothesis import strategies as st
from made_up import facts, told
from talks import TALKS

from orchestra_kit.transcripts import Transcript
from orchestra_kit.transcripts.boundaries import LONGEST
from orchestra_kit.transcripts.english import FILLERS

FORMATS = [as_srt, as_vtt, as_rolling_srt, as_rolling_vtt]
SIGNS = '.,;:!?"“”()…–-'


def bare(word: str) -> str:
    return word.strip(SIGNS).lower()


def said(text: str) -> list[str]:
    return [sentence.text for sentence in Transcript.of(text).said]


# the words stay

words = st.text("abcdeiuméüжд0123456789.,;!?'%£&", min_size=1, max_size=8).filter(
    lambda word: bare(word) not in FILLERS
)
spoken = st.lists(words | st.sampled_from("so and we the bread took 3.5 million, Maria I. no.".split()), min_size=1)


@given(spoken, st.sampled_from(FORMATS), st.integers(0, 9))
@example(["so", "so", "so", "so", "so", "so", "so"] * 4, as_rolling_vtt, 0)
@example(["a", "i.", "ß.", "0:00"], as_srt, 0)
def test_no_word_is_added_dropped_or_moved(
    talk: list[str], as_captions: Callable[[str, Sequence[float]], str], seed: int
) -> None:
    r = random.Random(seed)
    pauses = [r.choice([0.0, 0.0, 0.3, 2.0]) for _ in talk] if seed else []
    kept = Transcript.of(as_captions(" ".join(talk), pauses)).text.split()
    assert [word.casefold().rstrip(".") for word in kept] == [word.casefold().rstrip(".") for word in talk]


# signs


def test_the_authors_sentences_are_kept() -> None:
    sentences = [
        "Dr. Lopez paid No. 4 to J. Smith of the U.S. team at 5 p.m.",
        "We paid 3.5 million (“a lot!”). she said… then no. 7?",
        "No.",
    ]
    assert said(" ".join(sentences)) == sentences


def test_talks_that_have_no_capitals_or_nothing_else() -> None:
    assert said("so we met dr. lopez. i was late.\nwhy? the bus.") == [
        "So we met dr. lopez.", "I was late.", "Why?", "The bus."
    ]  # fmt: skip
    talk = Transcript.of(
        ">> MARIA: GOOD EVENING. THE BBC AND G20 CAME ON MONDAY.\n>> TOM: THAT'S MARIA'S PLAN, I'M TOLD."
    )
    assert [(s.speaker, s.text) for s in talk.said] == [
        ("Maria", "Good evening."),
        ("Maria", "The BBC and G20 came on Monday."),
        ("Tom", "That's Maria's plan, I'm told."),
    ]
    assert "capitals throughout written small; names may have lost theirs" in talk.cleaned


def test_other_languages_keep_their_words_and_signs() -> None:
    bread = ["今日はパンを焼きます。", "四十個です！", "ご質問は？"]
    assert said("今日はパンを焼きます。四十個\nです！\nご質問は？") == bread
    assert said("um 9 Uhr kommt er\nund dann\nbacken wir Brot") == ["Um 9 Uhr kommt er und dann backen wir Brot."]
    assert said("كم عدد الخبز؟ أربعون خبزا.") == ["كم عدد الخبز؟", "أربعون خبزا."]


def test_um_and_uh_are_left_out_and_that_is_said() -> None:
    talk = Transcript.of("Um, so we, uh, baked the bread. Erm. It was, um. And it was good.")
    assert [sentence.text for sentence in talk.said] == ["So we baked the bread.", "It was.", "And it was good."]
    assert talk.cleaned == ("4 fillers such as um left out",)


# no signs


def test_a_figure_keeps_its_unit_and_its_owner() -> None:
    talk = "so the roof of the bakery in leith costs three point five million pounds a year and " * 12
    found = said(as_rolling_vtt(talk))
    assert len(found) > 6
    assert sum("roof" in sentence and "three point five million pounds" in sentence for sentence in found) == 12


def test_a_pause_ends_a_sentence() -> None:
    talk = "bread is about time bakers are about bread".split()
    assert said(as_rolling_vtt(" ".join(talk), [0.0] * 4 + [1.2] + [0.0] * 3)) == [
        "Bread is about time.", "Bakers are about bread."
    ]  # fmt: skip


def test_a_pause_inside_a_figure_ends_nothing() -> None:
    talk = "in one night the new oven bakes forty five hundred rolls and they sell all of them".split()
    silence = [2.0 if word in ("five", "rolls") else 0.0 for word in talk]
    assert "the new oven bakes forty five hundred rolls" in " ".join(said(as_rolling_vtt(" ".join(talk), silence)))


def test_one_full_stop_does_not_make_an_hour_one_sentence() -> None:
    hour = " ".join(word for sentence in unsigned(said(TALKS[0].text)) for word in sentence)
    assert max(len(sentence.split()) for sentence in said(as_rolling_srt(hour + "."))) <= LONGEST


class Measured:
    """How well found sentences agree with written ones: boundaries within one word of each other."""

    def __init__(self) -> None:
        self.right = self.found = self.met = self.written = 0

    def add(self, written: list[list[str]], found: list[list[str]]) -> None:
        there, here = edges(written), edges(found)
        self.right += sum(bool(near(edge) & there) for edge in here)
        self.met += sum(bool(near(edge) & here) for edge in there)
        self.found, self.written = self.found + len(here), self.written + len(there)

    @property
    def precision_and_recall(self) -> tuple[float, float]:
        return self.right / self.found, self.met / self.written


def edges(sentences: list[list[str]]) -> set[int]:
    ends = [sum(map(len, sentences[:number])) for number in range(1, len(sentences))]
    return set(ends)


def near(edge: int) -> set[int]:
    return {edge - 1, edge, edge + 1}


def unsigned(sentences: Sequence[str]) -> list[list[str]]:
    """The sentences as a machine hears them: words in small letters without signs."""
    return [[bare(word) for word in sentence.split() if bare(word)] for sentence in sentences]


def pauses(sentences: Sequence[str], r: random.Random) -> list[float]:
    """An assumption, not a measurement: three of four sentences and a third of all commas are heard as a silence, and
    so is one in thirty of all other gaps."""
    silence = []
    before = "."
    for word in " ".join(sentences).split():
        if bare(word):
            chance = 0.75 if before[-1] in ".!?" else 0.35 if before[-1] in ",;:" else 0.03
            silence.append(r.uniform(0.3, 0.9) if r.random() < chance else 0.0)
            before = word
    return silence


@pytest.mark.parametrize(("heard", "precision", "recall"), [(False, 0.5, 0.35), (True, 0.6, 0.55)])
def test_sentences_found_are_those_that_were_meant(heard: bool, precision: float, recall: float) -> None:
    """Measured on eight talks: precision 0.57 and recall 0.42 without pauses, 0.67 and 0.64 with them. A cut every 14
    words has 0.26 and 0.18."""
    measured, kept, owners = Measured(), 0, 0
    for talk in TALKS:
        sentences = said(talk.text)
        written = unsigned(sentences)
        text = " ".join(word for sentence in written for word in sentence)
        silence = pauses(sentences, random.Random(5)) if heard else []
        found = unsigned(said(as_rolling_vtt(text, silence) if heard else as_rolling_srt(text)))
        measured.add(written, found)
        for figure, owner in talk.owners:
            owners += 1
            kept += any(bare(figure) in s and any(bare(owner) in word for word in s) for s in found)
    assert measured.precision_and_recall[0] > precision
    assert measured.precision_and_recall[1] > recall
    assert kept >= 0.9 * owners


def test_made_up_figures_stay_with_their_owners() -> None:
    made = facts(3, 60)
    text = " ".join(bare(word) for word in told(made, 3).split())
    found = [sentence.split() for sentence in said(as_rolling_srt(text))]
    bare_found = [list(map(bare, sentence)) for sentence in found]
    kept = sum(any(bare(fact.figure) in s and fact.place.lower() in s for s in bare_found) for fact in made)
    assert kept >= 0.85 * len(made)


def test_three_hours_lose_no_word() -> None:
    words = " ".join(word for talk in TALKS for sentence in unsigned(said(talk.text)) for word in sentence).split()
    talk = as_rolling_vtt(" ".join((words * 30)[:30_000]))
    assert len(Transcript.of(talk).text.split()) == 30_000
