"""Each skill, on texts nobody prepared."""

from __future__ import annotations

import json
import random
from typing import Any, Literal

import pytest
from made_up import Made, facts, told
from pydantic import BaseModel, Field

from orchestra_kit.call import Call, Reply
from orchestra_kit.deliverables import Draft, Facts
from orchestra_kit.errors import ModelError
from orchestra_kit.messages import Choice, Plan, Verdict
from orchestra_kit.models.embedded import EmbeddedModel


def ask(
    role: str,
    prompt: str,
    makes: type[Any] | None = None,
    *,
    max_tokens: int = 1_600,
    sample: str = "a/1",
    **settings: Any,
) -> Reply:
    return EmbeddedModel(**settings).complete(Call("x", role, prompt, makes, max_tokens, sample))


def made_as(makes: type[Any], reply: Reply) -> Any:
    return makes.model_validate_json(reply.text)


def test_five_statistics_with_sources_are_five_with_sources() -> None:
    made = facts(1, 12)
    halves = f"SOURCES:\n[one.md] {told(made[:6], 1)}\n\n[two.md] {told(made[6:], 2)}\n\nTASK:\nshops"
    lines = ask("Find five statistics with sources.", halves).text.splitlines()
    assert len(lines) == 5
    for line in lines:
        fact = next(fact for fact in made if fact.text in line)
        assert line.endswith("(one.md)" if fact in made[:6] else "(two.md)")
    typed = made_as(Facts, ask("Find five statistics with sources.", halves, Facts))
    assert len(typed.facts) == 5
    assert [str(fact) for fact in typed.facts] == [line.removeprefix("- ") for line in lines]
    assert all(fact.figure in fact.statement and fact.owner in fact.statement for fact in typed.facts)


def test_the_topic_decides_among_statements() -> None:
    made = facts(2, 14)
    place = made[9].place
    found = ask(
        "List one fact.",
        f"SOURCES:\n[a] {told(made, 2)}\n\nTASK:\nWhat is known about {place} and its {made[9].thing}?",
    ).text
    assert found == f"- {made[9].text} (a)"


def test_the_largest_are_the_largest() -> None:
    made = facts(3, 20)
    lines = ask("List the 4 largest amounts.", f"NOTES:\n{told(made, 3)}").text
    amounts = sorted((int(fact.figure.strip("£").replace(",", "")) for fact in made), reverse=True)[:4]
    assert all(f"£{amount:,}" in lines for amount in amounts)
    assert len(lines.splitlines()) == 4


def test_merging_says_everything_once_and_keeps_its_sources() -> None:
    made = facts(4, 9)
    one, two = made[:6], made[3:]
    notes = ["\n".join(f"- {fact.text} ({label})" for fact in part) for part, label in ((one, "a.md"), (two, "b.md"))]
    merged = ask(
        "Merge the notes; every figure once.", f"NOTES:\n{notes[0]}\n\nMORE NOTES:\n{notes[1]}"
    ).text.splitlines()
    assert merged == [f"- {fact.text} ({'a.md' if fact in one else 'b.md'})" for fact in made]


def corrected(fact: Made, figure: str) -> str:
    return f"Correction: the {fact.place} {fact.thing} figure is {figure}, not {fact.figure}."


def test_a_reader_that_resolves_a_correction_leaves_the_merger_its_evidence() -> None:
    """The old figure stands in one part, its correction in another, and in a third the old one again."""
    fact = Made("The Leith bakery took £5,000.", "£5,000", "Leith", "bakery")
    role = "Extract every figure; where sources contradict, keep the correction."
    notes = [
        ask(role, f"SOURCES:\n[{n}] {text}").text
        for n, text in enumerate((fact.text, f"{fact.text} {corrected(fact, '£6,100')}", fact.text))
    ]
    assert notes[1] == f"- {corrected(fact, '£6,100')} (1)".replace(
        " (1)", ""
    )  # a label without a letter is a number, not a source
    merged = ask("Merge the notes; where they contradict, keep the correction.", "NOTES:\n" + "\n".join(notes)).text
    assert merged == f"- {corrected(fact, '£6,100')}"


def test_of_copies_that_differ_the_majority_wins() -> None:
    notes = "- The Leith bakery took £5,000.\n- The Leith bakery took £5,000.\n- The Leith bakery took £5,090."
    assert ask("Merge the notes.", f"NOTES:\n{notes}").text == "- The Leith bakery took £5,000."


def test_a_merger_keeps_to_its_budget() -> None:
    made = facts(5, 30)
    reply = ask("Merge the notes.", "NOTES:\n" + "\n".join(f"- {fact.text}" for fact in made), max_tokens=150)
    assert 4 <= len(reply.text.splitlines()) < 12
    assert reply.usage.tokens_out <= 150


