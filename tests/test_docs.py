"""The docs: their generated parts are up to date, and the figures they quote come out."""

import csv
import gzip
import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the docs are tested from a checkout")


@pytest.fixture(scope="module")
def generated():
    """The program that writes parts of the docs."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_parts_are_up_to_date(generated):
    """Every page is what `python docs/generate.py` writes."""
    for path in generated.PARTS:
        assert generated.page(path) == (DOCS / path).read_text("utf-8"), (
            f"run python docs/generate.py: {path}"
        )


def test_the_example_votes_are_real(generated, shared_file):
    """The votes of the example are those of the official record."""
    found = {}
    path = shared_file("data/unga/ga_voting_2019-2024.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            symbol = row["resolution"] if row["resolution"].startswith("A/") else f"A/RES/{row['resolution']}"
            if symbol in generated.VOTES and row["ms_code"] in generated.ACTORS:
                found[symbol, row["ms_code"]] = row["ms_vote"]
    due = {
        (s, a): v for s, row in generated.VOTES.items() for a, v in zip(generated.ACTORS, row, strict=True)
    }
    assert found == due


@pytest.mark.parametrize(("measure", "n_shared"), [("agreement", 10), ("cohen_kappa", 5)])
def test_the_coverage_table_comes_out(measure, n_shared, monkeypatch):
    """A cell of the table of coverage is what the study gives when it is run again."""
    if not (PROJECT / "benchmarks").is_dir():
        pytest.skip("the benchmarks are run from a checkout")
    monkeypatch.syspath_prepend(str(PROJECT))
    from benchmarks import coverage

    rows = [
        row
        for design in coverage.DESIGNS
        for n_levels in (3, 5)
        for truth in coverage.TRUTHS
        for row in coverage.study([measure], design, truth, n_levels, n_shared, 4000)
    ]
    lowest, mean = min(row.coverage for row in rows), np.mean([row.coverage for row in rows])
    page = (DOCS / "explanation" / "intervals.md").read_text("utf-8")
    cells = re.search(rf"^\| `{measure}` \|(.*)\|$", page, re.MULTILINE)[1].split("|")
    printed = [float(part) for part in cells[coverage.SIZES.index(n_shared)].split(",")]
    assert [lowest, mean] == pytest.approx(printed[:2], abs=0.006)
    assert lowest >= 0.9
