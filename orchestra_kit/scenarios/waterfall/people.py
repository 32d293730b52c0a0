"""Who works on a talk, and what each of them is told. None of them knows the pattern."""

from __future__ import annotations

from ...deliverables import Facts
from ...messages import Choice, Verdict
from ...sources import Sources
from ...specialist import Specialist
from .pieces import (
    BLUESKY,
    COMMUNITY,
    LINKEDIN,
    SUBJECT,
    AllPieces,
    Blog,
    Bluesky,
    Community,
    LinkedIn,
    Newsletter,
)

# Passages shown at a time, some 170 tokens each. With the facts, the work and the answer they fit a window of 8,192.
READ_CLOSELY, READ_ONLY = 20, 26
FACTS = 2_000  # tokens of an analysis

BLOG = (
    "a blog post of about 600 words: a headline, sections under headings, and at the end the sources, which are the "
    "places in the talk"
)
NEWSLETTER = (
    f"a newsletter of about 250 words: a subject line of at most {SUBJECT} characters, the main points with their "
    "places in the talk, and a call to action at the end"
)
LINKED = f"a LinkedIn post of at most {min(1_300, LINKEDIN):,} characters with three hashtags and a question at the end"
BLUE = f"a Bluesky post of at most {BLUESKY} characters that says one thing"
MESSAGE = (
    f"a community message of at most {min(900, COMMUNITY)} characters: what is new, what was decided, and a question "
    "to the members"
)


def people(passages: Sources) -> dict[str, Specialist]:
    """The team, by name."""
    writers = (
        Specialist(
            "blog", f"Write {BLOG}.",
            sources=passages, takes="facts", makes=Blog, passages=READ_CLOSELY, max_tokens=2_000,
        ),
        Specialist("newsletter", f"Write {NEWSLETTER}.", takes="facts", makes=Newsletter),
        Specialist("linkedin", f"Write {LINKED}.", takes="facts", makes=LinkedIn),
        Specialist("bluesky", f"Write {BLUE}.", takes="facts", makes=Bluesky),
        Specialist("community", f"Write {MESSAGE}.", takes="facts", makes=Community),
    )  # fmt: skip
    others = (
        Specialist(
            "analyst",
            "Extract from the talk every figure with whom it belongs to, and every decision that was announced. "
            "Give each as one full sentence, with its place in the talk as the source.",
            sources=passages, takes="topic", makes=Facts, passages=1_000, max_tokens=FACTS,
        ),
        Specialist(
            "merger", "Merge the facts of several readers: each once, in the order of the talk.",
            takes="facts", makes=Facts, max_tokens=FACTS,
        ),
        Specialist(
            "reviewer",
            "Review the work against its task and the talk. Approve it, or reject it with a note that says what is "
            "wrong.",
            sources=passages, makes=Verdict, passages=READ_CLOSELY, max_tokens=800,
        ),
        Specialist(
            "judge", "Judge the candidates by how many of their figures the talk supports, and choose one.",
            sources=passages, makes=Choice, passages=READ_CLOSELY, max_tokens=300,
        ),
        Specialist(
            "all-rounder",
            "Read the talk, find every figure with whom it belongs to, and every decision that was announced. From "
            f"them write all of these: {BLOG}; {NEWSLETTER}; {LINKED}; {BLUE}; {MESSAGE}.",
            sources=passages, makes=AllPieces, passages=READ_ONLY, max_tokens=3_000,
        ),
    )  # fmt: skip
    return {member.name: member for member in (*writers, *others)}
