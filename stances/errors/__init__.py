"""Every error of the library, by what it is about."""

from stances.errors.base import (
    StancesError,
    StancesWarning,
    listed,
    nearest,
    shown,
)
from stances.errors.blocs import (
    NotAMemberError,
    RivalInsideError,
)
from stances.errors.coding import (
    ClashError,
    NamelessContradictionError,
    NeedsCodersError,
    RatingError,
)
from stances.errors.comparisons import (
    CodesError,
    KernelError,
    MeasureFunctionError,
    MixedScalesError,
    NeedsDatasetError,
    NotCountedError,
    SilencePolicyError,
    UncitedError,
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
    LimitError,
    LossError,
    MissingFieldError,
    OtherVersionError,
    RowError,
    UnknownFieldError,
)
from stances.errors.grouping import (
    TooFewActorsError,
    TooFewPeriodsError,
)
from stances.errors.installation import (
    MissingExtraError,
    SeedNotFoundError,
    ShippedFileError,
    UnknownNameError,
)
from stances.errors.laws import (
    BrokenLaw,
    BrokenLawError,
    InvalidMatrixError,
)
from stances.errors.matching import (
    DifferentScalesError,
    NoQuestionsInCommonError,
)
from stances.errors.naming import (
    AmbiguousActorError,
    UnknownBlocError,
    UnknownCowCodeError,
    UnregisteredActorError,
)
from stances.errors.parts import (
    OnlyCountsError,
    QuestionInTwoPartsError,
)
from stances.errors.readers import (
    MissingColumnError,
    NoTableError,
    QuestionsDifferError,
    RowsDifferError,
    TooLargeError,
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
    "AmbiguousActorError",
    "BrokenLaw",
    "BrokenLawError",
    "ChoiceError",
    "ClashError",
    "CodesError",
    "ContradictionError",
    "DatasetError",
    "DateError",
    "DifferentScalesError",
    "DuplicateIdError",
    "Fault",
    "FieldError",
    "FormatError",
    "InvalidMatrixError",
    "KernelError",
    "LevelError",
    "LimitError",
    "LossError",
    "MeasureFunctionError",
    "MissingColumnError",
    "MissingExtraError",
    "MissingFieldError",
    "MixedScalesError",
    "NamelessContradictionError",
    "NeedsCodersError",
    "NeedsDatasetError",
    "NoQuestionsInCommonError",
    "NoTableError",
    "NotAMemberError",
    "NotCountedError",
    "OnlyCountsError",
    "OtherVersionError",
    "Place",
    "QuestionInTwoPartsError",
    "QuestionsDifferError",
    "RatingError",
    "RepeatedStanceError",
    "RivalInsideError",
    "RowError",
    "RowsDifferError",
    "SeedNotFoundError",
    "ShippedFileError",
    "SilencePolicyError",
    "StancesError",
    "StancesWarning",
    "TooFewActorsError",
    "TooFewPeriodsError",
    "TooLargeError",
    "UncitedError",
    "UnknownActorError",
    "UnknownBlocError",
    "UnknownCoderError",
    "UnknownCowCodeError",
    "UnknownFieldError",
    "UnknownIdError",
    "UnknownIssueError",
    "UnknownMeasureError",
    "UnknownNameError",
    "UnknownQuestionError",
    "UnknownScaleError",
    "UnknownSessionError",
    "UnknownSourceError",
    "UnorderedScaleError",
    "UnregisteredActorError",
    "listed",
    "nearest",
    "shown",
]
