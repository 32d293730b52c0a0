"""Scoring a lead or the like from fields and criteria that the prompt states."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..job import Job
from ..reading import content_words, figures

FIELD = re.compile(r"^\s*[-*•]?\s*(?P<name>[A-Za-z][\w /-]{1,40}?)\s*[:=]\s*(?P<value>\S.*?)\s*$", re.MULTILINE)
POINTS = re.compile(
    r"(?:(?P<sign>[+-])\s?)?(?P<points>\d+)\s*(?:points?|pts)\b|(?P<sign2>[+-])\s?(?P<points2>\d+)\b", re.IGNORECASE
)
LIMIT = re.compile(
    r"(?P<least>at least|over|more than|above|>=?|≥|from|minimum|exceeds?)|(?P<most>at most|under|less than"
    r"|fewer than|below|<=?|≤|up to|within)",
    re.IGNORECASE,
)
RANGE = re.compile(r"\bfrom (?P<low>\d+) to (?P<high>\d+)|\b(?P<low2>\d+)\s?[-–]\s?(?P<high2>\d+)\b")
BY = re.compile(r"\bby\s+(?P<list>[^.\n]+)", re.IGNORECASE)
YES = re.compile(
    r"\b(?:yes|true|urgent|high|immediate(?:ly)?|asap|hot|strong|now|approved|confirmed|decision[- ]maker)\b",
    re.IGNORECASE,
)
NO = re.compile(r"\b(?:no|none|false|low|unknown|not|later|weak|cold|n/a)\b", re.IGNORECASE)


class Criterion(NamedTuple):
    """One line of a scoring scheme."""

    text: str
    points: float


def score(job: Job) -> str | dict[str, Any]:
    """The points, criterion by criterion. A criterion whose field is not stated earns nothing, and is named."""
    stated = job.role + "\n" + job.task + "\n" + job.material.section("CRITERIA", "SCORING", "RULES")
    criteria = criteria_in(stated)
    text = "\n".join(
        sentence.text
        for sentence in job.look(
            *(label for label in job.material.handed_over if label not in ("CRITERIA", "SCORING", "RULES"))
        )
    )
    scheme_lines = {criterion.text for criterion in criteria}
    fields = {
        m["name"].lower(): m["value"]
        for m in FIELD.finditer(text or job.task)
        if m.group().strip(" -*•") not in scheme_lines
    }
    if not criteria:
        listed = BY.search(stated)
        names = re.split(r",\s*(?:and\s+)?|\s+and\s+", listed["list"]) if listed else list(fields)
        criteria = [Criterion(name.strip(), 100 / max(1, len(names))) for name in names if name.strip()]
    lines, total, unknown = [], 0.0, []
    for criterion in criteria:
        verdict, why = _met(criterion.text, fields, text)
        if verdict is None:
            unknown.append(criterion.text)
        total += criterion.points * float(verdict or 0)
        lines.append(f"{criterion.points * float(verdict or 0):+g} {criterion.text} ({why})")
    limits = RANGE.search(stated)
    if limits:
        total = min(max(total, float(limits["low"] or limits["low2"])), float(limits["high"] or limits["high2"]))
    job.how.update(criterion="stated criteria against stated fields", not_stated=unknown)
    if not criteria:
        return "I was given no criteria and no fields to score by."
    answer = "\n".join([f"Score: {total:g}", *(f"- {line}" for line in lines)])
    if job.makes is not None:
        return {"score": round(total), "reason": "; ".join(lines), "reasons": lines, "why": "; ".join(lines)}
    return answer


def criteria_in(text: str) -> list[Criterion]:
    """The lines or clauses that give points.

    >>> criteria_in("Budget over 10,000: 40 points; decision maker: 30 points.")
    [Criterion(text='Budget over 10,000', points=40.0), Criterion(text='decision maker', points=30.0)]
    """
    found = []
    for clause in re.split(r"[\n;]|(?<=points),|(?<=pts),|\.\s", text):
        match = POINTS.search(clause)
        about = (clause[: match.start()] + clause[match.end() :]).strip(" -*•:=(),.+") if match else ""
        if match and about and re.search(r"[a-z]", about, re.IGNORECASE):
            negative = (match["sign"] or match["sign2"]) == "-"
            about = re.sub(
                r"^(?:if|for|when|give|award|add)\s+(?:the\s+)?|\s+(?:gives?|earns?|adds?|is worth|scores?)$",
                "",
                about,
                flags=re.IGNORECASE,
            ).strip()
            found.append(Criterion(about, float(match["points"] or match["points2"]) * (-1 if negative else 1)))
    return found


def _met(criterion: str, fields: dict[str, str], text: str) -> tuple[float | None, str]:
    """How far a criterion is met, 0 to 1, None when nothing is said about it, and what that rests on."""
    about = content_words(criterion)
    name = max(fields, key=lambda field: len(about & content_words(field)), default="")
    if name and about & content_words(name):
        value = fields[name]
    else:
        sentence = max(text.split("\n"), key=lambda line: len(about & content_words(line)), default="")
        if not about & content_words(sentence):
            return None, "not stated"
        name, value = "stated", sentence
    asked, given = figures(criterion), figures(value)
    limit = LIMIT.search(criterion)
    if asked and given:
        met = given[0].value <= asked[0].value if limit and limit["most"] else given[0].value >= asked[0].value
        return float(met), f"{name}: {value}"
    wanted = about - content_words(name)
    if wanted:
        return float(bool(wanted & content_words(value))), f"{name}: {value}"
    return float(not NO.search(value) and bool(given or YES.search(value) or value)), f"{name}: {value}"
