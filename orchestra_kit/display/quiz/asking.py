"""What a quiz and a prediction have in common: a widget of our own, and the same as plain HTML below it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import anywidget
from IPython.display import display

HERE = Path(__file__).parent
STYLE = (HERE / "asking.css").read_text("utf-8")


def script(name: str) -> str:
    """A widget's script: the parts that both share, and its own."""
    return "\n".join((HERE / file).read_text("utf-8") for file in ("asking.js", name))


class Asking(anywidget.AnyWidget):
    """A widget, and below it the same as plain HTML, which the widget's style hides as soon as the widget has drawn.

    So the plain one is seen wherever there is no kernel or no front end: on a code-hosting page, in an exported page,
    in a notebook that is not trusted, and in one that is opened again. (Both in one output would be simpler. But
    JupyterLab picks the widget, and says `model not found` when the kernel it belonged to is gone.)
    """

    _css = STYLE

    def twin(self) -> str:
        """The same as plain HTML, every text escaped."""
        raise NotImplementedError

    def _ipython_display_(self) -> None:
        bundle = self._repr_mimebundle_()
        if bundle is not None:
            show(*bundle)
        show({"text/html": f'<div class="ok-twin">{self.twin()}</div>'})


def show(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
    """An output of the cell, in all the forms that are given."""
    display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]  # IPython leaves it without types


def as_html(text: str) -> str:
    """A text for a page: escaped, and what stands between backticks as code.

    >>> as_html("`a < b` & so on")
    '<code>a &lt; b</code> &amp; so on'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
