"""From threads to the paragraphs and lists of a page, and which of them open and close it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..figures import key_figures
from .prose import count_words
from .threads import Thread

ROOMY, READABLE = 40, 80  # words of a paragraph on a small screen, and on a page
SHORT = 35  # words: a shorter paragraph is joined to its neighbour if that is short too
LONGEST_CLOSING, SHORTEST_CLOSING = 75, 12  # words
LONGEST_OPENING = 75
LESSON = re.compile(
    r"\b(?:should|must|best|therefore|in short|overall|honest|decide|decision|begin|start|next|remember|worth"
    r"|will|plan|agreed|recommend)\b",
    re.IGNORECASE,
)


def paragraphs(threads: Sequence[Thread], most: int = 0, roomy: bool = False) -> list[str]:
    """The threads as paragraphs, as their sources divide them; short neighbours are joined, and jottings become a list.

    `most` is the largest number of paragraphs; 0 leaves it to the material. `roomy` keeps them short, for a screen.
    """
    parts: list[tuple[bool, str]] = []
    before = -1
    spoken = bool(threads) and all(thread.places for thread in threads)  # nobody speaks in paragraphs
    groups = by_paragraph(threads)
    for group in split_up(groups, ROOMY if roomy else READABLE) if roomy or spoken else groups:
        noted = group[0].noted and len(group) > 1
        text = "\n".join(f"- {thread.text}" for thread in group) if noted else " ".join(thread.text for thread in group)
        short = parts and max(count_words(parts[-1][1]), count_words(text)) < SHORT and group[0].paragraph == before + 1
        before = group[0].paragraph
        if parts and parts[-1][0] == noted and (noted or (short and not roomy)):
            parts[-1] = noted, parts[-1][1] + ("\n" if noted else " ") + text
        else:
            parts.append((noted, text))
    while most and len(parts) > most and (n := _narrowest(parts)) is not None:
        parts[n : n + 2] = [(False, f"{parts[n][1]} {parts[n + 1][1]}")]
    return [text for _, text in parts]


def _narrowest(parts: Sequence[tuple[bool, str]]) -> int | None:
    """Which two neighbouring paragraphs of prose make the shortest one together."""
    pairs = [n for n in range(len(parts) - 1) if not parts[n][0] and not parts[n + 1][0]]
    return min(pairs, key=lambda n: count_words(parts[n][1]) + count_words(parts[n + 1][1]), default=None)


def by_paragraph(threads: Sequence[Thread]) -> Iterator[list[Thread]]:
    """The threads that stand in one paragraph of the material, paragraph by paragraph."""
    group: list[Thread] = []
    for thread in threads:
        if group and group[-1].paragraph != thread.paragraph:
            yield group
            group = []
        group.append(thread)
    if group:
        yield group


def split_up(groups: Iterable[list[Thread]], most: int) -> Iterator[list[Thread]]:
    """Paragraphs in pieces of at most so many words, cut between threads."""
    for group in groups:
        piece: list[Thread] = []
        for thread in group:
            if piece and sum(other.words for other in piece) + thread.words > most:
                yield piece
                piece = []
            piece.append(thread)
        yield piece


def opening_of(threads: Sequence[Thread]) -> list[Thread]:
    """What a text begins with: the first paragraph of its material, as far as an opening may be long."""
    opening: list[Thread] = []
    for thread in next(by_paragraph(threads), []):
        if thread.noted or sum(other.words for other in opening) + thread.words > LONGEST_OPENING:
            break
        opening.append(thread)
    return opening


def closing_of(chosen: Sequence[Thread], found: Sequence[Thread]) -> list[Thread]:
    """What a text ends with: the paragraph without figures that ends one of its sources and draws a lesson or looks
    ahead, of the latest source that has one; nothing if none has."""
    sources = {thread.source for thread in chosen}
    last: dict[str, list[Thread]] = {}
    for group in list(by_paragraph(found))[1:]:
        last[group[0].source] = group
    for source, group in reversed(last.items()):
        text = " ".join(thread.text for thread in group)
        fits = SHORTEST_CLOSING <= count_words(text) <= LONGEST_CLOSING and not any(
            thread.noted or thread.handed for thread in group
        )
        if source in sources and fits and not key_figures(text) and LESSON.search(text):
            return group
    return []
