"""How fast and how dear a model is, from published figures (data/profiles.json): a profile, not a measurement of ours.

Latency of a call = lognormal time to first token (mu = ln p50, sigma = ln(p95 / p50) / 1.645: the 95 % quantile of the
standard normal distribution is 1.645) + input tokens * ms per token + output tokens / rate.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..paths import data_dir

Z95 = 1.645  # the 95 % quantile of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Profile:
    """The published figures of one model; data/profiles.json has source and date of each."""

    name: str
    ttft_p50_s: float
    ttft_p95_s: float
    input_s_per_token: float
    output_tokens_per_s: float
    usd_per_million_in: float
    usd_per_million_out: float
    window: int

    def first_token_s(self, tokens_in: int, noise: float) -> float:
        """Seconds to the first word; `noise` is a draw from the standard normal distribution."""
        sigma = math.log(self.ttft_p95_s / self.ttft_p50_s) / Z95
        return self.ttft_p50_s * math.exp(sigma * noise) + tokens_in * self.input_s_per_token

    def writing_s(self, tokens_out: int) -> float:
        """Seconds from the first word to the last."""
        return tokens_out / self.output_tokens_per_s

    def cost_usd(self, tokens_in: int, tokens_out: int) -> float:
        """The price of that many tokens."""
        return round((tokens_in * self.usd_per_million_in + tokens_out * self.usd_per_million_out) / 1e6, 12)


@lru_cache(1)
def published() -> dict[str, Any]:
    """The whole file of published figures."""
    data: dict[str, Any] = json.loads((data_dir() / "profiles.json").read_text(encoding="utf-8"))
    return data


@lru_cache(64)
def profile(name: str, prices: tuple[float, float] | None = None) -> Profile:
    """The profile of a model. `prices` (USD per million tokens in, out) takes the place of the published ones.

    >>> profile("gpt-4o-mini").cost_usd(1_000_000, 0)
    0.15
    """
    models = published()["models"]
    if name not in models:
        raise ValueError(f"no profile {name!r}. There are: {', '.join(models)}")
    row = models[name]
    ttft, price = row["ttft_s"], row["price"]
    usd_in, usd_out = prices or (price["usd_per_million_in"], price["usd_per_million_out"])
    if usd_in is None or usd_out is None:
        raise ValueError(
            f"profile {name!r} has no price ({price['reason']}). Say yours: prices=(usd_per_million_in, "
            f"usd_per_million_out)"
        )
    return Profile(
        name=name,
        ttft_p50_s=ttft["p50"],
        ttft_p95_s=ttft["p95"] or ttft["p50"],  # no spread known: every call takes the median
        input_s_per_token=row["input_ms_per_token"]["value"] / 1000,
        output_tokens_per_s=row["output_tokens_per_s"]["value"],
        usd_per_million_in=usd_in,
        usd_per_million_out=usd_out,
        window=row["window"]["tokens"],
    )
