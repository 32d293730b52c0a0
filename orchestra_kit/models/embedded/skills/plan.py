"""Planning: backwards from what the goal names, over what each member says it takes and makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..actions import actions
from ..job import Job, without_titles
from ..words import content_words, stem

MEMBER = re.compile(r"^\s*[-*•]?\s*name:\s*(?P<name>[^|\n]+?)\s*(?P<rest>\|.*)?$", re.MULTILINE | re.IGNORECASE)
PLAIN_MEMBER = re.compile(r"^\s*[-*•]\s*(?P<name>[\w .-]+?)\s*(?::|–|—| - )\s*(?P<does>.+)$", re.MULTILINE)
FIELD = re.compile(r"\|\s*(does|takes|makes)\s*:\s*([^|\n]*)", re.IGNORECASE)
SAYS_NOTHING = frozenset("anything work text str nothing none any".split())
FROM_THE_GOAL = frozenset("topic goal question brief request task subject theme idea title query".split())
# Adjectives and asides by which a goal asks for a skill without its verb: "a checked post", "as Markdown".
ASKED_BY = {
    "edit": r"\b(?:edited|checked|fact-checked|proofread|polished|corrected|verified|accurate|error-free)\b",
    "format": r"\b(?:formatted|markdown|html|front[ -]?matter|typeset)\b",
    "review": r"\b(?:reviewed|approved|signed off)\b",
    "summarise": r"\b(?:summar(?:y|ies)|tl;?dr|abstract)\b",
    "merge": r"\b(?:merged|combined|consolidated)\b",
}
# One word for what people call by several.
SAME_THING = {
    "post": "article blog essay copy",
    "email": "mail e-mail",
    "fact": "statistic stat finding figure note research",
    "social": "tweet linkedin",
    "draft": "text",
    "edited": "final edit",
    "line": "lines",
    "subject": "headline",
}
DRAFTS = frozenset({"draft", "work", "piece"})
PROSE = frozenset(
    stem(word) for word in "post email report newsletter social summary draft page announcement memo story".split()
)
MADE = re.compile(
    r"^(?:\W*(?:a|an|the|one|two|three|four|five|six|\d+|key|short|all|every|each|any|its|their|some|clear|long|plain|warm|friendly|concise|recent|brief)\b)*"
    r"\W*(?P<what>[\w-]+(?:\s+(?!with|from|of|about|for|that|which|in|on|and|as|to|by|at|into|against)[\w-]+){0,2})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Member:
    """What one line of the team says."""

    name: str
    does: str
    takes: tuple[frozenset[str], ...]
    makes: frozenset[str]
    skills: tuple[str, ...]
    uses: frozenset[str] = field(
        default=frozenset()
    )  # words of the role: what it works from, when `takes` says nothing

    @property
    def refines(self) -> bool:
        """It takes and makes the same kind of thing, as an editor does."""
        return any(self.makes == take or (self.makes and take and take < self.makes) for take in self.takes) or bool(
            {"edit", "review"} & set(self.skills[:1]) and not self.makes - DRAFTS - PROSE - {"edited", "verdict"}
        )


def plan(job: Job) -> str | dict[str, Any]:
    """The steps that lead to the goal, and no others; what is done already is not planned again."""
    goal = without_titles(job.material.section("GOAL", "TASK", "BRIEF") or job.material.task)
    team = sorted(read_team(job.material.section("TEAM", "MEMBERS", "SPECIALISTS")), key=lambda member: member.name)
    finished = [line.strip(" -*•").split(":")[0].strip() for line in job.material.section("DONE").splitlines()]
    done = {member.name for member in team if member.name in finished}
    wanted = members_wanted(goal, team)
    needs: dict[str, list[str]] = {}
    for member in wanted:
        _add(member, team, wanted, needs)
    order = _in_order(needs)
    steps = [{"who": name, "needs": needs[name]} for name in order if name not in done]
    job.how.update(
        criterion="backwards from what the goal names, over what members take and make",
        wanted=[m.name for m in wanted],
        left_out=[m.name for m in team if m.name not in needs],
    )
    if job.makes is None:
        return (
            "\n".join(
                f"{n}. {s['who']}" + (f" (needs {', '.join(s['needs'])})" if s["needs"] else "")
                for n, s in enumerate(steps, 1)
            )
            or "Nothing is left to do."
        )
    return {"steps": steps, "done": True}


def read_team(text: str) -> list[Member]:
    """The members a prompt lists: `- name: … | does: … | takes: … | makes: …`, or `- name: what it does`."""
    found = []
    for match in MEMBER.finditer(text):
        fields = {key.lower(): value.strip() for key, value in FIELD.findall(match["rest"] or "")}
        found.append(
            _member(match["name"].strip(), fields.get("does", ""), fields.get("takes", ""), fields.get("makes", ""))
        )
    return found or [_member(match["name"].strip(), match["does"], "", "") for match in PLAIN_MEMBER.finditer(text)]


def _member(name: str, does: str, takes: str, makes: str) -> Member:
    told = actions(does)
    skills = tuple(dict.fromkeys("edit" if action.skill == "check" else action.skill for action in told))
    made = _things(makes) or _made_by_role(does, skills)
    taken = tuple(
        things
        for part in re.split(r",|\band\b|\+", takes)
        if (things := _things(part)) and not things <= FROM_THE_GOAL_STEMS
    )
    return Member(name, does, taken, made, skills, frozenset() if taken or _says_something(takes) else _things(does))


def _says_something(takes: str) -> bool:
    return bool(takes.strip()) and takes.strip().lower() not in SAYS_NOTHING


def _things(text: str) -> frozenset[str]:
    """The words for a kind of work, told apart from what other words there are for it."""
    if text.strip().lower() in SAYS_NOTHING:
        return frozenset()
    return frozenset(SYNONYMS.get(word, word) for word in content_words(text)) | (
        {"edited"} if re.search(r"\bedited|\bfinal\b", text, re.IGNORECASE) else set()
    )


SYNONYMS = {
    stem(word): thing if thing == "edited" else stem(thing)
    for thing, words in SAME_THING.items()
    for word in words.split()
}
FROM_THE_GOAL_STEMS = frozenset(map(stem, FROM_THE_GOAL))


def _made_by_role(does: str, skills: Sequence[str]) -> frozenset[str]:
    """What a role makes, when nobody says: what stands after its verb; for an editor, the edited draft."""
    if not skills:
        return frozenset()
    if skills[0] in ("edit", "review"):
        return frozenset({"edited", "draft"}) if skills[0] == "edit" else frozenset({"verdict"})
    if skills[0] == "extract":
        return frozenset({"fact"})
    verb = actions(does)[0].quote
    match = MADE.match(verb.split(" ", 1)[1]) if " " in verb else None
    return _things(match["what"]) if match else frozenset()


def members_wanted(goal: str, team: Sequence[Member]) -> list[Member]:
    """Whose work the goal names: by what they make, or by a verb or adjective that asks for what they do."""
    words = _things(goal)
    chosen: dict[str, Member] = {}
    for member in team:
        named = member.makes - DRAFTS - {"edited"}
        if named and named <= words and not member.refines:
            chosen[member.name] = member
    asked = [(action.skill, _things(action.quote)) for action in actions(goal)]
    asked += [(skill, words) for skill, pattern in ASKED_BY.items() if re.search(pattern, goal, re.IGNORECASE)]
    for skill, about in asked:
        skill = "edit" if skill == "check" else skill
        able = [member for member in team if skill in member.skills[:2]]
        if able and not any(member.name in chosen for member in able if skill == member.skills[0]):
            first = [member for member in able if member.skills[0] == skill] or able
            best = max(first, key=lambda m: len(about & (m.makes | _things(m.does))))
            chosen[best.name] = best
    return list(chosen.values()) or _ends_of_the_line(team)


def _ends_of_the_line(team: Sequence[Member]) -> list[Member]:
    """When the goal names nothing that anybody makes: whose work nobody else takes, at the end of the longest chain."""
    giving = {giver.name: taker.name for taker in team for giver in _givers(taker, team)}
    linked = set(giving) | set(giving.values())
    ends = [member for member in team if member.name not in giving]
    chains = {member.name: _chain(member, team) for member in ends if member.name in linked}
    longest = max(map(len, chains.values()), default=0)
    return [member for member in ends if len(chains.get(member.name, ())) == longest and chains] or list(ends or team)


def _chain(member: Member, team: Sequence[Member]) -> list[str]:
    """Everybody whose work a member's work rests on."""
    needs: dict[str, list[str]] = {}
    _add(member, team, [member], needs)
    return list(needs)


