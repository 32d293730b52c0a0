"""What stands in a notebook where no desk can be drawn: what waited when the cell ran, and how to decide it.

It is stored with the notebook, so there is no secret in it.
"""

from __future__ import annotations

import html
from typing import Any

MOST_LETTERS = 4_000  # of one work


def static_twin(page: dict[str, Any]) -> str:
    """The page as plain HTML."""
    cases = page["cases"]
    parts = [paragraph(f"Review desk of {page['title']}, as it was when this cell ran. {page['state']['text']}")]
    parts += [as_html(case, alone=len(cases) == 1) for case in cases]
    return "".join(parts)


def as_html(case: dict[str, Any], *, alone: bool) -> str:
    """One review: why, the work, its checks, and the line that decides it."""
    job = "" if alone else f", job={case['path']!r}"
    line = f'run.decide(Verdict("approve"){job})'
    work = case["work"]
    if len(work) > MOST_LETTERS:
        work = f"{work[:MOST_LETTERS]}\n… ({len(work) - MOST_LETTERS:,} more letters)"
    checks = "".join(
        f"<li>{'✓' if check['passed'] else '✕'} {html.escape(check['name'])} ({check['value']}): "
        f"{html.escape(check['detail'])}</li>"
        for check in case["checks"]
    )
    return "".join(
        [
            f"<p><strong>{html.escape(case['why'] or 'A person is asked to look at this.')}</strong></p>",
            paragraph(f"Made by {case['maker'] or 'nobody that is known'}:"),
            f'<pre dir="auto" style="white-space: pre-wrap">{html.escape(work)}</pre>',
            f"<ul>{checks}</ul>" if checks else "",
            f"<p>Decide it: <code>{html.escape(line)}</code></p>",
        ]
    )


def paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
