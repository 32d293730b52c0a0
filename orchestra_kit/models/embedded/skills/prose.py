"""What makes a sentence fit to be read where it stands: whole, and with its antecedent before it."""

from __future__ import annotations

import re
from functools import lru_cache

from ..words import WORD, content_words, names

CONNECTIVE = re.compile(
    r"(?:however|but|and|so|also|therefore|thus|hence|still|yet|then|instead|moreover|furthermore|in addition"
    r"|besides|meanwhile|"
    r"nevertheless|nonetheless|similarly|likewise|consequently|as a result|for example|for instance|in contrast"
    r"|by contrast|"
    r"on the other hand|that said|in other words|of course|indeed|in fact|again|finally|secondly|thirdly|second"
    r"|third|next|"
    r"after that|too)\b(?:,\s*|\s+(?=(?:the|a|an|there|we|it|they|he|she|this|these|in|on|at|for|no|if|when|what"
    r"|you)\b))",
    re.IGNORECASE,
)
# Words that point at something said before. Near the beginning of a sentence, that something stands in another one.
POINTER = re.compile(
    r"\b(?:it|its|itself|this|these|those|they|them|their|theirs|he|him|his|she|her|hers|such|both|neither|the same|"
    r"the former|the latter|the others?|another|the rest|the reason|the result|the difference|the study|the trial|"
    r"the authors?|the figures?|the numbers?|the finding|the survey)\b",
    re.IGNORECASE,
)
THAT_POINTS = re.compile(
    r"(?:[\"“]?that (?:is|was|has|had|means|meant|makes|made|would|will|number|figure|factor|limit|price|one"
    r"|way)\b|that,|that (?:same |very )?(?:young |old |little |first |last )?(?:man|woman|boy|girl|person|day|night"
    r"|evening|morning|year|moment|sentence|story|question|thing|note|place|house)\b)",
    re.IGNORECASE,
)
POINTS_AT_ITSELF = re.compile(
    r"\b(?:it (?:is|was) (?:agreed|decided|hard|easy|known|clear|important|useful|possible|time|worth)|it takes"
    r"|it costs)\b",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"(?:when|if|while|whenever|wherever|as|because|since|although|though|after|before|once|unless|until|to|for)\b",
    re.IGNORECASE,
)
POSSESSIVE = frozenset({"its", "their", "his", "her", "both", "neither", "itself"})  # any noun before them will do
MID_CONNECTIVE = re.compile(r"(?<=\w)\s+(?:therefore|thus|hence|also|likewise|consequently)\b(?=\s+\w)")
NEAR = 7  # words: how far into a sentence a pointer still points out of it

FINITE = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did"
    r"|don't|doesn't|didn't|cannot|can't|won't|[a-z]{3,}(?:ed|ied)|fell|rose|grew|took|gave|made|cost|ran|won|lost"
    r"|said|says|told|wrote|met|heard|struck|lit|died|hung|lay|knew|won|dug|fed|flew|forgot|froze|hid|rose|sang|sank|stole|swam|woke|came|went|found|showed|knew|held|kept|left|led|paid|put|read|saw|sold|sent|set|spent"
    r"|stood|brought|bought|built|cut|got|hit|beat|began|became|broke|chose|drew|drove|felt|fought|let|meant|rang"
    r"|rode|sat|shook|shut|slept|spoke|taught|thought|threw|wore|(?:add|adopt|allow|appear|apply|ask|attribute|base"
    r"|become|begin|belong|bring|build|buy|call|carr(?:y|ie)|change|charge|check|cause|come|compare|contain|cost"
    r"|copie|copy|count|cover|decide|depend|do|enter|explain|fall|find|fit|follow|get|give|go|grow|happen|help|hold"
    r"|include|increase|keep|know|last|lead|leave|let|list|live|look|lose|make|mean|measure|move|need|notice|offer"
    r"|open|pay|plan|produce|prove|provide|put|rate|reach|read|receive|reduce|regard|remain|rest|return|rise|run|save"
    r"|say|see|seem|sell|send|serve|show|sit|sleep|speak|spend|stand|start|state|stay|stop|stay|suffer|suggest"
    r"|support|take|talk|tell|think|travel|try|trie|turn|use|vary|want|wait|walk|watch|win|work|decide|belong"
    r"|dominate|matter|grow|write)s)\b"
)
ACTION = re.compile(r"^(?:ACTION|TODO|TO DO|NEXT STEP)S?(?::| [–-])\s*", re.IGNORECASE)
IMPERATIVE = re.compile(
    r"(?:add|ask|avoid|begin|bring|build|call|check|choose|compare|count|do|draw|find|get|give|go|keep|let|list"
    r"|look|make|"
    r"measure|note|pick|put|read|run|see|send|set|show|start|stop|take|tell|think|try|turn|use|wait|watch|write"
    r"|remember|consider)\b",
    re.IGNORECASE,
)


