"""Dyadic agreement scores as Voeten's data publish them, from the official file of votes."""

import numpy as np
import pytest

from stances import agreement_matrix, matrices_by, read_un_votes

pytestmark = pytest.mark.usefixtures("both_ways")

PUBLISHED = {  # session 77: agreement on contested votes, absences dropped
    ("CHN", "USA"): 0.281609,
    ("CHN", "DEU"): 0.522989,
    ("CHN", "IND"): 0.804598,
    ("DEU", "USA"): 0.732955,
}


@pytest.fixture(scope="module")
def votes(request):
    """The General Assembly's votes from 2019 to 2024, or a skip where they are not on this machine."""
    shared = request.config.rootpath.parent / "shared" / "data" / "unga" / "ga_voting_2019-2024.csv.gz"
    if not shared.exists():
        pytest.skip("the votes of 2019 to 2024 are development data that is not on this machine")
    return read_un_votes(shared)


@pytest.mark.parametrize("pair", PUBLISHED, ids="-".join)
def test_published_scores_come_out(votes, pair):
    """Session 77 without unanimous votes gives the published score to the last printed digit."""
    by_selection = agreement_matrix(votes.select(sessions="77", drop_unanimous=True))
    by_switch = agreement_matrix(votes.select(sessions="77"), drop_unanimous=True)
    assert round(by_selection[pair], 6) == round(by_switch[pair], 6) == PUBLISHED[pair]


def test_scores_equal_a_slow_oracle(votes):
    """Every session's scores of a few pairs are what plain loops over the contested votes give."""
    for session, matrix in matrices_by(votes, "session", drop_unanimous=True).items():
        table = votes.select(sessions=session)
        for first, second in (("FRA", "DEU"), ("USA", "ISR"), ("CHN", "RUS")):
            one, other = (table.codes[table.index(actor)] for actor in (first, second))
            terms = [
                1 - abs(int(a) - int(b)) / 2
                for a, b, column in zip(one, other, table.codes.T, strict=True)
                if a >= 0 and b >= 0 and len({int(c) for c in column if c >= 0}) > 1
            ]
            assert matrix[first, second] == pytest.approx(np.mean(terms), abs=1e-12)
            assert matrix.cell(first, second).n_shared == len(terms)
