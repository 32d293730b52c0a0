"""Speech on its way to a page: what is kept, what is only said to a room, and what a speaker takes back."""

from __future__ import annotations

import pytest

from orchestra_kit.models.embedded.corrections import resolve, slips_put_right
from orchestra_kit.models.embedded.facts import stand_alone
from orchestra_kit.models.embedded.repairs import repaired
from orchestra_kit.models.embedded.sentences import Sentence, sentences
from orchestra_kit.models.embedded.skills.spoken import for_readers, heard, is_decision, written
from orchestra_kit.models.embedded.skills.talks import places_line
from orchestra_kit.models.embedded.skills.threads import Thread
from orchestra_kit.models.embedded.skills.wishes import read_wishes


@pytest.mark.parametrize(
    "said",
    [
        "Good evening, everyone, and welcome to the third evening.",
        "Thank you so much for having me.",
        "Okay, next slide, please.",
        "Can you hear me at the back?",
        "So, why does a bike light die exactly then?",
        "Let me tell you about our worst year.",
        "Sorry, I have to correct myself.",
        "Yes, the lady in the green coat.",
        "I am serious.",
        "Money.",
        "I call the meeting to order.",
    ],
)
def test_what_is_said_to_the_room_is_for_no_reader(said: str) -> None:
    assert written(said) == ""


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("So, um, we, we opened in March with 6 volunteers.", "We opened in March with 6 volunteers."),
        ("And third, we will publish the register.", "We will publish the register."),
        ("I mean, the room costs, you know, £640 a year.", "The room costs £640 a year."),
        ("Now the wait fell to 20 minutes.", "The wait fell to 20 minutes."),
        ("Now it has its peak in February.", "Now it has its peak in February."),
    ],
)
def test_a_run_up_is_left_out(said: str, page: str) -> None:
    assert written(said) == page


@pytest.mark.parametrize(
    "said",
    [
        "So far 9 people have put their names down.",
        "The first light sold 210,000 units.",
        "No single claim was made in ten years.",
        "Well over 300 people came.",
        "You know that there was ice.",
        "Like most cafés we close on Sundays.",
        "Right turns are forbidden on Mill Road.",
        "Seven minutes is too long for a fire engine.",
    ],
)
def test_words_that_are_part_of_what_is_said_stay(said: str) -> None:
    assert written(said) == said


def test_who_only_asks_is_not_heard_and_an_answer_without_its_question_neither() -> None:
    talk = (
        "[0:10] Ada King: We sold 4,200 loaves. Of these most were rye bread. What is yours? Perhaps it is a bun.\n\n"
        "[0:30] Tom Reed: I once baked 12 loaves. Do you deliver?\n\n"
        "[0:40] Ada King: We deliver to 3 streets in the old town."
    )
    told = heard(sentences(talk))
    assert [(each.place, each.speaker) for each in told] == [("0:10", "Ada King")] * 2 + [("0:40", "Ada King")]
    assert [each.text for each in told][::2] == ["We sold 4,200 loaves.", "We deliver to 3 streets in the old town."]
    several = heard(sentences(talk.replace("[0:10] Ada King", "[0:10] Ann Lee")))
    assert "I once baked 12 loaves." in [each.text for each in several]  # nobody gives this talk alone


@pytest.mark.parametrize(
    ("talk", "left"),
    [
        # what leans on something that is left out goes with it
        (
            "[0:10] Any questions? It was borrowed 490 times last year. The hall opens at six.",
            ["The hall opens at six."],
        ),
        (
            "[0:10] I'd like to end with my favourite line. It's from Crail, in 1911. The hall opens at six.",
            ["The hall opens at six."],
        ),
        # a verdict stands with what it turns, or neither does
        ("[0:10] We changed the flour. This was a mistake.", ["We changed the flour. This was a mistake."]),
        ("[0:10] People would stop buying bread. They did not.", ["People would stop buying bread. They did not."]),
        ("[0:10] There are nine or twelve left. Sorry, I lost the list.", []),
        # and what follows a mistake belongs to it
        (
            "[0:10] We changed the flour. This was a mistake. We went to 14 percent protein.",
            ["We changed the flour. This was a mistake. We went to 14 percent protein."],
        ),
        # fragments and bare numbers
        ("[0:10] I had hoped for 500 volunteers. We got 14,000.", ["I had hoped for 500 volunteers. We got 14,000."]),
        ("[0:10] Wind, hurricane. Pressure, 957. The hall opens at six.", ["The hall opens at six."]),
        # across passages only where the places show that none is missing between them
        ("[0:10] We tested two systems.\n\n[3:10] They made an error in nine numbers.", ["We tested two systems."]),
        (
            "[0:10] We mended 40 lamps.\n\n[0:12] But they broke after a week.",
            ["We mended 40 lamps. But they broke after a week."],
        ),
    ],
)
def test_nothing_is_kept_without_what_it_leans_on(talk: str, left: list[str]) -> None:
    assert [each.text for each in stand_alone(heard(sentences(talk)))] == left


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("It takes forty, no wait, thirty-six hours.", ["It takes thirty-six hours."]),
        ("We have 40, sorry, 36 members.", ["We have 36 members."]),
        ("There are nine left. Sorry, ten, we found another one.", ["There are ten left."]),
        ("The wait is 40 minutes. Actually it's 36.", ["The wait is 36 minutes."]),
        ("We have 12 tools and 31 members. Sorry, no, 31 was last year. We open.", ["We open."]),  # not plain: neither
        ("We have 12 tools and 31 members. No, 36.", []),
        ("Did 40 come? No, 36.", ["Did 40 come?", "No, 36."]),  # an answer
        ("We sold 40. No, 36 percent of them were rye.", ["We sold 40.", "No, 36 percent of them were rye."]),
        ("We had 40 people. Sorry, the light.", ["We had 40 people.", "Sorry, the light."]),
    ],
)
def test_a_figure_that_is_taken_back_at_once_is_gone(said: str, holds: list[str]) -> None:
    assert [each.text for each in repaired(sentences(f"[0:10] {said}")) if each] == holds


