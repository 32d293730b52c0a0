"""The exercises of notebook 03, Sequential."""

from __future__ import annotations

from ...errors import OrchestraError
from ...messages import Skipped, Verdict
from ...requests import Error, Review
from ...run import Run
from ..exercise import exercise, require
from ..properties import Exchange, as_text, at_most, exchanges, holds

STEPS = 4  # copies in a row that exercise 1 asks for
COPIES = 3  # of one step at most, before somebody gives up
DRAFTS = 4  # at most, in exercise 3
APPROVED = "Approved."  # all that the inspector of exercise 3 says of good work


@exercise(
    "03.each-step",
    hints=[
        "What should be in `work` when the next step begins? Only something that the checker has approved.",
        'A verdict is asked for like this: `await checker([Handoff("task", work), Handoff("work", copy)])`.',
        "A second loop inside the first: `for _ in range(3):` copy, check, `break` if approved; `else:` give up.",
    ],
)
def each_step(run: Run) -> str:
    """Complete it: four copies in a row, and only what was approved goes on."""
    works = exchanges(run)
    copies, checks = exchanges(run, "copyist"), [each for each in works if isinstance(each.answer, Verdict)]
    require(copies, "nobody has copied anything yet")
    require(checks, "nobody has asked the checker: each copy goes on unseen")
    verdicts = [verdict_on(copy, checks, until=end) for copy, end in with_ends(copies)]
    unseen = verdicts.count(None)
    require(
        not unseen, f"{unseen} of {len(copies)} copies were never shown to the checker. A second copy is a copy, too"
    )
    start = copies[0].prompt
    approved = [copy for copy, verdict in zip(copies, verdicts, strict=True) if verdict == "approve"]
    turned_down = [copy for copy, verdict in zip(copies, verdicts, strict=True) if verdict == "reject"]
    good = {start, *(copy.text for copy in approved)}
    for copy in copies:
        if copy.prompt not in good:
            shown = [bad for bad in turned_down if bad.began < copy.began and holds(copy.prompt, bad)]
            passed_on = any(copy.prompt == bad.text for bad in shown)
            require(not passed_on, "a copy that the checker had turned down went on to the next step")
            require(
                not shown, "the copyist was shown the copy that was turned down. Afresh: from what came before alone"
            )
            require(False, "a copy was made of something that is neither the facts nor an approved copy")
    require(turned_down, "no copy was turned down in this run, so nothing is shown: take another seed")
    in_a_row = longest([verdict == "reject" for verdict in verdicts])
    require(in_a_row <= COPIES, f"one step was tried {in_a_row} times in vain, and after {COPIES} it should give up")
    if isinstance(run.result, Skipped):
        require(in_a_row == COPIES, f"it gave up after {in_a_row} copies in a row, and {COPIES} are allowed")
        return f"it gave up at step {len(approved) + 1}, and says so; with another seed it goes through"
    require(len(approved) == STEPS, f"{len(approved)} approved copies, and four steps are wanted, with one for each")
    require(as_text(run.result) == approved[-1].text, "the result should be the last approved copy")
    return f"four steps, {len(copies)} copies, {len(turned_down)} of them made again"


@exercise(
    "03.second-look",
    hints=[
        "Both copyists are told `facts`. Give each answer a name, and compare the two with `==`.",
        "Put the copies into a list. `copies.count(copy) > 1` says that another one is the same.",
        "Only if the first two differ: `copies.append(await copyist(facts))`. Then look for one that is there twice.",
    ],
)
def second_look(run: Run, *, other: Run) -> str:
    """Build it: two copies of the same original, a third where they differ."""
    thirds = 0
    for name, each in {"my_same": run, "my_other": other}.items():
        copies = exchanges(each, "copyist")
        require(len(copies) > 1, f"in {name} there is one copy, and nothing to compare it with")
        require(at_most(each, 3), f"in {name} {len(exchanges(each))} calls were made, and three are enough")
        same_brief = len({copy.prompt for copy in copies}) == 1
        require(
            same_brief,
            f"in {name} one copyist was told something else than the others: all copy the same original, or the "
            "mistakes of the first are copied along",
        )
        texts = [copy.text for copy in copies]
        if texts[0] == texts[1]:
            require(len(texts) == 2, f"in {name} the first two copies agree, and a third was asked for all the same")
        else:
            thirds += 1
            require(len(texts) == 3, f"in {name} the two copies differ, so one of them is wrong. Ask for a third")
        agreed = next((text for text in texts if texts.count(text) > 1), None)
        if agreed is None:
            named = isinstance(each.result, Skipped) and each.result.why.strip()
            require(named, f"in {name} no two copies agree, and the result does not say so: return Skipped(who, why)")
        else:
            require(as_text(each.result) == agreed, f"in {name} the result is not the copy that two agree on")
    both = f"{thirds} of the two runs needed a third copy: hand in one of each kind, with another seed"
    require(thirds == 1, both)
    return "two calls where the copies agree, three where they do not"


