"""Charts of comparisons: what is drawn is what was measured, and it can be read whatever the numbers and names are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from legible import artists, assert_legible, assert_readable_on_parts, extents, words
from matplotlib.colors import to_hex

from orchestra_kit.display import Picture, frontier, quality_cost_latency, tokens_by_role
from orchestra_kit.display.picture import INK, drawing
from orchestra_kit.intervals import interval

HOSTILE = (
    r"$\frac{1}{0}$ _x_ ^",
    "<b>bold</b> & 100 %",
    "فريق التحرير",
    "编辑部的并行工作流程",
    "🎻 trio",
    "a\nb\ud800",
    "W" * 60,
)
LONG = tuple(f"the quarterly newsletter team, version {number:02}" for number in range(12))
CHARTS = (quality_cost_latency, frontier)


def table(points: dict[str, Sequence[tuple[float, float, float]]], **columns: Any) -> pd.DataFrame:
    """A row a run, of patterns given by (quality, dollars, seconds) of each of their runs."""
    rows = [
        {"task": "bees", "pattern": name, "seed": seed, "quality": quality, "calls": 2, "tokens_in": int(seconds * 10),
         "tokens_out": 5, "orchestrator_share": 0.5, "cost_usd": dollars, "latency_s": seconds, "stop_reason": "done",
         "simulated": True, "estimated": False, **columns}
        for name, runs in points.items() for seed, (quality, dollars, seconds) in enumerate(runs)
    ]  # fmt: skip
    return pd.DataFrame(rows)


parts = st.floats(0, 1).map(lambda value: round(value, 3))
amounts = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))
runs_of_one = st.lists(st.tuples(parts, amounts, amounts), min_size=1, max_size=4)
names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
patterns = st.dictionaries(names, runs_of_one, min_size=1, max_size=6)


@given(patterns)
@settings(max_examples=25)
def test_every_run_and_every_mean_stands_where_it_was_measured(points: Any) -> None:
    frame = table(points)
    drawn = artists(quality_cost_latency(frame))
    most = frame["cost_usd"].max()
    per = 1 if most >= 0.1 or most == 0 else 1_000 if most >= 1e-4 else 1_000_000
    for name, runs in points.items():
        for place, (title, times) in enumerate((("quality", 1), ("cost", per), ("latency", 1))):
            values = [run[place] * times for run in runs]
            assert sorted(drawn[f"runs {title} {name}"].get_xdata()) == pytest.approx(sorted(values))
            assert drawn[f"mean {title} {name}"].get_xdata() == pytest.approx([fmean(values)])
            whisker = drawn.get(f"interval {title} {name}")
            assert (whisker is None) == (len(runs) == 1), "one run has no interval"
            if whisker is not None:
                low, high = interval(values, 0, 1 if title == "quality" else math.inf)[1:3]
                end = whisker.axes.get_xlim()[1]
                assert list(whisker.get_xdata()) == pytest.approx([low, min(high, max(whisker.get_xdata()))])
                assert high == pytest.approx(whisker.get_xdata()[1]) or whisker.get_xdata()[1] >= 0.5 * end


def test_the_numbers_are_printed_and_told() -> None:
    frame = table({"single": [(0.9, 0.001, 12), (0.8, 0.003, 14)], "team": [(1, 0.016, 60), (1, 0.016, 60)]})
    picture = quality_cost_latency(frame)
    assert {"0.85", "2.00", "13.0", "1.00", "16.0", "60.0"} <= words(picture)
    assert {"USD for 1,000 runs (simulated)", "seconds (simulated)", "mean of 2 runs, 95 % interval"} <= words(picture)
    assert "single, 2 runs: quality 0.85 (0.21 to 1.00), 2.00 (0 to 14.7) USD for 1,000 runs (simulated)" in picture.alt
    assert "team, 2 runs: quality 1.00 (0.34 to 1.00), 16.0 (16.0 to 16.0) USD" in picture.alt
    assert "seconds" in words(quality_cost_latency(table({"live": [(1, 1, 1)]}, simulated=False)))
    assert "~1.00" in words(quality_cost_latency(table({"live": [(1, 1, 1)]}, estimated=True)))


def test_a_run_that_delivered_nothing_is_a_cross_and_is_counted() -> None:
    frame = table({"single": [(0.9, 1, 1)] * 3, "team": [(0, 2, 3), (0.7, 2, 3), (0, 1, 2)]})
    frame.loc[[3, 5], "stop_reason"] = ["flagged", "budget"]
    picture = quality_cost_latency(frame)
    crosses = artists(picture)["undelivered cost team"]
    assert (list(crosses.get_xdata()), crosses.get_marker()) == ([2, 1], "x")
    assert "undelivered cost single" not in artists(picture)
    assert "✕ 2 of 3 delivered nothing" in words(picture)
    assert "team, 3 runs, 2 of 3 delivered nothing: quality 0.23" in picture.alt


def dominated(name: str, points: dict[str, tuple[float, float]]) -> bool:
    """The definition, word by word: another is better or cheaper, and worse in neither."""
    quality, price = points[name]
    return any((q > quality or p < price) and not q < quality and not p > price for q, p in points.values())


few = st.sampled_from([0.25, 0.5, 0.75, 1.0])  # so that many are equal


@given(st.lists(st.tuples(few, few, few), min_size=1, max_size=7), st.sampled_from(["cost_usd", "latency_s", "tokens"]))
@settings(max_examples=60)
def test_the_frontier_is_that_of_the_definition(points: list[tuple[float, float, float]], x: str) -> None:
    frame = table({f"p{number}": [point] for number, point in enumerate(points)})
    frame["tokens"] = frame["tokens_in"] + frame["tokens_out"]
    prices = dict(zip(frame["pattern"], frame[x], strict=True))
    where = {f"p{number}": (point[0], prices[f"p{number}"]) for number, point in enumerate(points)}
    picture = frontier(frame, x=x)
    drawn = artists(picture)
    best = {name for name in where if not dominated(name, where)}
    marks = {name: drawn[f"mark {name}"] for name in where}
    dark = {name for name, mark in marks.items() if INK in map(to_hex, (mark.get_mfc(), mark.get_mec()))}
    assert dark == best
    leading, _, beaten = picture.alt.partition("On the frontier: ")[2].partition("Dominated: ")
    assert all((f"{name}, quality" in leading) == (name in best) for name in where)
    assert all((f"{name}, quality" in beaten) == (name not in best) for name in where)
    for name, (quality, price) in where.items():
        assert marks[name].get_xydata().tolist() == [[price, quality]]
    xs, ys = (list(data) for data in drawn["frontier"].get_data())
    for price in {price for _, price in where.values() if price >= min(xs)}:
        within = max(quality for quality, cost in where.values() if cost <= price)
        assert max(y for at, y in zip(xs, ys, strict=True) if at <= price) == within


def test_crosses_are_the_intervals() -> None:
    drawn = artists(frontier(table({"team": [(0.9, 4, 1), (0.8, 5, 1), (0.7, 6, 1)], "one": [(0.9, 5, 1)]})))
    assert list(drawn["qualities team"].get_ydata()) == pytest.approx(interval([0.9, 0.8, 0.7], 0, 1)[1:3])
    assert list(drawn["prices team"].get_xdata()) == pytest.approx(interval([4, 5, 6], 0)[1:3])
    assert "prices one" not in drawn


def assert_names_are_clear_of_marks(picture: Picture) -> None:
    """No name stands on a mark, whose middle is known and whose size is that of a letter."""
    height = picture.figure.bbox.height
    with drawing():
        boxes = [box for text, box in extents(picture) if text]
    for gid, mark in artists(picture).items():
        if gid.startswith("mark "):
            [(x, y)] = mark.axes.transData.transform(mark.get_xydata())
            near = [box for box in boxes if box.x0 - 5 < x < box.x1 + 5 and box.y0 - 5 < y < box.y1 + 5]
            assert not near, f"something is written on {gid} at {x:.0f}, {height - y:.0f}"


amounts = st.just(0.0) | st.floats(1e-9, 100)  # dollars and seconds: nothing costs a trillionth of a cent
many = st.lists(st.tuples(parts, amounts, amounts), min_size=1, max_size=12)


@given(many, st.integers(1, 40))
@example([(1.0, 1.0, 1.0)] * 12, 40)
@example([(0.0, 0.0, 0.0)] * 2, 1)
@example([(0.9 + number / 200, 50 + number / 2, 1.0) for number in range(12)], 12)
@settings(max_examples=30)
def test_names_stand_neither_on_marks_nor_on_each_other(points: Any, letters: int) -> None:
    frame = table({f"{number} {'name ' * 8}"[:letters] + chr(97 + number): [at] for number, at in enumerate(points)})
    picture = frontier(frame)
    assert_legible(picture)
    assert_names_are_clear_of_marks(picture)
    assert len([gid for gid in artists(picture) if gid.startswith("mark ")]) == len(points)


@pytest.mark.parametrize("draw", CHARTS)
@pytest.mark.parametrize("called", [HOSTILE, LONG, ("single",)], ids=["hostile", "long", "one"])
@pytest.mark.parametrize("scale", [0, 1e-6, 1, 1e6])
def test_it_stays_legible(draw: Any, called: tuple[str, ...], scale: float) -> None:
    points = {
        name: [(min(1, place / 5), scale * (place + seed), scale * (9 - place % 3)) for seed in range(3)]
        for place, name in enumerate(called)
    }
    picture = draw(table(points))
    assert_legible(picture)
    assert not any(text.get_parse_math() for axes in picture.figure.axes for text in axes.texts)
    assert all(" ".join(name.encode("utf-8", "replace").decode().split()) in picture.alt for name in called)


def test_long_numbers_stay_in_their_panels() -> None:
    rich = table({"much": [(1, 9_876_543, 1.2e-8)], "more": [(0, 9.9e12, 1_234_567.8)]}, estimated=True)
    picture = quality_cost_latency(rich)
    assert {"~9,876,543", "~9.9e+12", "1.2e-08", "1,234,568"} <= words(picture)
    assert_legible(picture)


def roles(*rows: tuple[str, int, str, bool, int]) -> pd.DataFrame:
    """A row for (pattern, seed, who, managing, tokens)."""
    columns = ["pattern", "seed", "who", "managing", "tokens_in"]
    return pd.DataFrame(rows, columns=columns).assign(task="bees", phase="assign", calls=1, tokens_out=0, cost_usd=0.0)


def test_parts_are_as_wide_as_the_mean_of_the_runs() -> None:
    picture = tokens_by_role(
        roles(
            ("team", 0, "writer", False, 600), ("team", 0, "reviewer", True, 300), ("team", 0, "intern", False, 3),
            ("team", 1, "writer", False, 200), ("team", 1, "judge", True, 100), ("team", 1, "clerk", False, 1),
            ("single", 0, "all-rounder", False, 50),
        )
    )  # fmt: skip
    drawn = artists(picture)
    width = {gid: part.get_width() for gid, part in drawn.items()}
    assert width == {"role writer of team": 400, "others of team": 2, "own of team": 200,
                     "role all-rounder of single": 50}  # fmt: skip
    assert drawn["own of team"].get_hatch()
    assert drawn["own of team"].get_x() == 402
    assert {"writer: 400", "33 %", "602", "50, 0 % own", "intern: 1.5, clerk: 0.5", "all-rounder: 50"} <= words(picture)
    assert "team, 2 runs: 602 tokens, of which 33 % the orchestrator's own (reviewer 150, judge 50)" in picture.alt
    assert_legible(picture)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 1), names, st.booleans(), st.integers(0, 10**6)),
        min_size=1, max_size=20,
    )
)  # fmt: skip
@settings(max_examples=30)
def test_no_token_is_lost_and_every_text_can_be_read(rows: Any) -> None:
    frame = roles(*rows)
    picture = tokens_by_role(frame)
    assert_legible(picture)
    drawn = artists(picture)
    for name, mine in frame.groupby("pattern"):
        bar = [part for gid, part in drawn.items() if gid.endswith(f" of {name}")]
        assert sum(part.get_width() for part in bar) == pytest.approx(mine["tokens_in"].sum() / mine["seed"].nunique())
        edges = sorted((part.get_x(), part.get_x() + part.get_width()) for part in bar)
        assert all(before[1] == pytest.approx(after[0]) for before, after in pairwise(edges))
    assert_readable_on_parts(picture)


@pytest.mark.parametrize("draw", CHARTS)
def test_the_same_table_gives_the_same_bytes_whatever_style_the_notebook_has(draw: Any) -> None:
    frame = table({"single": [(0.9, 1, 2), (0.8, 2, 3)], "team": [(1, 4, 5), (0.9, 5, 7)]})
    before = draw(frame).png()
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.grid": True, "axes.titlesize": 40}):
        assert draw(frame[sorted(frame.columns)]).png() == before


@pytest.mark.parametrize("draw", [*CHARTS, tokens_by_role])
def test_tables_that_cannot_be_drawn_say_why(draw: Any) -> None:
    whole = table({"team": [(1, 1, 1)]}).assign(who="writer", managing=False)
    with pytest.raises(ValueError, match=rf"^{draw.__name__}\(\) was given a table without rows: compare at least"):
        draw(whole[:0])
    with pytest.raises(ValueError, match=r"and seed is missing: give it what compare\(\) has measured$"):
        draw(whole.drop(columns="seed"))
    with pytest.raises(ValueError, match="cannot draw the tokens_in nan, which stands in 1 of 1 rows"):
        draw(whole.assign(tokens_in=math.nan))


def test_the_frontier_names_what_it_can_draw() -> None:
    with pytest.raises(ValueError, match="one of cost_usd, latency_s, tokens, not 'calls'"):
        frontier(table({"team": [(1, 1, 1)]}), x="calls")
