"""A brand's voice as data: rules that are told to a writer, and measured in what the writer wrote.

The rules come from a JSON file (`data/brand_voice.json`, or your own). Measuring looks at the text alone, so it judges
a model's draft and a person's alike. Quotations, code, web addresses, front matter and the list of sources are other
people's words, or no words at all, and are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..errors import BadSources
from ..paths import data_dir
from .articles import Article

QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a text breaks a rule: the rule's id, the words that break it, the sentence, and what the writer is told."""

    rule: str
    quote: str
    sentence: str
    told: str


class Rule(BaseModel):
    """What all rules have: an id to talk about it, and the sentence a writer is told when it is broken."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    told: str = Field(min_length=1)


class Avoid(Rule):
    """A word or phrase not to be used, in any of its forms, and what to write instead."""

    kind: Literal["avoid"]
    word: str = Field(min_length=2)
    instead: str = ""

    def line(self) -> str:
        return f'- avoid "{self.word}"' + (f'; write "{self.instead}"' if self.instead else "")

    def broken_by(self, sentence: str) -> Iterator[str]:
        yield from (found.group() for found in forms(self.word).finditer(QUOTATION.sub("“…”", sentence)))


class NoExclamation(Rule):
    """No exclamation marks."""

    kind: Literal["no_exclamation"]

    def line(self) -> str:
        return "- no exclamation marks"

    def broken_by(self, sentence: str) -> Iterator[str]:
        if "!" in QUOTATION.sub("“…”", sentence):
            yield "!"


class MaxSentenceWords(Rule):
    """No sentence of more words than these."""

    kind: Literal["max_sentence_words"]
    words: int = Field(ge=1)

    def line(self) -> str:
        return f"- sentences of at most {self.words} words"

    def broken_by(self, sentence: str) -> Iterator[str]:
        if (count := len(sentence.split())) > self.words:
            yield f"{count} words"


class Person(Rule):
    """Words for a person from whom, or to whom, the text should not speak. A word in capitals means just that: "I"."""

    kind: Literal["person"]
    avoid: tuple[str, ...] = Field(min_length=1)

    def line(self) -> str:
        return "- never " + ", ".join(f'"{word}"' for word in self.avoid)

    def broken_by(self, sentence: str) -> Iterator[str]:
        for word in self.avoid:
            same_case = re.NOFLAG if word.isupper() else re.IGNORECASE
            yield from re.findall(rf"(?<![\w/]){re.escape(word)}(?![\w/])", QUOTATION.sub("“…”", sentence), same_case)


AnyRule = Annotated[Avoid | NoExclamation | MaxSentenceWords | Person, Field(discriminator="kind")]


class Voice(BaseModel):
    """House rules. `Voice.load()` gives the bundled ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    description: str = ""
    rules: tuple[AnyRule, ...] = Field(min_length=1)

    @field_validator("rules")
    @classmethod
    def ids_differ(cls, rules: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
        ids = [rule.id for rule in rules]
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                raise ValueError(f"the id {id_!r} is used twice; give each rule an id of its own")
        return rules

    @classmethod
    def load(cls, path: str | Path | None = None) -> Voice:
        """The rules of a JSON file, or the bundled ones. BadSources names the rule and the field that is wrong."""
        file = data_dir() / "brand_voice.json" if path is None else Path(path)
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadSources(f"The voice rules {file} cannot be read: {error}. Give a JSON file in UTF-8.") from error
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise BadSources(f"The voice rules {file} are wrong: {in_words(error, text)}") from None

    def as_text(self) -> str:
        """The rules as lines of a prompt, below `VOICE RULES:`."""
        return "\n".join(rule.line() for rule in self.rules)

    def violations(self, text: str) -> list[Violation]:
        """Every place where an article breaks a rule, in the order of its sentences, headings first.

        >>> [(found.rule, found.quote) for found in Voice.load().violations("We leveraged it!")]
        [('plain-use', 'leveraged'), ('calm', '!')]
        """
        article = Article.parse(text)
        return [
            Violation(rule.id, quote, sentence, rule.told)
            for sentence in (*article.headings, *article.sentences)
            for rule in self.rules
            for quote in rule.broken_by(sentence)
        ]


def forms(word: str) -> re.Pattern[str]:
    """A pattern for a word and its inflections, in British and American spelling, with hyphen or space.

    >>> [bool(forms("utilise").fullmatch(form)) for form in ("Utilizing", "utilisation", "utility")]
    [True, True, False]
    """
    *first, last = re.split(r"[-\s]+", word.lower())
    if last.endswith(("ise", "ize")):
        ending = rf"{re.escape(last[:-3])}i[sz](?:e|es|ed|ing|er|ers|ations?)"
    elif last.endswith("e"):
        ending = rf"{re.escape(last[:-1])}(?:e|es|ed|ing|er|ers)"
    elif re.search(r"[^aeiou]y$", last):
        ending = rf"{re.escape(last[:-1])}(?:y|ies|ied|ying)"
    elif last.endswith("ing"):
        ending = rf"{re.escape(last[:-3])}(?:ing|ingly|ers?)"
    else:
        ending = rf"{re.escape(last)}(?:s|es|ed|ing|ly)?"
    return re.compile(r"\b" + r"[-\s]+".join([*map(re.escape, first), ending]) + r"\b", re.IGNORECASE)


def in_words(error: ValidationError, text: str) -> str:
    """The first thing that is wrong, with the rule's id and the name of the field."""
    first = error.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    match first["loc"]:
        case ("rules", int(number), *rest):
            found = re.findall(r'"id"\s*:\s*"([^"]*)"', text)
            name = f" ({found[number]})" if number < len(found) else ""
            field = str(rest[-1]) if len(rest) else "kind"
            return f"rule {number + 1}{name}, field {field!r}: {message}."
        case ():
            return f"it is no such JSON: {message}."
        case where:
            return f"field {where[0]!r}: {message}."
