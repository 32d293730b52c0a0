"""Reading a talk that stands in a plain text or Markdown file: its title, and its lines without what nobody spoke."""

from __future__ import annotations

import re

from ..sources.cutting import FENCE, FRONT_MATTER, FRONT_TITLE, HEADING, UNDERLINE
from .markup import visible
from .noise import NOISE
from .parts import Line, count

LINK = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)|\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=[^\s*_])([^*_]{1,300})(?<=\S)\1(?!\w)")
QUOTED = re.compile(r"^>(?!>)\s?")
POINT = re.compile(
    r"^[*+]\s+(?=\S)"
)  # a dash before a line is a speaker's as often as a point of a list: see `speakers`
NUMBERED = re.compile(r"\d{1,3}[.)]\s")


def read_prose(text: str) -> tuple[str, list[Line], str]:
    """The title ("" if there is none), the lines, and a sentence on what was left out.

    >>> title, lines, left_out = read_prose("# Cats\\n\\nThey *sleep*\\na lot.\\n\\n## Food\\n\\nFish.")
    >>> title, [(line.text, line.opens) for line in lines]
    ('Cats', [('They sleep', True), ('a lot.', False), ('Fish.', True)])
    >>> left_out
    '1 heading inside the talk'
    """
    title = ""
    if front := FRONT_MATTER.match(text):
        text = text[front.end() :]
        title = found[1] if (found := FRONT_TITLE.search(front[1] or "")) else ""
    lines: list[Line] = []
    headings: list[str] = []
    opens = True  # whether the next line begins a paragraph
    alone = False  # whether the last line is the only one of its paragraph
    for line in map(visible, text.split("\n")):
        if heading := HEADING.match(line):
            headings.append(without_marks(heading[2]))
        elif UNDERLINE.match(line) and alone:
            headings.append(lines.pop().text)
        elif line and not UNDERLINE.match(line) and not FENCE.match(line):
            spoken = without_marks(line)
            if spoken:
                alone, opens = opens, opens or bool(POINT.match(line) or NUMBERED.match(line))
                lines.append(Line(spoken, opens=opens))
                opens = False
            continue
        opens, alone = True, False
    if headings and not title:
        title = headings.pop(0)
    return title, lines, count(len(headings), "heading") + " inside the talk" if headings else ""


def without_marks(line: str) -> str:
    """A line of Markdown as it is read.

    >>> without_marks("> **Two** [links](https://a.b) for 3*4*5 cats_and_dogs")
    'Two links for 3*4*5 cats_and_dogs'
    """
    line = POINT.sub("", QUOTED.sub("", line), count=1)
    line = LINK.sub(lambda link: link[1] or "", line)
    return visible(EMPHASIS.sub(lambda word: word[0] if NOISE.match(word[2]) else word[2], line))
