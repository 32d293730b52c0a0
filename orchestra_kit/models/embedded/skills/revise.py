"""Revising: a draft that came back with a note is changed where the note asks for it, not written anew."""

from __future__ import annotations

import re

from ..checking import Evidence
from ..figures import NUMBER_WORDS, number_of
from ..job import Job
from ..reading import Sentence, read
from ..sentences import FRONT_MATTER
from .edit import Editor, voice_of
from .format import as_text
from .patching import Span, patched, spans
from .restyle import Voice, read_voice

DRAFT_LABELS = ("LAST DRAFT", "PREVIOUS DRAFT", "YOUR DRAFT")
NOTE_LABELS = ("NOTE", "NOTES FROM THE REVIEW", "REVIEW", "FEEDBACK", "VERDICT", "REVIEWER'S NOTE")
NOT_EVIDENCE = (*DRAFT_LABELS, *NOTE_LABELS, "WORK", "DRAFT")
NUMBER = r"(?P<n>\d[\d,]*|" + "|".join(NUMBER_WORDS) + r")"
ASKED = re.compile(
    rf"(?:\bnot|at least|at most|should (?:be|have)|asked for|aim for|about|make it|to)\s+{NUMBER}\b(?!\s*(?:%"
    rf"|sentences|characters))"
    rf"|\b{NUMBER.replace('<n>', '<m>')}\s+(?:words? )?(?:were|was|are) asked",
    re.IGNORECASE,
)
ABOUT_LENGTH = re.compile(r"\bwords?\b|\btoo (?:long|short)\b|\bshorten\b|\blengthen\b", re.IGNORECASE)
MORE_FACTS = re.compile(r"\b(?:facts?|statistics?|figures?|examples?|numbers?)\b", re.IGNORECASE)
MORE = re.compile(r"\b(?:use|add|only|more|missing|include|mention|asked for|need)\b", re.IGNORECASE)
REMOVE = re.compile(r"\b(?:remove|delete|drop|cut|take out|leave out|strike)\b", re.IGNORECASE)
QUOTED = re.compile(r"[\"“](?P<quote>[^\"”]{3,400})[\"”]|(?<!\w)['‘](?P<single>[^'’]{3,200})['’](?!\w)")
CORRECTED = re.compile(r"in \"(?P<wrong>[^\"]+)\".*?the sources say: \"(?P<right>[^\"]+)\"")
FAULT = re.compile(r"\bin \"(?P<wrong>[^\"]+)\" (?:does not stand|belongs to something else|was corrected|is denied)")
RULE = re.compile(r"the voice rule \"(?P<rule>.+)\" is broken by")
FRONT_MATTER_MISSING = re.compile(r"front[ -]?matter", re.IGNORECASE)


class Revision:
    """A draft that came back, and what the note about it asks for."""

    def __init__(self, draft: str, note: str):
        self.draft = draft
        self.note = note
        self.lines = [
            line.strip(" -•\t") for line in re.split(r"\n|(?<=[.;])\s+(?=[A-Z])", note) if line.strip(" -•\t")
        ]

    @classmethod
    def of(cls, job: Job) -> Revision | None:
        """The revision a prompt asks for; None if it asks for a first draft."""
        draft, note = job.material.section(*DRAFT_LABELS), job.material.section(*NOTE_LABELS)
        return cls(as_text(draft), note) if draft and note else None

    @property
    def words(self) -> int:
        """The length the note asks for, in words; 0 if it says nothing of it."""
        for line in self.lines:
            match = ASKED.search(line) if ABOUT_LENGTH.search(line) else None
            if match:
                return number_of(match["n"] or match["m"], 0)
        return 0

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """How sentences of the draft begin that the note calls wrong, and what it says the sources say."""
        found = filter(None, map(CORRECTED.search, self.lines))
        return [(m["wrong"].removesuffix(" …"), m["right"]) for m in found if not m["right"].endswith("…")]

    @property
    def faulty(self) -> list[str]:
        """How the sentences begin in which the note finds a wrong figure."""
        return [match["wrong"].removesuffix(" …") for line in self.lines if (match := FAULT.search(line))]

    @property
    def wants_more(self) -> bool:
        """Whether the note asks for facts that the draft has not got."""
        return any(MORE_FACTS.search(line) and MORE.search(line) and not REMOVE.search(line) for line in self.lines)

    @property
    def wants_front_matter(self) -> bool:
        return FRONT_MATTER.match(self.draft.lstrip()) is not None or FRONT_MATTER_MISSING.search(self.note) is not None

    @property
    def kept(self) -> tuple[Sentence, ...]:
        """The sentences of the draft that the note does not want out."""
        return read(self.without_removed(FRONT_MATTER.sub("", self.draft.lstrip())))

    def without_removed(self, text: str) -> str:
        """The text without the sentences that the note quotes and wants removed."""
        unwanted = [
            match["quote"] or match["single"]
            for line in self.lines
            if REMOVE.search(line)
            for match in QUOTED.finditer(line)
        ]
        return patched(text, {span: "" for span in spans(text) if any(_says(span, quote) for quote in unwanted)})

    def patch(self, text: str, job: Job) -> str:
        """The text with everything done that needs no other material: removals, corrections, voice."""
        text = self.without_removed(text)
        for wrong, right in self.corrections:
            text = patched(text, {span: right for span in spans(text) if span.text.startswith(wrong)})
        if self.faulty:  # the reviewer says where: whoever went over everything again would slip again elsewhere
            unsaid = {quote for quote in self.faulty if quote not in dict(self.corrections)}
            unsupported = {span: "" for span in spans(text) if any(span.text.startswith(quote) for quote in unsaid)}
            return Editor(Evidence.of(()), self._voice(job)).edit(patched(text, unsupported))
        labels = [label for label in job.material.handed_over if label not in NOT_EVIDENCE]
        told = job.look(*labels, times=2) if labels else ()
        evidence = Evidence.of(told)
        return Editor(evidence, self._voice(job)).edit(text)

    def _voice(self, job: Job) -> Voice:
        """The voice of the prompt; where it states none, the rules that the note quotes."""
        stated = voice_of(job)
        quoted = read_voice("\n".join(match["rule"] for line in self.lines if (match := RULE.search(line))))
        return stated if stated != Voice() else quoted


def _says(span: Span, quote: str) -> bool:
    return quote.removesuffix(" …").rstrip(".").lower() in span.text.lower()
