"""Filling a typed answer from text. A required field that cannot be found is named, never made up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ....errors import ModelError
from ..blocks import HEADING
from ..job import Job
from ..reading import content_words, figures, key_figures, owner, read

BODY = frozenset(
    "body text content summary answer report post email draft message work reply note description reason why "
    "markdown article".split()
)
TITLE = frozenset("title subject headline heading".split())
LABELLED = r"^\W*(?:\*\*)?{name}(?:\*\*)?\s*[:=]\s*(?:\*\*)?\s*(?P<value>\S.*?)\s*$"
LIST_LINE = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(?P<item>\S.*)$", re.MULTILINE)
YES, NO = (
    re.compile(r"\b(?:yes|true)\b", re.IGNORECASE),
    re.compile(r"\b(?:no|false|not|never)\b|n['’]t\b", re.IGNORECASE),
)
Schema = Mapping[str, Any]


def fill(job: Job, answer: str | Mapping[str, Any]) -> str:
    """The answer as JSON that validates as `job.makes`. A skill's own fields are taken over; what is missing is looked
    for in the skill's text and in the material."""
    kind = job.makes
    assert kind is not None
    if not hasattr(kind, "model_validate_json"):
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    given = dict(answer) if isinstance(answer, Mapping) else {}
    problem = ""
    if given:
        text = json.dumps(given, ensure_ascii=False)
        problem = _refused(kind, text)
        if not problem:
            return text
    schema = getattr(kind, "model_json_schema", None)
    if schema is None:
        raise ModelError(
            f"the {kind.__name__} that was asked for could not be made: {problem or 'it has no schema to fill'}"
        )
    said = answer if isinstance(answer, str) else ""
    filled = Filler(job, said, given, schema()).object(schema(), kind.__name__)
    text = json.dumps(filled, ensure_ascii=False)
    problem = _refused(kind, text)
    if problem:
        raise ModelError(f"I could not make a valid {kind.__name__} of what I was given: {problem}")
    return text


def _refused(kind: Any, text: str) -> str:
    """Why a type does not take this JSON; "" when it does."""
    try:
        kind.model_validate_json(text)
    except ValueError as error:
        return " ".join(str(error).split())[:300]
    return ""


class Filler:
    """Finds the values of a schema's fields in text."""

    def __init__(self, job: Job, said: str, given: Mapping[str, Any], schema: Schema):
        self.job, self.said, self.given, self.schema = job, said, given, schema
        self.sentences = job.look()
        self.text = "\n".join([*(sentence.text for sentence in self.sentences), said])

    def object(self, schema: Schema, name: str, text: str | None = None) -> dict[str, Any]:
        """Every field of an object that can be found; ModelError names a required one that cannot."""
        found = {}
        for field, about in schema.get("properties", {}).items():
            value = (
                self.given.get(field)
                if text is None and field in self.given
                else self.value(field, self._resolved(about), text)
            )
            if value is not None:
                found[field] = value
            elif field in schema.get("required", ()):
                raise ModelError(
                    f"I could not find the field {field!r} of {name} in what I was given. Say it in the text, for "
                    f"example "
                    f"'{field}: …', or give the field a default"
                )
        return found

    def value(self, field: str, about: Schema, text: str | None) -> Any:
        """The value of one field, or None."""
        where = self.text if text is None else text
        if "const" in about:
            return about["const"]
        labelled = re.search(
            LABELLED.format(name=re.escape(field.replace("_", " ")).replace(r"\ ", r"[ _]")),
            where,
            re.MULTILINE | re.IGNORECASE,
        )
        stated = labelled["value"] if labelled else None
        if "enum" in about:
            return _option(about["enum"], stated or (self.said if text is None and self.said else where))
        match about.get("type"):
            case "integer" | "number":
                return self._number(field, about, stated, where)
            case "boolean":
                return _yes_or_no(field, about, stated, where)
            case "array":
                return self._items(field, self._resolved(about.get("items", {})), stated)
            case "object":
                return self.object(about, field, text) if "properties" in about else None
            case "string":
                return stated or self._string(field, text)
        return stated

    def _resolved(self, about: Schema) -> Schema:
        """A field's schema with references followed and "or null" taken off."""
        if "$ref" in about:
            return self._resolved(self.schema.get("$defs", {}).get(about["$ref"].rpartition("/")[2], {}))
        options = [option for option in about.get("anyOf", ()) if option.get("type") != "null"]
        return (
            {**self._resolved(options[0]), **{k: v for k, v in about.items() if k == "description"}}
            if options
            else about
        )

    def _number(self, field: str, about: Schema, stated: str | None, where: str) -> float | int | None:
        wanted = content_words(f"{field.replace('_', ' ')} {about.get('description', '')}")
        lines = (
            [stated] if stated else sorted(where.splitlines(), key=lambda line: -len(wanted & content_words(line)))[:1]
        )
        if not lines or (not stated and not wanted & content_words(lines[0])):
            return None
        numbers = key_figures(lines[0])
        if not numbers:
            return None
        return int(numbers[0].value) if about["type"] == "integer" else numbers[0].value

    def _string(self, field: str, text: str | None) -> str | None:
        name = field.lower().rpartition("_")[2]
        if text is not None:  # one item of a list: the sentence itself, or a part of it
            if name in ("figure", "value", "number", "amount"):
                return next((figure.text for figure in figures(text)), None)
            if name in ("owner", "who", "name", "subject"):
                return owner(text) or None
            source = next((s.source for s in self.sentences if s.text == text), None)
            return source if name in ("source", "citation", "where") else text
        if name in TITLE:
            return self._title()
        if name in BODY:
            return self.said.strip() or " ".join(s.text for s in self.sentences[:4]) or None
        if name == "topic":
            return " ".join(self.job.task.split())[:120] or None
        wanted = content_words(field.replace("_", " "))
        best = max(self.sentences, key=lambda s: len(wanted & content_words(s.text)), default=None)
        return best.text if best and wanted & content_words(best.text) else None

    def _title(self) -> str | None:
        heading = next(
            (
                m["text"]
                for line in f"{self.said}\n{self.job.material.prompt}".splitlines()
                if (m := HEADING.match(line.strip()))
            ),
            None,
        )
        return heading or next(
            (" ".join(s.text.rstrip(".").split()[:10]) for s in read(self.said) or self.sentences), None
        )

    def _items(self, field: str, about: Schema, stated: str | None) -> list[Any] | None:
        if stated and about.get("type") == "string":
            return [part.strip() for part in stated.split(",")]
        items = (
            [match["item"] for match in LIST_LINE.finditer(self.said)]
            or [s.text for s in read(self.said)]
            or [s.text for s in self.sentences]
        )
        if about.get("type") == "object":
            return [self.object(about, field, item) for item in items]
        if about.get("type") in ("integer", "number"):
            return [figure.value for figure in figures(self.text)]
        return items or None


def _option(options: list[Any], where: str) -> Any:
    """The option that is named first."""
    places = {
        option: match.start()
        for option in options
        if (match := re.search(rf"\b{re.escape(str(option))}\b", where, re.IGNORECASE))
    }
    return min(places, key=places.__getitem__) if places else None


def _yes_or_no(field: str, about: Schema, stated: str | None, where: str) -> bool | None:
    if stated:
        return bool(YES.search(stated)) if YES.search(stated) or NO.search(stated) else None
    wanted = content_words(f"{field.replace('_', ' ')} {about.get('description', '')}")
    best = max(where.splitlines(), key=lambda line: len(wanted & content_words(line)), default="")
    return not NO.search(best) if wanted and len(wanted & content_words(best)) >= min(2, len(wanted)) else None
