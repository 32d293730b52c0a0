"""The view model of a story: what the script draws, with whatever can be said or worked out before it draws."""

from __future__ import annotations

from collections import Counter

from .axis import ticks, tokens_shape, words_on
from .book import Story
from .inspector import MOVED, Inspector, price, tried
from .lanes import lane_of
from .pool import Pool
from .spent import metrics, spent


def view(story: Story) -> Story:
    """The story with words on its bars, the shape of its tokens, and what is on top and in the inspector at each step.

    A step has the numbers of its `details`, which are tabs with the numbers of their `blocks`, and of what was `spent`
    by then; and the last `line` of code so far, which `runs` if it is this step's own.
    """
    inspector, details, sums, times = Inspector(story), Pool(), Pool(), Counter[int]()
    steps, calls, line = [], [], None
    for number, (step, so_far) in enumerate(zip(story["steps"], spent(story), strict=True)):
        line = step.get("line", line)
        kept = {key: value for key, value in step.items() if key not in MOVED}
        kept |= {"runs": True} if "line" in step else {}
        look = details.number(inspector.look(number))
        steps.append(kept | {"line": line, "details": look, "spent": sums.number(so_far)})
    for call in story["calls"]:
        times[call["member"]] += 1
        words = words_on(call, person=story["members"][call["member"]]["role"] == "person")
        kept = {key: value for key, value in call.items() if key not in ("path", "about")}
        calls.append(kept | {"words": words, "time": times[call["member"]], "tried": tried(call), "price": price(call)})
    lanes = {lane["member"]: number for number, lane in enumerate(story["lanes"])}
    members = [member | {"lane": lanes[lane_of(story["members"], number)]}
               for number, member in enumerate(story["members"])]  # fmt: skip
    return story | {
        "members": members,
        "steps": steps, "calls": calls, "blocks": inspector.blocks.kept, "details": details.kept, "spent": sums.kept,
        "metrics": list(metrics(story).values()), "ticks": ticks(story["until"]),
        "shape": tokens_shape(calls, story["until"] or 1, story["limits"].get("tokens")),
    }  # fmt: skip
