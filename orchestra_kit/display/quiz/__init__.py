"""Questions for the learner: a quiz whose every option explains itself, and predictions made before an experiment."""
