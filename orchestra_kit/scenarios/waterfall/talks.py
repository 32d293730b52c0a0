"""A talk as material for a team: in parts that one reader each can read, and as the sentence that says what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ...models.tokens import count
from ...sources import Passage, Sources
from ...specialist import shown
from ...transcripts import Transcript

READ_AT_ONCE = 4_500  # tokens of a talk for one reader: with what he is told and what he writes it fits a small window
GIVES_IT = 0.6  # share of the words from which a talk is somebody's
EARLY = 15  # sentences in which a speaker says who he is
IS_MINE = re.compile(
    r"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s) (?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2})"
)
OF_A_FILE = re.compile(r"auto|final|v\d+|captions?|subtitles?|transcript|copy|edited|draft", re.IGNORECASE)
PLATFORMS = "the blog, the newsletter, LinkedIn, Bluesky and the community"


def parts_of(passages: Sources) -> Sequence[Sources]:
    """The passages in as few parts as one reader each can read at once, in order and of about the same length."""
    sizes = [count(shown((passage,))) + 2 for passage in passages.passages]
    number = max(1, -(-sum(sizes) // READ_AT_ONCE))
    parts: list[list[Passage]] = [[] for _ in range(number)]
    before = 0
    for passage, size in zip(passages.passages, sizes, strict=True):
        parts[min(number - 1, before * number // sum(sizes))].append(passage)
        before += size
    return [Sources(tuple(part)) for part in parts if part]


def goal_of(talk: Transcript, about: str) -> str:
    """What is to be done, in a sentence.

    >>> goal_of(Transcript.of("# Bees\\n\\nADA KING: They hum."), "")
    'Bring the talk “Bees” by Ada King to the blog, the newsletter, LinkedIn, Bluesky and the community.'
    """
    speaker = speaker_of(talk)
    by = f" by {speaker}" if speaker and speaker not in talk.title else ""  # "…: a talk by Ada King"
    title = title_of(talk).translate(str.maketrans('“”"', "‘’’"))  # it stands in quotation marks
    return f"Bring the talk “{title}”{by}{f' about {about}' if about else ''} to {PLATFORMS}."


def speaker_of(talk: Transcript) -> str:
    """Who gives a talk: whoever says most of it; where no speakers are named, who says "I'm Ada King"; "" if nobody."""
    words = Counter[str]()
    for said in talk.said:
        words[said.speaker] += len(said.text.split())
    speaker, most = words.most_common(1)[0] if words else ("", 0)
    if list(words) == [""]:
        own = (IS_MINE.search(said.text) for said in talk.said[:EARLY])
        return next((match["name"] for match in own if match), "")
    return speaker if most >= GIVES_IT * words.total() else ""


def title_of(talk: Transcript) -> str:
    """What a talk is called, without what only tells one file from another.

    >>> title_of(Transcript("Water auto v2", ()))
    'Water'
    """
    words = talk.title.split()
    while len(words) > 1 and OF_A_FILE.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)
