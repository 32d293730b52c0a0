"""Finding out what was given as a talk, and reading it into lines: a file, the address of a video, or a text."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import BadSources
from ..sources.files import empty, kind_of, locate, no_ordinary_file, places, read, size_of
from ..sources.library import CLEARLY_TEXT, readable
from .captions import lines_of, looks_like_captions, read_cues
from .parts import Line, count
from .places import with_places
from .prose import read_prose
from .rolling import unrolled
from .video import fetch_captions, is_address, video_in

SUFFIXES = (".vtt", ".srt", ".txt", ".md", ".markdown")
KINDS = ".vtt, .srt, .txt or .md"
SOUND = frozenset(".mp4 .m4v .mov .mkv .webm .avi .mp3 .m4a .wav .ogg .opus .flac .aac".split())
DOCUMENTS = frozenset(".docx .doc .odt .rtf .pdf .pages .html .htm .epub".split())
WORDS_OF_A_PATH = 20  # nobody's file has a longer name
WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
# What download programs add to a title: " [dQw4w9WgXcQ]", ".en", ".en-orig", ".de-CH"
ADDED = re.compile(r"(?: ?\[[\w-]{11}\])?(?:\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?$")


def read_talk(given: str | Path) -> tuple[str, str, list[Line], list[str]]:
    """Its title, what to call it in an error, its lines in order, and what was taken out of it."""
    if isinstance(given, str) and is_address(given):
        video = video_in(given)
        return f"Video {video}", given.strip(), *without_repetitions(fetch_captions(video, given.strip()))
    if not isinstance(given, str | Path):
        raise BadSources(f"A talk is a file ({KINDS}), the address of a video or a text, not {given!r}.")
    path = None if isinstance(given, str) and ("\n" in given or not given.strip()) else locate(given)
    if path is not None:
        text = read_file(path)
        title, lines, cleaned = read_text(text, str(path), path.suffix.lower() in (".vtt", ".srt"))
        return title or readable(ADDED.sub("", path.stem) or path.stem), str(path), lines, cleaned
    if isinstance(given, str) and (CLEARLY_TEXT.search(given) or len(given.split()) > WORDS_OF_A_PATH):
        title, lines, cleaned = read_text(given, "the text given", False)
        return title or "Text given", "the text given", lines, cleaned
    if not str(given).strip():
        raise BadSources(f"An empty text is no talk. Give a file ({KINDS}), the address of a video, or the words.")
    looked = " and ".join(str(place) for place in places(given))
    raise BadSources(
        f"No talk is called {str(given)!r}: looked for {looked}. Give a file that is there ({KINDS}); "
        "if you meant a text, end its sentences with a full stop."
    )


def read_file(path: Path) -> str:
    """The text of a file that may hold a talk. BadSources for any other."""
    kind, suffix = kind_of(path), path.suffix.lower()
    if kind == "folder":
        raise BadSources(f"{path} is a folder, and a talk is one file. Give the file, ending in {KINDS}.")
    if kind != "file":
        raise BadSources(no_ordinary_file(path))
    if suffix in SOUND:
        raise BadSources(
            f"{path} is sound or film, and nobody here listens to it. Export its captions as .vtt or .srt, "
            "or have it transcribed, and give that file."
        )
    if suffix in DOCUMENTS:
        raise BadSources(f"{path} cannot be read. Open it, save it as plain text ending in .txt, and give that file.")
    if suffix not in SUFFIXES:
        raise BadSources(f"{path} is not a kind of file that can be read as a talk. Save it ending in {KINDS}.")
    if not size_of(path):
        raise BadSources(empty(path))
    return read(path)


def read_text(text: str, name: str, captions: bool) -> tuple[str, list[Line], list[str]]:
    """The title, the lines and what was taken out of captions or prose, whatever the file is called."""
    if WEB_PAGE.match(text):
        raise BadSources(
            f"{name} is a web page, not a talk. Download the captions themselves, not the page that shows them, "
            "or copy its text into a .txt file."
        )
    if captions or looks_like_captions(text):
        title, cues = read_cues(text, name)
        return title, *without_repetitions(lines_of(cues))
    title, lines, headings = read_prose(text)
    lines, times = with_places(lines, name)
    return title, lines, [headings, times]


def without_repetitions(cues: list[list[Line]]) -> tuple[list[Line], list[str]]:
    lines, repeated = unrolled(cues)
    return lines, [count(repeated, "repeated line") + " of rolling captions"] * bool(repeated)
