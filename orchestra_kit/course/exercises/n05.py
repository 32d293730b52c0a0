"""The exercises of notebook 05, Hierarchical."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...requests import Value
from ...run import Run
from ..exercise import exercise, require
from ..properties import Exchange, as_text, at_most, exchanges, holds, names, overlap, result_of

READERS = [f"reader {number}" for number in range(1, 13)]  # as the notebook has them, three at a desk
GONE = "reader 5"  # fails in exercise 2
WANTED = 30  # amounts


@exercise(
    "05.sections",
    hints=[
        "A section does for its two desks what `chief` does for its four. Which line of `chief` could stand in it?",
        "`director` asks sections as `chief` asks desks: `section(goal, desks[:2])` is one of the two.",
        "Both sections at once: `await together(section(goal, desks[:2]), section(goal, desks[2:]))`.",
    ],
)
def sections(run: Run) -> str:
    """Complete it: two sections between the chief and the desks."""
    readers, mergers = staff_of(run), exchanges(run, "merger")
    require(len(mergers) != 5, "five mergers: four desks and a chief. Between them there is nobody yet")
    require(len(mergers) == 7, f"{len(mergers)} mergers, and seven are wanted: four desks, two sections, one chief")
    chief = next((each for each in mergers if run.result == each.answer), None)
    require(chief is not None, "return what the chief's merger has made of the two sections")
    assert chief is not None
    of_chief = read_by(chief, mergers)
    require(len(of_chief) == 2, f"the chief's merger was handed the notes of {len(of_chief)} mergers, and not of two")
    for section in of_chief:
        desks = read_by(section, mergers)
        require(len(desks) == 2, f"a section was handed the notes of {len(desks)} desks, and not of two")
        for desk in desks:
            require(len(read_by(desk, readers)) == 3, "a desk was not handed the notes of its three readers")
    require(overlap(readers), "one section waited for the other, and neither needs the other: ask both at once")
    require_nothing_cut(run)
    require_all_kept(run, readers)
    return f"all {WANTED} amounts in {len(exchanges(run))} calls, and nothing was cut"


@exercise(
    "05.gap",
    hints=[
        "`await attempt(reader, goal)` is the notes, or a `Skipped`, which counts as false. Who at the desk sees it?",
        "Let a desk return two things: its merged notes, and a list of those who are missing. A merger sees the first.",
        "At the top, `str(skipped)` is a sentence. Put those sentences below what the last merger has made.",
    ],
)
def gap(run: Run, whole: Run) -> str:
    """Build it: who is missing at the bottom is named at the top."""
    for name, each, failing in (("the first run", run, [GONE]), ("whole", whole, [])):
        readers = staff_of(each, again=True)
        failed = [reader.who for reader in readers if reader.status in ("failed", "skipped")]
        lost = [reader.who for reader in readers if reader.status == "cancelled"]
        require(not lost, f"{' and '.join(lost)} had to stop because {GONE} failed: catch it where they are asked")
        wrong = f"in {name} {' and '.join(dict.fromkeys(failed)) or 'nobody'} failed: start"
        require({*failed} == {*failing}, f"{wrong} the first on `broken`, and the second on `desks`")
        require(at_most(each, 25), f"{len(exchanges(each))} calls in {name}: seventeen are enough, and some to spare")
        require_nothing_cut(each)
        done = [reader for reader in readers if reader.status == "ok"]
        require(overlap(done), f"in {name} there is no moment at which all readers are at work: all desks at once")
        unread = [one.who for one in done if not any(holds(merger.prompt, one) for merger in exchanges(each, "merger"))]
        require(not unread, f"what {' and '.join(unread)} noted was thrown away in {name}")
        require_all_kept(each, done)
    text = as_text(run.result)
    require(
        names(text, GONE),
        f"the word that {GONE} is missing has not reached the top. What a merger is handed, it may leave out",
    )
    others = [who for who in READERS if who != GONE and names(text, who)]
    require(not others, f"the result names {' and '.join(others)}, who did not fail")
    blamed = [who for who in READERS if names(as_text(whole.result), who)]
    require(not blamed, f"in whole nobody failed, and its result names {' and '.join(blamed)}")
    return f"{GONE} is named, and no other; and the notes of all others are used"


@exercise(
    "05.same-page",
    hints=[
        "Print `tokens_cut(my_page)`. Who had no room for their own part, and what took it?",
        "What does a reader need, to note the amounts of one part? And which desk needs to wait for another?",
    ],
)
def same_page(run: Run) -> str:
    """Find the flaw: everybody is told everything."""
    readers, mergers = staff_of(run), exchanges(run, "merger")
    for reader in readers:
        found = read_by(reader, [*readers, *mergers])
        require(
            not found,
            f"{reader.who} was told what others had found before: that is no fresh context, and it takes the room of "
            "their own part",
        )
    require(overlap(readers), "a desk waits for another, and no desk needs another: ask all four at once")
    require_nothing_cut(run)
    require_all_kept(run, readers)
    require(at_most(run, 17), f"{len(exchanges(run))} calls, and seventeen are enough")
    return f"all {WANTED} amounts in {run.summary().latency_s:.1f} seconds{' (simulated)' if run.simulated else ''}"


def staff_of(run: Run, again: bool = False) -> list[Exchange]:
    """The calls of the readers. NotYet unless all twelve were asked, and, but for `again`, once each."""
    readers = [each for each in exchanges(run) if each.who in READERS]
    missing = [who for who in READERS if who not in {each.who for each in readers}]
    require(len(missing) < len(READERS), "nobody reads yet: ask the desks")
    require(not missing, f"{', '.join(missing)} not asked: all twelve readers have a part")
    require(again or len(readers) == len(READERS), f"{len(readers)} calls of readers: each of the twelve once")
    return readers


def read_by(reader: Exchange, works: Sequence[Exchange]) -> list[Exchange]:
    """Those whose answer the reader was told."""
    return [each for each in works if each.ended < reader.began and holds(reader.prompt, each)]


def require_nothing_cut(run: Run) -> None:
    """NotYet if anybody was handed more than fits into the model's window."""
    for event in run.events:
        if event.kind == "answered" and isinstance(event.detail, Value):
            cut = getattr(event.detail.value, "how", {}).get("tokens_cut", 0)
            require(not cut, f"{event.path} was handed {cut:,} tokens more than fits, and never read them")


def require_all_kept(run: Run, readers: Sequence[Exchange]) -> None:
    """NotYet unless the result has the largest amounts of all that these readers were shown."""
    wanted = {*sorted({amount for each in readers for amount in amounts(each.prompt)})[-WANTED:]}
    kept = len(wanted & amounts(result_of(run)))
    require(kept == WANTED, f"{kept} of the {WANTED} largest amounts of these readers' parts are in the result")


def amounts(text: str) -> set[int]:
    """The amounts that a text states, in pounds."""
    return {int(found.replace(",", "")) for found in re.findall(r"£(\d[\d,]*\d)", text)}
