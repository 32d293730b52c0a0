"""Settings that every test shares."""

from hypothesis import settings

# A slow machine is no fault of the code, so there are no deadlines.
settings.register_profile("here", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=3_000)
settings.load_profile("here")
