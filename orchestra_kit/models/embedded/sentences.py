"""Cutting a text into sentences, as a reader would: prose, lists, wrapped lines, transcripts without a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .figures import figures

ABBREVIATIONS = frozenset(
    """e.g i.e etc dr mr mrs ms prof st vs no nos fig figs al approx ca cf eq ed eds vol pp p sec ch inc ltd co corp jr
    sr jan feb mar apr jun jul aug sep sept oct nov dec est dept u.s u.k a.m p.m""".split()
)
# After an abbreviation that may also end a sentence, these words say that it did.
STARTERS = frozenset(
    "the it in a an this these that we they he she but and however for at on as our there if when".split()
)
MAY_END_SENTENCE = frozenset("etc inc ltd co corp jr sr u.s u.k a.m p.m".split())

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*\s+(?=\S)")
LAST_WORD = re.compile(r"([A-Za-z](?:\.[A-Za-z])+|[A-Za-z]+)\.[\"'”’)\]*_]*\s+$")

HEADING = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*$")
BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_]{1,80}?):?(?:\*\*|__):?$")
UNDERLINE = re.compile(r"(?:=|-|~|\^|\*|_|\+){3,}$")
LIST_ITEM = re.compile(r"(?:[-*•+–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
NUMBERED = re.compile(r"(?:^|[.!?:]\s+)\d{1,2}\.\s+$")  # "1. First. 2. Second.": the number opens a sentence
LIST_NUMBER = re.compile(r"^\d{1,2}\.\s+(?=\D)")
LABEL = re.compile(r"\[(?P<label>[^\][]*[^\W\d][^\][]*)\][ \t]+(?=\S)|\[(?P<only>[^\][]*[^\W\d][^\][]*)\]$")
TIME_MARK = re.compile(r"(?:\[?\(?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?\)?\]?(?:\s*-->.*)?\s*)")
FIELD = re.compile(r"[A-Z][\w '’/()&-]{0,38}:(?:\s+\S|$)")
LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|<[a-zA-Z/][^<>]*>")
CITED = re.compile(
    r"(?<=[.!?])\s+\((?:[Ss]ource:\s*)?(?P<source>[^()]*[^\W\d_][^()]*)\)\.?$"
)  # "It rose 3 %. (report.md)"
FENCE = re.compile(r"(?:```|~~~)")
SPOKEN_CUE = re.compile(
    r"(?:um|uh|okay|ok|so|anyway|and then|right|you know|now|well|but|and|because)\b", re.IGNORECASE
)

LONG = 45  # words without a full stop: more than any writer means, so it was spoken
PIECE = 24  # words of a piece of such a stretch


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: the `[label]` of its passage, the heading above it, the number of its paragraph
    in the text, and how far into the text it begins (0 to 1)."""

    text: str
    source: str = ""
    heading: str = ""
    paragraph: int = 0
    position: float = 0.0

    def __str__(self) -> str:
        return self.text


@lru_cache(512)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, with headings, tables, code and rules left out.

    >>> [s.text for s in sentences("It rose 3.5 % (e.g. in Leith). Dr. Roy agreed.\\n\\n- no full stop\\n- two")]
    ['It rose 3.5 % (e.g. in Leith).', 'Dr. Roy agreed.', 'no full stop', 'two']
    """
    found = []
    for block in _blocks(text):
        cited = CITED.search(block.text)
        said, source = (block.text[: cited.start()], cited["source"]) if cited else (block.text, block.source)
        pieces = split_sentences(said)
        found += [
            Sentence(piece, source, block.heading, block.paragraph, block.start / max(1, len(text))) for piece in pieces
        ]
    return tuple(found)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a paragraph, or one item of a list."""

    text: str
    source: str
    heading: str
    paragraph: int
    start: int


