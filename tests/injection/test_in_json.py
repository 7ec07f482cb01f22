"""JSON is read back by a parser: every label comes out as it went in."""

import json

import pytest
from hostile_texts import TEXTS, accepted, poisoned, texts
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import Dataset, Source, cite
from stances.printable import Listing
from stances.validators import text as as_text


@given(st.lists(texts, min_size=1).map(lambda found: accepted(as_text, found)).filter(bool))
@pytest.mark.hostile("U04")
def test_citations_for_programs(found):
    """Titles, publishers and addresses of CSL-JSON are the texts that were given, each in one item."""
    sources = [Source(f"s{k}", t, publisher=t, url=t) for k, t in enumerate(found)]
    items = json.loads(cite(Dataset("d", title=found[0], licence=found[0], sources=sources), "csl-json"))
    assert [item["title"] for item in items[:-1]] == [found[0], *found]
    assert [(item["publisher"], item["URL"]) for item in items[1:-1]] == [(t, t) for t in found]


@pytest.mark.hostile("U04")
def test_results_and_their_records(hostile_results, tmp_path):
    """Every result is JSON, in which its columns have their labels; so is the record beside a file."""
    for result in hostile_results.values():
        assert isinstance(json.loads(result.to_json()), dict)
        result.to_csv(tmp_path / "x.csv")
        assert json.loads((tmp_path / "x.csv.meta.json").read_text("utf-8"))["file"] == "x.csv"
    listing = Listing("", {text: [text] for text in TEXTS})
    assert json.loads(listing.to_json()) == {text: [text] for text in TEXTS}


@pytest.mark.hostile("U04", "J15")
def test_datasets_keep_them(tmp_path):
    """A dataset full of them is written and read back the same, as JSON and as a folder."""
    data = poisoned(stances.load("paris-beijing-2025"))
    for target in (tmp_path / "data.json", tmp_path / "folder"):
        stances.dump(data, target)
        assert stances.load(target).stances == data.stances
        assert stances.load(target).sources == data.sources
