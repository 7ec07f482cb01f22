"""Published numbers: every worked example of a measure that we offer comes out within its printed precision.

`reference/pair_measures.json` holds the examples, each with its citation, under our names: two
raters' answers (or their contingency table), the declared scale, weights, and for distances one minus
the published value. `reference/not_offered.json` holds those of what we do not offer, and why.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from stances import MEASURES, Measure, Positions, Scale, agreement_matrix
from stances.measures import formulas
from stances.measures.kernels import KERNELS
from stances.positions import NO_RECORD, SILENT

REFERENCE = Path(__file__).parent / "reference"
PUBLISHED = json.loads((REFERENCE / "pair_measures.json").read_text("utf-8"))
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


def measure_of(entry):
    """The measure of an example: a row of `MEASURES`, or one put together from the same parts."""
    parts = entry["measure"]
    if isinstance(parts, str):
        return parts
    if "benati_capurri" in parts:
        formula = partial(formulas.benati_capurri, kernel=KERNELS[parts["benati_capurri"]])
        return Measure("benati_capurri_squared", "with squared distances", entry["source"], formula=formula)
    return Measure("brennan_prediger", "with weights", entry["source"], **parts)


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry["id"])
def test_published_numbers(entry):
    """A published number comes out; the entry names its source."""
    matrix = agreement_matrix(positions_of(entry), measure_of(entry), entry.get("silence", "skip"))
    assert matrix["a", "b"] == pytest.approx(entry["expected"], abs=max(entry["tolerance"], 1e-9)), entry[
        "source"
    ]


def test_every_measure_but_few_has_a_published_number():
    """Only measures without a worked example in print are checked by laws and oracles alone."""
    without = set(MEASURES) - {str(entry["measure"]) for entry in PUBLISHED}
    assert without == {
        "gwet_ac2_quadratic",
        "krippendorff_alpha_ordinal",
        "krippendorff_alpha_interval",
        "euclidean",
    }


def test_pairs_that_share_nothing_are_counted_too():
    """Pair counts as widyr's documentation prints them, with the pairs of zero kept (id widyr-pair-count)."""
    items = ["ab", "ac", "ac", "bd"]
    codes = [[0 if actor in feature else NO_RECORD for feature in items] for actor in "abcd"]
    matrix = agreement_matrix(Positions.from_codes(codes, scale=scale_of({"n_levels": 2}), actors="abcd"))
    n_shared = {(i, j): int(matrix.cell(i, j).n_shared) for i, j in ("ab", "ac", "bd", "ad", "bc", "cd")}
    assert n_shared == {**dict.fromkeys((tuple("ad"), tuple("bc"), tuple("cd")), 0),
                        ("a", "b"): 1, ("a", "c"): 2, ("b", "d"): 1}  # fmt: skip


def test_examples_that_are_given_to_us_are_all_used(shared_file):
    """Each example of the development data is reproduced once, or listed with the reason."""
    given = {entry["id"] for entry in json.loads(shared_file("reference/golden.json").read_text("utf-8"))}
    used = [
        entry if isinstance(entry, str) else entry["id"]
        for path in REFERENCE.glob("*.json")
        for entry in json.loads(path.read_text("utf-8"))
    ]
    assert given <= {*used, "widyr-pair-count"}
