"""The words of the course: what each means here, and what others call the same thing."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from ..display.quiz.asking import as_html
from ..errors import OrchestraError
from ..paths import data_dir

if TYPE_CHECKING:
    import pandas as pd

ALIKE = 0.65  # of 1: how much of a word must agree to be offered in the place of one that is not there
NOT_LOOKED_UP = "·"  # in a table: nothing was found, or nothing that could be verified
NOBODY = "· nothing verified"
NO_WORD = "no word of its own"


class NoWord(OrchestraError):
    """A word was looked up that the glossary does not have."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a framework calls something: `name`, as it stands in `source`, which was read on the day `read`. An empty
    name says that it has no word of its own for it, and `why` says how it does without."""

    name: str
    source: str
    read: str
    why: str = ""

    def __str__(self) -> str:
        return self.name or f"{NO_WORD}: {self.why}"


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """A word of the course: its one `meaning`, the `notebook` in which it comes first, and by framework its `others`.
    What could not be verified is left out there."""

    term: str
    part: str
    meaning: str
    notebook: str
    others: dict[str, Name]

    def __repr__(self) -> str:
        names = (f"  {who}: {name} ({name.source}, read {name.read})" for who, name in self.others.items())
        return "\n".join([f"{self.term}: {self.meaning} (notebook {self.notebook})", *names, *self.careful()])

    def careful(self) -> Iterator[str]:
        if self.term in misleading():
            yield f'others also say it of something else: false_friends("{self.term}")'

    def _repr_html_(self) -> str:
        rows = ([as_html(who), link(name), as_html(name.read)] for who, name in self.others.items())
        says = f"<p><strong>{as_html(self.term)}</strong> (notebook&nbsp;{self.notebook}): {as_html(self.meaning)}</p>"
        return (
            says
            + table(["who", "says", "read on"], rows)
            + "".join(f"<p>{as_html(each)}</p>" for each in self.careful())
        )


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A table as the last line of a cell: aligned to the left, with links, and legible without a kernel."""

    text: str
    page: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.page


def words() -> pd.DataFrame:
    """Every word, in the order in which a learner needs them: term, part, meaning, notebook, and a column for each
    framework; empty where nothing could be verified."""
    import pandas as pd

    rows = [[word.term, word.part, word.meaning, word.notebook, *names(word, "")] for word in glossary()]
    return pd.DataFrame(rows, columns=["term", "part", "meaning", "notebook", *frameworks()])


def word(term: str) -> Word:
    """The entry of one word. Raises NoWord, which names words that are near, and who else says it, for an unknown one.

    >>> word("brief").meaning
    'What one specialist is told for one step; it knows nothing else.'
    >>> word("brief").others["CrewAI"].name
    'description, context'
    """
    known = {each.term: each for each in glossary()}
    if term in known:
        return known[term]
    near = get_close_matches(str(term).lower(), known, n=3, cutoff=ALIKE)
    elsewhere = [f"{who} says it for {each.term!r}" for each, who, _ in found(str(term))][:3]
    advice = [f"near it are: {', '.join(near)}"] if near else []
    raise NoWord(f"there is no word {term!r} here; {'; '.join([*advice, *elsewhere]) or 'words() has them all'}")


