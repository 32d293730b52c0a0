"""What a specialist may look things up in, and finding the passages that matter.

    Sources.of("orchestration")                     a folder or a file: in the working folder, else in the bundled data
    Sources.of("Cats sleep 13 hours a day.")        a text
    Sources.of(["orchestration", Path("cats.md")])  several of these

A str is a path if something of that name exists. Otherwise it is a text if it has a line break or a
sentence end: a word with . ! ? or … after it, and then a space or nothing. Anything else is most likely a mistyped
path, and BadSources says where it was looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import BadSources
from .cutting import Piece, cut
from .files import find, locate, places, read
from .ranking import Bm25

CLEARLY_TEXT = re.compile(r"\n|[^\W_][.!?…]+[\"'”’)]*(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of somebody's notes. `source` is the title of the note, `heading` where in it the passage stands."""

    source: str
    text: str
    heading: str = ""


class Document(NamedTuple):
    """One note, before all notes of the sources are given labels that tell them apart."""

    title: str
    file: Path | None
    pieces: list[Piece]


@dataclass(frozen=True, slots=True, repr=False)
class Sources:
    """Passages to look things up in, in the order in which they were given.

    files     the files that were read
    skipped   names of files in the given folders that are not notes (pictures, tables, empty files), so that nobody
              believes they were read
    """

    passages: tuple[Passage, ...] = ()
    files: tuple[Path, ...] = ()
    skipped: tuple[str, ...] = ()
    _ranking: list[Bm25] = field(default_factory=list, init=False, compare=False)  # empty until the first search

    @classmethod
    def of(cls, given: Any) -> Sources:
        """Sources from a folder, a file, a text, other Sources, or a list of these; BadSources says what is wrong."""
        if isinstance(given, Sources):
            return given
        skipped: list[str] = []
        documents = list(documents_of(given, skipped))
        if not any(document.pieces for document in documents):
            raise BadSources("There is no text in these sources. Give a folder, a file, or a text such as 'Cats purr.'")
        files = tuple(dict.fromkeys(document.file for document in documents if document.file and document.pieces))
        return cls(tuple(labelled(documents)), files, tuple(skipped))

    def search(self, question: str, limit: int) -> tuple[Passage, ...]:
        """The `limit` passages that fit the question best, in the order of the documents, so that prose reads on.

        Passages are ranked by BM25. Headings count as words of each passage below them. A passage that shares no word
        with the question is taken only when no better one is left.

        >>> Sources.of(["Cats sleep.", "Dogs bark.", "Cats purr."]).search("What do cats do?", 2)[1].text
        'Cats purr.'
        """
        if limit < 1:
            raise ValueError(f"limit should be at least 1, not {limit}")
        if len(self.passages) <= limit:
            return self.passages
        if not self._ranking:
            self._ranking.append(Bm25(f"{each.heading or each.source} {each.text}" for each in self.passages))
        scores = self._ranking[0].scores(question)
        best = sorted(range(len(scores)), key=lambda number: (-scores[number], number))[:limit]
        return tuple(self.passages[number] for number in sorted(best))

    def __repr__(self) -> str:
        return f"Sources({len(self.passages)} passages from {len({passage.source for passage in self.passages})} notes)"


def documents_of(given: Any, skipped: list[str]) -> Iterator[Document]:
    """The notes in whatever was given. Names of files that are left out are added to `skipped`."""
    if isinstance(given, Sources):
        for source in dict.fromkeys(passage.source for passage in given.passages):
            mine = [Piece(passage.text, passage.heading) for passage in given.passages if passage.source == source]
            yield Document(source, None, mine)
    elif isinstance(given, (str, Path)):
        path = locate(given) if str(given).strip() and "\n" not in str(given) else None
        if path is not None:
            found = find(path)
            skipped.extend(found.skipped)
            for file in found.files:
                title, pieces = cut(read(file))
                if not pieces:
                    skipped.append(f"{file.name} (no text below its headings)")
                yield Document(title or readable(file.stem), file, pieces)
        elif isinstance(given, str) and (CLEARLY_TEXT.search(given) or not given.strip()):
            title, pieces = cut(given)
            yield Document(title or "Text given", None, pieces)
        else:
            looked = " and ".join(str(place) for place in places(given))
            raise BadSources(
                f"Nothing is called {str(given)!r}: looked for {looked}. Give a folder or file that is there; "
                "if you meant a text, end its sentences with a full stop."
            )
    elif isinstance(given, Iterable) and not isinstance(given, (bytes, Mapping)):
        for part in given:
            yield from documents_of(part, skipped)
    else:
        raise BadSources(f"Sources are a folder, a file, a text, or a list of these, not {given!r}.")


def labelled(documents: list[Document]) -> Iterator[Passage]:
    """The passages of all documents under labels that are unique and read well in a list of sources: the note's
    title, and where two notes share it, the file's name, and a number if need be. A file given twice counts once."""
    taken: set[str] = set()
    read_already: set[Path] = set()
    for title, file, pieces in documents:
        if file is not None and file.resolve() in read_already:
            continue
        plain = " ".join(title.replace("[", "(").replace("]", ")").split())[:100]  # stands in brackets in a prompt
        label = f"{plain} ({file.name})" if plain in taken and file else plain
        number = 2
        while label in taken:
            label, number = f"{plain} ({number})", number + 1
        taken.add(label)
        if file is not None:
            read_already.add(file.resolve())
        yield from (Passage(label, text, heading) for text, heading in pieces)


def readable(stem: str) -> str:
    """A file's name as a title.

    >>> readable("what-agents_cost")
    'What agents cost'
    """
    title = " ".join(re.split(r"[-_\s]+", stem)).strip()
    return title[:1].upper() + title[1:]
