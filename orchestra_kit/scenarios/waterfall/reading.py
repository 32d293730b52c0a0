"""How the checks read what was published: sentence by sentence, each claim looked up in the talk."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...sources import Passage, Sources
from ...transcripts import Transcript
from ..articles import Article
from ..checks import Claim, looked_up
from ..claims import Evidence, evidence
from ..statements import Statement
from .heard import in_full
from .publisher import Published
from .slips import TakenBack, corrected, taken_back

SAME = 0.6  # share of a sentence's words that another must have to say the same
# Marks and hashtags, and who is quoted: no part of what is said.
PLACE, LITTLE = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b|\bin parts? \d"), 4  # words of a line of places
BESIDE = re.compile(r"[“”\"]|(?<!\w)#\w+|\s+[–—] (?:[A-Z]|from the talk)[^\n]{0,200}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """The pieces, as one reads them: the sentences of each, and its claims looked up in the talk."""

    texts: Mapping[str, str]
    statements: Mapping[str, Sequence[Statement]]
    claims: Mapping[str, Sequence[Claim]]

    @property
    def everything(self) -> list[Statement]:
        return [statement for statements in self.statements.values() for statement in statements]

    @property
    def supported(self) -> list[Claim]:
        return [claim for claims in self.claims.values() for claim in claims if claim.support]


@lru_cache(8)
def known_from(talk: Transcript) -> Evidence:
    """All that the talk says, with slips of the tongue put right where the speaker did so."""
    passages = talk.as_sources(named=False).passages
    told = tuple(Passage(each.source, in_full(corrected(each.text, talk.text))) for each in passages)
    return evidence(Sources(told))


def read_pieces(done: Published, known: Evidence, talk: str) -> Reading:
    """What the pieces say, sentence by sentence."""
    articles = {platform: Article.parse(in_full(BESIDE.sub("", text))) for platform, text in done.pieces.items()}
    statements = {platform: tuple(told_by(article, known)) for platform, article in articles.items()}
    slips = taken_back(talk)
    claims = {platform: tuple(claims_of(said, known, slips)) for platform, said in statements.items()}
    return Reading(done.pieces, statements, claims)


def told_by(article: Article, known: Evidence) -> Iterator[Statement]:
    """What an article tells of the talk's subject: neither where it comes from, nor what its headings will be."""
    headings = frozenset(word for heading in article.headings for word in known.read(heading).words)
    places = frozenset(known.labels)
    for sentence in article.sentences:
        statement = known.read(sentence)
        if not about_the_talk(statement, places) and not (headings and statement.share_in(headings) >= SAME):
            yield statement


def claims_of(statements: Sequence[Statement], known: Evidence, slips: Sequence[TakenBack]) -> Iterator[Claim]:
    """The sentences with figures, each looked up; its owner may stand in the sentence before. A figure that the speaker
    takes back is wrong, in words as in digits."""
    before = None
    for statement in statements:
        if any(repeats(statement, slip, known) for slip in slips):
            yield Claim(statement, (), "the speaker takes this figure back")
        elif statement.quantities:
            yield looked_up(statement, before, known)
        before = statement


def repeats(statement: Statement, slip: TakenBack, known: Evidence) -> bool:
    """Whether a sentence says what was said before a figure was taken back."""
    figure = re.search(rf"(?<![\w.,]){re.escape(slip.figure)}(?![\w%])", statement.text, re.IGNORECASE)
    return figure is not None and statement.share_in(known.read(in_full(slip.said)).words) >= SAME


def about_the_talk(statement: Statement, places: Collection[str]) -> bool:
    """Whether a sentence only says where something comes from: "Hear it in the talk, at 0:25 and 4:10.". A time that is
    no place in the talk is a figure: "At 10:02 the certificate expires"."""
    if statement.text.startswith(("From the talk", "From a talk", "Subject:")):
        return True
    named = PLACE.findall(statement.text)
    where = all(name in places or name.startswith("in part") for name in named)
    return bool(named) and where and len(statement.words) <= LITTLE
