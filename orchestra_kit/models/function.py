"""Any function of a call is a model: for first lessons, tests and benchmarks."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from ..call import Call, Reply, Usage
from .tokens import count


class FunctionModel:
    """A model that answers with what a function returns: text, a typed value, or a Reply of its own.

    It takes no time and costs nothing; tokens are counted.

    >>> FunctionModel(lambda call: call.prompt.upper()).complete(Call("shouter", "", "hello")).text
    'HELLO'
    """

    simulated = True

    def __init__(self, function: Callable[[Call], Any]):
        if iscoroutinefunction(function):
            raise TypeError(f"{function!r} is async, and a FunctionModel answers at once: give an ordinary function")
        self.function = function

    def complete(self, call: Call) -> Reply:
        """Ask the function, and count the tokens."""
        answer = self.function(call)
        if isinstance(answer, Reply):
            return answer
        text = answer.model_dump_json() if hasattr(answer, "model_dump_json") else str(answer)
        return Reply(text, Usage(count(call.role) + count(call.prompt), count(text)))

    def __repr__(self) -> str:
        return f"FunctionModel({getattr(self.function, '__name__', self.function)})"
