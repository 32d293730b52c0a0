"""A model with a fault: which call it happens to, what is left of the reply, and what it costs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from core.fakes import Fake
from pydantic import RootModel

from orchestra_kit import Call, Choice, Live, ModelError, Plan, Reply, Specialist, Usage, Verdict, start
from orchestra_kit.deliverables import Draft, Fact, Facts
from orchestra_kit.handoff import unreadable
from orchestra_kit.models import FAULTS, Faulty
from orchestra_kit.models.misbehaving import misbehaving
from orchestra_kit.models.spoiling import POISON

TYPED = {
    Verdict: '{"decision": "reject", "note": "dull"}',
    Choice: '{"number": 1, "why": "it is shorter"}',
    Plan: '{"steps": [{"who": "writer", "brief": "Write about bees."}]}',
    Draft: '{"title": "Bees", "body": "Bees dance."}',
    Facts: Facts(facts=[Fact(statement="Bees dance.")]).model_dump_json(),
}


class Lines(RootModel[list[str]]):
    """A type that a list of fragments would fit."""


def ask(fault: str, text: str = "Bees dance in May.", *, makes: Any = None) -> Reply:
    """The reply of a faulty model: 1 s to the first word, 3 s of writing, 100 tokens in and 20 out at 1 and 3 cents."""
    reply = Reply(text, Usage(100, 20, cost_usd=0.04), latency_s=4, first_token_s=1, cost_out_usd=0.03)
    model = Fake()
    model.complete = lambda _: reply  # type: ignore[method-assign]
    return Faulty(model, "1/2", fault).complete(Call("x", "", "bees", makes, sample="1/2"))  # type: ignore[return-value]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_other_call_passes_untouched(fault: str) -> None:
    model, plain = Faulty(Fake(), "1/2", fault), Fake()
    for sample in ("1/1", "1/3", "1.1/2", ""):
        assert model.complete(Call("x", "", "bees", sample=sample)) == plain.complete(Call("x", "", "bees"))
    assert model.simulated


def test_what_is_paid_and_how_long_it_takes() -> None:
    cut, empty, slow = ask("cut answer"), ask("empty answer"), ask("slow answer")
    assert (cut.text, cut.usage.tokens_out, cut.latency_s) == ("Bees danc", 10, 2.5)
    assert cut.usage.cost_usd == pytest.approx(0.025)
    assert (empty.text, empty.usage[:2], empty.latency_s) == ("", (100, 0), 1)
    assert empty.usage.cost_usd == pytest.approx(0.01)
    assert (slow.text, slow.usage[:2], slow.latency_s, slow.first_token_s) == ("Bees dance in May.", (100, 20), 40, 10)
    poisoned = ask("poisoned text")
    assert poisoned.text == f"Bees dance in May.\n\n{POISON}"
    assert poisoned.usage.tokens_out > 20
    assert poisoned.latency_s > 4


@pytest.mark.parametrize(
    ("fault", "says", "tokens", "cost_usd", "latency_s"),
    [
        ("time-out", "did not answer within 60 s. Allow it longer", (100, 0), 0.01, 60),
        ("rate limit", "has had enough for now .429.", (0, 0), 0, 0.2),
        ("refusal", "the model declined to answer. It said: I'm sorry", (100, 10), 0.025, 2.5),
    ],
)
def test_failures_cost_what_they_would(
    fault: str, says: str, tokens: tuple[int, int], cost_usd: float, latency_s: float
) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        ask(fault)
    usage = caught.value.usage or Usage()
    assert isinstance(usage, Usage)
    assert usage[:2] == tokens
    assert usage.cost_usd == pytest.approx(cost_usd)
    assert caught.value.latency_s == pytest.approx(latency_s)


@pytest.mark.parametrize(("makes", "text"), TYPED.items())
def test_typed_answers_are_spoiled_so_that_it_matters(makes: Any, text: str) -> None:
    for fault in ("cut answer", "wrong shape", "empty answer"):
        assert unreadable(makes, ask(fault, text, makes=makes).text), fault
    poisoned = ask("poisoned text", text, makes=makes).text
    assert unreadable(makes, poisoned) is None
    assert POISON in poisoned


def test_the_wrong_shape_is_wrong_even_for_lists() -> None:
    text = '["one", "two", "three", "four"]'
    assert unreadable(Lines, text) is None
    assert unreadable(Lines, ask("wrong shape", text, makes=Lines).text)
    assert json.loads(ask("wrong shape").text) == ["Bees dance in", "May."]


def test_an_answer_that_was_wrong_before_can_be_poisoned_too() -> None:
    for text in ("no JSON", "[" * 100_000, "", "7"):
        assert POISON in ask("poisoned text", text, makes=Verdict).text


def test_a_model_that_fails_anyway() -> None:
    failing = Fake()
    failing.complete = lambda _: (_ for _ in ()).throw(ModelError("no", usage=Usage(7)))  # type: ignore[method-assign]
    call = Call("x", "", "bees", sample="1/1")
    with pytest.raises(ModelError, match="did not answer") as caught:
        Faulty(failing, "1/1", "time-out").complete(call)
    assert caught.value.usage == Usage(7)
    with pytest.raises(ModelError, match="no"):
        Faulty(failing, "1/1", "cut answer").complete(call)


# --- live -------------------------------------------------------------------------------------------------------------


class Server:
    """A model behind an await; it counts how often it is asked."""

    simulated = False

    def __init__(self) -> None:
        self.asked = 0

    async def complete(self, call: Call) -> Reply:
        self.asked += 1
        return Reply(f"{call.who}: {call.prompt}", Usage(100, 20, cost_usd=0.04), latency_s=2)


def live(fault: str) -> tuple[Reply | ModelError, Server, list[float]]:
    server, waited = Server(), list[float]()

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def asked() -> Any:
        try:
            return await Faulty(server, "1/1", fault, sleep=sleep).complete(Call("x", "", "bees", sample="1/1"))  # type: ignore[misc]
        except ModelError as error:
            return error

    return asyncio.run(asked()), server, waited


def test_a_live_model_is_asked_only_where_its_answer_is_needed() -> None:
    for fault in ("time-out", "rate limit", "refusal", "empty answer"):
        came, server, waited = live(fault)
        assert server.asked == 0
        assert waited == ([60.0] if fault == "time-out" else [])
        usage = came.usage or Usage()
        assert isinstance(usage, Usage)
        assert usage.cost_usd == 0
        assert (usage.tokens_in, usage.estimated) == ((0, False) if fault == "rate limit" else (1, True))


def test_a_live_call_that_is_cancelled_before_it_begins_leaves_no_call_behind() -> None:
    """Python would say of it, in the learner's notebook, that it was never awaited: here a warning is an error."""
    for fault in ("cut answer", "time-out"):
        begun: Any = Faulty(Faulty(Server(), "1/2", "refusal"), "1/1", fault).complete(
            Call("x", "", "bees", sample="1/1")
        )
        begun.close()


