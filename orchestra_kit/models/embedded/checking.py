"""Comparing a text with what it rests on: does every figure stand there, and does it belong to whom the text says?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .blocks import HEADING
from .corrections import corrected_figures, resolve, slips_put_right
from .figures import Figure, figures
from .owners import clause_of
from .reading import Sentence, read
from .repairs import repaired
from .sentences import FRONT_MATTER, split_sentences
from .words import FUNCTION_WORDS, OPENERS, content_words, names, stem

SMALL = 12  # "three ways", "2 teams": a count of the text's own, unless the sources count the same thing differently
ALIKE = 0.6  # share of a clause's words that another must have to be about the same thing
CLEARLY_BETTER = 0.2  # and by how much it must fit better than the one that has the figure
FRONT_FIELD = re.compile(r"^(?:title|description|summary):[ \t]*[\"']?(?P<value>\S.*?)[\"']?[ \t]*$", re.MULTILINE)
PARTS = re.compile(r"\bparts? \d+(?:(?:,| and|, and) \d+)*")
NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|neither|cannot|without)\b|n['’]t\b", re.IGNORECASE)
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
LOWER = re.compile(r"\b[a-z][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that was checked. `fault` says what is wrong with it, "" when nothing is; `should_be` is the sentence of
    the sources that comes nearest."""

    sentence: str
    figure: Figure
    fault: str = ""
    should_be: Sentence | None = None


@dataclass(frozen=True)
class Evidence:
    """What a text may rest on."""

    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Evidence:
        """Evidence from sentences of the sources."""
        return cls(tuple(filter(None, repaired(slips_put_right(sentences)))))

    def check(self, text: str) -> list[Finding]:
        """Every figure of a text, compared with the evidence."""
        return _check(self.sentences, text)


@lru_cache(256)
def _check(evidence: tuple[Sentence, ...], text: str) -> list[Finding]:
    valid = resolve(evidence)
    proper = _always_capitalised(" ".join(s.text for s in evidence))
    index: dict[object, list[Sentence]] = {}
    for sentence in valid:
        for figure in corrected_figures(sentence.text)[1]:
            index.setdefault(figure.key, []).append(sentence)
        for figure in figures(sentence.text):
            if figure not in corrected_figures(sentence.text)[0]:
                index.setdefault(figure.key, []).append(sentence)
    around = _paragraph_words(evidence)
    verbatim = {_plain(told) for s in evidence for told in (s.source, s.heading)} | {_plain(s.text) for s in valid}
    places = {sentence.place for sentence in evidence}
    findings = []
    for said in statements(text):
        if _plain(said) in verbatim:
            findings += [Finding(said, figure) for figure in figures(said)]
            continue
        for figure in figures(said):
            if figure in corrected_figures(said)[0]:
                continue  # "not £700" claims nothing
            if figure.text in places or _names_part(said, figure):  # it says where in a talk something stands
                findings.append(Finding(said, figure))
                continue
            findings.append(_compare(said, figure, index.get(figure.key, []), valid, evidence, proper, around))
    return findings


def _names_part(text: str, figure: Figure) -> bool:
    """Whether a number is one of "parts 2, 3 and 5"."""
    return any(match.start() < figure.start < match.end() for match in PARTS.finditer(text))


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def statements(text: str) -> list[str]:
    """The sentences of a text, and those of its headings and front matter: a wrong figure in a headline is as wrong."""
    front = FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    headings = [match["text"] for line in body.splitlines() if (match := HEADING.match(line.strip()))]
    fields = [match["value"] for match in FRONT_FIELD.finditer(front.group())] if front else []
    told = [*fields, *headings, *(sentence.text for sentence in read(body))]
    return [piece for sentence in told for piece in split_sentences(sentence)]


