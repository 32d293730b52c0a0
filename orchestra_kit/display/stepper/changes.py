"""What has changed between two drafts: the words that went, the words that came, and a few around them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*")
AROUND = 6  # words kept on each side of a change, so that its place is recognised
MOST_WORDS = 4_000  # beyond that a comparison takes too long to be waited for

Changes = list[list[str]]  # each a pair: "same", "out", "in" or "gap", and the words


def changes(before: str, after: str) -> Changes | None:
    """The changes, in order; [] if there are none. None where nearly everything is new, or there is too much.

    >>> changes("Cats sleep 12 hours.", "Cats sleep 13 hours.")
    [['same', 'Cats sleep '], ['out', '12 '], ['in', '13 '], ['same', 'hours.']]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    if before == after:
        return []
    if max(len(old), len(new)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < 0.4 or matcher.quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        return None
    found: Changes = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            found += around(new[j1:j2], first=not found, last=j2 == len(new))
            continue
        found += [["out", "".join(old[i1:i2])]] if i2 > i1 else []
        found += [["in", "".join(new[j1:j2])]] if j2 > j1 else []
    return found


def around(words: list[str], *, first: bool, last: bool) -> Changes:
    """The ends of a stretch that stayed as it was, nearest to the changes beside it."""
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after + 4:
        return [["same", "".join(words)]]
    ends = [["same", "".join(words[:before])], ["gap", f"{len(words) - before - after:,} words unchanged"]]
    ends.append(["same", "".join(words[len(words) - after :])])
    return [piece for piece in ends if piece[1]]
