"""How an executed notebook is stored: without views of widgets, whose kernel is gone when it is opened again.

Under each widget stands its twin, a picture or plain HTML, and that is kept. A view without a kernel would show an
error in its place, and its random name would make every stored notebook differ from the last.
"""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor

VIEW = "application/vnd.jupyter.widget-view+json"


class WithoutViews(Preprocessor):
    """Takes the views of widgets out of a notebook's outputs, for `jupyter nbconvert`; what they say as text stays."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """The cell without views."""
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
        return cell, resources
