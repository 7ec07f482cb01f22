"""cohesion: how a bloc's members stand together, question by question and over slices."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.bloc_positions import Members, blocs_for
from stances.blocs.line import label_of
from stances.blocs.slicing import columns_by
from stances.blocs.within_report import INDICES, Cohesion, CohesionQuestion, CohesionRow
from stances.dataset import Dataset
from stances.dispersion import attina_ai, hix_noury_roland_ai, rice, van_der_eijk_a
from stances.matrices import positions_of
from stances.mean_intervals import Mean, parts
from stances.measures import MEASURES
from stances.positions import ABSENT, SILENT, Positions
from stances.registry import Blocs
from stances.scales import Scale
from stances.uncertainty import Interval

Floats = NDArray[np.float64]
LIMITS = {
    "rice": (0.0, 1.0),
    "hix_noury_roland": (0.0, 1.0),
    "van_der_eijk": (-1.0, 1.0),
    "pairwise": (0.0, 1.0),
}


def cohesion(
    data: Dataset | Positions,
    bloc: str,
    by: str | None = None,
    interval: float | None = None,
    *,
    blocs: Blocs | None = None,
    **rules: Any,
) -> Cohesion:
    """Return how a bloc's members stand together, by five indices, each with its support.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    bloc : str
        Its id, name or alias. Members count on the days on which they were members.
    by : {None, "issue", "question", "year", "session"}
        One row for each; a single one for all questions by default.
    interval : float, optional
        Nominal coverage in (0, 1) of an interval for every mean. It imagines that the questions are
        drawn anew, which hand-picked questions are not.
    blocs : Blocs, optional
        Who belonged to which; `blocs_for(data)` by default.
    **rules
        See `Dataset.positions`.

    Returns
    -------
    Cohesion
        Means over questions, weighted by the questions' weights; NaN with a reason on questions on
        which fewer than two members have a level. The contributions of ``rows[k].questions`` sum to
        the means.

    Raises
    ------
    UnknownBlocError
        If there is no such bloc.
    ChoiceError
        If `by` is none of those.

    Notes
    -----
    ``rice``, 0 to 1, is defined on scales with a *no* and a *yes*, and leaves all other levels aside.
    ``attina``, from 2 / n_levels - 1 to 1, and ``hix_noury_roland``, 0 to 1, take levels as names.
    ``van_der_eijk``, -1 to 1, needs three ordered levels. ``pairwise``, 0 to 1, is the mean graded
    agreement of every two members. See `stances.dispersion` for formulas and references. Small groups
    score high by chance: Desposato, S. W. (2005), British Journal of Political
    Science 35, 731-744.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes([[2, 2], [2, 0], [2, 1]], scale=VOTE, actors=["AUT", "DEU", "FRA"])
    >>> row = cohesion(votes, "EU").rows[0]
    >>> row["rice"], row["pairwise"], row.n_questions, row.mean_members
    (0.5, 0.6666666666666667, 2, 3.0)
    """
    level = None if interval is None else Interval(interval).level
    positions = positions_of(data, rules)
    members = Members.of(positions, bloc, blocs_for(data) if blocs is None else blocs)
    table = _Table(positions, members)
    rows = tuple(table.row(name, columns, level) for name, columns in columns_by(positions, by))
    origin = positions.origin
    about = (origin.name, origin.subject, origin.rules)
    return Cohesion(members.bloc, by, rows, level, *about, origin=origin)


def indices(counts: NDArray[np.int64], scale: Scale) -> dict[str, Floats]:
    """Return the indices of cohesion on questions of one scale.

    Parameters
    ----------
    counts : ndarray of int, shape (n_questions, n_levels)
        Members at each level.
    scale : Scale

    Returns
    -------
    dict of str to ndarray of float, shape (n_questions,)
        NaN where fewer than two members have a level, and where the scale does not allow an index.
    """
    n = counts.sum(axis=1)
    found = {
        "attina": attina_ai(counts),
        "hix_noury_roland": hix_noury_roland_ai(counts),
        "pairwise": pairwise(counts, scale),
        "rice": np.full(len(n), np.nan),
        "van_der_eijk": np.full(len(n), np.nan),
    }
    if has_yes_and_no(scale):
        no, yes = counts[:, scale.levels.index("no")], counts[:, scale.levels.index("yes")]
        found["rice"] = np.where(yes + no > 1, rice(yes, no), np.nan)
    if scale.ordered and scale.n_levels > 2:
        found["van_der_eijk"] = van_der_eijk_a(counts)
    return {index: np.where(n > 1, found[index], np.nan) for index in INDICES}


def has_yes_and_no(scale: Scale) -> bool:
    """Tell whether two levels are called *no* and *yes*, so that Rice's index means something."""
    return {"no", "yes"} <= set(scale.levels)