def part(name: str) -> Shown:
    """The words of one part, each with its meaning and, below it, what others call it. Raises NoWord, which lists the
    parts, for one that is not there."""
    of_it = [each for each in glossary() if each.part == name]
    if not of_it:
        parts = ", ".join(dict.fromkeys(each.part for each in glossary()))
        raise NoWord(f"there is no part {name!r}. There are: {parts}")
    if not any(each.others for each in of_it):  # words of our own: nobody was asked for theirs
        text = "\n".join(f"{each.term}: {each.meaning}" for each in of_it)
        rows = ([f"<strong>{as_html(each.term)}</strong>", as_html(each.meaning), each.notebook] for each in of_it)
        return Shown(text, table(["word", "meaning", "notebook"], rows))
    wide = f'<td colspan="{len(frameworks())}" {LEFT}>'
    body = "".join(
        f'<tr><th rowspan="2" {LEFT}>{as_html(each.term)}</th>'
        f"{wide}{as_html(each.meaning)} (notebook&nbsp;{each.notebook})</td></tr>"
        f"<tr>{cells(linked(each)) if each.others else f'{wide}{NOBODY}</td>'}</tr>"
        for each in of_it
    )
    head = "".join(f"<th {LEFT}>{as_html(who)}</th>" for who in ("", *frameworks()))
    text = "\n".join(f"{each.term}: {each.meaning} | {' | '.join(names(each))}" for each in of_it)
    return Shown(text, f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def theirs(said: str) -> Shown:
    """Where others say this word, and what it is called here: the way in for somebody who comes from elsewhere. Raises
    NoWord if nobody says it."""
    rows = [(each.term, who, name) for each, who, name in found(said)]
    if not rows:
        elsewhere = f"but it misleads: false_friends({said!r})" if said in misleading() else "try a part of it"
        raise NoWord(f"nobody says {said!r} for a word of this course; {elsewhere}")
    text = "\n".join(f"{who}: {name} | here: {term}" for term, who, name in rows)
    page = table(["who", "says", "here"], ([as_html(who), link(name), as_html(term)] for term, who, name in rows))
    return Shown(text, page)


def false_friends(*said: str) -> Shown:
    """Words that mean one thing here and another elsewhere; all of them, or those that are named. Raises NoWord, which
    lists them, for one that is not among them."""
    known = misleading()
    for each in said:
        if each not in known:
            raise NoWord(f"{each!r} is not among the words that mislead: {', '.join(known)}")
    rows, lines = [], []
    for name in said or known:
        rows.append([f"<strong>{as_html(name)}</strong>", "here", as_html(known[name]["here"])])
        lines.append(f"{name} | here: {known[name]['here']}")
        for other in known[name]["theirs"]:
            who = link(Name(other["who"], other["source"], other["read"]))
            rows.append(["", who, as_html(other["means"])])
            lines.append(f"  {other['who']}: {other['means']}")
    return Shown("\n".join(lines), table(["word", "who", "means"], rows))


# --- the data --------------------------------------------------------------------------------------------------------


@cache
def read() -> dict[str, Any]:
    text = (data_dir() / "glossary.json").read_text("utf-8")
    return dict(json.loads(text))


@cache
def glossary() -> tuple[Word, ...]:
    """Every word, in the order in which a learner needs them."""
    entries = read()["words"]
    others = ({who: Name(**name) for who, name in each["others"].items()} for each in entries)
    return tuple(Word(**each | {"others": by}) for each, by in zip(entries, others, strict=True))


def frameworks() -> list[str]:
    return list(read()["frameworks"])


def misleading() -> dict[str, dict[str, Any]]:
    return {each["word"]: each for each in read()["false_friends"]}


def found(said: str) -> Iterator[tuple[Word, str, Name]]:
    """Each name of somebody else's that has this word in it."""
    for each in glossary():
        for who, name in each.others.items():
            if said and said.lower() in name.name.lower():
                yield each, who, name


def names(each: Word, missing: str = NOT_LOOKED_UP) -> list[str]:
    return [str(each.others[who]) if who in each.others else missing for who in frameworks()]


# --- as a page -------------------------------------------------------------------------------------------------------

LEFT = 'style="text-align: left; vertical-align: top"'


def link(name: Name) -> str:
    """A name that leads to where it was read; its title says when."""
    where, when = html.escape(name.source), html.escape(name.read)
    shown = as_html(name.name or NO_WORD)
    why = f": {as_html(name.why)}" if name.why else ""
    return f'<a href="{where}" title="read {when}">{shown}</a>{why}'


def linked(each: Word) -> list[str]:
    return [link(each.others[who]) if who in each.others else NOT_LOOKED_UP for who in frameworks()]


def cells(row: Sequence[str]) -> str:
    return "".join(f"<td {LEFT}>{cell}</td>" for cell in row)


def table(head: Sequence[str], rows: Iterator[list[str]] | Sequence[list[str]]) -> str:
    """Rows of cells that are HTML already."""
    top = "".join(f"<th {LEFT}>{as_html(each)}</th>" for each in head)
    body = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
