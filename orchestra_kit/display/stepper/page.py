"""One HTML file that steps through a run: no kernel, no network, and nothing in it that runs but our own script."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import tempfile
from math import inf
from pathlib import Path
from typing import Any, Protocol

from ...budget import Budget
from ...errors import OrchestraError
from ...events import Event
from .beside import beside, held_against
from .book import Story
from .listing import Listing
from .script import DRAWING, STYLE, script
from .story import Teller
from .texts import as_json, clean
from .view import view

START = """
mount(document.querySelector("main"), { story: () => JSON.parse(document.querySelector("#story").textContent) })
document.querySelector(".ok-stepper").focus({ preventScroll: true })
"""
BODY = "html{background:Canvas;color-scheme:light dark}body{margin:0}"


class Steps(Protocol):
    """What the stepper needs of a run."""

    events: list[Event]

    @property
    def simulated(self) -> bool: ...
    @property
    def stop_reason(self) -> str | None: ...


def tell(run: Any) -> Teller:
    """The teller of a run's story, which has told all that has happened so far."""
    budget = getattr(run, "budget", None)
    started = getattr(run, "orchestrator", None)
    limits = budget if isinstance(budget, Budget) else None
    teller = Teller(limits, Listing(started), getattr(run, "max_parallel", inf), started)
    for event in run.events:
        teller.tell(event)
    return teller


def story_of(run: Steps, estimate: Any = None, baseline: Any = None) -> Story:
    """A run as a story: plain JSON, all that a picture of any step needs."""
    story = tell(run).story(simulated=run.simulated, stop=run.stop_reason)
    return held_against(story, beside(estimate, baseline))


def save_page(run: Steps, path: str | Path, *, estimate: Any = None, baseline: Any = None) -> Path:
    """Write a run as one HTML file that steps, scrubs and guesses in any browser; the path it was written to.

    estimate  a run of the same orchestrator, made before: its calls stand in the timeline until this run makes them
    baseline  a run of one agent alone on the same goal: its seconds and tokens stand beside those of this run

    It is written beside its place first and then moved there: a full disk or a Ctrl-C leaves what was there as it was.
    Raises OrchestraError, with advice, where it cannot be written; TypeError where one of the two is not a run.
    """
    path, story = Path(path), story_of(run, estimate, baseline)
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(page(story))
            Path(draft).chmod(0o644)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise OrchestraError(
            f"{path} cannot be written: {error.strerror or error}. Give a path in a folder that exists and is yours"
        ) from error
    return path


def page(story: Story) -> str:
    """The whole page. Its policy lets the browser run this one script, use this one style, and ask nobody anything."""
    code, style = script(*DRAWING) + START, BODY + STYLE
    policy = (
        f"default-src 'none'; script-src {allowed(code)}; style-src {allowed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = html.escape(clean(str(story["title"])))
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}, step by step</title>\n<style>{style}</style>\n</head>\n<body>\n<main></main>",
            f'<script type="application/json" id="story">{as_json(view(story))}</script>',
            f'<script type="module">{code}</script>\n</body>\n</html>\n',
        ]
    )


def allowed(text: str) -> str:
    """How a policy names the one inline script or style that it allows: by its fingerprint."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
