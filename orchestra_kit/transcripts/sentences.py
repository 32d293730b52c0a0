"""From turns to sentences: the author's where there are full stops, found ones where there are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .boundaries import cut
from .english import FILLERS, FIRST_PERSON, is_english
from .parts import Said, Word, count
from .words import Turn, bare

STOP = re.compile(r"[.!?…。！？｡।॥؟۔።]+[\"'”’»)\]」』]*$")
# Full stops that end no sentence, and those that may: then the next word has to look like a beginning.
SHORTENED = frozenset("mr. mrs. ms. dr. prof. st. vs. e.g. i.e. approx. cf. sen. rep. gen. capt.".split())
NUMBERED = frozenset("no. nos. fig. vol. p. pp. ch.".split())  # before a number
MAY_END = re.compile(r"(?:(?:[^\W\d_]\.)+|(?:inc|ltd|co|etc|jr|sr|corp)\.)$", re.IGNORECASE)
BEGINNINGS = frozenset("the we it and but so they he she in that this there if when what then now you our my a".split())
LONG = 60  # words without a full stop and without a comma: nobody put any signs


class Tally(Counter[str]):
    """What was mended, and how often."""


def said_in(turns: Sequence[Turn], *, begins_small: bool = False) -> tuple[tuple[Said, ...], list[str]]:
    """The sentences of all turns, and what was mended to make them readable, one plain sentence each."""
    english = is_english([bare(word.text) for turn in turns for word in turn.words])
    small = begins_small or small_after_stops(turns)
    tally = Tally()
    said: list[Said] = []
    for turn in turns:
        words = without_fillers(turn.words, tally) if english else turn.words
        for stretch in at_stops(words, small):
            signs = has_signs(stretch)
            starts = [0] if signs else cut(stretch, english)
            tally["found"] += 0 if signs else len(starts)
            for start, end in zip(starts, [*starts[1:], len(stretch)], strict=True):
                text = finished(stretch[start:end], small or not signs, english, tally)
                said.append(Said(text, stretch[start].start_s, turn.speaker))
    mended = {
        "filler": f"{count(tally['filler'], 'filler')} such as um left out",
        "found": f"{count(tally['found'], 'sentence')} found where there was no punctuation",
        "stop": f"{count(tally['stop'], 'full stop')} put at the end of sentences",
        "capital": f"{count(tally['capital'], 'small letter')} made capital",
    }
    return tuple(said), [sentence for kind, sentence in mended.items() if tally[kind]]


def at_stops(words: Sequence[Word], small: bool) -> Iterator[Sequence[Word]]:
    """The words in stretches, each up to a full stop. `small`: sentences begin with small letters in this talk."""
    begun = 0
    for number, word in enumerate(words[:-1]):
        if ends(word.text, words[number + 1].text, small):
            yield words[begun : number + 1]
            begun = number + 1
    if words:
        yield words[begun:]


def ends(word: str, following: str, small: bool) -> bool:
    """Whether a sentence ends between these two words.

    >>> ends("Smith.", "He", False), ends("Dr.", "Smith", False), ends("U.S.", "law", False), ends("p.m.", "We", False)
    (True, False, False, True)
    """
    if not STOP.search(word) or word.lower() in SHORTENED:
        return False
    if word.lower() in NUMBERED and following[0].isdigit():
        return False
    first = following.lstrip("\"'“‘«(¿¡[")[:1]
    if MAY_END.match(word):
        return following.lower() in BEGINNINGS and (small or first.isupper())
    return small or not first.islower()


def small_after_stops(turns: Iterable[Turn]) -> bool:
    """Whether most full stops are followed by a small letter, as in transcripts that have no capitals at all."""
    after = Counter(
        after.text[:1].islower()
        for turn in turns
        for word, after in zip(turn.words, turn.words[1:], strict=False)
        if STOP.search(word.text) and not MAY_END.match(word.text) and word.text.lower() not in SHORTENED
    )
    return after[True] > after[False]


def has_signs(words: Sequence[Word]) -> bool:
    """Whether somebody put the signs into this stretch: it ends with a full stop, and is no endless row of words."""
    if not STOP.search(words[-1].text):
        return False
    return len(words) <= LONG or any(word.text[-1] in ",;:–—、，" for word in words)


def finished(words: Sequence[Word], capitals: bool, english: bool, tally: Tally) -> str:
    """The words as a sentence: with a full stop, and where the talk has none, a capital at its beginning."""
    text = "".join(("" if word.glued or not number else " ") + word.text for number, word in enumerate(words))
    if english:
        text, firsts = FIRST_PERSON.subn("I", text)
        tally["capital"] += firsts
    if capitals and text[0].islower() and len(text[0].upper()) == 1:
        text = text[0].upper() + text[1:]
        tally["capital"] += 1
    if text[-1].isdigit() or text[-1].islower() or text[-1].isupper() or text[-1] == "%":
        text += "."
        tally["stop"] += 1
    return text


def without_fillers(words: Sequence[Word], tally: Tally) -> list[Word]:
    """The words without um and uh. What stood around them stays: a capital, a full stop."""
    kept: list[Word] = []
    capital = False
    for word in words:
        if bare(word.text).strip("-–—…") not in FILLERS:
            kept.append(word._replace(text=word.text[0].upper() + word.text[1:]) if capital else word)
            capital = False
            continue
        tally["filler"] += 1
        capital = capital or word.text[0].isupper()
        if kept and (stop := STOP.search(word.text)) and not STOP.search(kept[-1].text):
            kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(",;:") + stop[0])
        elif kept and word.text[-1] == "," and kept[-1].text[-1] == ",":
            kept[-1] = kept[-1]._replace(text=kept[-1].text[:-1])
    return kept
