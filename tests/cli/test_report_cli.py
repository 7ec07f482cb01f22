"""`stances report` from the command line."""

import json
import re
import sys

import pytest


@pytest.fixture
def written():
    """Skip where the extra report is not installed."""
    pytest.importorskip("jinja2", reason="the page needs the extra report")


@pytest.mark.usefixtures("written")
def test_a_page_is_written_with_its_record(run, tmp_path):
    """The page and what repeats it stand side by side; the hash in both is that of the dataset."""
    assert run("report", "-o", "page.html") == (0, "", "wrote page.html and page.html.meta.json\n")
    html = (tmp_path / "page.html").read_text("utf-8")
    record = json.loads((tmp_path / "page.html.meta.json").read_text("utf-8"))
    assert html.startswith("<!doctype html>")
    assert record["dataset"] == "paris-beijing-2025"
    assert record["measures"] == ["agreement", "scott_pi_linear", "gwet_ac2_linear"]
    assert f"<code>{record['sha256']}</code>" in html


@pytest.mark.usefixtures("written")
def test_a_page_goes_to_stdout(run, tmp_path):
    """A dash writes the page to stdout and no file."""
    status, out, err = run("report", "-o", "-", "--title", "My <title>")
    assert (status, err) == (0, "")
    assert "My &lt;title&gt; · who agrees with whom</title>" in out
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("written")
def test_selections_hold_for_the_page(run):
    """Issue, actors, measure, basis and interval of the command are those of the page."""
    asked = [
        "un-landmark-votes",
        "--issue",
        "gaza",
        "--actors",
        "@EU,USA",
        "--measure",
        "exact",
        "--interval",
        "0.9",
    ]
    _, out, _ = run("report", "-o", "-", *asked)
    assert "Israel</bdi></th>" not in out
    assert "Germany</bdi></th>" in out
    assert "90 % interval" in out
    assert ">exact</b>" in out
    assert "A/RES/ES-11/1" not in out


@pytest.mark.usefixtures("written")
def test_rules_for_records_hold_for_the_page(run):
    """What counts is named on the page, and nothing else is offered beside it."""
    _, out, _ = run("report", "-o", "-", "--basis", "word", "--no-inferred")
    assert re.search(r"Counted: <bdi[^>]*>words, [^<]*inferred", out)
    assert '"bases":[["",' in out
    assert "deeds alone" not in out


def test_a_page_needs_somewhere_to_go(run):
    """Without -o it is a usage error: a page is not for a terminal."""
    status, out, err = run("report")
    assert (status, out) == (2, "")
    assert "--output" in err


@pytest.mark.usefixtures("written")
def test_votes_have_no_basis(run, shared_file):
    """What chooses among records is refused for votes."""
    path = str(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    status, _, err = run("report", path, "--reader", "un", "--basis", "word", "-o", "page.html")
    assert status == 2
    assert "votes have none" in err


def test_a_missing_extra_is_named(run, monkeypatch, tmp_path):
    """Without Jinja2 the error says what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    status, out, err = run("report", "no-such-data", "-o", "page.html")  # told before it is looked for
    assert (status, out) == (2, "")
    assert "Jinja2" in err
    assert "pip install 'stances[report]'" in err
    assert not list(tmp_path.iterdir())
