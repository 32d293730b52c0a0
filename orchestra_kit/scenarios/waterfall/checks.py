"""Measuring what was made of a talk: each check reads the pieces and the talk on its own terms.

What matters in a talk is found from its text alone, for any talk:

key figures   sentences with a quantity in digits, as `claims.py` reads them, and not taken back later in the talk. A
              talk may have more than anybody would pass on: whoever carries ENOUGH_FIGURES of them has carried them all
names         two or more words with capitals in a row, inside a sentence, and not at its beginning only
decisions     sentences in which somebody decides, agrees, approves or announces ("we will …", "from January …")

None of it is shared with the embedded model, which has its own ideas of all three.

"figures correct" sees a wrong number, unit, scale, time of day or direction, a name that belongs to another figure, and
a figure that the speaker takes back. It does not understand: a plain noun in the place of another ("payments" for
"checkout"), a number in words without a unit beside it, or a reason that was none, it lets pass. A denial counts only
where the sentence has nearly all the words of one in the talk (`telling.py`), under "nothing invented". So 1.0 means
that nothing wrong was found, not that everything is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...transcripts import Transcript
from ..check import Check
from ..checks import SUBSTANCE
from ..claims import Evidence
from ..statements import Statement
from .forms import faults_of
from .heard import decisions_in, in_full, names_in, said_to_the_room
from .pieces import KINDS
from .publisher import Published, brief
from .reading import SAME, Reading, known_from, read_pieces
from .telling import agrees, contrary, told_in, wrongly_credited

ENOUGH_FIGURES, ENOUGH_NAMES, ENOUGH_DECISIONS = 20, 6, 5
LONG_FORM = ("blog", "newsletter")  # which say where in the talk each figure stands

WEIGHTS = {  # what a reader minds most counts most
    "figures correct": 3,
    "figures carried": 2,
    "decisions carried": 2,
    "names carried": 1,
    "rightly credited": 2,
    "nothing invented": 2,
    "places given": 1,
    "form kept": 1,
    "reads as written": 1,
    "not repeated": 1,
    "nothing left out": 2,
}


def check_published(result: object, talk: Transcript) -> tuple[Check, ...]:
    """All checks of what was published. A check of something that the talk does not have, such as decisions, is left
    out: there is nothing to measure."""
    done = result if isinstance(result, Published) else Published()
    known = known_from(talk)
    reading = read_pieces(done, known, talk.text)
    checks = [
        figures_correct(reading),
        figures_carried(reading, known),
        decisions_carried(reading, known, talk),
        names_carried(reading, talk),
        rightly_credited(reading, talk),
        nothing_invented(reading, known, talk),
        places_given(reading),
        form_kept(done, len(talk.text.split())),
        reads_as_written(reading),
        not_repeated(reading),
        nothing_left_out(done),
    ]
    return tuple(replace(check, weight=WEIGHTS[check.name]) for check in checks if check is not None)


# what is carried


def figures_correct(reading: Reading) -> Check | None:
    """The share of sentences with figures that give the figure, and its owner, as the talk has them."""
    found = [claim for claims in reading.claims.values() for claim in claims]
    wrong = [claim for claim in found if not claim.support]
    first = f"; {wrong[0].why_not}: {wrong[0].statement.text}" if wrong else ""
    return share("figures correct", len(found) - len(wrong), len(found), f"sentences with figures{first}")


def figures_carried(reading: Reading, known: Evidence) -> Check | None:
    """How many of the talk's sentences with figures stand in at least one piece, out of those that are enough."""
    key = {frozenset(figure.value for figure in statement.quantities) for statement in key_figures(known)}
    carried = {frozenset(figure.value for figure in claim.statement.quantities) for claim in reading.supported}
    used = sum(any(mine & other for other in carried) for mine in key)
    wanted = min(len(key), ENOUGH_FIGURES)
    return share("figures carried", min(used, wanted), wanted, f"key figures; the talk has {len(key)}")


def key_figures(known: Evidence) -> list[Statement]:
    """The sentences with a quantity that nobody takes back."""
    return [statement for statement in known.statements if not known.corrected(statement)]


def decisions_carried(reading: Reading, known: Evidence, talk: Transcript) -> Check | None:
    """How many of the decisions that the talk announces stand in at least one piece."""
    return carried("decisions carried", decisions_in(talk), reading, known, ENOUGH_DECISIONS)


def carried(name: str, said: Sequence[str], reading: Reading, known: Evidence, enough: int) -> Check | None:
    """How many of these sentences of the talk some sentence of a piece repeats."""
    wanted = [known.read(in_full(sentence)) for sentence in said]
    missing = [
        statement
        for statement in wanted
        if not any(statement.share_in(mine.words) >= SAME and agrees(mine, statement) for mine in reading.everything)
    ]
    least = min(len(wanted), enough)
    found = min(len(wanted) - len(missing), least)
    first = f"; missing: {missing[0].text}" if missing and found < least else ""
    return share(name, found, least, f"{name.split()[0]}{first}")


