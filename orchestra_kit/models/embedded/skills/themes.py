"""Themes: threads that belong under one heading, and the heading, made of the material's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..words import content_words, names, similar
from .phrases import key_phrases, subject
from .prose import IMPERATIVE, capitalised, enumerate_in_words
from .threads import Thread

SMALLEST = 25  # words; less than that does not deserve a heading of its own
LARGEST_SPOKEN = 150
LARGEST = 260  # words; more than that wants to be divided
NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+")
FILE_NAME = re.compile(r"\.\w{2,4}\b|_|/")
SAYS_NOTHING = frozenset(
    "tonight anybody people weight percent rest half majority total average everybody everyone somebody nobody answer "
    "question reason result problem item idea minutes end beginning way kind sort bit piece pieces case matter".split()
)
LONGEST_HEADING = 8  # words


@dataclass(slots=True)
class Theme:
    """Some threads, and what they are about."""

    threads: list[Thread]
    heading: str = ""

    @property
    def words(self) -> int:
        return sum(thread.words for thread in self.threads)

    @property
    def text(self) -> str:
        return " ".join(thread.text for thread in self.threads)


def themes(chosen: Sequence[Thread], most: int, title: str = "") -> list[Theme]:
    """The threads grouped by what their sources have under one heading, at most so many groups, each with a heading.

    A group for which the material has no words comes first.
    """
    sources = list(dict.fromkeys(thread.source for thread in chosen))
    ordered = sorted(chosen, key=lambda thread: sources.index(thread.source))
    by_heading = [Theme(list(group)) for _, group in groupby(ordered, key=lambda t: (t.source, t.heading))]
    by_source = [Theme(list(group)) for _, group in groupby(ordered, key=lambda t: t.source)]
    groups = by_heading if len(by_heading) <= most else by_source
    while len(groups) > 1 and (len(groups) > most or min(group.words for group in groups) < SMALLEST):
        _join_smallest(groups)
    divided = [part for group in groups for part in _divide(group)] if len(groups) < most else groups
    return _named(divided, title)


def _join_smallest(groups: list[Theme]) -> None:
    """Put the smallest group with the one most like it, its own source's before others."""
    small = min(range(len(groups)), key=lambda n: (groups[n].words, -n))

    def likeness(n: int) -> tuple[bool, float, int]:
        return (
            groups[n].threads[0].source == groups[small].threads[0].source,
            similar(groups[n].text, groups[small].text),
            -abs(n - small),
        )

    other = max((n for n in range(len(groups)) if n != small), key=likeness)
    first, second = sorted((small, other))
    groups[first] = Theme([*groups[first].threads, *groups[second].threads])
    del groups[second]


def _divide(group: Theme) -> list[Theme]:
    """A long group as two, cut between paragraphs near its middle."""
    spoken = all(thread.places for thread in group.threads)  # a talk has no headings of its own
    if group.words <= (LARGEST_SPOKEN if spoken else LARGEST):
        return [group]
    starts = [n for n in range(1, len(group.threads)) if group.threads[n].paragraph != group.threads[n - 1].paragraph]
    cut = min(starts, key=lambda n: abs(2 * sum(t.words for t in group.threads[:n]) - group.words), default=0)
    if not cut:
        return [group]
    halves = [Theme(group.threads[:cut]), Theme(group.threads[cut:])]
    return [part for half in halves for part in _divide(half)] if spoken else halves


def _named(groups: list[Theme], title: str) -> list[Theme]:
    """Every group with a heading: the one that all of it stands under, or a phrase of its own. What has none comes
    first, before any heading, and never under somebody else's."""
    whole = " ".join(group.text for group in groups)
    used = [title.lower()]
    result: list[Theme] = []
    plain = Theme([])
    last: set[tuple[str, str]] = set()
    for group in groups:
        places = {(thread.source, thread.heading) for thread in group.threads}
        source = {source for source, _ in places} if all(not heading for _, heading in places) else set()
        shared = [{heading for _, heading in places}, source]
        given = (NUMBERING.sub("", "".join(label)).strip(" :.") for label in shared if len(label) == 1)
        fitting = (heading for heading in given if _is_heading(heading, used))
        begins = group.threads[0].text.lower()
        found = (phrase for phrase in key_phrases(group.text, whole, used) if phrase.lower() in begins)
        spoken = all(thread.places for thread in group.threads)
        heading = next(fitting, "") or (spoken_heading(group, whole, used) if spoken else next(found, ""))
        if not heading and len(places) == 1 and places == last:
            result[-1].threads += group.threads  # the rest of a long section
            continue
        last = places if heading else set()
        if not heading:
            plain.threads += group.threads
            continue
        used.append(heading.lower())
        result.append(Theme(group.threads, capitalised(heading)))
    return [plain, *result] if plain.threads else result


def spoken_heading(group: Theme, whole: str, used: Sequence[str]) -> str:
    """What a stretch of a talk speaks of, one thing after the other: "Clothes, lamps and printers"."""
    subjects = {subject(sentence.text) for thread in group.threads for sentence in thread.sentences}
    nouns = [
        phrase
        for phrase in key_phrases(group.text, whole, used, alone=2)
        if phrase.lower() in subjects and is_noun(phrase, group.text)
    ][:3]
    if not nouns:
        whole_names = (name.partition(" of the ")[0] for name in names(group.threads[0].text))
        nouns = [name for name in whole_names if " " in name and name.lower() not in " ".join(used)][:1]
    return enumerate_in_words(sorted(nouns, key=group.text.lower().find))


def is_noun(phrase: str, text: str) -> bool:
    """Whether nothing in the text shows that the phrase is a verb, or a name by itself."""
    verb = re.search(rf"\b(?:it|that|what|who|we|they|you|he|she|I|to) {re.escape(phrase)}\b", text)
    common = re.search(rf"\b{re.escape(phrase.lower())}\b", text) is not None
    return not verb and common and not IMPERATIVE.fullmatch(phrase) and phrase.lower() not in SAYS_NOTHING


def _is_heading(text: str, used: Sequence[str]) -> bool:
    """Whether a label reads as a heading: a few words, no name of a file, and more than the title said again."""
    said = any(
        content_words(text) <= content_words(other) or content_words(other) <= content_words(text) for other in used[:1]
    )
    few = 0 < len(text.split()) <= LONGEST_HEADING
    return few and not said and text.lower() not in used and not FILE_NAME.search(text) and text != "Text given"
