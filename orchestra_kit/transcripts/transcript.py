"""What was said in a talk, sentence by sentence, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from ..sources import Passage, Sources

WORDS_A_PASSAGE = 120


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a talk. `start_s` is None where the file has no times, `speaker` is "" where it names nobody."""

    text: str
    start_s: float | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A talk as text.

    title    what the talk is called: a heading of the file, else its name
    said     its sentences, in order
    cleaned  what was taken out or mended, one plain sentence each: "412 repeated lines of rolling captions"
    """

    title: str
    said: tuple[Said, ...]
    cleaned: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole talk as prose."""
        return " ".join(sentence.text for sentence in self.said)

    def as_sources(self) -> Sources:
        """The talk in passages of some WORDS_A_PASSAGE words, each labelled with its place: `12:34`, or `part 3`."""
        passages: list[Passage] = []
        words: list[Said] = []
        for sentence in (*self.said, None):
            if words and (sentence is None or sum(len(s.text.split()) for s in words) >= WORDS_A_PASSAGE):
                start = words[0].start_s
                label = f"part {len(passages) + 1}" if start is None else place(start)
                passages.append(Passage(label, " ".join(said.text for said in words)))
                words = []
            if sentence is not None:
                words.append(sentence)
        return Sources(tuple(passages))


def place(start_s: float) -> str:
    """A place in a talk as people write it.

    >>> place(754.2), place(3_600)
    ('12:34', '1:00:00')
    """
    minutes, seconds = divmod(int(start_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
