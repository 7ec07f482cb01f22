"""The shipped datasets, wherever they lie: in a wheel, a zip, an editable install or a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

CODEBOOK = "codebook.toml"
DEFAULT = "paris-beijing-2025"


def seeds() -> Traversable | None:
    """Return the folder of the shipped datasets; None where they were not installed."""
    inside = files("stances").joinpath("_seeds")
    if inside.joinpath(DEFAULT).joinpath(CODEBOOK).is_file():
        return inside
    project = Path(__file__).resolve().parent.parent
    if (project / "setup.cfg").is_file() and (project / "seeds" / DEFAULT / CODEBOOK).is_file():
        return project / "seeds"
    return None


def shipped_datasets() -> tuple[str, ...]:
    """Return the names of the shipped datasets, sorted.

    Examples
    --------
    >>> "paris-beijing-2025" in shipped_datasets()
    True
    """
    root = seeds()
    if root is None:
        return ()
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.joinpath(CODEBOOK).is_file()))


def shipped(name: str) -> Traversable | None:
    """Return the folder of one shipped dataset; None if there is none of this name."""
    root = seeds()
    return root.joinpath(name) if root is not None and name in shipped_datasets() else None
