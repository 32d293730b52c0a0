"""Reading notes from disk: which files count, how large they may be, and a clear sentence for each that cannot be read.

Read are Markdown, reStructuredText and plain text in UTF-8 (or UTF-16 with a byte-order mark). Everything else in a
folder is named in `skipped`, never dropped silently; hidden files (`.git`, `.DS_Store`) are not looked at. Tables such
as .csv are not prose, so they are among the skipped.
"""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import BadSources
from ..paths import data_dir

SUFFIXES = (".md", ".markdown", ".rst", ".txt")
KINDS = ".md, .markdown, .rst or .txt"
MAX_FILE_BYTES = 5_000_000  # about 800,000 words: a shelf of books
MAX_FOLDER_BYTES = 20_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
MAX_CONTROL_SHARE = 0.05  # text has next to no control characters beside tabs and line ends


@dataclass(slots=True)
class Found:
    """What a path led to: the files to be read, in order of their names, and those left out."""

    files: list[Path] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    total_bytes: int = 0


def locate(name: str | Path) -> Path | None:
    """The file or folder of this name: in the working folder, else in the bundled data, else None."""
    for place in places(name):
        try:
            place.lstat()  # a link that leads nowhere is there, and `find` says what is wrong with it
            return place
        except (OSError, ValueError):  # not there; or no possible name: too long, with a NUL character
            continue
    return None


def places(name: str | Path) -> tuple[Path, ...]:
    """Where a name is looked for, in this order."""
    path = Path(name)
    if str(path).startswith("~/"):
        path = path.expanduser()
    return tuple(dict.fromkeys((Path.cwd() / path, data_dir() / path)))  # one place only, if the path is absolute


def find(path: Path) -> Found:
    """All notes at `path`, a file or a folder. BadSources if there is nothing to read, or too much."""
    found = Found()
    if kind_of(path) == "folder":
        walk(path, (path.resolve(),), found)
        if not found.files:
            left_out = f" ({', '.join(found.skipped)} cannot be read as notes)" if found.skipped else ""
            raise BadSources(f"The folder {path} holds no notes{left_out}. Put files ending in {KINDS} into it.")
        if found.total_bytes > MAX_FOLDER_BYTES:
            raise BadSources(
                f"The notes in {path} have {megabytes(found.total_bytes)} in all, and at most "
                f"{megabytes(MAX_FOLDER_BYTES)} can be read. Give the folder or the files that matter for this task."
            )
    elif kind_of(path) != "file":
        raise BadSources(no_ordinary_file(path))
    elif path.suffix.lower() not in SUFFIXES:
        raise BadSources(f"{path} is not a kind of file that can be read. Save it as plain text, ending in {KINDS}.")
    elif not size_of(path):
        raise BadSources(empty(path))
    else:
        found.files.append(path)
    return found


def walk(folder: Path, inside: tuple[Path, ...], found: Found) -> None:
    """Collect the notes of a folder and of the folders in it. `inside` are the folders that hold this one."""
    for entry in entries(folder):
        kind = kind_of(entry)
        if kind == "folder":
            target = entry.resolve()
            if target in inside:
                raise BadSources(f"{entry} is a link that leads back to {target}, which holds it. Remove the link.")
            walk(entry, (*inside, target), found)
        elif kind != "file" or entry.suffix.lower() not in SUFFIXES:
            found.skipped.append(entry.name)
        elif not (size := size_of(entry)):
            found.skipped.append(f"{entry.name} (empty)")
        else:
            found.files.append(entry)
            found.total_bytes += size


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, by name, without the hidden files."""
    try:
        return [entry for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]
    except OSError as error:
        raise BadSources(cannot_be_opened(folder, error)) from error


def kind_of(path: Path) -> str:
    """Is it a folder, a file, or something else (a pipe, a device)?"""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink():
            raise BadSources(f"{path} is a link that leads nowhere or round in a circle. Remove the link.") from error
        raise BadSources(cannot_be_opened(path, error)) from error
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "something else"


def size_of(path: Path) -> int:
    """The size in bytes; too large a file is refused here, before any of it is read."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise BadSources(
            f"{path} has {megabytes(size)}, and a file may have at most {megabytes(MAX_FILE_BYTES)}. "
            "Split it, or give the chapter that matters for this task."
        )
    return size


def read(path: Path) -> str:
    """The text of one file, with `\\n` at each line end. BadSources if it is no text in a known encoding."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadSources(cannot_be_opened(path, error)) from error
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    not_text = f"{path} looks like a picture, a program or other binary data, not like text. Export it as a .txt file."
    if encoding == "utf-8-sig" and b"\0" in data:
        raise BadSources(not_text)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        bom = 3 if data.startswith(codecs.BOM_UTF8) else 0  # which Python's decoder takes off before it counts
        offset = error.start + bom
        raise BadSources(
            f"{path} is not {encoding.removesuffix('-sig').upper()} text: the byte 0x{data[offset]:02x} at offset "
            f"{offset} does not fit. Save it as UTF-8 in your editor (Save as … Encoding), or run: "
            f'iconv -f WINDOWS-1252 -t UTF-8 "{path.name}" > "new {path.name}"'
        ) from None
    if len(CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise BadSources(not_text)
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))  # they move a terminal's cursor


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def no_ordinary_file(path: Path) -> str:
    return f"{path} is neither a folder nor an ordinary file. Copy what it holds into a .txt file."


def empty(path: Path) -> str:
    return f"The file {path} is empty. Write something into it, or leave it out."


def cannot_be_opened(path: Path, error: OSError) -> str:
    why = (error.strerror or type(error).__name__).lower()
    return f"{path} cannot be opened: {why}. Ask for the right to read it, or copy it to a place of your own."
