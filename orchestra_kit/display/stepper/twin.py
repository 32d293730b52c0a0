"""What stands in a notebook where no widget can be drawn: the timeline as an image, and the calls as a table."""

from __future__ import annotations

import html
from typing import Any

from ...events import Event
from ...ledger import CallRow, call_rows
from ..timelines import timeline
from .beside import Beside, in_words
from .texts import clean, short_name

MOST_ROWS = 60
HEADS = ("who", "from, s", "to, s", "tokens", "cost, $", "status")


def static_twin(run: Any, held_against: Beside | None = None) -> str:
    """The picture and the table as HTML. `held_against` is the estimate and the baseline, where there are any."""
    rows = call_rows(run.events)
    body = "".join(f"<tr>{cells(row, run.events)}</tr>" for row in rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        body += f'<tr><td colspan="{len(HEADS)}">and {len(rows) - MOST_ROWS} more: run.calls()</td></tr>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    kind = "simulated seconds and dollars" if run.simulated else "measured"
    words = "; ".join([f"{len(rows)} {'call' if len(rows) == 1 else 'calls'} ({kind})", *in_words(held_against or {})])
    caption = f"<caption>{html.escape(words)}</caption>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f"{timeline(run)._repr_html_()}{table}"


def cells(row: CallRow, events: list[Event]) -> str:
    """One call as the cells of its row."""
    root = events[0].path
    name = short_name(row.path.removeprefix(f"{root}/"), 80)
    about = "~" if row.estimated else ""
    values = (
        f"{row.started_s:.1f}",
        "" if row.ended_s is None else f"{row.ended_s:.1f}",
        f"{about}{row.tokens_in + row.tokens_out:,}",
        f"{about}{row.cost_usd:.6f}",
        row.status,
    )
    return f'<th scope="row">{html.escape(clean(name))}</th>' + "".join(f"<td>{value}</td>" for value in values)
