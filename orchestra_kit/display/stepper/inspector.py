"""What the inspector shows at each step: under each tab some blocks of words, rows and texts, each block kept once.

A block begins with its kind: `words`, and how they look; `rows`, under a title; `text`, under a label, its number, and
the member that it is from; `changes`, the words that came and went; `event`, what stands in the step itself; `tries`,
how often somebody was asked, which stands in the calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, TypeAlias

from .axis import tokens_of
from .book import Story
from .pool import Pool
from .sentences import dollars, seconds

Block: TypeAlias = list[Any]
Call: TypeAlias = dict[str, Any]
Known: TypeAlias = dict[str, Any]  # what steps have told of a call so far
OWN = ("brief", "draft", "verdict", "facts")  # a step without any of them shows the call that was spoken of last
MOVED = (*OWN, "role", "changes", "raw", "opens")  # what stands in the blocks, and no longer in the steps
TABS = ("Brief", "Draft", "Verdict", "Changes", "Raw")
DECISIONS = {"approve": "✓ approve", "reject": "✕ reject", "edit": "✎ edit", "skip": "⊘ skip"}
STATUS = {"ok": "✓ done", "failed": "✕ failed", "cancelled": "⊘ left out"}


class Inspector:
    """Reads a story from its first step on. `blocks` are those that were shown by then."""

    def __init__(self, story: Story):
        self.texts, self.calls, self.steps = story["texts"], story["calls"], story["steps"]
        self.known: dict[int, Known] = defaultdict(lambda: {"facts": []})  # by the number of the call
        self.times: Counter[int] = Counter()  # how often each member was asked
        self.last: int | None = None  # the call that a step spoke of last
        self.blocks = Pool()

    def look(self, number: int) -> dict[str, Any]:
        """What is shown at the next step: whom it is about, what is under each tab, the one that is open at first, and
        the call whose price is known."""
        step = self.steps[number]
        of = step.get("call", self.last if not any(what in step for what in OWN) else None)
        self.last = step.get("call", self.last)
        call = None if of is None else self.calls[of]
        if call and call["asked"] == number:
            self.times[call["member"]] += 1
        known = {"facts": []} if of is None else self.known[of]
        if of == step.get("call"):
            known |= step | {"facts": [*known["facts"], *step.get("facts", [])]}
        opens = step.get("opens", "Draft" if "draft" in known else "Brief")
        blocks = self.tabs(known, self.times[call["member"]] if call else 0)
        return {
            "member": call["member"] if call else step["member"],
            "tabs": [[self.blocks.number(block) for block in blocks[tab]] for tab in TABS],
            "opens": TABS.index(opens),
            "priced": of if call and call.get("closed", number + 1) <= number else None,
        }

    def tabs(self, known: Known, times: int) -> dict[str, list[Block]]:
        """Each tab: what is told in rows, and then the texts; the raw the other way round."""
        tabs: dict[str, list[Block]] = {tab: [] for tab in TABS}
        tabs["Raw"] = [["event"], *([["tries"]] if times else []), *text(known, "raw", "as the model wrote it")]
        for tab, title, rows in known["facts"]:
            tabs[tab].append(["rows", title, rows])
        if brief := known.get("brief"):
            words = sum(len(self.texts[number].split()) for _, number, *_ in brief)
            tabs["Brief"].append(["words", "size", f"words to read: {words:,}"])
        tabs["Brief"] += text(known, "role", "who it is told to be")
        tabs["Brief"] += [["text", label or "the task", *rest] for label, *rest in brief or []]
        if times > 1 and "draft" in known:
            tabs["Draft"].append(["tries"])
        tabs["Draft"] += text(known, "draft")
        if decided := known.get("verdict"):
            decision, note = decided
            tabs["Verdict"].append(["words", f"verdict ok-{decision}", DECISIONS[decision]])
            tabs["Verdict"] += [] if note is None else [["text", "note", note]]
        if "changes" in known:
            tabs["Changes"].append(["changes", known["changes"]])
        return tabs


def text(known: Known, what: str, label: str = "") -> list[Block]:
    return [["text", label, known[what]]] if what in known else []


def tried(call: Call) -> dict[str, str]:
    """What is said of a call while it waits for its turn, while it goes on and when it is over."""
    rows = {"active": f"● active, {seconds(call['from'])} to …"}
    if "queued" in call:
        rows["planned"] = f"○ not yet, {seconds(call['since'])} to …"
    if "status" in call:
        span = f"{seconds(call['from'])} to {seconds(call['to'])}"
        rows["over"] = f"{STATUS[call['status']]}, {span}, {tokens_of(call):,} tokens"
    return rows


def price(call: Call) -> list[str]:
    """What a call that is over has come to."""
    if "to" not in call:
        return []
    return [f"read {call.get('in', 0):,} tokens", f"wrote {call.get('out', 0):,}", seconds(call["to"] - call["from"]),
            dollars(call.get("usd", 0))]  # fmt: skip
