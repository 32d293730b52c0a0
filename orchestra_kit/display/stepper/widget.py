"""The stepper in a notebook."""

from __future__ import annotations

import re
import secrets
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from .page import page, tell
from .script import DRAWING, STYLE, script
from .twin import static_twin


class Stepper(anywidget.AnyWidget):
    """One moment of a run in four views: the sentence, the graph, the timeline, the line of code.

    A finished run is stepped, scrubbed and guessed without asking the kernel anything. At the end of a run that is
    still going on, *Step* asks for the next answer: `run.step()`. What other cells do to the run is shown after
    `refresh()`. `index` is the step that is shown, `guesses` what was guessed: pairs of the step, and whether it was
    right. Under the widget stands a picture and a table for where no widget can be drawn; they hide where one can.

    Raises TypeError, with advice, for anything that is not a run.
    """

    _esm = script(*DRAWING, "widget")
    _css = STYLE
    story = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    guesses: Any = traitlets.List().tag(sync=True)
    mark = traitlets.Unicode().tag(sync=True)

    def __init__(self, run: Any):
        if not getattr(run, "events", None) or not hasattr(run, "stop_reason"):
            raise TypeError(f"Stepper({run!r}) wants a run: run = start(orchestrator, goal), then Stepper(run)")
        self.run, self._teller = run, tell(run)
        super().__init__(story=self._told(), mark=secrets.token_hex(8))
        self.on_msg(self._heard)

    def refresh(self) -> None:
        """Show what has happened to the run since."""
        for event in self.run.events[len(self._teller.events) :]:
            self._teller.tell(event)
        self.story = self._told()

    def _told(self) -> dict[str, Any]:
        return self._teller.story(simulated=self.run.simulated, stop=self.run.stop_reason)

    def _heard(self, _: Any, message: Any, __: Any) -> None:
        """The learner pressed Step at the end of the story, or Save. A message is data: only these two are known."""
        match message:
            case {"do": "step"}:
                problem = self._go_on()
                self.refresh()
                self.send({"told": True, "problem": problem})
            case {"do": "save"}:
                name = re.sub(r"[^\w-]+", "-", str(self.story["title"]))[:60].strip("-") or "run"
                self.send({"page": page(self.story), "name": f"{name}.html"})

    def _go_on(self) -> str:
        """One answer more, unless other cells have gone ahead already; what there is to say if none came."""
        if len(self.run.events) > len(self._teller.events):
            return ""
        try:
            came = self.run.step()
        except Exception as error:  # noqa: BLE001  # in a widget's callback nobody would ever see it
            return f"{type(error).__name__}: {error}"
        if came or self.run.outcome is not None:
            return ""
        return "The run waits for a person. Decide it in a cell: run.decide(Verdict('approve')), then press Step again."

    def __repr__(self) -> str:
        return f"<Stepper of {self.story['title']}: {len(self.story['steps'])} steps>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget for a front end that has widgets, and the picture with its table for one that has not."""
        bundle: Any = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return data | {"text/html": static_twin(self.run, self.mark)}, metadata

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Two outputs: a notebook that is opened again without its kernel can draw no widget, and shows the second."""
        data, metadata = self._repr_mimebundle_(**kwargs)
        twin = data.pop("text/html")
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": twin, "text/plain": repr(self)}, raw=True)  # type: ignore[no-untyped-call]
