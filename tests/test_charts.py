"""Pictures of runs: the numbers are those of the run, names stay names, and nothing is cut off or covered."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from subprocess import run as run_process
from typing import Any

import matplotlib as mpl
import pytest
from core.fakes import Fake, Moody
from legible import assert_legible, assert_readable_on_parts, extents, texts

from orchestra_kit import FanOut, Sequential, Specialist, TimedOut, Verdict, first, start, together, within
from orchestra_kit.display import Picture, timeline, tokens_and_latency

LONG = "the writer of the quarterly customer newsletter in twelve languages no. {}"
HOSTILE = r'$\frac{1}{0}$ _x_ <img src=x onerror="alert(1)"> & 100 % ^ 作家' + "\ud800"
reviewer = Specialist("reviewer", "Review the work.", makes=Verdict)


def approving(call: Any) -> str:
    return '{"decision": "approve"}' if call.who == "reviewer" else f"{call.who} did it"


def team_run(*names: str) -> Any:
    team = [Specialist(name, "Write.") for name in names]
    whole = Sequential("desk", Specialist("research", "Find."), FanOut("writers", *team), reviewer=reviewer)
    return start(whole, "bees", model=Fake(approving)).finish()


def bars(picture: Picture) -> list[Any]:
    return [patch for patch in picture.figure.axes[0].patches if str(patch.get_gid()).startswith("call ")]


def test_every_call_has_a_bar_as_long_as_it_took() -> None:
    run = team_run("blog", "email")
    picture, calls = timeline(run), run.calls()
    assert len(bars(picture)) == len(calls) == 5
    for bar, (_, call) in zip(
        bars(picture), calls.sort_values(["who"], key=lambda who: who.map(order(calls))).iterrows(), strict=True
    ):
        box = bar.get_path().get_extents()
        assert (box.x0, box.x1) == pytest.approx((call.started_s, call.ended_s))
    assert "5 calls in 4.0 seconds (simulated), at most 2 at the same time" in picture.alt
    assert "reviewer (the orchestrator's own) from 1.0 to 2.0" in picture.alt


def order(calls: Any) -> dict[str, int]:
    """Lanes stand in order of first asking."""
    return {who: place for place, who in enumerate(dict.fromkeys(calls["who"]))}


def test_the_numbers_are_those_of_the_table() -> None:
    runs = {"alone": start(Specialist("all", "Do."), "bees", model=Fake()).finish(), "team": team_run("blog", "email")}
    picture = tokens_and_latency(runs)
    for name, run in runs.items():
        calls = run.calls()
        own = calls["phase"].isin(["plan", "review", "combine"])
        read, written = calls[~own]["tokens_in"].sum(), calls[~own]["tokens_out"].sum()
        managing = (calls[own]["tokens_in"] + calls[own]["tokens_out"]).sum()
        total = (calls["tokens_in"] + calls["tokens_out"]).sum()
        parts = f"{read:,} read by specialists, {written:,} written by specialists, {managing:,} the orchestrator's own"
        assert f"{name}: {total:,} tokens ({parts}), {run.summary().latency_s:.1f} seconds (simulated)." in picture.alt
        assert f"{total:,}" in {text.get_text() for text in texts(picture)}
    assert_legible(picture)
    assert_readable_on_parts(picture)
    assert_readable_on_parts(timeline(runs["team"]))


@pytest.mark.parametrize("number", [1, 2, 12, 39])
@pytest.mark.parametrize(
    "name", ["blog {}", LONG, HOSTILE + " {}", "W" * 90 + "{}"], ids=["short", "long", "hostile", "one word"]
)
def test_it_stays_legible(name: str, number: int) -> None:
    run = team_run(*(name.replace("{}", str(place)) for place in range(number)))
    picture = timeline(run)
    assert len(bars(picture)) == len(run.calls())
    assert_legible(picture)
    assert_legible(tokens_and_latency({name: run, "another": run}))


def test_names_are_never_mathematics_nor_markup() -> None:
    picture = timeline(team_run(HOSTILE, "plain"))
    assert any("\\frac{1}{0}$" in text.get_text() for text in texts(picture))
    assert not any(text.get_parse_math() for axes in picture.figure.axes for text in axes.texts)

    class Images(HTMLParser):
        found: list[dict[str, str | None]] = []  # noqa: RUF012  # read once, below

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag == "img"
            self.found.append(dict(attrs))

    page = Images()
    page.feed(picture._repr_html_())
    [image] = page.found
    assert set(image) == {"alt", "width", "src"}
    assert image["alt"] == picture.alt
    assert str(image["src"]).startswith("data:image/png;base64,")


def test_failed_cancelled_and_open_calls_look_different() -> None:
    slow, quick = Specialist("slow", "Write."), Specialist("quick", "Write.")
    broken = Specialist("broken", does=lambda _: 1 / 0)

    async def troubled(goal: str) -> Any:
        await first(slow(goal), broken(goal))
        try:
            return await within(0.5, slow, goal)
        except TimedOut:
            return await quick(goal)

    run = start(troubled, "bees", model=Fake())
    while len(run.calls()) < 4:
        run.step()
    picture = timeline(run)
    looks = {(bar.get_edgecolor(), bar.get_linestyle(), bar.get_hatch()) for bar in bars(picture)}
    assert len(looks) == 4
    words = {text.get_text() for text in texts(picture)}
    assert {"✕ failed", "⊘ cancelled", "…"} <= words
    for said in (
        "broken from 0.0 to 0.0, failed",
        "slow#2 from 1.0 to 1.5, cancelled",
        "quick from 1.5 to 1.5, not answered yet",
    ):
        assert said in picture.alt
    assert_legible(picture)


def test_the_longest_chain_is_underlined_only_where_work_overlapped() -> None:
    def key(picture: Picture) -> set[str]:
        return {text.get_text() for text in picture.figure.axes[-1].texts}

    assert "the longest chain" in key(timeline(team_run("blog", "email")))
    assert "the longest chain" not in key(timeline(team_run("blog")))


def test_a_short_call_at_the_very_end_says_its_tokens_to_its_left() -> None:
    async def patient(goal: str) -> Any:
        for turn in range(25):
            await Specialist("writer", "Write.")(f"{goal} {turn}")
        return await Specialist("closer", "Close.")(goal)

    picture = timeline(start(patient, "bees", model=Fake()).finish())
    said = [box for text, box in extents(picture) if text == "110 tokens"]  # the writer's calls leave no room for it
    assert len(said) == 1
    assert said[0].x1 < bars(picture)[-1].get_window_extent().x0
    assert_legible(picture)


def test_a_long_name_keeps_the_end_by_which_it_differs() -> None:
    house = Sequential("house", FanOut("the desk " * 9, *(Specialist(LONG.format(at), "Write.") for at in range(12))))
    names = [text.get_text() for text in timeline(start(house, "bees", model=Fake()).finish()).figure.axes[0].texts]
    assert sum(name.startswith("…/the writer of the quarterly") for name in names) == 12
    assert {name.split()[-1] for name in names if "\n" in name} == {str(at) for at in range(12)}


def test_a_specialist_with_several_tasks_at_once_has_several_lanes() -> None:
    writer = Specialist("writer", "Write.")

    async def parts(goal: str) -> Any:
        return await together(writer(f"{goal} {part}") for part in range(3))

    picture = timeline(start(parts, "bees", model=Moody(failures=0)).finish())
    assert len({bar.get_path().get_extents().y0 for bar in bars(picture)}) == 3
    assert {"writer", "writer#2", "writer#3"} <= {text.get_text() for text in texts(picture)}


def test_the_same_run_gives_the_same_bytes_whatever_style_the_notebook_has(tmp_path: Any) -> None:
    before = timeline(team_run("blog")).save(tmp_path / "run.png").read_bytes()
    with mpl.rc_context({"font.size": 30, "text.color": "red", "axes.grid": True, "savefig.transparent": True}):
        assert timeline(team_run("blog")).png() == before
    assert not re.search(rb"tEXt|tIME", before), "the file says when or with what it was made"


def test_pictures_need_no_pyplot_and_load_on_first_use() -> None:
    code = (
        "import sys, orchestra_kit.display as d; assert 'matplotlib' not in sys.modules; "
        "[getattr(d, name) for name in d.__all__]; "
        "assert 'matplotlib.figure' in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    )
    ran = run_process([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_runs_without_calls_and_without_time() -> None:
    async def idle(goal: str) -> str:
        return goal

    assert "0 calls" in timeline(start(idle, "bees", model=Fake()).finish()).alt
    upper = start(Specialist("upper", does=str.upper), "bees", model=Fake()).finish()
    assert_legible(timeline(upper))
    assert_legible(tokens_and_latency({"free": upper}))
    with pytest.raises(ValueError, match="given no runs"):
        tokens_and_latency({})
