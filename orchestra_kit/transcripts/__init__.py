"""Talks as text: captions and transcripts of every kind, cleaned, with the place of each sentence."""

from .parts import Said
from .transcript import Transcript

__all__ = ["Said", "Transcript"]
