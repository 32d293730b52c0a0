"""Writing: a draft of what was asked for, from the facts and sources in the prompt and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...tokens import count
from ..checking import Evidence
from ..demands import FRONT_MATTER
from ..job import Job
from .choosing import with_facts
from .edit import Editor, voice_of
from .format import formatted, title_of, without_title
from .layouts import EVERYTHING, LAYOUTS
from .plot import Plot, read_plot, requests
from .prose import count_words
from .restyle import Voice
from .revise import Revision
from .sections import Desk
from .wishes import Wish, read_wishes

NOTHING = "I was given nothing to write from."
FACTS = re.compile(r"fact|statistic|stats|figure|number|finding|data")
FRONT_MATTER_TOKENS = 160  # what it takes of the budget
SIZES = ("words", "characters", "sentences", "paragraphs")
TOLERANCE = 0.04  # how near to the length asked is near enough
ALL_OF_IT = 1.5  # where no length is asked, material up to so many times the usual length goes in whole
A_FACT = 40  # words a draft grows by when it is to say more and nobody says how long it may be
SPARE_TOKENS = 16  # for what is written around each of several drafts
ROUNDS = 6  # a draft is laid out again with a better aim, at most this often


def write(job: Job) -> str | dict[str, Any]:
    """The draft that role and task ask for, or the last draft revised as a note asks."""
    revision = Revision.of(job)
    if revision:
        text = revised(job, revision)
        return text if job.makes is None else as_fields(text, job.makes)
    drafts = compose_all(job)
    if not drafts:
        return NOTHING
    if job.makes is None:
        return drafts[0][1] if len(drafts) == 1 else "\n\n".join(f"{said.upper()}:\n{text}" for said, text in drafts)
    return as_fields(drafts[0][1], job.makes) if len(drafts) == 1 else several_fields(drafts, job.makes)


def compose_all(job: Job, kept: Revision | None = None) -> list[tuple[str, str]]:
    """Everything a request asks for at once, each draft after what the request calls it: house voice, front matter,
    all under one budget. Nothing, where there is nothing to write from.

    There is no check of figures here. A model that compares a draft with sources it has just read for the draft reads
    them as it did before; it takes another reading, an editor's, to find a slip.
    """
    plot = read_plot(job, kept.kept if kept else ())
    if not plot.threads:
        return []
    if job.demands.items and FACTS.search(job.demands.item) and not any(thread.handed for thread in plot.threads):
        plot = replace(plot, threads=with_facts(plot.threads, plot.topic, job.demands.items))
    elif job.demands.every_figure and not any(thread.handed for thread in plot.threads):
        plot = replace(plot, threads=with_facts(plot.threads, plot.topic, len(plot.threads)))
    task, role = requests(job)
    asked = f"{role}\n{task}"
    wishes = wishes_of(task, role) or (_usual(plot),)
    with_front_matter = FRONT_MATTER.search(asked) is not None or (kept is not None and kept.wants_front_matter)
    budget = job.budget - FRONT_MATTER_TOKENS * with_front_matter - SPARE_TOKENS * (len(wishes) > 1) * len(wishes)
    if kept and not (wishes[0].words and not kept.words):
        longer = int(1.15 * measured(kept.draft)) + A_FACT
        wishes = (replace(wishes[0], words=kept.words or longer, at_most=False), *wishes[1:])
    wanted = sum(wish.aim for wish in wishes)
    drafts = [draft(Desk(job, plot, wish), budget * wish.aim // wanted) for wish in wishes]
    if (voice := voice_of(job)) != Voice():
        drafts = [Editor(Evidence.of(()), voice).edit(text) for text in drafts]
    if with_front_matter:
        drafts[0] = formatted(drafts[0], asked, job.material.prompt)
    return [(wish.said, text) for wish, text in zip(wishes, drafts, strict=True)]


def as_fields(text: str, kind: type[Any]) -> str | dict[str, Any]:
    """A draft as the fields of a type: with a title of its own if the type has one."""
    fields = getattr(kind, "model_fields", {"title": None, "body": None})
    if "body" not in fields or text == NOTHING:
        return text
    return {"title": title_of(text), "body": without_title(text).strip()} if "title" in fields else {"body": text}


def several_fields(drafts: Sequence[tuple[str, str]], kind: type[Any]) -> dict[str, Any]:
    """Several drafts as the fields of a type: each under the name that the request calls it by."""
    fields: dict[str, Any] = {}
    for name, field in getattr(kind, "model_fields", {}).items():
        text = next((text for said, text in drafts if name.replace("_", " ").lower() in said.lower()), "")
        if text:
            typed = isinstance(field.annotation, type) and hasattr(field.annotation, "model_fields")
            fields[name] = as_fields(text, field.annotation) if typed else text
    return fields


def revised(job: Job, revision: Revision) -> str:
    """The last draft, laid out again if it is to be longer, shorter or richer, and patched in every other respect."""
    again = revision.words or revision.wants_more
    drafts = compose_all(job, revision) if again else []
    text = revision.patch(drafts[0][1] if drafts else revision.draft, job)
    return formatted(text, f"{job.role}\n{job.task}", job.material.prompt) if revision.wants_front_matter else text


def wishes_of(task: str, role: str) -> tuple[Wish, ...]:
    """What the task asks for, else what the role does. A size that the task leaves open is the one the role gives."""
    usual: dict[str, Wish] = {}
    for wish in read_wishes(role):
        usual.setdefault(wish.kind, wish)
    wishes = []
    for wish in read_wishes(task):
        sizes = {name: getattr(wish, name) for name in SIZES}
        wishes.append(
            wish if any(sizes.values()) or wish.kind not in usual else replace(usual[wish.kind], count=wish.count)
        )
    return tuple(wishes) or read_wishes(role)


def draft(desk: Desk, budget: int) -> str:
    """One deliverable, near the length asked for as far as the material and the budget allow."""
    wish, layout = desk.wish, LAYOUTS[desk.wish.kind]
    material = sum(thread.words for thread in desk.plot.threads)
    whole = not wish.words and material <= ALL_OF_IT * wish.aim
    if whole and count(text := layout(desk, EVERYTHING)) <= budget and not too_long(text, wish):
        return text
    if wish.kind in ("social", "subject"):  # their limits are in characters, and their own
        return layout(desk, wish.aim)
    wanted = aim = wish.aim
    best = ""
    for _ in range(ROUNDS):
        text = layout(desk, aim)
        length = measured(text)
        if count(text) > budget:
            aim = min(aim, length) * 9 * budget // (10 * count(text))
            continue
        if too_long(text, wish):
            aim = min(aim, length) * 9 * wish.characters // (10 * len(text))
            continue
        if not best or abs(length - wanted) < abs(measured(best) - wanted):
            best = text
        if abs(length - wanted) <= TOLERANCE * wanted or (length < wanted and aim > wanted + length):
            break
        aim += wanted - length
    return best or layout(desk, aim)


def too_long(text: str, wish: Wish) -> bool:
    """Whether a text has more characters than it may. (Several short posts have their limit each.)"""
    return bool(wish.characters) and wish.kind != "social" and len(text) > wish.characters


def measured(text: str) -> int:
    """Words of the text; its list of sources is not counted."""
    return count_words(text.partition("\n\n## Sources\n\n")[0])


def _usual(plot: Plot) -> Wish:
    """What somebody who only said "write" most likely wants: a post, or a paragraph when there is little to tell."""
    return Wish("article" if sum(thread.words for thread in plot.threads) > 120 else "paragraph")
