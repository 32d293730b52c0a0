"""The few English words by which spoken sentences are told apart. In other languages only pauses and signs count."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

COMMON = frozenset("the and of to a in is it that you i we for was this have are on with be".split())
# What opens sentences in speech: the surest, then subjects, then what stands inside sentences as well.
OPENS = frozenset("okay ok anyway alright finally meanwhile however hello hi thank thanks".split())
SUBJECTS = frozenset(
    "i we they he she i'm we're they're he's she's i've we've they've it's that's there's let's".split()
)
POINTS = frozenset("it this that these those there you people nobody somebody everybody everyone".split())
ASKS = frozenset("what how why where who when which".split())
VERBS = frozenset(
    "is are was were am has have had do does did will would can could should must may might isn't wasn't don't didn't "
    "can't won't many much".split()
)
TURNS = frozenset("so now well then but".split())
TODAY = frozenset("today tonight tomorrow yesterday last next".split())
FRONT = frozenset("in on at by until after before since during when if while once as for".split())
# What a subject follows within its sentence: something that joins, or somebody who says or thinks.
CARRIES_ON = frozenset(
    "and but so then because or if when that what how why where as while although though until since before after once "
    "think thought know knew say said says tell told tells believe guess hope sure means see saw feel thing way time "
    "best only still now tonight today tomorrow yesterday thank asked asks reported explained decided "
    "show shows".split()
)
TAKES = frozenset(
    "take takes took buy make makes made get got want need see use find found give gave keep put tell told "
    "call called us me him them her".split()
)


JOINS = frozenset("if when because that so as while although though until unless whether what how why where".split())
# No sentence ends with these: something has to follow.
GOES_ON = frozenset(
    "a an the my your his her its our their of to in on at for from by with without into onto upon about between among "
    "through during against under over and or but nor if because although though while whereas unless until since than "
    "as is are was were be been being am have has had do does did will would can could should must may might shall "
    "i we he she they who which whose very too quite every each some any no not both either neither such more most "
    "less "
    "let's i'm we're you're they're it's he's she's that's there's i've we've you've they've i'll we'll you'll they'll "
    "don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't "
    "mr mrs ms dr professor saint st number page chapter first second".split()
)
# No sentence begins with these: they belong to what stands before them.
BELONGS = frozenset(
    "of than is are was were be been being has had does did will would could should must may might or nor which whose "
    "whom to from by with into onto upon about ago later too either himself herself itself themselves ourselves myself "
    "yourself percent per hundred thousand million billion trillion dollars euros pounds cents pence kilometers "
    "kilometres miles meters metres grams kilograms kilos litres liters degrees hours minutes seconds days weeks "
    "months years o'clock am pm".split()
)
NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "half quarter third point dozen".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december".split()
)
FILLERS = frozenset("um umm uh uhh uhm erm".split())
FIRST_PERSON = re.compile(r"(?<![^\s\"“(])i(?=$|[\s’',.;:!?)])")


def is_english(words: Collection[str]) -> bool:
    """Whether so many of the words (in small letters) are the commonest of English that the talk must be.

    >>> is_english("we put the bread in the oven".split()), is_english("wir haben das Brot gebacken um 9".split())
    (True, False)
    """
    return sum(word in COMMON for word in words) * 8 >= len(words)


def opening(texts: Sequence[str], number: int) -> float:
    """How much the word of this number speaks for a new sentence: about 3 is much, 0 nothing, less is against it."""
    before, word = texts[number - 1], texts[number]
    following = texts[number + 1] if number + 1 < len(texts) else ""
    begins = following in SUBJECTS or following in POINTS or following in {"the", "then"}
    if before == "right" and word == "now":
        return -3.0
    if word in OPENS:
        return 4.0
    if word in TURNS:
        return 3.0 if begins or following in ASKS or following in FRONT or following in {"a", "my", "our"} else 0.5
    if word == "and":
        return 3.0 if following in TURNS or following in OPENS else 1.5 if begins else 0.0
    if word in SUBJECTS:
        if before in CARRIES_ON:
            return -1.0
        return (
            0.5 if any(earlier in FRONT or earlier in TODAY for earlier in texts[max(0, number - 4) : number]) else 3.0
        )
    if word in ASKS:
        return 2.5 if following in VERBS and before not in CARRIES_ON else 0.0
    if word in POINTS:
        return -1.0 if before in CARRIES_ON else 2.5 if following in VERBS else -1.0 if word == "that" else 0.5
    if word in TODAY or (word == "right" and following == "now"):
        return 2.0 if begins or word == "last" else 0.0
    if word in FRONT:
        return 1.5 if any(later in SUBJECTS for later in texts[number + 2 : number + 5]) else 0.0
    if word in {"the", "a"}:
        return (1.5 if word == "the" else 0.5) if before not in TAKES and before not in CARRIES_ON else -1.0
    return 0.0


def is_number(word: str) -> bool:
    """Whether a word (in small letters) is a number or part of one: 40, £3.5, twenty-five, million.

    >>> [word for word in "about £3.5 million or forty-two 40% cats".split() if is_number(word)]
    ['£3.5', 'million', 'forty-two', '40%']
    """
    return any(character.isdigit() for character in word) or word.split("-")[0] in NUMBERS
