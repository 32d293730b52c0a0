"""The stepper in a notebook."""

from __future__ import annotations

import re
from typing import Any

import traitlets

from ...errors import reason
from ..twinned import Twinned
from .beside import beside, held_against
from .branches import Branch, difference, parting, state, step_of
from .changing import Wish, edits_of, in_words, text_at, verdict_of, waits, wish_in
from .page import page, tell
from .script import CHANGING, CHANGING_STYLE, DRAWING, STYLE, WIDGET, script
from .twin import static_twin
from .view import view
from .ways import WORDS, ways_in


class Stepper(Twinned):
    """One moment of a run in four views: the sentence, the graph, the timeline, the line of code.

    A finished run is stepped, scrubbed and guessed without asking the kernel anything. At the end of a run that is
    still going on, *Step* asks for the next answer: `run.step()`. What other cells do to the run is shown after
    `refresh()`. `index` is the step that is shown, `guesses` what was guessed: pairs of the step, and whether it was
    right. Under the widget stands a picture and a table for where no widget can be drawn; they hide where one can.

    Whoever decides something instead of the orchestrator forks the run there. `branches` are all runs, the original
    first, which is never changed; `branch` is the number of the one that is shown. `fork` makes one in code.

    `estimate` is a run of the same orchestrator, made before: its calls stand in the timeline until this run makes
    them. `baseline` is a run of one agent alone on the same goal.

    Raises TypeError, with advice, for anything that is not a run.
    """

    _esm = script(*DRAWING, *CHANGING, *WIDGET)
    _css = STYLE + CHANGING_STYLE
    story = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    guesses: Any = traitlets.List().tag(sync=True)
    branch = traitlets.Int(0).tag(sync=True)
    tree: Any = traitlets.List().tag(sync=True)  # a line for each branch
    parting = traitlets.Dict().tag(sync=True)  # the branch in `story`, where it leaves the last one, what changed
    ways = traitlets.Dict().tag(sync=True)  # what may be decided about each call, and where that would fork
    words = traitlets.Dict(WORDS).tag(sync=True)  # for each kind of call the words of its buttons

    def __init__(self, run: Any, *, estimate: Any = None, baseline: Any = None):
        if not getattr(run, "events", None) or not hasattr(run, "stop_reason"):
            raise TypeError(f"Stepper({run!r}) wants a run: run = start(orchestrator, goal), then Stepper(run)")
        self._beside = beside(estimate, baseline)
        self._branches = [Branch(run, tell(run))]
        self._told: dict[str, Any] = {"words": WORDS}
        self._differences: dict[tuple[int, int, int], list[Any]] = {}
        self._before = 0  # the branch that was shown before this one
        super().__init__()
        self.refresh()
        self.on_msg(self._heard)
        self.observe(self._show, "branch")

    @property
    def branches(self) -> list[Any]:
        """The run, and after it all its forks in the order in which they were made."""
        return [branch.run for branch in self._branches]

    @property
    def run(self) -> Any:
        """The run that is shown."""
        return self._branches[self.branch].run

    def fork(self, at: int, **edits: Any) -> Any:
        """Fork the run that is shown at event `at`, run the fork on to its end, and show it; the new run.

        The arguments are those of `run.fork`, and so are the errors. What happened before `at` is not asked again.
        """
        return self._fork(self.branch, at, edits)

    def refresh(self) -> None:
        """Show what has happened to the runs since."""
        shown = self._branches[self.branch]
        story = held_against(shown.story(), self._beside)
        story["until"] = max(story["until"], *(branch.run.now_s for branch in self._branches))  # one axis for all
        self._held = story
        self._told |= {
            "story": view(story),
            "ways": ways_in(story),
            "tree": [branch.line(number) for number, branch in enumerate(self._branches)],
            "parting": {
                "branch": self.branch,
                "step": parting(self._branches, self._before, self.branch),
                "changed": self._changed(shown),
            },
        }
        with self.hold_sync():
            for name, told in self._told.items():
                self.set_trait(name, told)

    def _changed(self, shown: Branch) -> list[Any]:
        """What differs from the branch it was forked from, worked out anew only when something has happened."""
        if shown.parent < 0:
            return []
        before = self._branches[shown.parent].run
        now = (self.branch, len(before.events), len(shown.run.events))
        if now not in self._differences:
            self._differences = {now: difference(before, shown.run)}
        return self._differences[now]

    def _show(self, change: Any) -> None:
        self._before = change["old"]
        self.refresh()

    @traitlets.validate("story", "ways", "words", "tree", "parting")
    def _only_as_told_here(self, proposal: Any) -> Any:
        """What is shown is said by the kernel; a page that says something else is not listened to."""
        return self._told[proposal["trait"].name]

    @traitlets.validate("branch")
    def _there_is(self, proposal: Any) -> int:
        if not 0 <= proposal["value"] < len(self._branches):
            raise traitlets.TraitError(f"branch={proposal['value']}: there are {len(self._branches)}, counted from 0")
        return int(proposal["value"])

    def _fork(self, parent: int, at: int, edits: dict[str, Any]) -> Any:
        origin = self._branches[parent]
        fork = origin.run.fork(at, **edits)
        story = origin.story()
        step = step_of(story, at)
        name = in_words(story["members"][story["steps"][step]["member"]]["name"], edits)
        self._branches.append(Branch(fork, tell(fork), name, parent, step))
        try:
            fork.finish()
        finally:  # as far as it came
            with self.hold_sync():
                self.branch = len(self._branches) - 1
        return fork

    # --- what the page asks for ---------------------------------------------------------------------------------------

    def _heard(self, _: Any, message: Any, __: Any) -> None:
        """A button was pressed that needs the kernel. A message is data: whatever is not known is not done."""
        match message:
            case {"do": "step"}:
                self._tell(self._go_on())
            case {"do": "save"}:
                name = re.sub(r"[^\w-]+", "-", str(self.story["title"]))[:60].strip("-") or "run"
                self.send({"page": page(self._held), "name": f"{name}.html"})
            case {"do": "show", "branch": branch} if type(branch) is int and 0 <= branch < len(self._branches):
                self.branch = branch
            case {"do": "text" | "change" as what} if wish := wish_in(message, self.branches):
                self._text(wish) if what == "text" else self._tell(self._change(wish), event=wish.event)

    def _tell(self, problem: str, **wish: int) -> None:
        """Say what there is to see now, and what went wrong; `event` says which wish that answers."""
        self.refresh()
        self.send({"told": True, "problem": problem} | wish)

    def _go_on(self) -> str:
        """One answer more, unless other cells have gone ahead already; what there is to say if none came."""
        if len(self.run.events) > len(self._branches[self.branch].teller.events):
            return ""
        try:
            came = self.run.step()
        except Exception as error:  # noqa: BLE001  # in a widget's callback nobody would ever see it
            return reason(error)
        if came or self.run.outcome is not None:
            return ""
        if state(self.run) != "waits for a person":
            return "Nothing more comes: the recording ends here."
        return "The run waits for a person: decide below, or in a cell, run.decide(Verdict('approve')), and step on."

    def _change(self, wish: Wish) -> str:
        """Do what was wished, in a branch of its own; what there is to say if it went wrong."""
        run = self._branches[wish.branch].run
        try:
            if waits(run, wish):
                event = run.events[wish.event]
                run.decide(verdict_of(wish, event.detail), event.path)
            else:
                self._fork(wish.branch, wish.event, edits_of(run, wish))
        except Exception as error:  # noqa: BLE001  # as above
            return reason(error)
        return ""

    def _text(self, wish: Wish) -> None:
        try:
            self.send({"text": text_at(self._branches[wish.branch].run, wish), "event": wish.event})
        except Exception as error:  # noqa: BLE001  # as above
            self._tell(reason(error), event=wish.event)

    # --- how it is shown ----------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<Stepper of {self.story['title']}: {len(self.story['steps'])} steps>"

    def twin(self) -> str:
        """The timeline as a picture, and the calls as a table."""
        return static_twin(self.run, self._beside)
