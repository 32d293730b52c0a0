"""What a model is given, and what it gives back. Every model, embedded or real, speaks these four words."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol


class Usage(NamedTuple):
    """The price of one or more calls: tokens, and US dollars.

    >>> Usage(100, 20, cost_usd=0.001) + Usage(50, 5)
    Usage(tokens_in=150, tokens_out=25, tokens_cached=0, cost_usd=0.001, estimated=False)
    """

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0  # the part of tokens_in that a provider read from its cache
    cost_usd: float = 0.0
    estimated: bool = False  # counted by us, because the endpoint did not say; shown with a ~

    def __add__(self, other: object) -> Usage:
        if not isinstance(other, Usage):
            return NotImplemented
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.tokens_cached + other.tokens_cached,
            self.cost_usd + other.cost_usd,
            self.estimated or other.estimated,
        )


FREE = Usage()


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer and its price.

    `latency_s` is how long the whole answer takes and `first_token_s` how long its first word takes; a simulation
    lets that much time pass on its clock, a live run measures for itself. `cost_out_usd` is the part of
    `usage.cost_usd` that is for writing: a call that is cancelled half-way owes only half of it. `how` is what the
    model says of its own work (which skill it chose, what did not fit its window): it goes into the trace, and
    nowhere else.
    """

    text: str
    usage: Usage = FREE
    latency_s: float = 0.0
    first_token_s: float = 0.0
    cost_out_usd: float = 0.0
    how: Mapping[str, Any] = field(default_factory=dict)

    def cut_short(self, after_s: float) -> Usage:
        """What is owed when the call is cancelled after `after_s` seconds: the prompt was read whole, and words come
        at an even pace from the first one to the last."""
        writing_s = self.latency_s - self.first_token_s
        share = min(1.0, max(0.0, (after_s - self.first_token_s) / writing_s)) if writing_s > 0 else 0.0
        return self.usage._replace(
            tokens_out=int(self.usage.tokens_out * share),
            cost_usd=self.usage.cost_usd - self.cost_out_usd * (1 - share),
        )


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a model.

    `role` says what the specialist is (the system message) and `prompt` is everything else it is told. `makes` is the
    type the answer must parse as, or None for free text. `sample` says which draw of the model this is: the job, in
    numbers, and the number of the call in it, so that rivals and retries differ, a replay does not, and names do not
    matter. `who` is for people to read; no model may let it change an answer.
    """

    who: str
    role: str
    prompt: str
    makes: type[Any] | None = None
    max_tokens: int = 1_600
    sample: str = ""
    seed: int = 0


class Model(Protocol):
    """Anything that can answer a call. `simulated` models answer at once and say how long they would have taken."""

    @property
    def simulated(self) -> bool: ...

    def complete(self, call: Call) -> Reply | Awaitable[Reply]: ...
