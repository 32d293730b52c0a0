"""How the checks read a talk: its names, its decisions, and what is only said to a room.

The patterns are few and plain on purpose: what they miss is missed for every team alike.
"""

from __future__ import annotations

import re
from collections import Counter

from ...transcripts import Transcript
from ..articles import sentences_of

GIVES_IT = 0.6  # share of the words from which a talk is somebody's
NAME = re.compile(r"(?<=[a-z,] )(?!I['’])[A-Z][\w’'-]+(?: (?:of |the |de |van )*[A-Z][\w’'-]+)+")
DECISION = re.compile(
    r"\b(?:have|has|was|were) (?:\w+ )?(?:decided|agreed|approved|resolved|voted|promised)\b"
    r"|\b(?:we|council|board|committee) (?:\w+ )?(?:decided|agreed|approved|resolved|voted)\b"
    r"|\b(?:we|I|they|council|board|company) (?:will|are going to|am going to|shall) (?:open|close|stop|start|begin|"
    r"publish|build|buy|hire|launch|release|ship|introduce|cut|raise|lower|replace|move|pay|sell|offer|add|end|ban|"
    r"invest|plant|repair|switch|invite|double|train|extend|test|deliver|support|own|not open|not build|not buy)\b"
    r"|\bfrom (?:January|February|March|April|May|June|July|August|September|October|November|December|next \w+|"
    r"now on)\b[^.?!]*\bwill\b",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(r"\b(?:decided|agreed) (?:\w+ )?(?:things?|points?)\b", re.IGNORECASE)  # what, it does not say
SPOKEN = re.compile(
    r"\b(?:u+m+|u+h+|er+m)\b|\bnext slide\b|\bthis slide\b|\bcan you (?:all )?hear me\b|\bthank you (?:for (?:having|"
    r"coming|that)|very much|all\b|so much)|\bover to you\b|\b(?:any|last|next) question\b|\bany questions\b|"
    r"^(?:good (?:morning|evening|afternoon)|welcome|so,|okay|well,|thanks[,. ])|\bas I (?:said|mentioned)\b|"
    r"\bplease join me\b|\bI have to correct myself\b|\bthe (?:lady|gentleman) (?:in|at|with)\b",
    re.IGNORECASE,
)


# "'s" stays after a name: there it is mostly whose something is.
SHORT_FORMS = {
    r"\bwon['’]t\b": "will not", r"\bcan['’]t\b": "can not", r"(?<=\w)n['’]t\b": " not",
    r"(?<=\bI)['’]m\b": " am", r"(?<=\w)['’]re\b": " are", r"(?<=\w)['’]ve\b": " have",
    r"(?<=\w)['’]ll\b": " will", r"(?<=\w)['’]d\b": " would",
    r"\b(he|she|it|that|there|what|who|here)['’]s\b": r"\1 is",
}  # fmt: skip


def in_full(text: str) -> str:
    """With "we're", "it's" and "won't" in full, on both sides of a comparison: they say the same.

    >>> in_full("We’ll go, it's late. Ben's isn't.")
    "We will go, it is late. Ben's is not."
    """
    for short, full in SHORT_FORMS.items():
        text = re.sub(short, full, text, flags=re.IGNORECASE)
    return text


def names_in(talk: Transcript) -> list[str]:
    """Full names in the talk, of people, places and bodies, the most frequent first: those that whoever gives it says,
    and his or her own, not those that only a moderator says.

    >>> from orchestra_kit.transcripts import Said
    >>> names_in(Transcript("t", (Said("Last year Ada King met us in Marsh Lane."),)))
    ['Ada King', 'Marsh Lane']
    """
    words = Counter[str]()
    for said in talk.said:
        words[said.speaker] += len(said.text.split())
    main, most = words.most_common(1)[0] if words else ("", 0)
    told = [said for said in talk.said if said.speaker == main or most < GIVES_IT * words.total()]
    found = Counter(name for said in told for whole in NAME.findall(said.text) for name in whole.split(" of the "))
    if " " in main and len(told) < len(talk.said):
        found[main] += 1
    return sorted(found, key=lambda name: (-found[name], list(found).index(name)))


def decisions_in(talk: Transcript) -> list[str]:
    """Sentences in which something is decided or announced, by whoever speaks; questions decide nothing."""
    return [
        text
        for said in talk.said
        for text in sentences_of(said.text)
        if DECISION.search(in_full(text)) and not ANNOUNCES.search(text) and not text.endswith("?")
    ]


def said_to_the_room(sentence: str) -> bool:
    """Whether a sentence has something in it that makes sense only where it was spoken."""
    return SPOKEN.search(sentence) is not None
