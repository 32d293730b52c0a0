"""The command line: the main job in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markup import escape

from ..errors import OrchestraError
from ..files import ready

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


class Terminal(Console):
    """A console on which no text can move the cursor, change colours or ring the bell: names and talks may come from
    anywhere."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*(visible(each) if isinstance(each, str) else each for each in objects), **options)


def visible(text: str) -> str:
    """The text with a sign in place of each control character.

    >>> visible("a\\x1b[2Jb\\tc")
    'a�[2Jb\\tc'
    """
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in text)


console = Terminal(highlight=False, soft_wrap=True)


@app.callback()
def main_options() -> None:
    """Learn AI agent orchestration by running it."""


@app.command("demo")
def demo_command(
    scenario: Annotated[str, typer.Argument(help="Which task: content_pipeline, waterfall, …")] = "content_pipeline",
    input: Annotated[str | None, typer.Option(help="Your own notes (a folder), or talk (a file).")] = None,  # noqa: A002  # the option's name
    about: Annotated[str | None, typer.Option(help="The topic; found in the input unless given.")] = None,
    pattern: Annotated[str, typer.Option(help="A pattern, or all.")] = "sequential",
    out: Annotated[Path | None, typer.Option(help="A folder for what comes out.")] = None,
    model: Annotated[str | None, typer.Option(help="A real one: ollama:llama3.2, openai:NAME, URL#NAME.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 0,
    slips: Annotated[
        float | None, typer.Option(min=0, help="How careless: 0 never, 1 as published; unless given, as the task says.")
    ] = None,
    on_failure: Annotated[
        Literal["skip", "flag"], typer.Option(help="A piece that fails: leave it out, or show it to you.")
    ] = "skip",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Files in --out may be replaced.")] = False,
) -> None:
    """Run a task, narrate it, measure it, and write what came out."""
    from .demo import run_demo
    from .tasks import model_for, task_for

    out = ready(out, overwrite=overwrite) if out else None
    task = task_for(console, scenario, input, about, seed=seed, out=out, on_failure=on_failure)
    run_demo(console, task, model_for(task, model, slips), pattern=pattern, out=out, seed=seed)


@app.command("compare")
def compare_command(
    task: Annotated[str, typer.Argument(help="Which task to run.")] = "content_pipeline",
    input: Annotated[str | None, typer.Option(help="Notes or a talk of your own: a file or a folder.")] = None,  # noqa: A002  # the option's name
    patterns: Annotated[str, typer.Option(help="Patterns with commas between them, or all.")] = "all",
    runs: Annotated[int, typer.Option(min=1, help="How often each pattern runs.")] = 30,
    seed: Annotated[int, typer.Option(help="Of the first run; the next has the next.")] = 0,
    slips: Annotated[
        float | None, typer.Option(min=0, help="How careless: 0 never, 1 as published; unless given, as the task says.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="A real one: ollama:llama3.2, openai:NAME, URL#NAME.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many runs may go on at once.")] = 1,
    out: Annotated[Path | None, typer.Option(help="A folder for the tables and the charts.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Files in --out may be replaced.")] = False,
    quality: Annotated[float | None, typer.Option(help="What you need at least, 0 to 1.")] = None,
    max_cost: Annotated[float | None, typer.Option(help="What a run may cost, in US dollars.")] = None,
    max_latency: Annotated[float | None, typer.Option(help="What a run may take, in seconds.")] = None,
) -> None:
    """Run a task in several patterns, many times, and say what each costs, what it is worth, and which one to take."""
    from .compare import run_compare

    out = ready(out, overwrite=overwrite) if out else None
    run_compare(
        console, task, input=input, patterns=patterns, runs=runs, seed=seed, slips=slips, spec=model, jobs=jobs,
        out=out, quality=quality, max_cost=max_cost, max_latency=max_latency,
    )  # fmt: skip


@app.command("lab")
def lab_command(
    folder: Annotated[Path, typer.Argument(help="Where your copy of the course is, or will be.")] = Path(
        "orchestra_course"
    ),
    browser: Annotated[bool | None, typer.Option(help="Open a browser, or only print the address.")] = None,
    port: Annotated[int | None, typer.Option(help="Where JupyterLab listens.")] = None,
    projector: Annotated[bool, typer.Option("--projector", help="In large type, for the back row.")] = False,
) -> None:
    """Copy the course to a folder of yours, never over your work, and open it in JupyterLab."""
    from .lab import open_lab

    raise SystemExit(open_lab(console, folder, browser=browser, port=port, projector=projector))


@app.command("editions")
def editions_command(
    out: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Files in it may be replaced.")] = False,
) -> None:
    """Make the editions of the course: for live coding, for learners, with solutions, and pages for the teacher."""
    from .editions import run_editions

    run_editions(console, out, overwrite=overwrite)


@app.command("doctor")
def doctor_command() -> None:
    """Say what works on this machine, and what to do about what does not."""
    from .doctor import examine

    raise SystemExit(examine(console))


def main() -> None:
    """What the command `orchestra-kit` calls. What went wrong is said in one sentence, without a traceback."""
    try:
        app()
    except OrchestraError as error:
        Terminal(stderr=True, highlight=False, soft_wrap=True).print(f"[bold red]✕[/] {escape(str(error))}")
        raise SystemExit(1) from None
