"""How long a talk takes to read: a long one, and texts made to keep a pattern looking back again and again.

A pattern that looks back takes the square of the length: four times the text, sixteen times as long. Run it with
`make bench`; it ends with 1 when a figure is over its target.
"""

from __future__ import annotations

import sys
import time
from statistics import median

from orchestra_kit.transcripts import Transcript

MARKS = ("[", "{\\", "<c ", "_a ", "(", "♪")
LENGTH, TIMES = 25_000, 4
MOST_TIMES = 8
WORDS, MOST_S = 30_000, 3  # three hours of talk
SAID = "and then the new boat cost us nine thousand pounds because nobody had asked Maria about the old one so "


def took(text: str) -> float:
    """Seconds to read a text, the middle of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        Transcript.of(text)
        times.append(time.perf_counter() - began)
    return median(times)


def rolling(words: list[str]) -> str:
    """Automatic captions: each line of seven words once as the second line, and again as the first of the next cue."""
    lines = [" ".join(words[start : start + 7]) for start in range(0, len(words), 7)]
    cues = [
        f"{n // 1200:02}:{n // 20 % 60:02}:{n % 20 * 3:02}.000 --> "
        f"{(n + 1) // 1200:02}:{(n + 1) // 20 % 60:02}:{(n + 1) % 20 * 3:02}.000\n{before}\n{line}\n"
        for n, (before, line) in enumerate(zip([" ", *lines], lines, strict=False))
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def main() -> int:
    words = (SAID * (WORDS // 19 + 1)).split()[:WORDS]
    three_hours = took(rolling(words))
    over = three_hours > MOST_S
    print(f"a talk of {WORDS:,} words, rolling captions   {three_hours:5.2f} s   at most {MOST_S} s   "
          f"{'OVER' if over else 'OK'}")  # fmt: skip
    slowest = max((took("Hi. " + mark * (TIMES * LENGTH)) / took("Hi. " + mark * LENGTH), mark) for mark in MARKS)
    over |= slowest[0] > MOST_TIMES
    print(f"{TIMES} times as many marks, such as {slowest[1]!r}   {slowest[0]:5.1f} x   at most {MOST_TIMES} x   "
          f"{'OVER' if slowest[0] > MOST_TIMES else 'OK'}")  # fmt: skip
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
