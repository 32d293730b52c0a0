"""How people put themselves right while they speak: "forty, no wait, thirty-six", "There are nine left. Sorry, ten."

Where it is plain which figure takes the place of which, it does. Where it is not, neither sentence is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .figures import NUMBER_WORDS, figures
from .sentences import Sentence

SOON = 30  # characters within which a repair names its figure
NUMBER = rf"(?:[£$€]?\d[\d,.]*\d%?|[£$€]?\d%?|\b(?:{'|'.join(NUMBER_WORDS)})(?:-\w+)?\b)"
IT_IS = r"(?:(?:it|that|this)(?:['’]s| is| was)|make (?:it|that)|actually|about|rather)[, ]+"
SORRY = (
    r"(?:oh |ah |uh |well,? )?(?:sorry|excuse me|pardon(?: me)?|my mistake|no,? wait|wait,? no|wait|hang on|"
    r"no,? sorry|scratch that|make that|or rather|correction|I mean(?:t)?|no,? actually|actually,? no)"
)
INSIDE = re.compile(
    rf"{NUMBER}(?: [a-z]+)?[,;–—]*\s+(?:{SORRY}[,;–— ]+|no[,;–—] *)(?:no,? )?(?:{IT_IS})*(?={NUMBER})",
    re.IGNORECASE,
)
REPAIR = re.compile(
    rf"(?:{SORRY})\b[,.;–—: ]*(?:no\b[, ]*)?"
    rf"|(?:no|actually)\b,? +(?=(?:{IT_IS})*{NUMBER}(?: [\w]+)?[.,!]|(?:{IT_IS})+{NUMBER})"
    rf"|(?=it(?:['’]s| is| was) actually {NUMBER})",
    re.IGNORECASE,
)


def repaired(told: Sequence[Sentence]) -> list[Sentence | None]:
    """Each sentence of a talk with the figure that holds in the end, None for a repair and for what it leaves in doubt.

    >>> said = [Sentence("Nine are left.", place="0:10"), Sentence("Sorry, ten.", place="0:10")]
    >>> repaired(said)[0].text, repaired(said)[1]
    ('Ten are left.', None)
    """
    left: list[Sentence | None] = [_inside(sentence) for sentence in told]
    for n, sentence in enumerate(told):
        cue = REPAIR.match(sentence.text) if sentence.place else None
        new = next(iter(figures(sentence.text[cue.end() :])), None) if cue else None
        before = left[n - 1] if n else None
        if new is None or new.start > SOON or before is None or before.text.endswith("?"):
            continue
        if (before.place, before.speaker) != (sentence.place, sentence.speaker):
            continue
        old = [figure for figure in figures(before.text) if figure.key[1] == new.key[1]]
        left[n] = None
        if len(old) == 1 and old[0].key != new.key:
            right = new.text.capitalize() if old[0].text[0].isupper() else new.text
            text = f"{before.text[: old[0].start]}{right}{before.text[old[0].end :]}"
            left[n - 1] = replace(before, text=text)
        elif figures(before.text):
            left[n - 1] = None
    return left


def _inside(sentence: Sentence) -> Sentence:
    """A sentence in which somebody says one number and at once another: without the first."""
    return replace(sentence, text=INSIDE.sub("", sentence.text)) if sentence.place else sentence
