"""What a run may use before it must stop."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from .call import Usage
from .errors import BudgetSpent


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of a run: specialist calls, tokens (in and out together), US dollars, seconds on the world's clock.

    Reaching a limit raises BudgetSpent at the next call the orchestrator awaits; reaching `latency_s` also raises it
    at every call that is still being waited for. What is already in flight is paid for, so a total can end above its
    limit by what was asked before.
    """

    calls: float = inf
    tokens: float = inf
    cost_usd: float = inf
    latency_s: float = inf

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not getattr(self, name) > 0:
                raise ValueError(
                    f"Budget({name}={getattr(self, name)!r}) allows nothing; give a number above 0, or leave it out"
                )

    def spent(self, calls: int, usage: Usage, now_s: float) -> BudgetSpent | None:
        """The error to raise when there is nothing left for one more call."""
        if now_s >= self.latency_s:
            return self.late()
        tokens = usage.tokens_in + usage.tokens_out
        for used, limit, what in (
            (calls, self.calls, "calls"),
            (tokens, self.tokens, "tokens"),
            (usage.cost_usd, self.cost_usd, "US dollars"),
        ):
            if used >= limit:
                return BudgetSpent(
                    f"the budget of {limit:,.10g} {what} is spent ({used:,.10g} used). Give more, or ask for less"
                )
        return None

    def late(self) -> BudgetSpent:
        """The error to raise when the time is up."""
        return BudgetSpent(f"the budget of {self.latency_s:,g} seconds is spent. Give more, or wait for less at once")
