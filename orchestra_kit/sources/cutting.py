"""Cutting a text into passages: at headings and blank lines, and long paragraphs at sentence ends.

A heading is not part of a passage's text, where it would read like half a sentence; it is carried along as context and
its words count when passages are looked for. The front matter between two lines `---` is about the note, so it is left
out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WORDS_A_PASSAGE = 120
CHARACTERS_A_PASSAGE = 1_500  # for texts without spaces

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
UNDERLINE = re.compile(r"([=~^\"-])\1{2,}[ \t]*$")  # a line of dashes under a line of text makes that line a heading
FENCE = re.compile(r" {0,3}(```|~~~)")
NEW_LINE = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|\||>)\s")  # list items, table rows and quotes keep their own line
SENTENCE_END = re.compile(  # the white space after a sentence, whose end may be followed by a closing mark
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]]))\s+(?=[\"'“‘(\[]?[A-Z0-9])"
)


class Piece(NamedTuple):
    """One passage of a text, and the headings it stands under, the nearest last."""

    text: str
    heading: str


def cut(text: str) -> tuple[str, list[Piece]]:
    """The title of a text ("" if it has none) and its passages.

    >>> cut("# Cats\\n\\nCats sleep.\\n\\n## Food\\n\\nCats eat\\nfish.")
    ('Cats', [Piece(text='Cats sleep.', heading='Cats'), Piece(text='Cats eat fish.', heading='Cats > Food')])
    """
    title = ""
    if front := FRONT_MATTER.match(text):
        text = text[front.end() :]
        title = found.group(1) if (found := FRONT_TITLE.search(front.group(1) or "")) else ""
    pieces: list[Piece] = []
    headings: dict[int, str] = {}  # level -> heading
    paragraph: list[str] = []
    fenced = False

    def close_paragraph() -> None:
        pieces.extend(Piece(part, " > ".join(headings.values())) for part in short_enough("\n".join(paragraph)))
        paragraph.clear()

    def open_section(level: int, heading: str) -> None:
        nonlocal title
        title = title or (heading if level == 1 else "")
        for deeper in [known for known in headings if known >= level]:
            del headings[deeper]
        headings[level] = heading

    for line in text.split("\n"):
        if fence := FENCE.match(line):
            fenced = not fenced
        if fence or fenced:
            paragraph.append(line)
        elif heading := HEADING.match(line):
            close_paragraph()
            open_section(len(heading.group(1)), heading.group(2))
        elif UNDERLINE.match(line) and len(paragraph) == 1:
            heading_line = paragraph.pop().strip()
            open_section(1 if line.startswith("=") else 2, heading_line)
        elif not line.strip() or UNDERLINE.match(line):
            close_paragraph()
        elif paragraph and not NEW_LINE.match(line) and not FENCE.match(paragraph[-1]):
            paragraph[-1] = f"{paragraph[-1].rstrip()} {line.strip()}"
        else:
            paragraph.append(line.rstrip())
    close_paragraph()
    return title, pieces


def short_enough(paragraph: str) -> list[str]:
    """The paragraph in parts of about WORDS_A_PASSAGE words, cut at line and sentence ends where there are any."""
    parts: list[str] = []
    room = 0
    for line in paragraph.split("\n"):
        sentences = [part for sentence in SENTENCE_END.split(line) for part in hard_cut(sentence)]
        for number, sentence in enumerate(sentences):
            words = len(sentence.split())
            if not parts or words > room or len(parts[-1]) + len(sentence) > CHARACTERS_A_PASSAGE:
                parts.append(sentence)
                room = WORDS_A_PASSAGE
            else:
                parts[-1] += (" " if number else "\n") + sentence
            room -= words
    return [part.strip() for part in parts if part.strip()]


def hard_cut(sentence: str) -> list[str]:
    """A sentence as it is, or cut into pieces if it is longer than a whole passage may be."""
    words = sentence.split(" ")
    if len(words) <= WORDS_A_PASSAGE and len(sentence) <= CHARACTERS_A_PASSAGE:
        return [sentence]
    groups = [" ".join(words[start : start + WORDS_A_PASSAGE]) for start in range(0, len(words), WORDS_A_PASSAGE)]
    size = CHARACTERS_A_PASSAGE
    return [group[start : start + size] for group in groups for start in range(0, len(group), size)]