@lru_cache(1 << 14)
def leans_back(sentence: str) -> bool:
    """Whether the sentence can only be understood after the one before it.

    >>> [leans_back(s) for s in ("It cost £3.", "However, there is a limit.", "When bees swarm, they leave.")]
    [True, True, False]
    """
    return bool(CONNECTIVE.match(sentence) or _mid_connective(sentence)) or points_back(sentence)


@lru_cache(1 << 14)
def points_back(sentence: str) -> bool:
    """Whether a pronoun or the like near its beginning has nothing in the sentence that it could stand for.

    >>> [points_back(s) for s in ("Many regard it as cruel.", "Each hive lost its queen.", "The same study found two.")]
    [True, False, True]
    """
    return bool(pointer_of(sentence))


def pointer_of(sentence: str) -> str:
    """The word that points out of the sentence; "" if none does."""
    if POINTS_AT_ITSELF.match(sentence):
        return ""
    if THAT_POINTS.match(sentence):
        return "that"
    opening = sentence.split(",")[0] if SUBORDINATE.match(sentence) else " ".join(sentence.split()[:NEAR])
    pointer = POINTER.search(opening)
    if pointer is None:
        return ""
    before, word = opening[: pointer.start()], pointer.group().lower()
    resolved = content_words(before) if word in POSSESSIVE else len(content_words(before)) > 2 or names(before)
    return "" if resolved else word


@lru_cache(1 << 14)
def without_connective(sentence: str) -> str:
    """The sentence as a first sentence.

    >>> without_connective("However, there is a limit.")
    'There is a limit.'
    """
    rest = sentence[match.end() :] if (match := CONNECTIVE.match(sentence)) else sentence
    if match := _mid_connective(rest):
        rest = rest[: match.start()] + rest[match.end() :]
    return capitalised(rest) if len(rest.split()) > 2 else sentence


def _mid_connective(sentence: str) -> re.Match[str] | None:
    """ "therefore", "also" and the like among the first words."""
    match = MID_CONNECTIVE.search(sentence)
    return match if match and len(sentence[: match.start()].split()) <= NEAR else None


def capitalised(text: str) -> str:
    """With a capital first letter; words like `iPhone` keep theirs."""
    first = text.split(" ", 1)[0]
    return text if not text or any(map(str.isupper, first)) else text[0].upper() + text[1:]


@lru_cache(1 << 14)
def is_sentence(text: str) -> bool:
    """Whether somebody says something here, rather than noting it down.

    >>> [is_sentence(s) for s in ("Waste fell to 4.1%.", "waste down to 4.1% of bake", "Keep the queen cool.")]
    [True, False, True]
    """
    words = WORD.findall(text)
    if count_words(text) < 3 or text.endswith(":") or ACTION.match(text):
        return False
    return bool(FINITE.search(text) or IMPERATIVE.match(text)) or (
        len(words) >= 7 and text[-1] in '.!?"”' and text[0].isupper() and ":" not in text
    )


@lru_cache(1 << 14)
def count_words(text: str) -> int:
    """As an editor counts: whatever stands between blanks and has a letter or a digit in it."""
    return sum(1 for word in text.split() if any(map(str.isalnum, word)))


def enumerate_in_words(items: list[str]) -> str:
    """A list as part of a sentence; with semicolons where an item has commas or an "and" of its own.

    >>> enumerate_in_words(["bees", "swarms", "costs"]), enumerate_in_words(["bees and wasps", "costs"])
    ('bees, swarms and costs', 'bees and wasps, and costs')
    """
    if len(items) < 2:
        return "".join(items)
    nested = any(" and " in item or ", " in item for item in items)
    comma = "; " if nested and len(items) > 2 else ", "
    return f"{comma.join(items[:-1])}{comma.rstrip() if nested else ''} and {items[-1]}"
