"""The task that a command names, on the bundled material or on the learner's own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ..call import Model
from ..errors import BadSources, OrchestraError
from ..models.embedded import EmbeddedModel
from ..models.endpoint import connect
from ..scenarios import GENERATORS, SCENARIOS, Scenario, scenario
from ..sources import Sources
from ..transcripts import Transcript
from .topics import topic_of


def task_for(
    console: Console,
    name: str,
    given: str | None,
    about: str | None,
    *,
    seed: int = 0,
    out: Path | None = None,
    on_failure: str = "skip",
) -> Scenario:
    """A scenario by name. `given` is a folder of notes, or a talk: a file or an address. A team that publishes does so
    in `out`. What could not be read, or had to be mended, is said."""
    if name in GENERATORS:
        if given or about:
            raise OrchestraError(f"{name} makes its own texts: leave out --input and --about.")
        return scenario(name, seed=seed)
    if given == "":
        raise OrchestraError("--input '' names nothing: give a folder or a file, or leave it out.")
    if given and out and out.is_relative_to(Path(given).resolve()):
        raise OrchestraError(f"{out} lies in {given}, so the next run would read what this one writes: another --out.")
    if name == "content_pipeline":
        return on_notes(console, Path(given), about) if given else scenario(name, **({"about": about} if about else {}))
    if name == "waterfall":
        return on_talk(console, given, about or "", out, on_failure)
    raise OrchestraError(f"There is no task {name!r}. There is: {', '.join((*SCENARIOS, *GENERATORS))}.")


def on_notes(console: Console, folder: Path, about: str | None) -> Scenario:
    """A post about a folder of notes."""
    notes = Sources.of(folder)
    for skipped in notes.skipped:
        console.print(f"[yellow]○[/] {escape(skipped)} is not a note and was left out")
    if not notes.passages:
        raise BadSources(f"There is nothing to read in {folder}.")
    return scenario("content_pipeline", sources=notes, about=about or topic_of(folder, notes))


def on_talk(console: Console, given: str | None, about: str, out: Path | None, on_failure: str) -> Scenario:
    """A talk for five platforms, published in `out`, if that is given."""
    options = {"about": about, "out": out, "on_failure": on_failure, "overwrite": True}  # asked already: see ready()
    if given is None:
        return scenario("waterfall", **options)
    talk = Transcript.of(Path(given) if Path(given).exists() else given)  # a name may look like a text
    for mended in talk.cleaned:
        console.print(f"[dim]○ {escape(mended)}[/]")
    return scenario("waterfall", talk=talk, **options)


def model_for(task: Scenario, spec: str | None, slips: float | None) -> Model:
    """A real model, or the embedded one that the task is meant for: as careless as was asked, if it was."""
    if spec and slips is not None:
        raise OrchestraError(
            f"--slips {slips:g} is for the embedded model, and {spec} is another: leave one of them out."
        )
    if spec:
        return connect(spec)
    if slips is None:
        return task.model or EmbeddedModel()
    settings = asdict(task.model.settings) if isinstance(task.model, EmbeddedModel) else {}
    return EmbeddedModel(**settings | {"slips": slips})
