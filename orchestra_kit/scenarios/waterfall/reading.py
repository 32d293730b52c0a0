"""How the checks read what was published: sentence by sentence, each claim looked up in the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...sources import Passage, Sources
from ...transcripts import Transcript
from ..articles import Article
from ..checks import Claim, looked_up
from ..claims import Evidence, Statement, evidence
from .heard import corrected
from .publisher import Published

SAME = 0.6  # share of a sentence's words that another must have to say the same
SHORT_FORM = re.compile(r"\b(I|We|You|They|He|She|It|That|There|What|Who|Here)['’](m|re|s|ve|ll|d)\b")
IN_FULL = {"m": "am", "re": "are", "s": "is", "ve": "have", "ll": "will", "d": "would"}
# Marks and hashtags, and who is quoted: no part of what is said.
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
    told = tuple(Passage(each.source, plainly(corrected(each.text, talk.text))) for each in passages)
    return evidence(Sources(told))


def read_pieces(done: Published, known: Evidence) -> Reading:
    """What the pieces say, sentence by sentence."""
    articles = {platform: Article.parse(plainly(BESIDE.sub("", text))) for platform, text in done.pieces.items()}
    statements = {platform: tuple(told_by(article, known)) for platform, article in articles.items()}
    claims = {platform: tuple(claims_of(said, known)) for platform, said in statements.items()}
    return Reading(done.pieces, statements, claims)


def plainly(text: str) -> str:
    """With "We're" and the like in full: a capital there makes no name of it.

    >>> plainly("We're glad. It’s here.")
    'We are glad. It is here.'
    """
    return SHORT_FORM.sub(lambda found: f"{found[1]} {IN_FULL[found[2]]}", text)


def told_by(article: Article, known: Evidence) -> Iterator[Statement]:
    """What an article tells of the talk's subject: neither where it comes from, nor what its headings will be."""
    headings = frozenset(word for heading in article.headings for word in known.read(heading).words)
    for sentence in article.sentences:
        statement = known.read(sentence)
        if not about_the_talk(sentence) and not (headings and statement.share_in(headings) >= SAME):
            yield statement


def claims_of(statements: Sequence[Statement], known: Evidence) -> Iterator[Claim]:
    """The sentences with figures, each looked up; its owner may stand in the sentence before."""
    before = None
    for statement in statements:
        if statement.quantities:
            yield looked_up(statement, before, known)
        before = statement


def about_the_talk(sentence: str) -> bool:
    """Whether a sentence only says where something comes from: "Hear it in the talk, at 0:25 and 4:10."."""
    place = r"\b\d{1,2}:\d\d\b|\bin parts? \d"
    return re.search(place, sentence) is not None or sentence.startswith(("From the talk", "Subject:"))
