"""Everything that can go wrong, as a tree. Each error quotes what caused it and says what to do next.

OrchestraError
├── Slip                 a mistake in the orchestrator's code; trying again cannot help
│   ├── ForgottenAwait       a request was used as if it were its answer
│   ├── NotAsync             the orchestrator is an ordinary function
│   ├── OutsideRun           a request was awaited where no run could answer it
│   ├── NotARequest          something else than a request was awaited
│   └── AwaitedInFinally     a cancelled job asked for something while it was being closed
├── BadPlan              a plan that must not be carried out
├── BadHandoff           work of the wrong shape between two members of the team
├── BadSources           a file or folder that cannot be read as notes
├── ModelError           the model could not answer (it may carry what the attempt cost)
├── TimedOut             `within` ran out of time
├── NoneGood             `first` saw every candidate, and none would do
├── Rejected             a person, or a reviewer, turned the work down for good
├── BudgetSpent          the run has used what it was given
├── Deadlock             everybody waits and nobody will answer
├── Runaway              an orchestrator that goes round without end
├── Interrupted          somebody pressed Ctrl-C
├── NotFinished          a result was asked of a run that has none yet
├── BadQuestion          a question that cannot be asked, or answered, like that
├── NoExercise           an exercise was named that the course does not have
├── NoWord               a word was looked up that the glossary does not have
└── Diverged             a replayed orchestrator took another path than its recording
"""

from __future__ import annotations


class OrchestraError(Exception):
    """The base of every error this package raises on purpose."""


class Slip(OrchestraError):
    """A mistake in the orchestrator's own code: trying the same thing again cannot help."""


class ForgottenAwait(Slip):
    """A request was used as if it were the answer to it."""


class NotAsync(Slip):
    """The orchestrator is an ordinary function, so it cannot wait for an answer."""


class OutsideRun(Slip):
    """A request was awaited where no run could answer it."""


class NotARequest(Slip):
    """An orchestrator awaited something that no world knows how to answer."""


class AwaitedInFinally(Slip):
    """A cancelled job tried to ask for something while it was being closed."""


class BadPlan(OrchestraError):
    """A plan that must not be carried out: empty, too long, circular, or naming nobody in the team."""


class BadHandoff(OrchestraError):
    """Work of the wrong shape was passed between two members of the team. `work` is that work, whole."""

    work: object = None


class BadSources(OrchestraError):
    """A file or folder that cannot be read as notes."""


class ModelError(OrchestraError):
    """The model could not answer. `usage` is what the attempt cost, `latency_s` how long it took."""

    def __init__(self, message: str, *, usage: object = None, latency_s: float = 0.0):
        super().__init__(message)
        self.usage = usage
        self.latency_s = latency_s


class TimedOut(OrchestraError):
    """`within` ran out of time."""


class NoneGood(OrchestraError):
    """`first` saw every candidate, and none would do."""


class Rejected(OrchestraError):
    """Work that a reviewer or a person turned down for good."""


class BudgetSpent(OrchestraError):
    """The run has used what it was given."""


class Deadlock(OrchestraError):
    """Everybody waits and nobody will answer."""


class Runaway(OrchestraError):
    """A run went on far longer than any sensible one: a loop that never ends."""


class Interrupted(OrchestraError):
    """Somebody pressed Ctrl-C while an orchestrator was running."""


class NotFinished(OrchestraError):
    """A result was asked of a run that has none yet."""


class Diverged(OrchestraError):
    """The orchestrator took another path than its recording: it looked at a clock, a dice or the network."""


def reason(error: BaseException) -> str:
    """An error in one clause, even one whose own words raise: to tell what went wrong must not go wrong itself.

    >>> reason(ValueError("no such topic"))
    'ValueError: no such topic'
    """
    try:
        return f"{type(error).__name__}: {error}"
    except Exception as unsaid:  # noqa: BLE001  # a __str__ of the learner's own, or of a library
        return f"{type(error).__name__} (its text cannot be read: {type(unsaid).__name__})"


HOPELESS = (Slip, BudgetSpent, BadPlan)  # whoever tries the same thing again, or asks another, meets them again
