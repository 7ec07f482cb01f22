"""What is drawn as one by a bootstrap: single questions, or all of an issue, a year or a session."""

import numpy as np
from numpy.typing import NDArray

from stances.errors import FieldError
from stances.positions import Positions
from stances.slices import names_of


def blocks_of(positions: Positions, blocks: str | None) -> NDArray[np.intp]:
    """Return the number of the block that each question is drawn with, shape (n_questions,).

    A question of several issues is drawn with those of the same issues.

    Parameters
    ----------
    positions : Positions
    blocks : {None, "issue", "year", "session"}
        A question is a block of its own for None, and where it has no issue, date or session.

    Raises
    ------
    ChoiceError
        If there are no such blocks.
    """
    numbers: dict[object, int] = {}
    keys = [(blocks and names_of(question, blocks)) or j for j, question in enumerate(positions.questions)]
    found = [numbers.setdefault(key, len(numbers)) for key in keys]
    return np.array(found, dtype=np.intp)


def check_blocks(positions: Positions, blocks: str | None) -> None:
    """Refuse blocks that all questions lie in one of, so that nothing could vary: FieldError."""
    if blocks is not None and len(set(blocks_of(positions, blocks).tolist())) == 1:
        raise FieldError("blocks", blocks, "puts all questions into one block", "draw single questions")
