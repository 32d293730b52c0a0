"""What the embedded model writes, edits and formats, on material made afresh for every test."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestra_kit.call import Call
from orchestra_kit.deliverables import Draft, Fact, Facts
from orchestra_kit.models.embedded.model import EmbeddedModel
from orchestra_kit.models.embedded.skills.format import formatted
from orchestra_kit.models.embedded.skills.phrasing import is_scaffolding
from orchestra_kit.models.embedded.skills.prose import leans_back
from orchestra_kit.models.embedded.skills.restyle import in_one_breath, read_voice, restyled
from orchestra_kit.models.embedded.skills.write import measured
from orchestra_kit.scenarios.articles import Article

OWNERS = (
    "Aldby Brinkholt Corrie Dunmore Elgin Farley Gorran Hexworth Inverlee Jarrow Kelso Lindale Morvane Norby".split()
)
THINGS = "ferry library orchard brewery tramway cinema lighthouse quarry museum nursery".split()
SHAPES = (
    "The {owner} {thing} took £{n} in the spring.",
    "According to its yearly letter, the {owner} {thing} counted {n} visitors.",
    "In {owner} the {thing} was repaired for £{n}, which surprised the neighbours.",
    "Volunteers at the {owner} {thing} worked {n} hours, and nobody was paid.",
)
FILLERS = (
    "The {thing} in {owner} stands a little apart from the road.",
    "Most days somebody from {owner} walks past the {thing} twice.",
    "It was built by hand.",
    "This makes the {thing} easy to love and hard to heat.",
    "However, the roof of the {owner} {thing} leaks when the wind turns east.",
    "Children from {owner} know every corner of the {thing} by the age of ten.",
    "They say the {thing} should be kept as it is.",
)
SEEDS = st.integers(0, 10**6)


def notes(seed: int, facts: int = 6, fillers: int = 30) -> tuple[list[tuple[str, str, str]], str]:
    """Facts as (owner, figure, sentence), and passages that tell them among other things."""
    dice = random.Random(seed)
    owners = dice.sample(OWNERS, facts)
    figures = [f"{n:,}" for n in dice.sample(range(1_100, 9_900), facts)]
    told = []
    for owner, figure in zip(owners, figures, strict=True):
        told.append((owner, figure, dice.choice(SHAPES).format(owner=owner, thing=dice.choice(THINGS), n=figure)))
    paragraphs = []
    for owner, _, sentence in told:
        about = [dice.choice(FILLERS).format(owner=owner, thing=dice.choice(THINGS)) for _ in range(fillers // facts)]
        about.insert(dice.randint(0, len(about)), sentence)
        paragraphs.append(f"[{owner.lower()}.md] " + " ".join(about))
    return told, "\n\n".join(paragraphs)


def ask(role: str, prompt: str, *, sample: str = "", makes: type | None = None, max_tokens: int = 3_000) -> str:
    """What the model answers, with a window that holds it all."""
    return EmbeddedModel(window=60_000).complete(Call("x", role, prompt, makes, max_tokens, sample)).text


def sentences(text: str) -> list[str]:
    return [sentence for sentence in Article.parse(text).sentences if len(sentence.split()) > 3]


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(["a blog post", "a report", "an email", "a newsletter", "a community post"]))
def test_every_figure_has_the_owner_it_has_in_the_prompt(seed: int, deliverable: str) -> None:
    told, passages = notes(seed)
    text = ask(f"Write {deliverable}.", f"SOURCES:\n{passages}\n\nTASK:\nvillage life")
    owner_of = {figure: owner for owner, figure, _ in told}
    used = 0
    for sentence in sentences(text):
        for figure in re.findall(r"\d,\d{3}", sentence):
            used += 1
            assert owner_of[figure] in sentence
    assert used


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(0, 5), st.booleans())
def test_a_fact_taken_away_is_gone_and_the_others_stay(seed: int, gone: int, typed: bool) -> None:
    told, passages = notes(seed)

    def draft(facts: list[tuple[str, str, str]], context: str) -> str:
        listed = Facts(topic="village life", facts=[Fact(statement=said, owner=owner) for owner, _, said in facts])
        handed = listed.model_dump_json() if typed else str(listed)
        return ask("Write a blog post.", f"SOURCES:\n{context}\n\nFACTS:\n{handed}")

    whole = draft(told, passages)
    fewer = draft([fact for fact in told if fact is not told[gone]], passages.replace(told[gone][2], ""))
    assert all(figure in whole for _, figure, _ in told)
    assert [figure for _, figure, _ in told if figure not in fewer] == [told[gone][1]]


@pytest.mark.parametrize(
    ("deliverable", "words"),
    [("blog post", 200), ("blog post", 400), ("report", 800), ("email", 90), ("newsletter", 150)],
)
def test_the_length_asked_for_is_met_when_the_material_has_it(deliverable: str, words: int) -> None:
    for seed in range(8):
        _, passages = notes(seed, facts=12, fillers=144)
        prompt = f"SOURCES:\n{passages}\n\nTASK:\nvillage life"
        text = ask(f"Write the {deliverable} of about {words} words.", prompt)
        assert abs(measured(text) - words) <= 0.15 * words


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(2, 60))
def test_a_draft_is_never_padded_and_says_nothing_twice(seed: int, fillers: int) -> None:
    _, passages = notes(seed, fillers=fillers)
    said = sentences(ask("Write a report of about 3,000 words.", f"SOURCES:\n{passages}\n\nTASK:\nvillage life"))
    assert len(said) == len(set(said))
    known = re.sub(r"\W+", " ", passages.lower())
    own = [sentence for sentence in said if re.sub(r"\W+", " ", sentence.lower()).strip() not in known]
    assert len(own) <= 2  # a lead and a signpost


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(60, 500))
def test_no_paragraph_begins_with_a_pronoun_nobody_can_resolve(seed: int, words: int) -> None:
    _, passages = notes(seed)
    text = ask(f"Write a blog post of about {words} words.", f"SOURCES:\n{passages}\n\nTASK:\nvillage life")
    openers = [block.split(". ")[0] for block in text.split("\n\n") if block[0] not in "#-"]
    assert [opener for opener in openers if leans_back(opener) and not is_scaffolding(f"{opener.rstrip('.')}.")] == []


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(40, 300))
def test_a_sentence_that_points_back_follows_what_it_points_to(seed: int, words: int) -> None:
    dice = random.Random(seed)
    pairs = [
        (f"The {owner} {dice.choice(THINGS)} was sold in May.", f"It cost £{cost:,}.")
        for owner, cost in zip(OWNERS, dice.sample(range(1_000, 9_999), len(OWNERS)), strict=True)
    ]
    text = " ".join(" ".join(pair) for pair in pairs)
    draft = ask(f"Write a blog post of about {words} words.", f"NOTES:\n{text}\n\nTASK:\nsales")
    for sold, cost in pairs:
        assert (cost in draft) == (sold in draft) == (f"{sold} {cost}" in draft)


def test_what_is_asked_for_decides_the_form() -> None:
    _, passages = notes(3)
    prompt = f"SOURCES:\n{passages}\n\nTASK:\nvillage life"
    assert ask("Write a blog post.", prompt).startswith("# Village life\n")
    email = ask("Write an email to the parish council, signed by Ann Roy.", prompt)
    assert email.startswith("Subject: Village life\n\nDear parish council,")
    assert email.endswith("\nAnn Roy")
    several = ask("Write a blog post, an email and two social posts.", prompt)
    assert re.findall(r"^[A-Z ]+:$", several, re.MULTILINE) == ["BLOG POST:", "EMAIL:", "SOCIAL POSTS:"]
    draft = Draft.model_validate_json(ask("Write a blog post.", prompt, makes=Draft))
    assert draft.title == "Village life"
    assert "# " not in draft.body.split("\n")[0]


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(1, 4), st.integers(90, 400))
def test_social_posts_keep_their_number_and_limit(seed: int, count: int, limit: int) -> None:
    _, passages = notes(seed)
    asked = f"Write {count} social post{'s' * (count > 1)} under {limit} characters each."
    posts = ask(asked, f"SOURCES:\n{passages}\n\nTASK:\nvillage life").split("\n\n")
    assert len(posts) == count == len(set(posts))
    assert all(len(post) <= limit and post[-1] in ".!?”" for post in posts)


def test_nothing_stands_under_a_heading_that_is_not_its_own() -> None:
    told, _ = notes(17, facts=12)
    for each in range(3, 12):
        parts = [f"## {owner}\n\n[a.md] The {owner} gate is old. {said}" for owner, _, said in told[:each]]
        parts.append("[b.md] A road leads from one to the next. Nobody has counted who walks there.")
        text = ask("Write a blog post of about 300 words.", "SOURCES:\n" + "\n\n".join(parts) + "\n\nTASK:\nvillages")
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            heading, _, body = section.partition("\n")
            assert not [owner for owner, _, _ in told if heading in OWNERS and owner in body and owner != heading]


def test_rivals_draw_different_subject_lines_within_the_limit() -> None:
    _, passages = notes(5)
    lines = {
        ask("Write one subject line of at most 60 characters.", f"SOURCES:\n{passages}\n\nTASK:\nnews", sample=str(n))
        for n in range(8)
    }
    assert len(lines) > 2
    assert all(len(line) <= 60 and "\n" not in line for line in lines)


def test_a_note_changes_what_it_names_and_leaves_the_rest() -> None:
    told, passages = notes(7)
    prompt = f"SOURCES:\n{passages}\n\nTASK:\nvillage life"
    first = ask("Write a blog post of about 150 words.", prompt)
    unwanted = next(sentence for sentence in sentences(first) if told[0][1] not in sentence)
    second = ask("Write a blog post.", f'{prompt}\n\nLAST DRAFT:\n{first}\n\nNOTE:\n- remove "{unwanted}"')
    assert set(sentences(first)) - set(sentences(second)) == {unwanted}
    longer = ask("Write a blog post.", f"{prompt}\n\nLAST DRAFT:\n{first}\n\nNOTE:\n150 words, not 260")
    assert abs(measured(longer) - 260) <= 0.15 * 260
    assert {figure for _, figure, _ in told if figure in first} <= {f for _, f, _ in told if f in longer}


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(0, 5), st.integers(1, 9))
def test_an_editor_patches_the_wrong_figure_and_nothing_else(seed: int, which: int, off: int) -> None:
    told, passages = notes(seed)
    good = "# Village life\n\n" + "\n\n".join(f"{said} A plain remark stands here." for _, _, said in told)
    figure = told[which][1]
    wrong = figure[:-1] + str((int(figure[-1]) + off) % 10)
    edited = ask(
        "Edit the draft against the sources.", f"SOURCES:\n{passages}\n\nDRAFT:\n{good.replace(figure, wrong)}"
    )
    lines = list(zip(good.split("\n"), edited.split("\n"), strict=True))
    assert [(a, b) for a, b in lines if a != b and "A plain remark" not in b] == []
    assert figure in edited
    assert wrong not in edited


def test_an_editor_takes_out_what_no_source_says() -> None:
    told, passages = notes(11)
    draft = f"{told[0][2]} The Zeeland airport sold 8,888 tickets. {told[1][2]}"
    assert ask("Edit the draft.", f"SOURCES:\n{passages}\n\nDRAFT:\n{draft}") == f"{told[0][2]} {told[1][2]}"
    assert ask("Edit the draft.", f"DRAFT:\n{draft}") == draft  # without sources it can only mind the form


def test_voice_rules_are_kept_in_every_form_of_a_word() -> None:
    rules = (
        '- avoid "leverage"; write "use"\n- avoid "utilise"; write "use"\n'
        "- no exclamation marks\n- sentences of at most 12 words"
    )
    draft = (
        "Leveraging ferries works! She leverages what we utilized. The pier is new.\n\n"
        "- The pier was old, but the new owner of the ferry repaired it in May.\n"
    )
    edited = ask("Edit the draft.", f"DRAFT:\n{draft}\n\nVOICE RULES:\n{rules}")
    assert edited.startswith("Using ferries works. She uses what we used.")
    assert "- The pier was old. But the new owner of the ferry repaired it in May." in edited
    quoted = restyled("I said “I leverage it!” to my aunt!", read_voice(f'{rules}\n- never "I", "me", "my"'))
    assert quoted == "We said “I leverage it!” to our aunt."  # a quotation stays
    voice = read_voice(rules)
    assert (voice.calm, voice.longest) == (True, 12)
    whole = "The bread that we bake, and the rolls, cost more than the flour that we buy for them"
    assert in_one_breath(whole, 5) == whole  # no joint is safe, so the sentence stays


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=90))
def test_front_matter_can_be_read_back_whatever_the_title(title: str) -> None:
    title = " ".join(title.split()).strip("#*_ ") or "x"
    body = "The ferry took 4,100 people. The ferry is old.\n\n## Ferries\n\nIt leaks.\n\n## Sources\n\n- notes: a.md"
    text = formatted(f"# {title}\n\n{body}", "")
    article = Article.parse(text)
    assert article.front_fault == ""
    assert article.front["title"] == title
    assert article.front["sources"] == ["notes: a.md"]
    assert 0 < len(article.front["tags"]) <= 6
    assert len(str(article.front["description"])) <= 160
    assert text.endswith(body)  # word for word
    assert formatted(text, "") == text  # and never twice


def test_one_agent_can_be_asked_for_everything_at_once() -> None:
    _, passages = notes(13, facts=12, fillers=144)
    role = (
        "Research five statistics with sources, write the post of about 500 words, check it against the sources, "
        "keep the brand voice and format it as Markdown with front matter."
    )
    loud = passages.replace(" walks past", " utilises").replace("by hand.", "by hand!")
    rules = 'VOICE RULES:\n- avoid "utilise"; write "use"\n- no exclamation marks'
    article = Article.parse(ask(role, f"SOURCES:\n{loud}\n\nTASK:\nvillage life\n\n{rules}"))
    assert article.front_fault == ""
    assert abs(article.words - 500) <= 75
    assert sum(bool(re.search(r"\d,\d{3}", sentence)) for sentence in article.sentences) >= 5
    assert not re.search(r"utilis|!", " ".join(article.sentences))
    assert article.sources


def test_the_names_of_sources_are_not_edited() -> None:
    post = "# Bread\n\nI baked twelve loaves.\n\n## Sources\n\n- Flour I tried\n"
    call = Call(
        "editor", 'Edit the draft and keep the voice rules.\n\nVOICE RULES:\n- write "we", never "I"', f"DRAFT:\n{post}"
    )
    edited = EmbeddedModel().complete(call).text
    assert "We baked twelve loaves." in edited
    assert "- Flour I tried" in edited
