"""Publishing: the one step with a side effect. It is a specialist in Python, so a replay or a fork never publishes
twice; and it publishes what it was handed and says what it was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ...files import write_together
from ...handoff import parts, problem
from ...messages import Skipped
from ...specialist import Specialist
from .pieces import KINDS, AllPieces, Piece

LEFT_OUT = "left-out.md"


class Published(BaseModel):
    """What was published, by platform, what was left out and why, and the folder it was written to."""

    pieces: dict[str, str] = {}
    left_out: dict[str, str] = {}
    folder: str = ""

    def __str__(self) -> str:
        where = f" to {self.folder}" if self.folder else ""
        said = [f"Published{where}: {', '.join(self.pieces) or 'nothing'}."]
        return "\n".join(
            [*said, *(f"Left out: {platform}, because {brief(why)}" for platform, why in self.left_out.items())]
        )


def brief(why: str) -> str:
    """A reason in one line: the first of several."""
    first, *more = why.splitlines() or [""]
    return first + (f" (and {len(more)} more)" if more else "")


def publisher(folder: Path | None) -> Specialist:
    """Who publishes into this folder; None only hands back what would have been written."""

    def publish(brief: Any) -> Published:
        done = sorted_out(parts(brief))
        if folder is None:
            return done
        files = {f"{platform}.md": f"{text}\n" for platform, text in done.pieces.items()}
        note = "".join(f"- {platform}: {why}\n" for platform, why in done.left_out.items())
        gone = (*(f"{platform}.md" for platform in done.left_out), *(() if note else (LEFT_OUT,)))
        write_together(folder, files | ({LEFT_OUT: f"# Left out\n\n{note}"} if note else {}))
        for name in gone:  # what an earlier run left there was not published by this one
            (folder / name).unlink(missing_ok=True)
        return done.model_copy(update={"folder": str(folder)})

    return Specialist("publisher", "Publish the pieces.", does=publish, makes=Published)


def sorted_out(handed: Iterable[Any]) -> Published:
    """The pieces among everything that was handed over, and for each platform without one, why."""
    pieces: dict[str, str] = {}
    why_not: dict[str, str] = {}
    others: list[str] = []
    for part in handed:
        if isinstance(part, Skipped):
            why_not[part.who] = part.why
            others.append(part.why)
        for platform, made in offered(part):
            if isinstance(made, Piece):
                pieces[platform] = str(made)
            else:
                why_not[platform] = made
    missing = [kind.platform for kind in KINDS if kind.platform not in pieces]
    nobody = "; ".join(others) or "nobody handed it in"
    return Published(
        pieces={kind.platform: pieces[kind.platform] for kind in KINDS if kind.platform in pieces},
        left_out={platform: why_not.get(platform, nobody) for platform in missing},
    )


def offered(part: Any) -> Iterator[tuple[str, Piece | str]]:
    """The pieces that one part of a brief holds; in place of one that its platform would refuse, why."""
    if isinstance(part, Piece):
        yield part.platform, part
    elif isinstance(part, AllPieces):
        for kind in KINDS:
            yield kind.platform, accepted(kind, getattr(part, kind.platform))


def accepted(kind: type[Piece], made: Any) -> Piece | str:
    """A part as the piece its platform takes, or what is wrong with it."""
    fields = made.model_dump() if isinstance(made, BaseModel) else {"body": made}
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        return problem(error)
