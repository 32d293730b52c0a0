"""HTTP, and nothing but HTTP: the one module that knows httpx.

Connections are kept in a free list of clients with one connection each, which share one TLS context: a client with a
pool looks through all of it for every request, and that alone was a second at 200 calls at once.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import httpx

from .bodies import Unpacker
from .faults import EndpointError, Malformed, Truncated, Unreachable
from .key import Key

IDLE_S = 30.0
CONNECT_S = 10.0  # a machine that is there answers sooner; the deadline of the call counts for all the rest
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class Answer(NamedTuple):
    """What came back, whole, decoded, and without the key."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(slots=True)
class Idle:
    """The connections of one asyncio loop that wait for their next exchange, and whether any was asked for lately."""

    clients: list[httpx.AsyncClient] = field(default_factory=list)
    used: bool = True
    keeper: asyncio.Task[None] | None = None


class Wire:
    """The connections to one URL. Each asyncio loop has its own: a connection belongs to the loop that made it."""

    def __init__(self, url: str, key: Key):
        self.url, self.key = url, key
        self._idle: dict[asyncio.AbstractEventLoop, Idle] = {}

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """One connection, for one exchange. Only after an exchange that went well is it used again: whatever else came
        over it, nothing is left that a later call could take for its answer. Cancelling closes it too."""
        idle = self._idle_here()
        used = bool(idle.clients)
        client = idle.clients.pop() if used else self._new_client()
        try:
            yield Line(self, client, used)
        except BaseException:
            await client.aclose()
            raise
        if self._idle.get(asyncio.get_running_loop()) is idle:
            idle.used = True
            idle.clients.append(client)
        else:  # its keeper has gone meanwhile
            await client.aclose()

    def _idle_here(self) -> Idle:
        loop = asyncio.get_running_loop()
        if loop not in self._idle:
            for ended in [other for other in list(self._idle) if other.is_closed()]:
                self._idle.pop(ended, None)
            self._idle[loop] = idle = Idle()
            idle.keeper = loop.create_task(self._keep(loop, idle))
        self._idle[loop].used = True
        return self._idle[loop]

    async def _keep(self, loop: asyncio.AbstractEventLoop, idle: Idle) -> None:
        """Closes the connections when nobody has used one for a while, or when the loop ends: its last act is to cancel
        its tasks, and this is one."""
        try:
            while idle.used:
                idle.used = False
                await asyncio.sleep(IDLE_S)
        finally:
            self._idle.pop(loop, None)
            for client in idle.clients:
                await client.aclose()

    def _new_client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            auth=self._sign,
            headers={
                "accept": "application/json",
                "accept-encoding": "gzip, deflate",  # what Unpacker can bound
                "content-type": "application/json",
                "user-agent": "orchestra_kit",
            },
            follow_redirects=False,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE_S),
            timeout=httpx.Timeout(None, connect=CONNECT_S),
            trust_env=httpx.URL(self.url).host not in THIS_MACHINE,  # a proxy cannot reach this machine
            verify=tls_context(),
        )

    def _sign(self, request: httpx.Request) -> httpx.Request:
        if key := self.key.value():
            request.headers["authorization"] = f"Bearer {key}"
        return request


class Line(NamedTuple):
    """One connection of a wire."""

    wire: Wire
    client: httpx.AsyncClient
    used: bool  # it has carried an answer before

    async def post(self, body: bytes) -> Answer:
        """Send JSON, and wait for the whole answer, whatever its status."""
        outcome = await self._exchange(body)
        if isinstance(outcome, EndpointError):
            # Raised here and not where it was caught: httpx's own error and frames hold the request with its headers,
            # and a traceback would lead there.
            raise outcome.with_traceback(None)
        return outcome

    async def _exchange(self, body: bytes) -> Answer | EndpointError:
        begun = False
        hide = self.wire.key.hide
        try:
            async with self.client.stream("POST", self.wire.url, content=body) as response:
                begun = True
                unpacker = Unpacker(response.headers.get("content-encoding", ""))
                async for chunk in response.aiter_raw():
                    unpacker.feed(chunk)
                headers = {name.lower(): hide(value.encode()).decode() for name, value in response.headers.items()}
                return Answer(response.status_code, headers, hide(unpacker.whole()))
        except EndpointError as error:
            return error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            fault = fault_of(error, begun, hide(str(error).encode(errors="replace")).decode(errors="replace"))
            if self.used and fault.field == "http":  # the earlier answer was longer than it said: that is its rest
                return Unreachable("the connection could not be used again.", field="connection", said=fault.snippet)
            return fault


def fault_of(error: Exception, begun: bool, said: str) -> EndpointError:
    """What an error of httpx means. `begun`: the head of an answer had come."""
    if any(isinstance(cause, ssl.SSLError) for cause in causes(error)):
        fault: EndpointError = Unreachable("no safe connection (TLS) could be made.", field="tls", said=said)
        fault.transient = False
        return fault
    if isinstance(error, httpx.ProxyError):
        return Unreachable("the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) failed.", field="proxy", said=said)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Unreachable("nobody answers there. Is the server running?", field="base_url", said=said)
    broke_off = isinstance(error, httpx.NetworkError) or "peer closed" in said or "disconnected" in said
    if begun:
        if broke_off:
            return Truncated("the answer broke off in its body.", field="body", said=said)
        return Malformed("the body is not HTTP.", field="body", said=said)
    if broke_off:
        return Unreachable("the connection broke before an answer came.", field="connection", said=said)
    if isinstance(error, httpx.RemoteProtocolError):
        return Malformed("what answers there does not speak HTTP.", field="http", said=said)
    return Unreachable("no request could be sent there.", field="base_url", said=said)


def causes(error: BaseException | None) -> list[BaseException]:
    """An error and what led to it."""
    chain = list[BaseException]()
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


@lru_cache(1)
def tls_context() -> ssl.SSLContext:
    """The certificates, read once: it takes longer than a call on this machine."""
    return httpx.create_ssl_context()
