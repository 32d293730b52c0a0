"""Voice rules: one line a rule, checked where a rule can be measured, and said to be unchecked where it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .demands import AT_MOST, OR_FEWER
from .figures import number_of
from .sentences import sentences

FORBIDS = re.compile(
    r"\b(?:no|avoid|never|don't|do not|without|not|skip|ban|banned|forbidden|instead of|rather than)\b", re.IGNORECASE
)
QUOTED = re.compile(r"[\"“'‘]([^\"”'’]{1,40})[\"”'’]")
AFTER_COLON = re.compile(r":\s*(?P<list>[^.;]+)")
AFTER_SUCH_AS = re.compile(r"\b(?:such as|like)\b\s*(?P<list>[^.;]+)", re.IGNORECASE)
AFTER_VERB = re.compile(
    r"\b(?:avoid|never (?:say|use|write)|don't (?:say|use|write)|do not (?:say|use|write)|not (?:say|use))\s+"
    r"(?:the )?(?:words?|phrases?|terms?)?\s*(?P<list>[^.;:]+)",
    re.IGNORECASE,
)
NO_LONGER = re.compile(r"\b(?:no|over|longer than|more than|above)\s+(?P<high>\d+)\s+(?P<unit>words?)\b", re.IGNORECASE)
QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")  # other people's words
SENTENCE_LENGTH = re.compile(r"\bsentences?\b", re.IGNORECASE)
EXCLAMATION = re.compile(r"\bexclamation", re.IGNORECASE)
EMOJI_RULE = re.compile(r"\bemojis?\b", re.IGNORECASE)
EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
HASHTAG_RULE = re.compile(r"\bhash ?tags?\b", re.IGNORECASE)
HASHTAG = re.compile(r"(?<!\w)#\w+")
QUESTION_RULE = re.compile(r"\bquestion(?:s| marks?)\b|\brhetorical\b", re.IGNORECASE)
CAPITALS_RULE = re.compile(r"\b(?:all[ -]caps|capitals|shouting|uppercase)\b", re.IGNORECASE)
SHOUTED = re.compile(r"\b[A-Z]{5,}\b")
BRITISH_RULE = re.compile(r"\b(?:british|uk) (?:english|spelling)\b", re.IGNORECASE)
AMERICAN_RULE = re.compile(r"\b(?:american|us) (?:english|spelling)\b", re.IGNORECASE)
AMERICAN = re.compile(
    r"\b(?:\w{3,}iz(?:e[sd]?|ing|ation)(?<!siz)|colors?|behaviors?|centers?|favorites?|labor|catalog|analyz\w+)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"\b(?:\w{3,}is(?:ed|ing|ation)(?<!rais)|colours?|behaviours?|centres?|favourites?|labour|catalogue|analys(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
FIRST_PERSON_RULE = re.compile(r"\bfirst[ -]person\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours)\b(?!\.)")
SPLIT_LIST = re.compile(r",\s*(?:and|or|nor)\s+|,\s*|\s+(?:and|or|nor)\s+")


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a text breaks, and where."""

    rule: str
    quote: str

    def __str__(self) -> str:
        return f'the voice rule "{self.rule}" is broken by "{self.quote}"'


def breaches(text: str, rules: str) -> tuple[list[Breach], list[str]]:
    """Which rules a text breaks, with the words that break them, and which rules cannot be checked by measuring.

    >>> broken, unmeasured = breaches("We leverage synergy!", "- Avoid 'leverage'.\\n- Be kind.")
    >>> print(broken[0], unmeasured)
    the voice rule "Avoid 'leverage'." is broken by "leverage" ['Be kind.']
    """
    broken: list[Breach] = []
    unchecked: list[str] = []
    for line in rules.splitlines():
        rule = re.sub(r"^\s*(?:[-*•]|\d+[.)])\s*", "", line).strip()
        if not rule:
            continue
        check = check_for(rule)
        if check is None:
            unchecked.append(rule)
        else:
            broken += [Breach(rule, quote) for quote in check(text)]
    return broken, unchecked


