"""Keys: read from the environment each time a request is signed, kept nowhere, and hidden wherever they come back."""

from __future__ import annotations

import os

from .faults import AuthFailed

PLACEHOLDER = 9  # characters: "EMPTY", "none" and "lm-studio" are given to servers that need no key, and hide nothing
HIDDEN = b"***"


class Key:
    """The key in an environment variable. It knows the name of the variable only, so nothing that holds it can leak."""

    def __init__(self, variable: str, *, needed: bool):
        self.variable, self.needed = variable, needed

    def value(self) -> str:
        """The key, or "" where none is set and none is needed; AuthFailed says which variable to set."""
        key = os.environ.get(self.variable, "") if self.variable else ""
        if not key.strip():
            if self.needed:
                raise AuthFailed(
                    f"there is no key: set the environment variable {self.variable}, and ask again",
                    field=self.variable,
                )
            return ""
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise AuthFailed(
                f"{self.variable} holds a space, a line end or another character that no key has: set it again",
                field=self.variable,
            )
        return key

    def hide(self, data: bytes) -> bytes:
        """The same bytes without the key: endpoints quote it in their errors, and a prompt can make a model say it."""
        key = os.environ.get(self.variable, "").strip().encode() if self.variable else b""
        return data.replace(key, HIDDEN) if len(key) > PLACEHOLDER else data
