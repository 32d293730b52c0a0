"""Words, as a careful reader without a grammar knows them: which carry meaning, which are names, what is alike."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # letters of any language, with an apostrophe inside
_CAPITAL_WORD = r"[A-Z][\w&-]*(?:\.\w+)*(?:['’](?!s\b)\w+)?"
NAME = re.compile(rf"(?<![\w'’]){_CAPITAL_WORD}(?: (?:(?:of|de|van|von|del|da) (?:the )?)?{_CAPITAL_WORD})*")
SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)\]]*\s)[\W_]*$")

FUNCTION_WORDS = frozenset(
    """a about above after again against all almost along already also although always am among an and another any are
    aren't around as at away back be became because become been before being below between both but by can can't cannot
    could couldn't did didn't do does doesn't doing don't done down due during each either else ever every few for from
    further get gets getting go goes going got had hadn't has hasn't have haven't having he he's her here hers herself
    him himself his how however i i'd i'll i'm i've if in into is isn't it it's its itself just let let's like made make
    makes many may maybe me might mine more most much must my myself near nearly neither never no nobody nor not nothing
    now of off often on once one only onto or other others our ours out over own per perhaps please quite rather really
    said same say says see shall she she's should shouldn't since so some someone something soon still such take than
    that that's the their theirs them themselves then there there's therefore these they they're this those though
    through thus till to too toward towards under until up upon us use used uses using very via was wasn't we we're
    we've well were weren't what what's when where whether which while who whom whose why will with within without
    won't would wouldn't yes yet you you'd you'll you're your yours um uh okay ok yeah""".split()
)


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A rough root, the same for `cost`, `costs` and `costing`; for comparing words, never for showing them.

    >>> [stem(word) for word in ("prices", "pricing", "companies", "agent's")]
    ['pric', 'pric', 'company', 'agent']
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 5:
        word = word[:-2]
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(1 << 15)
def content_words(text: str) -> frozenset[str]:
    """The roots of the words that carry meaning.

    >>> sorted(content_words("The prices of all the oranges are rising."))
    ['orang', 'pric', 'ris']
    """
    return frozenset(
        stem(word)
        for word in WORD.findall(text)
        if len(word) > 1 and word.lower().replace("’", "'") not in FUNCTION_WORDS
    )


def similar(a: str, b: str) -> float:
    """How alike two texts are: the share of their content words that they have in common (Jaccard), 0 to 1."""
    ours, theirs = content_words(a), content_words(b)
    return len(ours & theirs) / max(1, len(ours | theirs))


# Words that often open a sentence, and so are capitalised without being a name.
OPENERS = frozenset(
    """yesterday today tomorrow last next first second third finally meanwhile overall according correction update note
    total every most recently earlier later instead unlike compared monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december""".split()
)


@lru_cache(1 << 15)
def names(text: str) -> tuple[str, ...]:
    """Proper names, each once. A single capitalised word that opens a sentence may be any word, so it does not count
    unless it has a capital inside.

    >>> names("Yesterday Maria Ortiz told NASA that the Bank of Scotland agreed. Prices rose.")
    ('Maria Ortiz', 'NASA', 'Bank of Scotland')
    """
    found: dict[str, None] = {}
    for match in NAME.finditer(text):
        words = match.group().split()
        opens = SENTENCE_START.search(text, 0, match.start()) is not None
        while words and words[0].lower() in FUNCTION_WORDS | OPENERS:
            words.pop(0)
            opens = False
        plain = len(words) == 1 and words[0][1:] == words[0][1:].lower()
        if words and not (plain and (opens or len(words[0]) < 2)):
            found[" ".join(words)] = None
    return tuple(found)
