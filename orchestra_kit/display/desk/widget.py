"""The review desk in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from ...errors import reason
from ...messages import Verdict
from ..stepper.script import STYLE, script
from ..stepper.texts import clean
from ..twinned import Twinned
from .cases import Case, Waiting, cases, waiting
from .checking import Checking, measured
from .decisions import Click, Decided, Refused, as_table, now
from .seals import Seal, Seals
from .standing import standing
from .twin import static_twin
from .work import written

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).parent / "script"
OURS = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in ("evidence", "deciding", "desk"))
NOT_OURS = (
    "The key of that decision opens no review that waits at this desk: it belongs to another run, another desk, or to "
    "nobody. It was refused, and nothing was decided."
)
TOO_LATE = "That review has been decided already, so this decision came too late and changes nothing."
CHANGED = (
    "The work is not the one that was shown with that decision, so nothing was decided. Read what stands here now, "
    "and decide again."
)
NO_NOTE = "A rejection needs a note: say what is to be changed. Whoever made it is told your note."
DONE = {
    "approve": "Approved.",
    "reject": "Sent back with your note.",
    "edit": "Your version takes the place of the work.",
    "skip": "Left out.",
}


class ReviewDesk(Twinned):
    """What waits for a person: why, the work, its checks and its context; approve, reject with a note, edit, or skip.

    run     a run that goes on, waits or is over. It goes on by itself: to its next review when the desk is made, after
            each decision, and at `refresh()`. What goes wrong meanwhile is said on the desk, in a sentence
    checks  a function of the work that returns Checks, such as `scenario(...).check`. Without it: whether there is
            anything, and which of its figures do not stand in what its maker was given

    A decision counts only if it comes from a button of this desk, for a review that waits now, and for the work as it
    was shown: no text in a document, no replay, no other run can decide. `decisions` lists what was decided here. In
    Python the same is `run.decide(Verdict(...))`; call `refresh()` after it. Under the widget stands the same as plain
    text, for where no widget can be drawn; it hides where one can.

    Raises TypeError, with advice, for anything that is not a run, and for checks that cannot be called.
    """

    _esm = "\n".join([script("elements"), OURS])
    _css = STYLE + (HERE / "desk.css").read_text("utf-8")
    page: Any = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, run: Any, checks: Checking | None = None):
        if not getattr(run, "events", None) or not hasattr(run, "decide"):
            raise TypeError(f"ReviewDesk({run!r}) wants a run: run = start(orchestrator, goal), then ReviewDesk(run)")
        if checks is not None and not callable(checks):
            raise TypeError(f"checks={checks!r} cannot be called: give the function itself, such as checks=task.check")
        self._run, self._checks, self._seals = run, checks, Seals()
        self._decided: list[Decided] = []
        self._cases: dict[tuple[int, str], Case] = {}  # by event and fingerprint: checks are made once
        self._problem, self._page = "", dict[str, Any]()
        super().__init__()
        self.on_msg(self._heard)
        self.refresh()

    @property
    def run(self) -> Any:
        """The run whose reviews are decided here."""
        return self._run

    @property
    def decisions(self) -> pd.DataFrame:
        """A row for each decision made here, in order: run, event (the number of the one that asked), path, decision,
        note, digest (of the work as it was shown), when (UTC), accepted, and why not."""
        return as_table(self._decided)

    def refresh(self) -> None:
        """Let the run go on to its next review, and show what waits: call it after other cells have decided."""
        self._go_on()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _go_on(self, said: str = "", verdict: Verdict | None = None, path: str = "", *, refused: bool = False) -> None:
        """Give the run its verdict, and let it go on to the next review or the end, whatever happens on the way."""
        self._problem = ""
        self._show(said, works=True, refused=refused)
        try:
            if verdict is not None:
                self.run.decide(verdict, job=path)
            self.run.finish()
        except Exception as error:  # noqa: BLE001  # in a widget's callback nobody would ever see it
            self._problem = reason(error)
        finally:  # a Ctrl-C passes through, and leaves a desk that can be used
            self._show(said, refused=refused)

    def _show(self, said: str = "", *, works: bool = False, refused: bool = False) -> None:
        """Draw the desk anew, and give the page the seals of what it shows."""
        reviews = waiting(self.run)
        self._seals.renew((review.event, review.digest) for review in reviews)
        self._page = {
            "title": clean(self.run.events[0].path), "simulated": self.run.simulated, "works": works,
            "state": standing(self.run, self._problem, works=works), "cases": self._drawn(reviews),
            "said": {"text": said, "refused": refused, "number": self._page.get("said", {}).get("number", 0) + 1},
            "decided": [self._told(each) for each in self._decided if each.accepted],
        }  # fmt: skip
        self.page = self._page
        self._hand_out_keys()

    def _drawn(self, reviews: list[Waiting]) -> list[dict[str, Any]]:
        """The cases with their checks; those that were drawn before are taken as they are."""
        fresh = [review for review in reviews if (review.event, review.digest) not in self._cases]
        for case, review in zip(cases(self.run, fresh), fresh, strict=True):
            rows, problem = measured(review.work, case.given, self._checks)
            drawn = case.drawn | {"checks": rows, "checks_problem": problem}
            self._cases[review.event, review.digest] = case._replace(drawn=drawn)
        return [self._cases[review.event, review.digest].drawn for review in reviews]

    def _told(self, decided: Decided) -> list[str]:
        """A decision as the desk lists it: what was decided, on which question, with which note."""
        asked = self._cases[decided.event or 0, decided.digest].drawn["why"]
        return [decided.decision, asked or decided.path, decided.note]

    def _hand_out_keys(self) -> None:
        self.send({"keys": self._seals.for_the_page()})

    @traitlets.validate("page")
    def _only_as_drawn_here(self, _: Any) -> dict[str, Any]:
        """What is shown is said by the kernel; a page that says something else is not listened to."""
        return self._page

    # --- what is decided ---------------------------------------------------------------------------------------------

    def _heard(self, _: Any, message: Any, buffers: Any) -> None:
        """A page has opened and needs its keys, or somebody has decided. Whatever else comes is refused."""
        if message == {"do": "open"} and not buffers:
            self._hand_out_keys()
            return
        click = None
        try:
            click = Click.read(message, buffers)
            seal, review = self._sealed(click)
            verdict = self._verdict(click, review)
        except Refused as refused:
            self._refuse(click, str(refused))
            return
        self._seals.spend(seal)
        self._note_down(click)
        self._go_on(DONE[verdict.decision], verdict, review.path)

    def _sealed(self, click: Click) -> tuple[Seal, Waiting]:
        """The seal that a decision carries, and the review it is for: both must hold now."""
        seal = self._seals.holding(click.secret)
        if seal is None:
            raise Refused(TOO_LATE if self._seals.broken(click.secret) else NOT_OURS)
        if (click.event, click.digest) != (seal.event, seal.digest):
            raise Refused(NOT_OURS if click.event != seal.event else CHANGED)
        review = next((review for review in waiting(self.run) if review.event == seal.event), None)
        if review is None:
            raise Refused(TOO_LATE)
        if review.digest != seal.digest:
            raise Refused(CHANGED)
        return seal, review

    def _verdict(self, click: Click, review: Waiting) -> Verdict:
        """The verdict that a decision comes to. One that lacks something is refused, and its seal holds on."""
        if click.decision == "reject" and not click.note:
            raise Refused(NO_NOTE)
        if click.decision != "edit":
            return Verdict(click.decision, click.note)
        makes = self._cases[review.event, review.digest].makes
        try:
            return Verdict("edit", click.note, written(click.work or "", review.work, makes))
        except ValueError as fault:
            raise Refused(str(fault)) from None

    def _refuse(self, click: Click | None, why: str) -> None:
        self._note_down(click, why)
        if why == TOO_LATE:  # another cell has decided, and the run may not have gone on
            self._go_on(why, refused=True)
        else:
            self._show(why, refused=True)

    def _note_down(self, click: Click | None, why: str = "") -> None:
        """Remember a decision, or that it was refused and why. Of a message of another shape nothing can be said."""
        events = self.run.events
        about: tuple[int | None, str, str, str, str] = (None, "", "", "", "")
        if click is not None:
            path = events[click.event].path if 0 <= click.event < len(events) else ""
            about = (click.event, path, click.decision, click.note, click.digest)
        self._decided.append(Decided(events[0].path, *about, now(), not why, why))

    # --- how it is shown ---------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<ReviewDesk of {self._page['title']}: {self._page['state']['text']}>"

    def twin(self) -> str:
        """What waits as plain text, and the line that decides it."""
        return static_twin(self._page)
