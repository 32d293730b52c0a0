"""Published figures, their sources, and what is computed from them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from orchestra_kit.call import Call, Reply, Usage
from orchestra_kit.messages import Choice
from orchestra_kit.models.function import FunctionModel
from orchestra_kit.models.profiles import profile, published
from orchestra_kit.models.tokens import count, keep_end, keep_start

NUMBERS = {"p50", "value", "tokens", "usd_per_million_in", "share"}


def cited(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every group of numbers in the file."""
    if isinstance(value, dict):
        if NUMBERS & set(value) and "accuracy" not in value:
            yield path, value
        if "rows" in value and "accuracy" in value["rows"][0]:
            yield path, value
        for key, inner in value.items():
            yield from cited(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from cited(inner, f"{path}/{place}")


def test_every_number_has_a_source_and_a_date() -> None:
    groups = dict(cited(published()))
    assert len(groups) > 35
    for path, group in groups.items():
        if group.get("usd_per_million_in", 0) is None:
            assert group["reason"], path
        else:
            assert group["source"], path
            assert str(group["date"])[:2] == "20", path
    assert published()["label"] == "profile"


def test_latency_is_lognormal_from_the_median_and_the_95_percent_quantile() -> None:
    mini = profile("gpt-4o-mini")
    assert mini.first_token_s(0, noise=0) == pytest.approx(0.645)
    assert mini.first_token_s(0, noise=1.645) == pytest.approx(1.094)
    assert mini.first_token_s(1_000, noise=0) == pytest.approx(0.645 + 0.24)
    assert mini.writing_s(1_053) == pytest.approx(10)
    assert math.isclose(mini.cost_usd(1_000_000, 1_000_000), 0.75)


def test_a_profile_without_a_price_asks_for_one() -> None:
    with pytest.raises(ValueError, match=r"every host asks its own price\). Say yours: prices="):
        profile("llama-3.3-70b")
    assert profile("llama-3.3-70b", prices=(0.1, 0.3)).cost_usd(10, 10) == pytest.approx(4e-6)


def test_every_profile_can_be_used() -> None:
    for name in published()["models"]:
        assert profile(name, prices=(1, 1)).first_token_s(100, noise=0.5) > 0


def test_tokens_are_counted_and_cut_at_either_end() -> None:
    text = "An orchestrator decides, and never does the work. £1,200 – naïve 🙂"
    assert count("An orchestrator decides.") == 5
    for tokens in range(count(text) + 2):
        assert text.startswith(keep_start(text, tokens))
        assert text.endswith(keep_end(text, tokens))
    assert keep_start(text, 99) == keep_end(text, 99) == text


def test_any_function_of_a_call_is_a_model() -> None:
    assert FunctionModel(lambda call: call.prompt.upper()).complete(Call("x", "role", "hello")) == Reply(
        "HELLO", Usage(2, 2)
    )
    assert Choice.model_validate_json(FunctionModel(lambda _: Choice(2)).complete(Call("x", "", "")).text) == Choice(2)
    own = Reply("mine", Usage(7, 7))
    assert FunctionModel(lambda _: own).complete(Call("x", "", "")) is own
    assert FunctionModel(len).simulated
