"""Cutting a text into sentences, as a reader would: prose, lists, wrapped lines, transcripts without a full stop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .blocks import blocks
from .speech import LONG, cut_long

ABBREVIATIONS = frozenset(
    """e.g i.e etc dr mr mrs ms prof st vs no nos fig figs al approx ca cf eq ed eds vol pp p sec ch inc ltd co corp jr
    sr jan feb mar apr jun jul aug sep sept oct nov dec est avg dept u.s u.k a.m p.m""".split()
)
# After an abbreviation that may also end a sentence, these words say that it did.
STARTERS = frozenset(
    "the it in a an this these that we they he she but and however for at on as our there if when".split()
)
MAY_END_SENTENCE = frozenset("etc inc ltd co corp jr sr u.s u.k a.m p.m".split())
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*\s+(?=\S)")
LAST_WORD = re.compile(r"([A-Za-z](?:\.[A-Za-z])+|[A-Za-z]+)\.[\"'”’)\]*_]*\s+$")
NUMBERED = re.compile(r"(?:^|[.!?:]\s+)\d{1,2}\.\s+$")  # "1. First. 2. Second.": the number opens a sentence
LIST_NUMBER = re.compile(r"^\d{1,2}\.\s+(?=\D)")
CITED = re.compile(
    r"(?<=[.!?])\s+\((?:[Ss]ource:\s*)?(?P<source>[^()]*[^\W\d_][^()]*)\)\.?$"
)  # "It rose 3 %. (report.md)"
FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
WORD = re.compile(r"\w+")
NEAR = 40  # characters before a place in which to look for what ends there: looking further costs the square of a text
QUOTED = 600  # characters that a quotation or a bracket may have


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: the `[label]` of its passage, the heading above it, the number of its paragraph
    in the text, and how far into the text it begins (0 to 1). In a talk: its place there (`12:34`), and who speaks."""

    text: str
    source: str = ""
    heading: str = ""
    paragraph: int = 0
    position: float = 0.0
    place: str = ""
    speaker: str = ""

    def __str__(self) -> str:
        return self.text


@lru_cache(512)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text and the rows of its tables, with headings, code and rules left out.

    >>> [s.text for s in sentences("It rose 3.5 % (e.g. in Leith). Dr. Roy agreed.\\n\\n- no full stop\\n- two")]
    ['It rose 3.5 % (e.g. in Leith).', 'Dr. Roy agreed.', 'no full stop', 'two']
    """
    found = []
    for block in blocks(text):
        cited = CITED.search(block.text)
        said, source = (block.text[: cited.start()], cited["source"]) if cited else (block.text, block.source)
        pieces = split_sentences(said)
        found += [
            Sentence(
                piece, source, block.heading, block.paragraph, block.start / max(1, len(text)), block.place,
                block.speaker,
            )
            for piece in pieces
        ]  # fmt: skip
    return tuple(found)


@lru_cache(1 << 13)
def split_sentences(text: str) -> tuple[str, ...]:
    """One paragraph as sentences.

    >>> split_sentences("The U.S. market grew. In the U.S. The trend holds, e.g. in Ohio. J. Roy said 3.5! ok")
    ('The U.S. market grew.', 'In the U.S.', 'The trend holds, e.g. in Ohio.', 'J. Roy said 3.5!', 'ok')
    """
    pieces: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if _ends_here(text, match):
            pieces.append(text[start : match.end()].strip())
            start = match.end()
    pieces.append(text[start:].strip())
    cut = [part for piece in pieces for part in (cut_long(piece) if len(piece) > 5 * LONG else (piece,))]
    told = (LIST_NUMBER.sub("", piece) for piece in cut)
    return tuple(piece for piece in told if any(map(str.isalpha, piece)))


def _ends_here(text: str, end: re.Match[str]) -> bool:
    if _inside(text, end.end()):
        return False
    if NUMBERED.search(text, max(0, end.end() - NEAR), end.end()):
        return False
    word = LAST_WORD.search(text, max(0, end.end() - NEAR), end.end()) if end.group()[0] == "." else None
    if word is None:
        return True
    last = word[1].lower()
    following = WORD.match(text, end.end())
    if last in MAY_END_SENTENCE:
        return following is not None and following.group()[0].isupper() and following.group().lower() in STARTERS
    initial = len(last) == 1 and word[1].isupper() and last != "i"
    return last not in ABBREVIATIONS and not initial


def _inside(text: str, place: int) -> bool:
    """Whether a place is inside brackets or somebody's words: what they said in several sentences stays together."""
    for opening, closing in ("()", "“”", '""'):
        opened = text.rfind(opening, max(0, place - QUOTED), place)
        if opened < 0 or text.find(closing, max(place, opened + 1), opened + QUOTED) < 0:
            continue
        if text.count('"', 0, place) % 2 if opening == closing else text.find(closing, opened, place) < 0:
            return True
    return False
