"""Tables are escaped for their place: proven by reading them back with a parser."""

import json
import re
from html.parser import HTMLParser
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.errors import ChoiceError, MissingExtraError
from stances.escapes import spreadsheet_safe, visible
from stances.printable import Listing, rounded
from stances.tables import Grid, csv_text, json_text, remark, render

NASTY = [
    "<script>alert(1)</script>", '" onmouseover="x', "a|b", "`code`", "[x](javascript:1)", "a\nb", "\x1b[2J", "\x07",
    "\u202eabc", r"\input{secret}", "50% & $5_{#}^~", "[EU]", "*", "=1+1", "{0.__class__}", "%s", "1E3", "002", "NA",
    "法国", "é",
]  # fmt: skip
labels = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
grids = st.lists(st.tuples(labels, labels), min_size=1, max_size=4).map(
    lambda rows: Grid("caption", ("one", "two"), tuple(rows), ("note",))
)


class Reader(HTMLParser):
    """Collects tags, attributes and the text of cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.cells, self.depth = set(), set(), [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("td", "th"):
            self.cells.append("")
            self.depth = 1

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.depth = 0

    def handle_data(self, data):
        if self.depth:
            self.cells[-1] += data


@given(grids)
@pytest.mark.hostile("U03")
def test_html_has_only_our_tags(grid):
    """No label becomes a tag or an attribute, and every cell reads back as it was, made visible."""
    read = Reader(render(grid, "html"))
    assert read.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "bdi", "p", "div"}
    assert read.attributes <= {"scope", "style", "title"}
    expected = [visible(cell) for row in grid.rows for cell in row]
    assert [cell.replace("\r\n", "\n") for cell in read.cells[2:]] == [
        cell.replace("\r\n", "\n") for cell in expected
    ]


@given(
    st.lists(labels | st.sampled_from(["-->", "--!>", "<!--", "->", "-", "a\n% b"]), min_size=1, max_size=4)
)
def test_remarks_stay_comments(lines):
    """Whatever a source is called, a remark is one comment of HTML, and lines of comment in LaTeX."""

    class Comments(HTMLParser):
        found: ClassVar = []

        def handle_comment(self, data):
            self.found.append(data)

        def handle_data(self, data):
            assert not data.strip()

        def handle_starttag(self, tag, attrs):
            raise AssertionError(tag)

    Comments.found.clear()
    for style in ("html", "github"):
        reader = Comments()
        reader.feed(remark(lines, style))
        reader.close()
    assert len(Comments.found) == 2
    assert all(data.count("\n") == len(lines) + 1 and "--" not in data for data in Comments.found)
    latex = remark(lines, "latex").split("\n")
    assert len(latex) == len(lines) + 1
    assert all(line.startswith("% ") for line in latex[:-1])
    assert remark(lines, "csv") == remark(lines, "json") == ""


@given(grids)
@pytest.mark.hostile("U07")
def test_markdown_has_one_row_per_row(grid):
    """Pipes and newlines in a label make no cells or rows, and no tag survives."""
    text = render(grid, "github")
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert len(rows) == 2 + len(grid.rows)
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows} == {3}
    assert "<script" not in text


@given(grids)
@pytest.mark.hostile("U08", "U09")
def test_plain_has_one_line_per_row(grid):
    """No label breaks a line, moves the cursor or turns the direction of writing."""
    text = render(grid)
    assert len(text.split("\n")) == 3 + len(grid.rows)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@given(grids)
@pytest.mark.hostile("U05", "U06")
def test_latex_is_escaped(grid):
    """Every special sign of LaTeX is escaped, and no row starts with an argument of the last."""
    text = render(grid, "latex")
    body = text[text.index("\\midrule") : text.index("\\bottomrule")].split("\n")[1:-1]
    assert len(body) == len(grid.rows)
    for line in body:
        assert not line.startswith(("[", "*"))
        assert not re.search(r"(?<!\\)[%$#_]", line)
        assert line.endswith(r"\\")
        assert len(re.findall(r"(?<!\\) & ", line)) == 1


@pytest.mark.hostile("U01")
def test_numbers_are_not_touched():
    """A negative number is no formula; undefined is an empty cell."""
    assert csv_text({"x": [-0.5, float("nan"), None, 3]}) == 'x\n-0.5\n""\n""\n3\n'
    assert spreadsheet_safe("'=1") == "''=1"
    assert json_text({"x": [float("nan")], "y": "é"}) == '{\n  "x": [\n    null\n  ],\n  "y": "é"\n}\n'


@pytest.mark.hostile("C09")
def test_codes_stay_text():
    """Printed codes are what was written, not numbers that look alike."""
    text = render(Grid("", ("code",), (("1E3",), ("002",), ("12E4",))))
    assert text.split() == ["code", "1E3", "002", "12E4"]


@pytest.mark.hostile("U14")
def test_wide_letters_align():
    """Columns align where letters are two cells wide."""
    lines = render(Grid("", ("name", "x"), (("法国", "1"), ("abcd", "2")))).split("\n")
    assert lines[1].index("1") + 2 == lines[2].index("2")


@pytest.mark.hostile("U15")
def test_long_labels_are_cut():
    """A label of ten thousand letters is cut in a terminal and whole in HTML."""
    grid = Grid("", ("name",), (("x" * 10_000,),))
    assert len(render(grid)) < 300
    assert len(render(Grid("", ("x" * 10_000,), (("name",),)))) < 300
    assert "x" * 10_000 in render(grid, "html")


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html"])
def test_empty_tables_print(style):
    """A table without rows is no error."""
    assert render(Grid("nothing", ("a",), ()), style)


def test_colour_is_on_top():
    """Shading adds colour codes around cells and changes no text."""
    grid = Grid("", ("a", "b"), (("x", "0.50"),), shades={(0, 1): 0.5})
    colored = render(grid, color=True)
    assert "\x1b[48;5;" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(grid)


def test_unknown_formats_are_refused():
    """A misspelt format gets the nearest known one."""
    with pytest.raises(ChoiceError, match="did you mean 'latex'"):
        render(Grid("", ("a",), ()), "latx")


@given(st.floats(-2, 2))
@pytest.mark.hostile("N25")
def test_rounding_is_honest(value):
    """No value prints as a whole number that it is not, nor as minus zero."""
    text = rounded(value)
    assert text != "-0.00"
    if text[0] not in "<>" and float(text) in (-1, 0, 1, 2):
        assert value == float(text)
    if text[0] == ">":
        assert value > float(text[1:])
    if text[0] == "<":
        assert value < float(text[1:])


def test_listings_print_and_export(tmp_path):
    """A listing prints, exports and has a length."""
    listing = Listing("Title", {"name": ["a", "b"], "value": [0.123, float("nan")]}, ("A note.",))
    assert str(listing).split("\n") == ["Title", "name    value", "a       0.12", "b       -", "A note."]
    assert len(listing) == 2
    assert listing.to_csv(tmp_path / "x.csv") == "name,value\na,0.123\nb,\n"
    assert (tmp_path / "x.csv").read_text() == "name,value\na,0.123\nb,\n"
    assert "<caption>Title</caption>" in listing._repr_html_()


@pytest.mark.hostile("L03")
def test_missing_pandas_is_said(monkeypatch):
    """Without pandas the error says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install pandas"):
        Listing("", {"a": [1]}).to_pandas()


def test_json_has_no_endless_numbers():
    """An interval without a lower end is "-inf" in JSON, which has no such number, and not null."""
    assert json.loads(json_text({"lower": [float("-inf"), 0.5], "upper": float("inf")})) == {
        "lower": ["-inf", 0.5],
        "upper": "inf",
    }
