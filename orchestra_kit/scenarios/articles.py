"""An article as its parts: front matter, headings, sentences, list of sources. Written by hand or by any model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

FrontMatter: TypeAlias = dict[str, "str | list[str]"]

SOURCE_LIST = re.compile(r"(sources|references|further reading|bibliography)( and \w+)?:?", re.IGNORECASE)
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$")
ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
LINK_TARGET = re.compile(r"<?https?://\S+")
CODE = re.compile(r"`[^`]*`")
ABBREVIATIONS = ("e.g", "i.e", "etc", "vs", "cf", "al", "approx", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "No", "Fig")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[A-Z0-9])")
BARE = re.compile(r"[\w(“‘€£$].*")  # how a value without quotes may begin: YAML gives other characters a meaning


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed article. `sentences` are those of the prose: no headings, code, block quotes or list of sources."""

    front: FrontMatter
    front_fault: str  # what is wrong with the front matter; "" if nothing
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    sources: tuple[str, ...]  # the lines of the section Sources, and the front matter's `sources`

    @classmethod
    def parse(cls, text: str) -> Article:
        """Never fails: what is wrong with the front matter is kept for whoever asks."""
        block, body = split_front_matter(text)
        front: FrontMatter = {}
        fault = ""
        try:
            front = read_front_matter(block)
        except ValueError as error:
            fault = str(error)
        headings: list[str] = []
        prose: list[str] = []
        listed = front.get("sources", [])
        sources = [listed] if isinstance(listed, str) else list(listed)
        in_sources = False
        for line in lines_of(body):
            heading = HEADING.match(line)
            starts_sources = SOURCE_LIST.fullmatch(heading.group(1) if heading else line.strip("* "))
            if heading or starts_sources:  # "## Sources", or "**Sources:**" on a line of its own
                in_sources = starts_sources is not None
                headings.append(plain(heading.group(1) if heading else line))
            elif in_sources:
                sources.extend([plain(ITEM.sub("", line, count=1))] if line.strip() else [])
            else:
                prose.append(line)
        return cls(front, fault, tuple(headings), tuple(sentences_of("\n".join(prose))), tuple(sources))

    @property
    def words(self) -> int:
        """Words of the prose, as a word processor counts them."""
        return sum(len(sentence.split()) for sentence in self.sentences)


def lines_of(body: str) -> list[str]:
    """The lines of the body without code blocks and block quotes, which are not the author's words."""
    lines: list[str] = []
    fenced = False
    for line in body.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and not line.lstrip().startswith(">"):
            lines.append(line)
    return lines


def sentences_of(prose: str) -> list[str]:
    """The sentences of plain prose. A list item or a paragraph ends a sentence, whatever its punctuation.

    >>> sentences_of("Cats sleep, e.g. at 3.5 hours. “Do they?” They do!\\n\\n- One item\\n- Another")
    ['Cats sleep, e.g. at 3.5 hours.', '“Do they?”', 'They do!', 'One item', 'Another']
    """
    paragraphs: list[list[str]] = [[]]
    for line in prose.split("\n"):
        if not line.strip() or ITEM.match(line):
            paragraphs.append([])
        paragraphs[-1].append(ITEM.sub("", line, count=1).strip())
    sentences: list[str] = []
    for paragraph in paragraphs:
        text, start = plain(" ".join(paragraph)), 0
        for end in SENTENCE_END.finditer(text):
            before = text[start : end.start()]
            if text[end.start()] != "." or before.split(" ")[-1].lstrip("(") not in ABBREVIATIONS:
                sentences.append(text[start : end.end()].strip())
                start = end.end()
        sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def plain(text: str) -> str:
    """Markdown without its marks, code and web addresses.

    >>> plain("A **bold** [claim](https://a.example), see https://b.example/leverage")
    'A bold claim, see'
    """
    text = LINK.sub(r"\1", CODE.sub("", text))
    return " ".join(LINK_TARGET.sub("", text).replace("**", "").replace("__", "").split())


def split_front_matter(text: str) -> tuple[str | None, str]:
    """The lines between the first two `---`, and the rest. None if there are no two; then what follows a lone first
    `---`, up to an empty line, is a broken attempt at front matter and no prose."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != "---":
        return None, "\n".join(lines)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return None, "\n".join(lines[lines.index("") :] if "" in lines else [])


def read_front_matter(block: str | None) -> FrontMatter:
    """A strict, small part of YAML: `key: value`, `key: [a, b]`, and `key:` with `- item` lines below it.

    ValueError names the line and what is wrong with it. What YAML itself would refuse or read as something else than
    text (a colon in a value without quotes, a tab, a quote that is not closed) is refused here too.

    >>> read_front_matter('title: "Cats: a guide"\\ntags: [cats, sleep]')
    {'title': 'Cats: a guide', 'tags': ['cats', 'sleep']}
    """
    if block is None:
        raise ValueError("the article should begin with front matter between two lines ---")
    front: FrontMatter = {}
    key = ""
    for number, line in enumerate(block.split("\n"), 2):  # line 1 of the article is the opening ---
        where = f"line {number}, {line.strip()!r}"
        if not line.strip():
            continue
        if "\t" in line:
            raise ValueError(f"{where}: a tab is not allowed in front matter")
        if item := re.fullmatch(r" *- +(.+)", line):
            values = front.get(key)
            if not isinstance(values, list):
                raise ValueError(f"{where}: an item needs a line 'name:' above it")
            values.append(scalar(item.group(1), where))
        elif pair := re.fullmatch(r"([A-Za-z_][\w-]*):(?: +(.*))?", line):
            key, value = pair.group(1), (pair.group(2) or "").strip()
            if key in front:
                raise ValueError(f"{where}: {key!r} stands there twice")
            if value.startswith("["):
                if not value.endswith("]"):
                    raise ValueError(f"{where}: the list is not closed with ]")
                parts = re.findall(r'"[^"]*"|[^,\s][^,]*', value[1:-1])
                front[key] = [scalar(part.strip(), where) for part in parts]
            else:
                front[key] = scalar(value, where) if value else []
        else:
            raise ValueError(f"{where}: expected 'name: value'")
    return front


def scalar(value: str, where: str) -> str:
    """One value as text."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        quote = value[0]
        if len(value) < 2 or value[-1] != quote:
            raise ValueError(f"{where}: the quote is not closed")
        inside = value[1:-1].replace('\\"', "") if quote == '"' else value[1:-1].replace("''", "")
        if quote in inside:
            raise ValueError(f"{where}: a quote inside quotes")
        return value[1:-1].replace('\\"', '"') if quote == '"' else value[1:-1].replace("''", "'")
    if not BARE.fullmatch(value) or ": " in value or value.endswith(":") or " #" in value:
        raise ValueError(f"{where}: put this value in quotes")
    return value
