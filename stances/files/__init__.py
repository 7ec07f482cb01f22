"""The files people write: a folder, one tidy CSV, or one JSON file; read strictly, written whole."""

from stances.files.loading import dump, load, parse
from stances.files.sheet import load_codebook, read_sheet

__all__ = ["dump", "load", "load_codebook", "parse", "read_sheet"]
