"""What happens in a run, in plain words: one sentence or two for each step, built from what the event says.

A sentence is a list whose odd places are names and figures, to be set apart: ["", "writer", " answers: ", "612 words"].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...call import Usage
from ...messages import Choice, Plan, Skipped, Step, Verdict
from ...requests import Phase
from .texts import as_text, clean, parts_of, short, short_name

Sentence = list[str]
DOING: dict[Phase, str] = {
    "receive": "receives its goal", "plan": "plans", "assign": "gives out work",
    "monitor": "looks at what came back", "review": "reviews", "combine": "puts the parts together",
    "deliver": "delivers",
}  # fmt: skip
FATES: dict[str, tuple[str, str]] = {
    "approve": ("done", "passed review"),
    "reject": ("back", "sent back"),
    "edit": ("done", "edited"),
    "skip": ("off", "left out"),
}  # of a member, by the verdict on its work: its state, and a word about it
ORDINALS = ["", "", " for the second time", " for the third time"]


def phrase(template: str, *values: str) -> Sentence:
    """A sentence with its values in their places.

    >>> phrase("{} answers: {}.", "writer", "612 words")
    ['', 'writer', ' answers: ', '612 words', '.']
    """
    plain = template.split("{}")
    return [*(piece for pair in zip(plain, values, strict=False) for piece in pair), plain[-1]]


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun.

    >>> counted(1, "word"), counted(2_000, "word")
    ('1 word', '2,000 words')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def size(work: Any) -> str:
    """How much a piece of work is, in a word or two.

    >>> size("Cats sleep."), size([1, 2]), size(Verdict("approve"))
    ('2 words', '2 parts', 'approve')
    """
    if isinstance(work, str):
        return counted(len(work.split()), "word") if work.strip() else "nothing"
    if isinstance(work, Plan):
        return f"a plan of {counted(len(work.steps), 'step')}"
    if isinstance(work, Verdict):
        return work.decision
    if isinstance(work, Choice):
        return f"candidate {work.number}"
    if work is None:
        return "nothing"
    if isinstance(work, list | tuple):
        return counted(len(work), "part")
    return short(clean(type(work).__name__.lower()), 24)


def seconds(seconds: float) -> str:
    return f"{seconds:.1f} s"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a row; of many, the first ones and how many more."""
    shown = [short_name(name, 40) for name in names]
    if len(shown) > most + 1:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + (shown[-1] if shown else "")


def told(brief: Any, found: int = 0) -> str:
    """What a brief is made of, together with the passages that were found for it.

    >>> told(["Write a post."], 12)
    'a text of 3 words and 12 passages from its sources'
    """
    parts = [label or f"a text of {size(as_text(work))}" for label, work in parts_of(brief)]
    passages = [f"{counted(found, 'passage')} from its sources"] if found else []
    return listed([*parts, *passages]) or "nothing"


def failure(error: BaseException) -> str:
    return short(f"{type(error).__name__}: {error}", 220)


def begins(name: str, goal: str, limits: Sequence[str]) -> Sentence:
    """The first sentence of a run."""
    received = phrase("The orchestrator {} receives its goal: “{}”", name, short(goal, 140))
    limited = phrase(" It may use {}.", listed(limits)) if limits else [""]
    return joined(received if goal.strip() else phrase("The orchestrator {} begins.", name), limited)


def team_begins(name: str) -> Sentence:
    return phrase("The team {} begins, with a brief of its own.", name)


def cancelled(name: str, tokens: int, *, job: bool) -> Sentence:
    paid = phrase(" It has cost {} so far.", counted(tokens, "token")) if tokens else [""]
    what = "The team {} is cancelled." if job else "{} is cancelled: nobody waits for its answer any more."
    return joined(phrase(what, name), paid)


def hands_over(leader: Sentence, who: str, phase: Phase, parts: str, time: int) -> Sentence:
    """Somebody is asked, for the first, second, … time; `parts` is what the brief is made of."""
    again = ORDINALS[time] if time < len(ORDINALS) else f" for the {time}th time"
    match phase:
        case "plan":
            return joined(leader, phrase(f" asks {{}} for a plan{again}.", who))
        case "review":
            return joined(leader, phrase(f" asks {{}} to check the work{again}.", who))
        case "combine":
            return joined(leader, phrase(f" asks {{}} to make one of the parts{again}.", who))
    given = phrase(f" gives {{}} a brief{again}: {{}}. Nothing else is handed over.", who, parts)
    return joined(leader, given)


def assigns(steps: Sequence[Step]) -> Sentence:
    names = listed([step.name for step in steps])
    needs = list(dict.fromkeys(need for step in steps for need in step.needs))
    after = phrase(" It builds on {}." if len(steps) == 1 else " They build on {}.", listed(needs)) if needs else [""]
    if len(steps) == 1:
        return joined(phrase(" gives out the next piece of work: {}.", names), after)
    return joined(
        phrase(" gives out {}: {}. None of them needs another.", counted(len(steps), "piece") + " of work", names),
        after,
    )


def plan_in_words(steps: Sequence[Step]) -> str:
    """Steps of a plan, a line each.

    >>> plan_in_words([Step("writer", "Write it.", needs=["research"])])
    'writer: Write it. Builds on research.'
    """
    lines = []
    for step in steps:
        who = f" (by {step.who})" if step.who != step.name else ""
        needs = f" Builds on {listed(step.needs)}." if step.needs else ""
        lines.append(f"{step.name}{who}: {step.brief or 'the goal.'}{needs}")
    return "\n".join(lines)


def joined(*sentences: Sentence) -> Sentence:
    """One sentence after the other: plain text meets plain text where they touch."""
    whole = [""]
    for sentence in sentences:
        whole[-1] += sentence[0]
        whole += sentence[1:]
    return whole


def answers(who: str, work: Any, after_s: float, usage: Usage | None) -> Sentence:
    tokens = usage.tokens_in + usage.tokens_out if usage else 0
    price = phrase(", for {}.", counted(tokens, "token")) if tokens else ["."]
    return joined(phrase("{} answers after {}: {}", who, seconds(after_s), size(work)), price)


def decides(verdict: Verdict, *, by_itself: bool) -> Sentence:
    """What a review came to. `by_itself`: no reviewer was asked."""
    note = short(verdict.note, 200)
    match verdict.decision:
        case "approve" if by_itself:
            return ["The orchestrator lets the work pass, and asks no reviewer."]
        case "approve":
            return phrase("The work passes review: {}", note) if note else ["The work passes review."]
        case "reject":
            return phrase("The work does not pass: {}", note) if note else ["The work does not pass review."]
        case "edit":
            return ["What the reviewer wrote instead takes the place of the work."]
    return phrase("The part is left out: {}", note) if note else ["The part is left out."]


def left_out(skipped: Skipped) -> Sentence:
    return phrase("{} is left out: {}", short_name(skipped.who), short(skipped.why, 200))
