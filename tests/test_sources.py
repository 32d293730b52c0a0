"""What a specialist may look things up in: which files are read, how they are cut, what is found, what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestra_kit.errors import BadSources
from orchestra_kit.sources import Passage, Sources
from orchestra_kit.sources import files as reading_files
from orchestra_kit.sources.cutting import CHARACTERS_A_PASSAGE, WORDS_A_PASSAGE, cut

CATS = "Cats sleep 13 hours a day."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(given: object) -> str:
    with pytest.raises(BadSources) as caught:
        Sources.of(given)
    return str(caught.value)


# what counts as a text, a file, a folder


@pytest.mark.parametrize("text", [CATS, "Purr.", "Cats sleep\nand purr", "“Cats purr!” she said", "Do cats purr? yes"])
def test_a_text_is_told_by_a_line_break_or_a_sentence_end(text: str) -> None:
    assert Sources.of(text).passages == (Passage("Text given", " ".join(text.split())),)


def test_a_path_is_tried_from_the_working_folder_then_in_the_bundled_data(here: Path) -> None:
    assert "What an orchestrator agent is" in {passage.source for passage in Sources.of("orchestration").passages}
    (here / "orchestration").mkdir()
    (here / "orchestration" / "cats.txt").write_text(CATS)
    assert Sources.of("orchestration").passages == (Passage("Cats", CATS),)


def test_an_existing_file_wins_over_a_text_of_that_name(here: Path) -> None:
    (here / "Is it. Really.txt").write_text(CATS)
    assert Sources.of("Is it. Really.txt").passages[0].text == CATS


def test_neither_path_nor_text_says_where_it_looked_and_how_to_give_a_text(here: Path) -> None:
    sentence = refusal("catz and dogs")
    assert f"looked for {here / 'catz and dogs'} and " in sentence
    assert "data/catz and dogs" in sentence
    assert "end its sentences with a full stop" in sentence
    assert refusal(here / "nope.md").count("nope.md") == 2  # named, and one place: the path is absolute


@pytest.mark.parametrize("nothing", ["", "  \n ", [], ["\n"], "# Only a heading\n"])
def test_no_text_at_all_is_refused(nothing: object) -> None:
    assert refusal(nothing).endswith("no text in these sources. Give a folder, a file, or a text such as 'Cats purr.'")


@pytest.mark.parametrize("wrong", [42, None, b"cats", {"cats": 1}])
def test_something_else_is_refused(wrong: object) -> None:
    assert refusal(wrong) == f"Sources are a folder, a file, a text, or a list of these, not {wrong!r}."


def test_a_list_is_read_in_order_and_labels_are_unique(here: Path) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "cats.md").write_text(f"# [All] about\tcats\n\nNote {folder}.")
    birds = Sources.of("# Text given\n\nBirds.")
    sources = Sources.of(["b", CATS, "a/cats.md", "Dogs bark.", Path("b/cats.md"), birds])
    assert [(passage.source, passage.text) for passage in sources.passages] == [
        ("(All) about cats", "Note b."),
        ("Text given", CATS),
        ("(All) about cats (cats.md)", "Note a."),
        ("Text given (2)", "Dogs bark."),
        ("Text given (3)", "Birds."),
    ]
    assert [file.name for file in sources.files] == ["cats.md", "cats.md"]


# what is read


def test_a_folder_is_read_by_name_and_nothing_is_dropped_silently(here: Path) -> None:
    (here / "deep").mkdir()
    (here / "deep" / "z.rst").write_text("Zebras\n======\n\nZebras run.")
    for name in ("b_side.TXT", "a.markdown", "photo.png", "t.csv", ".x.md"):
        (here / name).write_text(f"{name[0].upper()}.")
    (here / "empty.md").touch()
    (here / "bare.md").write_text("# Nothing below")
    sources = Sources.of(here)
    assert [(passage.source, passage.text) for passage in sources.passages] == [
        ("A", "A."), ("B side", "B."), ("Zebras", "Zebras run.")
    ]  # fmt: skip
    assert set(sources.skipped) == {"photo.png", "t.csv", "empty.md (empty)", "bare.md (no text below its headings)"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read_and_line_ends_do_not_matter(here: Path, encoding: str) -> None:
    (here / "a.txt").write_bytes("Çà va.\r\nBien.\r\n\r\nFin.".encode(encoding))
    assert [passage.text for passage in Sources.of("a.txt").passages] == ["Çà va. Bien.", "Fin."]


def test_headings_are_context_front_matter_is_left_out_and_code_stays_whole() -> None:
    front, code = "---\nby:\n- me\n---\n", "```\n# no heading\n\nx\n```"
    note = f"{front}# T\n\nOne.\n\n## S #\n- a\n- b\n  more\n\n{code}\n\nSub\n===\nTwo."
    assert cut(note) == ("T", [
        ("One.", "T"), ("- a\n- b more", "T > S"), (code, "T > S"), ("Two.", "Sub")
    ])  # fmt: skip


def test_long_paragraphs_are_cut_at_sentence_ends_and_lose_no_word() -> None:
    text = " ".join(f"Sentence {number} has five words." for number in range(100))
    parts = [piece.text for piece in cut(text)[1]]
    assert " ".join(parts) == text
    assert all(part.endswith(".") and len(part.split()) <= WORDS_A_PASSAGE for part in parts)
    assert max(len(piece.text) for piece in cut("x" * 10_000)[1]) == CHARACTERS_A_PASSAGE
    endless = "x" * 10_000 + " " + "word " * 1_000
    assert "".join("".join(piece.text.split()) for piece in cut(endless)[1]) == "".join(endless.split())


# what is refused, and how


def test_sizes_are_refused_without_reading(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    with (here / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert refusal("big.txt") == (
        f"{here / 'big.txt'} has 50.0 MB, and a file may have at most 5.0 MB. "
        "Split it, or give the chapter that matters for this task."
    )
    (here / "many").mkdir()
    for number in range(5):
        with (here / "many" / f"{number}.txt").open("wb") as file:
            file.truncate(4_500_000)
    assert "have 22.5 MB in all, and at most 20.0 MB can be read. Give the folder or the files" in refusal("many")


@pytest.mark.parametrize("data", [b"\x89PNG\0\1", b"a\0b", b"\1\2\3\4 text", "\x00".encode("utf-16")])
def test_binary_content_is_refused(here: Path, data: bytes) -> None:
    (here / "a.txt").write_bytes(data)
    assert refusal("a.txt").endswith("binary data, not like text. Export it as a .txt file.")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_another_encoding_is_refused_with_the_place_and_the_way_out(here: Path, mark: bytes) -> None:
    (here / "a.txt").write_bytes(mark + b"caf\xe9 noir")
    sentence = refusal("a.txt")
    assert f"a.txt is not UTF-8 text: the byte 0xe9 at offset {len(mark) + 3} does not fit." in sentence
    assert sentence.endswith('or run: iconv -f WINDOWS-1252 -t UTF-8 "a.txt" > "new a.txt"')


def test_empty_and_unknown_files_and_empty_folders_are_refused(here: Path) -> None:
    (here / "a.txt").touch()
    assert refusal("a.txt") == f"The file {here / 'a.txt'} is empty. Write something into it, or leave it out."
    (here / "a.docx").write_text("x")
    assert refusal("a.docx").endswith("Save it as plain text, ending in .md, .markdown, .rst or .txt.")
    os.mkfifo(here / "pipe.txt")
    assert "neither a folder nor an ordinary file" in refusal("pipe.txt")
    (here / "folder").mkdir()
    (here / "folder" / "a.docx").touch()
    assert "folder holds no notes (a.docx cannot be read as notes). Put files" in refusal("folder")


def test_links_that_lead_nowhere_or_back_are_refused(here: Path) -> None:
    (here / "loop.md").symlink_to("loop.md")
    assert refusal("loop.md").endswith("is a link that leads nowhere or round in a circle. Remove the link.")
    (here / "loop.md").unlink()
    (here / "notes").mkdir()
    (here / "notes" / "again").symlink_to(here / "notes")
    assert refusal("notes").endswith(f"leads back to {here / 'notes'}, which holds it. Remove the link.")


@pytest.mark.parametrize("method", ["iterdir", "read_bytes"])
def test_what_may_not_be_opened_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    def denied(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (here / "a.md").write_text(CATS)
    monkeypatch.setattr(Path, method, denied)
    assert "cannot be opened: permission denied. Ask for the right to read it, or copy it" in refusal(".")


# what is found


def test_the_passage_with_the_rare_word_is_found_and_prose_reads_on() -> None:
    sources = Sources.of([*[f"Cats number {number}." for number in range(30)], "There is one ocelot.", "Cats."])
    assert [passage.text for passage in sources.search("Which cats are ocelots?", 1)] == ["There is one ocelot."]
    found = [sources.passages.index(passage) for passage in sources.search("ocelots", 5)]
    assert found == [0, 1, 2, 3, 30]  # the others share no word: the first of them fill up, all in document order


def test_a_title_counts_for_each_passage_below_it() -> None:
    sources = Sources.of(["# Birds\n\nThey sing.", "# Ocelots\n\nThey sleep.\n\nThey eat."])
    assert [passage.text for passage in sources.search("ocelot", 2)] == ["They sleep.", "They eat."]


def test_a_limit_below_one_is_a_mistake_and_one_above_all_is_none() -> None:
    assert Sources().search("cats", 3) == ()
    with pytest.raises(ValueError, match="limit should be at least 1, not 0"):
        Sources.of(CATS).search("cats", 0)


passages = st.lists(st.text("abc .1", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=12)


@given(passages, st.text("abc 1"), st.integers(1, 15))
def test_search_keeps_its_promises_on_any_text(texts: list[str], question: str, limit: int) -> None:
    sources = Sources(tuple(Passage(str(number), text) for number, text in enumerate(texts)))
    found = sources.search(question, limit)
    assert found == Sources(sources.passages).search(question, limit)
    assert len(found) == min(limit, len(texts))
    numbers = [int(passage.source) for passage in found]
    assert numbers == sorted(set(numbers))


def test_search_is_the_same_in_every_process() -> None:
    ask = "from orchestra_kit.sources import Sources as S; print(S.of('orchestration').search('the cost of review', 9))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", ask], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(answers) == 1


def test_the_limits_are_the_documented_ones() -> None:
    assert (reading_files.MAX_FILE_BYTES, reading_files.MAX_FOLDER_BYTES) == (5_000_000, 20_000_000)
