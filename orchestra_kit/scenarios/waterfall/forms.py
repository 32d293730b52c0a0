"""What each platform asks of a piece, beside its limit: a title, a subject, something for the reader to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .pieces import BLUESKY, COMMUNITY, LINKEDIN, SUBJECT, characters

HEADINGS_FROM = 300  # words of a post
BLOG_WORDS, NEWSLETTER_WORDS = (250, 900), (80, 450)
ASKS = re.compile(
    r"\?|\b(?:reply|tell us|let us know|write to us|come|join|read|watch|listen|hear|sign up|pass it on|share|visit|"
    r"comment|book|register|get in touch)\b",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"(?<!\w)#\w+")


def faults_of(platform: str, text: str, spoken: int) -> Iterator[str]:
    """One answer for each rule of the platform: what is wrong, or "" where it is kept. A talk of few words (`spoken`)
    makes short pieces."""
    lines = [line for line in text.splitlines() if line.strip()] or [""]
    ending = " ".join(line for line in lines[-3:] if not HASHTAG.match(line))
    match platform:
        case "blog":
            yield said(lines[0].startswith("# "), "no title")
            yield within(text, BLOG_WORDS, spoken)
            headings = re.search(r"^## (?!Sources)", text, re.MULTILINE) or len(text.split()) < HEADINGS_FROM
            yield said(bool(headings), "no headings")
        case "newsletter":
            subject = lines[0].removeprefix("Subject: ")
            yield said(lines[0].startswith("Subject: ") and characters(subject) <= SUBJECT, "no subject that fits")
            yield within(text, NEWSLETTER_WORDS, spoken)
            yield said(ASKS.search(ending) is not None, "no call to action at the end")
        case "linkedin":
            yield said(characters(text) <= LINKEDIN, f"more than {LINKEDIN} characters")
            yield said(ASKS.search(ending) is not None, "no question or call at the end")
            yield said(len(HASHTAG.findall(text)) in (1, 2, 3, 4, 5), "not 1 to 5 hashtags")
        case "bluesky":
            yield said(characters(text) <= BLUESKY, f"more than {BLUESKY} characters")
            yield said(len(text.split()) >= 6, "it says nothing")
        case "community":
            yield said(characters(text) <= COMMUNITY, f"more than {COMMUNITY} characters")
            yield said(ASKS.search(ending) is not None, "no question to the members at the end")


def said(kept: bool, fault: str) -> str:
    return "" if kept else fault


def within(text: str, words: tuple[int, int], spoken: int) -> str:
    count, least = len(text.split()), min(words[0], spoken // 3)
    return "" if least <= count <= words[1] else f"{count} words, not {least} to {words[1]}"
