"""What a learner sees: pictures of runs. What is heavy is loaded on first use."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .charts import Picture, timeline, tokens_and_latency

__all__ = ["Picture", "timeline", "tokens_and_latency"]


def __getattr__(name: str) -> Any:
    """Charts need matplotlib, and matplotlib takes a second to load."""
    if name in __all__:
        from . import charts

        return getattr(charts, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
