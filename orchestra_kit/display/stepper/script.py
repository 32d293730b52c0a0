"""The script and the style of everything that steps: small files with one idea each, put together as they are.

There is no build step: what the browser runs is what stands in the files. Together they are one module, so a name in
one file is known in all.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent / "script"
DRAWING = ("elements", "moments", "graph", "timeline", "tables", "views", "stepper")
CHANGING = ("branches", "changing")  # "Change it", only where there is a kernel
WIDGET = ("widget",)
STYLE, CHANGING_STYLE = ((HERE / f"{name}.css").read_text("utf-8") for name in ("stepper", "changing"))


def script(*names: str) -> str:
    """The files of these names as one module."""
    return "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in names)
