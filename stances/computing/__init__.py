"""From positions to a matrix: where records and arithmetic meet."""

from stances.computing.computed import compute
from stances.computing.request import Request

__all__ = ["Request", "compute"]
