"""What a reader sees of a picture: everything that is written, where it stands, and whether it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from matplotlib.colors import to_rgb
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from orchestra_kit.display import Picture
from orchestra_kit.display.picture import drawing


def texts(picture: Picture) -> Iterator[Text]:
    """Everything that is written: in the axes, in the key, and the numbers on the axes."""
    for axes in picture.figure.axes:
        yield from axes.texts
        if axes.axison:
            for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, sorted(axes.get_ylim()))):
                yield axis.label
                labels = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
                yield from (label for at, label in labels if low <= at <= high)  # the others are not drawn


def extents(picture: Picture) -> list[tuple[str, Bbox]]:
    with drawing():
        picture.figure.draw_without_rendering()
        return [(text.get_text(), text.get_window_extent()) for text in texts(picture) if text.get_text()]


def assert_legible(picture: Picture) -> None:
    """No text leaves the figure, none stands on another, and none is smaller than 11 pixels."""
    inside = picture.figure.bbox
    boxes = extents(picture)
    for text, box in boxes:
        corners = [(box.x0, box.y0), (box.x1, box.y1)]
        assert all(inside.contains(*corner) for corner in corners), f"{text!r} leaves the figure: {corners}"
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not Bbox.intersection(a.padded(-1), b.padded(-1)), f"{one!r} and {other!r} overlap"
    smallest = min(text.get_fontsize() * 100 / 72 for text in texts(picture))
    assert smallest >= 11, f"a text is {smallest:.1f} pixels high"


def assert_readable_on_parts(picture: Picture) -> None:
    """What is written on a bar differs enough from its colour for every reader: 4.5 to 1, as the WCAG ask."""
    with drawing():
        picture.figure.draw_without_rendering()
        parts = [(part, part.get_window_extent()) for axes in picture.figure.axes for part in axes.patches]
        for text in texts(picture):
            box = text.get_window_extent()
            x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            under = [part for part, at in parts if at.x0 < x < at.x1 and at.y0 < y < at.y1 and part.get_gid()]
            for part in under if text.get_text() else []:
                assert contrast(text.get_color(), part.get_facecolor()) >= 4.5, f"{text.get_text()!r} is hard to read"


def contrast(one: Any, other: Any) -> float:
    """How well one colour is read on another: from 1 to 21, as the WCAG 2.2 define it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Any) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def artists(picture: Picture) -> dict[str, Any]:
    """What was drawn of the measurements, by the name it was given."""
    return {
        str(artist.get_gid()): artist
        for axes in picture.figure.axes
        for artist in (*axes.lines, *axes.patches)
        if artist.get_gid()
    }


def words(picture: Picture) -> set[str]:
    return {text.get_text() for text in texts(picture)}
