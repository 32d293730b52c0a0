"""Reading a prompt: what is asked, what was handed over under which label, and the sentences in it.

material = read_prompt(call.prompt)
material.task                    what is asked, in words
material.sections                everything handed over: label -> text ("" for JSON without a label)
material.sentences("SOURCES")    the sentences of some sections; of everything handed over when none is named
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from .blocks import PLACE_NAME
from .figures import Figure, figures, key_figures
from .owners import owner
from .sentences import Sentence, sentences, split_sentences
from .words import content_words, names, similar, stem

__all__ = [
    "Figure",
    "Material",
    "Sentence",
    "content_words",
    "figures",
    "key_figures",
    "names",
    "owner",
    "read_prompt",
    "sentences",
    "similar",
    "split_sentences",
    "stem",
]

SECTION = re.compile(r"^(?P<label>[A-Z][A-Z0-9 -]*):[ \t]*$", re.MULTILINE)
JSON_START = re.compile(r"^[ \t]*(?=[{\[][\s\"{\[])", re.MULTILINE)
TASK_LABELS = ("TASK", "GOAL", "QUESTION", "QUESTIONS", "BRIEF", "TOPIC", "NOTE", "VOICE RULES", "TEAM", "DONE")
PLACED = re.compile(PLACE_NAME)
RIVAL = re.compile(r"(?:CANDIDATE|DRAFT|VERSION|OPTION|ENTRY) \d+$")
BESIDE_RIVALS = ("SOURCES", "FACTS", "NOTES", "EVIDENCE", "MATERIAL", "RULES", "VOICE", "HOUSE STYLE")
NOTHING_FOUND = "(nothing was found)"


@dataclass(frozen=True, slots=True)
class Material:
    """A prompt that has been read."""

    prompt: str
    task: str
    sections: Mapping[str, str]

    def section(self, *labels: str) -> str:
        """The text of the first of these sections that is there; "" if none is."""
        return next((self.sections[label] for label in labels if label in self.sections), "")

    @property
    def handed_over(self) -> tuple[str, ...]:
        """The labels of what is there to work on: neither instructions nor what the team is."""
        return tuple(label for label in self.sections if label not in TASK_LABELS)

    def sentences(self, *labels: str) -> tuple[Sentence, ...]:
        """The sentences of these sections, in order. With no labels: of everything handed over, or, when nothing is,
        of the prompt itself, which then is task and material in one."""
        chosen = labels or self.handed_over
        found = [sentence for label in chosen for sentence in _placed(self.prompt, self.sections.get(label, ""))]
        return tuple(found) if found or labels else read(self.task)


@lru_cache(256)
def read_prompt(prompt: str) -> Material:
    """Tell the parts of a prompt.

    >>> material = read_prompt("SOURCES:\\n[a.md] Cats sleep.\\n\\nTASK:\\nWrite a post.\\n\\nFACTS:\\nDogs bark.")
    >>> material.task, list(material.sections), material.sentences("SOURCES")[0].source
    ('Write a post.', ['SOURCES', 'FACTS'], 'a.md')
    """
    edges = _outer(SECTION.finditer(prompt))
    opening = prompt[: edges[0].start()] if edges else prompt
    task, found = _without_json(opening)
    sections = {"": found} if found else {}
    for edge, following in zip_longest(edges, edges[1:]):
        label = edge["label"].strip()
        text = prompt[edge.end() : following.start() if following else None].strip()
        if label == "TASK":
            text, found = _without_json(text)
            task = f"{task}\n\n{text}".strip()
            label, text = "", found
        if text and text != NOTHING_FOUND:
            sections[label] = f"{sections[label]}\n\n{text}" if label in sections else text
    return Material(prompt, task.strip(), sections)


def _outer(edges: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The labels of what was handed over, without those that stand inside a candidate: a rival may hand in several
    texts, each below its name."""
    outer: list[re.Match[str]] = []
    for edge in edges:
        inside = outer and RIVAL.match(outer[-1]["label"])
        if not inside or RIVAL.match(edge["label"]) or edge["label"] in (*TASK_LABELS, *BESIDE_RIVALS):
            outer.append(edge)
    return outer


def _without_json(text: str) -> tuple[str, str]:
    """Free text, and the typed values that stand in it."""
    values: list[str] = []
    at = 0
    while match := JSON_START.search(text, at):
        try:
            _, end = json.JSONDecoder().raw_decode(text, match.end())
        except ValueError:
            at = match.end() + 1
            continue
        values.append(text[match.end() : end])
        text, at = f"{text[: match.start()].rstrip()}\n\n{text[end:].lstrip()}", match.start()
    return text.strip(), "\n\n".join(values)


@lru_cache(512)
def read(text: str) -> tuple[Sentence, ...]:
    """The sentences of a section, whether it is prose or a typed value."""
    prose, values = _without_json(text)
    told = [sentence for value in values.split("\n\n") if values for sentence in _told(json.loads(value), "")]
    typed = values.startswith("{")  # and if it is empty, nothing was said; a lone "[1]" is no value, but prose
    return (*sentences(prose), *told) if told or typed else sentences(text)


def _told(value: Any, name: str) -> Iterator[Sentence]:
    """What a typed value says, as sentences: a long text as it stands, a short one with the name of its field."""
    if isinstance(value, Mapping):
        source = str(value.get("source", ""))
        statement = value.get("statement")
        if isinstance(statement, str):
            yield Sentence(statement, place=source) if PLACED.fullmatch(source) else Sentence(statement, source)
            return
        for key, inner in value.items():
            if key not in ("source", "topic"):  # what it is about is no statement
                yield from (replace(s, source=s.source or source) for s in _told(inner, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _told(inner, name)
    elif isinstance(value, str) and (len(value.split()) > 4 or "\n" in value):
        yield from sentences(value)
    elif value not in (None, "") and name:
        yield Sentence(f"{name.replace('_', ' ')}: {value}")


@lru_cache(512)
def _placed(prompt: str, section: str) -> tuple[Sentence, ...]:
    """The sentences of a section, with positions counted from the beginning of the prompt."""
    start, length = max(0, prompt.find(section)), max(1, len(prompt))
    return tuple(replace(s, position=(start + s.position * len(section)) / length) for s in read(section))
