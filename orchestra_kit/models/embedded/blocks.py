"""The blocks of a text: paragraphs, items of lists, rows of tables, jotted lines; and what stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from .words import FUNCTION_WORDS

HEADING = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*$")
BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_]{1,80}?):?(?:\*\*|__):?$")
UNDERLINE = re.compile(r"(?:=|-|~|\^|\*|_|\+){3,}$")
LIST_ITEM = re.compile(r"(?:[-*•+–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
LABEL = re.compile(r"\[(?P<label>[^\][]*[^\W\d][^\][]*)\][ \t]+(?=\S)|\[(?P<only>[^\][]*[^\W\d][^\][]*)\]$")
PLACE_NAME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}|part \d{1,4}"
# A passage of a talk begins with its place, and where several people speak, with who speaks: "[12:34] Ann Lee: We …".
ROLE = "audience|member|speaker|person|participant|guest|voice|host|interviewer|from|in|of|the|floor"
PLACE = re.compile(
    rf"\[(?P<place>{PLACE_NAME})\][ \t]+"
    rf"(?:(?P<speaker>[A-ZÀ-Þ][\w.'’-]*(?: (?:[A-ZÀ-Þ\d][\w.'’-]*|{ROLE})){{0,3}}):[ \t]+)?(?=\S)"
)
TIME_MARK = re.compile(r"(?:\[?\(?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?\)?\]?(?:\s*-->.*)?\s*)")
FIELD = re.compile(r"[A-Z][\w '’/()&-]{0,38}:(?:\s+\S|$)")
LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|<[a-zA-Z/][^<>]*>")
FENCE = re.compile(r"(?:```|~~~)")
TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
RULED = re.compile(r"\|\s*\|(?:\s*:?-{2,}:?\s*\|)+$")
RAGGED = 0.75  # share of the longest line; a writer's program would have filled a shorter one with the next word
NARROW = 40  # characters: no program wraps lines so early


@dataclass(slots=True)
class Block:
    """Lines that belong together: a paragraph, or one item of a list."""

    lines: list[str]
    source: str
    heading: str
    paragraph: int
    start: int
    place: str = ""
    speaker: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    def parts(self) -> list[Block]:
        """The block itself; or line by line, if somebody jotted its lines down one below the other."""
        if not _are_jotted(self.lines):
            return [self]
        return [replace(self, lines=[line], start=self.start + n) for n, line in enumerate(self.lines)]


def _are_jotted(lines: list[str]) -> bool:
    """Whether each line is a note of its own. Wrapped lines are long, and about as long as one another; they break
    anywhere, also after "the" or a comma; and together they begin and end as sentences do."""
    if len(lines) < 2 or (lines[0][:1].isupper() and lines[-1][-1] in '.!?"”’)'):
        return False
    width = max(map(len, lines))
    ragged = any(len(line) + 1 + len(after.split()[0]) < RAGGED * width for line, after in pairwise(lines))
    runs_on = any(line[-1] == "," or line.split()[-1].lower() in FUNCTION_WORDS for line in lines[:-1])
    return (ragged or width < NARROW) and not runs_on


def blocks(text: str) -> Iterator[Block]:
    source = heading = ""
    owner: str | None = None  # the source that the heading belongs to: the one of the first text below it
    paragraph, offset, fenced, last_length = 0, 0, False, 0
    header: list[str] = []
    block: Block | None = None
    place = speaker = ""
    speakers_named: bool | None = None  # whether this talk says who speaks: its first passage tells
    lines = text.split("\n")
    for n, raw in enumerate(lines):
        line, start = raw.strip(), offset
        offset += len(raw) + 1
        if not fenced and (passage := PLACE.match(line)):
            if block:
                yield from block.parts()
                block = None
            speakers_named = passage["speaker"] is not None if speakers_named is None else speakers_named
            place, speaker = passage["place"], (passage["speaker"] or "") if speakers_named else ""
            source = heading = ""
            line = line[passage.end() if speakers_named or not passage["speaker"] else passage.start("speaker") :]
        label = None if fenced else LABEL.match(line)
        if label:
            if block:
                yield from block.parts()
                block = None
            source, line = label["label"] or label["only"], line[label.end() :]
            place = speaker = ""
            heading, owner = (heading, source) if owner in (None, source) else ("", source)
        fence, row, ruled = FENCE.match(line), line[:1] == "|", UNDERLINE.match(line)
        if fenced or fence or row or ruled or not line:
            if ruled and block and line[0] in "=-~^" and len(block.text) < 80 and last_length:
                heading, block = block.text, None  # the line above an underline was a heading
            if block:
                yield from block.parts()
            block, last_length = None, 0
            fenced = fenced != bool(fence)
            paragraph += not line
            if row and not fenced and not TABLE_RULE.fullmatch(line):
                same_line = RULED.search(line)  # where line ends were taken out of the text
                if same_line or (n + 1 < len(lines) and TABLE_RULE.fullmatch(lines[n + 1].strip())):
                    header = _cells(line[: same_line.start()] if same_line else line)
                else:
                    yield Block([_row(_cells(line), header)], source, heading, paragraph, start)
            continue
        title = HEADING.match(line) or BOLD_LINE.match(line)
        item = LIST_ITEM.match(line)
        line = line[item.end() :] if item else line
        timed = TIME_MARK.match(line)
        line = line[timed.end() :] if timed else line
        begins_anew = bool(title or item or FIELD.match(line))
        if block and (begins_anew or (last_length < NARROW and not line[:1].islower())):
            yield from block.parts()
            block = None
        if title:
            heading, owner, last_length = tidy(title["text"]), None, 0
        elif line and block:
            block.lines.append(tidy(line))
        elif line:
            block = Block([tidy(line)], source, heading, paragraph, start, place, speaker)
        last_length = 0 if title else len(raw.strip())
    if block:
        yield from block.parts()


def _cells(line: str) -> list[str]:
    return [tidy(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _row(cells: list[str], header: list[str]) -> str:
    """A row of a table as one would note it down.

    >>> _row(["Library", "71 MWh", "−26 %"], ["Building", "Gas", "Change"])
    'Library: Gas 71 MWh; Change −26 %'
    """
    names = header[1:] if len(header) == len(cells) else [""] * (len(cells) - 1)
    said = [f"{name} {cell}".strip() for name, cell in zip(names, cells[1:], strict=True) if cell]
    return f"{cells[0]}: {'; '.join(said)}" if said else cells[0]


@lru_cache(1 << 15)
def tidy(line: str) -> str:
    """A line without the marks of Markdown."""
    return EMPHASIS.sub("", LINK.sub(r"\1", line)) if set("[*_`<") & set(line) else line
