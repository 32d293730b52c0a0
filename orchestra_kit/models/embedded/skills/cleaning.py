"""Noted and spoken sentences, as one would write them."""

from __future__ import annotations

import re
from functools import lru_cache

from ..figures import key_figures
from .prose import ACTION, capitalised, is_sentence

# Words to get going with. Without a comma some of them are part of what is said: "so far", "well over", "right turns".
BEFORE_A_SUBJECT = (
    r"(?=(?:the|a|an|we|i|it|they|he|she|this|that|these|those|our|my|you|there|then|in|on|at|when|if|what|how|people|"
    r"here|for|from|since|with|because|so|um|uh|every|each|no|not|all|some|today|one|now|of|by|after|before|as|to|but|"
    r"and)\b)"
)
# "Now the wait fell" gets going, "Now it falls" says when.
PAST_NOW = r"now\s+(?=(?:[\w'’-]+\s+){1,4}(?:was|were|had|did|fell|rose|went|came|got|took|[a-z]{3,}ed)\b)"
SPOKEN = re.compile(
    r"^(?:(?:um|uh|and|but)[,.]?\s+|(?:okay|ok|so|well|right|anyway|you know|i mean|yeah|yes|now)[,.]\s+|"
    rf"{PAST_NOW}|(?:okay|ok|so|well|right|anyway|yeah)\s+{BEFORE_A_SUBJECT})+",
    re.IGNORECASE,
)
FILLER = re.compile(r",?\s*\b(?:um+|uh+|er+m?|(?:you know|i mean)(?! \w))\b,?", re.IGNORECASE)
SPEAKER = re.compile(
    r"^(?!RESOLVED|AGREED|DECIDED|NOTED)(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?[A-Z][\w.'’-]*"
    r"(?: [A-Z][\w.'’-]*){0,2}:\s+(?=\w)"
)
ATTENDANCE = re.compile(
    r"(?:(?:present|apologies|attendees|attending|in the chair|venue|chair|date)\s*:|minutes of\b|(?:present"
    r"|apologies)\s*$|[^.]{0,60}\bminutes of the (?:\w+ )?meeting\b)",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"(?:I (?:think|guess|suppose|would|suggest|wonder|reckon)|I'd|my guess)\b", re.IGNORECASE
)  # to colleagues, not to readers
# What is left of code, tables, pictures and link targets once their layout is gone.
REMAINS = re.compile(r"^\d{1,2}[.)]?$|!\[|\]\(|\]:\s*http|\|.*\||^#!|^[\w.]+\(.*\)\.?$|\[\^")
NUMBERING = re.compile(r"^\d{1,2}[.)]\s+(?=[A-Z])")
BARE = re.compile(r"^(?:[–-]+\s+|[\s;,])+|[\s;,–-]+$")
ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
FROM_TO = re.compile(r"(?<=[\d%])\s*(?:->|→|=>)\s*(?=[£$€]?\d)")
SHORTHAND = {
    r"\bw/\s*": "with ",
    r"\s&\s": " and ",
    r",{2,}": ",",
    r"!{2,}": "!",
    r"\?{2,}": "?",
    r"\.{3,}|…": " –",
    r"\s+([,.;:!?])": r"\1",
    r"\s{2,}": " ",
}


@lru_cache(1 << 14)
def is_aside(text: str) -> bool:
    """Whether a sentence is none of the reader's business: who was there, what a colleague thinks, remains of code, or
    the announcement ("as follows:") of something that is not prose.

    >>> is_aside("Present: Anita Desai."), is_aside("Run this command:"), is_aside("Rain fell: 3 mm.")
    (True, True, False)
    """
    announces = text.endswith(":") and not key_figures(text)
    return announces or bool(REMAINS.search(text) or ATTENDANCE.match(text) or ASIDE.match(text))


@lru_cache(1 << 14)
def cleaned(text: str) -> str:
    """A noted or spoken sentence as one would write it: no time stamps, fillers, arrows; a capital, a full stop."""
    text = ACTION.sub("Action: ", NUMBERING.sub("", text.strip()))
    text = SPEAKER.sub("", text) if not (is_label(text) or ACTION.match(text)) else text
    text = FILLER.sub("", SPOKEN.sub("", text)) if SPOKEN.match(text) or FILLER.search(text) else text
    text = ARROW.sub(" – ", FROM_TO.sub(" to ", text))
    for pattern, plain in SHORTHAND.items():
        text = re.sub(pattern, plain, text)
    text = re.sub(r"(?<=\w)!$", ".", BARE.sub("", text)) if text.endswith("!!") else BARE.sub("", text)
    text = balanced(text)
    return capitalised(text) if text[-1:] in '.!?:"”’)' and text[-1:] != ")" else capitalised(text) + "." * bool(text)


def is_label(text: str) -> bool:
    """Whether the words before the colon name what follows ("flour price: 52p"), rather than who speaks."""
    head, rest = text.partition(":")[0].split(), text.partition(":")[2].strip()
    if rest[:1].islower() and text[:1].isupper():
        return True
    return (len(head) > 1 and not all(word[:1].isupper() for word in head)) or not is_sentence(rest)


def balanced(text: str) -> str:
    """Without a bracket or a quotation mark that was opened and never closed, or the other way round."""
    for opening, closing in ("()", "[]", "“”"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.replace('"', "") if text.count('"') % 2 else text
