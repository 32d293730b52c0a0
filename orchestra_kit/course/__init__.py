"""The course around the notebooks: exercises that are checked on the learner's own run, and hints."""

from .checking import check, hint

__all__ = ["check", "hint"]