def test_an_audience_member_is_not_the_speaker_even_where_he_says_more() -> None:
    talk = (
        "[4:00] Ada King: We sold 4,200 loaves.\n\n"
        "[4:10] Audience member: I read that the shops in the old town lost 30 percent of their trade last year."
    )
    assert [each.text for each in heard(sentences(talk), "Ada King")] == ["We sold 4,200 loaves."]


def test_notes_are_not_taken_for_a_talk() -> None:
    notes = sentences("[a.md] Hello there. Money.\n\n[b.md] Thank you for having me.")
    assert heard(notes) == list(notes)


@pytest.mark.parametrize(
    ("taken_back", "holds"),
    [
        ("I said 40, it is 36.", "It takes 36 hours."),
        ("Sorry. I said 40 hours. I looked at the wrong line, it is 36.", "It takes 36 hours."),
        ("I said 41, it is 36.", "It takes 40 hours."),  # nobody said 41
        ("It is 36 here.", "It takes 40 hours."),
    ],
)
def test_a_slip_of_the_tongue_is_put_right_where_the_speaker_does_so(taken_back: str, holds: str) -> None:
    told = slips_put_right(sentences(f"[0:10] It takes 40 hours. We wait. {taken_back}"))
    assert told[0].text == holds


def test_what_a_speaker_takes_back_a_moment_later_is_gone() -> None:
    told = sentences(
        "[0:10] Before anybody opens a plug they do 40 hours with us. The training takes 36 hours, not 40 hours."
    )
    assert [each.text for each in resolve(told)] == ["The training takes 36 hours, not 40 hours."]
    assert for_readers(told[1]).text == "The training takes 36 hours."
    assert (
        for_readers(sentences("[0:10] It can carry 18 tonnes, not 40 as the sign says.")[0]).text[-14:]
        == "the sign says."
    )


def test_what_is_announced_is_a_decision() -> None:
    for said in (
        "We will open at six.",
        "The council approved it.",
        "From May the pool will close.",
        "It will be built.",
    ):
        assert is_decision(said), said
    for said in ("We opened in May.", "You will have 300 cards.", "The pupils who will stay are few."):
        assert not is_decision(said), said


def test_places_are_named_in_order() -> None:
    def threads(*places: str) -> list[Thread]:
        return [Thread((Sentence("x", place=place),), 0) for place in places]

    assert places_line(threads("12:05", "0:25", "1:00:00", "0:25")) == "at 0:25, 12:05 and 1:00:00"
    assert places_line(threads("part 10", "part 2")) == "in parts 2 and 10"
    assert places_line(threads("part 3")) == "in part 3"


def test_a_list_of_things_to_write_is_read_item_by_item() -> None:
    asked = (
        "Write all of these: a blog post of about 600 words: a headline, sections; a newsletter of about 250 words: a "
        "subject line of at most 69 characters; a LinkedIn post of at most 1,300 characters; a Bluesky post of at most "
        "300 characters; a community message of at most 900 characters."
    )
    assert [(wish.kind, wish.words, wish.characters) for wish in read_wishes(asked)] == [
        ("article", 600, 0), ("newsletter", 250, 0), ("social", 0, 1_300), ("social", 0, 300), ("community", 0, 900)
    ]  # fmt: skip
