"""Editing: a patching editor. It changes the sentences that are wrong and leaves every other one as it stands."""

from __future__ import annotations

import json
import re
from typing import Any

from ..checking import Evidence, Finding
from ..corrections import resolve
from ..figures import Figure, figures
from ..job import Job
from ..reading import Sentence
from ..words import similar
from .cleaning import balanced
from .patching import Span, patched, spans
from .phrasing import is_scaffolding
from .prose import points_back, without_connective
from .restyle import Voice, read_voice, restyled
from .review import evidence_labels, the_work

NOTHING = "I was given no draft to edit."
RULE_LABELS = ("VOICE RULES", "VOICE", "BRAND VOICE", "RULES", "HOUSE STYLE")
LISTED = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")  # a rule in a list is one rule, whatever stops it has inside
ABOUT_THE_SAME = 0.45  # likeness from which a sentence of the sources may correct one of the draft
STATED_RULE = re.compile(
    r"[\"“‘']\w[^\"”’'\n]*[\"”’']|exclamation|emoji|\bwords (?:a|per) sentence\b|sentences? (?:of|under|below|with)\b",
    re.IGNORECASE,
)
DEBRIS = {
    r"[ \t]{2,}(?=\S)": " ",
    r"[ \t]+([,;:!?](?:\s|$)|\.(?:\s|$))": r"\1",
    r"([,;])\1+": r"\1",
    r"(?<!\.)\.\.(?!\.)": ".",
    r"!{2,}": "!",
}
TWICE = re.compile(r"\b(the|a|an|of|to|in|and|is|are|was|for|on|with|by|it|we) \1\b", re.IGNORECASE)


def edit(job: Job) -> str | dict[str, Any]:
    """The draft, corrected, in the form it came in."""
    label, work = the_work(job.material)
    if not work.strip():
        return NOTHING
    evidence = Evidence.of(job.look(*evidence_labels(job.material, label), times=2))  # who misses something looks again
    editor = Editor(evidence, voice_of(job))
    fields = _fields(work)
    edited = (
        {name: editor.edit(text) if isinstance(text, str) else text for name, text in fields.items()}
        if fields
        else editor.edit(work)
    )
    job.how.update(corrected=editor.corrected, removed=editor.removed, restyled=editor.restyled)
    return json.dumps(edited, ensure_ascii=False) if fields and job.makes is None else edited


def _fields(work: str) -> dict[str, Any]:
    """The fields of a draft that came as a typed value; none when it came as text."""
    try:
        value = json.loads(work) if work.lstrip().startswith("{") else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def voice_of(job: Job) -> Voice:
    """The voice that the prompt asks for: its rules, and what role and task say of words and sentences to avoid."""
    said = [
        rule
        for line in job.asked.splitlines()
        for rule in ([line] if LISTED.match(line) else re.split(r"(?<=[.;])\s+", line))
    ]
    rules = [
        *(job.material.section(label) for label in RULE_LABELS),
        *(line for line in said if STATED_RULE.search(line)),
    ]
    return read_voice("\n".join(rules))


class Editor:
    """Edits texts with the same evidence and voice, and counts what it changed."""

    def __init__(self, evidence: Evidence, voice: Voice):
        self.evidence = evidence
        self.voice = voice
        self.statements = {_bare(sentence.text) for sentence in resolve(evidence.sentences)}
        self.corrected = self.removed = self.restyled = 0

    def edit(self, text: str) -> str:
        """The text with wrong figures corrected, unsupported sentences removed, and the voice rules kept."""
        edits: dict[Span, str] = {}
        seen: set[str] = set()
        gap = False  # whether the sentence before this one has been removed
        for span in spans(text):
            new = "" if len(span.text) > 30 and span.text in seen else self._true(span.text)
            seen.add(span.text)
            if gap and new:
                new = "" if points_back(new) and not figures(new) else without_connective(new)
            gap = not new
            new = self._styled(new) if new else new
            if new != span.text:
                edits[span] = new
                self.removed += not new
        return patched(text, edits)

    def _true(self, said: str) -> str:
        """The sentence as the evidence has it; "" if the evidence has nothing like it."""
        if not self.evidence.sentences or is_scaffolding(said) or self._stands(said):
            return said
        text = said
        for _ in figures(said):
            finding = next((found for found in self.evidence.check(text) if found.fault), None)
            if finding is None or self._stands(text):
                break
            text = self._corrected(text, finding)
        if text and text != said:
            self.corrected += 1
        return text

    def _stands(self, text: str) -> bool:
        """Whether the sources say just this, and no other sentence of theirs corrects it."""
        return _bare(text) in self.statements

    def _corrected(self, text: str, finding: Finding) -> str:
        """The sentence with the figure that the sources give; "" if none of them gives one that fits."""
        nearest = [finding.should_be] if finding.should_be else []
        others = sorted(self.evidence.sentences, key=lambda source: -similar(_worded(source.text), _worded(text)))[:3]
        for source in [*others, *nearest]:
            if similar(_worded(source.text), _worded(text)) < ABOUT_THE_SAME:
                continue
            for figure in _by_likelihood(finding.figure, text, source):
                at = text.find(finding.figure.text)
                new = text[:at] + figure.text + text[at + len(finding.figure.text) :]
                better = self._stands(new) or len(self._faults(new)) < len(self._faults(text))
                if at >= 0 and new != text and better:
                    return new
        return ""

    def _faults(self, text: str) -> list[Finding]:
        return [found for found in self.evidence.check(text) if found.fault]

    def _styled(self, text: str) -> str:
        tidy = text
        for pattern, plain in DEBRIS.items():
            tidy = re.sub(pattern, plain, tidy)
        tidy = balanced(TWICE.sub(r"\1", tidy))
        styled = restyled(tidy, self.voice)
        self.restyled += styled != text
        return styled


def _by_likelihood(wrong: Figure, text: str, source: Sentence) -> list[Figure]:
    """The figures of a source that could stand in place of a wrong one: of its kind, the one in its place first."""
    kind = wrong.key[1]
    here = [figure.start for figure in figures(text) if figure.key[1] == kind]
    place = here.index(wrong.start) if wrong.start in here else 0
    there = [figure for figure in figures(source.text) if figure.key[1] == kind]
    return sorted(there, key=lambda figure: abs(there.index(figure) - place))


def _bare(text: str) -> str:
    """A sentence as compared: an opening connective, marks and capitals do not count."""
    return re.sub(r"[^\w%£$€.]+", " ", without_connective(text).lower()).strip(" .")


def _worded(text: str) -> str:
    """A sentence without its figures, so that two which differ only in a figure are alike."""
    for figure in reversed(figures(text)):
        text = text[: figure.start] + text[figure.end :]
    return text
