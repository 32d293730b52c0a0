"""Corrections: which statement takes back another one, and what then holds."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache

from .figures import Figure, figures, key_figures
from .owners import clause_of
from .sentences import Sentence
from .words import content_words

CORRECTS = re.compile(r"\b(?:correction|corrected|erratum|update|revised)\b\s*:?", re.IGNORECASE)
INSTEAD_OF = re.compile(r"\W{0,3}\s*(?:and\s+)?(?:not|previously|formerly)(?:\s+the)?\s+\W{0,2}$", re.IGNORECASE)
COMPARES = re.compile(r"\b(?:instead of|rather than)(?:\s+the)?\s+\W{0,2}$", re.IGNORECASE)  # corrects if it says so

I_SAID = re.compile(r"\bI (?:just )?said\b", re.IGNORECASE)
IT_IS = re.compile(r"\b(?:it is|it's|it was|I meant|should be|make that|that is)\b", re.IGNORECASE)
A_WHILE = 40  # sentences after which nobody corrects a slip of the tongue any more
A_MOMENT = 12  # sentences within which a speaker notices a slip of the tongue


def resolve(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The statements as they are after corrections."""
    return [sentence for sentence in corrected(sentences) if sentence is not None]


def corrected(sentences: Sequence[Sentence]) -> list[Sentence | None]:
    """Each statement as it is after corrections: None if another one corrects it, put right if it has further figures.

    The correction itself stays whole, "not £700" and all: whoever merges these notes with others may still meet the old
    figure there, and needs the evidence against it.
    """
    corrections = [sentence for sentence in sentences if CORRECTS.search(sentence.text)]
    told = [_put_right(sentence, corrections) for sentence in sentences] if corrections else list(sentences)
    stale = {n for sentence in told for n in _corrected_by(sentence, told)}
    return [None if n in stale else sentence for n, sentence in enumerate(told)]


def slips_put_right(sentences: Sequence[Sentence]) -> list[Sentence]:
    """A talk with slips of the tongue put right where the speaker says so: "I said 40, it is 36". The last sentence
    before that with the wrong figure gets the right one, and the correction itself is left out."""
    told = list(sentences)
    for n, sentence in enumerate(told):
        said = I_SAID.search(sentence.text) if sentence.place else None
        old = next((figure for figure in figures(sentence.text) if said and figure.start > said.start()), None)
        if old is None:
            continue
        for m in range(n, min(n + 3, len(told))):
            new = _now(told[m].text, old.end if m == n else 0)
            before = range(n - 1, max(-1, n - A_WHILE), -1)
            wrong = next(
                (k for k in before if new and old.key in {figure.key for figure in figures(told[k].text)}), None
            )
            if new is None or wrong is None or new.key == old.key:
                continue
            slip = next(figure for figure in figures(told[wrong].text) if figure.key == old.key)
            text = told[wrong].text
            told[wrong] = replace(told[wrong], text=text[: slip.start] + new.text + text[slip.end :])
            return slips_put_right([*told[:n], *told[m + 1 :]])
    return told


def _now(text: str, start: int) -> Figure | None:
    """The figure that a speaker says is the right one: after "it is" and the like."""
    cue = IT_IS.search(text, start)
    return next((figure for figure in figures(text) if cue and figure.start > cue.start()), None)


def settled(sentences: Sequence[Sentence]) -> list[Sentence]:
    """For readers: without the corrections that have been carried out, whose figure stands where it belongs."""
    kept = []
    for sentence in sentences:
        old, new = corrected_figures(sentence.text)
        about = content_words(sentence.text)
        done = bool(old and new and CORRECTS.match(sentence.text)) and any(
            other is not sentence
            and not CORRECTS.match(other.text)
            and new[0].key in {figure.key for figure in key_figures(other.text)}
            and about & content_words(other.text)
            for other in sentences
        )
        kept += [] if done else [sentence]
    return kept


def _put_right(sentence: Sentence, corrections: Sequence[Sentence]) -> Sentence:
    """A list of figures, "rent £19,200, van £8,450", with the one in its place that a correction names."""
    if CORRECTS.search(sentence.text):
        return sentence
    for correction in corrections:
        old, new = corrected_figures(correction.text)
        if not (old and new):
            continue
        found = key_figures(sentence.text)
        wrong = [figure for figure in found if figure.key == old[0].key]
        if len(found) > 2 and len(wrong) == 1 and new[0].key[1] == old[0].key[1]:
            about = content_words(clause_of(sentence.text, wrong[0]))
            if about & content_words(CORRECTS.sub("", correction.text)):
                text = sentence.text[: wrong[0].start] + new[0].text + sentence.text[wrong[0].end :]
                return replace(sentence, text=text)
    return sentence


def _corrected_by(correction: Sentence, sentences: Sequence[Sentence]) -> set[int]:
    old, new = corrected_figures(correction.text)
    if not new or (not old and not CORRECTS.search(correction.text)):
        return set()
    old_keys, new_keys = {figure.key for figure in old}, {figure.key for figure in new}
    of_the_same_kind = {key for key in new_keys if key[1] in {unit for _, unit in old_keys}}
    in_its_place = of_the_same_kind or new_keys
    about = content_words(CORRECTS.sub("", correction.text))
    stale = _taken_back(correction, old_keys, sentences)
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


def _taken_back(correction: Sentence, old: Set[object], sentences: Sequence[Sentence]) -> set[int]:
    """Who speaks corrects what was said a moment ago: the last sentence before this one that has the wrong figure."""
    if not correction.place or not old or correction not in sentences:
        return set()
    here = sentences.index(correction)
    about = content_words(correction.text)
    for n in range(here - 1, max(-1, here - A_MOMENT), -1):
        text = sentences[n].text
        if sentences[n].place and old & {figure.key for figure in key_figures(text)} and about & content_words(text):
            return {n}
    return set()


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
