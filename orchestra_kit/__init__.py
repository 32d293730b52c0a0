"""orchestra_kit: learn AI agent orchestration by running it.

Everything a learner needs is importable from here; heavy parts are loaded when they are first used.
"""

from typing import TYPE_CHECKING, Any

from .budget import Budget
from .call import Call, Model, Reply, Usage
from .decisions import Retry, SendBack
from .errors import (
    AwaitedInFinally,
    BadHandoff,
    BadPlan,
    BadSources,
    BudgetSpent,
    Deadlock,
    Diverged,
    ForgottenAwait,
    Interrupted,
    ModelError,
    NoneGood,
    NotARequest,
    NotAsync,
    NotFinished,
    OrchestraError,
    OutsideRun,
    Rejected,
    Runaway,
    Slip,
    TimedOut,
)
from .events import Event
from .groups import first, together
from .messages import Choice, Handoff, Plan, Skipped, Step, Verdict
from .patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from .recovery import Flag, Skip, attempt, retry, within
from .requests import note, review, wait
from .run import Run, start
from .specialist import Specialist, ask
from .team import Orchestrator
from .worlds import Replay, Simulation

if TYPE_CHECKING:
    from .comparing import Comparison, Recommendation, compare
    from .models.embedded import EmbeddedModel
    from .models.endpoint import connect
    from .models.function import FunctionModel
    from .scenarios import scenario
    from .worlds.live import Live

LATER = {
    "Comparison": ".comparing",
    "EmbeddedModel": ".models.embedded",
    "FunctionModel": ".models.function",
    "Live": ".worlds.live",
    "Recommendation": ".comparing",
    "compare": ".comparing",
    "connect": ".models.endpoint",
    "scenario": ".scenarios",
}

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
    "Comparison",
    "Competitive",
    "Deadlock",
    "Diverged",
    "EmbeddedModel",
    "Event",
    "FanOut",
    "Flag",
    "ForgottenAwait",
    "FunctionModel",
    "Handoff",
    "Hierarchical",
    "Interrupted",
    "Live",
    "Model",
    "ModelError",
    "NoneGood",
    "NotARequest",
    "NotAsync",
    "NotFinished",
    "OrchestraError",
    "Orchestrator",
    "OutsideRun",
    "Plan",
    "Recommendation",
    "Rejected",
    "Replay",
    "Reply",
    "Retry",
    "Run",
    "Runaway",
    "SendBack",
    "Sequential",
    "Simulation",
    "SingleAgent",
    "Skip",
    "Skipped",
    "Slip",
    "Specialist",
    "Step",
    "TimedOut",
    "Usage",
    "Verdict",
    "ask",
    "attempt",
    "compare",
    "connect",
    "first",
    "note",
    "retry",
    "review",
    "scenario",
    "start",
    "together",
    "wait",
    "within",
]


def __getattr__(name: str) -> Any:
    """What is heavy is loaded on first use."""
    if name in LATER:
        from importlib import import_module

        return getattr(import_module(LATER[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
