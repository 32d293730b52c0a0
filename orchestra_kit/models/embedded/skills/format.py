"""Formatting: Markdown with YAML front matter. The body stays word for word as it came."""

from __future__ import annotations

import json
import re
from typing import Any

from ..figures import figures
from ..job import Job
from ..sentences import FRONT_MATTER, sentences
from ..words import content_words, names
from .headlines import shortened
from .phrases import key_phrases
from .phrasing import is_scaffolding
from .plot import DOCUMENT_TITLE, SOURCES_HEADING
from .prose import capitalised, count_words, is_sentence
from .review import the_work

NOTHING = "I was given no text to format."
DESCRIPTION = 160  # characters that a search engine shows
FEWEST_TAGS, MOST_TAGS = 3, 6
DATE = re.compile(
    r"\b(?:date|dated|publish(?:ed)?(?: on)?|today is|as of)\b\W{0,3}(?P<date>\d{4}-\d{2}-\d{2}"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})",
    re.IGNORECASE,
)
WORD_COUNT = re.compile(r"word[ _-]?count|number of words|reading time", re.IGNORECASE)
SOURCE_LIST = re.compile(
    r"^#{1,6}\s*(?:Sources|References)\s*\n+(?P<items>(?:\s*(?:[-*•]|\d+[.)])\s+.+\n?)+)", re.IGNORECASE | re.MULTILINE
)
ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(?P<item>.+?)\s*$", re.MULTILINE)
PLAIN_YAML = re.compile(r"[A-Za-z][\w' ,()/&.–-]*")
BARE_FIELDS, BARE_VALUE = ("date", "word_count"), re.compile(r"[\d-]+")
YAML_WORDS = frozenset("true false yes no on off null y n".split())
LABEL_LINE = re.compile(r"\A(?:title|subject|headline):\s*(?P<title>.+)\n+", re.IGNORECASE)
UNDERLINED_TITLE = re.compile(r"\A(?P<title>[^\n]{3,100})\n=+\s*\n")
SUMMARY_WORDS = re.compile(r"\bsummary\b", re.IGNORECASE)


def format(job: Job) -> str | dict[str, Any]:  # noqa: A001  # a skill's function has the skill's name
    """The text as Markdown with front matter."""
    _, work = the_work(job.material)
    if not work.strip():
        return NOTHING
    text = formatted(work, f"{job.role}\n{job.task}" if work != job.task else job.role, job.material.prompt)
    return {"title": title_of(work), "body": text} if job.makes is not None else text


def formatted(work: str, asked: str, prompt: str = "") -> str:
    """Front matter, one title, the body untouched. A text that has front matter already keeps its own."""
    work = as_text(work)
    if FRONT_MATTER.match(work.lstrip()):
        return work.strip()
    title, body = title_of(work), without_title(work).strip()
    summary = description(body)
    fields: list[tuple[str, str | list[str]]] = [("title", title)]
    if dated := DATE.search(prompt or asked):
        fields.append(("date", dated["date"]))
    if summary:
        fields.append(
            ("summary" if SUMMARY_WORDS.search(asked) and "description" not in asked else "description", summary)
        )
    fields.append(("tags", tags(title, body)))
    if sources := sources_of(body):
        fields.append(("sources", sources))
    if WORD_COUNT.search(asked):
        fields.append(("word_count", str(count_words(body))))
    front = "\n".join(_field(name, value) for name, value in fields if value)
    return f"---\n{front}\n---\n\n# {title}\n\n{body}"


def as_text(work: str) -> str:
    """A typed draft as Markdown."""
    if not work.lstrip().startswith("{"):
        return work
    try:
        value = json.loads(work)
    except ValueError:
        return work
    body = value.get("body") if isinstance(value, dict) else None
    return (
        f"# {value.get('title', '')}\n\n{body}"
        if isinstance(body, str) and value.get("title")
        else body
        if isinstance(body, str)
        else work
    )


def title_of(work: str) -> str:
    """The title a text gives itself, or what it turns on."""
    text = as_text(work)
    for pattern in (DOCUMENT_TITLE, LABEL_LINE, UNDERLINED_TITLE):
        if match := pattern.search(text.lstrip()):
            return match["title"].strip().strip("*_")
    first = text.strip().split("\n", 1)[0].strip("# *_")
    if count_words(first) <= 12 and "\n" in text.strip() and not is_sentence(first):
        return first.rstrip(".:")
    return capitalised(" and ".join(key_phrases(text)[:2])) or "Untitled"


def without_title(work: str) -> str:
    """The body: everything but the title line."""
    text = as_text(work).lstrip()
    for pattern in (DOCUMENT_TITLE, LABEL_LINE, UNDERLINED_TITLE):
        if match := pattern.search(text):
            return text[: match.start()] + text[match.end() :]
    first, _, rest = text.strip().partition("\n")
    return rest if rest and first.strip("# *_").rstrip(".:") == title_of(work) else text


def description(body: str) -> str:
    """The first sentence that fits, or the clause it begins with; none if nothing does."""
    for sentence in sentences(body):
        if (
            is_sentence(sentence.text)
            and not is_scaffolding(sentence.text)
            and (short := shortened(sentence.text, DESCRIPTION))
        ):
            return short
    return ""


def tags(title: str, body: str) -> list[str]:
    """Up to six terms that the text turns on, those of the title first: phrases and words that come again and again;
    where they are few, whole names, and the words of the title."""
    prose = " ".join(sentence.text for sentence in sentences(body) if not SOURCES_HEADING.match(sentence.heading))
    terms = [title] if 1 < count_words(title) <= 3 else []
    again = key_phrases(prose, alone=3)
    terms += sorted(again, key=lambda term: not content_words(term) & content_words(title))
    spare = [name for name in names(prose) if " " in name and name.replace(" ", "").isalpha()]
    spare += key_phrases(prose, alone=2)
    spare += [word for word in re.findall(r"[^\W\d_]{4,}", title) if content_words(word) and not figures(word)]
    chosen: list[str] = []
    for n, term in enumerate([*terms, *spare]):
        known = any(content_words(term) & content_words(other) for other in chosen)
        if not known and len(chosen) < (MOST_TAGS if n < len(terms) else FEWEST_TAGS):
            chosen.append(term.lower())
    return [re.sub(r"[^\w -]", "", term) for term in chosen]


def sources_of(body: str) -> list[str]:
    """The items of the text's own list of sources."""
    listed = SOURCE_LIST.search(body)
    return [match["item"] for match in ITEM.finditer(listed["items"])] if listed else []


def _field(name: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"{name}:\n" + "\n".join(f"  - {quoted(item)}" for item in value)
    bare = name in BARE_FIELDS and BARE_VALUE.fullmatch(value)
    return f"{name}: {value if bare else quoted(value)}"


def quoted(value: str) -> str:
    r"""A text as a YAML scalar: plain where nothing in it has a meaning for YAML, else in quotes.

    >>> print(quoted("Honey"), quoted("Bees: a guide"), quoted('The "hive"'), quoted("no"))
    Honey "Bees: a guide" 'The "hive"' "no"
    """
    line = " ".join(value.split())
    if PLAIN_YAML.fullmatch(line) and line.lower() not in YAML_WORDS and line[-1] not in " .":
        return line
    if '"' in line or "\\" in line:
        return "'" + line.replace("'", "''") + "'"
    return f'"{line}"'
