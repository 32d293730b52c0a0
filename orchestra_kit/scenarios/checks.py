"""Measuring a finished article: eight properties, each a number from 0 to 1, measured on the text alone.

The checks know the sources and what was asked for. They know nothing of the model that wrote the article, nor of the
pattern in which its team worked, and they share no code with the embedded model.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from ..sources import Sources
from .articles import Article
from .check import Check
from .claims import Evidence, evidence
from .statements import Statement
from .voice import Voice

FULL_MARKS_WITHIN = 0.15  # of the length asked for
NO_MARKS_BEYOND = 0.60
WORST_VOICE = 25  # violations per 100 sentences at which the voice is worth nothing
SUBSTANCE = 6  # words with meaning from which a sentence says something that needs a source
IN_THE_SOURCES = 0.6  # share of a sentence's words that one passage must have
MAX_TITLE, MAX_DESCRIPTION, MIN_TAGS, MAX_TAGS = 100, 160, 3, 6

WEIGHTS = {  # what a reader minds most counts most
    "facts correct": 3,
    "facts used": 2,
    "nothing invented": 2,
    "sources named": 1,
    "length": 1,
    "voice": 1,
    "metadata": 1,
    "not repeated": 1,
}


def check_article(
    text: str, sources: Sources, *, facts: int, words: int, voice: Voice | None = None
) -> tuple[Check, ...]:
    """All checks of an article that was to carry so many facts in so many words. `voice` are the bundled house rules
    unless others are given."""
    article, known = Article.parse(text), evidence(sources)
    checks = (
        facts_used(article, known, facts),
        facts_correct(article, known),
        sources_named(article, known),
        length(article, words),
        voice_kept(text, article, voice or Voice.load()),
        metadata(article),
        not_repeated(article),
        nothing_invented(article, known),
    )
    return tuple(replace(check, weight=WEIGHTS[check.name]) for check in checks)


# facts


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the article with a figure in it, and the source sentences that support it: none if it is wrong."""

    statement: Statement
    support: tuple[Statement, ...]
    why_not: str = ""


def claims(article: Article, known: Evidence) -> list[Claim]:
    """The claims of an article, each looked up in the sources."""
    statements = [known.read(sentence) for sentence in article.sentences]
    return [
        looked_up(statement, before, known)
        for before, statement in pairwise([None, *statements])
        if statement is not None and statement.quantities
    ]


def looked_up(statement: Statement, before: Statement | None, known: Evidence) -> Claim:
    """A sentence is right if a source supports it as a whole, or if all the parts with figures that it joins are."""
    if known.corrected(statement):
        return Claim(statement, (), "the sources correct this figure")
    if support := known.support(statement, before):
        return Claim(statement, support)
    parts = [known.read(part) for part in re.split(r"; |, (?:and|but|while|whereas) ", statement.text)]
    supports = [known.support(part, statement) for part in parts if part.numbers]
    if len(parts) > 1 and all(supports):
        return Claim(statement, tuple(source for support in supports for source in support))
    return Claim(statement, (), "no source says so")


def facts_used(article: Article, known: Evidence, wanted: int) -> Check:
    """How many different facts with figures from the sources stand in the article, out of those asked for."""
    right = [claim.statement for claim in claims(article, known) if claim.support]
    figures = {frozenset(figure.value for figure in statement.quantities) for statement in right}
    used = sum(not any(mine < other for other in figures) for mine in figures)  # said again in part, it counts once
    value = min(1.0, used / wanted) if wanted else 1.0
    return Check("facts used", value, value == 1.0, f"{used} facts with figures from the sources, {wanted} asked for")


def facts_correct(article: Article, known: Evidence) -> Check:
    """The share of sentences with figures that give the figure, and its owner, as a source has them."""
    found = claims(article, known)
    wrong = [claim for claim in found if not claim.support]
    if not found:
        return Check("facts correct", 0.0, False, "no sentence with a figure")
    right = len(found) - len(wrong)
    first = f"; {wrong[0].why_not}: {wrong[0].statement.text}" if wrong else ""
    detail = f"{right} of {len(found)} sentences with figures{first}"
    return Check("facts correct", right / len(found), not wrong, detail)


