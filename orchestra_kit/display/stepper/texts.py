"""The long texts of a run, each kept once and referred to by its number."""

from __future__ import annotations

import json
from typing import Any

from ...events import Event
from ...messages import Handoff
from ...specialist import render

MOST_LETTERS = 20_000  # of one text
ROOM_LETTERS = 180_000  # of all texts together: a page of 200 events stays under 400 kB
SHORT_LETTERS = 280  # of each further text, when that room is used up


class Texts:
    """Every text once, in order of appearance. What does not fit says where the rest is."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self._numbers: dict[str, int] = {}
        self._letters = 0

    def number(self, text: str, event: int) -> int:
        """The number of a text, which event `event` of the run holds in full."""
        if text not in self._numbers:
            whole = clean(laid_out(text))
            most = MOST_LETTERS if self._letters + len(whole) <= ROOM_LETTERS else SHORT_LETTERS
            more = len(whole) - most
            shown = whole if more <= 0 else f"{whole[:most]}\n… ({more:,} more letters: run.events[{event}])"
            self._numbers[text] = len(self.kept)
            self._letters += len(shown)
            self.kept.append(shown)
        return self._numbers[text]


def clean(text: str) -> str:
    """The text without half characters, which no file and no message could hold."""
    return text.encode("utf-8", "replace").decode()


def as_text(value: Any) -> str:
    """What a specialist would read if it were handed this value; for what cannot be handed on, what Python says."""
    try:
        return render(value)
    except (TypeError, ValueError):
        return in_python(value)


def laid_out(text: str) -> str:
    """JSON with a line for each of its parts; any other text, and what JSON has no numbers for, as it is.

    >>> laid_out('{"a": 1}'), laid_out("{a}")
    ('{\\n  "a": 1\\n}', '{a}')
    """
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError):
        return text


def in_python(value: Any) -> str:
    """What Python says of a value: its repr, where it has one."""
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  # a __repr__ of the learner's own
        return f"<{type(value).__name__}: its repr raises {type(error).__name__}>"


def parts_of(brief: Any) -> list[tuple[str, Any]]:
    """The parts of a brief, each with the word for what it is ('' for plain text).

    >>> parts_of(["Write a post.", Handoff("facts", "Cats sleep.")])
    [('', 'Write a post.'), ('facts', 'Cats sleep.')]
    """
    if isinstance(brief, Handoff):
        return [(brief.label, brief.work)]
    if isinstance(brief, list | tuple):
        return [part for piece in brief for part in parts_of(piece)]
    return [("", brief)]


def works_in(brief: Any) -> list[str]:
    """The parts of a brief as texts."""
    return [as_text(work) for _, work in parts_of(brief)] if brief is not None else []


def job_of(event: Event) -> str:
    """The path of the job in which somebody was asked."""
    return event.path.rpartition("/")[0]


def short(text: str, most: int = 160) -> str:
    """The beginning of a text on one line.

    >>> short("A long\\n story", 8)
    'A long …'
    """
    line = " ".join(clean(text[: 4 * most]).split())
    return line if len(line) <= most and len(text) <= 4 * most else f"{line[: most - 1].rstrip()} …"


def short_name(name: str, most: int = 60) -> str:
    """A name that is never cut at its end, where it differs from its neighbours.

    >>> short_name("a very long name no. 12", 16)
    'a very lo … o. 12'
    """
    name = " ".join(clean(name).split())
    return name if len(name) <= most else f"{name[: most * 2 // 3 - 1].rstrip()} … {name[-(most // 3) :].lstrip()}"


def as_json(value: Any) -> str:
    """JSON that may stand inside a script tag of a page: no sign in it can end the tag or open a comment.

    >>> as_json("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
