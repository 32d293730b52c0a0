"""One task with every knob on it: move a slider, and see what becomes of the five patterns."""

from __future__ import annotations

import asyncio
import base64
import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets  # type: ignore[import-untyped]  # it brings no types along
import traitlets
from IPython.display import display

from ..comparing import Comparison
from ..comparing.runs import Measured, measure
from ..display.picture import WIDTH
from ..display.twinned import Twinned
from ..models.embedded import EmbeddedModel
from ..models.profiles import published
from ..scenarios import PATTERNS, scenario

FIGURES = 3  # in every thousand tokens of the task
DRAWN_AT = (2, 4, 8)  # runs a pattern: a picture takes longer than a run, so not after each
PAUSE_S = 0.5  # until the rest begins: whoever tries several places of a slider does not wait for what they left
BREATH_S = 0.01  # between two runs the kernel may do something else, such as notice that a slider has moved
SCRIPT = (Path(__file__).parent / "sandbox.js").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the knobs stand.

    tokens   how long the task is: a talk, with three figures in every thousand tokens, all of which are wanted
    parts    into how many parts it is divided where it is divided
    window   how many tokens the model can have before it at once
    slips    0: it makes no mistakes; 1: as many as published
    profile  whose published speed and prices it has
    width    how many may work at the same time
    """

    tokens: int = 12_000
    parts: int = 4
    window: int = 8_192
    slips: float = 0.0
    profile: str = "gpt-4o-mini"
    width: int = 8

    def runs(self, seed: int) -> Iterator[Measured]:
        """Every pattern on the talk of this seed, one by one."""
        figures = max(FIGURES, self.tokens * FIGURES // 1_000)
        task = scenario("long_talk", seed=seed, tokens=self.tokens, figures=figures, readers=self.parts)
        model = EmbeddedModel(self.profile, window=self.window, slips=self.slips)
        for pattern in PATTERNS:
            yield measure(task, pattern, seed, model, max_parallel=self.width)


class Shown(Twinned):
    """A comparison as a picture with its words, and a note below it; the twin has the table too."""

    _esm = SCRIPT
    picture = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    table = ""

    def show(self, comparison: Comparison, note: str) -> None:
        """Draw it. The note comes last: it tells the page that the others are there."""
        picture = comparison.chart()
        self.picture = f"data:image/png;base64,{base64.b64encode(picture.png(quick=True)).decode()}"
        self.alt = picture.alt
        self.table = comparison._repr_html_()
        self.note = note

    def twin(self) -> str:
        return f'<img alt="{html.escape(self.alt)}" width="{WIDTH}" src="{self.picture}">{self.table}'


class Sandbox:
    """Sliders over a task and a model, and what each pattern is worth, costs and takes there.

    runs      how many talks are measured in the end, each in every pattern; the first is drawn at once, and the others
              fill in the intervals while you look. Move a slider and it begins again
    settings  where the knobs stand at the beginning: see Settings

    `comparison` is what has been measured so far, as `compare()` makes it. `finish()` waits for the rest of it.

    >>> sandbox = Sandbox(runs=2, tokens=1_000, parts=2)
    >>> len(sandbox.comparison.frame), len(sandbox.finish().comparison.frame)
    (5, 10)
    """

    def __init__(self, runs: int = 12, **settings: Any):
        if not isinstance(runs, int) or runs < 1:
            raise ValueError(f"runs={runs!r}: give a whole number, 1 or more")
        self.runs = runs
        self.knobs = knobs(Settings(**settings))
        for name, value in settings.items():
            knob = self.knobs[name]
            if knob.value != value:
                raise ValueError(f"{name}={value!r}: its slider goes from {knob.min:,} to {knob.max:,}")
        self.shown = Shown()
        self.filling: asyncio.Task[None] | None = None
        self.begin()
        for knob in self.knobs.values():
            knob.observe(self.moved, "value")

    @property
    def settings(self) -> Settings:
        """Where the knobs stand now."""
        return Settings(**{name: knob.value for name, knob in self.knobs.items()})

    @property
    def comparison(self) -> Comparison:
        """Every run so far, at the settings of now."""
        ordered = sorted(self.measured, key=lambda each: (PATTERNS.index(each.pattern), each.seed))
        return Comparison.of(ordered)

    def finish(self) -> Sandbox:
        """Measure what is still missing, and draw it."""
        self.stop()
        for _ in self.rest():
            pass
        return self

    # --- from a moved slider to a picture -----------------------------------------------------------------------------

    def begin(self) -> None:
        """One talk in every pattern, which takes less than a second."""
        self.stop()
        self.measured = list(self.settings.runs(seed=0))
        self.draw()

    def moved(self, _: object) -> None:
        """A knob has another value: what was begun is dropped."""
        self.begin()
        self.fill()

    def fill(self) -> None:
        """Let the rest be measured in between, where there is a loop that can do so, such as a kernel's."""
        self.stop()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self.filling = loop.create_task(self.in_between())

    async def in_between(self) -> None:
        await asyncio.sleep(PAUSE_S)
        for _ in self.rest():
            await asyncio.sleep(BREATH_S)

    def rest(self) -> Iterator[None]:
        """What is missing, a run at a time; drawn now and then, and at the end."""
        done = len(self.measured) // len(PATTERNS)
        self.measured = self.measured[: done * len(PATTERNS)]  # a talk that was given up half-way begins again
        for seed in range(done, self.runs):
            for measured in self.settings.runs(seed):
                self.measured.append(measured)
                yield
            if seed + 1 in (*DRAWN_AT, self.runs):
                self.draw()

    def stop(self) -> None:
        """Give up what is under way."""
        if self.filling is not None:
            self.filling.cancel()
        self.filling = None

    def draw(self) -> None:
        """Show what has been measured."""
        self.shown.show(self.comparison, self.how_far())

    def how_far(self) -> str:
        done = len(self.measured) // len(PATTERNS)
        settings = self.settings
        said = (
            f"{done} of {self.runs} talks of about {settings.tokens:,} tokens, {settings.parts} parts, a window of "
            f"{settings.window:,}, slips {settings.slips:g}, {settings.width} at once; {settings.profile}, seconds and "
            "dollars simulated."
        )
        return said if done == self.runs else f"{said} The intervals fill in."

    # --- in a notebook ------------------------------------------------------------------------------------------------

    def widget(self) -> ipywidgets.Widget:
        """The knobs, and the picture below them."""
        places = ipywidgets.Layout(grid_template_columns="repeat(auto-fit, minmax(340px, 1fr))", max_width="860px")
        return ipywidgets.VBox([ipywidgets.GridBox([*self.knobs.values()], layout=places), self.shown])

    def __repr__(self) -> str:
        return f"<Sandbox, {self.settings}>"

    def _ipython_display_(self) -> None:
        """Two outputs, the widget and its twin: see Twinned."""
        twin = self.shown._repr_mimebundle_()[0]["text/html"]
        data = self.widget()._repr_mimebundle_() | {"text/plain": repr(self)}
        display(data, raw=True)  # type: ignore[no-untyped-call]  # IPython leaves it without types
        display({"text/html": twin}, raw=True)  # type: ignore[no-untyped-call]
        self.fill()


def knobs(at: Settings) -> dict[str, Any]:
    """A control for each setting, which tells Python once it is let go."""
    common = {"style": {"description_width": "130px"}, "layout": ipywidgets.Layout(width="auto")}
    slides = common | {"continuous_update": False}
    return {
        "tokens": ipywidgets.IntSlider(at.tokens, 1_000, 16_000, 1_000, description="task, tokens", **slides),
        "parts": ipywidgets.IntSlider(at.parts, 1, 8, description="parts", **slides),
        "window": ipywidgets.IntSlider(at.window, 2_048, 20_480, 1_024, description="window, tokens", **slides),
        "slips": ipywidgets.FloatSlider(at.slips, min=0, max=3, step=0.5, description="slips", **slides),
        "profile": ipywidgets.Dropdown(
            options=with_prices(), value=at.profile, description="speed and prices", **common
        ),
        "width": ipywidgets.IntSlider(at.width, 1, 8, description="at work at once", **slides),
    }


def with_prices() -> list[str]:
    """The profiles that can be reckoned with: of some models no single price is published."""
    return [name for name, row in published()["models"].items() if row["price"]["usd_per_million_in"] is not None]
