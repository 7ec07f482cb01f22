"""The shipped datasets, wherever they lie: in a wheel, a zip, an editable install or a checkout.

``seeds/SHA256SUMS`` records what each file holds. Whatever is read of them is held against that record, so
that nobody publishes a number of an edited or half-copied file under the name of the shipped one.
"""

from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from stances.errors import SeedNotFoundError, ShippedFileError

RECORD = "SHA256SUMS"
CODEBOOK = "codebook.toml"
DEFAULT = "paris-beijing-2025"


@frozen
class Shipped:
    """The folder of a shipped dataset, whose files are checked as they are read.

    Attributes
    ----------
    name : str
        Of the folder, and so of the dataset.
    """

    name: str

    def content(self, file: str) -> bytes:
        """Return the bytes of one of its files."""
        return shipped_content(f"{self.name}/{file}")


def seeds() -> Traversable | None:
    """Return the folder of the shipped datasets; None where they were not installed."""
    inside = files("stances").joinpath("_seeds")
    if inside.joinpath(RECORD).is_file():
        return inside
    project = Path(__file__).resolve().parent.parent
    if (project / "setup.cfg").is_file() and (project / "seeds" / RECORD).is_file():
        return project / "seeds"
    return None


def recorded(root: Traversable) -> dict[str, str]:
    """Return the SHA-256 of each shipped file, by its path; a line is written as `sha256sum` does."""
    lines = root.joinpath(RECORD).read_bytes().decode("utf-8", "replace").splitlines()
    return {line[66:]: line[:64] for line in lines}


def shipped_content(path: str) -> bytes:
    """Return the bytes of a shipped file, named by its folder and name.

    Raises
    ------
    SeedNotFoundError
        If nothing was installed with the package.
    ShippedFileError
        If the file is gone, or holds other bytes than were shipped.
    """
    root = seeds()
    if root is None:
        raise SeedNotFoundError(path, ())
    due, file = recorded(root).get(path), root.joinpath(path)
    content = file.read_bytes() if file.is_file() else None
    got = None if content is None else sha256(content).hexdigest()
    if content is None or got != due:
        raise ShippedFileError(path, due, got)
    return content


def shipped_datasets() -> tuple[str, ...]:
    """Return the names of the shipped datasets, sorted.

    Examples
    --------
    >>> "paris-beijing-2025" in shipped_datasets()
    True
    """
    root = seeds()
    paths = () if root is None else recorded(root)
    return tuple(sorted(path.removesuffix(f"/{CODEBOOK}") for path in paths if path.endswith(f"/{CODEBOOK}")))


def shipped(name: str) -> Shipped | None:
    """Return the folder of one shipped dataset; None if there is none of this name."""
    return Shipped(name) if name in shipped_datasets() else None
