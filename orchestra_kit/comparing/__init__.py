"""The same task in several patterns, many times, on the same luck: what each costs, and what it is worth.

runs.py makes and measures single runs, sweep.py sends them out and gathers them, comparison.py holds the tables,
recommendation.py chooses, and shown.py is for reading.
"""

from .comparison import Comparison
from .recommendation import Recommendation
from .runs import RunBroke
from .sweep import compare

__all__ = ["Comparison", "Recommendation", "RunBroke", "compare"]
