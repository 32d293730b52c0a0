"""Statements worth noting: which matter, which say the same, and which were corrected."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from .figures import figures, key_figures
from .sentences import Sentence
from .skills.leaning import leans_on, turns
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
REFERENCE = re.compile(
    r"[\"“].*[\"”]\.?$|https?://|\[\d+\]|See also\b"
)  # an entry of a list of sources says nothing itself
POINTS_BACK = re.compile(
    r"(?:it|its|this|that|these|those|they|their|he|she|his|her|such|the (?:latter|former|same))\b", re.IGNORECASE
)

JOINED = 40  # words of a statement from which nothing more is joined to it


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
    before it, if that is in the same paragraph. Of a talk, what leans on too much before it is left out."""
    found: list[Sentence] = []
    cut, said = False, ""  # whether the sentence just before was left out, and what it said
    for sentence in sentences:
        before = found[-1] if found and not cut else None
        same_place = before is not None and (before.source, before.paragraph) == (sentence.source, sentence.paragraph)
        if before is not None and before.place and before.speaker == sentence.speaker:  # nobody talks in paragraphs
            same_place = before.place == sentence.place or not any(map(str.isdigit, sentence.text))
        leaning = leans_on(said, sentence.text) if sentence.place else POINTS_BACK.match(sentence.text) is not None
        said = sentence.text
        short = before is not None and len(before.text.split()) < JOINED
        if before is not None and same_place and leaning and (short or (sentence.place and turns(sentence.text))):
            found[-1] = replace(before, text=f"{before.text} {sentence.text}")
            continue
        cut = leaning and bool(sentence.place)
        found += [] if cut else [sentence]
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
    shared, shorter = len(ours & theirs), min(len(ours), len(theirs))
    if shared >= 0.5 * len(ours | theirs) or (bool(_keys(a)) and shared >= 0.75 * shorter > 0):
        return True
    return _is_telling(a) and shared >= max(3, 0.5 * shorter)


def _is_telling(text: str) -> bool:
    """Whether its figures are so exact that two statements with the same ones hardly have them by chance."""
    return any(len(re.sub(r"\D", "", figure.text).strip("0")) >= 3 for figure in key_figures(text))
