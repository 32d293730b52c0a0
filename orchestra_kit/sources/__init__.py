"""What a specialist may look things up in: reading notes, cutting them into passages, and finding those that matter."""

from .library import Passage, Sources

__all__ = ["Passage", "Sources"]
