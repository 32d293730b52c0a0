"""Answering questions from the material; also the plain extractive answer to a request no skill fits."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ..facts import topic_words
from ..job import Job
from ..reading import Sentence, content_words, figures, key_figures, names, split_sentences
from .summarise import most_telling

ASKS_AMOUNT = re.compile(
    r"\b(?:how (?:much|many|long|far|fast|old|often|large|big)|what (?:share|percentage|number|amount|price)|cost)\b",
    re.IGNORECASE,
)
ASKS_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
ASKS_WHEN = re.compile(r"\b(?:when|what (?:year|date|day|month|time))\b", re.IGNORECASE)
IS_CALLED = re.compile(
    r"(?:\b[Cc]ode ?name\s+)?\b(?P<alias>[A-Z]\w+)\s+(?:is|means|stands for|refers to)\s+(?:our (?:code )?name for\s+"
    r"|the code ?name (?:of|for)\s+)?the\s+(?P<thing>\w+(?:\s\w+)?)"
)
SENTENCES_EACH = 2  # for a question; the plain answer may have more
PLAIN_SENTENCES = 4


def answer(job: Job) -> str:
    """The sentences that answer best, question by question; a question with no answer in the material is named."""
    asked = questions(job)
    sentences = [sentence for sentence in job.look(*_where(job)) if not sentence.text.endswith("?")]
    if not sentences:
        return job.nothing
    job.how["criterion"] = (
        "words of the question, rare ones counting more; then a figure, name or date where one is asked for"
    )
    if not asked:
        return _plain(job, sentences)
    lines = []
    for question in asked:
        best = best_sentences(question, sentences)
        lines.append(_with_sources(best) or f"The material does not say: {question}")
    return (
        lines[0]
        if len(lines) == 1
        else "\n".join(f"- {line}" for line in job.fit(dict.fromkeys(lines), spare=2 * len(lines)))
    )


def _with_sources(said: Sequence[Sentence]) -> str:
    """Sentences as a line, each followed by its source unless the next one is from there too."""
    return " ".join(
        f"{sentence.text} ({sentence.source})" if sentence.source and sentence.source != after else sentence.text
        for sentence, after in zip(said, [*(following.source for following in said[1:]), ""], strict=False)
    )


def questions(job: Job) -> list[str]:
    """What is asked, one question a line."""
    listed = job.material.section("QUESTIONS", "QUESTION")
    if listed:
        return [line.lstrip("-*0123456789. ") for line in listed.splitlines() if line.strip()]
    return [sentence for sentence in split_sentences(" ".join(job.task.split())) if sentence.endswith("?")]


def best_sentences(question: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that say most of what the question names, and what else is needed to read them: who is meant by an
    alias."""
    wanted = topic_words(question)
    documents = [content_words(f"{s.heading} {s.text}") for s in sentences]
    seen = Counter(word for document in documents for word in document & wanted)
    idf = {word: math.log(1 + len(sentences) / n) for word, n in seen.items()}
    aliases = {
        match["alias"]: s
        for s in sentences
        if (match := IS_CALLED.search(s.text)) and content_words(match["thing"]) <= wanted
    }
    scored = []
    for place, (sentence, document) in enumerate(zip(sentences, documents, strict=True)):
        shared = sum(idf[word] for word in document & wanted)
        if sentence not in aliases.values() and any(re.search(rf"\b{alias}\b", sentence.text) for alias in aliases):
            shared += sum(idf.values())
        if shared:
            scored.append((shared + _kind_bonus(question, sentence) * max(idf.values(), default=1.0), -place, sentence))
    if not scored:
        return []
    scored.sort(key=lambda found: found[:2], reverse=True)
    top = scored[0][0]
    best = [sentence for score, _, sentence in scored[:SENTENCES_EACH] if score >= 0.8 * top][:1]
    told = [
        s for alias, s in aliases.items() if any(re.search(rf"\b{alias}\b", b.text) for b in best) and s not in best
    ]
    return told + best


def _kind_bonus(question: str, sentence: Sentence) -> float:
    """Whether the sentence has what the question asks for: an amount, a name, a date."""
    if ASKS_AMOUNT.search(question):
        return 0.8 * any(figure.unit not in ("year", "date") for figure in key_figures(sentence.text))
    if ASKS_WHEN.search(question):
        return 0.8 * any(figure.unit in ("year", "date") for figure in figures(sentence.text))
    if ASKS_WHO.search(question):
        return 0.5 * bool(names(sentence.text))
    return 0.0


def _where(job: Job) -> tuple[str, ...]:
    return tuple(label for label in job.material.handed_over if label not in ("QUESTION", "QUESTIONS"))


def _plain(job: Job, sentences: Sequence[Sentence]) -> str:
    chosen = list(islice(most_telling(job, sentences), PLAIN_SENTENCES))
    return " ".join(job.fit(sentence.text for sentence in sorted(chosen, key=sentences.index)))
