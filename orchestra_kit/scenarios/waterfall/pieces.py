"""What is made of a talk: a type for each platform. A text that its platform would refuse is no piece at all, so a
writer who goes over a limit fails at the hand-over, and is asked again.

The limits, as published: 3,000 characters for a LinkedIn post (LinkedIn's help pages), 300 graphemes for a Bluesky post
(`maxGraphemes` in the lexicon app.bsky.feed.post), 2,000 characters for a Discord message (Discord's developer
documentation, "Create Message"). A subject of 69 characters keeps its line within the 78 that RFC 5322, section 2.1.1,
recommends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, Field

from ...deliverables import Draft

SUBJECT, LINKEDIN, BLUESKY, COMMUNITY = 69, 3_000, 300, 2_000


def characters(text: str) -> int:
    """Characters as a reader counts them: an accent, a skin tone or a joiner belongs to what it stands on.

    >>> characters("café"), characters("cafe\\u0301")
    (4, 4)
    """
    text = unicodedata.normalize("NFC", text.strip())
    return sum(1 for sign in text if not (unicodedata.category(sign).startswith(("M", "Sk")) or sign == "\u200d"))


def at_most(limit: int) -> Callable[[str], str]:
    """A validator: ValueError for a text of more characters."""

    def check(text: str) -> str:
        if (length := characters(text)) > limit:
            raise ValueError(f"it has {length} characters, and {limit} are allowed: shorten it")
        return text

    return check


NotEmpty = Annotated[str, Field(min_length=1)]


class Piece(BaseModel):
    """One text for one platform."""

    platform: ClassVar[str]
    body: NotEmpty

    def __str__(self) -> str:
        return self.body


class Blog(Piece):
    """A post of a blog, in Markdown."""

    platform = "blog"
    title: Annotated[NotEmpty, Field(description="the headline")]

    def __str__(self) -> str:
        return f"# {self.title}\n\n{self.body}"


class Newsletter(Piece):
    """An email to subscribers."""

    platform = "newsletter"
    title: Annotated[NotEmpty, Field(description="the subject line"), AfterValidator(at_most(SUBJECT))]

    def __str__(self) -> str:
        return f"Subject: {self.title}\n\n{self.body}"


class LinkedIn(Piece):
    """A post on LinkedIn."""

    platform = "linkedin"
    body: Annotated[NotEmpty, AfterValidator(at_most(LINKEDIN))]


class Bluesky(Piece):
    """A post on Bluesky."""

    platform = "bluesky"
    body: Annotated[NotEmpty, AfterValidator(at_most(BLUESKY))]


class Community(Piece):
    """A message to a community, such as a server on Discord."""

    platform = "community"
    body: Annotated[NotEmpty, AfterValidator(at_most(COMMUNITY))]


KINDS: tuple[type[Piece], ...] = (Blog, Newsletter, LinkedIn, Bluesky, Community)


class AllPieces(BaseModel):
    """Everything at once, for whoever writes it all in one call. Each part is held to its limit when it is published,
    so that one that is too long does not take the others with it."""

    blog: Draft
    newsletter: Draft
    linkedin: str
    bluesky: str
    community: str
