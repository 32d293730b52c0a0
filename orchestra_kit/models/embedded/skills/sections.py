"""The parts of a page: title, opening, sections under headings, conclusion, list of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..job import Job
from . import phrasing
from .choosing import choose
from .passages import closing_of, opening_of, paragraphs
from .phrases import lowered
from .plot import Plot
from .prose import count_words, enumerate_in_words
from .talks import places_line
from .themes import SMALLEST, themes
from .threads import Thread
from .wishes import Wish

SHORT = 160  # words: below that, headings would be louder than the text
SHORT_SPOKEN = 300  # the same where the headings have to be found: nobody speaks in sections
A_SECTION = 80  # words a section has on average
FEW = 4  # threads; a text of fewer needs no title that says the same as its first sentence
LONGEST_LEAD = 25  # words; a longer one is a table of contents


@dataclass(frozen=True, slots=True)
class Desk:
    """What every layout needs: the job with its choice of wording, the plot, and the wish to fulfil."""

    job: Job
    plot: Plot
    wish: Wish

    def say(self, templates: Sequence[str], **words: str) -> str:
        """One of several equally good sentences about the text itself."""
        return self.job.one_of(templates, self.plot.topic).format(**words)

    def chosen(self, words: int) -> list[Thread]:
        return choose(self.plot.threads, self.plot.topic, words)

    def sources(self, chosen: Sequence[Thread]) -> list[str]:
        """The sources of what was chosen, in the order of the material."""
        used = {sentence.source for thread in chosen for sentence in thread.sentences}
        return [source for source in self.plot.sources if source in used]


def sections(
    desk: Desk, chosen: Sequence[Thread], words: int, lead: Sequence[str] = (), conclusion: bool = True
) -> list[str]:
    """Opening, lead, themes under headings, conclusion; a short text, or one about one thing, goes without."""
    if sum(thread.words for thread in chosen) < (SHORT_SPOKEN if desk.plot.talk else SHORT):
        return paragraphs(chosen)
    closing = closing_of(chosen, desk.plot.threads) if conclusion else []
    middle = [thread for thread in chosen if thread not in closing]
    opening = opening_of(middle)
    rest = (
        [thread for thread in middle if thread not in opening and thread.source == opening[0].source] if opening else []
    )
    if sum(thread.words for thread in rest) < SMALLEST:
        opening += rest  # too little for a section, and nobody else's
    groups = themes(
        [thread for thread in middle if thread not in opening],
        max(2, min(words, sum(thread.words for thread in chosen)) // A_SECTION),
        desk.plot.title,
    )
    if len(groups) < 2:
        return paragraphs(chosen)
    text = paragraphs(opening)
    if lead:
        items = [lowered(group.heading, desk.plot.text) for group in groups if group.heading]
        line = desk.say(lead, items=enumerate_in_words(items)) if len(items) > 1 else ";"
        text += [line] if ";" not in line and count_words(line) <= LONGEST_LEAD else []
    for group in groups:
        text += [*([f"## {group.heading}"] if group.heading else []), *paragraphs(group.threads)]
    return text + ([f"## {desk.say(phrasing.CONCLUSION)}", *paragraphs(closing)] if closing else [])


def title(desk: Desk, chosen: Sequence[Thread]) -> list[str]:
    """The title, unless the text is so short that its first sentence is all that could stand there."""
    said = chosen[0].text.startswith(desk.plot.title) if chosen else False
    return [] if said and len(chosen) < FEW else [f"# {desk.plot.title}"]


def byline(desk: Desk, chosen: Sequence[Thread]) -> list[str]:
    """Whose words these are, where they come from a talk."""
    return [desk.plot.talk.byline(chosen)] if desk.plot.talk else []


def source_list(desk: Desk, chosen: Sequence[Thread]) -> list[str]:
    if desk.plot.talk:
        return ["## Sources", f"- {desk.plot.talk.title or 'The talk'}, {places_line(chosen)}"]
    sources = desk.sources(chosen)
    return ["## Sources", "\n".join(f"- {source}" for source in sources)] if sources else []


def names_topic(desk: Desk) -> bool:
    """Whether the topic is a phrase that a sentence can speak of."""
    return desk.plot.topic_given and len(desk.plot.topic.split()) <= 9 and desk.plot.topic[-1] not in "?!:"
