"""The stepper: one moment of a run in four views, forwards and backwards, in a notebook or in a file of its own."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .page import save_page
    from .widget import Stepper

__all__ = ["Stepper", "save_page"]


def __getattr__(name: str) -> Any:
    """A page needs no widgets, and widgets take a while to load."""
    if name in __all__:
        return getattr(import_module(f".{'widget' if name == 'Stepper' else 'page'}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
