"""How large a dataset may be: every size is bounded, and every bound can be moved."""

from attrs import field, frozen

from stances import validators as check
from stances.errors import LimitError


@frozen(kw_only=True)
class Limits:
    """The sizes that a dataset may have.

    A file that is larger is refused before it is read; whatever else is larger, before it is compared.

    Attributes
    ----------
    file_bytes : int
        Of one file.
    field_characters : int
        Of one cell of a table.
    records : int
        Of all kinds together.
    actors, questions : int
    nesting : int
        Of objects and lists in JSON and TOML.

    Raises
    ------
    FieldError
        If a limit is no whole number of at least 1.

    Examples
    --------
    >>> Limits(actors=20_000).actors
    20000
    """

    file_bytes: int = field(default=256_000_000, converter=lambda v: check.count("file_bytes", v))
    field_characters: int = field(default=1_000_000, converter=lambda v: check.count("field_characters", v))
    records: int = field(default=2_000_000, converter=lambda v: check.count("records", v))
    actors: int = field(default=10_000, converter=lambda v: check.count("actors", v))
    questions: int = field(default=100_000, converter=lambda v: check.count("questions", v))
    nesting: int = field(default=64, converter=lambda v: check.count("nesting", v))

    def check(self, limit: str, size: int) -> None:
        """Raise LimitError if a size is beyond the limit of this name."""
        if size > getattr(self, limit):
            raise LimitError(limit, getattr(self, limit))


USUAL = Limits()
