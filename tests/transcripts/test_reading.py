"""Captions and transcripts as they are found, and what is read from them: words, places, speakers, titles."""

from __future__ import annotations

from pathlib import Path

import pysubs2
import pytest
from captions import as_rolling_srt, as_rolling_vtt, as_srt, as_vtt

from orchestra_kit.transcripts import Transcript
from orchestra_kit.transcripts.transcript import place

TALK = "We opened on Friday. In the first week 412 people came & 3 < 5 of them stayed. Was it worth it? It was."


def said(text: str) -> list[str]:
    return [sentence.text for sentence in Transcript.of(text).said]


def speakers(text: str) -> list[tuple[str, str]]:
    return [(sentence.speaker, sentence.text) for sentence in Transcript.of(text).said]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# files


@pytest.mark.parametrize("as_captions", [as_srt, as_vtt, as_rolling_vtt, as_rolling_srt])
@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")], ids=["plain", "windows"])
def test_every_kind_of_captions_gives_back_the_sentences(here: Path, as_captions, change) -> None:  # type: ignore[no-untyped-def]
    file = here / ("talk.vtt" if "vtt" in as_captions.__name__ else "talk.srt")
    file.write_bytes(change(as_captions(TALK)).encode())
    talk = Transcript.of("talk" + file.suffix)
    assert talk.text == TALK
    assert [sentence.text.split()[0] for sentence in talk.said] == ["We", "In", "Was", "It"]
    starts = [sentence.start_s for sentence in talk.said]
    assert starts[0] == 1.0
    assert starts == sorted(starts)  # type: ignore[type-var]


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_what_another_program_writes_is_read(here: Path, suffix: str) -> None:
    subtitles = pysubs2.SSAFile()
    subtitles.append(pysubs2.SSAEvent(1_000, 2_500, r"{\i1}Good evening{\i0},\Neveryone."))
    subtitles.append(pysubs2.SSAEvent(360_000, 361_000, "We are 40."))
    subtitles.save(str(here / f"talk{suffix}"))
    assert [(s.start_s, s.text) for s in Transcript.of(f"talk{suffix}").said] == [
        (1.0, "Good evening, everyone."), (360.0, "We are 40.")
    ]  # fmt: skip


def test_the_title_is_a_heading_or_the_name_of_the_file(here: Path) -> None:
    captions = as_vtt(TALK)
    (here / "a_night-out [dQw4w9WgXcQ].en-orig.vtt").write_text(captions)
    (here / "b.vtt").write_text(captions.replace("WEBVTT", "WEBVTT - The opening", 1))
    (here / "c.md").write_text("---\ntitle: Front\n---\n# Not this\n\nHello there.")
    (here / "d.txt").write_text("The talk\n========\n\nHello there.")
    names = [Transcript.of(name).title for name in sorted(path.name for path in here.iterdir())]
    assert names == ["A night out", "The opening", "Front", "The talk"]


# captions in the wild


def test_what_is_not_spoken_in_a_vtt_file_is_left_out() -> None:
    vtt = """WEBVTT
    Kind: captions

STYLE
::cue { color: red }

NOTE
nobody says this

intro
100:00:01.000 --> 100:00:03,000 line:0 align:start
<v.loud Maria Lopez>Tom &amp; <c.yellow>I</c> {\\an8}said</v>

2
100:00:03.000 --> 100:00:04.000
<i>hello</i>\u200b to\u00a0the <00:00:03.500>team.

REGION
id:1

100:00:05.000 --> 100:00:06.000
- Take NOTE of this.
"""
    talk = Transcript.of(vtt)
    assert [(s.start_s, s.speaker, s.text) for s in talk.said] == [
        (360_001.0, "Maria Lopez", "Tom & I said."),
        (360_003.0, "", "hello to the team."),
        (360_005.0, "", "Take NOTE of this."),
    ]


def test_numbers_of_cues_are_not_spoken_and_numbers_that_are_spoken_stay() -> None:
    crowded = "1\n00:00:01,000 --> 00:00:02,000\nwe have\n40\n2\n00:00:02,000 --> 00:00:03,000\n2024\n"
    assert said(crowded) == ["We have 40 2024."]
    spread = "1\n\n00:00:01,000 --> 00:00:02,000\n\nwe have\n\n40\n\n2\n\n00:00:02,000 --> 00:00:03,000\n\nbees\n"
    assert said(spread) == ["We have 40 bees."]
    bare = "00:01.000 --> 00:02.000\nwe have\n40\n\n00:02.000 --> 00:03.000\nbees -->> here\n"
    assert said(bare) == ["We have 40 bees -->> here."]


def test_a_repetition_that_was_spoken_stays() -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{text}\n\n" for n, text in enumerate(["No.", "No.", "Never."]))
    assert said(cues) == ["No.", "No.", "Never."]
    rolling = as_rolling_srt("so we baked bread in the oven and sold it all day long on the square")
    later = "9\n00:01:00,000 --> 00:01:02,000\n"
    shown = rolling.rpartition(" --> ")[2].partition("\n")[2]  # all that stands on the screen in the last cue
    assert Transcript.of(rolling + "\n" + later + shown).text.count("square") == 2
    again = "so we said no no no no no no no and that was that and we went home again"
    assert Transcript.of(as_rolling_vtt(again)).text.replace(".", "").lower() == again


def test_captions_painted_on_word_by_word_are_read_once() -> None:
    painted = ["the", "the cat", "the cat sleeps", "the cat sleeps\nall", "the cat sleeps\nall day", "all day\nlong"]
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{text}\n\n" for n, text in enumerate(painted))
    assert said(cues) == ["The cat sleeps all day long."]


