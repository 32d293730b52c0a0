"""What a learner sees: pictures of runs and of comparisons, questions and predictions. What is heavy is loaded on
first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .comparisons import quality_cost_latency
    from .costs import tokens_and_latency
    from .desk.widget import ReviewDesk
    from .frontiers import frontier
    from .picture import Picture
    from .quiz.calibration import calibration
    from .quiz.predict import Predict
    from .quiz.predictions import forget, predictions
    from .quiz.questions import Option, Question
    from .quiz.quiz import Quiz
    from .roles import tokens_by_role
    from .side_by_side.alignment import difference
    from .side_by_side.compare import Compare
    from .stepper.page import save_page
    from .stepper.widget import Stepper
    from .timelines import timeline

__all__ = [
    "Compare",
    "Option",
    "Picture",
    "Predict",
    "Question",
    "Quiz",
    "ReviewDesk",
    "Stepper",
    "calibration",
    "difference",
    "forget",
    "frontier",
    "predictions",
    "quality_cost_latency",
    "save_page",
    "timeline",
    "tokens_and_latency",
    "tokens_by_role",
]

HOMES = {
    "Compare": "side_by_side.compare",
    "Option": "quiz.questions",
    "Picture": "picture",
    "Predict": "quiz.predict",
    "Question": "quiz.questions",
    "Quiz": "quiz.quiz",
    "ReviewDesk": "desk.widget",
    "Stepper": "stepper.widget",
    "calibration": "quiz.calibration",
    "difference": "side_by_side.alignment",
    "forget": "quiz.predictions",
    "frontier": "frontiers",
    "predictions": "quiz.predictions",
    "quality_cost_latency": "comparisons",
    "save_page": "stepper.page",
    "timeline": "timelines",
    "tokens_and_latency": "costs",
    "tokens_by_role": "roles",
}


def __getattr__(name: str) -> Any:
    """Pictures need matplotlib, and matplotlib takes a second to load."""
    if name in HOMES:
        return getattr(import_module(f".{HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