def _blocks(text: str) -> Iterator[_Block]:
    source = heading = ""
    paragraph, offset, fenced, last_length = 0, 0, False, 0
    block: _Block | None = None
    for raw in text.split("\n"):
        line, start = raw.strip(), offset
        offset += len(raw) + 1
        if FENCE.match(line):
            fenced = not fenced
        if fenced or FENCE.match(line) or not line or line[0] == "|" or UNDERLINE.match(line):
            if line and block and UNDERLINE.match(line) and line[0] in "=-~^" and len(block.text) < 80 and last_length:
                heading, block = block.text, None  # the line above an underline was a heading
            if block:
                yield block
            block, last_length = None, 0
            paragraph += not line
            continue
        title = HEADING.match(line) or BOLD_LINE.match(line)
        item = LIST_ITEM.match(line)
        line = line[item.end() :] if item else line
        label = LABEL.match(line)
        if label:
            source, line = label["label"] or label["only"], line[label.end() :]
        timed = TIME_MARK.match(line)
        line = line[timed.end() :] if timed else line
        begins_anew = bool(title or item or label or FIELD.match(line))
        if block and (begins_anew or (last_length < 40 and not line[:1].islower())):
            yield block
            block = None
        if title:
            heading, last_length = tidy(title["text"]), 0
        elif line and block:
            block.text += " " + tidy(line)
        elif line:
            block = _Block(tidy(line), source, heading, paragraph, start)
        last_length = 0 if title else len(raw.strip())
    if block:
        yield block


@lru_cache(1 << 15)
def tidy(line: str) -> str:
    """A line without the marks of Markdown."""
    return EMPHASIS.sub("", LINK.sub(r"\1", line)) if set("[*_`<") & set(line) else line


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
    if NUMBERED.search(text, 0, end.end()):
        return False
    word = LAST_WORD.search(text, max(0, end.start() - 20), end.end()) if end.group()[0] == "." else None
    if word is None:
        return True
    last = word[1].lower()
    following = re.match(r"\w+", text[end.end() :])
    if last in MAY_END_SENTENCE:
        return following is not None and following.group()[0].isupper() and following.group().lower() in STARTERS
    initial = len(last) == 1 and word[1].isupper() and last != "i"
    return last not in ABBREVIATIONS and not initial


def cut_long(text: str) -> tuple[str, ...]:
    """A long stretch in parts: written prose at its semicolons, spoken text where figures leave room."""
    if len(text.split()) <= LONG:
        return (text,)
    parts = [part.strip(" ;") for part in text.split("; ")]
    written = text[:1].isupper() and text.rstrip("\"'”’)]")[-1:] in ".!?"
    return tuple(
        part
        for piece in parts
        for part in ((piece,) if written and len(piece.split()) <= 2 * LONG else cut_speech(piece))
    )


def cut_speech(text: str) -> tuple[str, ...]:
    """A long stretch without a full stop, cut so that each figure stays in the middle of a piece with its owner.

    Between two figures the cut is made at the spoken cue ("so", "and then") nearest to the middle, and where no figure
    is near, every two dozen words.
    """
    words = list(re.finditer(r"\S+", text))
    if len(words) <= LONG:
        return (text,)
    at = [sum(1 for word in words if word.end() <= figure.start) for figure in figures(text)]
    cues = [
        n
        for n, word in enumerate(words)
        if SPOKEN_CUE.match(text, word.start()) or (n and words[n - 1].group()[-1] in ",;:")
    ]
    half = PIECE // 2
    cuts = {0, len(words)}
    for left, right in zip([-half, *at], [*at, len(words) + half], strict=True):
        if (
            right - left > 2 * PIECE
        ):  # room for pieces of talk between two figures, each of which keeps its surroundings
            cuts.add(_nearest(cues, left + half + PIECE // 4, PIECE // 4))
            cuts.update(_nearest(cues, place, PIECE // 4) for place in range(left + 2 * PIECE, right - PIECE, PIECE))
            cuts.add(_nearest(cues, right - half - PIECE // 4, PIECE // 4))
        elif right - left > 4 and left >= 0 and right < len(words):
            cuts.add(_nearest(cues, (left + right + 1) // 2, (right - left) // 4))
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(words))
    return tuple(text[words[a].start() : words[b - 1].end()] for a, b in pairwise(edges))


def _nearest(cues: list[int], place: int, reach: int) -> int:
    return min(
        (cue for cue in cues if abs(cue - place) <= reach), key=lambda cue: (abs(cue - place), cue), default=place
    )
