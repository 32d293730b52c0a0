"""From a talk to something one can read: who is heard, what is only said to a room, and how speech is written down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..corrections import corrected_figures, slips_put_right
from ..repairs import repaired
from ..sentences import Sentence
from ..words import content_words
from .cleaning import BEFORE_A_SUBJECT, PAST_NOW
from .leaning import turns, unbroken
from .prose import capitalised, count_words, is_sentence

MAIN = 0.6  # share of the words from which a speaker gives the talk, and the others ask and thank
A_STATEMENT = 5  # words with a figure among them, before something that is said to the room
SAYS_LITTLE = 2  # words that carry meaning; a spoken sentence with fewer and no figure is a gesture

# What is said to the people in the room, and to nobody who reads, occasion by occasion.
GREETING = (
    r"^(?:good (?:morning|afternoon|evening)|hello|hi|hey|welcome|thanks|thank you|cheers|sorry|excuse me|apologies|"
    r"bye|goodbye|amen|wow|ladies and gentlemen|grace and peace|let us pray|please be seated)\b"
    r"|\b(?:good|nice|great|lovely|wonderful) to (?:see|be)\b.*\b(?:you|here)\b|^(?:I am|I'm|my name is) [A-Z]\w+[,.]"
    r"|\b(?:excited|delighted|honou?red|happy|glad|thrilled|grateful) to be here\b|\bwhat a crowd\b"
)
APPLAUSE = (
    r"\b(?:round of applause|join me in|give it up for|for having me|for coming)\b|\bover to you\b"
    r"|\bthat was (?:wonderful|great|fantastic|brilliant)\b|\bthat(?: is|'s) (?:all|it) (?:from me|for today)\b"
)
SHOWING = (
    r"\b(?:next slide|this slide|the slides?|next one, please|as you can see|you can see here|on the screen)\b"
    r"|\bin this (?:picture|photo|chart)\b|\bon your (?:chairs?|seats?|tables?)\b"
    r"|\bhear me\b|\bat the back\b|\braise your hands?\b|\bshow of hands\b"
    r"|\bturn to (?:your|the person)\b|\bsubscribe\b|\bclose the door\b|\b(?:exam|homework)\b"
)
ASKING = (
    r"^(?:okay |ok )?yes,? please\b"
    r"|\b(?:any|some|more|your|one last|last|few|take|time for|for) questions?\b|\b(?:great|good) question\b"
    r"|\byou (?:might|may|will|are) (?:ask|asking|wonder|wondering|want to know)\b|\byou are the first\b"
    r"|^the answer (?:is|was)\b|\basked ourselves\b|\bthere was another\b|, please\.?$"
    r"|\bthe (?:lady|gentleman|man|woman|person) (?:in|at|with|over|next to) the\b.{0,20}$"
)
OF_ITSELF = (  # what a talk says of itself
    r"\b(?:correct myself|I misspoke|as I (?:said|mentioned)|like I said|I said (?:earlier|before|that earlier))\b"
    r"|\bcome back to (?:that|this|it) (?:later|in a)\b|^which brings me to\b|\bwhere was I\b"
    r"|\blet me (?:tell|show|start|begin|give|explain|talk|ask|just|go|turn|finish|close|end|say|read|share)\b"
    r"|\bi(?:'m| am) going to (?:talk|speak|tell you|show|start|begin|walk you)\b|\bI'm not going to\b"
    r"|\bi(?:'d| would| want| wanted| will|'ll)(?: like)?(?: to)? (?:start|begin|talk|speak|tell you|show you|"
    r"be honest|be brief|(?:close|finish|end)(?: with| by| here| now|[.!]?$)|look at)\b"
)
CHAIRING = (
    r"\bcall the meeting to order\b|\bmembers present\b|^item (?:\w+),|\ball (?:those )?in favou?r\b"
    r"|\bis there a second\b|\bother business\b|\bmeeting is adjourned\b|\bmotion is carried\b"
)
GESTURE = (
    r"^(?:I said|yes,? (?:sir|madam|please)|go ahead|please|right|okay|lovely|great|exactly|absolutely|of course)"
    r"\b[^,]{0,24}[.!]?$"
)
OCCASIONS = (GREETING, APPLAUSE, SHOWING, ASKING, OF_ITSELF, CHAIRING, GESTURE)
TO_THE_ROOM = re.compile("|".join(OCCASIONS), re.IGNORECASE)
# How a spoken sentence gets going before it says anything. Without a comma some of these words are part of what is
# said: "so far", "no single claim", "the first light".
ORDINAL = r"(?:and |so |the )*(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|fifth|finally|lastly)(?: of all)?"
RUN_UP = re.compile(
    r"^(?:(?:um+|uh+|er+m?)\b,?\s+|"
    rf"(?:{ORDINAL}|and|so|okay|ok|well|now|right|anyway|anyhow|look|see|listen|basically|actually|honestly|you know|"
    r"i mean|you see|alright|all right|yeah|yes|no|oh|of course|in fact|like|to be honest|as i (?:said|mentioned)|"
    r"like i said|as you know|believe it or not|(?:my )?friends|folks|everyone|everybody|brothers and sisters|"
    r"ladies and gentlemen|i will be honest(?: with you)?),\s+|"
    rf"so (?:yes|no|yeah),\s+|{PAST_NOW}|(?:so|well|okay|ok|anyway|and|right|yeah)\s+{BEFORE_A_SUBJECT})+",
    re.IGNORECASE,
)
FILLED = re.compile(
    r",?\s*\b(?:um+|uh+|er+m?)\b,?(?=\s|[.!?])"
    r"|,\s*(?:you know|i mean|sort of|kind of|if you like|so to speak|as it were|believe me|trust me|as i said|"
    r"like i said|as i mentioned|people|folks|friends)(?=,|[.!?])(?:,(?=\s+(?!and\b|or\b|but\b)))?",
    re.IGNORECASE,
)
TWICE = re.compile(r"\b([A-Za-z']+)(?:,? \1\b)+", re.IGNORECASE)  # "we, we opened"
MEANT_TWICE = frozenset("had that very no really ha so many".split())
TAKEN_BACK = re.compile(r",?\s+(?:and )?not (?:the )?[£$€]?\d[\d,.]*%?(?: \w+)?(?=[.!]?$)")
FIRST_PERSON = re.compile(r"\b(?:I|we|me|us|my|our|ours|mine)\b(?!\.)", re.IGNORECASE)
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
VOTED = "(?:decided|agreed|approved|resolved|voted|promised)"
WE_WILL = (
    r"\b(?:we|I|they|it|council|board|company) (?:will|are going to|am going to|is going to|shall) "
    r"(?!be honest|come back|tell|talk|show|start|say|know|see|want)\w+"
)
WILL_BE = (
    r"(?<!you )(?<!who )\bwill (?:be |also |now )?(?:open|close|start|begin|end|stop|buil[dt]|sen[dt]|launch|ship|pay|"
    r"paid|sell|sold|support|publish|replace|move|add|hire|offer|vote|return|repair)(?:ed|d)?\b"
)
DECIDED = re.compile(
    rf"\b(?:have|has|was|were|been|is|are) (?:now )?{VOTED}\b"
    rf"|\b(?:we|they|council|board|committee|team|members|meeting) (?:\w+ )?{VOTED}\b"
    rf"|\bfrom (?:{MONTH}|next \w+|now on|today|tomorrow)\b[^.]{{0,20}}\b(?:will|we|is|are)\b"
    rf"|{WE_WILL}|{WILL_BE}",
    re.IGNORECASE,
)


def heard(sentences: Sequence[Sentence], speaker: str = "") -> list[Sentence]:
    """What of a talk is worth writing down: what the one who gives it says (`speaker`, or who says most of it), or
    everybody where nobody does; without questions, without what is only said to the room, and without what leans on
    either. Sentences that come from no talk are left alone."""
    if not any(sentence.place for sentence in sentences):
        return list(sentences)
    words = Counter[str]()
    for sentence in sentences:
        if sentence.speaker:
            words[sentence.speaker] += count_words(sentence.text)
    main, most = words.most_common(1)[0] if words else ("", 0)
    alone = most >= MAIN * words.total()
    if speaker in words:
        main, alone = speaker, True
    told = slips_put_right(sentences)
    kept: list[Sentence | None] = []
    for mended in repaired(told):
        if mended is None or (alone and mended.place and mended.speaker not in ("", main)):
            kept.append(None)
        else:
            text = written(mended.text) or _verdict(mended.text) if mended.place else mended.text
            kept.append(replace(mended, text=text) if text else None)
    return unbroken(told, kept)


def _verdict(text: str) -> str:
    """A short sentence that turns the one before it: a gesture by itself, but what went before is wrong without it."""
    said = capitalised(re.sub(r"^(?:(?:and|but|so|well|no),? )+", "", text, flags=re.IGNORECASE))
    return said if turns(text) and not TO_THE_ROOM.search(said) and text[-1] != "?" else ""


@lru_cache(1 << 14)
def written(text: str) -> str:
    """A spoken sentence as one would write it; "" if there is nothing in it for a reader.

    >>> written("So, um, we, we opened in March with 6 volunteers."), written("Okay, next slide, please.")
    ('We opened in March with 6 volunteers.', '')
    """
    text = FILLED.sub("", " ".join(text.split()))
    text = TWICE.sub(lambda m: m.group() if m[1].lower() in MEANT_TWICE else m[1], text)
    run_up = RUN_UP.match(text)
    bare = capitalised(text[run_up.end() if run_up else 0 :].lstrip(" ,"))
    aside = TO_THE_ROOM.search(bare)
    if aside and any(map(str.isdigit, bare[: aside.start()])) and count_words(bare[: aside.start()]) >= A_STATEMENT:
        bare, aside = f"{bare[: aside.start()].rstrip(' ,;')}.", None  # captions run on: "it costs €49 let me show you"
    if not bare or bare.endswith("?") or aside:
        return ""
    if not any(map(str.isdigit, bare)) and (len(content_words(bare)) < SAYS_LITTLE or not is_sentence(bare)):
        return ""
    return bare


def for_readers(sentence: Sentence) -> Sentence:
    """Without the wrong figure that the speaker took back: "36 hours, not 40 hours"."""
    if sentence.place and corrected_figures(sentence.text)[0]:
        return replace(sentence, text=TAKEN_BACK.sub("", sentence.text))
    return sentence


def in_first_person(text: str) -> bool:
    """Whether somebody speaks of themselves."""
    return FIRST_PERSON.search(text) is not None


@lru_cache(1 << 14)
def is_decision(text: str) -> bool:
    """Whether a sentence says what was decided, or what somebody will do.

    >>> is_decision("From January we will stop taking printers."), is_decision("We opened in March.")
    (True, False)
    """
    return DECIDED.search(text) is not None
