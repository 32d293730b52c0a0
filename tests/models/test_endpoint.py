"""Real models over HTTP: what is sent, what is read, and what becomes of everything that can go wrong on the way."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import zlib
from dataclasses import replace
from typing import Any

import pytest
from models.loopback import Asked, Loopback, fails, response, says, works

from orchestra_kit import (
    Call,
    Choice,
    EmbeddedModel,
    FunctionModel,
    ModelError,
    Specialist,
    attempt,
    connect,
    first,
    scenario,
    start,
    together,
)
from orchestra_kit.models.endpoint import (
    AuthFailed,
    BadRequest,
    BadSpec,
    EndpointError,
    Malformed,
    RateLimited,
    RedirectRefused,
    Refused,
    ServerFault,
    TooLarge,
    TooSlow,
    Truncated,
    Unreachable,
)
from orchestra_kit.scenarios import SCENARIOS

KEY = "sk-proj-0123456789abcdef"
CALL = Call("writer", "Write.", "Say hello.")
GOOD = says("hello")


class Naps:
    """Waits no time, and remembers how long it should have."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ORCHESTRA_KIT_API_KEY", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


def ask(*answers: bytes, call: Call = CALL, **options: Any) -> tuple[Any, Loopback]:
    """What the model makes of these answers, one for each request (the last for all further ones), and the server."""
    left = list(answers)
    with Loopback(lambda _: left.pop(0) if len(left) > 1 else left[0]) as server:
        model = connect(server.spec, sleep=Naps(), **options)
        try:
            return asyncio.run(model.complete(call)), server
        except ModelError as error:
            return error, server


# --- where it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "settings", "shown"),
    [
        ("ollama:llama3.2:1b", {}, "'llama3.2:1b' at 127.0.0.1:11434"),
        ("ollama:qwen3", {"OLLAMA_HOST": "0.0.0.0"}, "'qwen3' at 127.0.0.1:11434"),
        ("ollama:qwen3", {"OLLAMA_HOST": "https://gpu.example/"}, "'qwen3' at gpu.example:443"),
        ("openai:gpt-4o-mini", {"OPENAI_API_KEY": KEY}, "'gpt-4o-mini' at api.openai.com"),
        ("http://127.0.0.1:8080/v1#@cf/qwen:3", {"ORCHESTRA_KIT_API_KEY": KEY}, "'@cf/qwen:3' at 127.0.0.1:8080"),
    ],
)
def test_a_spec_says_where(spec: str, settings: dict[str, str], shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert repr(connect(spec)) == f"<Endpoint {shown}>"


@pytest.mark.parametrize(
    "spec", ["", "gpt-4o", "ftp://x/v1#m", "anthropic:m", "http://x/v1", "ollama:", "http://x:a#m"]
)
def test_a_spec_that_names_nothing_is_told_the_forms(spec: str) -> None:
    with pytest.raises(BadSpec, match=r"ollama:MODEL|is not a URL such as http://127.0.0.1:8080/v1") as caught:
        connect(spec)
    assert isinstance(caught.value, EndpointError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "spec",
    [
        f"http://me:{KEY}@127.0.0.1/v1#m",
        f"http://127.0.0.1/v1?key={KEY}#m",
        f"openai:{KEY}",
        KEY,
        "https://me:hush@x/v1#m",
    ],
)
def test_a_key_in_a_spec_is_refused_and_not_repeated(spec: str) -> None:
    with pytest.raises(BadSpec, match="there is a key or a password") as caught:
        connect(spec)
    assert KEY not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_missing_key_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AuthFailed, match="set the environment variable OPENAI_API_KEY"):
        connect("openai:gpt-4o-mini")
    monkeypatch.setenv("OPENAI_API_KEY", KEY + "\n")
    with pytest.raises(AuthFailed, match="OPENAI_API_KEY holds a space, a line end") as caught:
        connect("openai:gpt-4o-mini")
    assert KEY not in str(caught.value)


# --- what is asked and answered ---------------------------------------------------------------------------------------


