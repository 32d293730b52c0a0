"""The file in which the predictions of a learner are kept from one notebook to the next: `my-predictions.json`.

It lies in the folder in which the notebook runs, and belongs to the learner, who may read it and delete it. It holds
what was asked, what was predicted, how surely, and what came out; nothing else, and nothing of it goes anywhere. A
file of that name which is something else is left as it is, and that is said.

Outside of a notebook there is no such file. ORCHESTRA_KIT_PREDICTIONS names another one; empty, it means none at all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

NAME = "my-predictions.json"
ELSEWHERE = "ORCHESTRA_KIT_PREDICTIONS"
MOST = 1_000  # predictions; the course has some forty
MOST_BYTES = 1_000_000
LONGEST = 500  # characters of a text

told: set[str] = set()  # what has been said already: once is enough


def clipped(text: str) -> str:
    """A text as the file can hold it.

    >>> len(clipped("How many? " * 100))
    500
    """
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST]


Text = Annotated[str, AfterValidator(clipped)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Prediction(Strict):
    """What was really predicted, and what came out."""

    name: Text
    question: Text
    predicted: Text
    confidence: float = Field(ge=0.5, le=1)
    came_out: Text
    right: bool


class Predictions(Strict):
    """The whole file. The first field says what it is, to people and to us."""

    what: Literal["my predictions in the orchestra_kit course"] = "my predictions in the orchestra_kit course"
    predictions: Annotated[list[Prediction], Field(max_length=MOST)]


class NotUsed(Exception):
    """Why a file is left as it is."""


def place() -> Path | None:
    """Where the file is, or will be; None where there is to be none."""
    if ELSEWHERE in os.environ:
        return Path(os.environ[ELSEWHERE]) if os.environ[ELSEWHERE] else None
    return Path(NAME) if in_a_notebook() else None


def in_a_notebook() -> bool:
    """Whether a kernel runs this: a script and a test leave no files behind."""
    from IPython import get_ipython

    return hasattr(get_ipython(), "kernel")


def read() -> list[Prediction]:
    """What the file holds; nothing where it cannot be read, and then the learner is told why."""
    path = place()
    if path is None:
        return []
    try:
        return open_file(path)
    except (OSError, NotUsed) as error:
        tell(path, error)
        return []


def write(predictions: Sequence[Prediction]) -> None:
    """Put these in the place of what the file holds: as a whole or, with the reason, not at all."""
    path = place()
    if path is None:
        return
    try:
        open_file(path)  # what is not ours is not overwritten
        if not predictions:
            path.unlink(missing_ok=True)
        else:
            text = Predictions.model_construct(predictions=list(predictions)).model_dump_json(indent=1) + "\n"
            if len(predictions) > MOST or len(text.encode()) > MOST_BYTES:
                raise NotUsed("it is full")
            replace(path, text)
    except (OSError, NotUsed) as error:
        tell(path, error)


def open_file(path: Path) -> list[Prediction]:
    """The predictions in a file, none if there is no file; NotUsed or OSError for anything else."""
    if not os.path.lexists(path):
        return []
    if not path.is_file():
        raise NotUsed("it is no file")
    with path.open("rb") as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise NotUsed(f"it is larger than {MOST_BYTES:,} bytes")
    try:
        return Predictions.model_validate_json(text).predictions
    except ValidationError as error:
        found = error.errors()[0]
        where = ".".join(map(str, found["loc"])) or "the whole"
        raise NotUsed(f"it holds something else ({where}: {found['msg']})") from None


def replace(path: Path, text: str) -> None:
    """Write a file so that it is there as a whole or not at all."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def tell(path: Path, error: OSError | NotUsed) -> None:
    """Say once why predictions are not kept from one notebook to the next."""
    why = (error.strerror or error) if isinstance(error, OSError) else error
    sentence = (
        f"{path.name} is left as it is: {why}. Your predictions are kept as long as this notebook runs. "
        "Move that file away, and the next ones are kept for the whole course."
    )
    if sentence not in told:
        told.add(sentence)
        print(sentence)
