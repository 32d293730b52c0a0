"""The embedded model: an offline, extractive model that does real work on the text of a prompt.

Its answer is a function of (role, prompt, makes, max_tokens, sample, seed, settings) and of nothing else: a fact
that is not in the prompt, or was cut off by the window, cannot be in the answer; only greetings, leads and closing
lines are its own words. On screen it is called an extractive model.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields, replace
from statistics import NormalDist
from typing import Any, Literal

from ...call import Call, Reply, Usage
from ...errors import ModelError
from ..profiles import Profile, profile
from ..tokens import count, keep_end, keep_start
from .chance import chance
from .job import Job
from .reading import Material, read_prompt
from .routing import choose
from .sentences import split_sentences
from .skills.typed import fill
from .slips import Reader

Cut = Literal["oldest", "newest", "refuse"]
NEEDS_MATERIAL = frozenset({"extract", "merge", "summarise", "answer", "write", "edit", "format"})
STANDARD_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be changed about the embedded model.

    profile      whose published speed and price it has (data/profiles.json)
    window       tokens that role, prompt and answer may have together
    slips        0: none; 1: facts are overlooked and figures miscopied at published rates; 3: three times as often
    cut          a prompt over the window loses its oldest or its newest part (as local servers do), or is refused (as
                 hosted ones do)
    judge_first  how often, 0 to 1, a judge takes the first candidate without comparing (0.3 in Zheng et al., 2023)
    seed         another seed, another draw of slips and delays
    prices       USD per million tokens in and out, in place of the profile's
    """

    profile: str = "gpt-4o-mini"
    window: int = 8_192
    slips: float = 0.0
    cut: Cut = "oldest"
    judge_first: float = 0.0
    seed: int = 0
    prices: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.cut not in ("oldest", "newest", "refuse"):
            raise ValueError(f"cut={self.cut!r}: say 'oldest', 'newest' or 'refuse'")
        if self.window < 1 or not 0 <= self.slips < math.inf or not 0 <= self.judge_first <= 1:
            raise ValueError(f"{self!r}: window is at least 1, slips at least 0, judge_first from 0 to 1")


class EmbeddedModel:
    """An offline model that extracts, orders, checks and joins what its prompt says, and adds no fact to it.

    >>> EmbeddedModel().complete(Call("x", "List one fact.", "Tea was 3 % dearer in May. People talked.")).text
    '- Tea was 3 % dearer in May.'
    """

    simulated = True

    def __init__(self, profile: str = "gpt-4o-mini", **settings: Any):
        self.settings = Settings(profile, **settings)
        self.profile: Profile = profile_of(self.settings)

    def __repr__(self) -> str:
        changed = [
            f"{f.name}={value!r}" for f in fields(Settings) if (value := getattr(self.settings, f.name)) != f.default
        ]
        return f"EmbeddedModel({', '.join(changed)})"

    def complete(self, call: Call) -> Reply:
        """Answer a call. ModelError says why it cannot, and what the attempt cost."""
        settings = self.settings
        tokens_role, tokens_prompt = count(call.role), count(call.prompt)
        room = settings.window - call.max_tokens - tokens_role
        cut = max(0, tokens_prompt - room)
        if cut and (settings.cut == "refuse" or room < 1):
            raise ModelError(
                f"this prompt has {tokens_prompt + tokens_role:,} tokens and the answer may have "
                f"{call.max_tokens:,}, but the window "
                f"holds {settings.window:,}. Hand over less, split the work, or lower max_tokens"
            )
        prompt = call.prompt if not cut else (keep_end if settings.cut == "oldest" else keep_start)(call.prompt, room)
        tokens_in = tokens_role + tokens_prompt - cut
        key = (settings.seed, call.seed, call.sample)
        reader = Reader(settings.slips, tokens_in, key)
        job = Job(call.role, read_prompt(prompt), call.max_tokens, reader, call.makes, settings.judge_first)
        try:
            text = self._answer(job)
        except ModelError as error:
            error.usage, error.latency_s = (
                Usage(tokens_in, 0, cost_usd=self.profile.cost_usd(tokens_in, 0)),
                self._delay(tokens_in, key),
            )
            raise
        tokens_out = count(text)
        first = self._delay(tokens_in, key)
        return Reply(
            text,
            Usage(tokens_in, tokens_out, cost_usd=self.profile.cost_usd(tokens_in, tokens_out)),
            latency_s=first + self.profile.writing_s(tokens_out),
            first_token_s=first,
            cost_out_usd=self.profile.cost_usd(0, tokens_out),
            how={**job.how, "tokens_cut": cut, "overlooked": reader.overlooked, "miscopied": reader.miscopied},
        )

    def _answer(self, job: Job) -> str:
        choice = choose(job.role, job.material, job.makes)
        job.how.update(skill=choice.skill, because=choice.because)
        answer = choice.work(job) if choice.skill not in NEEDS_MATERIAL or job.statements else job.nothing
        if choice.then and isinstance(answer, str):
            made = Material(job.material.prompt, job.task, {"DRAFT": answer})
            answer = replace(choice, skill=choice.then).work(replace(job, material=made))
        if job.makes is None:
            return end_well(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False), job.budget)
        text = fill(job, answer)
        if count(text) > job.budget:
            raise ModelError(
                f"a {job.makes.__name__} of {count(text):,} tokens does not fit max_tokens={job.budget:,}. Allow "
                f"more, or ask for less"
            )
        return text

    def _delay(self, tokens_in: int, key: tuple[object, ...]) -> float:
        return self.profile.first_token_s(
            tokens_in, STANDARD_NORMAL.inv_cdf(min(max(chance(*key, "delay"), 1e-9), 1 - 1e-9))
        )


def profile_of(settings: Settings) -> Profile:
    """The published speed and price that the settings name."""
    return profile(settings.profile, settings.prices)


def end_well(text: str, tokens: int) -> str:
    """The text, cut if it must be to this many tokens, at the end of a line or sentence."""
    if count(text) <= tokens:
        return text
    kept = keep_start(text, tokens)
    lines = kept.split("\n")
    unfinished = lines.pop()
    original = text[len(kept) - len(unfinished) :].split("\n", 1)[0]
    whole: list[str] = []
    for sentence in split_sentences(original):
        if sum(map(len, whole)) + len(whole) + len(sentence) > len(unfinished):
            break
        whole.append(sentence)
    ended = "\n".join([*lines, *([" ".join(whole)] if whole else [])]).rstrip()
    return ended or kept.rstrip()