def test_role_prompt_and_limit_go_out_and_text_and_usage_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORCHESTRA_KIT_API_KEY", KEY)
    reply, server = ask(GOOD, prices=(1.0, 10.0))
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert asked.body == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Write."}, {"role": "user", "content": "Say hello."}],
        "max_tokens": 1_600,
    }
    assert (reply.text, reply.usage) == ("hello", (12, 3, 4, 0.000042, False))
    assert reply.how == {"answered_by": "tiny", "finish_reason": "stop", "attempts": 1}


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": -1, "completion_tokens": "ten"}, {"prompt_tokens": 10**30}])
def test_usage_that_is_missing_or_absurd_is_estimated_and_marked(usage: Any) -> None:
    with Loopback(lambda _: says("Bees sleep, too.", usage=usage)) as server:
        run = start(Specialist("w", "Write."), "Write about bees.", model=connect(server.spec)).finish()
    assert "~6 tokens in, ~6 out, ~$0" in str(run.summary())


def test_a_known_model_of_openai_has_its_published_price(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda _: GOOD) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.spec.partition("#")[0])
        known, unknown = (asyncio.run(connect(f"openai:{m}").complete(CALL)) for m in ("gpt-4o-mini", "gpt-99"))
    assert (known.usage.cost_usd, unknown.usage.cost_usd) == ((12 * 0.15 + 3 * 0.6) / 1e6, 0.0)
    assert server.asked[0].body["max_completion_tokens"] == 1_600


def test_a_typed_answer_is_asked_for_by_schema_and_taken_out_of_its_fence() -> None:
    with Loopback(lambda _: says('Sure:\n```json\n{"number": 2, "why": "shorter"}\n```')) as server:
        judge = Specialist("judge", "Choose one.", makes=Choice)
        assert start(judge, "A, or B?", model=connect(server.spec)).finish().result == Choice(2, "shorter")
    wanted = server.asked[0].body["response_format"]["json_schema"]
    assert (wanted["name"], wanted["schema"]["required"]) == ("Choice", ["number"])


def test_a_server_without_schemas_is_asked_in_words_from_then_on() -> None:
    def old_server(asked: Asked) -> bytes:
        old = "response_format" in asked.body
        return fails(400, "unknown field: response_format") if old else says('{"number": 1}')

    async def twice(_: str) -> Any:
        judge = Specialist("judge", "Choose one.", makes=Choice)
        return [await judge("A, or B?"), await judge("C, or D?")]

    with Loopback(old_server) as server:
        assert start(twice, "x", model=connect(server.spec, sleep=Naps())).finish().result == [Choice(1), Choice(1)]
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, False]
    assert '"required": ["number"]' in server.asked[-1].body["messages"][1]["content"]


def test_a_refused_request_is_not_taken_for_a_server_without_schemas() -> None:
    error, server = ask(fails(400, "the prompt is too long"), call=Call("j", "", "?", Choice))
    assert (type(error), len(server.asked)) == (BadRequest, 1)


# --- what goes wrong --------------------------------------------------------------------------------------------------

CUT = GOOD.replace(b"application/json", b"application/json\r\nconnection: close")[:-9]
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
PACKED = gzip.compress(b" " * 99_000)


