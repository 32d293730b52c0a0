"""Changing a text only where it must be changed: the sentences of a text in their places, and edits to some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..sentences import FRONT_MATTER, split_sentences

FENCED = re.compile(r"^(?:```|~~~)")
SOURCES_HEADING = re.compile(r"#+\s*(?:sources|references|bibliography|further reading)\b", re.IGNORECASE)
MARKER = re.compile(r"\s*(?:(?:[-*•+]|\d{1,3}[.)]|>)\s+)*")


class Span(NamedTuple):
    """A sentence of a text: where it begins and ends."""

    start: int
    end: int
    text: str


def spans(text: str) -> Iterator[Span]:
    """The sentences of a text, each exactly as it stands there. Left out: headings, tables, code, front matter, and the
    list of sources, which are names and nobody's to edit."""
    fenced = in_sources = False
    front = FRONT_MATTER.match(text)
    offset = front.end() if front else 0
    for block in _blocks(text[offset:]):
        start = offset + block.start()
        first = block.group().lstrip()
        if FENCED.match(first):
            fenced = not fenced
        if first.startswith("#"):
            in_sources = SOURCES_HEADING.match(first) is not None
        if fenced or in_sources or first[:1] in "#|" or FENCED.match(first):
            continue
        at = start + MARKER.match(block.group()).end()  # type: ignore[union-attr]  # the pattern also matches nothing
        for sentence in split_sentences(text[at : start + len(block.group())]):
            found = text.find(sentence, at)
            if found >= 0:
                yield Span(found, found + len(sentence), sentence)
                at = found + len(sentence)


def _blocks(text: str) -> Iterator[re.Match[str]]:
    """Paragraphs, with each list item, heading and row of a table by itself."""
    return re.finditer(r"[^\n]+(?:\n(?!\s*(?:\n|#|\||[-*•+]\s|\d{1,3}[.)]\s|>|```|~~~))[^\n]+)*", text)


def patched(text: str, edits: dict[Span, str]) -> str:
    """The text with some sentences replaced; one replaced by nothing takes its blank or its line along."""
    for span in sorted(edits, reverse=True):
        new = edits[span]
        before, after = text[: span.start], text[span.end :]
        if not new:
            before, after = _closed_up(before, after)
        text = before + new + after
    return text


def _closed_up(before: str, after: str) -> tuple[str, str]:
    line = before.rpartition("\n")[2]
    alone = MARKER.fullmatch(line) is not None and (not after.strip(" \t") or after.lstrip(" \t")[:1] == "\n")
    if alone:
        return before[: len(before) - len(line)].rstrip("\n") + ("\n\n" if after.strip() else ""), after.lstrip()
    if not after.strip(" ") or after.lstrip(" ")[0] == "\n":
        return before.rstrip(" "), after.lstrip(" ")
    return (before, after.lstrip(" ")) if not before or before[-1] in " \n" else (before, after)
