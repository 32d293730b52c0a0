"""Statements worth noting: which matter, which say the same, and which were corrected."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from .figures import Figure, figures, key_figures
from .owners import owner_words
from .sentences import Sentence
from .words import content_words, names, stem

# What a request is made of, apart from its topic: these words do not say what to look for.
REQUEST_WORDS = frozenset(
    stem(word)
    for word in """write draft list find collect extract gather post blog article report email newsletter social media
    fact figure statistic number source note material topic goal task word sentence paragraph point bullet short brief
    long clear plain
    summary summarise summarize edit check review plan team markdown front matter title subject line key important main
    recent good best give state name name cite citation least most length reader audience give please transcript text
    document passage research researcher writer editor five three publish prepare create produce deliver""".split()
)
CORRECTS = re.compile(r"\b(?:correction|corrected|erratum|update|revised)\b\s*:?", re.IGNORECASE)
INSTEAD_OF = re.compile(
    r"\W{0,3}\s*(?:and\s+)?(?:not|previously|formerly)(?:\s+the)?\s+\W{0,2}$", re.IGNORECASE
)
COMPARES = re.compile(r"\b(?:instead of|rather than)(?:\s+the)?\s+\W{0,2}$", re.IGNORECASE)  # corrects if it says so
REFERENCE = re.compile(
    r"[\"“].*[\"”]\.?$|https?://|\[\d+\]|See also\b"
)  # an entry of a list of sources says nothing itself
POINTS_BACK = re.compile(
    r"(?:it|its|this|that|these|those|they|their|he|she|his|her|such|the (?:latter|former|same))\b", re.IGNORECASE
)


def topic_words(text: str) -> frozenset[str]:
    """The words of a request that say what it is about."""
    return content_words(text) - REQUEST_WORDS


def salience(sentences: Sequence[Sentence], topic: str = "") -> list[float]:
    """How much each sentence matters: figures, names, and words of the topic (rare words count more: idf).

    The weights are ours. Nothing but the idf of topic words depends on the other sentences, so that taking one sentence
    away hardly moves the rest.
    """
    wanted = topic_words(topic)
    words = [content_words(f"{sentence.heading} {sentence.text}") for sentence in sentences]
    seen = Counter(word for found in words for word in found & wanted)
    idf = {word: math.log(1 + len(sentences) / count) for word, count in seen.items()}
    total = sum(idf.values()) or 1.0
    return [
        _worth(s.text) + 3.0 * sum(idf[word] for word in found & wanted) / total
        for s, found in zip(sentences, words, strict=True)
    ]


@lru_cache(1 << 15)
def _worth(text: str) -> float:
    """What a sentence is worth on its own."""
    length = len(text.split())
    digits = [figure for figure in key_figures(text) if figure.unit not in ("word", "year", "date")]
    worth = 1.5 * min(2, len(digits)) + 0.4 * min(3, len(names(text))) + 0.2 * min(2, len(figures(text)))
    worth -= 0.05 * max(0, length - 35) + 0.4 * max(0, 5 - length)
    worth -= 2.0 * bool(REFERENCE.match(text))
    return (
        worth
        - 1.0 * bool(POINTS_BACK.match(text))
        - 2.0 * text.endswith("?")
        - 1.5 * text.endswith((":", ","))
        - 0.5 * text[0].islower()
    )


def stand_alone(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Each sentence so that it can be understood alone: one that points back ("It rose by 5 %.") is joined to the one
    before it, if that is in the same paragraph."""
    found: list[Sentence] = []
    for sentence in sentences:
        before = found[-1] if found else None
        same_place = before is not None and (before.source, before.paragraph) == (sentence.source, sentence.paragraph)
        if before is not None and same_place and POINTS_BACK.match(sentence.text) and len(before.text.split()) < 40:
            found[-1] = replace(before, text=f"{before.text} {sentence.text}")
        else:
            found.append(sentence)
    return found