def test_captions_typed_letter_by_letter_are_read_once() -> None:
    typed = ["\n\nTh", "\n\nThe<00:00:00.1><c> c</c>", "\nThe cat is\na", "\nThe cat is\naw<00:00:00.2><c>ay.</c>"]
    typed += ["The cat is\naway. T", "The cat is\naway. T<00:00:00.2><c>om.</c>", "away. Tom.\n "]
    cues = "".join(f"00:1{n}.000 --> 00:1{n + 1}.000\n{text}\n\n" for n, text in enumerate(typed))
    assert [(s.start_s, s.text) for s in Transcript.of(cues).said] == [(10.0, "The cat is away."), (12.0, "Tom.")]


def test_words_that_a_line_breaks_in_two_are_whole_again() -> None:
    lines = "The orches-\ntration took twenty-\nfive well-\nmeant days. I was going to-\nno, we\nwere going to go, no?"
    assert said(lines) == [
        "The orchestration took twenty-five well-meant days.", "I was going to- no, we were going to go, no?"
    ]  # fmt: skip


def test_noise_is_left_out_and_what_was_said_in_brackets_stays() -> None:
    talk = Transcript.of(
        "[Music]\n♪ la la ♪ Welcome (laughter) to the show [of 1987].\n[ __ ] [Upbeat music playing]\n"
        "We (the crowd) *laughs* sang ♪.\n"
    )
    assert talk.text == "Welcome to the show [of 1987]. We (the crowd) sang."
    assert talk.cleaned == ("7 marks of music and noise",)


# speakers


def test_speakers_are_known_by_their_labels() -> None:
    assert speakers(
        "MARIA: Hello.\nDr. Ann McKay: Remember: never\nlate. [Tom] Not a label.\n[Tom] Why?\n>> Because.\n- No.\n"
        "Speaker 2: 3:1 it is."
    ) == [
        ("Maria", "Hello."),
        ("Dr. Ann McKay", "Remember: never late."),
        ("Dr. Ann McKay", "[Tom] Not a label."),
        ("Tom", "Why?"),
        ("", "Because."),
        ("", "No."),
        ("Speaker 2", "3:1 it is."),
    ]


def test_a_word_with_a_colon_is_no_speaker_and_a_minus_no_dash() -> None:
    text = "Remember: we\n-5 degrees is cold\n- so we said - and\nThe rule: stay."
    assert speakers(text) == [("", "Remember: we -5 degrees is cold - so we said - and The rule: stay.")]


def test_a_sentence_ends_where_somebody_else_begins() -> None:
    talk = "00:01.000 --> 00:02.000\n>> so how many\n\n00:02.000 --> 00:03.000\n>> forty\n"
    assert speakers(talk) == [("", "So how many."), ("", "Forty.")]


# plain text


@pytest.mark.parametrize(
    "text",
    [
        "[00:12:03] Hello there.\n[00:12:09] We are 40.",
        "(12:03) Hello\nthere.\n(12:09) We are 40.",
        "12:03\nHello there.\n12:09\nWe are 40.",
        "12:03\n12 minutes, 3 seconds\nHello there.\n12:09\n12 minutes, 9 seconds\nWe are 40.",
        "[12:03.000 --> 12:09.000]  Hello there.\n[12:09.000 --> 12:11.000]  We are 40.",
        "12:03 - Hello there.\n\n12:09 - We are 40.",
    ],
)
def test_times_at_the_beginning_of_lines_are_places(text: str) -> None:
    assert [(s.start_s, s.text) for s in Transcript.of(text).said] == [(723.0, "Hello there."), (729.0, "We are 40.")]


def test_names_and_times_above_paragraphs() -> None:
    talk = Transcript.of("Maria Lopez  0:02\nHello there.\n\nTom  0:12\nHi. We are 40.\n")
    assert [(s.start_s, s.speaker, s.text) for s in talk.said] == [
        (2.0, "Maria Lopez", "Hello there."), (12.0, "Tom", "Hi."), (12.0, "Tom", "We are 40.")
    ]  # fmt: skip


def test_times_that_people_speak_of_are_words() -> None:
    assert said("We open late.\n9:30 is too early\nfor us, but\n8:15 was worse.") == [
        "We open late.", "9:30 is too early for us, but 8:15 was worse."
    ]  # fmt: skip


def test_markdown_is_read_as_prose() -> None:
    notes = "# Cats\n\n> They *sleep*\n> a [lot](https://cats.org).\n\n## Food\n\n* fish\n* **Fresh** milk\n\n---\nBye"
    talk = Transcript.of(notes)
    assert (talk.title, [s.text for s in talk.said]) == ("Cats", ["They sleep a lot.", "Fish.", "Fresh milk.", "Bye."])
    assert "1 heading inside the talk" in talk.cleaned


def test_a_talk_in_passages_has_places() -> None:
    talk = Transcript.of(as_vtt(" ".join(f"This is sentence number {n}." for n in range(60))))
    passages = talk.as_sources().passages
    assert " ".join(passage.text for passage in passages) == talk.text
    assert [passage.source for passage in passages] == [
        place(sentence.start_s or 0)
        for sentence in talk.said[::24]  # 24 sentences of five words are WORDS_A_PASSAGE
    ]
    untimed = Transcript.of("One. " * 150).as_sources().passages
    assert [passage.source for passage in untimed] == ["part 1", "part 2"]