@lru_cache(512)
def check_for(rule: str) -> Callable[[str], list[str]] | None:
    """How to check one rule: a function that quotes what breaks it. None when it cannot be measured."""
    if most := sentence_limit(rule):
        return lambda text: [s.text for s in sentences(text) if len(s.text.split()) > most]
    forbids = FORBIDS.search(rule) is not None
    for about, found in (
        (EXCLAMATION, re.compile(r"!")),
        (QUESTION_RULE, re.compile(r"\?")),
        (EMOJI_RULE, EMOJI),
        (HASHTAG_RULE, HASHTAG),
        (CAPITALS_RULE, SHOUTED),
    ):
        if forbids and about.search(rule):
            return lambda text, found=found: [_around(text, match) for match in found.finditer(text)]  # type: ignore[misc]
    for about, found in ((BRITISH_RULE, AMERICAN), (AMERICAN_RULE, BRITISH)):
        if about.search(rule):
            return lambda text, found=found: [match.group() for match in found.finditer(text)]  # type: ignore[misc]
    if forbids and FIRST_PERSON_RULE.search(rule):
        return lambda text: [_around(text, match) for match in FIRST_PERSON.finditer(text)]
    banned = banned_words(rule) if forbids else ()
    if banned:
        pattern = re.compile("|".join(map(_forms, banned)), re.IGNORECASE)
        return lambda text: [match.group() for match in pattern.finditer(QUOTATION.sub("“…”", text))]
    return None


def sentence_limit(rule: str) -> int:
    """The most words that a rule allows a sentence; 0 if it is about something else."""
    limit = AT_MOST.search(rule) or OR_FEWER.search(rule) or NO_LONGER.search(rule)
    counts = limit and SENTENCE_LENGTH.search(rule) and limit["unit"].lower().startswith("word")
    return number_of(limit["high"]) if limit and counts else 0


def banned_words(rule: str) -> tuple[str, ...]:
    """The words a rule forbids: those in quotes (before any "say … instead"), or else the list after "avoid".

    >>> banned_words('Say "use", never "leverage" or "utilise".'), banned_words("Avoid jargon such as pivot or agile.")
    (('leverage', 'utilise'), ('pivot', 'agile'))
    """
    forbids = FORBIDS.search(rule)
    if forbids is None:
        return ()
    quoted = tuple(match[1] for match in QUOTED.finditer(rule, forbids.end()))
    if quoted:
        instead = re.search(r"[,;]\s*(?:say|use|write|prefer)\b", rule[forbids.end() :], re.IGNORECASE)
        return (
            tuple(word for word in quoted if not instead or rule.find(word) < forbids.end() + instead.start())
            or quoted[:1]
        )
    listed = next(
        (found for pattern in (AFTER_COLON, AFTER_SUCH_AS, AFTER_VERB) if (found := pattern.search(rule))), None
    )
    words = (
        [re.sub(r"^(?:or|and|nor)\s+", "", word.strip(" '\"“”‘’")) for word in SPLIT_LIST.split(listed["list"])]
        if listed
        else []
    )
    precise = listed is not None and (listed.re is not AFTER_VERB or len(words) > 1 or "word" in rule)
    return tuple(word for word in words if precise and 0 < len(word.split()) <= 3)


def _forms(word: str) -> str:
    """A pattern for a word or phrase in its regular forms; a single capital, "I", only as a capital."""
    if len(word) == 1:
        return rf"(?<![\w.])(?-i:{re.escape(word)})(?![\w.])"
    stem, ends = (word[:-1], "e|es|ed|ing|er") if word.endswith("e") else (word, "|s|d|ed|es|ing")
    return rf"(?<!\w){re.escape(stem)}(?:{ends})(?!\w)"


def _around(text: str, match: re.Match[str]) -> str:
    """The words around a match, short enough to quote."""
    before = text[max(0, match.start() - 40) : match.start()]
    return re.split(r"[\n]|(?<=[.!?])\s", before)[-1].lstrip() + match.group()
