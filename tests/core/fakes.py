"""Models for tests of the core: their answers, delays and failures depend on what they are asked, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from orchestra_kit import Call, ModelError, Reply, Usage


class Fake:
    """Answers with `who: prompt`, unless given a function; takes one second, of which the first word takes half."""

    simulated = True

    def __init__(self, answer: Callable[[Call], str] | None = None, latency_s: float = 1.0):
        self.answer, self.latency_s, self.calls = answer, latency_s, list[Call]()

    def complete(self, call: Call) -> Reply:
        self.calls.append(call)
        text = self.answer(call) if self.answer else f"{call.who}: {call.prompt}"
        usage = Usage(tokens_in=100, tokens_out=10, cost_usd=0.002)
        return Reply(text, usage, self.latency_s, self.latency_s / 2, cost_out_usd=0.001)


class Moody(Fake):
    """Every prompt has a delay of its own, and some prompts fail."""

    def __init__(self, failures: float = 0.2):
        super().__init__()
        self.failures = failures

    def complete(self, call: Call) -> Reply:
        number = int.from_bytes(blake2b(f"{call.who}|{call.prompt}".encode(), digest_size=6).digest(), "big")
        seconds = 0.1 + (number % 1_000_003) / 1_000_003
        if number % 997 < 997 * self.failures:
            raise ModelError(f"{call.who} is in no mood", usage=Usage(tokens_in=7, cost_usd=0.001), latency_s=seconds)
        usage = Usage(len(call.prompt), 20, cost_usd=0.01)
        return Reply(f"{call.who}<{number % 9973}>", usage, seconds, seconds / 3, cost_out_usd=0.005)


def scripted(**answers: str | list[str]) -> Fake:
    """A model that answers by who is asked; a list is used up answer by answer."""
    queues = {who: list(given) if isinstance(given, list) else None for who, given in answers.items()}

    def answer(call: Call) -> str:
        queue = queues.get(call.who)
        given = answers.get(call.who, f"{call.who} did it")
        return queue.pop(0) if queue else str(given)

    return Fake(answer)
