"""Threads: stretches of a text that can be understood on their own.

A sentence that leans on the one before it ("However, it …") belongs to the same thread. Whatever is taken from a text
is taken by the thread, so it never begins with a pronoun that nobody can resolve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..figures import key_figures
from ..sentences import Sentence, split_sentences
from ..words import similar
from .cleaning import cleaned, is_aside
from .leaning import leans_on, unbroken
from .prose import count_words, is_sentence, leans_back, pointer_of, points_back, without_connective

ALIKE = 0.8  # share of content words from which a fact and a sentence of its source are one statement
LONGEST = 4  # sentences of a thread; a longer chain is cut where only a connective is lost
DEFINITE = re.compile(r"the (?!others?|rest|same|former|latter)")  # "the trial": a reader knows which
STOPS = '.!?:"”'
ITSELF = re.compile(r"(?:This|These) (?!is\b|was\b|are\b|were\b|has\b|means\b|makes\b)[a-z]+")
SOURCE_AT_END = re.compile(
    r"\s*\((?:source:\s*)?(?P<source>[\w./ -]+\.(?:md|txt|csv|json|html?|pdf|rst))\)(?P<stop>[.!?]?)$"
)


@dataclass(frozen=True)  # no slots: what is read off it again and again is kept
class Thread:
    """Sentences that stay together, and where in the material they stand."""

    sentences: tuple[Sentence, ...]
    paragraph: int
    handed: bool = False  # holds a fact that was handed over as such
    noted: bool = False  # an item of a list of jottings, to be shown as one

    @cached_property
    def text(self) -> str:
        first, *rest = (sentence.text for sentence in self.sentences)
        return " ".join([without_connective(first), *rest])

    @property
    def source(self) -> str:
        return self.sentences[0].source

    @property
    def heading(self) -> str:
        return self.sentences[0].heading

    @property
    def places(self) -> tuple[str, ...]:
        """Where in a talk it was said."""
        return tuple(dict.fromkeys(sentence.place for sentence in self.sentences if sentence.place))

    @cached_property
    def words(self) -> int:
        return count_words(self.text)


def threads(told: Sequence[Sentence], facts: Sequence[Sentence] = ()) -> list[Thread]:
    """The material as threads, in its own order. A fact that was handed over stands where its source says it, and
    behind everything else of that source if the source is not there."""
    facts = [
        replace(fact, text=piece, position=-1.0 - n)  # each an item of its own
        for n, fact in enumerate(map(_without_label, facts))
        for piece in split_sentences(fact.text)
    ]
    jotted = _jotted([*told, *facts])
    lines = _distinct(_placed([_without_label(sentence) for sentence in told], facts))
    handed = {fact.text for fact in facts}
    groups: list[list[Sentence]] = []
    paragraphs: list[int] = []
    before: Sentence | None = None
    crossed = False  # whether the last line went over from one paragraph to the one before
    for line in lines:
        together = before is not None and _beside(before, line)
        listed = jotted.get(_paragraph(line), False)
        if before is not None and together and _goes_on(before, line, len(groups[-1]), listed):
            groups[-1].append(line)
        elif _is_riddle(line.text) and line.text not in handed and not _introduces(before, line):
            if before is None or (before.source, before.heading) != (line.source, line.heading) or listed:
                continue
            groups[-1].append(line)  # it speaks of what the paragraph before was about
            crossed = True
        else:
            groups.append([line])
            paragraphs.append((paragraphs[-1] if paragraphs else 0) + (not together or crossed))
            crossed = False
        before = line
    return [
        Thread(
            tuple(group), paragraph, any(line.text in handed for line in group), jotted.get(_paragraph(group[0]), False)
        )
        for group, paragraph in zip(groups, paragraphs, strict=True)
    ]


def _jotted(lines: Sequence[Sentence]) -> dict[object, bool]:
    """Which paragraphs are lists of jottings: several items, and not all of them sentences."""
    items: dict[object, dict[float, str]] = {}
    for line in lines:
        items.setdefault(_paragraph(line), {}).setdefault(line.position, line.text)
    spoken = {_paragraph(line) for line in lines if line.place}  # nobody talks in jottings
    return {
        paragraph: paragraph not in spoken
        and not all(is_sentence(text) and text[-1] in STOPS for text in texts.values())
        and (len(texts) > 1 or not any(map(is_sentence, texts.values())))
        for paragraph, texts in items.items()
    }


def _paragraph(line: Sentence) -> object:
    return line.source, line.heading, line.paragraph, line.place


def _goes_on(before: Sentence, line: Sentence, length: int, jotted: bool) -> bool:
    """Whether a line goes on with a thread of this length. Two items of a list are only loosely joined."""
    same_item = before.position == line.position
    if jotted:
        return same_item
    if line.place:
        return leans_on(before.text, line.text)
    leaning = points_back(line.text) or (same_item and leans_back(line.text) and length < LONGEST)
    return leaning and is_sentence(line.text)


def _is_riddle(text: str) -> bool:
    """A sentence whose antecedent was left out; with a figure in it, it is still worth having."""
    pointer = pointer_of(text)
    return bool(pointer) and is_sentence(text) and not key_figures(text) and not DEFINITE.match(pointer)


def _introduces(before: Sentence | None, line: Sentence) -> bool:
    """Whether the first sentence of a source speaks of the source itself: "This guide …"."""
    return (before is None or before.source != line.source) and ITSELF.match(line.text) is not None


def _beside(a: Sentence, b: Sentence) -> bool:
    goes_over = a.place and b.place and a.speaker == b.speaker and leans_on(a.text, b.text)  # a talk has no paragraphs
    return bool(goes_over) or _paragraph(a) == _paragraph(b)


def _without_label(sentence: Sentence) -> Sentence:
    """As one would write it, with a source named at its end taken out of the text."""
    if match := SOURCE_AT_END.search(sentence.text):
        sentence = replace(sentence, text=sentence.text[: match.start()] + match["stop"], source=match["source"])
    return replace(sentence, text=cleaned(sentence.text))


def _placed(told: list[Sentence], facts: list[Sentence]) -> list[Sentence]:
    """What is told, with each fact in the place of the sentence that says the same; other facts follow their source."""
    lines = list(told)
    taken: set[int] = set()
    loose: list[Sentence] = []
    for fact in facts:
        same = [n for n, line in enumerate(lines) if n not in taken and line.text == fact.text]
        if not same:
            likeness, best = max(
                ((similar(line.text, fact.text), -n) for n, line in enumerate(lines) if n not in taken),
                default=(0.0, 0),
            )
            same = [-best] if likeness >= ALIKE else []
        if same:
            lines[same[0]] = replace(lines[same[0]], text=fact.text)
            taken.add(same[0])
        else:
            loose.append(fact)
    return [*loose, *lines] if not lines else _after_their_source(lines, loose)


def _after_their_source(lines: list[Sentence], loose: list[Sentence]) -> list[Sentence]:
    last_of = {line.source: n for n, line in enumerate(lines)}
    at_end = [fact for fact in loose if fact.source not in last_of]
    result: list[Sentence] = []
    for n, line in enumerate(lines):
        result.append(line)
        result += [
            replace(fact, heading=line.heading, paragraph=-1)
            for fact in loose
            if fact.source in last_of and last_of[fact.source] == n
        ]
    return [*at_end, *result]


def _distinct(lines: list[Sentence]) -> list[Sentence]:
    """Each statement once, and none that is no reader's business. "It cost £3." of two things is two statements."""
    seen: set[str] = set()
    kept: list[Sentence | None] = []
    said = ""
    for line in lines:
        bare = re.sub(r"\W+", " ", line.text.lower()).strip()
        said = f"{said} {bare}" if points_back(line.text) and key_figures(line.text) else bare
        new = bare and said not in seen and not is_aside(line.text)
        kept.append(line if new else None)
        seen.update([said] if new else [])
    return unbroken(lines, kept)