def bomb(size: int) -> bytes:
    """That many zero bytes, in a thousandth of the space."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


@pytest.mark.parametrize(
    ("answer", "kind", "field", "requests"),
    [
        (CUT, Truncated, "body", 3),
        (CHUNKED + b"2\r\n{}\r\n", Truncated, "body", 3),
        (CHUNKED + b"many\r\n{}\r\n", Malformed, "body", 1),
        (response(PACKED[:50], content_encoding="gzip"), Truncated, "body", 3),
        (response(b"{}", content_encoding="gzip"), Malformed, "content-encoding", 1),
        (response(b"{}", content_encoding="br"), Malformed, "content-encoding", 1),
        (response(b"x" * (8 << 20) + b"x"), TooLarge, "body", 1),
        (response(bomb(256 << 20), content_encoding="gzip"), TooLarge, "body", 1),
        (response(b"", 307, location="http://127.0.0.1:9/v1"), RedirectRefused, "location", 1),
        (b"SSH-2.0-OpenSSH\r\n\r\n", Malformed, "http", 1),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}", Malformed, "http", 1),
        (response(b"<!DOCTYPE html><p>Sign in"), Malformed, "content-type", 1),
        (response(b"\xff\xfe{}"), Malformed, "body", 1),
        (response(b"[" * 100_000), Malformed, "body", 1),
        (response(b'{"n": ' + b"9" * 5_000 + b"}"), Malformed, "body", 1),
        (response(b""), Malformed, "body", 1),
        (GOOD.replace(b"length: ", b"length: 9\r\nx: "), Malformed, "body", 1),
        (response(b"{}"), Malformed, "choices", 1),
        (says(42), Malformed, "choices[0].message.content", 1),
        (says(" "), Malformed, "choices[0].message.content", 1),
        (says("", choices=[{"message": {"refusal": "I will not."}}]), Refused, "choices[0].message.refusal", 1),
        (fails(401), AuthFailed, "its key", 1),
        (fails(404), BadRequest, "model", 1),
        (response(b'{"detail": [{"loc": ["body", "seed"], "msg": "Extra"}]}', 422), BadRequest, "body.seed", 1),
        (fails(429), RateLimited, "rate", 3),
        (fails(409), ServerFault, "status", 3),
        (fails(529), ServerFault, "status", 3),
        (fails(500, x_should_retry="false"), ServerFault, "status", 1),
        (response(b'{"error": {"code": "insufficient_quota"}}', 429), RateLimited, "rate", 1),
    ],
)  # fmt: skip
def test_every_fault_is_one_error_with_its_field(
    answer: bytes, kind: type[EndpointError], field: str, requests: int
) -> None:
    """And after it, the next call on the same model works, at the first attempt."""
    left = [answer] * requests
    with Loopback(lambda _: left.pop() if left else GOOD) as server:
        model = connect(server.spec, sleep=Naps())

        async def both() -> int:
            with pytest.raises(kind) as caught:
                await model.complete(CALL)
            assert caught.value.field == field.replace("its key", "ORCHESTRA_KIT_API_KEY")
            assert caught.value.attempts == requests == len(server.asked)
            assert len(caught.value.snippet) <= 200
            assert caught.value.snippet.isprintable()
            return int((await model.complete(CALL)).how["attempts"])

        assert asyncio.run(both()) == 1


def test_what_an_answer_leaves_behind_is_not_taken_for_the_next_answer() -> None:
    left = [GOOD + b"and more", GOOD, GOOD]
    with Loopback(lambda _: left.pop(0)) as server:
        model = connect(server.spec, sleep=Naps())

        async def both() -> list[Any]:
            return [(await model.complete(CALL)).how["attempts"] for _ in range(2)]

        assert asyncio.run(both()) == [1, 2]


def test_nobody_there() -> None:
    with Loopback(lambda _: GOOD) as server:
        pass
    with pytest.raises(Unreachable, match="Is the server running") as caught:
        asyncio.run(connect(server.spec, sleep=Naps()).complete(CALL))
    assert (caught.value.field, caught.value.attempts) == ("base_url", 3)


def test_a_server_that_hangs_meets_the_deadline_and_its_prompt_is_booked() -> None:
    began = time.monotonic()
    with Loopback(lambda _: None) as server:
        with pytest.raises(TooSlow, match=r"did not answer within 0.2 s. Allow it longer") as caught:
            asyncio.run(connect(server.spec, deadline_s=0.2).complete(CALL))
        assert server.hung_up.wait(1)
    assert time.monotonic() - began < 1
    assert caught.value.usage == (5, 0, 0, 0.0, True)


def test_what_an_attempt_cost_is_booked_when_the_next_one_succeeds() -> None:
    reply, _ = ask(CUT, GOOD)
    assert (reply.usage.tokens_in, reply.usage.estimated, reply.how["attempts"]) == (12 + 5, True, 2)


def test_waits_grow_and_follow_what_the_endpoint_asks() -> None:
    naps = Naps()
    answers = [fails(503), fails(503), GOOD, fails(429, retry_after="7"), fails(429, retry_after_ms="150"), GOOD]
    with Loopback(lambda _: answers.pop(0)) as server:
        model = connect(server.spec, sleep=naps)
        assert [asyncio.run(model.complete(CALL)).text for _ in range(2)] == ["hello"] * 2
    assert 0.3 < naps.taken[0] < naps.taken[1] < 1.3
    assert naps.taken[2:] == pytest.approx([7.05, 0.2], abs=0.06)


@pytest.mark.parametrize(("asked", "tries"), [("86400", 1), ("inf", 1), ("soon", 3), ("-1", 3), ("nan", 3)])
def test_a_wait_beyond_the_deadline_is_not_begun(asked: str, tries: int) -> None:
    error, server = ask(fails(429, retry_after=asked))
    assert (type(error), len(server.asked)) == (RateLimited, tries)
    assert error.retry_after == (float(asked) if tries == 1 else None)


# --- the key ----------------------------------------------------------------------------------------------------------


def everything(thing: Any, seen: dict[int, Any]) -> None:
    """Everything that can be reached from a thing: items, attributes, causes, and the local variables of tracebacks."""
    if id(thing) in seen or isinstance(thing, type | int | float) or len(seen) > 200_000:
        return
    seen[id(thing)] = thing
    if isinstance(thing, dict):
        parts = [*thing.keys(), *thing.values()]
    elif isinstance(thing, list | tuple | set | frozenset):
        parts = list(thing)
    elif isinstance(thing, str | bytes):
        parts = []
    else:
        slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        parts = [getattr(thing, name, None) for name in slots if isinstance(slots, list)]
        parts += [getattr(thing, "__dict__", {})]
    if isinstance(thing, BaseException):
        parts += [thing.args, thing.__cause__, thing.__context__]
        frame = thing.__traceback__
        while frame is not None:
            if "orchestra_kit/" in frame.tb_frame.f_code.co_filename or "httpx" in frame.tb_frame.f_code.co_filename:
                parts.append(dict(frame.tb_frame.f_locals))
            frame = frame.tb_next
    for part in parts:
        everything(part, seen)


@pytest.mark.parametrize(
    "answer",
    [
        fails(401, f"wrong key {KEY}", x_request_id=f"for {KEY}"), fails(500, KEY), response(KEY.encode()), CUT, None,
        response(b"{}", content_encoding="gzip"), response(b"", 302, location=f"http://x/{KEY}"),
        says(f"Your key is {KEY}."), b"SSH-2.0\r\n\r\n",
    ],
)  # fmt: skip
def test_the_key_is_nowhere(answer: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORCHESTRA_KIT_API_KEY", KEY)
    with Loopback(lambda _: answer) as server:
        model = connect(server.spec, sleep=Naps(), deadline_s=0.3)
        run = start(Specialist("w", "Write."), "Say hello.", model=model).finish()
        error = getattr(run.outcome, "error", None)
        assert server.asked[0].headers["authorization"].endswith(KEY)
    seen: dict[int, Any] = {}
    for thing in (model, run.events, run.outcome, error):
        everything(thing, seen)
    assert len(seen) > 50
    assert not [thing for thing in seen.values() if isinstance(thing, str) and KEY in thing]
    assert not [thing for thing in seen.values() if isinstance(thing, bytes) and KEY.encode() in thing]
    assert KEY not in repr(run.events) + repr(model) + str(error) + repr(error)


# --- runs -------------------------------------------------------------------------------------------------------------


def test_cancelling_closes_the_connection() -> None:
    arrived = threading.Event()
    slow, quick = Specialist("slow", "Write."), Specialist("quick", does=lambda _: arrived.wait(5))

    async def race(_: str) -> Any:
        return await first(slow("x"), quick("x"))

    with Loopback(lambda _: arrived.set()) as server:  # and no answer
        run = start(race, "x", model=connect(server.spec)).finish()
        assert run.result is True
        assert server.hung_up.wait(2)
    assert list(run.calls().status) == ["cancelled", "ok"]


def test_one_model_serves_many_runs_and_uses_its_connections_again() -> None:
    writer = Specialist("writer", "Write.")

    async def three(_: str) -> Any:
        return [await writer("a"), await writer("b"), *await together(writer("c"), writer("d"))]

    with Loopback(lambda _: GOOD) as server:
        model = connect(server.spec)
        runs = [start(three, "x", model=model) for _ in range(2)]
        assert [run.finish().result for run in runs] == [["hello"] * 4] * 2
        assert (len(server.asked), server.connections) == (8, 4)
        assert asyncio.run(model.complete(CALL)).text == "hello"


def test_an_orchestrator_skips_who_cannot_be_reached() -> None:
    async def careful(_: str) -> Any:
        return await attempt(Specialist("writer", "Write."), "x")

    with Loopback(lambda _: fails(401)) as server:
        left_out = start(careful, "x", model=connect(server.spec)).finish().result
    assert "AuthFailed" in str(left_out)
    assert "check ORCHESTRA_KIT_API_KEY" in str(left_out)


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios_run_on_an_endpoint_as_they_do_without(name: str) -> None:
    """The embedded model does the work, once behind the endpoint and once directly: nothing is lost on the way."""
    task = scenario(name)
    orchestrator = task.orchestrator("sequential")
    direct = FunctionModel(lambda call: EmbeddedModel().complete(replace(call, sample="")))  # which no endpoint is told
    with Loopback(works) as server:
        run = start(orchestrator, task.goal, model=connect(server.spec)).finish()
    assert run.stop_reason == "done"
    assert run.result == start(orchestrator, task.goal, model=direct).finish().result
    checks = {check.name: check.passed for check in task.check(run.result)}
    facts = [passed for name, passed in checks.items() if name.startswith(("facts", "figures"))]
    assert len(facts) == 2
    assert all(facts)
    assert list(run.calls().query("tokens_in > 0").tokens_in) == [12] * len(server.asked)  # whoever is Python is free
    assert not run.summary().simulated


# --- what llmock thinks of it -----------------------------------------------------------------------------------------


def test_llmock_finds_nothing_to_blame(llmock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its clock is real, so the waits are shortened, all alike; those it asks for itself are not. It also has to see
    that they grow, which on a busy machine the jitter could hide."""
    monkeypatch.setattr("random.uniform", lambda low, high: (low + high) / 2)

    async def shorter(seconds: float) -> None:
        await asyncio.sleep(seconds / 4)

    async def names(answer: Any) -> list[str]:
        return [type(outcome).__name__ for outcome in await asyncio.gather(answer, return_exceptions=True)]

    async def exercise() -> list[str]:
        hurried = connect("openai:gpt-4o-mini", sleep=shorter)
        patient = connect(f"{llmock.base_url()}#gpt-4o-mini")
        said = list[str]()
        for status in (400, 401, 403, 404, 422, 408, 409):
            llmock.fail(status)
            said += await names(hurried.complete(Call("w", "", f"try {status}")))
        llmock.fail(500, times=3)
        said += await names(hurried.complete(CALL))
        for status in (429, 503, 529):
            llmock.fail(status, times=2, retry_after=0.1)
            said += await names(patient.complete(Call("w", "", f"wait {status}")))
        return said + await names(patient.complete(Call("j", "", "choose", Choice)))

    refused = ["BadRequest", "AuthFailed", "AuthFailed", "BadRequest", "BadRequest"]
    assert asyncio.run(exercise()) == [*refused, *["Reply"] * 2, "ServerFault", *["Reply"] * 4]
    llmock.assert_resilient(strict=True)
    assert llmock.verdict().faults == 16
