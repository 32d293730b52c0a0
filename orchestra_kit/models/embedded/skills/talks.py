"""What a text made of a talk says of the talk: whose words these are, and where in it they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import phrasing
from .prose import enumerate_in_words
from .spoken import in_first_person
from .threads import Thread

NAMED = re.compile(
    r"\btalk\s+[“\"](?P<title>[^”\"]+)[”\"](?:\s+by\s+(?P<speaker>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}))?"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a text is made from, where that is a talk."""

    title: str = ""
    speaker: str = ""

    def byline(self, chosen: Sequence[Thread]) -> str:
        """Whose words follow. What is said in the first person has to be somebody's."""
        own = any(in_first_person(thread.text) for thread in chosen)
        of = phrasing.OF_TALK if self.title else phrasing.OF_A_TALK
        by = phrasing.BY_SPEAKER if self.speaker else ""
        words = (phrasing.OWN_WORDS if self.speaker else phrasing.AS_SAID) if own else ""
        return (of + by + words + ".").format(talk=self.title, speaker=self.speaker)

    def quoted(self, text: str) -> str:
        """A sentence of the speaker's, as others hand it on."""
        inner = text.replace("“", "‘").replace("”", "’").replace('"', "’")
        name = self.speaker or (f"from the talk “{self.title}”" if self.title else "")
        return f"“{inner}”" + (f" – {name}" if name else "")


@lru_cache(64)
def read_talk(request: str) -> Talk:
    """The talk that a request names.

    >>> read_talk("Bring the talk “On bees” by Ada King to the blog.")
    Talk(title='On bees', speaker='Ada King')
    """
    match = NAMED.search(request)
    return Talk(match["title"].strip(" ."), match["speaker"] or "") if match else Talk()


def places_line(chosen: Sequence[Thread]) -> str:
    """Where in the talk this was said: "at 0:25, 1:21 and 4:15", or "in parts 2 and 5"."""
    places = sorted({place for thread in chosen for place in thread.places}, key=_when)
    names = [place.removeprefix("part ") for place in places]
    label = "at" if names == places else f"in part{'s' * (len(names) > 1)}"
    return f"{label} {enumerate_in_words(names)}"


def _when(place: str) -> tuple[int, ...]:
    """Places in the order of the talk."""
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    return tuple([0] * (3 - len(numbers)) + numbers)