def test_questions_are_answered_or_said_to_be_open() -> None:
    made = facts(6, 10)
    asked = "\n".join(f"What is the figure for the {fact.place} {fact.thing}?" for fact in made[:4])
    answer = ask(
        "Answer the questions.", f"QUESTIONS:\n{asked}\nWho invented penicillin?\n\nSOURCES:\n[a] {told(made, 6)}"
    ).text.splitlines()
    assert [fact.text in line for fact, line in zip(made[:4], answer, strict=False)] == [True] * 4
    assert answer[4] == "- The material does not say: Who invented penicillin?"


def test_an_alias_needs_both_halves() -> None:
    question = "QUESTIONS:\nHow much did the north bakery take?\n\n"
    both = ask(
        "Answer the question.", question + "NOTES:\nCode name Heron is the north bakery. Rain fell. Heron took £5,120."
    )
    assert "£5,120" in both.text
    assert "£5,120" not in ask("Answer the question.", question + "NOTES:\nRain fell. Heron took £5,120.").text


def test_a_summary_has_the_length_asked_for() -> None:
    text = told(facts(7, 20), 7)
    assert len(ask("Summarise the text in three bullet points.", f"TEXT:\n{text}").text.splitlines()) == 3
    assert 20 <= len(ask("Summarise the text in at most 40 words.", f"TEXT:\n{text}").text.split()) <= 40


def faulty(made: list[Made], kind: str, r: random.Random) -> str:
    """A draft with one fault of a kind, or none."""
    draft = [fact.text for fact in made]
    place = r.randrange(len(made))
    if kind == "figure":
        old = made[place].figure
        digit = r.randrange(1, len(old))
        new = (
            old if old[digit] == "," else old[:digit] + str((int(old[digit]) + 3) % 9 + (digit == 1)) + old[digit + 1 :]
        )
        new = new if new != old else old[:-1] + str((int(old[-1]) + 1) % 10)
        draft[place] = draft[place].replace(old, new)
    elif kind == "owner":
        other = made[(place + 1) % len(made)]
        draft[place] = draft[place].replace(made[place].place, other.place)
    return "# What we found\n\n" + " ".join(draft)


@pytest.mark.parametrize("kind", ["figure", "owner"])
def test_review_catches_planted_faults_in_exactly_those_drafts_that_have_one(kind: str) -> None:
    r = random.Random(f"{kind} 1")
    wrong = []
    for seed in range(60):
        made = facts(seed, 9)
        used = list({fact.place: fact for fact in made}.values())[:5]
        planted = seed % 2 == 1
        work = faulty(used, kind if planted else "none", r)
        prompt = f"TASK:\nWrite a short post.\n\nFACTS:\n{told(made, seed)}\n\nWORK:\n{work}"
        verdict = made_as(Verdict, ask("Review the work, approve it or send it back with a note.", prompt, Verdict))
        if (verdict.decision == "reject") is not planted:
            wrong.append((seed, planted, work, verdict))
    assert not wrong, wrong[0]


def test_review_quotes_what_is_wrong_and_what_the_sources_say() -> None:
    prompt = "FACTS:\nThe Leith bakery took £5,000.\n\nWORK:\nThe Leith bakery took £5,900."
    note = made_as(Verdict, ask("Review the work.", prompt, Verdict)).note
    assert (
        note
        == '- £5,900 in "The Leith bakery took £5,900." does not stand in the sources; the sources say: "The Leith '
        'bakery took £5,000."'
    )


def test_review_without_sources_says_that_it_could_only_check_form() -> None:
    verdict = made_as(Verdict, ask("Review the work.", "TASK:\nWrite a post.\n\nWORK:\nLeith took £5,000.", Verdict))
    assert (verdict.decision, "only form could be checked" in verdict.note) == ("approve", True)


TWO_FACTS = "- Leith took £5,000.\n- Gorgie took £7. (a)"
VOICE = 'Write a post.\n\nVOICE RULES:\n- avoid "leverage"; write "use"'


@pytest.mark.parametrize(
    ("task", "work", "fault"),
    [
        ("Write a post of at most 3 words.", "one two three four", "it has 4 words, and at most 3 were asked for"),
        ("Find three statistics.", TWO_FACTS, "it has 2 statistics, and 3 were asked for"),
        ("Find two facts with sources.", TWO_FACTS, 'no source is named for "- Leith took £5,000."'),
        ("Turn it into Markdown with front matter.", "# A title\n\nText.", "the front matter is missing"),
        (VOICE, "We are leveraging bread.", 'is broken by "leveraging"'),
    ],
)
def test_review_measures_what_the_task_demands(task: str, work: str, fault: str) -> None:
    verdict = made_as(Verdict, ask("Review the work.", f"TASK:\n{task}\n\nWORK:\n{work}", Verdict))
    assert verdict.decision == "reject"
    assert fault in verdict.note


