"""Dyads: pairs under the codes and years that scholars merge by."""

import csv
import io

import numpy as np
import pytest

from stances import VOTE, Positions, StancesError, agreement_matrix, matrices_by
from stances.dyads import year_of
from stances.models import Question

COLUMNS = [
    "actor1",
    "actor2",
    "ccode1",
    "ccode2",
    "year",
    "value",
    "n_shared",
    "lower",
    "upper",
    "why",
    "measure",
    "silence",
]


def votes(actors=("USA", "GBR", "CHN"), years=(2022, 2022, 2022, 2023), session="77"):
    """Some states on roll calls of one session."""
    codes = np.random.default_rng(3).integers(0, 3, (len(actors), len(years)))
    questions = [
        Question(f"r{k}", "?", VOTE, date=f"{year}-12-01", session=session) for k, year in enumerate(years)
    ]
    return Positions.from_codes(codes, scale=VOTE, actors=actors, questions=questions)


def rows_of(listing):
    """A listing as a reader of its CSV sees it: texts, empty where there is nothing."""
    return list(csv.DictReader(io.StringIO(listing.to_csv())))


def test_the_columns_are_those_that_are_merged_by():
    """A tidy file has the two codes, the year, the value with its support and interval, and the policy."""
    dyads = agreement_matrix(votes(), interval=0.95).to_dyads()
    assert list(dyads.columns()) == COLUMNS
    assert [(row["actor1"], row["actor2"]) for row in rows_of(dyads)] == [
        ("USA", "GBR"),
        ("USA", "CHN"),
        ("GBR", "CHN"),
    ]
    assert [row["ccode2"] for row in rows_of(dyads)] == ["200", "710", "710"]
    assert {row["year"] for row in rows_of(dyads)} == {"2022"}
    assert all(row["lower"] <= row["value"] <= row["upper"] for row in rows_of(dyads))


def test_cow_codes_put_the_lower_first():
    """Under COW codes the pair is ordered by code, with the abbreviations of that project."""
    dyads = agreement_matrix(votes(("CHN", "GBR", "USA"))).to_dyads(codes="cow")
    pairs = [(r["actor1"], r["actor2"], int(r["ccode1"]), int(r["ccode2"])) for r in rows_of(dyads)]
    assert pairs == [("UKG", "CHN", 200, 710), ("USA", "CHN", 2, 710), ("USA", "UKG", 2, 200)]


def test_directed_dyads_come_twice():
    """Each pair comes from either side, with the same value."""
    rows = rows_of(agreement_matrix(votes()).to_dyads(directed=True))
    assert len(rows) == 6
    values = {(r["actor1"], r["actor2"]): r["value"] for r in rows}
    assert all(values[b, a] == value for (a, b), value in values.items())


def test_who_has_no_code_keeps_a_row():
    """A party or bloc has no code: its cell is empty, and under COW codes it has no row."""
    matrix = agreement_matrix(votes(("USA", "EU", "CHN")))
    assert [row["ccode2"] for row in rows_of(matrix.to_dyads())] == ["", "710", "710"]
    assert len(rows_of(matrix.to_dyads(codes="cow"))) == 1


def test_codes_follow_the_year():
    """Germany's code before 1990 is that of the Federal Republic."""
    for year, code in ((1980, "260"), (1995, "255")):
        matrix = agreement_matrix(votes(("DEU", "USA"), years=(year,) * 3))
        assert rows_of(matrix.to_dyads())[0]["ccode1"] == code


@pytest.mark.parametrize(
    ("years", "session", "year"),
    [((2022, 2022), None, 2022), ((2022, 2023), "77", 2022), ((2022, 2023), None, None), ((), "77", None)],
)
def test_the_year_is_that_of_the_questions(years, session, year):
    """One year, or the year in which the one session began; otherwise none."""
    assert year_of(votes(years=years, session=session)) == year


def test_sessions_stack_into_dyad_years():
    """One matrix per year gives one file of dyad-years, which merges by its three keys."""
    frames = matrices_by(votes(years=(2021, 2021, 2022)), "year")
    rows = [row for matrix in frames.values() for row in rows_of(matrix.to_dyads(codes="cow"))]
    keys = {(row["ccode1"], row["ccode2"], row["year"]) for row in rows}
    assert len(keys) == len(rows) == 6


def test_unknown_codes_are_named():
    """A misspelt code system gets the nearest known one."""
    with pytest.raises(StancesError, match="did you mean 'iso3'"):
        agreement_matrix(votes()).to_dyads(codes="iso")


def test_dyads_merge_in_pandas():
    """A merge on two codes and the year keeps every pair."""
    pd = pytest.importorskip("pandas", reason="pandas is in the dev extra")
    dyads = agreement_matrix(votes()).to_dyads(codes="cow").to_pandas()
    other = pd.DataFrame({"ccode1": [2, 2, 200], "ccode2": [200, 710, 710], "year": 2022, "war": [0, 0, 1]})
    merged = dyads.merge(other, on=["ccode1", "ccode2", "year"], how="left", validate="1:1")
    assert merged["war"].tolist() == [0, 0, 1]
