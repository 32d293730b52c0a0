"""Sorting an inquiry into one of the classes that the request names."""

from __future__ import annotations

import re
from typing import Any

from ..job import Job
from ..reading import content_words

LISTED = re.compile(
    r"\b(?:as|into|between|one of|either|categor(?:y|ies)|classes|labels?|queues?|departments?|are|types?"
    r"|choose from|options|desks?|intents?|for|to)\b"
    r"(?:\s+(?:exactly|one|of|these|the|following|categories|classes|queues|labels|departments|teams?|desks?|types|are))*\s*:?\s*"
    r"(?P<list>[^.:;\n]+(?:,|/|\bor\b|\band\b)[^.:;\n]+)",
    re.IGNORECASE,
)
DEFINED = re.compile(r"^\s*[-*•]\s*(?P<name>[\w -]{2,40}?)\s*(?:[:(–—]|\s-\s)\s*(?P<about>.+?)\)?\s*$", re.MULTILINE)
SPLIT = re.compile(r"\s*(?:,\s*(?:or|and)\s|,|/|\bor\b|\band\b)\s*", re.IGNORECASE)
# What people write when they mean one of these; matched by root, and only for classes the request itself names.
SAID_FOR = {
    "billing": "invoice charge charged refund payment pay paid price card subscription bill money fee receipt "
    "overcharged cost",
    "payment": "invoice charge charged refund pay paid card bill money fee receipt",
    "technical": "error crash bug broken login password install fails failing slow update screen crashes loading "
    "works working app code server website reset",
    "support": "help broken error problem issue working password login crash fails stuck reset",
    "sales": "buy price quote purchase demo pricing plan licence license seats order upgrade interested discount "
    "trial team enterprise",
    "complaint": "unhappy disappointed terrible angry unacceptable worst rude late broken refund complain poor never "
    "awful wrong",
    "question": "how what when where why can does is which who",
    "order": "order ordered buy deliver delivery ship shipping parcel pieces send purchase",
    "delivery": "parcel arrived arrive late shipping tracking courier package delivered shipped address",
    "shipping": "parcel arrived late delivery tracking courier package delivered shipped address",
    "returns": "return refund exchange wrong size damaged back label",
    "refund": "refund money back return charged cancel",
    "account": "login password email address profile delete username sign access locked",
    "cancellation": "cancel cancelled stop end unsubscribe terminate close",
    "feedback": "love great suggestion idea improve like thank thanks would nice",
    "praise": "love great thank thanks wonderful excellent happy brilliant",
    "job": "apply application vacancy cv resume position hiring career intern",
    "press": "journalist interview article newspaper magazine story comment podcast",
    "legal": "contract lawyer gdpr privacy terms data liability law",
    "spam": "winner prize click free lottery viagra crypto guaranteed",
    "urgent": "urgent immediately asap now emergency outage down",
    "bug": "error crash broken fails exception wrong unexpected",
    "feature": "add wish would support could please option request idea",
}


def classify(job: Job) -> str | dict[str, Any]:
    """The class whose name and description share most with the inquiry, and the words that decided it."""
    classes = (
        classes_named(job.asked)
        or classes_named(job.task)
        or classes_named(job.material.section("CLASSES", "CATEGORIES", "LABELS"))
    )
    if not classes:
        return "I was given no classes to sort into. Name them in the role: one of billing, technical or sales."
    told = job.look()
    inquiry = " ".join(sentence.text for sentence in told) or job.task
    words = content_words(inquiry)
    plain = frozenset(inquiry.lower().split())
    evidence = {name: sorted((about | _roots(name)) & (words | plain)) for name, about in classes.items()}
    best = max(classes, key=lambda name: (len(evidence[name]), name.lower() in ("other", "general")))
    job.how.update(
        criterion=f"words shared with each class: "
        f"{', '.join(f'{name} {len(found)}' for name, found in evidence.items())}"
    )
    if job.makes is None:
        return best if not evidence[best] else f"{best}\nbecause of: {', '.join(evidence[best][:8])}"
    return best


def classes_named(request: str) -> dict[str, frozenset[str]]:
    """The classes a request names, each with the roots of the words that speak for it.

    >>> list(classes_named("Classify the inquiry as billing, technical or sales."))
    ['billing', 'technical', 'sales']
    """
    defined = {match["name"].strip(): match["about"] for match in DEFINED.finditer(request)}
    if len(defined) > 1:
        return {name: content_words(f"{name} {about}") for name, about in defined.items()}
    lists = [match["list"] for match in LISTED.finditer(request)]
    names = max(
        ([name.strip(" \"'“”‘’()") for name in SPLIT.split(found)] for found in lists),
        key=lambda found: sum(0 < len(n.split()) <= 3 for n in found),
        default=[],
    )
    return {name: content_words(name) for name in names if 0 < len(name.split()) <= 3}


def _roots(name: str) -> frozenset[str]:
    """The roots of what people write when they mean a class of this name."""
    words = {
        word
        for part in name.lower().split()
        for key, said in SAID_FOR.items()
        if part.rstrip("s") == key.rstrip("s")
        for word in said.split()
    }
    return content_words(" ".join(words)) | frozenset(
        word for word in words if word in ("how", "what", "when", "where", "why", "can")
    )
