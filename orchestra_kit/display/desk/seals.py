"""Which decisions are ours: for every review that waits at a desk there is one secret, good for one decision.

A seal belongs to one desk, and so to one run, to one event of it and to the work as it was shown. What is written in a
document, what was captured elsewhere or is sent a second time carries no seal that holds.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Seal:
    """One review as it was shown: the number of the event that asked, and the fingerprint of the work."""

    event: int
    digest: str
    secret: str = field(repr=False, default_factory=lambda: secrets.token_hex(SECRET_BYTES))

    def opened_by(self, secret: str) -> bool:
        return compare_digest(self.secret, secret)


class Seals:
    """The seals of one desk. They are given to the page of that desk and to nobody else."""

    def __init__(self) -> None:
        self._live: list[Seal] = []
        self._broken: list[Seal] = []

    def renew(self, waiting: Iterable[tuple[int, str]]) -> None:
        """Keep the seals of what still waits as it was shown, break the others, and make those that are missing."""
        kept = {(seal.event, seal.digest): seal for seal in self._live}
        now = [kept.pop(key) if key in kept else Seal(*key) for key in waiting]
        self._broken += kept.values()
        self._live = now

    def holding(self, secret: str) -> Seal | None:
        """The seal that this secret opens now."""
        return next((seal for seal in self._live if seal.opened_by(secret)), None)

    def broken(self, secret: str) -> Seal | None:
        """The seal that it opened once."""
        return next((seal for seal in self._broken if seal.opened_by(secret)), None)

    def spend(self, seal: Seal) -> None:
        """A seal is good for one decision."""
        self._live.remove(seal)
        self._broken.append(seal)

    def for_the_page(self) -> list[dict[str, Any]]:
        """What the page must know to decide. It goes there as a message and is kept in no state and no output."""
        return [{"event": seal.event, "digest": seal.digest, "secret": seal.secret} for seal in self._live]
