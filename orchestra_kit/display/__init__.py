"""What a learner sees: pictures of runs. What is heavy is loaded on first use."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .costs import tokens_and_latency
    from .picture import Picture
    from .timelines import timeline

__all__ = ["Picture", "timeline", "tokens_and_latency"]


def __getattr__(name: str) -> Any:
    """Pictures need matplotlib, and matplotlib takes a second to load."""
    if name in __all__:
        from . import costs, picture, timelines

        return {
            "Picture": picture.Picture,
            "timeline": timelines.timeline,
            "tokens_and_latency": costs.tokens_and_latency,
        }[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
