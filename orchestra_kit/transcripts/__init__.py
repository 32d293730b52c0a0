"""Talks as text: captions and transcripts of every kind, cleaned, with the place of each sentence."""

from .transcript import Said, Transcript

__all__ = ["Said", "Transcript"]
