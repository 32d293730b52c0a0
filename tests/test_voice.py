"""House rules: loaded with errors that name rule and field, told to a writer, measured in what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestra_kit.errors import BadSources
from orchestra_kit.scenarios.voice import Voice

VOICE = Voice.load()


def quotes(text: str) -> list[str]:
    return [found.quote for found in VOICE.violations(text)]


def test_the_bundled_rules_as_lines_of_a_prompt() -> None:
    lines = VOICE.as_text().splitlines()
    assert '- avoid "leverage"; write "use"' in lines
    assert '- avoid "synergy"' in lines
    assert "- no exclamation marks" in lines
    assert "- sentences of at most 35 words" in lines
    assert '- never "I", "me", "my", "myself"' in lines


@pytest.mark.parametrize(("sentence", "found"), [
    ("Leveraging it leverages us.", ["Leveraging", "leverages"]),
    ("They utilised and utilize utilisation, a utility.", ["utilised", "utilize", "utilisation"]),
    ("Game changing, a game-changer, game-changing!", ["Game changing", "game-changer", "game-changing", "!"]),
    ("A seamlessly cutting-edge synergy in order to win.", ["cutting-edge", "seamlessly", "in order to", "synergy"]),
    ("What I say, and my I/O or O/I, part i, is for me: we see, you see.", ["I", "me", "my"]),
    ("The clever age and the beverage.", []),
    ("word " * 35 + "end.", ["36 words"]),
    ("word " * 34 + "end.", []),
])  # fmt: skip
def test_measuring(sentence: str, found: list[str]) -> None:
    assert sorted(quotes(sentence)) == sorted(found)


def test_a_heading_is_judged_and_the_words_of_others_are_not() -> None:
    others = "---\ntitle: Leverage!\n---\nThey said “I leverage!” and `utilise`.\n\n> I will.\n\n```\nleverage\n```\n"
    links = "See [here](leverage.html) or https://a.example/utilise now.\n\n## Sources\n\n- Wrede, I utilise LLMs!\n"
    assert quotes(others + links) == []
    assert quotes("# Leverage it!\n\nPlain.") == ["Leverage", "!"]


def test_a_violation_names_rule_sentence_and_what_to_do() -> None:
    (found,) = VOICE.violations("All is well. We leverage it.")
    assert (found.rule, found.sentence) == ("plain-use", "We leverage it.")
    assert found.told.startswith('"Use" says the same')


RULE = {"id": "a", "kind": "avoid", "word": "very", "told": "No."}


@pytest.mark.parametrize(("rules", "sentence"), [
    ([RULE, {**RULE, "id": "b", "word": 3}], "rule 2 (b), field 'word': Input should be a valid string."),
    ([{**RULE, "insted": "x"}], "rule 1 (a), field 'insted': Extra inputs are not permitted."),
    ([{"id": "a", "kind": "max_sentence_words", "told": "No."}], "rule 1 (a), field 'words': Field required."),
    ([{**RULE, "kind": "shout"}], "rule 1 (a), field 'kind': Input tag 'shout' found"),
    ([RULE, RULE], "field 'rules': the id 'a' is used twice; give each rule an id of its own."),
    ([], "field 'rules': Tuple should have at least 1 item"),
])  # fmt: skip
def test_wrong_rules_name_the_rule_and_the_field(tmp_path: Path, rules: list[object], sentence: str) -> None:
    file = tmp_path / "voice.json"
    file.write_text(json.dumps({"name": "n", "rules": rules}))
    with pytest.raises(BadSources) as caught:
        Voice.load(file)
    assert f"The voice rules {file} are wrong: {sentence}" in str(caught.value)


def test_a_file_that_is_missing_or_no_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSources, match=r"none\.json cannot be read: .* Give a JSON file in UTF-8\."):
        Voice.load(tmp_path / "none.json")
    (tmp_path / "v.json").write_text("{,")
    with pytest.raises(BadSources, match=r"v\.json are wrong: it is no such JSON: Invalid JSON: .* line 1 column 2"):
        Voice.load(tmp_path / "v.json")
