"""orchestra_kit: learn AI agent orchestration by running it.

Everything a learner needs is importable from here; heavy parts are loaded when they are first used.
"""

from typing import TYPE_CHECKING, Any

from .budget import Budget
from .call import Call, Model, Reply, Usage
from .errors import (
    AwaitedInFinally,
    BadHandoff,
    BadPlan,
    BadSources,
    BudgetSpent,
    Deadlock,
    Diverged,
    ForgottenAwait,
    ModelError,
    NoneGood,
    NotAsync,
    NotFinished,
    OrchestraError,
    OutsideRun,
    Rejected,
    TimedOut,
)
from .events import Event
from .messages import Choice, Plan, Step, Verdict
from .patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from .recovery import Flag, Skip, Skipped, attempt, retry, within
from .requests import first, note, review, together, wait
from .run import Run, start
from .specialist import Handoff, Specialist, ask
from .team import Orchestrator
from .worlds import Replay, Simulation

if TYPE_CHECKING:
    from .worlds.live import Live

__version__ = "0.1.0"
__all__ = [
    "MANAGER",
    "AwaitedInFinally",
    "BadHandoff",
    "BadPlan",
    "BadSources",
    "Budget",
    "BudgetSpent",
    "Call",
    "Choice",
    "Competitive",
    "Deadlock",
    "Diverged",
    "Event",
    "FanOut",
    "Flag",
    "ForgottenAwait",
    "Handoff",
    "Hierarchical",
    "Live",
    "Model",
    "ModelError",
    "NoneGood",
    "NotAsync",
    "NotFinished",
    "OrchestraError",
    "Orchestrator",
    "OutsideRun",
    "Plan",
    "Rejected",
    "Replay",
    "Reply",
    "Run",
    "Sequential",
    "Simulation",
    "SingleAgent",
    "Skip",
    "Skipped",
    "Specialist",
    "Step",
    "TimedOut",
    "Usage",
    "Verdict",
    "ask",
    "attempt",
    "first",
    "note",
    "retry",
    "review",
    "start",
    "together",
    "wait",
    "within",
]


def __getattr__(name: str) -> Any:
    """What is heavy is loaded on first use."""
    if name == "Live":
        from .worlds.live import Live

        return Live
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
