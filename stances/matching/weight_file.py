"""Weights of voters from a CSV file: a row for each that is not 1."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stances import validators as check
from stances.errors import (
    DatasetError,
    DuplicateIdError,
    Fault,
    FormatError,
    LimitError,
    Place,
    StancesError,
    UnknownActorError,
    UnknownQuestionError,
)
from stances.files.file_in import file_content
from stances.files.plain_cells import decimal
from stances.files.strict_csv import Row
from stances.files.table_in import read_table
from stances.positions import Positions

COLUMNS = ("voter", "question", "weight")


def read_weights(path: str | Path, voters: Positions) -> NDArray[np.float64]:
    r"""Read the weights that voters give to questions, for `nearest`.

    Parameters
    ----------
    path : str or Path
        A CSV file with the columns ``voter``, ``question`` and ``weight``, a number of at least 0.
    voters : Positions
        Whose ids the file names.

    Returns
    -------
    ndarray of float, shape (n_voters, n_questions)
        1 where the file has no row.

    Raises
    ------
    DatasetError
        With every fault and its line: unknown ids, weights that are none, a cell given twice.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from stances import VOTE
    >>> voters = Positions.from_codes([[2, 0], [2, 1]], scale=VOTE, actors=["v1", "v2"])
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "weights.csv")
    ...     _ = file.write_text("voter,question,weight\nv2,q1,2\n")
    ...     read_weights(file, voters).tolist()
    [[1.0, 1.0], [2.0, 1.0]]
    """
    name = Path(path).name
    try:
        content = file_content(Path(path))
    except (FormatError, LimitError) as error:
        raise DatasetError((Fault(error, (Place(name),)),)) from None
    table, faults = read_table(content, name, COLUMNS, COLUMNS)
    places = _Places(voters)
    weights = np.full(voters.codes.shape, np.nan)
    for row in table.rows:
        try:
            cell, weight = places.of(row), check.number("weight", decimal("weight", row.cells["weight"]), 0.0)
            if not np.isnan(weights[cell]):
                raise DuplicateIdError("weight of", f"{row.cells['voter']} on {row.cells['question']}")
            weights[cell] = weight
        except StancesError as error:
            faults.append(Fault(error, (table.place(row.line),)))
    if faults:
        raise DatasetError(tuple(sorted(faults, key=lambda fault: fault.places[0].line or 0)))
    return np.where(np.isnan(weights), 1.0, weights)


class _Places:
    """Where voters and questions stand, by id."""

    def __init__(self, voters: Positions) -> None:
        self.voters = {voter: i for i, voter in enumerate(voters.actors)}
        self.questions = {question.id: j for j, question in enumerate(voters.questions)}

    def of(self, row: Row) -> tuple[int, int]:
        """Return the cell of a row; UnknownIdError if there is none."""
        voter, question = row.cells["voter"], row.cells["question"]
        if voter not in self.voters:
            raise UnknownActorError(voter, tuple(self.voters))
        if question not in self.questions:
            raise UnknownQuestionError(question, tuple(self.questions))
        return self.voters[voter], self.questions[question]
