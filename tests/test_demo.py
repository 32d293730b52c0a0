"""The main job in a terminal, on notes that nobody prepared, and on input that cannot be read."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import pytest
from captions import as_rolling_vtt

from orchestra_kit.cli import main
from orchestra_kit.errors import OrchestraError
from orchestra_kit.files import write_together
from orchestra_kit.scenarios import PATTERNS, scenario
from orchestra_kit.scenarios.check import quality
from orchestra_kit.sources import Sources

PLACES = ["Aldham", "Brill", "Corley", "Denham", "Elmley", "Fordham", "Girton", "Histon"]
THINGS = [
    "The library in {place} lent {n} books in {year}.",
    "The swimming pool in {place} cost {n} pounds to repair.",
    "In {place}, {p}% of the households own a bicycle, the county council says.",
    "The bus to {place} was late on {n} days of {year}.",
    "The county council counted {n} visitors at the market in {place}.",
]
AROUND = [
    "People in {place} talk about little else at the weekly market.",
    "The parish newsletter of {place} has carried the story on its front page since spring.",
    "A volunteer from {place} keeps the records by hand and checks them twice.",
]


def notes(folder: Path, seed: int) -> Path:
    """A folder of fresh notes: eight villages, two figures each, some talk around them."""
    draw = random.Random(seed)
    folder.mkdir()
    for place in draw.sample(PLACES, len(PLACES)):
        facts = [
            text.format(place=place, n=f"{draw.randint(1_100, 99_000):,}", p=draw.randint(11, 89), year=2024)
            for text in draw.sample(THINGS, 2)
        ]
        talk = [text.format(place=place) for text in draw.sample(AROUND, 2)]
        (folder / f"{place.lower()}.md").write_text(
            f"# Life in {place}\n\n{facts[0]} {talk[0]}\n\n{talk[1]} {facts[1]}\n"
        )
    return folder


def orchestra_kit(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Type a command; its exit code."""
    monkeypatch.setattr(sys, "argv", ["orchestra-kit", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", io.StringIO())  # nobody sits at this terminal
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_all_patterns_run_on_a_folder_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = notes(tmp_path / "villages", seed=5)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    out = tmp_path / "out"
    code = orchestra_kit(monkeypatch, "demo", "content_pipeline", "--input", folder, "--pattern", "all", "--out", out)
    printed = capsys.readouterr().out
    assert code == 0
    assert "photo.jpg is not a note and was left out" in printed
    rows = [line.split() for line in printed.partition("What each pattern cost")[2].splitlines()]
    assert [row[0] for row in rows if len(row) == 8] == [*PATTERNS]
    assert sorted(path.stem for path in out.glob("*.md")) == sorted(PATTERNS)
    assert {path.name for path in out.glob("*.png")} == {
        "comparison.png",
        *(f"{name}-timeline.png" for name in PATTERNS),
    }
    own = Sources.of(folder)
    task = scenario("content_pipeline", sources=own)
    for path in out.glob("*.md"):
        checks = {check.name: check for check in task.check(path.read_text())}
        assert checks["facts correct"].value == 1.0, (path.stem, checks["facts correct"])
        assert checks["metadata"].passed, (path.stem, checks["metadata"])
        assert quality(checks.values()) > 0.8, (path.stem, checks)


def test_nothing_that_belongs_to_the_bundled_notes_gets_into_ones_own_article(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = notes(tmp_path / "villages", seed=9)
    assert orchestra_kit(monkeypatch, "demo", "--input", folder, "--out", tmp_path / "out") == 0
    article = (tmp_path / "out" / "sequential.md").read_text().lower()
    assert "agent" not in article
    assert "anthropic" not in article


def empty(path: Path) -> None:
    path.mkdir()


def binary(path: Path) -> None:
    path.mkdir()
    (path / "note.md").write_bytes(bytes(range(256)) * 20)


def huge(path: Path) -> None:
    path.mkdir()
    with (path / "note.md").open("wb") as file:
        file.truncate(50_000_000)


def mis_encoded(path: Path) -> None:
    path.mkdir()
    (path / "note.md").write_bytes("Das Café öffnet um acht Uhr.".encode("latin-1"))


@pytest.mark.parametrize(
    "make",
    [empty, binary, huge, mis_encoded, lambda _: None],
    ids=["empty", "binary", "huge", "mis-encoded", "missing"],
)
def test_bad_input_is_one_clear_sentence_and_writes_nothing(
    make: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    assert callable(make)
    make(folder)
    assert orchestra_kit(monkeypatch, "demo", "--input", folder, "--out", tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert said.startswith("✕ ")
    assert said.strip().count("\n") == 0
    assert "Traceback" not in said
    assert str(tmp_path) in said
    assert not (tmp_path / "out").exists()


TALK = (
    "Welcome everybody and thank you for coming. The Aldham boat club was founded in 1987 with 12 members. Last year "
    "340 people learned to row with us, and 61 percent of them came back. A new boat costs 4,200 pounds, Ruth Abara "
    "told the town council in May. We decided to open the boathouse on Sundays from April. The town council gives us a "
    "grant of 9,000 pounds a year. Nobody drowned in all that time, and we intend to keep it so."
)


def test_a_talk_is_published_on_every_platform_by_every_pattern(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "boats.vtt").write_text(as_rolling_vtt(TALK))
    out = tmp_path / "out"
    words = ("demo", "waterfall", "--input", tmp_path / "boats.vtt", "--pattern", "all", "--out", out)
    assert orchestra_kit(monkeypatch, *words) == 0
    printed = capsys.readouterr().out
    assert "repeated lines of rolling captions" in printed
    for pattern in PATTERNS:
        assert {path.stem for path in (out / pattern).iterdir()} == set(
            "blog newsletter linkedin bluesky community".split()
        )
        assert f"Published to {out / pattern}" in printed
        assert "340 people learned to row" in (out / pattern / "blog.md").read_text()


def no_words(path: Path) -> None:
    path.write_text("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n[Music]\n")


def backwards(path: Path) -> None:
    cue = "00:{}:00.000 --> 00:{}:04.000\nThe club has 12 members.\n\n"
    path.write_text("WEBVTT\n\n" + cue.format("09", "09") + cue.format("02", "02"))


@pytest.mark.parametrize("make", [no_words, backwards, Path.touch, Path.mkdir, lambda _: None])
def test_a_bad_talk_is_one_clear_sentence_and_writes_nothing(
    make: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    talk = tmp_path / "talk.vtt"
    assert callable(make)
    make(talk)
    assert orchestra_kit(monkeypatch, "demo", "waterfall", "--input", talk, "--out", tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert said.startswith("✕ ")
    assert said.strip().count("\n") == 0
    assert str(talk) in said
    assert not (tmp_path / "out").exists()


def test_a_generated_task_runs_too_and_takes_no_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert orchestra_kit(monkeypatch, "demo", "short_talk", "--seed", "7", "--out", out) == 0
    first = (out / "sequential.md").read_text()
    assert orchestra_kit(monkeypatch, "demo", "short_talk", "--seed", "8", "--out", out, "--overwrite") == 0
    assert (out / "sequential.md").read_text() != first
    assert "Arranged: A talk of about 1,000 tokens" in capsys.readouterr().out
    assert orchestra_kit(monkeypatch, "demo", "short_talk", "--input", tmp_path) == 1
    assert "makes its own texts" in capsys.readouterr().err


def test_what_stands_in_a_folder_is_replaced_only_if_one_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The publisher may leave a platform out, and then removes what it published before: never a learner's own file."""
    mine = tmp_path / "fan_out" / "blog.md"
    mine.parent.mkdir()
    mine.write_text("mine")
    words = ("demo", "waterfall", "--pattern", "fan_out", "--out", tmp_path)
    assert orchestra_kit(monkeypatch, *words) == 1
    assert orchestra_kit(monkeypatch, "compare", "short_talk", "--runs", 1, "--out", tmp_path) == 1
    assert capsys.readouterr().err.count("is not empty, and nothing in it is to be lost") == 2
    assert mine.read_text() == "mine"
    assert orchestra_kit(monkeypatch, *words, "--overwrite") == 0
    assert mine.read_text() != "mine"


def test_nothing_that_is_read_can_move_the_cursor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "talk.md").write_text(f"# A \x1b[2Jtitle\x07\n\n{TALK}")
    out = tmp_path / "out"
    assert orchestra_kit(monkeypatch, "demo", "waterfall", "--input", tmp_path / "talk.md", "--out", out) == 0
    assert orchestra_kit(monkeypatch, "demo", "--about", "x\x1b[2Jy") == 0
    assert "\x1b[2J" not in capsys.readouterr().out
    assert not any(b"\x1b" in path.read_bytes() for path in out.rglob("*.md"))


def test_unknown_names_are_answered_with_the_known_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert orchestra_kit(monkeypatch, "demo", "nothing") == 1
    assert orchestra_kit(monkeypatch, "demo", "--pattern", "heap") == 1
    (tmp_path / "file").write_text("")
    assert orchestra_kit(monkeypatch, "demo", "--out", tmp_path / "file") == 1
    said = capsys.readouterr().err
    assert "There is: content_pipeline" in said
    assert "There are: single, sequential, fan_out, hierarchical, competitive, or all" in said
    assert "is a file" in said


def test_files_appear_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert write_together(tmp_path / "new" / "out", {"a.md": "A", "b.md": "B"}) == ["a.md", "b.md"]
    out = tmp_path / "new" / "out"
    (out / "mine.md").write_text("kept")
    write_together(out, {"a.md": "A2"})
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a.md": "A2", "b.md": "B", "mine.md": "kept"}

    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "b.md":
            raise OSError(28, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OrchestraError, match="cannot be written: No space left on device"):
        write_together(out, {"a.md": "A3", "b.md": "B3"})
    assert (out / "a.md").read_text() == "A2"
    assert not list(out.parent.glob(".out-*"))
