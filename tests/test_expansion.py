"""Actors by name, and blocs by their members on the day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import VOTE, Positions, StancesError
from stances.expansion import select_actors
from stances.models import Question
from stances.positions import NOT_ELIGIBLE
from stances.registry import blocs, is_member, read_blocs

DAYS = ("1972-06-01", "1990-06-01", "2019-06-01", "2021-06-01")
ACTORS = ("CHN", "DEU", "FRA", "GBR", "USA")


def votes():
    """Five states say yes on four days."""
    questions = [Question(f"r{day}", "?", VOTE, date=day) for day in DAYS]
    return Positions.from_codes(np.full((5, 4), 2), scale=VOTE, actors=ACTORS, questions=questions)


def test_members_count_on_their_days():
    """The United Kingdom counts as a member from 1973 to January 2020, and is not eligible on other days."""
    chosen = select_actors(votes(), "@EU")
    assert chosen.actors == ("DEU", "FRA", "GBR")
    assert chosen.codes[2].tolist() == [NOT_ELIGIBLE, 2, 2, NOT_ELIGIBLE]
    assert chosen.origin.rules == "members of EU on the day"


def test_who_is_named_counts_always():
    """An actor named by itself keeps all its votes, whatever bloc is named besides."""
    chosen = select_actors(votes(), ["GBR", "@EU", "CHN"])
    assert chosen.actors == ("GBR", "DEU", "FRA", "CHN")
    assert (chosen.codes == 2).all()


def test_names_are_found():
    """A name or alias stands for its id, a bloc for its alias."""
    chosen = select_actors(votes(), ["Germany", "United States of America", "@european union"])
    assert set(chosen.actors) == {"DEU", "USA", "FRA", "GBR"}


@pytest.mark.parametrize("name", ["Atlantis", "BRA", "@Hanse"])
def test_unknown_names_are_told(name):
    """A name that is nobody's here, and a bloc that is none, are errors."""
    with pytest.raises(StancesError, match=name.removeprefix("@")):
        select_actors(votes(), [name])


def test_undated_questions_take_present_members():
    """For a question without a date those count whose membership has no end."""
    table = Positions.from_codes(np.full((5, 1), 2), scale=VOTE, actors=ACTORS)
    assert select_actors(table, "@EU").actors == ("DEU", "FRA")


def test_own_blocs(tmp_path):
    """A bloc of one's own goes wherever a shipped one goes."""
    path = tmp_path / "own.csv"
    path.write_text("bloc,actor,since,until\nTRIO,France,2000,\nTRIO,China,,2020\n")
    chosen = select_actors(votes(), "@TRIO", blocs() | read_blocs(path))
    assert chosen.actors == ("CHN", "FRA")
    assert (chosen.codes == np.array([[2, 2, 2, NOT_ELIGIBLE], [NOT_ELIGIBLE, NOT_ELIGIBLE, 2, 2]])).all()


@given(st.lists(st.sampled_from(["@EU", "@NATO", "@P5", "@G7", "USA", "CHN"]), min_size=1, max_size=4))
def test_a_cell_stays_exactly_if_somebody_asked_for_it(names):
    """A vote stays if its actor is named, or belongs to a bloc that is named on the day."""
    table = votes()
    chosen = select_actors(table, names)
    for actor in table.actors:
        for j, day in enumerate(DAYS):
            asked = actor in names or any(
                is_member(actor, name[1:], day) for name in names if name.startswith("@")
            )
            if actor in chosen.actors:
                assert (chosen.codes[chosen.index(actor), j] == 2) == asked
            else:
                assert not asked
