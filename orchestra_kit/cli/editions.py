"""The editions of the course, written into a folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ..course.editions import write_editions

WHAT = {
    "blank": "for live coding: the prose, and empty cells",
    "learner": "without solutions, and without words for the teacher",
    "solutions": "with the exercises solved",
    "teaching": "what is said to the teacher, a page a notebook",
}


def run_editions(console: Console, out: Path, *, overwrite: bool) -> None:
    """Write them, and say what lies where."""
    names = write_editions(out, overwrite=overwrite)
    console.print(f"Written to {escape(str(out.expanduser().resolve()))}:")
    for folder, count in Counter(name.partition("/")[0] for name in names).items():
        console.print(f"  [green]✓[/] {folder:<9} {count} {'file ' if count == 1 else 'files'}  {WHAT[folder]}")