def pairwise(counts: NDArray[np.int64], scale: Scale) -> Floats:
    """Return the mean graded agreement of every two members, shape (n_questions,); NaN for fewer than two."""
    n = counts.sum(axis=1).astype(np.float64)
    disagreement = MEASURES["agreement"].disagreement(scale)
    apart = ((counts @ disagreement) * counts).sum(axis=1)
    pairs = n * (n - 1.0)
    mean = np.full(len(n), np.nan)
    np.divide(apart, pairs, out=mean, where=pairs > 0)
    return 1.0 - mean


class _Table:
    """All questions with their indices, to be cut into slices."""

    def __init__(self, positions: Positions, members: Members) -> None:
        self.positions, self.members, self.n_level = positions, members, members.n_level
        self.line = members.derived(positions)
        self.values = {index: np.full(positions.n_questions, np.nan) for index in INDICES}
        for scale in dict.fromkeys(question.scale for question in positions.questions):
            columns = [j for j, question in enumerate(positions.questions) if question.scale == scale]
            found = indices(members.counts[columns, : scale.n_levels], scale)
            for index in INDICES:
                self.values[index][columns] = found[index]

    def row(self, name: str, columns: list[int], level: float | None) -> CohesionRow:
        weights = self.positions.weights[columns]
        values = {index: self.values[index][columns] for index in INDICES}
        shares = {index: parts(values[index], weights) for index in INDICES}
        means = {i: Mean.of(values[i], weights, self._limits(i, columns), level) for i in INDICES}
        counted = (self.n_level[columns] > 1) & (weights > 0)
        n_questions = int(counted.sum())
        sizes = self.n_level[columns][counted]
        return CohesionRow(
            name,
            means,
            n_questions,
            len(columns),
            float(sizes.mean()) if n_questions else float("nan"),
            "" if n_questions else self._why(columns),
            tuple(
                self._question(j, {index: float(shares[index][k]) for index in INDICES})
                for k, j in enumerate(columns)
            ),
        )

    def _limits(self, index: str, columns: list[int]) -> tuple[float, float]:
        if index in LIMITS:
            return LIMITS[index]
        most = max((self.positions.questions[j].scale.n_levels for j in columns), default=1)
        return 2.0 / most - 1.0, 1.0

    def _why(self, columns: list[int]) -> str:
        if (self.n_level[columns] == 1).any():
            return "one_member"
        return "nobody_on_record" if self.members.n_members[columns].any() else "no_member"

    def _question(self, j: int, contributions: dict[str, float]) -> CohesionQuestion:
        question = self.positions.questions[j]
        counts = self.members.counts[j]
        inside, codes = self.members.inside[:, j], self.positions.codes[:, j]
        line = int(self.line[j])
        apart = np.flatnonzero(inside & (codes >= 0) & (codes != line)) if line >= 0 else ()
        return CohesionQuestion(
            question,
            {label: int(counts[k]) for k, label in enumerate(question.scale.levels)},
            int(self.n_level[j]),
            int(self.members.n_members[j]),
            int((inside & (codes == SILENT)).sum()),
            int((inside & (codes == ABSENT)).sum()),
            label_of(question, line),
            tuple(self.positions.actors[i] for i in apart),
            {index: float(self.values[index][j]) for index in INDICES},
            {index: self._why_not(j, index) for index in INDICES},
            contributions,
        )

    def _why_not(self, j: int, index: str) -> str:
        """Return why an index is undefined on a question."""
        if not np.isnan(self.values[index][j]):
            return ""
        scale, n_level = self.positions.questions[j].scale, self.n_level[j]
        if n_level < 2:
            return self._why([j])
        if index == "rice":
            return "few_yes_or_no" if has_yes_and_no(scale) else "not_a_vote"
        if index == "van_der_eijk" and not scale.ordered:
            return "unordered"
        return "two_levels" if scale.n_levels == 2 else "one_level"
