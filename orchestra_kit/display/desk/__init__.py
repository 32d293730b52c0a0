"""The review desk: what waits for a person, with its evidence, and the person's decision, which nobody can forge."""