@exercise(
    "03.in-words",
    hints=[
        'Is "approve" in "I cannot approve this"? What does the inspector answer, word by word, when all is well?',
        "When the first flaw is mended, `stubborn` keeps the loop busy until the budget stops it. What says a number?",
        "Below the `for`, return something that nobody can mistake for a sentence: `Skipped(writer.name, why)`.",
    ],
    ends=("done", "failed", "flagged", "waiting"),
)
def in_words(run: Run, *, stubborn: Run) -> str:
    """Find the flaws: approval read from words, and the loop without an end that hides behind it."""
    for name, each, writer in (("my_quick", run, "quick"), ("my_stubborn", stubborn, "stubborn")):
        drafts, answers = exchanges(each, writer), exchanges(each, "inspector")
        require(drafts, f"in {name} nobody has asked {writer}")
        require(answers, f"in {name} the inspector was not asked, and nothing goes out without that")
        approved = [draft.text for draft, answer in zip(drafts, answers, strict=False) if answer.text == APPROVED]
        refused = [draft.text for draft in drafts if draft.text not in approved]
        went_out = as_text(each.result) if each.stop_reason == "done" else ""
        require(
            not any(draft == went_out for draft in refused),
            f"in {name} a draft went out of which the inspector says: {answers[-1].text!r}",
        )
        require(len(drafts) <= DRAFTS, f"in {name} there are {len(drafts)} drafts, and at most {DRAFTS} are wanted")
        if approved:
            require(went_out == approved[-1], f"in {name} a draft was approved, and the result is something else")
        else:
            require(len(drafts) > 1, f"in {name} it gave up after one draft, and nobody could mend anything")
            require(says_why(each), f"in {name} nothing passed, and the result does not say so")
    quick = [answer.text for answer in exchanges(run, "inspector")]
    require(APPROVED in quick, "quick learns from a note, and was never shown one: hand on what the inspector says")
    return f"quick is done after {len(quick)} drafts, stubborn is stopped after {len(exchanges(stubborn, 'stubborn'))}"


def with_ends(copies: list[Exchange]) -> list[tuple[Exchange, float]]:
    """Each copy, and the event with which the next one was asked for: a verdict on it has come before."""
    ends: list[float] = [copy.began for copy in copies[1:]]
    return list(zip(copies, [*ends, float("inf")], strict=True))


def verdict_on(copy: Exchange, checks: list[Exchange], until: float) -> str | None:
    """What the checker said of a copy before the next was asked for; None if it never saw it."""
    said = [each.answer.decision for each in checks if copy.ended < each.began < until and holds(each.prompt, copy)]
    return said[-1] if said else None


def longest(flags: list[bool]) -> int:
    """How many in a row were true, at most."""
    most = now = 0
    for flag in flags:
        now = now + 1 if flag else 0
        most = max(most, now)
    return most


def says_why(run: Run) -> bool:
    """Whether a run without good work shows that: by a reason in its result, an error with a name, or a question."""
    if isinstance(run.outcome, Error):
        return isinstance(run.outcome.error, OrchestraError | ValueError | RuntimeError)
    if run.outcome is None:
        return any(isinstance(event.detail, Review) for event in run.events)
    return bool(run.result.why.strip()) if isinstance(run.result, Skipped) else bool(run.result)
