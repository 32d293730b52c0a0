"""What a folder of notes is about, when nobody says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ..sources import Sources

SAYS_NOTHING = frozenset(
    "archive content data doc docs document documents draft drafts file files folder input inputs material my new note "
    "notes old our source sources src stuff temp test text texts the tmp".split()
)
COMMON = SAYS_NOTHING | frozenset(
    "about after also because been before being between both could does each else from given have into just like "
    "little made make many more most much must need only other over same should some such than that their them then "
    "there these they this those through time twice under very what when where which while whose will with without "
    "would year years".split()
)
TITLE_COUNTS = 3  # a word in a title says as much as in three passages


def topic_of(folder: Path, notes: Sources) -> str:
    """The name of the folder if it says anything; else the two words that most of the notes have in common.

    >>> bees = Sources.of(["Bees dance. Their hives hum.", "City bees fly back to their hives."])
    >>> topic_of(Path("urban_beekeeping"), bees), topic_of(Path("my_notes"), bees)
    ('urban beekeeping', 'hives and bees')
    """
    name = " ".join(re.findall(r"[^\W\d_]+", folder.resolve().stem))
    if set(name.lower().split()) - SAYS_NOTHING:
        return name
    shared: Counter[str] = Counter()
    for passage in notes.passages:
        shared.update(words(passage.text))
    for title in {passage.source for passage in notes.passages}:
        shared.update(dict.fromkeys(words(title), TITLE_COUNTS))
    best = sorted(shared, key=lambda word: (-shared[word], -len(word), word))[:2]
    return " and ".join(best) or "what these notes say"


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in COMMON}
