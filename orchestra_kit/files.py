"""Writing several files so that all of them appear, or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import OrchestraError


def write_together(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Write files into a folder, which is made if need be; their names. Everything is on the disk beside the folder
    before the first name in it changes, so a full disk or a Ctrl-C leaves what was there as it was."""
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (draft / name).write_bytes(content.encode() if isinstance(content, str) else content)
            if folder.exists():
                for name in files:
                    (draft / name).replace(folder / name)
            else:
                draft.chmod(0o755)
                draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise OrchestraError(
            f"{folder} cannot be written: {error.strerror or error}. Give another folder: --out"
        ) from error
    return list(files)
