"""Faults on purpose: what goes wrong with real models, done to one call, to see what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import isawaitable, iscoroutinefunction
from typing import Any

from ..call import FREE, Call, Model, Reply, Usage
from ..errors import ModelError
from .spoiling import POISON, half, poisoned, wrong_shape
from .tokens import count

DEADLINE_S = 60.0  # when a call without an answer is given up
TURNED_AWAY_S = 0.2  # how soon an endpoint says that it has had enough
SLOWER = 10  # times as long as it would have taken
TOKENS_A_WORD = 4 / 3  # of a prompt that no model has read
EXCUSE = "I'm sorry, but I can't help with that."

FAULTS: dict[str, str] = {
    "time-out": f"No answer comes within {DEADLINE_S:g} s. The prompt has been read and is paid for.",
    "rate limit": "The call is turned away at once (429, too many requests). It costs nothing.",
    "cut answer": "The answer breaks off half-way. Half of it is paid for.",
    "wrong shape": "The answer is a list of fragments, and not what was asked for.",
    "empty answer": "The answer is empty. The prompt has been read and is paid for.",
    "refusal": "The model declines to answer. The prompt and the excuse are paid for.",
    "slow answer": f"The answer is the same, and takes {SLOWER} times as long.",
    "poisoned text": "The answer carries an instruction to whoever reads it.",
}
OF_AN_ANSWER = {"cut answer", "wrong shape", "slow answer", "poisoned text"}  # these need one; the others replace it


class Faulty:
    """A model like `model`, but the call whose sample is `sample` meets with a fault, once: a retry is another sample.

    Of a simulated model the fault's tokens, dollars and seconds are what the model's own figures make of them. A live
    model is asked only where its answer is needed, and then costs what it costs; where it is not asked, the tokens of
    the prompt are estimated, and no money is spent. Raises ValueError for an unknown fault.
    """

    def __init__(
        self, model: Model, sample: str, fault: str, *, sleep: Callable[[float], Awaitable[Any]] | None = None
    ):
        check_fault(fault)
        self.model, self.sample, self.fault = model, sample, fault
        self._sleep = sleep  # how a live call waits: asyncio's, or one that a test gives

    def __repr__(self) -> str:
        return f"Faulty({self.model!r}, {self.sample!r}, {self.fault!r})"

    @property
    def simulated(self) -> bool:
        """As the model that it stands for."""
        return self.model.simulated

    def complete(self, call: Call) -> Reply | Awaitable[Reply]:
        """The model's own reply, or what the fault makes of it. Raises ModelError, as an endpoint would."""
        if call.sample != self.sample:
            return self.model.complete(call)
        if self.fault == "rate limit":
            raise turned_away()
        if not self.simulated:
            blocks = self.fault in OF_AN_ANSWER and not answers_later(self.model)
            return self._live(call, self.model.complete(call) if blocks else None)
        try:
            reply = self.model.complete(call)
        except ModelError as error:
            if self.fault in OF_AN_ANSWER:
                raise
            reply = Reply("", error.usage if isinstance(error.usage, Usage) else FREE)
        return meets(self.fault, reply, call.makes) if isinstance(reply, Reply) else reply  # the world will complain

    async def _live(self, call: Call, answer: Reply | Awaitable[Reply] | None) -> Reply:
        from asyncio import get_running_loop, sleep  # it takes longer to load than everything else here

        pause, clock = self._sleep or sleep, get_running_loop().time
        began_s = clock()
        if answer is None and self.fault in OF_AN_ANSWER:  # only now: a call may be cancelled before it begins
            answer = self.model.complete(call)
        if answer is None:
            if self.fault == "time-out":
                await pause(DEADLINE_S)
            words = len(f"{call.role} {call.prompt}".split())
            read = Reply("", Usage(round(words * TOKENS_A_WORD), estimated=True))
            return meets(self.fault, read, call.makes)
        reply: Any = await answer if isawaitable(answer) else answer
        if not isinstance(reply, Reply):
            return reply  # type: ignore[no-any-return]  # the world will complain
        if self.fault == "slow answer":
            await pause((SLOWER - 1) * max(clock() - began_s, reply.latency_s))
        spoiled = meets(self.fault, reply, call.makes)
        return replace(spoiled, usage=reply.usage, cost_out_usd=reply.cost_out_usd)  # it has really been paid


def answers_later(model: Model) -> bool:
    """Whether a live model's complete(call) is async, and so may be called where nothing must block."""
    return answers_later(model.model) if isinstance(model, Faulty) else iscoroutinefunction(model.complete)


def check_fault(fault: object) -> None:
    """Raise ValueError for what is no fault."""
    if not isinstance(fault, str) or fault not in FAULTS:
        raise ValueError(f"fault={fault!r}: there is no such fault. The faults: {', '.join(FAULTS)}")


def too_slow(usage: Usage = FREE) -> ModelError:
    """The error of a call that was given up."""
    return ModelError(
        f"the endpoint did not answer within {DEADLINE_S:g} s. Allow it longer, or ask for less",
        usage=usage, latency_s=DEADLINE_S,
    )  # fmt: skip


def turned_away() -> ModelError:
    """The error of a call that was one too many."""
    return ModelError(
        "the endpoint has had enough for now (429). Wait a moment, and ask again", latency_s=TURNED_AWAY_S
    )


def declined(usage: Usage = FREE, latency_s: float = 0.0) -> ModelError:
    """The error of a call that a model would not answer."""
    return ModelError(f"the model declined to answer. It said: {EXCUSE}", usage=usage, latency_s=latency_s)


def meets(fault: str, reply: Reply, makes: type[Any] | None) -> Reply:
    """What becomes of a reply that meets with a fault; ModelError where no reply is left of it."""
    written = reply.usage.tokens_out
    match fault:
        case "time-out":
            raise too_slow(reply.cut_short(0))
        case "refusal":
            excuse = reworded(reply, EXCUSE, count(EXCUSE))
            raise declined(excuse.usage, excuse.latency_s)
        case "empty answer":
            return reworded(reply, "", 0)
        case "cut answer":
            return reworded(reply, half(reply.text), written // 2)
        case "wrong shape":
            text = wrong_shape(reply.text, makes)
            return reworded(reply, text, round(written * len(text) / max(1, len(reply.text))))
        case "poisoned text":
            return reworded(reply, poisoned(reply.text, makes), written + count(POISON))
    return replace(reply, latency_s=SLOWER * reply.latency_s, first_token_s=SLOWER * reply.first_token_s)


def reworded(reply: Reply, text: str, tokens_out: int) -> Reply:
    """A reply with another text, written at the pace and the price of the one it had."""
    share = tokens_out / reply.usage.tokens_out if reply.usage.tokens_out else 0.0
    cost_out_usd = reply.cost_out_usd * share
    usage = reply.usage._replace(
        tokens_out=tokens_out, cost_usd=reply.usage.cost_usd - reply.cost_out_usd + cost_out_usd
    )
    latency_s = reply.first_token_s + (reply.latency_s - reply.first_token_s) * share
    return replace(reply, text=text, usage=usage, latency_s=latency_s, cost_out_usd=cost_out_usd)
