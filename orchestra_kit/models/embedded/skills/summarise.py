"""Summarising: the sentences that say most of what the whole text says, in their own order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..corrections import resolve, settled
from ..facts import salience, stand_alone, without_repeats
from ..job import Job
from ..reading import Sentence, content_words
from .extract import as_line, request_topic

SENTENCES = 4
PATIENCE = 12  # sentences that did not fit before it gives up looking for a shorter one
BULLETS = re.compile(r"(?:bullet )?points?|bullets?|takeaways|highlights|findings|insights")


def summarise(job: Job) -> str:
    """A summary of the length asked for; four sentences when nobody says."""
    sentences = settled(resolve(without_repeats(stand_alone(job.look()))))
    listed = BULLETS.fullmatch(job.demands.item) is not None
    lengths = {length.unit: length for length in job.demands.lengths}
    wanted = job.demands.items if listed and job.demands.items else SENTENCES
    if "sentence" in lengths and lengths["sentence"].high:
        wanted = lengths["sentence"].high
    elif "word" in lengths:
        wanted = len(sentences)
    limits = [length for length in job.demands.lengths if length.high]
    kept: list[Sentence] = []
    passed_over = 0
    for sentence in most_telling(job, sentences):
        if len(kept) >= wanted or passed_over > PATIENCE:
            break
        text = " ".join(s.text for s in [*kept, sentence])
        if all(length.measure(text) <= length.aim for length in limits) and job.fit([text]):
            kept.append(sentence)
        else:
            passed_over += 1
    kept.sort(key=sentences.index)
    job.how["criterion"] = "words that the whole text uses most, figures and names, no two sentences alike"
    return "\n".join(map(as_line, kept)) if listed else " ".join(sentence.text for sentence in kept)


def most_telling(job: Job, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences that share most words with the rest, best first (each word counts less once told: SumBasic, Nenkova
    and Vanderwende 2005), with a bonus for figures, names and topic."""
    words = [content_words(sentence.text) for sentence in sentences]
    total = sum(map(len, words)) or 1
    weight = {word: count / total for word, count in Counter(word for found in words for word in found).items()}
    scores = salience(sentences, request_topic(job))
    left = set(range(len(sentences)))
    while left:
        best = max(
            left,
            key=lambda n: (
                sum(weight[word] for word in words[n]) / (len(words[n]) or 1) * total / 10 + 0.3 * scores[n],
                -n,
            ),
        )
        left.remove(best)
        for word in words[best]:
            weight[word] *= 0.25
        yield sentences[best]
