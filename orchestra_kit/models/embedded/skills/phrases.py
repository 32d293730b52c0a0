"""The phrases a text turns on: for headings, titles, tags and hashtags. All of them are the text's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ..figures import NUMBER_WORDS
from ..sentences import split_sentences
from ..words import FUNCTION_WORDS, OPENERS, content_words, names
from .prose import FINITE

WORD = re.compile(r"[^\W\d_][\w&]*(?:[-'’][\w&]+)*")
CLAUSE = re.compile(r"[^,;:.!?()\[\]\"“”–—|/\n]+")
# Words that no heading, title or tag should turn on.
WEAK = frozenset(
    """according adds asked average better big bigger clear cost costs different early easy enough even every example
    far few first five found four gave general give good great half hard high higher important kind large larger
    last late least less little long longer low lower main many matter matters mean means much need needs new next
    number often old one open part parts people percent place point possible put reason right second set several
    short similar small smaller start still sure ten thing things third three time times today two usual way ways
    week weeks whole work works year years month months day days hour hours minute minutes january february march
    april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday action actions round spring summer autumn winter colleagues dr mr mrs""".split()
)
LONGEST = 3  # words of a phrase


@lru_cache(1 << 10)
def phrases(text: str) -> dict[str, int]:
    """Every run of one to three words that carry meaning and are not verbs, in lower case, with how often it occurs."""
    counts: Counter[str] = Counter()
    for run in _runs(text):
        for length in range(1, LONGEST + 1):
            counts.update(" ".join(run[n : n + length]) for n in range(len(run) - length + 1))
    return {phrase: n for phrase, n in counts.items() if not (" " not in phrase and _weak(phrase))}


def _runs(text: str) -> Iterable[list[str]]:
    for clause in CLAUSE.findall(text):
        run: list[str] = []
        for word in WORD.findall(clause):
            low = word.lower().replace("’", "'").removesuffix("'s")
            if (
                low in FUNCTION_WORDS
                or low in OPENERS
                or low in NUMBER_WORDS
                or len(low) < 3
                or FINITE.fullmatch(low)
                or low.endswith("ly")
            ):
                yield run
                run = []
            else:
                run.append(low)
                if word.endswith(("'s", "’s")):
                    yield run
                    run = []
        yield run


def _weak(word: str) -> bool:
    return word in WEAK or (word.endswith("ing") and len(word) < 7)


@lru_cache(1 << 12)
def subject(sentence: str) -> str:
    """What a sentence is about: the words that carry meaning before its verb, in lower case; "" if they are many.

    >>> subject("Honey yields are higher than people expect.")
    'honey yields'
    """
    verb = FINITE.search(sentence)
    runs = [run for run in _runs(sentence[: verb.start()] if verb else "") if run]
    return " ".join(runs[0]) if runs and len(runs[0]) <= LONGEST else ""


def key_phrases(text: str, whole: str = "", used: Iterable[str] = (), alone: int = 5) -> list[str]:
    """The phrases that say best what a text is about, the best first: those that come again and again here and less
    elsewhere (in the whole it is part of), preferably as what a sentence is about. A single word must come `alone`
    times, and often end what it stands in, as nouns do.

    >>> key_phrases("Honey yields fell in Leith. The honey yields of the rooftops rose. A roof is warm.")
    ['honey yields']
    """
    here, everywhere = phrases(text), phrases(whole)
    ends = Counter(run[-1] for run in _runs(text) if run)
    spoken_of = [subject(sentence) for sentence in split_sentences(text)]
    subjects = Counter(spoken_of) + Counter(spoken_of[:1])  # the first one sets the tone
    said = [content_words(phrase) for phrase in used]
    low = text.lower()

    def score(phrase: str) -> tuple[float, int]:
        share = here[phrase] / max(here[phrase], everywhere.get(phrase, 0))
        length = len(phrase.split())
        return (here[phrase] + 1.5 * subjects[phrase]) * share * (0.4 + 0.6 * length), -low.find(phrase)

    def fits(phrase: str) -> bool:
        words = content_words(phrase)
        weak_edge = phrase.split()[0] in WEAK or phrase.split()[-1] in WEAK
        noun = 2 * ends[phrase.split()[-1]] >= here[phrase]
        enough = here[phrase] > 1 if " " in phrase else here[phrase] + subjects[phrase] >= alone
        return bool(words) and not weak_edge and enough and noun and not any(words <= other for other in said)

    best: list[str] = []
    for phrase in sorted(filter(fits, here), key=score, reverse=True):
        if not any(content_words(phrase) & content_words(other) for other in best):
            best.append(phrase)
    return [as_written(phrase, text) for phrase in best]


def as_written(phrase: str, text: str) -> str:
    """With the capitals that the text gives it inside a sentence."""
    spellings = Counter(re.findall(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text, re.IGNORECASE))
    known = {word for name in names(text) for word in name.split()}
    best = max(spellings, key=lambda spelling: (spellings[spelling], spelling), default=phrase)
    return " ".join(
        word if word in known or (word.isupper() and len(word) > 1) else word.lower() for word in best.split()
    )


def lowered(heading: str, text: str) -> str:
    """A heading as it stands inside a sentence: its first word keeps its capital only if it is a name or an acronym."""
    first, _, rest = heading.partition(" ")
    known = {word for name in names(text) for word in name.split()}
    keeps = sum(map(str.isupper, first)) > 1 or (
        first in known and not re.search(rf"\b{re.escape(first.lower())}\b", text)
    )
    return heading if keeps else f"{first[:1].lower()}{first[1:]} {rest}".strip()
