"""Does an article say what its sources say? Figures, whose figures they are, what is denied, what has been corrected.

This is an oracle: it reads articles and sources on its own terms, shares no code with the model that writes them, and
looks only at the words. A sentence with a quantity in it is a claim. A source sentence supports a claim if

* it is about the same: it has most of the claim's words, and no other source sentence has clearly more,
* it has every number and every name of the claim, as often (a date and a model's version are numbers too),
* each quantity stands with the words, and the names, that it stands with in the source,
* neither denies what the other says, nor says the opposite in another word (rose, fell), and
* no source sentence corrects the figure ("15.7%, not 17.14%").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from ..sources import Sources
from .articles import sentences_of
from .statements import TOKEN, Quantity, Statement, read, stem, stems, word_set

SAME_SUBJECT = 0.4  # the least share of a claim's words that its source must have
NEARLY_AS_GOOD = 0.8  # of the best source's share: as near as that counts as a source too

CITATION = re.compile(r"\([^()]*\b(?:19|20)\d\d\b[^()]*\)|\[\d+\]")


OPPOSITES = tuple(
    (word_set(one), word_set(other))
    for one, other in (
        (
            "rose rise rises rising up grew grow grows increased higher",
            "fell fall falls falling down dropped shrank decreased lower",
        ),
        ("under below less fewer", "over above more"),
        ("before", "after"),
        ("won gained", "lost"),
        ("bought buy", "sold sell"),
        ("open opens opened", "close closes closed"),
        ("best", "worst"),
        ("most", "least"),
    )
)
FROM_TO = re.compile(r"\bfrom (?:about )?([€£$]?\d[\d.,]*)(?: \w+| ?%){0,2}? to (?:about )?([€£$]?\d[\d.,]*)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the sources say: their statements with figures, and the words of each passage."""

    statements: tuple[Statement, ...]
    passages: tuple[frozenset[str], ...]
    vocabulary: frozenset[str]  # words that stand somewhere in small letters, so that a capital makes no name of them
    labels: tuple[str, ...] = ()  # of the passages

    def read(self, sentence: str) -> Statement:
        """An article's sentence, without references such as (Anthropic, 2025)."""
        return read(CITATION.sub("", sentence), self.vocabulary)

    def support(self, claim: Statement, context: Statement | None = None) -> tuple[Statement, ...]:
        """The source sentences that support a claim. `context` is the sentence before it, where its owner may stand."""
        if same := tuple(each for each in self.statements if in_plain(each.text) == in_plain(claim.text)):
            return same  # word for word
        near = [(claim.share_in(statement.words), statement) for statement in self.statements]
        least = max(SAME_SUBJECT, NEARLY_AS_GOOD * max((share for share, _ in near), default=0.0))
        named = claim.owners | (context.owners if context else frozenset())
        return tuple(
            statement
            for share, statement in near
            if share >= least
            and claim.numbers <= statement.numbers
            and names_known(claim, statement)
            and (not statement.owners or named & statement.owners)
            and claim.negations <= statement.negations
            and not says_the_opposite(claim, statement)
            and quantities_agree(claim.quantities, statement.quantities)
        )

    def corrected(self, claim: Statement) -> bool:
        """Does the claim state a figure that a source explicitly takes back?"""
        return any(
            figure.agrees(old)
            for figure in claim.quantities
            if not figure.denied
            for correction in self.statements
            for old in correction.quantities
            if old.denied and claim.share_in(correction.words) >= SAME_SUBJECT
        )


def in_plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%€£$]+", text.casefold()))


def says_the_opposite(one: Statement, other: Statement) -> bool:
    """Whether two sentences about the same have opposite words, or figures that go the opposite way."""
    ours, theirs = (frozenset(re.findall(r"\w+", each.text.lower())) for each in (one, other))
    for left, right in OPPOSITES:
        for here, there in ((left, right), (right, left)):
            if ours & here and not ours & there and theirs & there and not theirs & here:
                return True
    if any(f"un{word}" in theirs - ours for word in ours - theirs) or any(
        f"un{word}" in ours - theirs for word in theirs - ours
    ):
        return True
    went = {(start, end) for start, end in FROM_TO.findall(other.text)}
    return any((end, start) in went and start != end for start, end in FROM_TO.findall(one.text))


def names_known(claim: Statement, statement: Statement) -> bool:
    """Does the source have every name of the claim, as often? A capital may also be mere style, or the title's."""
    words = statement.words | frozenset(stems(statement.label))
    return all(
        times <= statement.names[name] if name in statement.names else stem(name) in words
        for name, times in claim.names.items()
    )


def quantities_agree(claimed: tuple[Quantity, ...], stated: tuple[Quantity, ...]) -> bool:
    """Does each figure stand with what it stands with in the source? Two figures that have changed places do not."""
    partners: list[tuple[int, int]] = []  # the clause in the claim, and the place in the source
    for figure in claimed:
        fitting = [place for place, other in enumerate(stated) if stands_with_its_own(figure, other, stated)]
        if not fitting:
            return False
        partners.append((figure.clause, fitting[0]))
    return all(  # within one clause, only their order tells figures apart
        place < later_place
        for (clause, place), (later_clause, later_place) in combinations(partners, 2)
        if clause == later_clause
    )


def stands_with_its_own(figure: Quantity, other: Quantity, stated: tuple[Quantity, ...]) -> bool:
    """Is `other` the same figure, about the same thing, among those stated in one sentence?"""
    if not figure.agrees(other) or figure.denied != other.denied or figure.negations != other.negations:
        return False
    if other.names and not figure.nearest <= other.names:
        return False
    if figure.nearest and [rival for rival in stated if rival.nearest == figure.nearest] == [other]:
        return True  # 5.60% of requests to Anthropic: nothing tells more than the name

    def likeness(candidate: Quantity) -> int:
        elsewhere = [rival.words for rival in stated if rival.clause != candidate.clause]
        return len(figure.words & candidate.words.difference(*elsewhere))

    # a figure in the same clause has its own words there, and says nothing about this one
    rivals = [rival for rival in stated if rival.value not in figure.words]
    return likeness(other) >= max(map(likeness, rivals), default=0)


@lru_cache(maxsize=32)
def evidence(sources: Sources) -> Evidence:
    """Read all that the sources say, once."""
    text = " ".join(passage.text for passage in sources.passages)
    vocabulary = frozenset(token for token in TOKEN.findall(text) if token.islower())
    statements = tuple(
        statement
        for passage in sources.passages
        for sentence in sentences_of(passage.text)
        if (statement := read(sentence, vocabulary, passage.source)).quantities
    )
    passages = tuple(frozenset(stems(passage.text)) for passage in sources.passages)
    return Evidence(statements, passages, vocabulary, tuple(passage.source for passage in sources.passages))
