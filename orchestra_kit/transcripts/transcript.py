"""What was said in a talk, sentence by sentence, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import BadSources
from ..sources import Passage, Sources
from .capitals import in_small_letters
from .noise import lines_without_noise
from .parts import Said
from .reading import read_talk
from .sentences import said_in
from .speakers import with_speakers
from .words import turns_of

__all__ = ["Said", "Transcript", "place"]

WORDS_A_PASSAGE = 120


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

    @classmethod
    def of(cls, given: str | Path) -> Transcript:
        """The talk in a file (.srt, .vtt, .txt, .md), at the address of a video, or in a text.

        A file is looked for in the working folder, then in the bundled data. Words stay as they are and in their order;
        out go markup, the repetitions of rolling captions, marks of noise, and um and uh. Where there is no
        punctuation, sentences are found. BadSources says in one sentence what is wrong with a file, and what to do.

        >>> talk = Transcript.of("MARIA: So we baked.\\nTOM: How many\\nloaves?\\nMARIA: [laughs] Forty.")
        >>> [(said.speaker, said.text) for said in talk.said]
        [('Maria', 'So we baked.'), ('Tom', 'How many loaves?'), ('Maria', 'Forty.')]
        """
        title, name, lines, cleaned = read_talk(given)
        lines, marks = lines_without_noise(lines)
        lines, labels = with_speakers(lines)
        lines, letters = in_small_letters(lines)
        said, mended = said_in(turns_of(lines), begins_small=bool(letters))
        if not said:
            only = f" but {marks}" if marks else ""
            raise BadSources(f"Nothing is said in {name}{only}. Give a file with the words of the talk.")
        return cls(title, said, tuple(filter(None, (*cleaned, marks, labels, letters, *mended))))

    @property
    def text(self) -> str:
        """The whole talk as prose."""
        return " ".join(sentence.text for sentence in self.said)

    def as_sources(self, *, named: bool = True) -> Sources:
        """The talk in passages of some WORDS_A_PASSAGE words, each labelled with its place: `12:34`, or `part 3`.

        Where several people speak, a passage is what one of them says, and begins with the name unless it is to be
        without (`named=False`).
        """
        several = len({said.speaker for said in self.said}) > 1
        passages: list[Passage] = []
        group: list[Said] = []
        for sentence in (*self.said, None):
            long = sum(len(said.text.split()) for said in group) >= WORDS_A_PASSAGE
            if group and (sentence is None or long or sentence.speaker != group[0].speaker):
                start = group[0].start_s
                label = f"part {len(passages) + 1}" if start is None else place(start)
                name = f"{group[0].speaker}: " if named and several and group[0].speaker else ""
                passages.append(Passage(label, name + " ".join(said.text for said in group)))
                group = []
            if sentence is not None:
                group.append(sentence)
        return Sources(tuple(passages))


def place(start_s: float) -> str:
    """A place in a talk as people write it.

    >>> place(754.2), place(3_600)
    ('12:34', '1:00:00')
    """
    minutes, seconds = divmod(int(start_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
