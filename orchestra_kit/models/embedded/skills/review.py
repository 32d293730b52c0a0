"""Reviewing: what can be checked is checked, and what is wrong is quoted. Nothing is approved out of kindness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...tokens import count
from ..actions import actions
from ..checking import Evidence, Finding
from ..demands import Demands, Length, read_demands
from ..job import Job
from ..reading import Material, Sentence, read
from ..sentences import FRONT_MATTER
from ..voice import breaches

WORK_LABELS = ("WORK", "DRAFT", "EDITED DRAFT", "FINAL DRAFT", "EDITED POST", "LAST DRAFT")
EVIDENCE_LABELS = (
    *"SOURCES FACTS NOTES TRANSCRIPT MATERIAL STATISTICS FINDINGS DATA EVIDENCE PASSAGES SOURCE".split(),
    "",
)
LIST_LINE = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+\S")
SOURCE_LIST = re.compile(r"^#{1,6}\s*(?:Sources|References)\b|^sources:", re.IGNORECASE | re.MULTILINE)
SOURCE_AT_END = re.compile(r"\([^()]*[^\W\d][^()]*\)\s*$|\bsource\b", re.IGNORECASE)
GIVEN_NOTHING = re.compile(r"\bI was given nothing\b")  # what this model says instead of making something up
MOST_FAULTS = 12


class Measure(NamedTuple):
    """One thing that was measured: what, how much it came to, and what is wrong with it."""

    name: str
    value: str
    faults: Sequence[str] = ()


def review(job: Job) -> str | dict[str, Any]:
    """A verdict: approve, or reject with a note that lists what is wrong."""
    label, work = the_work(job.material)
    if not work.strip():
        fault = "there is nothing to review: the work is empty"
        return _verdict(job, [Measure("something to review", "none", [fault])])
    if GIVEN_NOTHING.search(work):
        fault = "it says itself that its writer was given nothing to work from"
        return _verdict(job, [Measure("something to work from", "none", [fault])])
    evidence = Evidence.of(first_hand(job, evidence_labels(job.material, label)))
    findings = evidence.check(work) if evidence.sentences else []
    broken, unmeasured = voice(work, job.material.section("VOICE RULES", "VOICE", "RULES", "HOUSE STYLE"))
    measures = [
        *(figures_as_in_sources(findings) if evidence.sentences else []),
        *form(work, job.material.task if job.material.task != work else "", job.role),
        *broken,
    ]
    said = [
        f"{len(findings)} figure{'s' if len(findings) != 1 else ''} compared with the sources"
        if evidence.sentences
        else "no sources were handed over, so only form could be checked"
    ]
    if unmeasured:
        said.append(f"not checked, because it cannot be measured: {'; '.join(unmeasured)}")
    job.how.update(
        criterion="figures and their owners against the sources, measurable demands, voice rules",
        figures_checked=len(findings),
    )
    return _verdict(job, measures, said)


def figures_as_in_sources(findings: Sequence[Finding]) -> list[Measure]:
    faults = [_say(finding) for finding in findings if finding.fault]
    value = f"{len(findings) - len(faults)} of {len(findings)}" if findings else "no figures in it"
    return [Measure("figures as in the sources", value, faults)]


def voice(work: str, rules: str) -> tuple[list[Measure], list[str]]:
    """Each voice rule that can be measured, and the rules that cannot."""
    measures: list[Measure] = []
    unmeasured: list[str] = []
    for line in filter(str.strip, rules.splitlines()):
        broken, unchecked = breaches(work, line)
        unmeasured += unchecked
        rule = line.lstrip("-*• \t").rstrip()
        if rule and not unchecked:
            times = f"broken {'once' if len(broken) == 1 else f'{len(broken)} times'}" if broken else "kept"
            measures.append(Measure(rule, times, [str(breach) for breach in broken]))
    return measures, unmeasured


def the_work(material: Material) -> tuple[str, str]:
    """The label and text of what is to be reviewed: a draft, else what was handed over last, else the task itself."""
    for label in WORK_LABELS:
        if label in material.sections:
            return label, material.sections[label]
    others = [label for label in material.handed_over if label not in EVIDENCE_LABELS]
    if others:
        return others[-1], material.sections[others[-1]]
    if "" in material.sections:
        return "", material.sections[""]
    return "TASK", material.task


def evidence_labels(material: Material, work: str) -> tuple[str, ...]:
    """What the work may rest on: everything else that was handed over."""
    return tuple(label for label in material.handed_over if label not in (work, "LAST DRAFT")) or ("(none)",)


def first_hand(job: Job, labels: Sequence[str]) -> list[Sentence]:
    """The sentences of these sections; but what others noted from a passage of a talk proves nothing where the passage
    itself was handed over. Who misses something looks again."""
    shown = job.look("SOURCES", times=2) if "SOURCES" in labels else ()
    places = {sentence.place for sentence in shown if sentence.place}
    others = [label for label in labels if label != "SOURCES"]
    noted = job.look(*others, times=2) if others else ()
    return [*shown, *(sentence for sentence in noted if sentence.place not in places)]


def form_faults(work: str, task: str, role: str) -> list[str]:
    """What measurable demands the work does not meet."""
    return [fault for measure in form(work, task, role) for fault in measure.faults]


def form(work: str, task: str, role: str) -> list[Measure]:
    """The measurable demands on the work.

    Demands in the reviewer's own role always count. Those in the task count when it asks for one thing only: a goal
    that asks for research, a post and a newsletter says nothing about how long this part of it should be.
    """
    single = len({action.skill for action in actions(task)} - {"check", "review"}) <= 1
    asked = [read_demands(role), *([read_demands(task)] if single else [])]
    return [measure for demands in asked for measure in _measured(work, demands)]


def _measured(work: str, demands: Demands) -> list[Measure]:
    items = _items(work)
    measures = []
    if demands.items and demands.items > 1 and items:
        short = len(items) < demands.items
        fault = f"it has {len(items)} {demands.item}, and {demands.items} were asked for"
        measures.append(Measure(f"{demands.items} {demands.item}", str(len(items)), [fault] if short else []))
    if demands.sources and items and not SOURCE_LIST.search(work):
        faults = [f'no source is named for "{_clip(text)}"' for text, sourced in items if not sourced]
        measures.append(Measure("a source for each", f"{len(items) - len(faults)} of {len(items)}", faults))
    if items and demands.item:
        return measures
    measures += [_length(length, _body(work)) for length in demands.lengths]
    if demands.front_matter:
        there = work.lstrip().startswith("---")
        fault = "the front matter is missing: it should begin with a line of ---"
        measures.append(Measure("front matter", "there" if there else "missing", [] if there else [fault]))
    return measures


def _length(length: Length, text: str) -> Measure:
    if length.high is None:
        asked = f"at least {length.low:,}"
    else:
        asked = f"{length.low:,} to {length.high:,}" if length.low else f"at most {length.high:,}"
    fault = length.fault(text)
    return Measure(f"{asked} {length.unit}s", f"{length.measure(text):,}", [fault] if fault else [])


def _items(work: str) -> list[tuple[str, bool]]:
    """The items of a list or of typed facts, and whether each names its source. Prose has none."""
    lines = [line for line in work.splitlines() if line.strip()]
    listed = [line for line in lines if LIST_LINE.match(line)]
    if listed and len(listed) >= 0.6 * len(lines):
        return [(line.strip(), SOURCE_AT_END.search(line) is not None) for line in listed]
    if work.lstrip().startswith("{") and '"facts"' in work:
        return [(sentence.text, bool(sentence.source)) for sentence in read(work)]
    return []


def _body(work: str) -> str:
    """The words of the work itself, without front matter, headings and the names of JSON fields."""
    if work.lstrip().startswith("{"):
        return "\n".join(sentence.text for sentence in read(work))
    text = FRONT_MATTER.sub("", work.lstrip())
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def _say(finding: Finding) -> str:
    nearest = f'; the sources say: "{_clip(finding.should_be.text)}"' if finding.should_be else ""
    return f'{finding.figure.text} in "{_clip(finding.sentence)}" {finding.fault}{nearest}'


def _clip(text: str, most: int = 140) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _verdict(job: Job, measures: Sequence[Measure], said: Sequence[str] = ()) -> str | dict[str, Any]:
    """What the measures come to. The trace is told of each of them, also of those with nothing wrong."""
    faults = list(dict.fromkeys(fault for measure in measures for fault in measure.faults))
    decision = "reject" if faults else "approve"
    lines = [f"- {fault}" for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        lines.append(f"- and {len(faults) - MOST_FAULTS} more")
    while lines and sum(map(count, lines)) + 60 > job.budget:
        lines.pop()
    note = "\n".join(lines) if faults else f"Nothing wrong found: {'; '.join(said)}."
    checks = dict.fromkeys((measure.name, not measure.faults, measure.value) for measure in measures)
    job.how.update(faults=len(faults), checks=list(checks))
    if job.makes is None:
        return note if decision == "approve" else f"Rejected. What is wrong:\n{note}"
    return {"decision": decision, "note": note}
