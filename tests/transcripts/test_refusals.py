"""Each thing that is no talk is refused in one sentence that names it and says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestra_kit.errors import BadSources
from orchestra_kit.transcripts import Transcript

CUE = "00:00:{:02}.000 --> 00:00:{:02}.000\n{}\n\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(given: object) -> str:
    with pytest.raises(BadSources) as caught:
        Transcript.of(given)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.vtt", "", "The file {} is empty. Write something into it, or leave it out."),
        ("a.vtt", "\x89PNG\0\1", "binary data, not like text. Export it as a .txt file."),
        ("a.vtt", "WEBVTT\n\nNOTE none\n", "{} holds no captions: no line such as 00:00:01.000 --> 00:00:04.000."),
        ("a.srt", "Only some text.", "save it as a .txt file."),
        ("a.srt", "<!DOCTYPE html>\n<p>00:00:01.000 --> 00:00:02.000", "{} is a web page, not a talk. Down"),
        ("a.txt", " <html><body>Hello.", "{} is a web page"),
        ("a.vtt", "WEBVTT\n\n" + CUE.format(1, 2, "♪♪") + CUE.format(2, 3, "[Music]"), "Nothing is said in {} but 2"),
        ("a.md", "# Only a title\n", "Nothing is said in {}. Give a file with the words of the talk."),
        (
            "a.srt",
            "1\n00:00:01 -> 00:00:02\nHi\n2\n00:00:02,0 --> 00:00:0a,0\nx",
            "Line 5 of {} should be the times",
        ),
        ("a.docx", "x", "{} cannot be read. Open it, save it as plain text ending in .txt, and give that file."),
        ("a.pdf", "x", "save it as plain text ending in .txt"),
        ("a.mp4", "x", "{} is sound or film, and nobody here listens to it. Export its captions as .vtt or .srt,"),
        ("a.xyz", "x", "Save it ending in .vtt, .srt, .txt or .md."),
    ],
)
def test_files_that_hold_no_talk(here: Path, name: str, content: str, sentence: str) -> None:
    (here / name).write_text(content, "utf-8")
    assert sentence.format(here / name) in refusal(name)


def test_other_things_than_files(here: Path) -> None:
    assert "is a folder, and a talk is one file" in refusal(here)
    os.mkfifo(here / "pipe.vtt")
    assert "neither a folder nor an ordinary file" in refusal("pipe.vtt")
    assert refusal("nope.vtt").startswith(f"No talk is called 'nope.vtt': looked for {here / 'nope.vtt'} and ")
    assert refusal("").startswith("An empty text is no talk.")
    assert refusal(b"x") == "A talk is a file (.vtt, .srt, .txt or .md), the address of a video or a text, not b'x'."


def test_too_large_or_wrongly_encoded(here: Path) -> None:
    with (here / "big.vtt").open("wb") as file:
        file.truncate(50_000_000)
    assert "big.vtt has 50.0 MB, and a file may have at most 5.0 MB." in refusal("big.vtt")
    (here / "a.srt").write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\ncaf\xe9 noir\n")
    assert "a.srt is not UTF-8 text: the byte 0xe9 at offset 35" in refusal("a.srt")


def test_times_that_run_backwards() -> None:
    swapped = CUE.format(7, 9, "We open") + CUE.format(2, 4, "the doors.")
    assert refusal(swapped) == (
        "The times of the text given run backwards: cue 1 (00:00:07.000 --> 00:00:09.000) stands before cue 2 "
        "(00:00:02.000 --> 00:00:04.000). Put the cues into order, or give one talk a file."
    )
    assert refusal(CUE.format(9, 2, "Hello.")).startswith("Cue 1 of the text given ends before it begins (00:00:09")
    assert "the line '[0:09] We' stands before '[0:02] open.'" in refusal("[0:09] We\n[0:02] open.")


def test_small_steps_back_and_overlaps_are_what_automatic_captions_have() -> None:
    cues = CUE.format(3, 9, "We open") + CUE.format(2, 4, "the") + CUE.format(2, 1, "doors.")
    assert Transcript.of(cues).text == "We open the doors."
