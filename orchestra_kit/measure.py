"""Events as tables: pandas is loaded here, and only when a table is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields

import pandas as pd

from .events import Event
from .ledger import CallRow, call_rows


def calls_table(events: Iterable[Event]) -> pd.DataFrame:
    """A row for each specialist call, in order of asking; the columns of CallRow."""
    return pd.DataFrame([asdict(row) for row in call_rows(events)], columns=[field.name for field in fields(CallRow)])