def ballot(seed: int, right: int) -> str:
    """Three drafts, of which one has no wrong figure."""
    made = facts(seed, 6)
    r = random.Random(seed)
    drafts = [" ".join(fact.text for fact in made) if n == right else faulty(made, "figure", r) for n in (1, 2, 3)]
    return f"TASK:\nWrite a post.\n\nFACTS:\n{told(made, seed)}\n\n" + "\n\n".join(
        f"CANDIDATE {n}:\n{draft}" for n, draft in enumerate(drafts, 1)
    )


def test_a_judge_takes_the_draft_that_its_sources_support() -> None:
    for seed in range(30):
        right = seed % 3 + 1
        assert made_as(Choice, ask("Judge the drafts and choose one.", ballot(seed, right), Choice)).number == right


def test_a_judge_with_a_bias_takes_the_first_that_often() -> None:
    chosen = [
        made_as(Choice, ask("Judge the drafts.", ballot(seed, 3), Choice, judge_first=0.3, sample=f"j/{seed}")).number
        for seed in range(200)
    ]
    assert set(chosen) == {1, 3}
    assert 0.2 < chosen.count(1) / len(chosen) < 0.4
    assert all(
        made_as(Choice, ask("Judge the drafts.", ballot(s, 3), Choice, judge_first=1.0)).number == 1 for s in range(5)
    )


def test_subject_lines_are_judged_as_subject_lines() -> None:
    lines = [
        "The news of the",
        "Leith took £5,120 in May",
        "A great many things happened at all of our shops during the last month and before £5,120",
    ]
    prompt = "FACTS:\nThe Leith bakery took £5,120 in May.\n\n" + "\n\n".join(
        f"CANDIDATE {n}:\n{line}" for n, line in enumerate(lines, 1)
    )
    assert made_as(Choice, ask("Judge the subject lines and choose one.", prompt, Choice)).number == 2
    assert ask("Judge the subject lines and choose one.", prompt, max_tokens=4).text == "2"


def test_a_judge_without_a_ballot_says_so() -> None:
    with pytest.raises(ModelError, match="sees no candidate"):
        ask("Judge the drafts.", "FACTS:\nLeith took £5.", Choice)


PIPELINE = [
    ("digger", "Find five statistics about the topic, with sources.", "topic", "facts"),
    ("scribe", "Write a blog post from the facts.", "facts", "blog post"),
    ("checker", "Edit the draft: check every figure against the facts.", "blog post, facts", "edited post"),
    ("setter", "Turn the edited post into Markdown with front matter.", "edited post", "markdown"),
]
DISTRACTORS = [
    ("cook", "Write a menu for the week.", "shopping list", "menu"),
    ("interpreter", "Translate the post into French.", "blog post", "french post"),
    ("counsel", "Write a contract.", "terms", "contract"),
    ("painter", "Draw a picture.", "anything", "picture"),
]


def planned(
    goal: str, team: list[tuple[str, str, str, str]], done: str = "(nothing yet)"
) -> list[tuple[str, tuple[str, ...]]]:
    lines = "\n".join(
        f"- name: {name} | does: {does} | takes: {takes} | makes: {makes}" for name, does, takes, makes in team
    )
    plan = made_as(Plan, ask("Plan the work.", f"GOAL:\n{goal}\n\nTEAM:\n{lines}\n\nDONE:\n{done}", Plan))
    assert plan.done
    return [(step.who, step.needs) for step in plan.steps]


WHOLE = [("digger", ()), ("scribe", ("digger",)), ("checker", ("digger", "scribe")), ("setter", ("checker",))]


@pytest.mark.parametrize(
    ("goal", "steps"),
    [
        ("Publish a blog post about bees as Markdown.", 4),
        ("Write an edited blog post about bees.", 3),
        ("Write a blog post about bees.", 2),
        ("Find statistics about bees.", 1),
        ("Bees in the city", 4),
    ],
)
def test_a_plan_goes_backwards_from_the_goal_and_leaves_out_who_is_not_needed(goal: str, steps: int) -> None:
    assert planned(goal, PIPELINE) == WHOLE[:steps]
    for seed in range(12):
        team = PIPELINE + DISTRACTORS[: seed % 5]
        random.Random(seed).shuffle(team)
        assert planned(goal, team) == WHOLE[:steps], team