def without_repeats(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Each statement once: of those with the same figures and mostly the same words the first is kept, and of copies
    that differ in a figure only, the figure most copies have."""
    kept: list[Sentence] = []
    met: dict[object, list[str]] = {}
    for sentence in outvote(sentences):
        text = sentence.text
        marks = [_keys(text)] if _keys(text) else _longest_words(text)
        if not any(_same(text, twin) for mark in marks for twin in met.get(mark, ())):
            kept.append(sentence)
            for mark in marks:
                met.setdefault(mark, []).append(text)
    return kept


@lru_cache(1 << 14)
def _longest_words(text: str) -> tuple[str, ...]:
    """The three longest words of a statement without figures: who says the same will use one of them. (Comparing each
    with each would take seconds on a long text.)"""
    return tuple(sorted(content_words(text), key=lambda word: (-len(word), word))[:3])


def outvote(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Without those copies of a statement whose figure most other copies (at least two) contradict."""
    votes: dict[str, Counter[tuple[object, ...]]] = {}
    for sentence in sentences:
        if _keys(sentence.text):
            votes.setdefault(_masked(sentence.text), Counter())[_keys(sentence.text)] += 1
    contested = {masked: found for masked, found in votes.items() if len(found) > 1 and max(found.values()) > 1}
    if not contested:
        return list(sentences)
    return [
        s
        for s in sentences
        if _masked(s.text) not in contested or 2 * (v := contested[_masked(s.text)])[_keys(s.text)] > max(v.values())
    ]


def resolve(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Without the statements that another one corrects.

    The correction itself stays whole, "not £700" and all: whoever merges these notes with others may still meet the old
    figure there, and needs the evidence against it.
    """
    stale = {n for sentence in sentences for n in _corrected_by(sentence, sentences)}
    return [sentence for n, sentence in enumerate(sentences) if n not in stale]


def _corrected_by(correction: Sentence, sentences: Sequence[Sentence]) -> set[int]:
    old, new = corrected_figures(correction.text)
    if not new or (not old and not CORRECTS.search(correction.text)):
        return set()
    old_keys, new_keys = {figure.key for figure in old}, {figure.key for figure in new}
    of_the_same_kind = {key for key in new_keys if key[1] in {unit for _, unit in old_keys}}
    in_its_place = of_the_same_kind or new_keys
    about = content_words(CORRECTS.sub("", correction.text))
    stale = set()
    for n, sentence in enumerate(sentences):
        if sentence.text == correction.text or CORRECTS.search(sentence.text):
            continue
        keys = {figure.key for figure in key_figures(sentence.text)}
        if keys & in_its_place or not keys:
            continue
        shared = len(about & content_words(sentence.text))
        units = {unit for _, unit in keys} & {unit for _, unit in new_keys}
        if (old_keys & keys and shared >= 2) or (
            not old and units and shared >= max(2, 0.6 * len(content_words(sentence.text)))
        ):
            stale.add(n)
    return stale


@lru_cache(1 << 14)
def corrected_figures(text: str) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures a sentence takes back ("not £700"), and those it states.

    >>> old, new = corrected_figures("Correction: the oven costs £900, not £700.")
    >>> old[0].text, new[0].text
    ('£700', '£900')
    """
    found = key_figures(text)
    says_so = CORRECTS.search(text) is not None
    old = tuple(
        figure
        for figure in found
        if INSTEAD_OF.search(text[: figure.start]) or (says_so and COMPARES.search(text[: figure.start]))
    )
    if len(found) == 1:
        old = ()
    return old, tuple(figure for figure in found if figure not in old)


@lru_cache(1 << 15)
def _keys(text: str) -> tuple[object, ...]:
    return tuple(sorted((figure.key for figure in figures(text)), key=str))


@lru_cache(1 << 15)
def _masked(text: str) -> str:
    """A statement with its figures blanked."""
    for figure in reversed(figures(text)):
        text = f"{text[: figure.start]}#{text[figure.end :]}"
    return text


def _same(a: str, b: str) -> bool:
    ours, theirs = content_words(a), content_words(b)
    shared = len(ours & theirs)
    return shared >= 0.5 * len(ours | theirs) or (bool(_keys(a)) and shared >= 0.75 * min(len(ours), len(theirs)) > 0)


__all__ = ["corrected_figures", "owner_words", "resolve", "salience", "stand_alone", "topic_words", "without_repeats"]
