"""What happens in a run, in plain words: one sentence or two for each step, built from what the event says.

A sentence is a list whose odd places are names and figures, to be set apart: ["", "writer", " answers: ", "612 words"].
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ...call import Usage
from ...errors import reason
from ...messages import Choice, Plan, Skipped, Step, Verdict
from ...requests import Phase
from .texts import as_text, clean, parts_of, short, short_name

if TYPE_CHECKING:
    from .disagreeing import Compared

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
NAMED = {"goal": "the goal", "last draft": "its last draft", "note": "the note on it"}  # labels that want an article
MOST_TOLD = 230  # letters of what a plan is told in, after the name of the team: it is read aloud
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


def dollars(usd: float) -> str:
    """A price as it is shown.

    >>> dollars(0), dollars(0.00001), dollars(0.0123), dollars(2.5)
    ('$0', '<$0.0001', '$0.0123', '$2.50')
    """
    if 0 < usd < 0.0001:
        return "<$0.0001"
    return f"${usd:.{4 if usd < 0.1 else 2}f}" if usd else "$0"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a row; of many, the first ones and how many more."""
    shown = [short_name(name, 40) for name in names]
    if len(shown) > most + 1:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + (shown[-1] if shown else "")


def told(brief: Any, found: int = 0, goal: str = "") -> str:
    """What a brief is made of, together with the passages that were found for it.

    >>> told(["Bees.", "Write a post."], 12, goal="Bees.")
    'the goal, a text of 3 words and 12 passages from its sources'
    """
    parts = [NAMED.get(label, label) or plain(as_text(work), goal) for label, work in parts_of(brief)]
    passages = [f"{counted(found, 'passage')} from its sources"] if found else []
    return listed([*parts, *passages]) or "nothing"


def plain(text: str, goal: str) -> str:
    return "the goal" if text == goal and text.strip() else f"a text of {size(text)}"


def failure(error: BaseException) -> str:
    return short(reason(error), 220)


def begins(name: str, goal: str, limits: Sequence[str], done: str = "") -> Sentence:
    """The first sentence of a run: who asked for what, what it may use, and when it is done.

    >>> "".join(begins("desk", "Bees.", ["3 calls"], "every step has come back"))
    'desk, the orchestrator, gets its goal from whoever started the run: “Bees.” It may use 3 calls. It is done when \
every step has come back.'
    """
    goal = short(goal, 110)
    stop = "" if goal.endswith((".", "!", "?", "…")) else "."
    asked = phrase(f"{{}}, the orchestrator, gets its goal from whoever started the run: “{{}}”{stop}", name, goal) \
        if goal else phrase("{}, the orchestrator, begins, for whoever started the run.", name)  # fmt: skip
    return joined(asked, phrase(" It may use {}.", listed(limits)) if limits else [""], done_then(done))


def team_begins(asked_by: str, name: str, parts: str, done: str = "", *, team: bool = True) -> Sentence:
    """A job of its own begins. `team`: it is a team's, and not just a function's."""
    asks = "{} asks the team {}, which plans for itself." if team else "{} starts {}, which goes on by itself."
    return joined(phrase(f"{asks} It is told: {{}}. Nothing else.", asked_by, name, parts), done_then(done))


def done_then(done: str) -> Sentence:
    return phrase(" It is done when {}.", done) if done else [""]


def closed(waited_for: Sequence[str]) -> Sentence:
    """The last sentence of a run that was closed before it was over.

    >>> "".join(closed(["writer"]))
    'The run was closed: it waited for writer, and has no result.'
    """
    return phrase("The run was closed: it waited for {}, and has no result.", listed(waited_for) or "nobody")


def asks_a_person(leader: Sentence, why: str, maker: str) -> Sentence:
    if why.strip():
        return joined(leader, phrase(" stops and asks a person: “{}”", short(why, 200)))
    whose = phrase(" of {}", maker) if maker else [""]
    return joined(leader, [" stops and asks a person to check the work"], whose, ["."])


def cancelled(name: str, tokens: int, *, job: bool) -> Sentence:
    paid = phrase(" It has cost {} so far.", counted(tokens, "token")) if tokens else [""]
    what = "The team {} is cancelled." if job else "{} is cancelled: nobody waits for its answer any more."
    return joined(phrase(what, name), paid)