def _compare(
    said: str,
    figure: Figure,
    bearers: Sequence[Sentence],
    valid: Sequence[Sentence],
    evidence: Sequence[Sentence],
    proper: frozenset[str],
    around: dict[tuple[str, int], frozenset[str]],
) -> Finding:
    clause = clause_of(said, figure)
    about = content_words(clause) or content_words(said)
    best = max(valid, key=lambda s: (_fit(about, s, figure), -s.position), default=None)
    fit_best = _fit(about, best, figure) if best else 0.0
    nearest = best if fit_best >= 0.3 else None
    if not bearers:
        own_count = figure.unit == "word" or (figure.unit == "" and abs(figure.value) <= SMALL)
        if own_count and not (nearest and fit_best >= ALIKE and _counts_likewise(nearest, figure)):
            return Finding(said, figure)
        if any(figure.key == old.key for s in evidence for old in figures(s.text)):
            return Finding(said, figure, "was corrected in the sources", nearest)
        return Finding(said, figure, "does not stand in the sources", nearest)
    bearer = max(bearers, key=lambda s: _fit(about, s, figure))
    fit_bearer = _fit(about, bearer, figure)
    strangers = _strangers(clause, [b.text + " " + b.heading for b in bearers], bearers, proper, around)
    if strangers:
        return Finding(
            said, figure, f"belongs to something else in the sources, not to {' and '.join(strangers)}", bearer
        )
    if (
        best
        and fit_best >= ALIKE
        and fit_best - fit_bearer >= CLEARLY_BETTER
        and _same_unit(best, figure)
        and best not in bearers
    ):
        return Finding(said, figure, "belongs to something else in the sources", best)
    if (
        fit_bearer >= ALIKE
        and _denied(said, figure) != any(_denied(bearer.text, f) for f in figures(bearer.text) if f.key == figure.key)
        and not corrected_figures(bearer.text)[0]
    ):
        return Finding(said, figure, "is denied in one and stated in the other", bearer)
    return Finding(said, figure)


def _fit(about: frozenset[str], sentence: Sentence, figure: Figure) -> float:
    """How much of a clause's words a sentence of the sources has, in its best clause for this kind of figure."""
    same = [f for f in figures(sentence.text) if f.key == figure.key] or [
        f for f in figures(sentence.text) if f.unit == figure.unit
    ]
    if not same:
        return 0.0
    return max(len(about & content_words(clause_of(sentence.text, f))) for f in same) / max(1, len(about))


def _strangers(
    clause: str,
    texts: Sequence[str],
    bearers: Sequence[Sentence],
    proper: frozenset[str],
    around: dict[tuple[str, int], frozenset[str]],
) -> list[str]:
    """Names in a clause that no place where its figure stands knows of: neither the sentence, nor its heading, source
    or paragraph."""
    named = {part for name in names(clause) for part in name.split()} | {
        w for w in CAPITALISED.findall(clause) if stem(w) in proper
    }
    named = {
        word
        for word in named
        if word.lower() not in FUNCTION_WORDS | OPENERS and word[0].isupper() and not word.isdigit()
    }
    if not named or clause.istitle():
        return []
    fewest: list[str] | None = None
    for text, bearer in zip(texts, bearers, strict=True):
        known = content_words(text) | content_words(bearer.source) | {stem(word) for word in re.findall(r"\w+", text)}
        near = around.get((bearer.source, bearer.paragraph), frozenset())
        others = {stem(w) for name in names(bearer.text) for w in name.split()} or (content_words(bearer.text) & proper)
        strange = [
            word
            for word in named
            if stem(word) not in known
            and word not in text
            and (others - {stem(w) for w in named} or stem(word) not in near)
        ]
        fewest = strange if fewest is None or len(strange) < len(fewest) else fewest
    return sorted(
        word for word in fewest or [] if stem(word) in proper or any(stem(word) in words for words in around.values())
    )


def _denied(text: str, figure: Figure) -> bool:
    """Whether what is said of a figure, between the stops around it, is a denial."""
    left = max(text.rfind(stop, 0, figure.start) for stop in ",;:")
    right = min((at for stop in ",;:" if (at := text.find(stop, figure.end)) >= 0), default=len(text))
    return NEGATION.search(text[left + 1 : right]) is not None


def _counts_likewise(sentence: Sentence, figure: Figure) -> bool:
    return any(other.unit in ("", "word") and other.key != figure.key for other in figures(sentence.text))


def _same_unit(sentence: Sentence, figure: Figure) -> bool:
    return any(other.key[1] == figure.key[1] for other in figures(sentence.text))


def _always_capitalised(text: str) -> frozenset[str]:
    """The roots of words that never occur in lower case: most likely names."""
    return (
        frozenset(map(stem, CAPITALISED.findall(text)))
        - frozenset(map(stem, LOWER.findall(text)))
        - frozenset(map(stem, OPENERS))
    )


def _paragraph_words(evidence: Sequence[Sentence]) -> dict[tuple[str, int], frozenset[str]]:
    found: dict[tuple[str, int], frozenset[str]] = {}
    for sentence in evidence:
        place = (sentence.source, sentence.paragraph)
        found[place] = found.get(place, frozenset()) | content_words(sentence.text) | content_words(sentence.heading)
    return found
