"""Where the bundled data lies."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_dir() -> Path:
    """The bundled data: inside an installed package, beside it in a checkout."""
    inside = PACKAGE / "data"
    return inside if inside.is_dir() else PACKAGE.parent / "data"