def names_carried(reading: Reading, talk: Transcript) -> Check | None:
    """How many of the people, places and bodies that the talk names are named in at least one piece."""
    names = names_in(talk)
    text = "\n".join(statement.text for statement in reading.everything)
    credited = "\n".join(reading.texts.values())
    speakers = {said.speaker for said in talk.said}  # to credit anybody else carries no name
    missing = [name for name in names if name not in (credited if name in speakers else text)]
    least = min(len(names), ENOUGH_NAMES)
    found = min(len(names) - len(missing), least)
    first = f"; missing: {', '.join(missing[:3])}" if missing and found < least else ""
    return share("names carried", found, least, f"names{first}")


# what is right


def nothing_invented(reading: Reading, known: Evidence, talk: Transcript) -> Check | None:
    """The share of sentences of substance whose words come from one place of the talk, and that do not turn what is
    said there into its opposite. A short sentence counts only if it does."""
    own = known.read(f"{talk.title} {' '.join({said.speaker for said in talk.said})}").words
    told = told_in(talk)
    turned = [statement for statement in reading.everything if contrary(statement, told)]
    said = [statement for statement in reading.everything if len(statement.words - own) >= SUBSTANCE]
    said += [statement for statement in turned if statement not in said]
    windows = [a | b for a, b in zip(known.passages, (*known.passages[1:], frozenset()), strict=True)]
    invented = [
        statement
        for statement in said
        if statement in turned or max((statement.share_in(words) for words in windows), default=0.0) < SAME
    ]
    first = f"; not in the talk: {invented[0].text}" if invented else ""
    return share("nothing invented", len(said) - len(invented), len(said), f"sentences of substance{first}")


def rightly_credited(reading: Reading, talk: Transcript) -> Check | None:
    """The share of sentences under somebody's name that this speaker said: a question from the audience is not the
    speaker's. A talk that names no speakers cannot tell."""
    told = told_in(talk)
    found = [wrong for platform, text in reading.texts.items()
             for wrong in wrongly_credited(text, reading.statements[platform], told)]  # fmt: skip
    return share("rightly credited", found.count(False), len(found), "sentences are from whom the piece says")


def places_given(reading: Reading) -> Check | None:
    """The share of right claims in the long pieces whose place in the talk the piece names."""
    found = [
        any(re.search(rf"(?<![\d:]){re.escape(place_in(source.label))}(?![\d:])", reading.texts[platform])
            for source in claim.support)
        for platform in LONG_FORM
        for claim in reading.claims.get(platform, ())
        if claim.support
    ]  # fmt: skip
    return share("places given", sum(found), len(found), "figures of the long pieces have their place in the talk")


def place_in(label: str) -> str:
    """The place as a list names it: of "part 12", among parts, the number."""
    return label.removeprefix("part ")


# how it reads


def form_kept(done: Published, spoken: int) -> Check | None:
    """The share of what each platform asks for that its piece has."""
    found = [(kind.platform, fault) for kind in KINDS if kind.platform in done.pieces
             for fault in faults_of(kind.platform, done.pieces[kind.platform], spoken)]  # fmt: skip
    wrong = [f"{platform}: {fault}" for platform, fault in found if fault]
    first = f"; {'; '.join(wrong[:3])}" if wrong else ""
    return share("form kept", len(found) - len(wrong), len(found), f"rules of the platforms{first}")


def reads_as_written(reading: Reading) -> Check | None:
    """The share of sentences without what is only said aloud: greetings to a hall, slides, "um", answers to nobody."""
    said = [statement.text for statement in reading.everything]
    spoken = [text for text in said if said_to_the_room(text)]
    first = f"; spoken: {spoken[0]}" if spoken else ""
    return share("reads as written", len(said) - len(spoken), len(said), f"sentences{first}")


def not_repeated(reading: Reading) -> Check | None:
    """The share of sentences that do not stand twice in one piece."""
    total, again = 0, []
    for statements in reading.statements.values():
        seen: set[str] = set()
        for statement in statements:
            plain = " ".join(re.findall(r"\w+", statement.text.casefold()))
            total += 1
            again += [statement.text] if plain in seen else []
            seen.add(plain)
    first = f"; twice: {again[0]}" if again else ""
    return share("not repeated", total - len(again), total, f"sentences{first}")


def nothing_left_out(done: Published) -> Check | None:
    """The share of platforms that got their piece."""
    first = "".join(f"; {platform}: {brief(why)}" for platform, why in done.left_out.items())
    return share(
        "nothing left out", sum(kind.platform in done.pieces for kind in KINDS), len(KINDS), f"platforms{first}"
    )


def share(name: str, good: int, total: int, detail: str) -> Check | None:
    """A check of so many out of so many; None where there is nothing to measure."""
    if not total:
        return None
    return Check(name, good / total, good == total, f"{good} of {total} {detail}")