def hands_over(
    leader: Sentence, who: str, phase: Phase, parts: str, time: int, *, maker: str = "", chooses: bool = False
) -> Sentence:
    """Somebody is asked, for the first, second, … time; `parts` is what the brief is made of.

    `maker`: whose work is to be checked. `chooses`: it is to choose one of several, not to put them together.
    """
    again = ORDINALS[time] if time < len(ORDINALS) else f" for the {time}th time"
    match phase:
        case "plan":
            return joined(leader, phrase(f" asks {{}} for a plan{again}, and hands over {{}}.", who, parts))
        case "review":
            whose = phrase(" of {}", maker) if maker else [""]
            before = [f"{again}, before it goes any further."]
            return joined(leader, phrase(" asks {} to check the work", who), whose, before)
        case "combine":
            does = "choose the best of the parts" if chooses else "put the parts together"
            return joined(leader, phrase(f" asks {{}} to {does}{again}: {{}}.", who, parts))
    given = phrase(f" gives {{}} a brief{again}: {{}}. Nothing else is handed over.", who, parts)
    return joined(leader, given)


def plans(plan: Plan, why: Sequence[str] = ()) -> Sentence:
    """What a plan comes to, and why it is as it is: `why` is a name and a reason, where that is known and not too long.

    >>> "".join(plans(Plan([Step("writer")]), ["SingleAgent", "one agent is the baseline"]))
    ' has a plan of 1 step: writer. Why SingleAgent: one agent is the baseline.'
    """
    told = order(plan)
    reason = phrase(" Why {}: {}.", *why) if why and plan.steps else [""]
    return joined(told, reason) if len("".join(told + reason)) <= MOST_TOLD else told


def order(plan: Plan) -> Sentence:
    """What a plan comes to, and why the work goes in that order: it follows from what builds on what.

    >>> "".join(order(Plan([Step("research"), Step("writer", needs=["research"])])))
    ' has a plan of 2 steps: research and writer. Each builds on the one before, so they work one after another.'
    """
    steps, names = plan.steps, [step.name for step in plan.steps]
    waiting = [step for step in steps if set(step.needs) & set(names)]
    again = [""] if plan.done else [" Then it plans again, with their work in hand."]
    if not steps:
        return [" needs nothing more: what is done is enough."]
    whole = phrase(" has a plan of {}: {}.", counted(len(steps), "step"), listed(names))
    if len(steps) == 1:
        return joined(whole, again)
    if not waiting:
        return joined(whole, [" None of them builds on another, so all may work at the same time."], again)
    if all(list(step.needs) == [before] for before, step in zip(names, steps[1:], strict=False)):
        return joined(whole, [" Each builds on the one before, so they work one after another."], again)
    first = [step.name for step in steps if step not in waiting]
    waits = phrase(" {} can begin at once; {} builds on {}, and waits.", listed(first), waiting[0].name,
                   listed(waiting[0].needs))  # fmt: skip
    return joined(whole, waits, again)


def assigns(steps: Sequence[Step]) -> Sentence:
    names = listed([step.name for step in steps])
    needs = list(dict.fromkeys(need for step in steps for need in step.needs))
    after = phrase(" It builds on {}." if len(steps) == 1 else " They build on {}.", listed(needs)) if needs else [""]
    if len(steps) == 1:
        return joined(phrase(" gives out the next piece of work: {}.", names), after)
    return joined(
        phrase(
            " gives out {}: {}. None of them needs another, so they may begin together.",
            counted(len(steps), "piece") + " of work",
            names,
        ),
        after,
    )


def combines(names: Sequence[str], needed: Collection[str], gone: Sequence[str] = ()) -> Sentence:
    """What the result is made of: whatever nobody else has built on.

    >>> "".join(combines(["facts", "post"], {"facts"}))
    ' takes the work of post as the result: facts went into it.'

    `gone`: whose work was left out.
    """
    there = [name for name in names if name not in gone]
    last, used = [name for name in there if name not in needed], [name for name in there if name in needed]
    if len(last) == 1 and used:
        taken = phrase(" takes the work of {} as the result: {} went into it.", listed(last), listed(used))
    else:
        taken = phrase(" puts the parts together: {}.", listed(there) or "none")
    return joined(taken, without(gone))


def chooses(names: Sequence[str], gone: Sequence[str] = ()) -> Sentence:
    """That one of these attempts will be the result.

    >>> "".join(chooses(["ada", "bob"], ["cleo"]))
    ' has 2 attempts to choose from: ada and bob. Left out: cleo.'
    """
    attempts = phrase(" has {} to choose from: {}.", counted(len(names), "attempt"), listed(names) or "none")
    return joined(attempts, without(gone))


def takes_the_first(names: Sequence[str]) -> Sentence:
    return phrase(" takes the first attempt that was good enough: {}.", listed(names))


def without(gone: Sequence[str]) -> Sentence:
    return phrase(" Left out: {}.", listed(gone)) if gone else [""]


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


