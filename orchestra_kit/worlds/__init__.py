"""Three worlds that answer the same requests: simulated, live, or replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Model
from ..events import World
from .answering import Reviewer
from .replay import Replay
from .simulation import Simulation

if TYPE_CHECKING:
    from .live import Live

__all__ = ["Live", "Replay", "Reviewer", "Simulation", "world_for"]


def world_for(model: Model, *, seed: int = 0, reviewer: Reviewer | None = None) -> World:
    """Simulation for a model that says it is simulated, else Live."""
    if model.simulated:
        return Simulation(model, seed=seed, reviewer=reviewer)
    from .live import Live

    return Live(model, seed=seed, reviewer=reviewer)


def __getattr__(name: str) -> Any:
    """Live loads asyncio, which takes longer than everything else together: on first use only."""
    if name == "Live":
        from .live import Live

        return Live
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
