"""Writing several files so that all of them appear, or none, and over nothing that is somebody else's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import OrchestraError


def ready(folder: Path, *, overwrite: bool = False) -> Path:
    """The folder, if files can be written there and it is new or empty; OrchestraError if not. `overwrite`: files in it
    may be replaced. Asked before the work begins, so that no work is done for nothing."""
    folder = folder.expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise OrchestraError(f"{folder} is a file. Give the name of a folder.")
    try:
        if not overwrite and folder.exists() and any(folder.iterdir()):
            raise OrchestraError(
                f"{folder} is not empty, and nothing in it is to be lost. Give a new folder, or say that files of the "
                "same names may be replaced: --overwrite (in Python, overwrite=True)."
            )
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        tempfile.TemporaryDirectory(dir=nearest).cleanup()
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    return folder


def write_together(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Write files into a folder, which is made if need be; their names. Everything is on the disk beside the folder
    before the first name in it changes, so a full disk or a Ctrl-C leaves what was there as it was."""
    folder = folder.expanduser().resolve()
    try:
        for name in files:
            if (folder / name).is_dir():
                raise OrchestraError(f"{folder / name} is a folder, and a file is to be written there. Move it away.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                (draft / name).write_bytes(content.encode() if isinstance(content, str) else content)
            if folder.exists():
                for name in files:
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (draft / name).replace(folder / name)
            else:
                draft.chmod(0o755)
                draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    return list(files)


def cannot_be_written(folder: Path, error: OSError) -> OrchestraError:
    return OrchestraError(f"{folder} cannot be written: {error.strerror or error}. Give another folder")