def test_a_live_answer_costs_what_it_has_really_cost() -> None:
    for fault, text in [("cut answer", "x: b"), ("slow answer", "x: bees"), ("poisoned text", f"x: bees\n\n{POISON}")]:
        came, server, waited = live(fault)
        assert isinstance(came, Reply)
        assert (came.text, came.usage, server.asked) == (text, Usage(100, 20, cost_usd=0.04), 1)
        assert [round(seconds) for seconds in waited] == ([18] if fault == "slow answer" else [])


def test_a_live_run_with_a_fault() -> None:
    async def report(topic: str) -> Any:
        return await Specialist("writer", "Write.")(topic)

    run = start(report, "bees", world=Live(Faulty(Server(), "1/1", "cut answer"))).finish()
    assert run.result == "writer"
    run = start(report, "bees", model=Server()).finish()
    assert run.fork(1, fault="empty answer").finish().result == ""


# --- names ------------------------------------------------------------------------------------------------------------


def test_an_unknown_fault_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"fault='flood': there is no such fault\. The faults: time-out, rate limit, "):
        Faulty(Fake(), "1/1", "flood")
    with pytest.raises(ValueError, match="fault=None: there is no such fault"):
        misbehaving(Specialist("counter", does=len), None)  # type: ignore[arg-type]


def test_each_fault_says_what_happens_in_a_sentence() -> None:
    assert len(FAULTS) == 8
    assert all(says.endswith(".") and len(says) < 100 for says in FAULTS.values())
