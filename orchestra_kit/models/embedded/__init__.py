"""The embedded model: an offline, extractive model that does real work on the text of its prompt."""

from .model import EmbeddedModel, Settings

__all__ = ["EmbeddedModel", "Settings"]