def sources_named(article: Article, known: Evidence) -> Check:
    """The share of right claims whose source, the note or the owner of the figure, stands in the list of sources."""
    listed = "\n".join(article.sources).casefold()
    right = [claim for claim in claims(article, known) if claim.support]
    named = [claim for claim in right if any(is_named(source, claim, listed) for source in claim.support)]
    value = len(named) / len(right) if right else float(bool(listed))
    detail = f"{len(named)} of {len(right)} facts have their source among the {len(article.sources)} listed"
    return Check("sources named", value, value == 1.0, detail)


def is_named(source: Statement, claim: Claim, listed: str) -> bool:
    names = {source.label.casefold()} | (source.owners & claim.statement.owners)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", listed) for name in names)


def nothing_invented(article: Article, known: Evidence) -> Check:
    """The share of sentences of substance whose words come from one passage of the sources. Short sentences that lead
    from one thought to the next need no source."""
    statements = [known.read(sentence) for sentence in article.sentences]
    said = [statement for statement in statements if len(statement.words) >= SUBSTANCE]
    invented = [
        statement
        for statement in said
        if max((statement.share_in(words) for words in known.passages), default=0.0) < IN_THE_SOURCES
    ]
    if not said:
        return Check("nothing invented", 0.0, False, "no sentence of substance")
    first = f"; not in the sources: {invented[0].text}" if invented else ""
    detail = f"{len(said) - len(invented)} of {len(said)} sentences of substance{first}"
    return Check("nothing invented", 1 - len(invented) / len(said), not invented, detail)


# form


def length(article: Article, asked: int) -> Check:
    """Words of prose against the number asked for: full marks near it, none far from it, a straight line between."""
    off = abs(article.words - asked) / asked
    value = (NO_MARKS_BEYOND - off) / (NO_MARKS_BEYOND - FULL_MARKS_WITHIN)
    detail = f"{article.words} words, {asked} asked for"
    return Check("length", min(1.0, max(0.0, value)), off <= FULL_MARKS_WITHIN, detail)


def voice_kept(text: str, article: Article, voice: Voice) -> Check:
    """Violations of the house rules per 100 sentences."""
    found = voice.violations(text)
    per_hundred = 100 * len(found) / max(1, len(article.sentences))
    first = f", first {found[0].quote!r} ({found[0].rule})" if found else ""
    detail = f"{len(found)} violations in {len(article.sentences)} sentences{first}"
    return Check("voice", max(0.0, 1 - per_hundred / WORST_VOICE), not found, detail)


def metadata(article: Article) -> Check:
    """Front matter that parses, and in it a title, a description, tags and sources; each is one fifth."""
    front = article.front
    title, description, tags = front.get("title"), front.get("description"), front.get("tags")
    good_tags = isinstance(tags, list) and MIN_TAGS <= len(tags) <= MAX_TAGS and all(tag == tag.lower() for tag in tags)
    faults = {
        article.front_fault: bool(article.front_fault),
        f"a title of 1 to {MAX_TITLE} characters": not fits(title, MAX_TITLE),
        f"a description of 1 to {MAX_DESCRIPTION} characters": not fits(description, MAX_DESCRIPTION),
        f"{MIN_TAGS} to {MAX_TAGS} tags in small letters": not good_tags,
        "a list of sources": not front.get("sources"),
    }
    wrong = [fault for fault, present in faults.items() if present]
    detail = f"wrong or missing: {'; '.join(wrong)}" if wrong else "complete"
    return Check("metadata", 1 - len(wrong) / len(faults), not wrong, detail)


def fits(value: object, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= most


def not_repeated(article: Article) -> Check:
    """The share of sentences that are not there a second time."""
    plain = Counter(" ".join(re.findall(r"\w+", sentence.casefold())) for sentence in article.sentences)
    again = [sentence for sentence, times in plain.items() if times > 1]
    total = plain.total()
    if not total:
        return Check("not repeated", 0.0, False, "no sentences")
    detail = f"{total - len(plain)} of {total} sentences are repetitions" + (f", first: {again[0]}" if again else "")
    return Check("not repeated", len(plain) / total, not again, detail)
