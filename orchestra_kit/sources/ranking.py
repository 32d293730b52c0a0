"""BM25: how well each of many texts fits a question.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). A shared word counts more the
rarer it is among the texts; it counts more the oftener a text has it, but ever less so; and long texts are held back,
since they have more of every word.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
K1 = 1.2  # how soon a repeated word stops to count
B = 0.75  # how much long texts are held back: 0 not at all, 1 in full


class Bm25:
    """The words of many texts, counted once for all questions.

    >>> Bm25(["Cats sleep.", "Dogs bark.", "Cats purr."]).scores("Which dog barks?")[1] > 0
    True
    """

    def __init__(self, texts: Iterable[str]):
        self.counts = [Counter(words(text)) for text in texts]
        self.lengths = [count.total() for count in self.counts]
        self.mean_length = sum(self.lengths) / len(self.lengths) or 1.0
        self.holders = Counter(word for count in self.counts for word in count)  # word -> number of texts that have it

    def scores(self, question: str) -> list[float]:
        """One number a text, 0 if it shares no word with the question."""
        asked = {word: self.rarity(word) for word in words(question)}
        scores = []
        for count, length in zip(self.counts, self.lengths, strict=True):
            held_back = K1 * (1 - B + B * length / self.mean_length)
            shared = ((count[word], rarity) for word, rarity in asked.items() if word in count)
            scores.append(sum(rarity * times * (K1 + 1) / (times + held_back) for times, rarity in shared))
        return scores

    def rarity(self, word: str) -> float:
        holders = self.holders[word]
        return math.log(1 + (len(self.counts) - holders + 0.5) / (holders + 0.5))


def words(text: str) -> list[str]:
    """The words and numbers of a text as a search sees them: no capitals, no plural s.

    >>> words("Agents cost 134.50 dollars")
    ['agent', 'cost', '134.50', 'dollar']
    """
    found = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in found]
