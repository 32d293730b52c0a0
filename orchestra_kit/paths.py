"""Where the bundled data and the course lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_dir() -> Path:
    """The bundled data: inside an installed package, beside it in a checkout."""
    return bundled("data")


def notebooks_dir() -> Path:
    """The notebooks of the course: inside an installed package, beside it in a checkout."""
    return bundled("notebooks")


def bundled(folder: str) -> Path:
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
