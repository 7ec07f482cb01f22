"""`stances plot KIND` from the command line."""

import json
import sys
import xml.etree.ElementTree as ET

import pytest

pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")
VOTES = "un-landmark-votes"
KINDS = {
    "heatmap": ["heatmap"],
    "issues": ["issues", VOTES, "--by", "year"],
    "dendrogram": ["dendrogram", VOTES, "--camps", "4"],
    "map": ["map", VOTES],
    "trend": ["trend", "FRA", "USA", VOTES],
    "wedges": ["wedges", "EU", VOTES, "--rival", "USA"],
    "deeds": ["deeds", "--actor", "CHN"],
    "cohesion": ["cohesion", "EU", VOTES, "--by", "issue", "--interval", "0.95"],
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_written_with_its_record(run, kind, tmp_path):
    """Each kind writes a figure, and beside it what repeats it; nothing goes to standard output."""
    status, out, err = run("plot", *KINDS[kind], "-o", "a.svg")
    assert (status, out) == (0, "")
    assert err == "wrote a.svg and a.svg.meta.json\n"
    assert ET.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")
    record = json.loads((tmp_path / "a.svg.meta.json").read_text("utf-8"))
    assert record["dataset"] in (VOTES, "paris-beijing-2025")
    assert len(record["sha256"]) == 64


def test_every_kind_has_help_with_an_example(run):
    """The help of each kind ends in a command that can be copied."""
    for kind in KINDS:
        status, out, _ = run("plot", kind, "--help")
        assert status == 0
        assert f"stances plot {kind}" in out


def test_an_output_is_needed(run):
    """Without -o there is a usage error that says so."""
    status, _, err = run("plot", "heatmap")
    assert status == 2
    assert "--output" in err


def test_a_misspelt_kind_gets_the_nearest(run):
    """An unknown kind ends with status 2 and the nearest known one."""
    status, _, err = run("plot", "heatmp", "-o", "a.svg")
    assert status == 2
    assert "heatmap" in err


def test_an_unknown_ending_is_told_before_anything_is_read(run, tmp_path):
    """Another ending is refused with those that are known, whatever the data."""
    status, _, err = run("plot", "heatmap", "no-such-data", "-o", "a.gif")
    assert status == 2
    assert "'.gif' is not one of .svg, .pdf, .png" in err
    assert not list(tmp_path.iterdir())


def test_divergence_is_drawn_on_request(run, tmp_path):
    """A heatmap may show how far actors are apart."""
    assert run("plot", "heatmap", VOTES, "--divergence", "-o", "a.svg")[0] == 0
    assert "Who diverges from whom" in (tmp_path / "a.svg").read_text("utf-8")


def test_a_missing_extra_is_named_before_anything_is_read(run, monkeypatch, tmp_path):
    """Without matplotlib the error says what to install, and nothing is read or written."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    status, out, err = run("plot", "heatmap", "no-such-data", "-o", "figure.svg")
    assert (status, out) == (2, "")
    assert "pip install 'stances[plot]'" in err
    assert not list(tmp_path.iterdir())
