"""Taking the markup out of a line of captions: tags, entities, and characters that cannot be seen."""

from __future__ import annotations

import html
import re

CLOCK = r"(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d+)?"
TIME_TAG = re.compile(rf"<({CLOCK})>")
VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>]{1,100})>", re.IGNORECASE)
LINE_BREAK = re.compile(r"<br\s*/?>|\\[Nnh]", re.IGNORECASE)
# Only the tags that captions have: whoever says "a < b and c > d" means it.
TAG = re.compile(r"</?(?:c|v|i|b|u|s|em|strong|font|span|lang|ruby|rt|p|div)(?:[.\s][^<>]{0,300})?>", re.IGNORECASE)
STYLE_CODE = re.compile(r"\{\\[^{}]{0,300}\}|\{[yYcCfFsSpP]:[^{}]{0,300}\}")  # {\an8}, {y:i}

# Zero-width spaces, byte-order marks, soft hyphens and marks of direction. The two joiners are letters' business in
# Persian, Hindi and emoji; beside a Latin letter they only keep a word from being found.
INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
JOINER = re.compile(r"(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])")


def seconds(clock: str) -> float:
    """A time as it stands in a file, in seconds.

    >>> seconds("1:02:03,5"), seconds("12:03"), seconds("123:00:00.000")
    (3723.5, 723.0, 442800.0)
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def visible(text: str) -> str:
    """The text without characters that cannot be seen, with single spaces.

    >>> visible("  zero\\u200b width\\u00a0 ")
    'zero width'
    """
    return " ".join(JOINER.sub("", INVISIBLE.sub("", text)).split())


def plain(markup: str) -> str:
    """A line of captions as it is read on the screen.

    >>> plain(r"{\\an8}<i>Tom</i> &amp; <c.yellow>Ann</c>, 3 < 5")
    'Tom & Ann, 3 < 5'
    """
    text = TAG.sub("", TIME_TAG.sub("", STYLE_CODE.sub("", LINE_BREAK.sub(" ", markup))))
    return visible(html.unescape(text))


def timed_words(markup: str) -> tuple[tuple[str, float], ...]:
    """The words that have a time of their own, with that time.

    >>> timed_words("so<00:00:01.200><c> we</c><00:00:01.500><c> go on</c>")
    (('we', 1.2), ('go', 1.5))
    """
    pieces = TIME_TAG.split(markup)
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return tuple((words[0], seconds(clock)) for clock, text in pairs if (words := plain(text).split()))