def test_work_that_is_done_is_not_planned_again() -> None:
    assert planned("Write an edited blog post about bees.", PIPELINE, "digger\nscribe") == WHOLE[2:3]
    assert planned("Write a blog post about bees.", PIPELINE, "digger\nscribe") == []


def test_several_deliverables_fan_out_from_one_set_of_facts() -> None:
    team = [
        PIPELINE[0],
        PIPELINE[1],
        ("mailer", "Write an email from the facts.", "facts", "email"),
        ("poster", "Write three social posts from the facts.", "facts", "social posts"),
    ]
    expected = [("digger", ()), ("mailer", ("digger",)), ("poster", ("digger",)), ("scribe", ("digger",))]
    assert planned("A blog post, an email and three social posts about bees", team) == expected


def test_roles_alone_are_enough_to_plan() -> None:
    team = [
        ("research", "List three facts about the topic, with sources.", "anything", "work"),
        ("writer", "Write a short report from the facts.", "anything", "work"),
        ("mailer", "Write an email that carries the report.", "anything", "work"),
    ]
    chain = [("research", ()), ("writer", ("research",)), ("mailer", ("writer",))]
    assert planned("Send an email with a report on orchestrator agents.", team) == chain
    assert planned("orchestrator agents", team[::-1]) == chain
    assert planned("Write a report on bees.", team) == chain[:2]


def test_a_running_total_needs_every_entry_in_order() -> None:
    r = random.Random(3)
    total, lines = 5_000, ["The balance starts at £5,000."]
    for week in range(12):
        amount = r.randint(10, 990)
        kind = r.choice(("in", "out", "half"))
        lines.append(
            {
                "in": f"£{amount} was paid in.",
                "out": f"£{amount} was taken out.",
                "half": f"In week {week} the balance was halved.",
            }[kind]
        )
        total = {"in": total + amount, "out": total - amount, "half": total / 2}[kind]
    answer = ask("Carry out the entries and state the running total.", "NOTES:\n" + " People talked. ".join(lines)).text
    shown = f"{'−' if total < 0 else ''}£{abs(total):,.2f}".removesuffix(".00")
    assert answer == f"The balance so far is {shown}."
    assert (
        ask("Carry out the entries and state the running total.", "NOTES:\n£5 was paid in.").text
        == "No starting balance was given."
    )
    assert (
        ask("State the running total.", "NOTES:\nThe balance is £5. £420 was taken out.").text
        == "The balance so far is −£415."
    )


@pytest.mark.parametrize(
    ("inquiry", "expected"),
    [
        ("I was charged twice on my last invoice, please refund one payment.", "billing"),
        ("The app crashes with an error when I log in.", "technical"),
        ("We would like a quote for 40 licences and a demo.", "sales"),
    ],
)
def test_an_inquiry_goes_to_its_class(inquiry: str, expected: str) -> None:
    assert ask("Classify the inquiry as billing, technical or sales.", inquiry).text.splitlines()[0] == expected


def test_a_lead_is_scored_by_stated_criteria() -> None:
    role = (
        "Score the lead from 0 to 100. Budget over £10,000: 40 points; at least 50 employees: 30 points; decision "
        "maker: 30 points."
    )
    reply = ask(role, "LEAD:\nCompany: Acme\nBudget: £25,000\nEmployees: 40\nContact: decision maker")
    assert reply.text.splitlines()[0] == "Score: 70"
    assert "not stated" in ask(role, "LEAD:\nCompany: Acme\nBudget: £25,000").text


def test_code_review_really_reads_the_code() -> None:
    review = ask(
        "Review the Python code.",
        "CODE:\n```python\nimport os\n\n\ndef f(x=[]):\n    while True:\n        x.append(1)\n```",
    ).text
    assert "line 4: f() has a mutable default argument" in review
    assert "line 5: this loop never ends" in review
    assert "`os` imported but unused" in review
    assert "does not parse" in ask("Review the Python code.", "CODE:\n```python\ndef f(:\n```").text
    assert ask("Review the Python code.", "CODE:\n```python\nprint('ok')\n```").text.startswith("Nothing found.")


class Lead(BaseModel):
    company: str
    employees: int
    budget: float = Field(description="what they can spend")
    urgency: Literal["low", "medium", "high"]
    tags: list[str] = []


def test_any_other_schema_is_filled_from_the_text() -> None:
    lead = made_as(
        Lead,
        ask(
            "Read the message.",
            "MESSAGE:\nCompany: Acme Bakeries\nThey have 140 employees.\nTheir budget is £12,500.\nUrgency: high",
            Lead,
        ),
    )
    assert lead == Lead(company="Acme Bakeries", employees=140, budget=12_500, urgency="high", tags=lead.tags)


