"""How fast the embedded model answers, cold (texts it never saw) and warm (the same again), and how long a comparison
takes. Run it with `make bench`; it ends with 1 when the comparison is over its target."""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from orchestra_kit import Call, EmbeddedModel, compare, scenario
from orchestra_kit.models.tokens import count

ROLE = "Extract every figure with its owner, once each."
SIZES = {1_000: 20, 8_000: 8, 60_000: 3}  # tokens of a prompt, and how many different ones
ROUNDS = 3
TARGET_S, RUNS, WORKERS = 20, 30, 2  # a comparison: every pattern so often, on two cores
PEOPLE = "Maria Tomasz Priya Ewan Aisha Karl Noor Jonas".split()
PLACES = "Leith Portobello Stockbridge Morningside Gorgie Newhaven Cramond Balerno".split()
TALK = (
    "We talked for a while about {place} and how people there feel about it.",
    "{person} said that {place} could be better organised next season.",
    "It is hard to say what should happen in {place} in the long run.",
    "The group came back to {place} again and again without a decision.",
)


def text(tokens: int, seed: str) -> str:
    """A fresh text of about so many tokens: small talk, and a figure every few sentences."""
    draw = random.Random(seed)
    sentences: list[str] = []
    length = 0
    while length < tokens:
        place, person = draw.choice(PLACES), draw.choice(PEOPLE)
        said = [draw.choice(TALK).format(place=place, person=person) for _ in range(4)]
        said.append(f"{person} confirmed that the {place} shop took £{draw.randint(1_001, 99_989):,} last month.")
        sentences += said
        length += 73  # of five such sentences, on average
    return " ".join(sentences)


def calls_a_second(prompts: list[str]) -> float:
    model = EmbeddedModel(window=131_072)
    began = time.perf_counter()
    for prompt in prompts:
        model.complete(Call("bench", ROLE, prompt))
    return len(prompts) / (time.perf_counter() - began)


def main() -> int:
    calls_a_second([text(200, "warm-up")])  # loads the vocabulary
    for tokens, number in SIZES.items():
        cold, warm, sizes = [], [], []
        for turn in range(ROUNDS):
            prompts = [text(tokens, f"{turn} {place} {tokens}") for place in range(number)]
            cold.append(calls_a_second(prompts))
            sizes += [count(prompt) for prompt in prompts]
            warm.append(max(calls_a_second([prompt] * 5) for prompt in prompts[-2:]))
        print(f"embedded model, {median(sizes):6,.0f} tokens        cold {median(cold):6,.0f} calls/s, "
              f"warm {median(warm):6,.0f} calls/s", flush=True)  # fmt: skip
    task = scenario("waterfall")
    began = time.perf_counter()
    with ProcessPoolExecutor(WORKERS) as executor:
        table = compare(task, runs=RUNS, executor=executor, progress=False)
    took = time.perf_counter() - began
    verdict = "OK" if took <= TARGET_S else "OVER"
    print(f"compare: {len(table.frame)} runs of waterfall   {took:6.1f} s   at most {TARGET_S} s   {verdict}")
    return int(took > TARGET_S)


if __name__ == "__main__":
    sys.exit(main())
