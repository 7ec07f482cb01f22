"""The files people write: a folder, one tidy CSV, or one JSON file; read strictly, written whole."""

from stances.files.loading import dump, load, parse

__all__ = ["dump", "load", "parse"]