def test_a_field_that_cannot_be_filled_is_named() -> None:
    with pytest.raises(ModelError, match="could not find the field 'employees' of Lead") as caught:
        ask("Read the message.", "MESSAGE:\nCompany: Acme Bakeries\nUrgency: high", Lead)
    assert caught.value.usage.tokens_in > 0


def test_a_typed_answer_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ModelError, match="does not fit max_tokens=20"):
        ask("Summarise the notes.", f"NOTES:\n{told(facts(1, 9), 1)}", Draft, max_tokens=20)


def test_what_the_package_makes_reads_back_as_text() -> None:
    found = Facts.model_validate(
        json.loads(ask("Find two facts.", f"SOURCES:\n[a] {told(facts(1, 5), 1)}", Facts).text)
    )
    again = ask("Merge the facts.", f"FACTS:\n{found.model_dump_json()}").text
    assert again == str(found)


def test_a_post_that_is_asked_for_with_front_matter_gets_it() -> None:
    task = "Write a short post about shops as Markdown with front matter."
    prompt = f"SOURCES:\n[a.md] {told(facts(8, 8), 8)}\n\nTASK:\n{task}"
    reply = ask("You do the whole job alone.", prompt)
    assert reply.how["skill"] == "write"
    assert reply.text.startswith("---\n")


def test_typed_facts_keep_to_the_budget() -> None:
    prompt = f"SOURCES:\n[a.md] {told(facts(9, 12), 9)}\n\nTASK:\nshops"
    reply = ask("Extract every figure with sources.", prompt, Facts, max_tokens=300)
    assert 2 <= len(made_as(Facts, reply).facts) < 12
    assert reply.usage.tokens_out <= 300


def test_the_topic_of_typed_facts_is_no_statement() -> None:
    task = "Publish a blog post about what shops take in a good month."
    found = ask("Find two facts.", f"SOURCES:\n[a] {told(facts(1, 5), 1)}\n\nTASK:\n{task}", Facts).text
    assert made_as(Facts, Reply(found)).topic == "what shops take in a good month"
    for role in ("Write a blog post from the facts.", "Summarise the facts.", "Merge the facts."):
        assert "shops take" not in ask(role, f"{task}\n\nFACTS:\n{found}").text.removeprefix("# ").split("\n", 1)[-1]


def test_review_does_not_take_a_name_of_a_note_or_a_denial_for_a_claim() -> None:
    notes = (
        "SOURCES:\n[Talks (n = 18)] Few left. They said the nine days were dense, and there was no time.\n\n"
        "[b.md] Correction: the oven costs £900, not £700."
    )
    work = (
        "---\ntitle: Nine days\ndescription: The oven costs £900, not £700.\ntags:\n  - nine\n---\n\n# Nine days\n\n"
        "## Talks (n = 18)\n\nThe oven costs £900, not £700.\n\n- Few left.\n- There was no time.\n\n## Sources\n\n"
        "- Talks (n = 18)\n- b.md"
    )
    role = "Review the work: figures, front matter, and sources."
    assert made_as(Verdict, ask(role, f"{notes}\n\nWORK:\n{work}", Verdict)).decision == "approve"
    wrong = made_as(Verdict, ask(role, f"{notes}\n\nWORK:\n{work.replace('£900, not', '£950, not')}", Verdict))
    assert wrong.decision == "reject"


def test_a_merger_does_what_the_note_says_of_its_last_draft() -> None:
    note = '- 37 in "We keep 37 hens." does not stand in the sources; the sources say: "We keep 36 hens."'
    prompt = "FACTS:\n- We keep 37 hens.\n- Eggs cost £2.\n\nLAST DRAFT:\n- We keep 37 hens.\n- Eggs cost £2."
    merged = ask("Merge the facts.", f"{prompt}\n\nNOTE:\n{note}").text
    assert merged.splitlines() == ["- We keep 36 hens.", "- Eggs cost £2."]


def test_who_compares_with_the_sources_looks_twice() -> None:
    """A reader overlooks a fact now and then; a reviewer rejects a right draft only if it overlooks the fact twice."""
    rejected = 0
    for seed in range(60):
        text = told(facts(seed, 8), seed)
        reply = ask("Review.", f"SOURCES:\n{text}\n\nWORK:\n{text}", Verdict, slips=3, sample=f"s{seed}")
        rejected += made_as(Verdict, reply).decision == "reject"
    assert rejected <= 3
