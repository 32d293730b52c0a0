"""Reviewing: what can be checked is checked, and what is wrong is quoted. Nothing is approved out of kindness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...tokens import count
from ..actions import actions
from ..checking import Evidence, Finding
from ..demands import Demands, read_demands
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


def review(job: Job) -> str | dict[str, Any]:
    """A verdict: approve, or reject with a note that lists what is wrong."""
    label, work = the_work(job.material)
    if not work.strip():
        return _verdict(job, ["there is nothing to review: the work is empty"], [])
    if GIVEN_NOTHING.search(work):
        return _verdict(job, ["it says itself that its writer was given nothing to work from"], [])
    evidence = Evidence.of(first_hand(job, evidence_labels(job.material, label)))
    findings = evidence.check(work) if evidence.sentences else []
    faults = [_say(finding) for finding in findings if finding.fault]
    faults += form_faults(work, job.material.task if job.material.task != work else "", job.role)
    broken, unmeasured = breaches(work, job.material.section("VOICE RULES", "VOICE", "RULES", "HOUSE STYLE"))
    faults += [str(breach) for breach in broken]
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
    return _verdict(job, list(dict.fromkeys(faults)), said)


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
    """What measurable demands the work does not meet.

    Demands in the reviewer's own role always count. Those in the task count when it asks for one thing only: a goal
    that asks for research, a post and a newsletter says nothing about how long this part of it should be.
    """
    single = len({action.skill for action in actions(task)} - {"check", "review"}) <= 1
    faults: list[str] = []
    for demands in (read_demands(role), *([read_demands(task)] if single else [])):
        faults += _unmet(work, demands)
    return faults


def _unmet(work: str, demands: Demands) -> list[str]:
    items = _items(work)
    faults = []
    if demands.items and demands.items > 1 and items and len(items) < demands.items:
        faults.append(f"it has {len(items)} {demands.item}, and {demands.items} were asked for")
    if demands.sources and items and not SOURCE_LIST.search(work):
        faults += [f'no source is named for "{_clip(text)}"' for text, sourced in items if not sourced]
    if items and demands.item:
        return faults
    faults += [fault for length in demands.lengths if (fault := length.fault(_body(work)))]
    if demands.front_matter and not work.lstrip().startswith("---"):
        faults.append("the front matter is missing: it should begin with a line of ---")
    return faults


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


def _verdict(job: Job, faults: list[str], said: list[str]) -> str | dict[str, Any]:
    decision = "reject" if faults else "approve"
    lines = [f"- {fault}" for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        lines.append(f"- and {len(faults) - MOST_FAULTS} more")
    while lines and sum(map(count, lines)) + 60 > job.budget:
        lines.pop()
    note = "\n".join(lines) if faults else f"Nothing wrong found: {'; '.join(said)}."
    job.how["faults"] = len(faults)
    if job.makes is None:
        return note if decision == "approve" else f"Rejected. What is wrong:\n{note}"
    return {"decision": decision, "note": note}
