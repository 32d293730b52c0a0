"""Merging notes of several people: every statement once, corrections kept, within the budget."""

from __future__ import annotations

from typing import Any

from ..job import Job
from .extract import extract


def merge(job: Job) -> str | dict[str, Any]:
    """The notes as one list. It is extracting from notes: nothing is new, what does not fit is what matters least."""
    return extract(job, everything=job.demands.items is None)
