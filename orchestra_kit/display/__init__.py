"""What a learner sees: pictures of runs and of comparisons. What is heavy is loaded on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .comparisons import quality_cost_latency
    from .costs import tokens_and_latency
    from .frontiers import frontier
    from .picture import Picture
    from .roles import tokens_by_role
    from .timelines import timeline

__all__ = ["Picture", "frontier", "quality_cost_latency", "timeline", "tokens_and_latency", "tokens_by_role"]

HOMES = {
    "Picture": "picture",
    "frontier": "frontiers",
    "quality_cost_latency": "comparisons",
    "timeline": "timelines",
    "tokens_and_latency": "costs",
    "tokens_by_role": "roles",
}


def __getattr__(name: str) -> Any:
    """Pictures need matplotlib, and matplotlib takes a second to load."""
    if name in HOMES:
        return getattr(import_module(f".{HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
