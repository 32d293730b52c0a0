"""Runs that wait for a person, for the tests of the review desk."""

from __future__ import annotations

from typing import Any

from core.fakes import Fake, scripted
from pydantic import BaseModel

from orchestra_kit import Handoff, ModelError, Specialist, review, start, together
from orchestra_kit.recovery import Flag, attempt

TOPIC = "Bees fly at 24 km an hour. A hive holds 50,000 bees."
FIRST = "Bees fly at 25 km an hour, and a hive holds 50,000 of them."
SECOND = "Bees fly at 24 km an hour, and a hive holds 50,000 of them."
writer, mailer = Specialist("writer", "Write a post."), Specialist("mailer", "Write an email.")


async def until_approved(make: Any, why: str) -> Any:
    """Work is made again, with a person's note, until they let it pass."""
    brief: list[Any] = [TOPIC]
    while True:
        work = await make(brief)
        verdict = await review(work, why)
        match verdict.decision:
            case "approve":
                return work
            case "edit":
                return verdict.work
            case "skip":
                return None
        brief = [TOPIC, Handoff("last draft", work), Handoff("note", verdict.note)]


async def desk(_: str) -> Any:
    post = await until_approved(writer, "May this post go out?")
    email = await until_approved(mailer, "And this email?")
    return [post, email]


def one_after_the_other(*posts: str) -> Any:
    """Two reviews, one after the other; the second draft of the post puts its figure right."""
    return start(desk, TOPIC, model=scripted(writer=list(posts or (FIRST, SECOND, SECOND)), mailer="Dear all, buzz."))


async def both_at_once(_: str) -> Any:
    posts = await together(writer("bees"), mailer("wasps"))
    verdicts = await together(review(post, f"post {number}") for number, post in enumerate(posts, 1))
    return [verdict.decision for verdict in verdicts]


def side_by_side() -> Any:
    return start(both_at_once, TOPIC, model=scripted())


class Post(BaseModel):
    title: str
    words: int


async def typed(_: str) -> Any:
    return await until_approved(Specialist("author", "Write.", makes=Post), "Is this post in shape?")


def of_a_type() -> Any:
    return start(typed, TOPIC, model=scripted(author='{"title": "Bees", "words": 120}'))


async def flagged(_: str) -> Any:
    return await attempt(Specialist("broken", "Write."), TOPIC, otherwise=Flag("the writer gave up"))


def failed() -> Any:
    def fails(_: Any) -> str:
        raise ModelError("the line is dead")

    return start(flagged, TOPIC, model=Fake(fails))
