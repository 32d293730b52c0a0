"""The glossary is complete, sourced and in order; and a word that is not there leads to those that are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby, pairwise
from typing import Any, get_args
from urllib.parse import urlsplit

import nbformat
import pytest

from orchestra_kit.course import glossary
from orchestra_kit.course.glossary import Name, NoWord, Word, false_friends, part, theirs, word, words
from orchestra_kit.paths import notebooks_dir
from orchestra_kit.requests import Phase

WORDS = glossary.glossary()
PARTS = list(dict.fromkeys(each.part for each in WORDS))
NOTEBOOKS = {path.name[:2]: path for path in notebooks_dir().glob("0[1-7]_*.ipynb")}
TERMS = {
    *("goal", "plan", "step", "brief", "specialist", "team", "orchestrator", "request", "answer", "reply", "usage"),
    *("run", "job", "event", "world", "recording", "replay", "fork", "attempt", "verdict", "flag", "retry", "skip"),
    *("budget", "handoff", "check", "scenario", "pattern", "single agent", "sequential", "fan-out", "hierarchy"),
    *("competition", "orchestrator's share", "longest chain", "window", "slips"),
    *("embedded model", "latency", "wave", "pipeline", "seed", "interval", "clash", "merger", "judge", "coverage"),
    *("selection", "frontier"),
    *("plan (phase)" if phase == "plan" else phase for phase in get_args(Phase)),
}
OWN = {  # what stands in every address of a framework's own pages
    "LangGraph": "langchain",
    "CrewAI": "crewai",
    "AutoGen": "autogen",
    "OpenAI Agents SDK": "openai-agents-python",
    "Google ADK": "google",
}
NAMES = [(f"{each.term}, {who}", who, name) for each in WORDS for who, name in each.others.items()]
NAMES += [
    (f"{each['word']}, {other['who']}", other["who"], Name(other["means"], other["source"], other["read"]))
    for each in glossary.misleading().values()
    for other in each["theirs"]
]
each_word = pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry.term)
PAYLOAD = '<img src=x onerror="alert(1)">'


def test_every_word_is_there_once() -> None:
    terms = [each.term for each in WORDS]
    assert len(terms) == len(set(terms))
    assert set(terms) == TERMS


@each_word
def test_it_is_said_in_one_sentence(entry: Word) -> None:
    assert entry.meaning.endswith(".")
    assert ". " not in entry.meaning
    assert len(entry.meaning.split()) <= 25


@pytest.mark.parametrize(("of", "who", "name"), NAMES, ids=[of for of, _, _ in NAMES])
def test_it_stands_where_it_was_read(of: str, who: str, name: Name) -> None:
    address = urlsplit(name.source)
    assert address.scheme == "https"
    assert OWN[who] in name.source.lower(), f"{of}: {name.source} is no page of {who}"
    assert "github.com" not in address.netloc or "/blob/" in address.path, f"{of}: say which version was read"
    assert date.fromisoformat(name.read) >= date(2026, 11, 21)
    assert bool(name.name) != bool(name.why), f"{of}: give a name, or say why there is none"


@each_word
def test_its_notebook_uses_it(entry: Word) -> None:
    assert "01" <= entry.notebook <= "07"
    if path := NOTEBOOKS.get(entry.notebook):  # a later lesson may not be there yet
        told = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells).lower()
        stem = entry.term.split(" (")[0].removesuffix("ion")[:7]
        assert stem in told, f"{path.name} does not have {entry.term}"


def test_a_learner_meets_them_in_order() -> None:
    together = [list(of_it) for _, of_it in groupby(WORDS, key=lambda each: each.part)]
    assert len(together) == len(PARTS), "the words of a part stand together"
    for of_it in together:
        for before, after in pairwise(of_it):
            assert before.notebook <= after.notebook, f"{after.term} comes in a lesson before that of {before.term}"


def test_the_table_has_all_of_them() -> None:
    table = words()
    assert [*table.columns] == ["term", "part", "meaning", "notebook", *OWN]
    assert [*table["term"]] == [each.term for each in WORDS]
    assert table.set_index("term").loc["brief", "CrewAI"] == "description, context"


@pytest.mark.parametrize("name", PARTS)
def test_a_part_shows_each_word_with_its_links(name: str) -> None:
    shown, of_it = part(name), [each for each in WORDS if each.part == name]
    for each in of_it:
        assert f"{each.term}: {each.meaning}" in repr(shown)
    assert shown._repr_html_().count("<a href=") == sum(len(each.others) for each in of_it)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: word("breif"), "there is no word 'breif' here; near it are: brief"),
        (lambda: word("Crew"), "there is no word 'Crew' here; CrewAI says it for 'team'"),
        (lambda: word("zzz"), "there is no word 'zzz' here; words() has them all"),
        (lambda: word(""), "there is no word '' here; words() has them all"),
        (lambda: part("Who"), "there is no part 'Who'. There are: Who works, What happens in a run"),
        (lambda: theirs("handoff"), "nobody says 'handoff' for a word of this course; but it misleads: false_friends"),
        (lambda: theirs("zzz"), "nobody says 'zzz' for a word of this course; try a part of it"),
        (lambda: false_friends("brief"), "'brief' is not among the words that mislead: goal, task, agent"),
    ],
)
def test_what_is_not_there_leads_to_what_is(ask: Callable[[], Any], says: str) -> None:
    with pytest.raises(NoWord) as raised:
        ask()
    assert str(raised.value).startswith(says)


def test_it_can_be_asked_from_the_other_side() -> None:
    assert repr(theirs("crew")).startswith("CrewAI: Crew | here: team")
    assert "LangGraph: parallelization | here: competition" in repr(theirs("parallel")).splitlines()


def test_a_word_that_misleads_says_so() -> None:
    assert repr(word("handoff")).endswith('others also say it of something else: false_friends("handoff")')
    assert "false_friends" not in repr(word("brief"))
    assert "models are asked again" in repr(false_friends("replay"))
    assert len(repr(false_friends()).splitlines()) > len(repr(false_friends("replay")).splitlines())


def test_text_reaches_a_page_as_text_only() -> None:
    entry = Word(PAYLOAD, "", PAYLOAD, "01", {PAYLOAD: Name(PAYLOAD, f'https://"{PAYLOAD}', PAYLOAD, PAYLOAD)})
    assert "<img" not in entry._repr_html_()
    assert 'href="https://&quot;&lt;img' in entry._repr_html_()


def test_the_glossary_is_not_taken_for_the_beginning() -> None:
    first = nbformat.read(notebooks_dir() / "00_words.ipynb", as_version=4).cells[0].source
    title, *rest = first.split("\n\n")
    assert title.endswith("?")
    assert "(01_meet_the_orchestra.ipynb)" in rest[0]
