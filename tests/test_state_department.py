"""Voting coincidence with the United States, by the three rules of its Department of State.

`reference/state_department.json` holds rows of the printed tables: how often a country voted the same as
the United States, the opposite, beside an abstention, or was absent, and the printed share.
"""

import json
from pathlib import Path

import pytest

from stances import VOTE, Positions, Silence, agreement_matrix
from stances.positions import ABSENT

ROWS = json.loads((Path(__file__).parent / "reference" / "state_department.json").read_text("utf-8"))
NO, ABSTAIN, YES = range(3)
KINDS = {"same": (YES, YES), "opposite": (YES, NO), "partial": (YES, ABSTAIN), "absent": (YES, ABSENT)}
PRINTED = 0.0051  # two digits


def to_2016(votes):
    """Same over same and opposite: abstentions and absences are dropped."""
    return agreement_matrix(votes.recode({"abstain": Silence.SILENT}))


def from_2017(votes):
    """A vote beside an abstention counts half; absences are dropped."""
    return agreement_matrix(votes)


def from_2022(votes):
    """Absences count half, too."""
    return agreement_matrix(votes, silence="half")


RULES = {"to 2016": to_2016, "2017 to 2020": from_2017, "from 2022": from_2022}


def votes_of(row):
    """The votes behind a printed row."""
    codes = [pair for kind, pair in KINDS.items() for _ in range(row[kind])]
    return Positions.from_codes(list(zip(*codes, strict=True)), scale=VOTE, actors=["USA", "other"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_printed_rows_come_out(row):
    """Each row of the printed tables is what its rule makes of its votes."""
    value = RULES[row["rule"]](votes_of(row))["USA", "other"]
    assert value == pytest.approx(row["expected"], abs=PRINTED), row["source"]


def test_one_country_under_three_rules():
    """One shared vote and 95 absences: 1.00 of 1 under two rules, 0.51 under the third."""
    votes = votes_of({"same": 1, "opposite": 0, "partial": 0, "absent": 95})
    matrices = {name: rule(votes) for name, rule in RULES.items()}
    assert matrices["to 2016"]["USA", "other"] == matrices["2017 to 2020"]["USA", "other"] == 1
    assert round(matrices["from 2022"]["USA", "other"], 2) == 0.51
    assert {int(m.n_shared[0, 1]) for m in matrices.values()} == {1}


def test_every_rule_has_rows():
    """The printed rows cover all three rules."""
    assert {row["rule"] for row in ROWS} == set(RULES)
