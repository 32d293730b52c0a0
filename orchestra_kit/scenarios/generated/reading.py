"""The task that most of these share: read a text, and deliver a list of what it states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...call import Model
from ..check import Check
from ..scenario import Scenario
from .answers import once, right, to_the_point, told, up_to_date, without_fault
from .shapes import reading_orchestrators, reading_team
from .texts import Fact, sources

IN_LINES = "each in a line of its own, with whose it is and what it is for"


def reading_task(
    name: str,
    paragraphs: Sequence[str],
    known: Sequence[Fact],
    *,
    outdated: Sequence[Fact] = (),
    wanted: Sequence[Fact] | None = None,
    asked: str = "every figure",
    title: str = "talk",
    readers: int,
    desks: int = 2,
    tokens: int,
    flawless: bool = False,
    model: Model | None = None,
    arranged: str,
) -> Scenario:
    """Notes on a text, in five patterns.

    title     what the text is
    known     what the text states in the end; `outdated` is what it corrects, the last facts of `known` instead
    wanted    what is asked for, when that is not all of it
    asked     the same in words
    tokens    the longest notes that anybody may write
    flawless  whether notes with any fault at all are of no use
    """
    whole = sources(paragraphs, title.capitalize())
    team = reading_team(
        whole,
        read=f"Note {asked} of the text, {IN_LINES}. Take over what the notes you are handed say. Say nothing twice, "
        "and where something was corrected, give the corrected figure.",
        merge=f"Merge the notes into one list: {asked}, {IN_LINES}. Say nothing twice, and where something was "
        "corrected, give the corrected figure.",
        tokens=tokens,
        takes=title,
    )

    def check(notes: Any) -> tuple[Check, ...]:
        text = str(notes)
        expected = known if wanted is None else wanted
        checks = [told(text, expected), right(text, expected), once(text), to_the_point(text)]
        if outdated:
            checks.append(up_to_date(text, known[-len(outdated) :], outdated))
        return (without_fault(checks),) if flawless else tuple(checks)

    return Scenario(
        name,
        f"Notes on the {title}: {asked}, {IN_LINES}.",
        team,
        reading_orchestrators(team, whole, readers=readers, desks=desks),
        check,
        arranged,
        model,
    )
