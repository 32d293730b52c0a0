"""The exercises of notebook 02, The loop."""

from __future__ import annotations

from ...messages import Verdict
from ...requests import Review
from ...run import Run
from ..exercise import exercise, require
from ..properties import at_most, exchanges, holds, one_by_one, overlap, result_of, said

LONG = 100  # words; a longer post is to be shortened
DRAFTS = 3  # at most, before somebody gives up


@exercise(
    "02.plan",
    hints=[
        "Ask of each step: whose work must lie on its desk before it can begin? That is what it needs.",
        'A headline of the edited post needs "editor". What about the email, which is to carry the same post?',
        "The chain is research, writer, editor, and then two at once. The first step needs nobody.",
    ],
)
def plan(run: Run) -> str:
    """Complete it: the needs of a plan with a chain of three, and two at the end of it side by side."""
    works = {each.who: each for each in exchanges(run)}
    team = ["research", "writer", "editor", "headline", "mailer"]
    missing = [who for who in team if who not in works]
    require(not missing, f"{' and '.join(missing)} had nothing to do, and all five steps are wanted")
    require(not overlap(works.values()), "all five began at once: where nobody needs anybody, everything is one wave")
    for giver, taker in (("research", "writer"), ("writer", "editor"), ("editor", "headline"), ("editor", "mailer")):
        require(
            one_by_one([works[giver], works[taker]]) and holds(works[taker].prompt, works[giver]),
            f"{taker} was not told what {giver} made: what does that step need?",
        )
    require(
        overlap([works["headline"], works["mailer"]]),
        "headline and mailer worked one after the other, and neither needs the other",
    )
    require(at_most(run, 5), f"{len(exchanges(run))} calls, and five are enough: one a step")
    extra = [who for who in ("headline", "mailer") if holds(works[who].prompt, works["writer"])]
    require(not extra, f"{' and '.join(extra)} got the unedited post as well. Which of two posts is it to go by?")
    return "four waves, and the last two side by side"


@exercise(
    "02.shorter",
    hints=[
        "The writer's answer is a text like any other. Give it a name, and look at it before you return it.",
        "An `if` decides whether there is one more `await`: `if len(post.split()) > 100:`.",
    ],
)
def shorter(run: Run, *, short: Run) -> str:
    """Build it: a specialist who is asked only if the post is too long."""
    needed = 0
    for name, each in {"my_long": run, "my_short": short}.items():
        post = said(each, "writer")
        require(post is not None, f"in {name} nobody has asked the writer")
        words, asked = len(str(post).split()), exchanges(each, "shortener")
        if words > LONG:
            needed += 1
            require(asked, f"in {name} the post has {words} words, and nobody has asked the shortener")
            require(len(asked) == 1, f"in {name} the shortener was asked {len(asked)} times, and once was wanted")
            require(
                holds(asked[0].prompt, exchanges(each, "writer")[-1]), f"in {name} the shortener never saw the post"
            )
            require(each.result == asked[0].answer, f"in {name} the shortener has answered: return what it made")
        else:
            require(not asked, f"in {name} the post has {words} words, and the shortener was asked all the same")
            require(each.result == post, f"in {name} nothing was to be done to the post: return it as it is")
    require(needed == 1, f"{needed} of the two posts are too long: hand in one topic of each kind, or nothing is shown")
    return f"from {len(str(said(run, 'writer')).split())} words to {len(result_of(run).split())}"


@exercise(
    "02.patience",
    hints=[
        "How often does `while True` go round? Which line in Python says a number instead?",
        "Below a `for` that has come to its end stands the case that nobody likes to think of. What is returned there?",
        (
            "`Skipped(who, why)` is a result that says that something is missing; `await review(post, why)` asks a "
            "person (both: `from orchestra_kit import Skipped, review`)."
        ),
    ],
    ends=("done", "waiting"),
)
def patience(run: Run) -> str:
    """Find the flaw: a loop that only a budget ends."""
    drafts = exchanges(run, "writer")
    verdicts = [each.answer for each in exchanges(run) if isinstance(each.answer, Verdict)]
    require(drafts, "the writer was never asked: somebody should at least try")
    require(len(drafts) <= DRAFTS, f"{len(drafts)} drafts, and at most {DRAFTS} are wanted")
    require(len(drafts) > 1, "one draft only: a note that never goes back helps nobody to do better")
    require(len(verdicts) == len(drafts), f"{len(drafts)} drafts and {len(verdicts)} verdicts: each draft wants a look")
    approved = any(verdict.decision == "approve" for verdict in verdicts)
    require(not approved, "a draft was approved: mend the loop, and leave the reviewer as it is")
    notes = [verdict.note for verdict in verdicts]
    told = all(note in later.prompt for note, later in zip(notes, drafts[1:], strict=False))
    require(told, "a later draft was asked for without the reviewer's note: how is the writer to know what was wrong?")
    after = f"after {len(drafts)} drafts"
    if any(isinstance(event.detail, Review) for event in run.events):
        return f"{after} a person is asked"
    require(run.outcome is not None, "the run waits, and not for a person")
    rest = result_of(run)
    require(run.result is not None and rest, "the result is empty. Say what is missing, and why")
    for draft in drafts:
        rest = rest.replace(draft.text, "")
    require(rest.strip(), "the result is a draft that nobody has approved, and nothing in it says so")
    return f"{after} it gives up, and says so"
