"""Which threads a text of a given length is made of: what was handed over first, then what fits the topic best."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..figures import key_figures
from ..words import content_words, names
from .spoken import is_decision
from .threads import Thread

OVER = 1.06  # a text may become this much longer than asked before a thread is left out
GOES_ON, LEADS_UP, BEGINS = (
    0.9,
    0.5,
    0.6,
)  # worth of following what is taken, of leading up to it, of opening a paragraph
HANGS = 0.6  # and what it loses by speaking of something in the room
STRETCHES, NEW_STRETCH = 8, 0.6  # parts of a talk, and what a first thread from each of them is worth
DECIDES = 0.8  # worth of what a talk announces
OPENS = 0.7  # worth of the first paragraph of a source, which says what the rest is about
INTRODUCES = 3.0  # worth of the first source: what comes first in the material mostly introduces it
HANDED = 10.0  # worth of a fact that was handed over, more than anything else
SPARE = 1.3  # times the words wanted that there should be to choose from
A_SOURCE = 130  # words that are given to each source: a short text draws on few of them
STRAY = 14  # words: a shorter thread is not worth a paragraph of its own
DANGLES = re.compile(
    r"^(?:\S+ ){1,6}(?:there|here)\b(?!'s| (?:is|are|was|were|has|have|had|will))|^(?:that|this) \w+s\b"
)


def choose(found: Sequence[Thread], topic: str, words: int) -> list[Thread]:
    """The threads for a text of so many words, in their own order."""
    if sum(thread.words for thread in found) <= words:
        return list(found)
    worth = _worth(tuple(found), topic)
    sources = _sources(found, worth, words)
    taken: set[int] = set()
    room = words * OVER
    for wanted in (True, False):
        waiting = [
            n for n, thread in enumerate(found) if thread.handed is wanted and (wanted or thread.source in sources)
        ]
        while waiting:
            covered = {_stretch(found, n) for n in taken}
            best = max(waiting, key=lambda n: (worth[n] + _company(found, taken, n) + _news(found, covered, n), -n))
            waiting.remove(best)
            if found[best].words <= room:
                taken.add(best)
                room -= found[best].words
    return [thread for n, thread in enumerate(found) if n in taken and not _stray(found, taken, n)]


def _stretch(found: Sequence[Thread], n: int) -> int:
    """Which stretch of the material a thread stands in."""
    return n * STRETCHES // len(found)


def _news(found: Sequence[Thread], covered: set[int], n: int) -> float:
    """What a thread of a talk is worth for coming from where nothing was taken yet: a talk has no sources that could be
    left out, and its end is as good as its beginning."""
    return NEW_STRETCH * (bool(found[n].places) and _stretch(found, n) not in covered)


def _stray(found: Sequence[Thread], taken: set[int], n: int) -> bool:
    """A short sentence without a figure whose paragraph was left out around it."""
    thread = found[n]
    plain = not thread.handed and thread.words < STRAY and not key_figures(thread.text)
    near = [m for m in (n - 1, n + 1) if 0 <= m < len(found) and found[m].paragraph == thread.paragraph]
    return plain and bool(near) and not any(m in taken for m in near)


def with_facts(found: Sequence[Thread], topic: str, number: int) -> tuple[Thread, ...]:
    """The threads with as many facts marked as handed over as a request wants: a writer who is to find them first."""
    worth = _worth(tuple(found), topic)
    telling = [n for n, thread in enumerate(found) if _tells(thread) and not thread.noted]
    best = set(sorted(telling, key=lambda n: (-worth[n], n))[:number])
    return tuple(replace(thread, handed=thread.handed or n in best) for n, thread in enumerate(found))


def _tells(thread: Thread) -> bool:
    """Whether a thread states a figure, or in a talk a decision."""
    return _in_digits(thread.text) or (bool(thread.places) and is_decision(thread.text))


def _in_digits(text: str) -> bool:
    return any(figure.unit not in ("word", "year", "date") for figure in key_figures(text))


def _sources(found: Sequence[Thread], worth: Sequence[float], words: int) -> set[str]:
    """The sources with most to say: those with facts that were handed over, then those whose best threads are best; as
    few as a text of this length can do with."""
    said: dict[str, list[float]] = {}
    length: Counter[str] = Counter()
    for thread, value in zip(found, worth, strict=True):
        said.setdefault(thread.source, []).append(value + HANDED * thread.handed)
        length[thread.source] += thread.words
    said[found[0].source].append(INTRODUCES)
    ranked = sorted(said, key=lambda source: -sum(sorted(said[source])[-4:]))
    enough = max(2, words // A_SOURCE)
    while enough < len(ranked) and sum(length[source] for source in ranked[:enough]) < SPARE * words:
        enough += 1
    return set(ranked[:enough])


@lru_cache(16)
def _worth(found: tuple[Thread, ...], topic: str) -> list[float]:
    """How much each thread has to do with the topic, and how much it says."""
    counts = Counter(word for thread in found for word in content_words(thread.text))
    rarity = {word: math.log(1 + len(found) / n) for word, n in counts.items()}
    asked = content_words(topic)
    total = sum(rarity.get(word, 0.0) for word in asked) or 1.0
    first_paragraph: dict[str, int] = {}
    result: list[float] = []
    for thread in found:
        about = (
            sum(
                rarity.get(word, 0.0)
                for word in asked & content_words(f"{thread.source} {thread.heading} {thread.text}")
            )
            / total
        )
        says = 0.25 * min(3, len(key_figures(thread.text))) + 0.1 * min(3, len(names(thread.text)))
        opens = first_paragraph.setdefault(thread.source, thread.paragraph) == thread.paragraph
        hangs = HANGS * (bool(thread.places) and DANGLES.search(thread.text) is not None)
        decides = DECIDES * (bool(thread.places) and is_decision(thread.text))
        result.append(decides - hangs + 1.5 * about + says + OPENS * opens - 0.4 * (thread.words < STRAY))
    return result


def _company(found: Sequence[Thread], taken: set[int], n: int) -> float:
    """Neighbours read better together than apart, and a paragraph is best begun at its beginning."""

    def beside(m: int) -> bool:
        return 0 <= m < len(found) and found[m].paragraph == found[n].paragraph

    begins = BEGINS if not beside(n - 1) else 0.0
    return begins + GOES_ON * (beside(n - 1) and n - 1 in taken) + LEADS_UP * (beside(n + 1) and n + 1 in taken)
