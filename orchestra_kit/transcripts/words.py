"""From lines to words: each with its time and the silence before it, joined again where a line broke it in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .parts import Line, Word

NO_SPACES = re.compile(r"[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65]")  # Chinese, Japanese
WIDE_STOP = re.compile(r"(?<=[。！？｡])(?=[^。！？｡」』）”’])")  # sentences that no space divides
# How long a word takes, to tell a pause from a long word where only the beginning of each is known.
SECONDS_A_WORD, SECONDS_A_LETTER = 0.10, 0.055
BROKEN = re.compile(r"([^\W\d_]{2,})-$")
COMPOUND = frozenset(
    "twenty thirty forty fifty sixty seventy eighty ninety self non well co ex anti mid semi half all cross long short "
    "high low full part half first second third".split()
)


@dataclass(slots=True)
class Turn:
    """What somebody says in one go: no sentence runs from one turn into the next."""

    speaker: str
    words: list[Word]


def turns_of(lines: Iterable[Line]) -> list[Turn]:
    """The turns of a talk, none of them empty. The lines have their speakers."""
    lines = list(lines)
    known = Counter(bare(word) for line in lines for word in line.text.split())
    turns: list[Turn] = []
    above = lines[0] if lines else Line("")
    opens = True
    for line in lines:
        words = list(words_of(line))
        opens = opens or line.opens or line.speaker != above.speaker
        if not words:  # nothing but a mark or a label; what it opens begins below it
            continue
        if opens:
            turns.append(Turn(line.speaker or "", words))
        else:
            said = turns[-1].words
            said[-1:] = joined(said[-1], words[0], pause(end_of(said[-1], above), words[0].start_s), known)
            said.extend(words[1:])
        above, opens = line, False
    return turns


def joined(last: Word, first: Word, silence_s: float, known: Counter[str]) -> list[Word]:
    """The last word of a line and the first of the next, as one word if the hyphen between them means that.

    `twenty-` and `five` keep their hyphen. Two words that the talk also has elsewhere stay two: somebody broke off
    ("I was going to- no").
    """
    broken = BROKEN.search(last.text)
    if not broken or not first.text[0].islower():
        return [last, first._replace(pause_s=silence_s, glued=no_space(last.text[-1] + first.text[0]))]
    start, rest = broken[1].lower(), bare(first.text)
    if known[start + rest]:
        return [last._replace(text=last.text[:-1] + first.text)]
    if start in COMPOUND or known[f"{start}-{rest}"]:
        return [last._replace(text=last.text + first.text)]
    if known[start] or known[rest] > 1:
        return [last, first._replace(pause_s=silence_s)]
    return [last._replace(text=last.text[:-1] + first.text)]


def words_of(line: Line) -> Iterator[Word]:
    """The words of a line. Each has the time of its line, or its own where the captions give one."""
    timed = list(line.timed)
    start_s, end_s = line.start_s, None
    for piece in line.text.split():
        for number, text in enumerate(WIDE_STOP.split(piece)):
            silence_s = 0.0
            own = next((place for place, (word, _) in enumerate(timed) if word == text), None)
            if own is not None:
                start_s = timed[own][1]
                silence_s = pause(end_s, start_s)
                del timed[: own + 1]
            end_s = None if start_s is None else start_s + duration(text)
            yield Word(text, start_s, silence_s, glued=number > 0)


def end_of(word: Word, line: Line) -> float | None:
    """When a line falls silent: with its last word, if that has a time of its own, else when it leaves the screen."""
    if line.timed and word.start_s is not None:
        return word.start_s + duration(word.text)
    return line.end_s


def duration(text: str) -> float:
    return SECONDS_A_WORD + SECONDS_A_LETTER * len(text)


def pause(end_s: float | None, start_s: float | None) -> float:
    return 0.0 if end_s is None or start_s is None else max(0.0, round(start_s - end_s, 3))


def bare(word: str) -> str:
    """A word without its punctuation and capitals."""
    return word.strip(".,;:!?\"“”'‘’()").lower()


def no_space(neighbours: str) -> bool:
    """Whether two characters beside each other are both of a script that puts no spaces between words."""
    return len(neighbours) == 2 and all(NO_SPACES.match(character) for character in neighbours)
