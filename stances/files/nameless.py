"""Columns without a name, as a comma at the end of every row makes them: left out where they hold nothing."""

import warnings
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from stances.errors import FormatError, StancesError, StancesWarning, listed


@frozen
class Nameless:
    """Where the columns without a name stand, and in which line each holds something first."""

    columns: tuple[int, ...]
    filled: dict[int, int] = field(factory=dict)

    @classmethod
    def of(cls, names: Sequence[str]) -> "Nameless":
        """Return the columns without a name of a header."""
        return cls(tuple(k for k, name in enumerate(names) if not name))

    def look(self, line: int, cells: Sequence[str]) -> None:
        """Take notice of a row."""
        for k in self.columns:
            if cells[k].strip():
                self.filled.setdefault(k, line)

    def faults(self) -> Iterator[StancesError]:
        """Yield a fault for each column that holds something."""
        for k, line in sorted(self.filled.items()):
            problem = f"column {k + 1} has no name, and line {line} holds something in it"
            yield FormatError(problem, "give it a name, or empty it")

    def note(self, file: str) -> None:
        """Say once which columns of a file are left out."""
        empty = [str(k + 1) for k in self.columns if k not in self.filled]
        if empty:
            which = f"column {empty[0]} has" if len(empty) == 1 else f"columns {listed(empty)} have"
            message = f"{file}: {which} neither name nor data, and is left out"
            message = message if len(empty) == 1 else message.replace("is left", "are left")
            warnings.warn(StancesWarning(message), stacklevel=3)
