"""Every error of the library, by what it is about."""

from stances.errors.base import (
    StancesError,
    StancesWarning,
    listed,
    nearest,
    shown,
)
from stances.errors.comparisons import (
    CodesError,
    MixedScalesError,
    NeedsDatasetError,
    SilencePolicyError,
    UnknownMeasureError,
    UnorderedScaleError,
)
from stances.errors.faults import (
    DatasetError,
    Fault,
    Place,
)
from stances.errors.formats import (
    FormatError,
    LossError,
    MissingFieldError,
    RowError,
    UnknownFieldError,
)
from stances.errors.installation import (
    MissingExtraError,
    SeedNotFoundError,
)
from stances.errors.records import (
    ChoiceError,
    ContradictionError,
    DateError,
    DuplicateIdError,
    FieldError,
    LevelError,
    RepeatedStanceError,
    UnknownActorError,
    UnknownCoderError,
    UnknownIdError,
    UnknownIssueError,
    UnknownQuestionError,
    UnknownScaleError,
    UnknownSessionError,
    UnknownSourceError,
)

__all__ = [
    "ChoiceError",
    "CodesError",
    "ContradictionError",
    "DatasetError",
    "DateError",
    "DuplicateIdError",
    "Fault",
    "FieldError",
    "FormatError",
    "LevelError",
    "LossError",
    "MissingExtraError",
    "MissingFieldError",
    "MixedScalesError",
    "NeedsDatasetError",
    "Place",
    "RepeatedStanceError",
    "RowError",
    "SeedNotFoundError",
    "SilencePolicyError",
    "StancesError",
    "StancesWarning",
    "UnknownActorError",
    "UnknownCoderError",
    "UnknownFieldError",
    "UnknownIdError",
    "UnknownIssueError",
    "UnknownMeasureError",
    "UnknownQuestionError",
    "UnknownScaleError",
    "UnknownSessionError",
    "UnknownSourceError",
    "UnorderedScaleError",
    "listed",
    "nearest",
    "shown",
]
