"""Extracting: the statements that matter, as they stand in the material, each with its source."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...tokens import count
from ..corrections import resolve
from ..facts import salience, stand_alone, topic_words, without_repeats
from ..job import Job
from ..reading import Sentence, key_figures, names, owner
from .revise import DRAFT_LABELS, Revision
from .spoken import heard, is_decision
from .talks import read_talk

NUMERIC = frozenset(
    "statistic statistics stat stats figure figures number numbers amount amounts data point data points".split()
)
ABOUT = re.compile(
    r"\b(?:about|regarding|covering)\s+(?P<topic>[^.;:,?]{3,90}?)(?=\s*(?:[.;:,?]|$|\b(?:with|as|from|for)\b))"
)
DECISIONS = re.compile(r"\bdecisions?\b|\bdecided\b", re.IGNORECASE)
ENOUGH = 5  # statements, when nobody says how many and the material has few figures


def extract(job: Job, *, everything: bool = False) -> str | dict[str, Any]:
    """The statements asked for, in the order of the material."""
    chosen = choose_facts(job, everything=everything)
    if not chosen:
        return job.nothing if job.makes is None else {"topic": topic(job), "facts": []}
    if job.makes is not None:
        return {"topic": topic(job), "facts": [as_fact(sentence) for sentence in chosen]}
    return "\n".join(as_line(sentence) for sentence in chosen)


def choose_facts(job: Job, *, everything: bool = False) -> list[Sentence]:
    """The statements that answer the request, no more than asked for and no more than fit."""
    demands = job.demands
    facts = resolve(without_repeats(stand_alone(_material(job))))
    about = request_topic(job)
    numeric = demands.item in NUMERIC
    with_figures = [fact for fact in facts if has_digits(fact)]
    if numeric or (demands.every_figure and with_figures and not everything):
        decided = DECISIONS.search(job.asked) is not None and not numeric
        facts = [fact for fact in facts if has_digits(fact) or (decided and is_decision(fact.text))]
    scores = salience(facts, about)
    ranked = sorted(range(len(facts)), key=lambda n: (-scores[n], n))
    if demands.largest and numeric:
        ranked.sort(key=lambda n: -max(figure.value for figure in key_figures(facts[n].text)))
    wanted = demands.items or (len(facts) if demands.every_figure or everything else max(ENOUGH, len(with_figures)))
    kept: list[int] = []
    room = job.budget - (count(topic(job)) + 24 if job.makes else 0)
    for n in ranked:
        if len(kept) == wanted:
            break
        cost = (
            count(json.dumps(as_fact(facts[n]), ensure_ascii=False)) + 2 if job.makes else count(as_line(facts[n])) + 1
        )
        if cost <= room:
            kept.append(n)
            room -= cost
    job.how.update(criterion=_criterion(job, about), facts_seen=len(facts), facts_kept=len(kept))
    return [facts[n] for n in sorted(kept)]


def _material(job: Job) -> Sequence[Sentence]:
    """What there is to extract from; after a note, with its corrections, and without the draft it is about."""
    revision = Revision.of(job)
    labels = [label for label in job.material.handed_over if label not in DRAFT_LABELS] if revision else []
    told = job.look(*labels)
    for wrong, right in revision.corrections if revision else ():
        told = tuple(replace(s, text=right) if s.text.startswith(wrong) else s for s in told)
    return heard(told, read_talk(job.task).speaker)


def has_digits(sentence: Sentence) -> bool:
    """Whether a sentence states a figure in digits that is not just a year."""
    return any(figure.unit not in ("word", "year", "date") for figure in key_figures(sentence.text))


def request_topic(job: Job) -> str:
    """What the statements are to be about, in the words of the task."""
    goal = job.material.section("GOAL", "TOPIC", "QUESTION", "QUESTIONS")
    return goal if job.task_is_material else f"{job.task}\n{goal}"


def topic(job: Job) -> str:
    """The topic as a short line: what follows "about" in the request, or else the whole of it."""
    text = " ".join(request_topic(job).split())
    about = ABOUT.search(text)
    text = about["topic"].strip(" ,") if about else text
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"


def as_line(sentence: Sentence) -> str:
    """A statement as a line of a list, with its source when it has one."""
    source = sentence.source or sentence.place
    return f"- {sentence.text} ({source})" if source else f"- {sentence.text}"


def as_fact(sentence: Sentence) -> dict[str, str]:
    """A statement as the fields of a Fact."""
    figures = key_figures(sentence.text)
    whose = owner(sentence.text, figures[0]) if figures else next(iter(names(sentence.text)), "")
    return {
        "statement": sentence.text,
        "figure": figures[0].text if figures else "",
        "owner": whose,
        "source": sentence.source or sentence.place,
    }


def _criterion(job: Job, about: str) -> str:
    words: Sequence[str] = sorted(topic_words(about))
    number = f"{job.demands.items} {job.demands.item}" if job.demands.items else "all that matter"
    return f"{number}, by figures, names" + (f" and the topic ({', '.join(words[:6])})" if words else "")
