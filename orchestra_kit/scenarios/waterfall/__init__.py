"""One talk becomes many things: an analysis, then a blog post, a newsletter, posts for LinkedIn and Bluesky and a
message to a community, all at once; what passes review is published.

The same people work in all five patterns. What is arranged: five platforms with limits of their own, and a talk that
has more figures than any one piece can carry. A talk that is too long for one reader is read in parts by several.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from ...files import ready
from ...transcripts import Transcript
from ...transcripts.parts import count
from ..check import Check
from ..scenario import Scenario
from .checks import check_published, key_figures
from .leading import orchestrators
from .people import people
from .pieces import KINDS
from .publisher import Published
from .reading import known_from
from .talks import goal_of

__all__ = ["Published", "waterfall"]
BUNDLED = "talks/repair-cafe.vtt"


def waterfall(
    talk: Any = BUNDLED,
    *,
    about: str = "",
    out: Path | None = None,
    overwrite: bool = False,
    on_failure: Literal["skip", "flag"] = "skip",
) -> Scenario:
    """The scenario on this talk: a file of captions, a transcript, or a Transcript.

    about       the topic, where the title does not tell
    out         the folder in which each pattern publishes into one of its own; None publishes nothing
    overwrite   whether files in `out` may be replaced; OrchestraError if not, and it is not empty
    on_failure  what becomes of a piece that fails or is turned down twice: "skip" leaves it out, "flag" asks a person
    """
    if on_failure not in ("skip", "flag"):
        raise ValueError(f"on_failure={on_failure!r}: say 'skip' to leave a piece out, or 'flag' to ask a person")
    out = ready(out, overwrite=overwrite) if out else None
    heard = talk if isinstance(talk, Transcript) else Transcript.of(talk)
    passages = heard.as_sources()
    team = people(passages)

    def check(result: Any) -> tuple[Check, ...]:
        return check_published(result, heard)

    return Scenario(
        "waterfall",
        goal_of(heard, about),
        team,
        orchestrators(team, passages, out, on_failure),
        check,
        arranged=f"{len(KINDS)} platforms with limits of their own, and a talk of {len(heard.text.split()):,} words "
        f"with {count(len(key_figures(known_from(heard))), 'sentence')} with figures.",
        files=nothing,
    )


def nothing(pattern: str, result: Any) -> dict[str, str]:  # noqa: ARG001  # the publisher has written it
    """No files: the team itself publishes."""
    return {}
