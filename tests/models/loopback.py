"""An endpoint on this machine that says, byte for byte, whatever a test wants, and remembers what it was told."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from orchestra_kit import Call, Choice, ModelError, Plan, Verdict
from orchestra_kit.deliverables import Draft, Facts
from orchestra_kit.models.embedded import EmbeddedModel
from orchestra_kit.scenarios.waterfall.pieces import KINDS as PIECES
from orchestra_kit.scenarios.waterfall.pieces import AllPieces

KINDS = {kind.__name__: kind for kind in (Choice, Draft, Facts, Plan, Verdict, AllPieces, *PIECES)}


@dataclass
class Asked:
    """One request, as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Loopback:
    """`answer` makes the bytes of a response, with its head; None never answers."""

    answer: Callable[[Asked], bytes | None]
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    hung_up: threading.Event = field(default_factory=threading.Event)  # a client left without its answer

    def __enter__(self) -> Loopback:
        self._loop, ready = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve(ready)))
        self._thread.start()
        assert ready.wait(5)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(5)
        self._loop.close()

    @property
    def spec(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1#tiny"

    async def _serve(self, ready: threading.Event) -> None:
        self._over, self._talks = asyncio.Event(), set[asyncio.Task[None]]()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._over.wait()
        server.close()
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self.connections += 1
        try:
            while (asked := await read_request(reader)) is not None:
                self.asked.append(asked)
                told = self.answer(asked)
                if told is None:
                    await reader.read()
                    self.hung_up.set()
                    return
                writer.write(told)
                await writer.drain()
                if b"connection: close" in told:
                    return
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client has gone, or the test is over
        finally:
            self._talks.discard(task)
            writer.close()


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """The next request on a connection; None when there is none."""
    try:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
    except asyncio.IncompleteReadError:
        return None
    return Asked(first.split()[1], headers, json.loads(body))


# --- what it may say --------------------------------------------------------------------------------------------------


def response(body: bytes, status: int = 200, **headers: str) -> bytes:
    """A whole response. Header names are given with _ for -."""
    told = {"content-type": "application/json", "content-length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + body


def says(text: Any, **more: Any) -> bytes:
    """A good answer with this text, and usage."""
    usage = {"prompt_tokens": 12, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return response(json.dumps({"model": "tiny", "choices": [choice], "usage": usage} | more).encode())


def fails(status: int, message: str = "no", **headers: str) -> bytes:
    """An error in OpenAI's shape."""
    return response(json.dumps({"error": {"message": message}}).encode(), status, **headers)


def works(asked: Asked) -> bytes:
    """A real answer: the embedded model does the work, of what came over the wire and nothing else."""
    told = {message["role"]: message["content"] for message in asked.body["messages"]}
    kind = asked.body.get("response_format", {}).get("json_schema", {}).get("name")
    call = Call("", told.get("system", ""), told["user"], KINDS.get(kind), asked.body["max_tokens"])
    try:
        return says(EmbeddedModel().complete(call).text)
    except ModelError as error:
        return fails(400, str(error))
