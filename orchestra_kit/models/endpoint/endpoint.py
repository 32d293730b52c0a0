"""A model behind an endpoint: one deadline, at most three attempts, and one Reply or one EndpointError."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from ...call import FREE, Call, Reply, Usage
from . import chat
from .faults import BadSpec, EndpointError, TooSlow
from .http import Wire
from .spec import Address, read_spec
from .statuses import error_of, knows_no_schemas

TRIES = 3
PAUSE_S = 0.5  # before the second attempt; before the third, twice that

Sleep = Callable[[float], Awaitable[Any]]


def connect(
    spec: str, *, deadline_s: float = 60.0, prices: tuple[float, float] | None = None, sleep: Sleep = asyncio.sleep
) -> Endpoint:
    """A real model, to be given to `start(…, model=…)`.

    spec        "ollama:MODEL", "openai:MODEL", or an address: "http://127.0.0.1:8080/v1#MODEL"
    deadline_s  how long one call may take, with everything: connecting, attempts, waits and the whole answer
    prices      US dollars for a million tokens, in and out. Without them an `openai:` model has its published price
                where data/profiles.json knows one; every other model counts as free, and only its tokens are real
    sleep       how to wait between attempts; tests give their own

    The key is read from the environment, OPENAI_API_KEY or, for an address, ORCHESTRA_KIT_API_KEY, and is kept nowhere.
    Raises BadSpec for what names no endpoint, and AuthFailed where a key is needed and none is set.
    """
    address = read_spec(spec)
    address.key.value()  # a missing key is found here, and not in the middle of a run
    if not 0 < deadline_s < math.inf:
        raise BadSpec(f"deadline_s={deadline_s} is no time to wait; say seconds, such as 60", field="deadline_s")
    return Endpoint(address, deadline_s=deadline_s, prices=prices or address.prices, sleep=sleep)


@dataclass(slots=True)
class Asking:
    """One call on its way: how often it was tried, by when it must be over, and what its failures have cost."""

    call: Call
    over_at_s: float  # on the clock of the loop
    attempts: int = 0
    spent: Usage = FREE
    told: list[dict[str, str]] = field(default_factory=list)  # the messages of the attempt that is under way


class Endpoint:
    """A model that answers over HTTP. It may be used by many runs, one after another and at the same time."""

    simulated = False

    def __init__(self, address: Address, *, deadline_s: float, prices: tuple[float, float], sleep: Sleep):
        self.address, self.deadline_s, self.prices = address, deadline_s, prices
        self._sleep = sleep
        self._wire = Wire(f"{address.base_url}/chat/completions", address.key)
        self._takes_schemas = True  # until the server says that it does not know them

    def __repr__(self) -> str:
        return f"<Endpoint {self.address.model!r} at {self.address.host}>"

    async def complete(self, call: Call) -> Reply:
        """Ask, and ask again where that can help. Ends in a Reply or an EndpointError, and before the deadline."""
        began = time.monotonic()
        asking = Asking(call, asyncio.get_running_loop().time() + self.deadline_s)
        failure: EndpointError
        try:
            async with asyncio.timeout_at(asking.over_at_s):
                reply = await self._ask(asking)
        except TimeoutError:
            failure = TooSlow(
                f"{self.address.host} did not answer within {self.deadline_s:g} s. Allow it longer, "
                f"connect(…, deadline_s={2 * self.deadline_s:g}), or ask for less.",
                field="deadline_s",
            )
            self._book(asking, failure)
        except EndpointError as error:
            failure = error
        else:
            return Reply(**reply, latency_s=time.monotonic() - began)
        failure.latency_s = time.monotonic() - began
        raise failure

    async def _ask(self, asking: Asking) -> dict[str, Any]:
        while True:
            asking.attempts += 1
            schema = chat.schema_of(asking.call.makes)
            as_field = schema is not None and self._takes_schemas
            try:
                return await self._attempt(asking, schema, as_field)
            except EndpointError as error:
                failure = error
            self._book(asking, failure)
            if as_field and knows_no_schemas(failure):
                self._takes_schemas = False
                pause_s = 0.0
            elif failure.transient:
                pause_s = pause(asking.attempts, failure.retry_after)
            else:
                raise failure
            if asking.attempts >= TRIES or asyncio.get_running_loop().time() + pause_s >= asking.over_at_s:
                raise failure
            if pause_s:
                await self._sleep(pause_s)

    async def _attempt(self, asking: Asking, schema: dict[str, Any] | None, as_field: bool) -> dict[str, Any]:
        """One request and its answer, as the arguments of a Reply."""
        call, address = asking.call, self.address
        asking.told = chat.messages(call, None if as_field else schema)
        limit = {address.limit_field: call.max_tokens}
        body = chat.request(address.model, asking.told, limit, call.makes, schema if as_field else None)
        async with self._wire.line() as line:
            answer = await line.post(body)
            if (problem := error_of(answer, address)) is not None:
                raise problem
            said = chat.read(answer, call.makes if schema is not None else None)
        usage = self._usage(asking, said)
        return {
            "text": said.text,
            "usage": asking.spent + usage,
            "cost_out_usd": self._cost(0, usage.tokens_out),
            "how": {**said.how, "attempts": asking.attempts},
        }

    def _usage(self, asking: Asking, said: chat.Said) -> Usage:
        """What the answer says it used. What it does not say is counted by us, and marked as estimated."""
        silent = said.tokens_in is None or said.tokens_out is None
        tokens_in = chat.about_asked(asking.told).tokens_in if said.tokens_in is None else said.tokens_in
        tokens_out = chat.about(said.text) if said.tokens_out is None else said.tokens_out
        cached = min(said.tokens_cached, tokens_in)
        return Usage(tokens_in, tokens_out, cached, self._cost(tokens_in, tokens_out), silent)

    def _book(self, asking: Asking, failure: EndpointError) -> None:
        """Write the attempts, and what they have probably cost, on a failure."""
        if failure.billed:
            read = chat.about_asked(asking.told)
            asking.spent += read._replace(cost_usd=self._cost(read.tokens_in, 0))
        failure.attempts, failure.usage = asking.attempts, asking.spent

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        usd_in, usd_out = self.prices
        return round((tokens_in * usd_in + tokens_out * usd_out) / 1e6, 12)


def pause(attempts: int, asked_s: float | None) -> float:
    """How long to wait before the next attempt: as long as the endpoint asked, else twice as long each time. A little
    chance keeps many callers from coming back in one moment."""
    if asked_s is not None:
        return asked_s + random.uniform(0, 0.1)
    doubled: float = PAUSE_S * 2 ** (attempts - 1)
    return doubled * random.uniform(0.75, 1.25)
