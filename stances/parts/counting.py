"""Pair counts of a dataset in parts."""

import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from stances.counts import PairCounts
from stances.errors import FieldError, QuestionInTwoPartsError, StancesWarning
from stances.measures import find_measure
from stances.parts.cluster import Cluster
from stances.parts.here import Here
from stances.parts.tasks import Form, Survey
from stances.positions import Positions
from stances.progress import Progress, ticker
from stances.readers.tables import Levels, levels_of


def count_parts(
    parts: Any,
    *,
    scale: Levels,
    measure: Any = None,
    actors: Sequence[str] | None = None,
    client: Any = None,
    shuffle: bool = False,
    actor: str = "actor",
    question: str = "question",
    position: str = "position",
    weight: str | None = None,
    progress: Progress | None = None,
) -> PairCounts:
    r"""Count the pairs of a dataset that lies in parts, here or on a Dask cluster.

    Parameters
    ----------
    parts : path, or sequence of paths or frames
        A folder of ``.parquet`` files, or each part by itself: whatever `from_table` reads. Workers of
        a cluster must find the same files under the same paths.
    scale, actor, question, position, weight
        What the columns are called and hold; see `from_table`.
    measure : str, Measure, array_like or callable, optional
        Sum only what this measure needs, with silences skipped: of few sums per pair instead of
        (n_levels + 1) squared. By default whole tables, which serve every measure, policy and interval.
    actors : sequence of str, optional
        Who is counted, in this order: others are left out, and one without a row shares nothing. By
        default all actors of all parts, sorted by id.
    client : distributed.Client, optional
        Whose workers count: one task per part, and sums of four tallies. By default this process counts
        part after part.
    shuffle : bool
        Bring the rows of each question together first, by a hash of its name. Without it all rows of a
        question must lie in one part, which is checked.
    progress : callable, optional
        Called with the number of steps done and due, each a part looked through, split or counted.

    Returns
    -------
    PairCounts
        Those of the whole table, and the same bit by bit without weights. Counts of the same actors
        and measure add up, so that new parts can be added to old counts.

    Raises
    ------
    QuestionInTwoPartsError
        If rows of one question lie in two parts.
    DatasetError
        With the faults of the first part that has any; see `from_table`.
    FieldError
        If there is no part, or a list of no actors.
    UnknownMeasureError, UnorderedScaleError
        If there is no such measure, or it makes no sense on the scale.
    MissingExtraError
        If a package is needed that is not installed: pyarrow for Parquet, distributed for a client.

    Notes
    -----
    Here memory holds one part and the counts: 24 bytes per two actors for agreement, 8 bytes per cell of
    the tables without a measure. A shuffle passes through a temporary folder, or between workers, in
    codes; it makes as many tasks as the square of the number of parts.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     files = [Path(folder, name) for name in ("2023.csv", "2024.csv")]
    ...     _ = files[0].write_text("actor,question,position\nFRA,r1,yes\nCHN,r1,no\n")
    ...     _ = files[1].write_text("actor,question,position\nFRA,r2,yes\nCHN,r2,yes\nUSA,r2,no\n")
    ...     counts = count_parts(files, scale="vote")
    >>> counts.rows
    ('CHN', 'FRA', 'USA')
    >>> counts.n_shared
    array([[2, 2, 1],
           [2, 2, 1],
           [1, 1, 1]])
    """
    sources = _sources(parts)
    given = {} if weight is None else {"weight": weight}
    kernel = None if measure is None else find_measure(measure)
    form = Form(levels_of(scale), (actor, question, position), given, kernel)
    if kernel is not None:
        kernel.check(form.levels[0])
    tick = ticker(progress, 2 * len(sources))
    crew = Here(tick) if client is None else Cluster(client, tick)
    if shuffle:
        tally = crew.shuffled(sources, form, partial(_everyone, actors))
    else:
        surveys = crew.surveys(sources, form)
        everyone = _everyone(actors, [survey.actors for survey in surveys])
        _check_apart(crew, sources, form, surveys)
        tally = crew.total(sources, form, everyone)
    for note in tally.notes:
        warnings.warn(StancesWarning(note), stacklevel=2)
    return tally.counts


def _sources(parts: Any) -> list[Any]:
    """Return the parts one by one: the files of a folder by name."""
    if isinstance(parts, str | PathLike):
        folder = Path(parts)
        found: list[Any] = sorted(folder.glob("*.parquet")) if folder.is_dir() else [folder]
    else:
        found = list(parts)
    if not found:
        raise FieldError("parts", parts, "holds no part", "give a folder of .parquet files, or their paths")
    return found


def _everyone(given: Sequence[str] | None, found: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the actors given, or else all that were found, sorted; checked once for all parts."""
    actors = sorted(set().union(*found)) if given is None else list(given)
    if given is not None and not actors:
        raise FieldError("actors", given, "is empty", "give their ids, or None for all")
    return Positions(actors, (), np.empty((len(actors), 0), dtype=np.int8)).actors


def _check_apart(crew: Here | Cluster, sources: list[Any], form: Form, surveys: list[Survey]) -> None:
    """Raise QuestionInTwoPartsError if a question lies in two parts."""
    for wanted, first, second in _twice(surveys):
        names = [crew.question_of(sources[k], form, wanted) for k in (first, second)]
        if names[0] == names[1]:  # and not two names of one hash
            raise QuestionInTwoPartsError(names[0], (_called(sources, first), _called(sources, second)))


def _twice(surveys: list[Survey]) -> Iterator[tuple[int, int, int]]:
    """Yield the hashes that are in two parts, and which."""
    hashes = np.concatenate([survey.questions for survey in surveys])
    parts = np.repeat(np.arange(len(surveys)), [len(survey.questions) for survey in surveys])
    order = np.argsort(hashes, kind="stable")
    hashes, parts = hashes[order], parts[order]
    for k in np.flatnonzero(hashes[1:] == hashes[:-1]):
        yield int(hashes[k]), int(parts[k]), int(parts[k + 1])


def _called(sources: list[Any], k: int) -> str:
    source = sources[k]
    return str(source) if isinstance(source, str | PathLike) else f"part {k + 1}"
