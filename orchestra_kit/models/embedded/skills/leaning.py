"""Speech leans on what was just said. Which sentences of a talk cannot be understood without the one before them, which
turn what it says, and what is left of a talk when some of it is left out.

A sentence is left out rather than repaired: nobody misses what is not there, and everybody is misled by "It was 19."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ..figures import NUMBER_WORDS
from ..sentences import Sentence
from .prose import FINITE, IMPERATIVE, POINTS_AT_ITSELF, count_words, points_back

A_FEW_WORDS, A_CONCLUSION = 7, 9  # words of a fragment or a verdict; words of a verdict that begins with "so"
OPENING = r"(?:(?:and|but|so|then|well|now|yes|yeah|no|oh|because|or)\b,?\s+)*"
BACKWARDS = re.compile(
    rf"{OPENING}(?:(?:it|its|that|this|these|those|they|their|them|he|his|him|she|her|such|both|neither)\b"
    r"|so\b(?! far| many| much)|sorry\b|we got\b|same\b|not (?:in|at|for|on|with|any|really|yet|true|the|that)\b"
    r"|(?:the|our) (?:\w+est|better|worse|older|younger|bigger|smaller|larger) (?:is|was|are|were|has|had)\b)",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(r"it (?:takes|costs)\b", re.IGNORECASE)  # in a talk, "it" is something
OF_IT = re.compile(
    r"(?:[^,;:–]|,(?=\d))*\b"
    r"(?:of (?:that|this|those|these|them|it)\b(?! who)|the \w+ ones?\b(?! (?:who|that|of|which)\b))"
)
OF_THAT_FIGURE = re.compile(r"\bth(?:at|is) (?:figure|number|question|one|list|idea)[.!]?$", re.IGNORECASE)
HAS_SUBJECT = re.compile(r"(?:I|we|you|they|he|she|it|there|people|nobody|everybody|everyone|who)\b", re.IGNORECASE)
SHORT_VERB = re.compile(r"\w['’](?:s|re|m|ve|ll|d|t)\b")
NUMBERS = rf"(?:[\d,.]*\d|{'|'.join(NUMBER_WORDS)})"
ENDS_IN_A_NUMBER = re.compile(
    rf"(?<!\bat )(?<!\bin )(?<!\bby )(?<!\buntil )(?<!\bsince )\b{NUMBERS}[.!]?$", re.IGNORECASE
)
ELLIPTIC = re.compile(
    r"(?:I|we|you|they|he|she|it|nobody|most) (?:did|do|does|was|were|is|are|had|have|has|could|can|will|would|should)"
    r"(?: not|n['’]t)?(?: either| too| any ?more| yet)?[.!]?$",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"\b(?:not|never|cannot|mistake|joke|joking|wrong|error|false|lie|nonsense|failure|disaster|useless|untrue|myth|no "
    r"(?:difference|good|use))\b|n['’]t\b",
    re.IGNORECASE,
)
SECONDS_A_WORD = 0.6  # of slow speech: who needs more for the words of a passage, skipped one
REGRETS = re.compile(
    r"(?:this|that|it) (?:was|is|turned out to be) (?:\w+ ){0,2}(?:mistake|wrong|failure|disaster|error)\b",
    re.IGNORECASE,
)
OF_THAT = re.compile(r"(?:this|that|it)\b", re.IGNORECASE)


@lru_cache(1 << 14)
def leans(text: str) -> bool:
    """Whether a spoken sentence needs the one before it: it begins with "it" or "so", is a fragment, or a bare number.

    >>> [leans(text) for text in ("It was 19.", "Pressure, 957.", "We got 14,000.", "We bake 255 loaves a day.")]
    [True, True, True, False]
    """
    if points_back(text) or turns(text) or OF_THAT_FIGURE.search(text) or OF_IT.match(text) or ELLIPTIC.match(text):
        return True
    if BACKWARDS.match(text) and not (POINTS_AT_ITSELF.match(text) and not EXPLETIVE.match(text)):
        return True
    few = count_words(text) <= A_FEW_WORDS
    whole = FINITE.search(text) or SHORT_VERB.search(text) or IMPERATIVE.match(text) or HAS_SUBJECT.match(text)
    return few and (not whole or (count_words(text) < A_FEW_WORDS and bool(ENDS_IN_A_NUMBER.search(text))))


def leans_on(before: str, text: str) -> bool:
    """The same, knowing the sentence before: what follows "This was a mistake." tells of the mistake.

    >>> [leans_on(before, "We went to rye flour.") for before in ("That was a mistake.", "It worked.")]
    [True, False]
    """
    return leans(text) or REGRETS.match(before) is not None


@lru_cache(1 << 14)
def turns(text: str) -> bool:
    """Whether a spoken sentence turns what the one before it says, so that this must not stand without it.

    >>> [turns(text) for text in ("This was a mistake.", "They did not.", "Sorry, ten.", "We did not buy it.")]
    [True, True, True, False]
    """
    said = re.sub(rf"^{OPENING}", "", text, flags=re.IGNORECASE)
    verdict = re.split(r"[,;–]", said)[0]
    denies, length = DENIES.search(verdict) is not None, count_words(verdict)
    if re.match(r"sorry\b|not (?:in|at|for|on|any|really|yet|true|the|that)\b", said, re.IGNORECASE):
        return True
    if ELLIPTIC.match(said):
        return denies
    concludes = re.match(r"so\b(?! far)", text, re.IGNORECASE) and length <= A_CONCLUSION
    return denies and bool(concludes or (OF_THAT.match(said) and length <= A_FEW_WORDS))


def unbroken(told: Sequence[Sentence], kept: Sequence[Sentence | None]) -> list[Sentence]:
    """What is kept of what was told, None where a sentence was left out: without what leans on a sentence that is not
    there, and without what a sentence that was left out had turned. Notes and other texts stay as they are."""
    left: list[Sentence] = []
    follows = False  # whether the sentence told just before is the last that is left
    before = ""  # what was told just before
    words = Counter[str]()
    for sentence in told:
        words[sentence.place] += count_words(sentence.text)
    for sentence, here in zip(told, kept, strict=True):
        beside = follows and _goes_on(left[-1], sentence, words[left[-1].place])
        leaning, before = here is not None and leans_on(before, here.text), sentence.text
        if here is not None and (not here.place or beside or not leaning):
            left.append(here)
            follows = bool(here.place)
            continue
        if follows and turns(sentence.text) and left[-1].speaker == sentence.speaker:
            left.pop()
        follows = False
    return left


def _goes_on(before: Sentence, after: Sentence, words: int) -> bool:
    """Whether what is said after a passage of so many words follows it at once: passages may have been left out, and
    their places tell."""
    if before.place == after.place:
        return True
    start, later = (_number(place) for place in (before.place, after.place))
    most = 1 if before.place.startswith("part") else words * SECONDS_A_WORD
    return before.speaker == after.speaker and 0 < later - start <= most


def _number(place: str) -> int:
    """The seconds of a time in a talk, or the number of a part."""
    parts = [int(digits) for digits in re.findall(r"\d+", place)]
    return sum(value * 60**power for power, value in enumerate(reversed(parts)))
