"""Reading a sentence apart: its figures with their clauses, its names, its words, what it denies.

It reads on its own terms and shares no code with the model that writes. `claims.py` holds what is read here against the
sources.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

TOKEN = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?![\w-])"  # a time of day: 10:02
    r"|[€£$]?\d+(?:,\d{3})*(?:\.\d+)?(?:%|[KkMm](?![\w]))?(?![\w-])"  # a number of its own: 15, $134.50, 15.7%, 128K
    r"|\w(?:[\w.'’/-]*\w)?"  # a word, with the digits it may have in it: GPT-4o, modelstats.ai, 99th
    r"|[,;:()—–]"
)
CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "percentage": "%", "times": "times", "fold": "times", "x": "times",
    "dollar": "dollars", "dollars": "dollars", "usd": "dollars", "$": "dollars", "€": "euros", "£": "pounds",
    "milliseconds": "ms", "ms": "ms", "seconds": "s", "tokens": "tokens", "turns": "turns", "calls": "calls",
    "euro": "euros", "euros": "euros", "pound": "pounds", "pounds": "pounds", "pence": "pence", "cents": "cents",
    "kroner": "kroner", "kronor": "kronor", "francs": "francs", "yen": "yen", "rupees": "rupees", "minute": "minutes",
    "minutes": "minutes", "hour": "hours", "hours": "hours", "days": "days", "weeks": "weeks", "months": "months",
    "years": "years", "litres": "litres", "metres": "metres", "kilometres": "kilometres", "miles": "miles",
    "kilos": "kilos", "tonnes": "tonnes", "degrees": "degrees",
}  # fmt: skip
SCALES = word_set("hundred thousand million billion trillion")
NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100",
}  # fmt: skip
IRREGULAR = {
    "bought": "buy", "sold": "sell", "built": "build", "went": "go", "came": "come", "took": "take", "made": "make",
    "gave": "give", "paid": "pay", "spent": "spend", "kept": "keep", "left": "leave", "found": "find", "got": "get",
    "began": "begin", "lost": "lose", "won": "win", "told": "tell", "fell": "fall", "rose": "rise", "grew": "grow",
}  # fmt: skip
MONTHS = word_set("january february march april may june july august september october november december")
LABELLED = word_set("version arxiv table figure chapter step page section part appendix volume issue v")
NEGATORS = word_set(
    "not no never cannot neither nor nobody none nothing without hardly denied denies deny refuted disproved false "
    "untrue wrong incorrect "
    "contrary"
)
CLAUSE_ENDS = word_set(", ; : ( ) — – and while whereas but against instead than versus or")
ENDS_BEFORE_A_NUMBER = word_set("from to")  # from 95.5% to 91.5%; but not: of requests to Groq
GENERIC = word_set("ai llm llms i the")  # capitals that own nothing
FUNCTION_WORDS = word_set(
    "a about above after all also an and any are as at be because been but by can did do does each for from had has "
    "have how if in into is it its may more most much no not of on one only or other our out over own same so some "
    "such than that the their them then there these they this those to too under until up was we were what when where "
    "which while who whose will with would you your "
    "yes according here however meanwhile moreover now overall similarly still today yet"  # they begin sentences
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a sentence, with the clause it stands in."""

    value: str
    unit: str  # "things" if it counts what no unit measures; "" if nothing follows it
    denied: bool  # "not 130 dollars"
    clause: int  # where its clause begins
    words: frozenset[str]  # of its clause: stems, and other numbers, without names
    names: frozenset[str]  # of its clause
    nearest: frozenset[str]  # the name nearest to it in its clause, which may have several words
    negations: int  # in its clause
    scale: str = ""  # "million"

    def agrees(self, other: Quantity) -> bool:
        """The same figure, as far as both say of what."""
        same = (self.value, self.scale) == (other.value, other.scale)
        return same and (not self.unit or not other.unit or self.unit == other.unit)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as the oracle reads it."""

    text: str
    numbers: Counter[str]  # every number, dates and versions with their word, and every word with a digit in it
    quantities: tuple[Quantity, ...]  # the numbers that count or measure something
    names: Counter[str]
    words: frozenset[str]
    negations: int
    label: str = ""  # of the source it stands in

    def share_in(self, words: frozenset[str]) -> float:
        """How much of what this sentence says in words is among these words."""
        return len(self.words & words) / len(self.words) if self.words else 0.0

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(self.names) - MONTHS - GENERIC


def read(sentence: str, vocabulary: frozenset[str] = frozenset(), label: str = "") -> Statement:
    """Take a sentence apart."""
    tokens = [bare(token) for token in TOKEN.findall(re.sub(r"\bper cent\b", "percent", sentence))]
    names = {place for place, token in enumerate(tokens) if is_name(token, place, vocabulary)}
    places = [place for place in range(len(tokens)) if is_quantity(tokens, place, names)]
    quantities = tuple(quantity(tokens, place, names) for place in places)
    with_digit = [place for place, token in enumerate(tokens) if any(character.isdigit() for character in token)]
    numbers = Counter(number(tokens[place])[0] if place in places else label_of(tokens, place) for place in with_digit)
    return Statement(
        sentence,
        numbers | Counter(figure.value for figure in quantities),  # fifteen times is a number without a digit
        quantities,
        Counter(tokens[place].lower() for place in names),
        frozenset(stems(sentence)),
        # a negator just before a figure denies that figure only
        negations(tokens) - sum(figure.denied for figure in quantities),
        label,
    )


def quantity(tokens: list[str], place: int, names: set[int]) -> Quantity:
    """The figure at this place, with what its clause says about it."""
    value, unit = number(tokens[place])
    following = tokens[place + 1].lower() if place + 1 < len(tokens) else ""
    start = next((left + 1 for left in range(place - 1, -1, -1) if ends_clause(tokens, left)), 0)
    end = next((right for right in range(place + 1, len(tokens)) if ends_clause(tokens, right)), len(tokens))
    clause = range(start, end)
    named = {at for at in clause if at in names and tokens[at].lower() not in MONTHS}
    nearest = {min(named, key=lambda at: (abs(at - place), at))} if named else set()
    for at in [*range(place, end), *range(place, start - 1, -1)]:  # a name may go on: Claude Opus, Azure OpenAI
        if at in named and {at - 1, at + 1} & nearest:
            nearest.add(at)
    scale = following if following in SCALES else ""
    if scale:  # 11 million kroner
        following = tokens[place + 2].lower() if place + 2 < len(tokens) else ""
    of_what = unit or UNITS.get(following) or ("things" if stems(following) else "")
    before = [token.lower() for token in tokens[max(0, place - 2) : place]]
    denied = "not" in before or before == ["no", "longer"]
    return Quantity(
        value,
        of_what,
        denied,
        start,
        frozenset(word for at in clause if at != place and at not in names for word in meaning(tokens[at])),
        frozenset(tokens[at].lower() for at in named),
        frozenset(tokens[at].lower() for at in nearest),
        negations(tokens[start:end]) - denied,
        scale,
    )


def ends_clause(tokens: list[str], place: int) -> bool:
    """Does the word at this place part one clause from the next?"""
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    token = tokens[place].lower()
    return token in CLAUSE_ENDS or (token in ENDS_BEFORE_A_NUMBER and bool(re.match(r"[€£$]?\d", following)))


def is_quantity(tokens: list[str], place: int, names: set[int]) -> bool:
    """A number that counts or measures something: no date, no version, no label."""
    token = tokens[place].lower()
    following = tokens[place + 1].lower() if place + 1 < len(tokens) else ""
    before = tokens[place - 1].lower() if place else ""
    if token in NUMBER_WORDS:
        return following in UNITS  # "fifteen times" is a figure, "three specialists" are just there
    if CLOCK.fullmatch(token):
        return True
    if not re.fullmatch(r"[€£$]?\d[\d,.]*(%|[km])?", token):
        return False
    if following in UNITS or not re.fullmatch(r"\d+|\d\.\d", token):
        return True
    if re.fullmatch(r"(19|20)\d\d", token) or following in MONTHS or before in MONTHS or before in LABELLED:
        return False
    return not (place - 1 in names and re.fullmatch(r"\d(\.\d)?", token))  # Claude Opus 4.6


def label_of(tokens: list[str], place: int) -> str:
    """A number that is no quantity, with the word that makes a label of it: "13 june", "version 3", "opus 4.5"."""
    value = number(tokens[place])[0]
    before, after = (tokens[at].lower() if 0 <= at < len(tokens) else "" for at in (place - 1, place + 1))
    if re.fullmatch(r"(19|20)\d\d", value) or not value[0].isdigit():
        return value
    return f"{value} {after if after in MONTHS else before}"


def is_name(token: str, place: int, vocabulary: frozenset[str]) -> bool:
    """A word with a capital that is not there because a sentence begins."""
    if not any(character.isupper() for character in token) or re.fullmatch(r"\d[\d,.]*[KM]", token):
        return False
    ordinary = token.lower() in vocabulary or token.lower() in FUNCTION_WORDS
    return not ordinary if place == 0 else token.lower() not in FUNCTION_WORDS


def number(token: str) -> tuple[str, str]:
    """The plain value of a number and its unit, as far as the token itself tells.

    >>> number("$1,934.50"), number("128K"), number("15.70%"), number("GPT-4o")
    (('1934.5', 'dollars'), ('128000', ''), ('15.7', '%'), ('gpt-4o', ''))
    """
    found = re.fullmatch(r"([€£$]?)(\d+(?:\.\d+)?)([%KkMm]?)", token.replace(",", ""))
    if not found:
        return NUMBER_WORDS.get(token.lower(), token.lower()), ""
    value = found.group(2)
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    if scale := {"k": 1_000, "m": 1_000_000}.get(found.group(3).lower()):
        value = f"{float(value) * scale:.0f}"
    return value, UNITS.get(found.group(1)) or UNITS.get(found.group(3), "")


def negations(tokens: list[str]) -> int:
    return sum(token.lower() in NEGATORS or token.lower().endswith(("n't", "n’t")) for token in tokens)


def stems(text: str) -> list[str]:
    """The words that carry meaning, without numbers and with most endings off.

    >>> stems("The agents repeated 15 steps.")
    ['agent', 'repeat', 'step']
    """
    words = [bare(token).lower() for token in TOKEN.findall(text)]
    return [stem(word) for word in words if word[0].isalpha() and word not in FUNCTION_WORDS]


def meaning(token: str) -> list[str]:
    """What a word or a number contributes to its clause."""
    return [number(token)[0]] if token[0].isdigit() else stems(token)


def stem(word: str) -> str:
    word = IRREGULAR.get(word, word)
    for ending in ("ation", "ing", "ed", "es", "s", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def bare(token: str) -> str:
    """Without a possessive: LangChain's."""
    return re.sub(r"['’]s$", "", token).rstrip("'’")