def _add(member: Member, team: Sequence[Member], wanted: Sequence[Member], needs: dict[str, list[str]]) -> None:
    """Put a member into the plan, and before it those whose work it takes."""
    if member.name in needs:
        return
    needs[member.name] = []
    for giver in _givers(member, team, wanted):
        _add(giver, team, wanted, needs)
        if member.name not in _upstream(giver.name, needs):
            needs[member.name].append(giver.name)


def _givers(member: Member, team: Sequence[Member], wanted: Sequence[Member] = ()) -> list[Member]:
    """Who makes what a member takes. Of several, the one that fits best; a draft that is also being edited is taken
    from its editor."""
    found: dict[str, Member] = {}
    takes: Iterable[frozenset[str]] = member.takes or [
        other.makes for other in team if other.makes and other.makes & member.uses - {"edited"} and other is not member
    ]
    for take in takes:
        makers = [
            other
            for other in team
            if other is not member
            and _fits(take, other)
            and not (member.refines and other.refines and _after(other, member))
        ]
        if not makers:
            continue
        editors = [other for other in makers if other.refines and (other in wanted or "edited" in take)]
        plain = [other for other in makers if not other.refines]
        pool = editors if editors and not member.refines else plain or makers
        best = max(pool, key=lambda m: (m in wanted, len(m.makes & take) - len(m.makes ^ take) / 10, m.refines))
        found[best.name] = best
    return sorted(found.values(), key=lambda m: m.name)


def _after(other: Member, member: Member) -> bool:
    """Of two that refine the same thing, reviewing comes after editing."""
    rank = {"edit": 0, "review": 1, "format": 2}
    mine, theirs = (rank.get(m.skills[0] if m.skills else "", 0) for m in (member, other))
    return (theirs, other.name) > (mine, member.name)


def _fits(take: frozenset[str], other: Member) -> bool:
    """Whether a member makes what is taken: all its words, or a draft of any kind where any draft will do."""
    if not take or not other.makes:
        return False
    if take & other.makes >= take - {"edited"} and take - {"edited"}:
        return "edited" not in take or "edited" in other.makes or "edit" in other.skills[:1]
    return bool(take & DRAFTS and other.makes & PROSE) and "fact" not in other.makes


def _upstream(name: str, needs: dict[str, list[str]]) -> set[str]:
    found = {name}
    for need in needs.get(name, []):
        if need not in found:
            found |= _upstream(need, needs)
    return found


def _in_order(needs: dict[str, list[str]]) -> list[str]:
    """Before each step the steps it needs; those that could swap places, by name."""
    order: list[str] = []
    while len(order) < len(needs):
        ready = sorted(name for name in needs if name not in order and set(needs[name]) <= set(order))
        order.append(ready[0] if ready else min(set(needs) - set(order)))
    return order
