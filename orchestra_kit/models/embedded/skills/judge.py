"""Judging rivals by measured criteria. The ballot says what was measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ....errors import ModelError
from ..checking import Evidence
from ..demands import read_demands
from ..job import Job
from ..reading import Material, content_words, figures, key_figures, names, read
from ..voice import breaches
from .review import first_hand, form_faults

CANDIDATE = re.compile(r"(?:CANDIDATE|DRAFT|VERSION|OPTION|ENTRY) (\d+)$")
HEADLINES = re.compile(r"\b(?:subject(?: ?-?lines?)?s?|headlines?|titles?|taglines?|slogans?)\b", re.IGNORECASE)
SHORTEST = re.compile(r"\b(?:shortest|most concise|briefest|tersest)\b", re.IGNORECASE)
HEADLINE_CHARACTERS = 60  # mail clients on telephones show some 40 to 60 characters of a subject; our choice
LOOSE_END = re.compile(r"\b(?:the|of|a|an|in|to|is|for|and|or|with|by|at)$", re.IGNORECASE)
A_LINE = 12  # words: more than that is no headline
Measures = list[tuple[str, float]]


def judge(job: Job) -> str | dict[str, Any]:
    """The number of the best candidate, and what was measured."""
    rivals = candidates(job.material)
    if not rivals:
        raise ModelError(
            "the judge sees no candidate. Hand each over under a label of its own, CANDIDATE 1, CANDIDATE 2, and "
            "last in the prompt"
        )
    short = HEADLINES.search(job.asked) is not None or all(
        "\n" not in text and len(text.split()) <= A_LINE and not text.rstrip().endswith(".") for text in rivals.values()
    )
    measure = _headline(job) if short else _draft(job)
    job.how["criterion"] = (
        "length, a figure and a name from the material, no loose end"
        if short
        else "figures that stand in the sources, demands, voice rules"
    )
    if job.chance("position") < job.judge_first:
        first = min(rivals)
        job.how["judge_first"] = True
        return _choice(job, first, "taken because it stands first (judge_first): nothing was compared")
    measured = {number: measure(text) for number, text in rivals.items()}
    best = max(rivals, key=lambda number: (sum(points for _, points in measured[number]), -number))
    why = "; ".join(
        f"{number}: {', '.join(f'{what} {points:+g}' for what, points in measured[number])}"
        for number in sorted(rivals)
    )
    return _choice(job, best, f"measured {why}")


def candidates(material: Material) -> dict[int, str]:
    """The texts on the ballot, by number."""
    return {int(match[1]): text for label, text in material.sections.items() if (match := CANDIDATE.match(label))}


def _draft(job: Job) -> Callable[[str], Measures]:
    """Drafts: supported figures count for one, unsupported ones and every unmet demand against."""
    labels = tuple(label for label in job.material.handed_over if not CANDIDATE.match(label))
    evidence = Evidence.of(first_hand(job, labels))
    rules = job.material.section("VOICE RULES", "VOICE", "RULES", "HOUSE STYLE")

    def measure(text: str) -> Measures:
        if evidence.sentences:
            findings = evidence.check(text)
            right = {finding.figure.key for finding in findings if not finding.fault}
            wrong = [finding for finding in findings if finding.fault]
            measures: Measures = [("supported figures", float(len(right))), ("unsupported", -2.0 * len(wrong))]
        else:
            measures = [("facts", float(len({figure.key for s in read(text) for figure in key_figures(s.text)})))]
        measures.append(("unmet demands", -1.0 * len(form_faults(text, job.task, job.role))))
        measures.append(("voice", -1.0 * len(breaches(text, rules)[0])))
        if SHORTEST.search(job.asked):
            measures.append(("words", -len(text.split()) / 100))
        return [(what, points) for what, points in measures if points or what in ("supported figures", "facts")]

    return measure


def _headline(job: Job) -> Callable[[str], Measures]:
    """Subject lines and the like."""
    limit = (
        next((length.high for length in read_demands(job.asked).lengths if length.unit == "character"), None)
        or HEADLINE_CHARACTERS
    )
    labels = tuple(label for label in job.material.handed_over if not CANDIDATE.match(label))
    told = job.look(*labels) if labels else ()
    known_figures = {figure.key for s in told for figure in figures(s.text)}
    known = {word for s in told for word in content_words(s.text)} | content_words(job.task)
    rules = job.material.section("VOICE RULES", "VOICE", "RULES", "HOUSE STYLE")

    def measure(text: str) -> Measures:
        line = text.strip().strip('"')
        found = figures(line)
        made_up = [figure for figure in found if told and figure.key not in known_figures]
        words = content_words(line)
        measures: Measures = [
            (f"fits {limit} characters", float(len(line) <= limit)),
            ("a figure", float(bool(found))),
            ("a name", 0.5 * bool(names(f"x {line}"))),
            ("words of the material", round(len(words & known) / max(1, len(words)), 2) if known else 0.0),
            ("a figure nobody gave", -2.0 * len(made_up)),
            ("a loose end", -1.0 * bool(LOOSE_END.search(line) or line.endswith(("…", ",", ":")))),
            ("voice", -1.0 * len(breaches(line, rules)[0])),
        ]
        return [(what, points) for what, points in measures if points]

    return measure


def _choice(job: Job, number: int, why: str) -> str | dict[str, Any]:
    if job.makes is None:
        return f"{number}\n{why}"
    return {"number": number, "why": why if job.budget > 100 + len(why) // 3 else ""}