def disagree(found: Compared) -> Sentence:
    """The first conflict between parts, and how many more there are."""
    if not found.conflicts:
        return [""]
    said = [f"{figure} ({short_name(name, 30)})" for name, figure in found.conflicts[0].said.items()]
    more = counted(len(found.conflicts) - 1, "more conflict")
    return joined(
        phrase(" They disagree on: {}", listed(said)), [f", and {more}." if len(found.conflicts) > 1 else "."]
    )


def measured(checked: Sequence[Any]) -> Sentence:
    """What a reviewer measured, what is not met first."""
    rows = checked[0][2] if checked else []
    met, unmet = ([row for row in rows if row[0].startswith(mark)] for mark in "✓✕")
    told = [f" {head}: {', '.join(f'{short(row[0][2:], 48)} ({beginning(row[1])})' for row in which[:2])}"
            f"{f' and {len(which) - 2} more' if len(which) > 2 else ''}."
            for head, which in (("Not met", unmet), ("Met", met)) if which]  # fmt: skip
    return ["".join(told)]


def beginning(text: str, most: int = 80) -> str:
    """How a value begins: never cut inside a word, nor between a figure and its unit.

    >>> beginning("given: 25 km and 1,200 dollars", 26)
    'given: 25 km and …'
    """
    told = short(text, most)
    if told == short(text, len(text) + 1):
        return told
    words = told.removesuffix(" …").split(" ")
    if words != clean(text).split()[: len(words)]:
        words.pop()  # it was cut
    while len(words) > 1 and any(letter.isdigit() for letter in words[-1]):
        words.pop()
    return f"{' '.join(words).rstrip(',')} …"


def answers(who: str, work: Any, after_s: float, usage: Usage | None, checked: Sequence[Any] = ()) -> Sentence:
    tokens = usage.tokens_in + usage.tokens_out if usage else 0
    price = phrase(", for {}.", counted(tokens, "token")) if tokens else ["."]
    return joined(phrase("{} answers after {}: {}", who, seconds(after_s), size(work)), price, measured(checked))


def decides(verdict: Verdict, maker: str = "") -> Sentence:
    """What a review came to. `maker`: whose work it is about, where that is known."""
    note = short(verdict.note.lstrip("-* \n"), 160)  # notes are often lists
    if note.endswith(" …"):
        note = f"{note[:-2].rpartition(' ')[0] or note[:-2]} …"  # not in the middle of a word
    work = phrase("The work of {}", maker) if maker else ["The work"]
    because = phrase(": {}", note) if note else ["."]
    match verdict.decision:
        case "approve":
            return joined(work, [" passes review"], because)
        case "reject":
            return joined(work, [" does not pass review"], because)
        case "edit":
            return joined(["What the reviewer wrote takes the place of "], ["t" + work[0][1:], *work[1:]], ["."])
    return joined(work, [" is left out"], because)


def waved_through(leader: Sentence, maker: str) -> Sentence:
    """Work passes, and nobody was asked to look at it."""
    whose = phrase(" the work of {}", maker) if maker else [" the work"]
    return joined(leader, [" has no reviewer: it lets"], whose, [" pass as it is."])


def at_work(working: Sequence[str], waiting: Sequence[str]) -> Sentence:
    """Who has not come back yet.

    >>> "".join(at_work(["research"], ["writer", "mailer"]))
    ' Still at work: research. Waiting: writer and mailer.'
    """
    told = {" Still at work: {}.": working, " Waiting: {}.": waiting}
    return joined(*(phrase(words, listed(names)) for words, names in told.items() if names))


def sends_back(leader: Sentence, who: str) -> Sentence:
    return joined(leader, phrase(" sends the work back to {} with that note: nobody has built on it yet.", who))


def over(work: Any, turned_down: int, left_out: int) -> Sentence:
    """The last sentence of a run that has a result.

    >>> "".join(over("Cats sleep.", 1, 0))
    'The run is over: done. Its result goes to whoever asked: 2 words. On the way 1 draft did not pass review.'
    """
    if work is None:
        return ["The run is over. It has no result."]
    drafts = [f"{counted(turned_down, 'draft')} did not pass review"] if turned_down else []
    parts = [f"{counted(left_out, 'part')} {'was' if left_out == 1 else 'were'} left out"] if left_out else []
    kind = "done in part" if left_out else "done"
    whole = phrase(f"The run is over: {kind}. Its result goes to whoever asked: {{}}.", size(work))
    return joined(whole, phrase(" On the way {}.", " and ".join(drafts + parts)) if drafts + parts else [""])


def left_out(skipped: Skipped) -> Sentence:
    return phrase("{} is left out: {}", short_name(skipped.who), short(skipped.why, 200))
