"""What changed between two editions of the data, and the cells of the matrix that it moved."""

from stances.differences.cells import MovedCell
from stances.differences.changes import Change
from stances.differences.comparing import diff
from stances.differences.explaining import CellChange, QuestionChange
from stances.differences.report import Difference

__all__ = ["CellChange", "Change", "Difference", "MovedCell", "QuestionChange", "diff"]
