"""Making a sentence shorter without making it wrong: to its first sentences or clauses, or to a headline."""

from __future__ import annotations

import re

from ..words import FUNCTION_WORDS
from .prose import capitalised, is_sentence, points_back

JOINT = re.compile(
    r";\s|,\s(?:which|who|while|whereas|and|but|so|because|since|against|compared|of which|up|down)\b|\s(?:while"
    r"|whereas|because)\s| – |, (?=[a-z]+ing\b)|: "
)


def shortened(text: str, characters: int) -> str:
    """The text if it fits, else as much from its beginning as makes whole sentences or clauses; "" if nothing does."""
    if len(text) <= characters:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?][\"”’)]*(?=\s)", text) if match.end() <= characters]
    if ends and ends[-1] > 30:
        return text[: ends[-1]]
    joints = [match.start() for match in JOINT.finditer(text) if 30 < match.start() < characters]
    for joint in reversed(joints):
        clause = text[:joint].rstrip(" ,;:")
        if is_sentence(clause) and clause.count("(") == clause.count(")") and clause.count('"') % 2 == 0:
            return clause + "."
    return ""


def headline(sentence: str, characters: int) -> str:
    """A sentence as a headline: without its full stop, its opening or what follows a joint; "" if it is too long."""
    if points_back(sentence):
        return ""
    plain = re.sub(r"\s*\([^()]*\)", "", sentence).rstrip(" .!")
    reported = re.sub(
        r"^[^,;]{3,80}?\b(?:reported|said|says|noted|confirmed|found|estimates?|wrote|counted)\b[^,;]{0,40}? that ",
        "",
        plain,
    )
    cut = [whole[: joint.start()] for whole in (plain, reported) for joint in JOINT.finditer(whole)]
    for form in (plain, reported, *cut):
        line = capitalised(form.strip(" ,;:–"))
        if 15 <= len(line) <= characters and line.split()[-1].lower() not in FUNCTION_WORDS and is_sentence(line + "."):
            return line
    return ""
