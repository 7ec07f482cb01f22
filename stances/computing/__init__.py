"""The making of matrices: what is asked, tile by tile, and the arrays that fill up."""

from stances.computing.computed import NO_SHARED, TOO_FEW, compute, finished
from stances.computing.of_counts import matrix_of_counts
from stances.computing.request import Request

__all__ = ["NO_SHARED", "TOO_FEW", "Request", "compute", "finished", "matrix_of_counts"]
