"""Quizzes and predictions, from Python: what may be asked, what was answered, and what gives an answer away."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from legible import artists, assert_legible, words
from nbclient import NotebookClient
from traitlets import TraitError

from orchestra_kit.display import Option, Predict, Question, Quiz, calibration, predictions
from orchestra_kit.display.quiz.calibration import wilson
from orchestra_kit.display.quiz.predictions import KEPT, forget, from_file, to_file
from orchestra_kit.display.quiz.questions import BadQuestion, bundled_quizzes, questions_of

PAYLOAD = '<img src=x onerror="alert(1)"></script><script>alert(2)</script> `<b>` & "quotes"'
Tell = Callable[[Question], set[str]]


@pytest.fixture(autouse=True)
def _no_predictions() -> Iterator[None]:
    forget()
    yield
    forget()


def made(ask: str = "Who bakes?", options: int = 4, right: int = 0, letter: str = "x") -> Question:
    return Question(
        ask=ask,
        options=[Option(text=letter * (at + 1), why=f"because {at}", right=at == right) for at in range(options)],
    )


# What gives an answer away ---------------------------------------------------------------------------------------


def of_length(which: Callable[[Iterable[int]], int]) -> Tell:
    def tell(question: Question) -> set[str]:
        length = which(len(option.text) for option in question.options)
        return {option.text for option in question.options if len(option.text) == length}

    return tell


def at_place(place: int) -> Tell:
    return lambda question: {option.text for option in question.shown[place : place + 1]}


TELLS = {"longest": of_length(max), "shortest": of_length(min), **{"ABCD"[at]: at_place(at) for at in range(4)}}


def by_chance(questions: list[Question], tell: Tell) -> float:
    """How likely it is that somebody who goes by the tell alone is right at least as often as here, if the right
    options were drawn by lot: the upper tail of a sum of independent trials, exact (binomial where all have as many
    options, else Poisson-binomial)."""
    chances, hits = [1.0], 0
    for question in questions:
        told = tell(question)
        share = len(told) / len(question.options)
        chances = [a * (1 - share) + b * share for a, b in zip([*chances, 0], [0, *chances], strict=True)]
        hits += any(option.right and option.text in told for option in question.options)
    return sum(chances[hits:])


@pytest.mark.parametrize("tell", TELLS)
@pytest.mark.parametrize("quiz", [*bundled_quizzes()])
def test_nothing_gives_the_right_options_away(quiz: str, tell: str) -> None:
    """A quiz whose right option is the longest, the shortest, or in one place, so often that chance would do it in
    less than 5 of 100 quizzes, is not taken. (Of eight questions with four options that is five or more.)"""
    chance = by_chance([*questions_of(quiz)], TELLS[tell])
    assert chance >= 0.05, f"in {quiz} too many right options are {tell}: by chance only {chance:.1%} have as many"


@pytest.mark.parametrize("tell", TELLS)
def test_the_test_above_would_notice(tell: str) -> None:
    def given_away(number: int) -> Question:
        question = made(f"question {number}")
        told = TELLS[tell](question)
        options = [option.model_copy(update={"right": option.text in told}) for option in question.options]
        return Question(ask=question.ask, options=options)

    def innocent(number: int) -> Question:  # neither the first nor the last, neither the longest nor the shortest
        question = made(f"question {number}")
        texts = [option.text for option in question.options]
        right = next(text for text in (*texts[1:3], *texts) if text not in TELLS[tell](question))
        options = [option.model_copy(update={"right": option.text == right}) for option in question.options]
        return Question(ask=question.ask, options=options)

    few = [given_away(number) if number < 4 else innocent(number) for number in range(8)]
    many = [given_away(number) if number < 5 else innocent(number) for number in range(8)]
    assert by_chance(few, TELLS[tell]) == pytest.approx(0.114, abs=1e-3)
    assert by_chance(many, TELLS[tell]) == pytest.approx(0.0273, abs=1e-4)


@given(st.permutations(range(4)), st.integers(0, 3), st.text(min_size=1).filter(str.strip))
def test_the_order_comes_from_the_words_alone(order: list[int], right: int, ask: str) -> None:
    one, other = made(ask), made(ask, right=right)
    shuffled = Question(ask=ask, options=[other.options[at] for at in order])
    assert [option.text for option in shuffled.shown] == [option.text for option in one.shown]


def test_every_place_is_as_likely() -> None:
    places = [made(f"question {number}").letter("x") for number in range(400)]
    assert all(70 < places.count(letter) < 130 for letter in "ABCD"), "over 3.4 standard deviations from 100"


# What may be asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: made(options=2), "in the question 'Who bakes?' there are 2 options: give three or four"),
        (lambda: made(options=5), "there are 5 options: give three or four"),
        (lambda: made(right=9), "none of the options are right: mark exactly one with right=True"),
        (lambda: made(letter=""), "an option has an empty 'text': write a sentence there"),
        (lambda: Option(text="a", why=" "), "the option 'a' has an empty 'why': write a sentence there"),
        (lambda: Option(text="a"), "the option 'a' lacks 'why': write why=..."),
        (lambda: Option(text="a", why="b", wrong=1), "the option 'a' has no field 'wrong': its fields are text, why, right"),  # noqa: E501
        (lambda: Option(text="a", why="b", right="no"), "the option 'a' has 'no' for 'right', which will not do"),
        (lambda: Question(ask="Who?", options=[{"text": "a"}]), "in the question 'Who?' the option 'a' lacks 'why'"),
        (lambda: Question(ask="Who?", options=[made().options[0]] * 3), "the option 'x' stands twice: make the two"),
        (lambda: Question(ask="Who?", options=7), "the question 'Who?' has 7 for 'options', which will not do"),
        (lambda: Quiz("99"), "there is no quiz '99': choose one of 00_words, 01_meet_the_orchestra"),
        (lambda: Quiz("../../pyproject"), "there is no quiz '../../pyproject'"),
        (lambda: Quiz([]), "a quiz without questions: give at least one"),
        (lambda: Quiz(["Who?"]), "a quiz is made of questions, and 'Who?' is none"),
        (lambda: Quiz([made()]).choose(1, "E"), "'Who bakes?' has no option 'E': choose one of A 'x"),
        (lambda: Quiz([made()]).choose(2, "A"), "there is no question 2: they are numbered from 1 to 1"),
        (lambda: Predict("Who?"), "'Who?' needs either options or the unit of a number"),
        (lambda: Predict("Who?", ["a", "b"], unit="s"), "'Who?' needs either options or the unit of a number"),
        (lambda: Predict("Who?", ["a", "a"]), "'Who?' has the options ('a', 'a'): give two or more texts, each"),
        (lambda: Predict("Who?", [1, 2]), "'Who?' has the options (1, 2): give two or more texts, each another one"),
        (lambda: Predict("Who?", ["a", "b"], within=1), "'Who?' has within=1: give 0 or more, and only with unit"),
        (lambda: Predict("Who?", unit="s", within=-1), "'Who?' has within=-1: give 0 or more"),
        (lambda: Predict("Who?", ["a", "b"]).choose("c", confidence=0.6), "'c' is none of the options of 'Who?': a, b"),
        (lambda: Predict("Who?", ["a", "b"]).outcome("c"), "'c' is none of the options of 'Who?': a, b"),
        (lambda: Predict("How?", unit="s").choose("4", confidence=0.6), "'4' is no number of s, as 'How?' asks for"),
        (lambda: Predict("How?", unit="s").choose(True, confidence=0.6), "True is no number of s"),
        (lambda: Predict("How?", unit="s").outcome(float("nan")), "nan is no number of s"),
        (lambda: Predict("How?", unit="s").choose(4, confidence=80), "80 is no confidence: give a number from 0.5"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_sentence(ask: Callable[[], Any], says: str) -> None:
    with pytest.raises(BadQuestion, match=re.escape(says)) as told:
        ask()
    assert "\n" not in str(told.value)


def test_a_mistake_in_a_file_names_the_file_and_the_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = made().model_dump_json()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "02.json").write_text(f"[{good}, {good.replace('true', 'false')}]", "utf-8")
    monkeypatch.setattr("orchestra_kit.display.quiz.questions.data_dir", lambda: tmp_path)
    with pytest.raises(BadQuestion, match=r"^02\.json, question 2: in the question 'Who bakes\?' none of the options"):
        Quiz("02")


# What was answered ------------------------------------------------------------------------------------------------


def test_a_quiz_is_answered_explained_and_answered_again() -> None:
    quiz = Quiz([made("one"), made("two"), made("three")])
    assert quiz.choose(1, "xx").why == "because 1"
    assert quiz.choose(1, quiz.questions[0].letter("x")) == (1, "x", True, 2, "because 0")
    assert quiz.choose(3, "x").right
    assert [(answer.number, answer.chosen, answer.tries) for answer in quiz.answers] == [(1, "x", 2), (3, "x", 1)]
    assert quiz.score == (2, 1, 2, 3)
    assert str(quiz.score) == "2 of 3 right, 1 at the first try"
    with pytest.raises(BadQuestion):
        quiz.choose(1, "nonsense")
    assert quiz.score == (2, 1, 2, 3), "a wrong call loses nothing"
    quiz.again()
    assert (quiz.answers, quiz.score) == ((), (0, 0, 0, 3))


@pytest.mark.parametrize("sent", [{"0": [9]}, {"0": [True]}, {"0": []}, {"x": [1]}, {"0": ["1"]}, {"7": [0]}])
def test_a_page_cannot_answer_what_was_not_asked(sent: dict[str, Any]) -> None:
    quiz = Quiz([made()])
    quiz.choose(1, "x")
    with pytest.raises((TraitError, BadQuestion)):
        quiz.picked = sent
    assert quiz.score.right == 1


# What was predicted -----------------------------------------------------------------------------------------------


def test_a_prediction_stands_beside_its_outcome() -> None:
    sooner = Predict("Who is done sooner?", ["one agent", "three"], name="sooner")
    sooner.choose("three", confidence=0.6)
    sooner.choose("one agent", confidence=0.9)  # until the outcome is known
    assert repr(sooner.outcome("three")) == "predicted: one agent, 90 % sure; came out: three ✕"
    with pytest.raises(BadQuestion, match="the outcome of 'sooner' is known already: run the cell with its Predict"):
        sooner.choose("three", confidence=1)
    sooner.made = {"value": "three", "confidence": 1}  # as a page could send it
    assert sooner.made["value"] == "one agent"
    silent = Predict("Who pays?", ["one agent", "three"], name="pays")
    assert repr(silent.outcome("three")) == "no prediction was made; came out: three"
    assert predictions().to_dict("index") == {
        "sooner": {"predicted": "one agent", "sure": "90 %", "came out": "three", "right": "✕"},
        "pays": {"predicted": "none", "sure": "", "came out": "three", "right": ""},
    }


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_number_is_right_within_what_was_allowed(predicted: float, came_out: float, within: float) -> None:
    forget()
    prediction = Predict("How many?", unit="calls", within=within)
    prediction.choose(predicted, confidence=0.5)
    away = abs(predicted - came_out)
    if away != pytest.approx(within, rel=1e-6):
        assert prediction.outcome(came_out).right is (away < within)


def test_a_number_at_the_very_edge_is_right() -> None:
    prediction = Predict("How long?", unit="s", within=0.2)
    prediction.choose(0.1, confidence=0.5)
    assert prediction.outcome(0.1 + 0.2).right


def test_the_first_prediction_counts() -> None:
    """Whoever runs the cells again has seen the outcome; whoever made no prediction has lost nothing."""
    for guess, confidence in ((None, 0), ("a", 0.7), ("b", 1)):
        again = Predict("Which?", ["a", "b"], name="which")
        if guess:
            again.choose(guess, confidence=confidence)
        again.outcome("b")
    assert predictions().loc["which", ["predicted", "sure"]].tolist() == ["a", "70 %"]


# What is kept for the notebooks that follow ------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept.json"
    monkeypatch.setenv("ORCHESTRA_KIT_PREDICTIONS", str(path))
    monkeypatch.setattr("orchestra_kit.display.quiz.on_file.told", set())
    return path


def new_kernel() -> None:
    KEPT.clear()


def test_the_course_remembers_what_was_really_predicted(file: Path) -> None:
    Predict("Which?", ["a", "b"], name="first").outcome("a")
    assert not file.exists(), "nothing was predicted"
    predicted((0.8, True))
    new_kernel()
    predicted((0.6, False))  # the same question: whoever predicts again knows what comes out
    asked_elsewhere = Predict("Another question", ["a", "b"], name="question 0")
    asked_elsewhere.choose("b", confidence=0.9)
    asked_elsewhere.outcome("a")
    assert predictions()["sure"].tolist() == ["80 %", "90 %"]
    new_kernel()
    Predict("question 0", ["a", "b"]).outcome("a")
    assert predictions()["sure"].tolist() == ["80 %"], "a notebook that is run again knows its predictions"
    assert predictions(everything=True)["predicted"].tolist() == ["a", "b"]
    assert "1 of 1 prediction came out right" in calibration().alt
    assert "1 of 2 predictions came out right" in calibration(everything=True).alt
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    forget()
    assert predictions(everything=True).index.tolist() == ["question 0"]
    assert predictions(everything=True)["sure"].tolist() == ["90 %"]
    forget(everything=True)
    assert not file.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it holds something else (the whole: Invalid JSON: EOF"),
        (b"my diary", "it holds something else (the whole: Invalid JSON"),
        (b"\xff\xfe\x00", "it holds something else (the whole: Invalid JSON"),
        (b'{"predictions": [], "diary": "dear me"}', "it holds something else (diary: Extra inputs are not permitted"),
        (b'{"what": "a diary", "predictions": []}', "it holds something else (what: Input should be 'my predictions"),
        (b"[" * 100_000, "it holds something else (the whole: Invalid JSON: recursion limit"),
        (b" " * 1_000_001, "it is larger than 1,000,000 bytes"),
        ("7.0", "confidence: Input should be less than or equal to 1"),
        ("NaN", "it holds something else ("),
        ("true", "confidence: Input should be a valid number"),
        (None, "it is no file"),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_a_file_that_is_something_else_is_left_alone(
    file: Path, capsys: pytest.CaptureFixture[str], content: bytes | str | None, says: str
) -> None:
    if isinstance(content, str):
        predicted((0.8, True))
        content = file.read_bytes().replace(b"0.8", content.encode())
        new_kernel()
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    predicted((0.8, True), (0.7, False))
    told = capsys.readouterr().out
    assert told.startswith("kept.json is left as it is: ")
    assert says in told
    assert told.count("\n") == 1, "said once, in a sentence"
    assert len(predictions(everything=True)) == 2, "this notebook goes on without it"
    forget(everything=True)
    assert file.is_dir() if content is None else file.read_bytes() == content


@pytest.mark.usefixtures("file")
def test_the_file_has_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        long = Predict("How long? \ud800" * 1_000, ["x" * 1_000, "y"])
        long.choose("y", confidence=0.5)
        long.outcome("x" * 1_000)
        new_kernel()
    assert len(predictions(everything=True)) == 1
    one = from_file().popitem()[1]
    to_file({(str(number), ""): one._replace(name=str(number)) for number in range(1_000)})
    assert capsys.readouterr().out.startswith("kept.json is left as it is: it is full. Your")
    assert len(from_file()) == 1
    short = one._replace(question="", came_out="x")
    to_file({(str(number), ""): short._replace(name=str(number)) for number in range(1_000)})
    predicted((0.8, True))
    assert (len(from_file()), len(predictions(everything=True))) == (1_000, 1_001)


def test_a_crash_while_writing_loses_nothing(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    predicted((0.8, True))
    before = file.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orchestra_kit.display.quiz.on_file.Path.replace", full)
    predicted((0.8, True), (0.7, True))
    assert "kept.json is left as it is: No space left on device. Your predictions" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("elsewhere", [None, ""])
def test_outside_of_a_notebook_there_is_no_file(
    elsewhere: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ORCHESTRA_KIT_PREDICTIONS", raising=False)
    if elsewhere is not None:
        monkeypatch.setenv("ORCHESTRA_KIT_PREDICTIONS", elsewhere)
        monkeypatch.setattr("orchestra_kit.display.quiz.on_file.in_a_notebook", lambda: True)
    predicted((0.8, True))
    assert not list(tmp_path.iterdir())


def test_the_next_notebook_draws_what_the_one_before_predicted(tmp_path: Path) -> None:
    first = """
    from orchestra_kit.display import Predict
    calls = Predict('How often?', unit='calls')
    calls.choose(3, confidence=0.8)
    calls.outcome(2)"""
    then = """
    from orchestra_kit.display import calibration, predictions
    print(calibration(everything=True).alt.split('.')[1])
    print(len(predictions()), len(predictions(everything=True)))"""
    here = {"metadata": {"path": str(tmp_path)}}
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.pop("ORCHESTRA_KIT_PREDICTIONS", None)
    for code in (first, then):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(textwrap.dedent(code))])
        NotebookClient(notebook, kernel_name="python3", resources=here).execute(env=environment)
    assert [path.name for path in tmp_path.iterdir()] == ["my-predictions.json"]
    said = "".join(output["text"] for output in notebook.cells[0].outputs)
    assert "0 of 1 prediction came out right" in said
    assert said.endswith("\n0 1\n")


# How well it was known --------------------------------------------------------------------------------------------


def predicted(*given: tuple[float, bool]) -> None:
    for number, (confidence, right) in enumerate(given):
        one = Predict(f"question {number}", ["a", "b"])
        one.choose("a" if right else "b", confidence=confidence)
        one.outcome("a")


def test_calibration_counts_what_was_predicted() -> None:
    Predict("Which?", ["a", "b"]).outcome("a")
    predicted((0.8, True), (0.8, False), (0.6, True))
    picture = calibration()
    assert "2 of 3 predictions came out right, 67\u00a0%. You were 73\u00a0% sure on average. So few say" in picture.alt
    assert "60\u00a0% sure: 1 of 1 right. 80\u00a0% sure: 1 of 2 right." in picture.alt
    drawn = {name: artist.get_xydata().tolist() for name, artist in artists(picture).items() if "group" in name}
    assert drawn == {"group 0.60": [[0.6, 1.0]], "group 0.80": [[0.8, 0.5]]}
    assert artists(picture)["interval 0.80"].get_ydata().tolist() == list(wilson(1, 2))
    assert {"1 of 1", "1 of 2"} <= words(picture)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "No prediction has met its outcome yet."),
        ([(1.0, False)], "0 of 1 prediction came out right, 0\u00a0%"),
        ([(0.8, True)] * 9, "So few say little: anything from 70\u00a0% to 100\u00a0% would fit."),
        ([(0.8, True)] * 8 + [(0.8, False)] * 2, "That fits, as anything from 49\u00a0% to 94\u00a0% would."),
        ([(1.0, False)] * 10, "You were more sure than right: 0\u00a0% to 28\u00a0% would fit."),
        ([(0.5, True)] * 10, "You were less sure than right: 72\u00a0% to 100\u00a0% would fit."),
        (
            [(at / 100, at % 7 > 2) for at in range(50, 101)] * 3,
            "84 of 153 predictions came out right, 55\u00a0%. You were 75\u00a0% sure on average. You were more sure",
        ),
    ],
    ids=["none", "one", "few", "fits", "too sure", "too unsure", "many"],
)
def test_calibration_is_legible_and_says_how_sure_it_is(given: list[tuple[float, bool]], says: str) -> None:
    predicted(*given)
    picture = calibration()
    assert says in picture.alt
    assert "as sure as right" in words(picture), "nothing says what the dashed line is"
    assert_legible(picture)


# What a reader without a kernel sees ------------------------------------------------------------------------------


class Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_static_twin_says_all_of_it_and_is_only_text() -> None:
    question = Question(
        ask=f"{PAYLOAD}?",
        options=[Option(text=f"{PAYLOAD}{at}", why=f"{PAYLOAD}!{at}", right=at == 1) for at in range(3)],
    )
    twin = Read(Quiz([question]).twin())
    assert set(twin.tags) <= {"p", "strong", "em", "ol", "ul", "li", "br", "code", "details", "summary"}
    said = PAYLOAD.replace("`", "")
    for text in (f"{said}?", *(f"{said}{at}" for at in range(3)), *(f"{said}!{at}" for at in range(3))):
        assert text in twin.text
    asked = Predict(PAYLOAD, [PAYLOAD, "b"]), Predict(PAYLOAD, unit=PAYLOAD, name=PAYLOAD)
    for prediction in asked:
        assert Read(prediction.twin()).text.count(said) >= 2


def test_without_a_front_end_it_works_from_python() -> None:
    """In a kernel, where nobody draws widgets; and the prediction is not needed for the rest to run."""
    solve = """
    for number, question in enumerate(quiz.questions, 1):
        quiz.choose(number, next(option.text for option in question.options if option.right))
    print(quiz.score)"""
    cells = [
        "from orchestra_kit.display import Predict, Quiz\nquiz = Quiz('01_meet_the_orchestra')\nquiz",
        "calls = Predict('How often?', unit='calls')\ncalls",
        "calls.outcome(2)",
        textwrap.dedent(solve),
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    here = {"metadata": {"path": str(Path(__file__).parents[1])}}
    NotebookClient(notebook, kernel_name="python3", resources=here).execute()
    shown = [
        [output.get("data") or {"text/plain": output["text"]} for output in cell.outputs] for cell in notebook.cells
    ]
    (widget, twin), (prediction, _), [outcome], [score] = shown
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert "text/html" not in widget
    assert widget["text/plain"] == "Quiz('01_meet_the_orchestra'): 8 questions, 0 answered"
    assert list(twin) == ["text/html"]
    assert twin["text/html"].count("<details>") == 8
    assert prediction["text/plain"] == "Predict('How often?'): no prediction was made"
    assert outcome["text/plain"] == "no prediction was made; came out: 2 calls"
    assert score["text/plain"] == "8 of 8 right, 8 at the first try\n"
