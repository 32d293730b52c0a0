"""orchestra_kit: learn AI agent orchestration by running it.

Everything a learner needs is importable from here; heavy parts are loaded when they are first used.
"""

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
from .loop import Event
from .messages import Choice, Plan, Step, Verdict
from .patterns import MANAGER, Competitive, FanOut, Hierarchical, Sequential, SingleAgent
from .recovery import Flag, Skip, Skipped, attempt, retry, within
from .requests import first, note, review, together, wait
from .run import Run, start
from .specialist import Handoff, Specialist, ask
from .team import Orchestrator
from .worlds import Live, Replay, Simulation

__version__ = "0.1.0"
