"""Tasks made afresh from a seed: texts with known facts, so that a comparison does not hang on one document.

Each module has one function, `seed -> Scenario`, of the module's name. What a team delivers is measured against the
facts that its text was made from; `arranged` says what was arranged about the task. The same seed makes the same text
in every process.
"""
