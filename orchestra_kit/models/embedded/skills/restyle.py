"""Voice rules, carried out: words replaced, calm full stops, sentences in one breath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..voice import EMOJI, EMOJI_RULE, EXCLAMATION, FORBIDS, banned_words, sentence_limit
from .inflect import substituted
from .prose import FINITE, IMPERATIVE, capitalised, count_words

QUOTED = r"[\"“'‘`](?P<{0}>[^\"”'’`]{{1,40}})[\"”'’`]"
INSTEAD = re.compile(r"(?:write|use|say|prefer|with|by|->|→|becomes)\s*:?\s*" + QUOTED.format("new"), re.IGNORECASE)
PREFER = re.compile(
    r"(?:write|use|say|prefer)\s+"
    + QUOTED.format("new")
    + r"[^\"“'‘`]{0,20}?\b(?:never|not|instead of|rather than|for)\s+"
    + QUOTED.format("old"),
    re.IGNORECASE,
)
NOT_ABOUT_ME = re.compile(r"[\"“'‘]I[\"”'’]|\bfirst[ -]person singular\b")
ABOUT_US = {
    r"\bI am\b": "we are",
    r"\bI was\b": "we were",
    r"\bI['’]m\b": "we're",
    r"(?<![\w/])I(?![\w/])": "we",
    r"\bme\b": "us",
    r"\bmy\b": "our",
    r"\bMy\b": "Our",
    r"\bmine\b": "ours",
    r"\bmyself\b": "ourselves",
    r"^we\b": "We",
}
QUOTATION = re.compile(r"(“[^”]*”|\"[^\"]*\")")
SPARE_WORD = re.compile(r"(?:ly|-\w+ing|-edge|-class)$")  # "really", "game-changing"
SAFE_JOINT = re.compile(
    r"(?P<semicolon>;\s+)|(?P<and>,\s+(?P<word>and|but|so)\s+)|(?P<which>,\s+which\s+)|(?P<dash>\s+[–—]\s+)"
)
SUBJECT_AHEAD = re.compile(
    r"(?:the|a|an|this|these|those|that|it|they|we|you|he|she|there|each|every|its|their|our|no|some|many|most"
    r"|[A-Z]\w+|\w+s)\b"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Rules that can be carried out by changing words."""

    replace: tuple[
        tuple[str, str], ...
    ] = ()  # what to avoid, and what to write instead; "" where only the word is forbidden
    calm: bool = False  # no exclamation marks
    no_emoji: bool = False
    not_about_me: bool = False  # "we" instead of "I"
    longest: int = 0  # words a sentence may have; 0: any number


@lru_cache(256)
def read_voice(rules: str) -> Voice:
    """The voice that these rules, one a line, describe.

    >>> voice = read_voice('- avoid "leverage"; write "use"\\n- no exclamation marks\\n- sentences of at most 30 words')
    >>> voice.replace, voice.calm, voice.longest
    ((('leverage', 'use'),), True, 30)
    """
    lines = [re.sub(r"^\s*(?:[-*•]|\d+[.)])\s*", "", line) for line in rules.splitlines()]
    forbidding = [rule for rule in lines if FORBIDS.search(rule)]
    limits = [limit for limit in map(sentence_limit, lines) if limit]
    replace = {old: new for rule in forbidding if not _is_about_form(rule) for old, new in _replacements(rule).items()}
    return Voice(
        replace=tuple(replace.items()),
        calm=any(map(EXCLAMATION.search, forbidding)),
        no_emoji=any(map(EMOJI_RULE.search, forbidding)),
        not_about_me=any(map(NOT_ABOUT_ME.search, forbidding)),
        longest=min(limits, default=0),
    )


def _is_about_form(rule: str) -> bool:
    patterns = (EXCLAMATION, EMOJI_RULE, NOT_ABOUT_ME)
    return sentence_limit(rule) > 0 or any(pattern.search(rule) for pattern in patterns)


def _replacements(rule: str) -> dict[str, str]:
    """What a rule forbids and what it wants instead. A word without a substitute is only taken out where a sentence
    stands without it: adverbs and the like."""
    if prefer := PREFER.search(rule):
        return {prefer["old"]: prefer["new"]}
    instead = INSTEAD.search(rule)
    new = instead["new"] if instead else ""
    return {
        word: new for word in banned_words(rule) if word.lower() != new.lower() and (new or SPARE_WORD.search(word))
    }


def restyled(sentence: str, voice: Voice) -> str:
    """A sentence in this voice. What stands in quotation marks are other people's words, and they stay."""
    parts = QUOTATION.split(sentence)
    parts[::2] = [_spoken(part, voice) for part in parts[::2]]
    text = "".join(parts)
    return in_one_breath(text, voice.longest) if voice.longest else text


def _spoken(text: str, voice: Voice) -> str:
    for old, new in voice.replace:
        text = substituted(text, old, new)
    if voice.not_about_me:
        for pattern, plain in ABOUT_US.items():
            text = re.sub(pattern, plain, text)
    if voice.no_emoji:
        text = re.sub(r"\s*" + EMOJI.pattern, "", text)
    return re.sub(r"!+", ".", re.sub(r"\?!+|!+\?", "?", text)) if voice.calm else text


def in_one_breath(sentence: str, longest: int) -> str:
    """A sentence that is too long as two or more, cut where both sides can stand by themselves; else as it is.

    >>> in_one_breath("The lift cost a lot, and the stairs were free.", 6)
    'The lift cost a lot. The stairs were free.'
    """
    if count_words(sentence) <= longest:
        return sentence
    cuts = [(match, second) for match in SAFE_JOINT.finditer(sentence) if (second := _second_half(sentence, match))]
    if not cuts:
        return sentence
    match, second = min(cuts, key=lambda cut: abs(count_words(sentence[: cut[0].start()]) - count_words(sentence) / 2))
    first = sentence[: match.start()].rstrip(" ,;") + "."
    return f"{in_one_breath(first, longest)} {in_one_breath(second, longest)}"


def _second_half(sentence: str, match: re.Match[str]) -> str:
    """What follows the joint, as a sentence; "" where one of the halves would be none."""
    first, rest = sentence[: match.start()], sentence[match.end() :]
    whole = FINITE.search(first) or IMPERATIVE.match(first)
    inside = first.count("(") > first.count(")") or first.count('"') % 2 or first.count("“") > first.count("”")
    if not whole or inside or not FINITE.search(rest):
        return ""
    if match["which"]:
        return capitalised(f"This {rest}") if FINITE.match(rest) else ""
    if match["and"]:
        verb = FINITE.search(rest)
        if not SUBJECT_AHEAD.match(rest) or (verb and verb.start() == 0):
            return ""
        return capitalised(rest) if match["word"] == "and" else f"{match['word'].capitalize()} {rest}"
    return capitalised(rest) if SUBJECT_AHEAD.match(rest) else ""
