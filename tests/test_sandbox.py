"""The sandbox: its numbers are those of real runs at the settings of now, however the sliders are moved."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pandas as pd
import pytest

from orchestra_kit import EmbeddedModel, compare
from orchestra_kit.course import sandbox as module
from orchestra_kit.course.sandbox import Sandbox
from orchestra_kit.scenarios import PATTERNS, Scenario, scenario


def small(**settings: Any) -> Sandbox:
    return Sandbox(**({"runs": 3, "tokens": 1_000, "parts": 2} | settings))


def by_hand(parts: int, runs: int, **settings: Any) -> pd.DataFrame:
    def task(seed: int) -> Scenario:
        return scenario("long_talk", seed=seed, tokens=1_000, figures=3, readers=parts)

    return compare(task, runs=runs, model=EmbeddedModel(**settings), progress=False).frame


def test_a_moved_slider_redraws_one_talk_with_the_numbers_of_real_runs() -> None:
    box = small()
    before = box.shown.picture
    box.knobs["parts"].value = 3
    pd.testing.assert_frame_equal(box.comparison.frame, by_hand(parts=3, runs=1))
    assert box.shown.picture != before
    seconds = box.comparison.frame.set_index("pattern")["latency_s"]["sequential"]
    assert f"{seconds:.1f}" in box.shown.alt, "the words beside the picture have the numbers too"
    assert "1 of 3 talks" in box.shown.note
    assert "3 parts" in box.shown.note


def test_finish_fills_in_what_compare_measures() -> None:
    box = small(slips=1.0, window=2_048).finish()
    pd.testing.assert_frame_equal(box.comparison.frame, by_hand(parts=2, runs=3, slips=1.0, window=2_048))
    assert "3 of 3 talks" in box.shown.note


def test_a_slider_that_moves_meanwhile_drops_what_was_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BREATH_S", 0)
    monkeypatch.setattr(module, "PAUSE_S", 0)

    async def at_the_desk() -> tuple[Sandbox, asyncio.Task[None]]:
        box = small()
        box.fill()
        first = box.filling
        assert first is not None
        for _ in range(5):  # the pause, and a run each time
            await asyncio.sleep(0)
        assert len(PATTERNS) < len(box.measured) < 2 * len(PATTERNS), "it should be in the middle of the second talk"
        box.knobs["parts"].value = 3
        assert box.filling is not None
        await box.filling
        return box, first

    box, first = asyncio.run(at_the_desk())
    assert first.cancelled()
    pd.testing.assert_frame_equal(box.comparison.frame, by_hand(parts=3, runs=3))


def test_desks_at_once_take_turns() -> None:
    one, two = (small(width=width).comparison.frame.set_index("pattern")["latency_s"] for width in (1, 2))
    assert one["fan_out"] > two["fan_out"]
    assert one["sequential"] == two["sequential"]


def test_every_knob_changes_something() -> None:
    box = Sandbox(runs=1, tokens=4_000)
    for name, value in {
        "tokens": 6_000, "parts": 2, "window": 3_072, "slips": 3.0, "profile": "claude-3.5-haiku", "width": 1,
    }.items():  # fmt: skip
        before = box.comparison.frame
        box.knobs[name].value = value
        assert not box.comparison.frame.equals(before), f"{name} does nothing"


def test_without_widgets_there_is_a_picture_with_words_and_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs: list[dict[str, str]] = []
    monkeypatch.setattr(module, "display", lambda data, **_: outputs.append(data))
    for box in (small(), small()):
        box._ipython_display_()
    alts = re.findall(r'alt="([^"]+)"', outputs[1]["text/html"])
    assert len(alts) == 1
    assert "Quality, cost and latency" in alts[0]
    assert "<th>hierarchical</th>" in outputs[1]["text/html"]
    assert outputs[1] == outputs[3], "a notebook that is run again stores the same"
    assert outputs[0]["text/plain"] == outputs[2]["text/plain"]


def test_what_cannot_be_meant_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Sandbox(runs=0)
    with pytest.raises(ValueError, match="tokens=50000: its slider goes from 1,000 to 16,000"):
        Sandbox(tokens=50_000)
