"""What a text tells its reader to do: the verbs that are commands, and the skills they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .asking import COMMAND_AFTER, DETERMINERS, EITHER, NEGATIONS, OFFERED, OTHERS_DO, RULES

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SENTENCE = re.compile(r"[^.!?\n;]+(?:\.(?=\w)[^.!?\n;]*)*[.!?;\n]?")


class Action(NamedTuple):
    """A verb of the text, the skill it asks for, and the words that say so."""

    skill: str
    quote: str
    starts_sentence: bool


@lru_cache(2048)
def actions(text: str) -> tuple[Action, ...]:
    """What a text tells its reader to do, in order.

    >>> [action.skill for action in actions("Find the facts, then write a report. Do not edit it.")]
    ['extract', 'write']
    """
    return tuple(action for sentence in SENTENCE.findall(text) for action in _actions_in(sentence))


def _actions_in(sentence: str) -> Iterator[Action]:
    tokens = list(TOKEN.finditer(sentence))
    for n, token in enumerate(tokens):
        verb, form = _FORMS.get(token.group().lower(), ("", ""))
        if not verb or not _is_told(sentence, tokens, n, verb, form):
            continue
        following = sentence[token.end() :]
        for rule in RULES_OF[verb]:
            if not rule.to or re.search(
                rule.to if rule.to[0] in "^\\" else rf"\b(?:{rule.to})", following, re.IGNORECASE
            ):
                yield Action(
                    rule.skill, quoted(sentence[token.start() :].strip()), n == 0 or _begins(sentence, tokens, n)
                )
                break


def _begins(sentence: str, tokens: list[re.Match[str]], n: int) -> bool:
    before = [token.group().lower() for token in tokens[:n]]
    return (
        not before
        or set(before)
        <= {"please", "now", "then", "first", "and", "also", "your", "job", "task", "is", "to", "finally", "next"}
        or (before[-1] in ("and", "then") or sentence[: tokens[n].start()].rstrip()[-1:] in ",:")
    )


def _is_told(sentence: str, tokens: list[re.Match[str]], n: int, verb: str, form: str) -> bool:
    """Whether the reader is told to do it: not a noun, not forbidden, not what somebody else will do."""
    before = [token.group().lower() for token in tokens[max(0, n - 4) : n]]
    previous = before[-1] if before else ""
    gap = sentence[tokens[n - 1].end() : tokens[n].start()] if n else ""
    after = sentence[tokens[n].end() : tokens[n].end() + 1]
    if NEGATIONS & set(before[-3:]) and not re.search(r"[,:;–-]\s*$", gap):
        return False
    if previous in DETERMINERS and not gap.strip():
        return False
    if previous in OTHERS_DO:
        return before[-2:-1] == ["you"]
    if previous == "to" and n > 1 and not OFFERED & set(before):
        return False
    if form == "-ing":
        return not before or (
            previous in COMMAND_AFTER | {"for", "in", "at", "by", "of", "specialise", "specialises", "on"} and n < 12
        )
    if form == "-s":
        return (
            n == 0
            or previous
            in ("who", "that", "which", "it", "he", "she", "and", "then", "agent", "specialist", "assistant")
            or previous.endswith(("er", "or"))
        )
    if verb in EITHER:
        commands = n == 0 or previous in COMMAND_AFTER or gap.strip(" ") != ""
        return commands and (after not in ",.;:)" or after == ":" or n == 0)
    return True


def quoted(text: str, words: int = 7) -> str:
    parts = text.rstrip(" .;\n").split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb that can tell somebody to do it. Past forms ("the edited post") cannot."""
    last = verb[-1]
    yield verb, "base"
    yield (
        (
            verb[:-1] + "ies"
            if last == "y" and verb[-2] not in "aeiou"
            else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        ),
        "-s",
    )
    stem = verb[:-1] if last == "e" and verb[-2] != "e" else verb
    yield stem + "ing", "-ing"
    if len(verb) < 7 and last not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        yield verb + last + "ing", "-ing"


_FORMS = {word: (verb, form) for rule in RULES for verb in rule.verbs.split() for word, form in _forms(verb)}
RULES_OF = {
    verb: [rule for rule in RULES if verb in rule.verbs.split()] for rule in RULES for verb in rule.verbs.split()
}
