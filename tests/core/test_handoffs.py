"""Typed hand-offs: what does not validate is an error that names the field and both sides."""

from __future__ import annotations

from typing import Any

import pytest
from core.fakes import scripted
from pydantic import BaseModel

from orchestra_kit import BadHandoff, Handoff, Specialist, start


class Facts(BaseModel):
    topic: str
    count: int


research = Specialist("research", "Find facts.", makes=Facts)
writer = Specialist("writer", "Write.", takes=Facts)


async def report(topic: str) -> Any:
    return await writer(await research(topic))


def test_a_typed_answer_arrives_as_an_instance_and_goes_on_as_json() -> None:
    model = scripted(research='{"topic": "bees", "count": 3}')
    run = start(report, "bees", model=model).finish()
    assert run.stop_reason == "done"
    assert model.calls[1].prompt == '{"topic":"bees","count":3}'
    assert model.calls[0].makes is Facts


def test_an_answer_of_the_wrong_shape_names_field_and_both_sides_and_is_paid_for() -> None:
    run = start(report, "bees", model=scripted(research='{"topic": "bees", "count": "many"}')).finish()
    with pytest.raises(BadHandoff, match=r"research promised report Facts.*field 'count'.*answered '\{\"topic\""):
        run.result
    assert run.summary().tokens_in == 100


def test_an_answer_that_is_no_json_is_quoted() -> None:
    run = start(report, "bees", model=scripted(research="Sure! Here are the facts.")).finish()
    with pytest.raises(BadHandoff, match="Sure! Here are the facts"):
        run.result


def test_a_brief_of_the_wrong_shape_names_who_made_it() -> None:
    loose = Specialist("loose", "Find facts.")

    async def mixed(topic: str) -> Any:
        return await writer(["Write this up.", Handoff("facts", await loose(topic))])

    run = start(mixed, "bees", model=scripted(loose='{"topic": "bees"}')).finish()
    with pytest.raises(
        BadHandoff, match=r"writer takes Facts, and mixed/loose handed it something else: field 'count'"
    ):
        run.result
    assert run.summary().calls == 1


def test_text_that_validates_is_as_good_as_an_instance() -> None:
    async def by_hand(_: str) -> Any:
        return await writer('{"topic": "bees", "count": 3}')

    assert start(by_hand, "x", model=scripted()).finish().stop_reason == "done"


def test_a_python_specialist_keeps_its_promise_too() -> None:
    counter = Specialist("counter", does=lambda brief: f"about {len(brief)}", makes=Facts)

    async def count(topic: str) -> Any:
        return await counter(topic)

    with pytest.raises(BadHandoff, match="counter promised count Facts"):
        start(count, "x", model=scripted()).finish().result
