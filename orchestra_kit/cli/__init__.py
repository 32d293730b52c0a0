"""The command line: the main job in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from ..errors import OrchestraError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console(highlight=False, soft_wrap=True)


@app.callback()
def main_options() -> None:
    """Learn AI agent orchestration by running it."""


@app.command("demo")
def demo_command(
    scenario: Annotated[str, typer.Argument(help="Which task to run.")] = "content_pipeline",
    input: Annotated[Path | None, typer.Option(help="A folder of notes of your own.")] = None,  # noqa: A002  # the option's name
    about: Annotated[str | None, typer.Option(help="The topic; taken from the notes unless given.")] = None,
    pattern: Annotated[str, typer.Option(help="A pattern, or all.")] = "sequential",
    out: Annotated[Path | None, typer.Option(help="A folder for the articles.")] = None,
    model: Annotated[str | None, typer.Option(help="A real one: ollama:llama3.2, openai:NAME, URL#NAME.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 0,
    slips: Annotated[float, typer.Option(min=0, help="How careless the model is: 0 never, 1 as published.")] = 0.0,
) -> None:
    """Run a task, narrate it, measure it, and write what came out."""
    from .demo import run_demo

    run_demo(console, scenario, input=input, about=about, pattern=pattern, out=out, spec=model, seed=seed, slips=slips)


@app.command("lab")
def lab_command(
    folder: Annotated[Path, typer.Argument(help="Where your copy of the course is, or will be.")] = Path(
        "orchestra_course"
    ),
    browser: Annotated[bool | None, typer.Option(help="Open a browser, or only print the address.")] = None,
    port: Annotated[int | None, typer.Option(help="Where JupyterLab listens.")] = None,
) -> None:
    """Copy the course to a folder of yours, never over your work, and open it in JupyterLab."""
    from .lab import open_lab

    raise SystemExit(open_lab(console, folder, browser=browser, port=port))


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
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"[bold red]✕[/] {escape(str(error))}")
        raise SystemExit(1) from None
