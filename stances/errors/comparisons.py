"""What can be wrong with a comparison."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed
from stances.errors.records import UnknownIdError


@define
class UnknownMeasureError(UnknownIdError):
    """No measure has this name."""

    code: ClassVar[str] = "S301"
    kind: ClassVar[str] = "measure"


@define
class UnorderedScaleError(StancesError, ValueError):
    """A graded measure meets a scale whose levels have no order."""

    code: ClassVar[str] = "S302"
    measure: str
    scale: str

    @property
    def reason(self) -> str:
        return f"measure {self.measure!r} needs ordered levels; scale {self.scale!r} is unordered"

    @property
    def hint(self) -> str:
        return "use 'exact' or 'agreement', or select questions on ordered scales"


@define
class SilencePolicyError(StancesError, ValueError):
    """A silence policy does not fit the measure or the scale."""

    code: ClassVar[str] = "S303"
    policy: str
    problem: str

    @property
    def reason(self) -> str:
        return f"silence policy {self.policy!r} {self.problem}"

    @property
    def hint(self) -> str:
        return "use 'skip', which any measure and scale allow"


@define
class MixedScalesError(StancesError, ValueError):
    """Counts, or parts of a table, belong to different actors or scales."""

    code: ClassVar[str] = "S304"
    problem: str

    @property
    def reason(self) -> str:
        return self.problem


@define
class NotCountedError(StancesError, KeyError):
    """Counts that were made for one measure were asked for what it does not need."""

    code: ClassVar[str] = "S309"
    missing: str
    known: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{self.missing} was not counted: only {listed(self.known)}"

    @property
    def hint(self) -> str:
        return "count whole tables: with plan=EVERYTHING, or in parts without a measure"


@define
class NeedsDatasetError(StancesError, TypeError):
    """Rules that choose among records were given for codes that have none."""

    code: ClassVar[str] = "S305"
    rules: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{listed(self.rules)} choose among records, and Positions hold only their result"

    @property
    def hint(self) -> str:
        return "pass the Dataset, or these rules to Dataset.positions()"


@define
class UncitedError(StancesError, ValueError):
    """A result does not know which data it was made of, and so not what to cite."""

    code: ClassVar[str] = "S392"
    got: str

    @property
    def reason(self) -> str:
        return f"a {self.got} does not know which data it was made of"

    @property
    def hint(self) -> str:
        return "cite the dataset or the positions"


@define
class CodesError(StancesError, ValueError):
    """An array of codes does not fit the actors, questions or scales."""

    code: ClassVar[str] = "S306"
    problem: str

    @property
    def reason(self) -> str:
        return self.problem


@define
class MatrixTooLargeError(StancesError, MemoryError):
    """A matrix of so many actors is larger than all memory of the machine."""

    code: ClassVar[str] = "S310"
    n_actors: int
    needed: int
    installed: int

    @property
    def reason(self) -> str:
        needed, there = f"{self.needed / 1e9:,.1f} GB", f"{self.installed / 1e9:,.1f} GB"
        size = f"a matrix of {self.n_actors:,} actors needs {needed} of memory"
        return f"{size}, and this machine has {there} in all"

    @property
    def hint(self) -> str:
        return "select(actors=...) takes fewer, and nearest() finds the few that are nearest to each of many"


@define
class KernelError(StancesError, ValueError):
    """An array is no kernel, or not one for this scale."""

    code: ClassVar[str] = "S307"
    problem: str
    advice: str = ""

    @property
    def reason(self) -> str:
        return f"the kernel {self.problem}"

    @property
    def hint(self) -> str:
        return self.advice or "give one disagreement from 0 to 1 for each pair of levels"


@define
class MeasureFunctionError(StancesError, ValueError):
    """A function of the pair table cannot be used as a measure here."""

    code: ClassVar[str] = "S308"
    measure: str
    problem: str

    @property
    def reason(self) -> str:
        return f"measure {self.measure!r} {self.problem}"

    @property
    def hint(self) -> str:
        return "it takes weights of shape (..., n_levels, n_levels) of one scale and returns shape (...)"
