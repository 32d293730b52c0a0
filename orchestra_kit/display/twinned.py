"""A widget, and below it the same as a picture or plain HTML, for wherever no widget can be drawn."""

from __future__ import annotations

import hashlib
from typing import Any

import anywidget
import traitlets
from IPython.display import display


class Twinned(anywidget.AnyWidget):
    """Two outputs of a cell: the widget, and its twin, which hides as soon as the widget has drawn.

    So the twin is what is seen on a code-hosting page, in a PDF, in a notebook that is not trusted, and in one that is
    opened again without its kernel. (Both in one output would be simpler. But JupyterLab picks the widget, and says
    `model not found` when the kernel it belonged to is gone.)
    """

    mark = traitlets.Unicode().tag(sync=True)  # by which the widget finds its twin: made of what the twin shows, so
    # that a notebook that is run again shows the same

    def twin(self) -> str:
        """The same as HTML that needs no script, every text escaped."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget for a front end that has widgets, and the twin for one that has not."""
        bundle: Any = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        twin = self.twin()
        self.mark = hashlib.sha256(twin.encode("utf-8", "replace")).hexdigest()[:16]
        return (data or {}) | {"text/html": f'<div class="ok-twin-{self.mark}">{twin}</div>'}, metadata

    def _ipython_display_(self, **kwargs: Any) -> None:
        data, metadata = self._repr_mimebundle_(**kwargs)
        twin = data.pop("text/html")
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]  # IPython leaves it without types
        display({"text/html": twin}, raw=True)  # type: ignore[no-untyped-call]
