"""Statistics of the work: how well builds and models do, what goes wrong most often, how it changes over time.

Computed from the journal and the ledger whenever they are asked for, never kept; docs/reports.md has the formulas.
"""

from engine.statistics.folding import DayFigures, Statistics
from engine.statistics.gathering import gather_statistics
from engine.statistics.patterns import Pattern
from engine.statistics.scores import ModelScore

__all__ = ["DayFigures", "ModelScore", "Pattern", "Statistics", "gather_statistics"]
