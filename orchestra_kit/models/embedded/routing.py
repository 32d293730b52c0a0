"""Which skill a prompt asks for, found as a reader would: by its verbs and what they are to be done to.

The role is read first; when it says nothing, the task; when neither does, the nouns ("You are an editor"), and last the
labels of what was handed over. A specialist's name is never seen here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from ...messages import Choice, Plan, Verdict
from .asking import COMMAND_AFTER, DETERMINERS, EITHER, NEGATIONS, NOUN_PATTERNS, OFFERED, OTHERS_DO, RULES
from .demands import FRONT_MATTER
from .reading import Material

if TYPE_CHECKING:
    from .job import Job

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SENTENCE = re.compile(r"[^.!?\n;]+(?:\.(?=\w)[^.!?\n;]*)*[.!?;\n]?")


class Action(NamedTuple):
    """A verb of the text, the skill it asks for, and the words that say so."""

    skill: str
    quote: str
    starts_sentence: bool


@dataclass(frozen=True, slots=True)
class Skill:
    """The skill that was chosen, and why. `then` is a second one that works on what the first one made."""

    skill: str
    because: str
    then: str = ""

    @property
    def work(self) -> Callable[[Job], Any]:
        """The function that does it."""
        module = import_module(f"{__package__}.skills.{self.skill}")
        function: Callable[[Job], Any] = getattr(module, self.skill)
        return function


def choose(role: str, material: Material, makes: type[Any] | None = None) -> Skill:
    """The skill that role, task and expected type ask for.

    >>> choose("Judge the subject lines and choose one.", Material("", "", {})).skill
    'judge'
    """
    for kind, skill in ((Plan, "plan"), (Verdict, "review"), (Choice, "judge")):
        if makes is kind:
            return Skill(skill, f"a {kind.__name__} is expected")
    return (
        _from_actions(actions(role), "role", role)
        or _from_actions(
            [action for action in actions(_request(material)) if action.starts_sentence], "task", material.task
        )
        or _from_question(material)
        or _from_nouns(role)
        or _from_material(material, makes)
    )


def _from_actions(found: Sequence[Action], where: str, text: str) -> Skill | None:
    """What a row of actions comes to. Gathering, checking and merging are often only the way to something: a text to
    write, a choice to make. And who is to check *and* correct is editing."""
    if not found:
        return None
    main = found[0]
    if main.skill in ("extract", "check", "merge", "answer", "summarise"):
        main = next(
            (
                action
                for action in found[1:]
                if action.skill in ("write", "format", "judge", "plan", "classify", "score")
            ),
            main,
        )
    if main.skill == "check":
        main = next((action for action in found if action.skill == "edit"), main._replace(skill="review"))
    formats = any(action.skill == "format" for action in found) or FRONT_MATTER.search(text) is not None
    then = "format" if main.skill in ("write", "edit") and formats else ""
    return Skill(main.skill, f'{where} says "{main.quote}"', then)


def _from_question(material: Material) -> Skill | None:
    question = material.section("QUESTION", "QUESTIONS") or (
        material.task if material.task.rstrip().endswith("?") else ""
    )
    return Skill("answer", f'asks "{_shorten(question.strip())}"') if question else None


def _from_nouns(role: str) -> Skill | None:
    found = [
        (match.start(), skill, match.group())
        for skill, pattern in NOUN_PATTERNS.items()
        if (match := pattern.search(role))
    ]
    return Skill(min(found)[1], f'role is "{min(found)[2]}"') if found else None


def _from_material(material: Material, makes: type[Any] | None) -> Skill:
    if any(label.startswith("CANDIDATE") for label in material.sections):
        return Skill("judge", "candidates were handed over")
    if makes is not None and {"facts", "statistics", "findings"} & set(getattr(makes, "model_fields", {})):
        return Skill("extract", f"a {makes.__name__} is expected")
    if makes is not None and {"title", "body"} <= set(getattr(makes, "model_fields", {})):
        return Skill("write", f"a {makes.__name__} is expected")
    return Skill("answer", "nothing in role or task says what to do, so the plain extractive answer")


def _request(material: Material) -> str:
    """The lines of the task that may be an instruction: its beginning and its end, not the text in between."""
    lines = [line for line in material.task.splitlines() if line.strip()]
    return "\n".join(dict.fromkeys([*lines[:2], *lines[-1:]]))


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
                    rule.skill, _shorten(sentence[token.start() :].strip()), n == 0 or _begins(sentence, tokens, n)
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


def _shorten(text: str, words: int = 7) -> str:
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
