"""What teams hand on and deliver: facts with their sources, and drafts. Ordinary pydantic models, so that any model,
embedded or real, can be asked for them with `makes=`."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Fact(BaseModel):
    """One statement that can be checked: what is said, the figure in it, whose figure it is, and where it stands."""

    statement: str = Field(min_length=1, description="one full sentence, as the source has it")
    figure: str = Field(default="", description="the figure in the statement, as written, if there is one")
    owner: str = Field(default="", description="who or what the figure belongs to")
    source: str = Field(default="", description="the label of the passage it was found in")

    def __str__(self) -> str:
        return f"{self.statement} ({self.source})" if self.source else self.statement


class Facts(BaseModel):
    """What a researcher found."""

    topic: str = ""
    facts: list[Fact] = []

    def __str__(self) -> str:
        return "\n".join(f"- {fact}" for fact in self.facts)


class Draft(BaseModel):
    """A text with a title: a post, a report, an email (the title is its subject)."""

    title: str = Field(default="", description="the title, headline or subject line")
    body: str = Field(min_length=1, description="the whole text, without the title")

    def __str__(self) -> str:
        return f"# {self.title}\n\n{self.body}" if self.title else self.body
