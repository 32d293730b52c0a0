"""Who speaks: labels at the beginning of a line, and the marks that somebody else begins.

MARIA: …   Maria Lopez: …   Speaker 2: …   [Maria] …   **Maria:** …      a name
>> …   - …                                                               somebody, nobody says who
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from .parts import Line, count

TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev|St)\. ?)?"
FIRST, FURTHER = r"[^\W\d_a-z][\w.'’-]*", r"(?:[^\W_a-z][\w.'’-]*|de|da|van|von|der|of|the)"
NAME = rf"{TITLE}{FIRST}(?: {FURTHER}){{0,3}}"
LABEL = re.compile(rf"(?:\[({NAME})\]:?|({NAME}) ?(?:\([^()]{{1,30}}\) ?)?[:：])(?: +|$)")
ARROWS = re.compile(r">>+\s*")
DASH = re.compile(r"[-–—•⁃](?:\s+|(?=[^\W\d_]))")  # but not a minus: "-5 degrees"
ALL_SMALL = 0.005  # a lower share of capitals than this, and it has none but an I
SHOUTED = 0.6  # a higher share of capitals than this, and all of it is in capitals
# A word with a colon begins many sentences; these are not names, however often they come.
NOT_A_NAME = frozenset(
    "note notes remember question answer example warning tip step fact facts first second third finally today result "
    "results update summary conclusion chapter part section so and but also again http https".split()
)


def with_speakers(lines: list[Line]) -> tuple[list[Line], str]:
    """The lines without labels, each with its speaker, and a sentence on what was taken out ("" if nothing was)."""
    somebody_else = marks_in(lines)
    names = labels_in(lines, somebody_else)
    found: list[Line] = []
    labels = dashes = 0
    speaker = ""
    for line in lines:
        text, opens = line.text, line.opens
        if line.speaker is not None and line.speaker != speaker:
            speaker, opens = line.speaker, True
        if mark := somebody_else(text):
            text, opens, dashes = text[mark:], True, dashes + 1
            speaker = "" if line.speaker is None else speaker
        if (label := LABEL.match(text)) and (name := label[1] or label[2]) in names:
            text, opens, speaker = text[label.end() :], True, readable_name(name)
            labels += 1
        found.append(replace(line, text=text, speaker=speaker, opens=opens))
    taken = [(labels, "label"), (dashes, "dash or arrow")]
    what = " and ".join(
        count(number, one, "dashes or arrows" if "dash" in one else "") for number, one in taken if number
    )
    return found, what and f"{what} of speakers, who are named beside what they say"


def marks_in(lines: list[Line]) -> Callable[[str], int]:
    """What tells how long the mark of a new speaker at the beginning of a line is; 0 is none.

    A dash may stand in the middle of a sentence too, at which a line happens to end. Then a small letter follows, but
    for talks that have no capitals at all.
    """
    small = capitals_share(lines) < ALL_SMALL

    def length(text: str) -> int:
        if arrows := ARROWS.match(text):
            return arrows.end()
        dash = DASH.match(text)
        return dash.end() if dash and (small or not text[dash.end() :][:1].islower()) else 0

    return length


def labels_in(lines: list[Line], somebody_else: Callable[[str], int]) -> set[str]:
    """The labels that are names.

    One word with a colon may be any beginning of a sentence ("Remember: …"). It is a name if it comes at least twice,
    or is in brackets, after a mark, numbered, or in capitals in a talk that is not. Two words or more are one also
    where a sentence begins.
    """
    seen: Counter[str] = Counter()
    sure: set[str] = set()
    shouted = capitals_share(lines) > SHOUTED
    sentence_begins = True
    for line in lines:
        mark = somebody_else(line.text)
        if label := LABEL.match(line.text, mark):
            name = label[1] or label[2]
            if not name[0].islower() and NOT_A_NAME.isdisjoint(name.lower().split()):
                seen[name] += 1
                in_capitals = name.isupper() and not shouted
                if label[1] or mark or name[-1].isdigit() or in_capitals or (" " in name and sentence_begins):
                    sure.add(name)
        sentence_begins = line.text[-1:] in '.!?…"”'
    return {name for name, times in seen.items() if times > 1 or name in sure}


def capitals_share(lines: list[Line]) -> float:
    """The share of capitals among all letters that have two cases."""
    small = sum(character.islower() for line in lines for character in line.text)
    large = sum(character.isupper() for line in lines for character in line.text)
    return large / ((small + large) or 1)


def readable_name(name: str) -> str:
    """A label as a name: `MARIA LOPEZ` is Maria Lopez, `Q` stays.

    >>> readable_name("DR. MARIA O'NEIL"), readable_name("Q"), readable_name("Anna McKay")
    ("Dr. Maria O'Neil", 'Q', 'Anna McKay')
    """
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name) if name.isupper() else name
