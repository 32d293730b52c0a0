"""A plot: what a draft will be made of, read from the job once, before any deliverable is laid out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..corrections import corrected, settled
from ..job import Job, without_titles
from ..sentences import Sentence
from ..words import content_words
from .headlines import headline
from .jottings import plain_title, with_headings
from .leaning import unbroken
from .particulars import read_topic
from .phrases import key_phrases, lowered
from .phrasing import is_scaffolding
from .prose import capitalised, without_connective
from .spoken import for_readers, heard
from .talks import Talk, read_talk
from .themes import FILE_NAME, is_noun
from .threads import Thread, threads
from .wishes import VERB, read_wishes

FACT_LABELS = ("FACTS", "STATISTICS", "STATS", "FIGURES", "KEY FACTS", "FINDINGS", "QUOTES")
NOT_MATERIAL = tuple("LAST DRAFT|REVIEW|VERDICT|FEEDBACK|BRAND|VOICE|STYLE|RULES|PLAN|ROLE|AUDIENCE|FORMAT".split("|"))
FIELD = re.compile(
    r"(?P<field>topic|title|subject|headline|date|figure|owner|word count|tags|summary): (?P<value>.+)$", re.IGNORECASE
)
TITLE_CHARACTERS = 70
A_TITLE = 3  # words from which the name of a note is a title rather than that of a file
PRONOUN = re.compile(r"(?:It|They|This|He|She)\s+")
LABEL_ALONE = re.compile(r"(?P<open>[(\[])(?:sources?:\s*)?(?P<label>[^()\[\]]+)[)\]]\.?$", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SOURCES_HEADING = re.compile(r"(?:sources?|references|citations|further reading|bibliography)$", re.IGNORECASE)
DOCUMENT_TITLE = re.compile(r"^# +(?P<title>.+?)\s*#*$", re.MULTILINE)
LETTER_LINE = re.compile(
    r"(?:subject|from|to|cc|date): |(?:dear|hello|hi)\b[^.!?]{0,40},$|(?:kind|best|warm) (?:regards|wishes),?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Plot:
    """Topic, title and threads of a draft, and where they come from."""

    topic: str
    title: str
    threads: tuple[Thread, ...]
    topic_given: bool = False  # by the request, so that a sentence can speak of it
    talk: Talk | None = None  # that it is made from

    @property
    def text(self) -> str:
        return " ".join(thread.text for thread in self.threads)

    @property
    def sources(self) -> list[str]:
        return list(
            dict.fromkeys(
                sentence.source for thread in self.threads for sentence in thread.sentences if sentence.source
            )
        )


def requests(job: Job) -> tuple[str, str]:
    """What the task and the role ask for. Without labels only some sentences of the task do; the rest is material."""
    if job.material.handed_over:
        return without_titles(job.task), job.role
    return "\n".join(sentence.text for sentence in job.material.sentences() if _is_request(sentence.text)), job.role


def read_plot(job: Job, kept: Sequence[Sentence] = ()) -> Plot:
    """What the job gives to write from and about. `kept` are sentences of a last draft that stay in the next one."""
    handed_over = [label for label in job.material.handed_over if not label.startswith(NOT_MATERIAL)]
    fact_labels = [
        label for label in handed_over if label in FACT_LABELS or '"statement"' in job.material.sections[label]
    ]
    other = [label for label in handed_over if label not in fact_labels]
    facts, fields = _content(job.look(*fact_labels)) if fact_labels else ([], {})
    told, more = _content(job.look(*other)) if other or not fact_labels else ([], {})
    fields = {**more, **fields}
    facts = [_with_owner(fact, owners_in(job.material.prompt)) for fact in facts]
    facts, told = ([sentence for sentence in given if not _is_request(sentence.text)] for given in (facts, told))
    facts = [*facts, *_content(kept)[0]]
    speaker = read_talk(job.task).speaker
    facts, told = heard(facts, speaker), heard(told, speaker)
    told, jotted_title = with_headings(told)
    valid = corrected([*facts, *told])
    facts, told = unbroken(facts, valid[: len(facts)]), unbroken(told, valid[len(facts) :])
    told = [for_readers(sentence) for sentence in settled(told)]
    facts = [for_readers(sentence) for sentence in facts]
    task, role = requests(job)
    topic = read_topic(task) or fields.get("topic", "") or _plain_topic(job) or read_topic(role)
    given = fields.get("title", "") or fields.get("headline", "") or jotted_title
    talk = read_talk(job.task) if any(sentence.place for sentence in (*facts, *told)) else None
    plot = _titled(topic, (talk.title if talk else "") or given, tuple(threads(told, facts)), job)
    return replace(plot, talk=talk, title=telling_title(plot)) if talk else plot


def _titled(topic: str, title: str, found: Sequence[Thread], job: Job) -> Plot:
    """The plot, with topic and title found in the material where the request gives none."""
    text = " ".join(thread.text for thread in found)
    sources = list(dict.fromkeys(thread.source for thread in found))
    about = f"{text} {' '.join(sources)} {' '.join(thread.heading for thread in found)}"
    named = bool(content_words(topic) & content_words(about))  # what the material never names is no title for it
    if not title and not named:
        heading = DOCUMENT_TITLE.search("\n".join(job.material.sections.values()) or job.material.task)
        titled = (source for source in sources if source and not FILE_NAME.search(source))
        own = (source for source in titled if len(sources) == 1 or (topic and len(source.split()) >= A_TITLE))
        title = heading["title"] if heading else plain_title(next(own, ""))
    if not title:
        title = topic or " and ".join(key_phrases(text)[:2]) or _first_headline(found)
    title = capitalised(title.strip(" .")) or "Notes"
    return Plot(topic if named else lowered(title, text), title, tuple(found), named)


def telling_title(plot: Plot) -> str:
    """A title of a word or two, such as the name of a file, with what the text turns on."""
    if len(plot.title.split()) > 2:
        return plot.title
    phrases = (phrase for phrase in key_phrases(plot.text, alone=3) if is_noun(phrase, plot.text))
    turns_on = [phrase for phrase in phrases if phrase.lower() not in plot.title.lower()][:2]
    return f"{plot.title}: {' and '.join(turns_on)}" if turns_on else plot.title


def _first_headline(found: Sequence[Thread]) -> str:
    lines = (headline(sentence.text, TITLE_CHARACTERS) for thread in found for sentence in thread.sentences)
    return next(filter(None, lines), "")


@lru_cache(64)
def owners_in(prompt: str) -> dict[str, str]:
    """Whose figure each statement has, where typed facts say so."""
    said = re.finditer(r'"statement":\s*(?P<statement>"(?:[^"\\]|\\.)*")(?P<rest>[^{}]*)', prompt)
    owners = ((fact["statement"], re.search(r'"owner":\s*(?P<owner>"(?:[^"\\]|\\.)+")', fact["rest"])) for fact in said)
    return {json.loads(statement): json.loads(owner["owner"]) for statement, owner in owners if owner}


def _with_owner(fact: Sentence, owners: Mapping[str, str]) -> Sentence:
    """A fact that begins with a pronoun, with the name of its owner in place of it."""
    owner = owners.get(fact.text, "")
    match = PRONOUN.match(without_connective(fact.text)) if owner and owner not in fact.text else None
    return replace(fact, text=f"{capitalised(owner)} {without_connective(fact.text)[match.end() :]}") if match else fact


def _content(sentences: Sequence[Sentence]) -> tuple[list[Sentence], dict[str, str]]:
    """What is said, without greetings, signposts and lists of sources; and the fields of a typed value (its topic)."""
    said: list[Sentence] = []
    fields: dict[str, str] = {}
    for sentence in sentences:
        label = LABEL_ALONE.fullmatch(sentence.text)
        field = FIELD.match(sentence.text)
        if label and said:
            said[-1] = _attributed(said[-1], label)
        elif field and len(field["value"].split()) < 16:
            fields.setdefault(field["field"].lower(), field["value"])
        elif not (
            SOURCES_HEADING.match(sentence.heading) or is_scaffolding(sentence.text) or LETTER_LINE.match(sentence.text)
        ):
            said.append(sentence)
    return said, fields


def _attributed(sentence: Sentence, label: re.Match[str]) -> Sentence:
    """The sentence with the source that stood behind it; one with a year, "(Kim, 2025)", stays in the text."""
    if YEAR.search(label["label"]) and label["open"] == "(":
        return replace(sentence, text=f"{sentence.text.rstrip('.')} {label.group().rstrip('.')}.")
    return replace(sentence, source=label["label"].strip())


def _is_request(text: str) -> bool:
    """Whether a sentence of an unlabelled prompt asks for the draft, rather than giving material for it."""
    return VERB.match(text) is not None and bool(read_wishes(text))


def _plain_topic(job: Job) -> str:
    """A task of a few words without a verb of writing is the topic itself."""
    line = job.task.strip()
    return (
        line.strip(" .?!")
        if job.material.handed_over and 0 < len(line.split()) <= 8 and "\n" not in line and not VERB.search(line)
        else ""
    )
