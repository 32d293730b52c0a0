"""From a folder of notes to a finished article: research, write, edit, format, each hand-off reviewed.

The same people work in all five patterns. What is arranged: the notes are few enough for one reader, and the length
and the number of facts are asked for in the roles. What comes out is measured by `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..deliverables import Facts
from ..messages import Choice, Verdict
from ..patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from ..recovery import Flag
from ..sources import Sources
from ..specialist import Specialist
from ..team import Orchestrator
from .check import Check
from .checks import check_article
from .scenario import Scenario
from .voice import Voice

READ_CLOSELY = 30  # passages shown to whoever writes or checks; the default is enough to find facts in


def content_pipeline(
    sources: Any = "orchestration",
    *,
    about: str = "orchestrator agents",
    facts: int = 5,
    words: int = 800,
    voice: Any = None,
) -> Scenario:
    """The scenario on these sources: `facts` statistics, about `words` words, in the bundled brand voice or another."""
    notes = Sources.of(sources)
    rules = voice if isinstance(voice, Voice) else Voice.load(voice) if voice else Voice.load()
    told = f"VOICE RULES:\n{rules.as_text()}"
    team = {
        member.name: member
        for member in (
            Specialist(
                "researcher",
                f"Find {number(facts)} statistics and trends about the topic in the sources. "
                "Give each with its figure, whom it belongs to, and its source.",
                sources=notes, takes="topic", makes=Facts,
            ),
            Specialist(
                "writer",
                f"Write a blog post of about {words} words from the facts and the sources. "
                "Name the sources at the end.",
                sources=notes, takes="facts", makes="draft", passages=READ_CLOSELY,
            ),
            Specialist(
                "editor",
                "Edit the draft: correct every figure that the sources do not support, keep the voice rules, "
                f"and leave the rest as it is.\n\n{told}",
                sources=notes, takes="draft", makes="edited draft", passages=READ_CLOSELY,
            ),
            Specialist(
                "formatter",
                "Format the edited draft as Markdown with front matter: title, description, tags and sources.",
                takes="edited draft", makes="article",
            ),
            Specialist(
                "merger", f"Merge the facts: keep the {number(facts)} strongest, each once.",
                takes="facts", makes=Facts,
            ),
            Specialist(
                "reviewer",
                "Review the work against its task and the sources. "
                "Approve it, or reject it with a note that says what is wrong.",
                sources=notes, makes=Verdict, passages=READ_CLOSELY,
            ),
            Specialist(
                "judge", "Judge the candidates by how many of their figures the sources support, and choose one.",
                sources=notes, makes=Choice, passages=READ_CLOSELY,
            ),
            Specialist(
                "all-rounder",
                f"Find {number(facts)} statistics and trends about the topic in the sources. Write a blog post of "
                f"about {words} words from them, correct every figure that the sources do not support, keep the voice "
                "rules, name the sources at the end, and format the post as Markdown with front matter: title, "
                f"description, tags and sources.\n\n{told}",
                sources=notes, makes="article", passages=READ_CLOSELY,
            ),
        )
    }  # fmt: skip

    def check(article: Any) -> tuple[Check, ...]:
        return check_article(str(article), notes, facts=facts, words=words, voice=rules)

    return Scenario("content_pipeline", f"Write a blog post about {about}.", team, orchestrators(team, notes), check)


def orchestrators(team: dict[str, Specialist], notes: Sources) -> dict[str, Orchestrator]:
    """The same people in five patterns. Work that a revision cannot save goes to a person."""
    researcher, writer, editor, formatter = (team[name] for name in ("researcher", "writer", "editor", "formatter"))
    reviewed: dict[str, Any] = {"reviewer": team["reviewer"], "otherwise": Flag()}
    author = Sequential("author", researcher, writer)
    readers = [part_reader(researcher, place, part) for place, part in enumerate(thirds(notes), 1)]

    def research_team() -> FanOut:
        return FanOut("research", *readers, combiner=team["merger"], takes="topic", makes=Facts)

    return {
        "single": SingleAgent(team["all-rounder"]),
        "sequential": Sequential("sequential", researcher, writer, editor, formatter, **reviewed),
        "fan_out": Sequential("fan_out", research_team(), writer, editor, formatter, **reviewed),
        "hierarchical": Hierarchical(
            "hierarchical",
            Orchestrator(
                "research desk", *readers, planner=MANAGER, combiner=team["merger"], takes="topic", makes="facts"
            ),
            Orchestrator(
                "editorial desk", writer, editor, formatter, planner=MANAGER, takes="facts", makes="article", **reviewed
            ),
        ),
        "competitive": Sequential(
            "competitive",
            Competitive("rivals", author, attempts=3, judge=team["judge"]),
            editor, formatter, **reviewed,
        ),
    }  # fmt: skip


def part_reader(researcher: Specialist, place: int, part: Sources) -> Specialist:
    """A researcher who reads only a part of the notes."""
    return replace(researcher, name=f"reader {place}", sources=part)


def thirds(notes: Sources) -> Sequence[Sources]:
    """The notes in three parts, in order, so that three can read at once; fewer where there are fewer passages."""
    count = min(3, len(notes.passages))
    size = -(-len(notes.passages) // count)
    return [Sources(notes.passages[start : start + size]) for start in range(0, len(notes.passages), size)]


def number(count: int) -> str:
    """A small number as people write it."""
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[count] if count < len(words) else str(count)
