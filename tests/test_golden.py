"""Published numbers: every worked example of a measure that we offer comes out within its printed precision.

`reference/pair_measures.json` holds the examples, each with its citation, under our names: two
raters' answers (or their contingency table), the declared scale, weights, and for distances one minus
the published value. `reference/not_offered.json` holds those of what we do not offer, and why.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from stances import MEASURES, Positions, Scale, agreement_matrix
from stances.positions import NO_RECORD, SILENT

REFERENCE = Path(__file__).parent / "reference"
PUBLISHED = json.loads((REFERENCE / "pair_measures.json").read_text("utf-8"))
NOT_OFFERED = json.loads((REFERENCE / "not_offered.json").read_text("utf-8"))
GAPS = {None: NO_RECORD, "silent": SILENT}


def scale_of(about):
    """The declared scale of an example."""
    values = about.get("values")
    n_levels = about["n_levels"] if values is None else len(values)
    return Scale(f"published-{n_levels}", [f"level {k}" for k in range(n_levels)], values)


def positions_of(entry):
    """Two raters as an example gives them: a contingency table, or two rows of answers."""
    if "table" in entry:
        cells = [cell for cell, n in np.ndenumerate(np.array(entry["table"])) for _ in range(n)]
        return Positions.from_codes(
            np.array(cells).T, scale=scale_of({"n_levels": len(entry["table"])}), actors="ab"
        )
    codes = [[GAPS.get(v, v) for v in entry[rater]] for rater in "ab"]
    scales = [scale_of(about) for about in entry["scales"]]
    scales = scales * len(codes[0]) if len(scales) == 1 else scales
    return Positions.from_codes(codes, scale=scales, actors="ab", weights=entry.get("weights"))


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry["id"])
def test_published_numbers(entry):
    """A published number comes out; the entry names its source."""
    matrix = agreement_matrix(positions_of(entry), entry["measure"], entry.get("silence", "skip"))
    assert matrix["a", "b"] == pytest.approx(entry["expected"], abs=max(entry["tolerance"], 1e-9)), entry[
        "source"
    ]


def test_every_measure_but_few_has_a_published_number():
    """Only measures without a worked example in print are checked by laws and oracles alone."""
    without = set(MEASURES) - {entry["measure"] for entry in PUBLISHED}
    assert without == {
        "gwet_ac2_quadratic",
        "krippendorff_alpha_ordinal",
        "krippendorff_alpha_interval",
        "euclidean",
    }


def test_examples_that_are_given_to_us_are_all_used(shared_file):
    """Each example of a pair in the development data is reproduced, or listed with the reason."""
    given = json.loads(shared_file("reference/golden.json").read_text("utf-8"))
    pairs = {
        e["id"]
        for e in given
        if {"table", "a", "reference", "user"} & set(e["input"]) or len(e["input"].get("ratings", ())) == 2
    }
    assert pairs == {entry["id"] for entry in PUBLISHED} | set(NOT_OFFERED)
