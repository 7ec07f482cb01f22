"""What a notebook shows: a well-formed fragment, readable in light and in dark, that no label can break."""

import itertools
import re
from html.parser import HTMLParser
from typing import ClassVar

import pytest
from every_result import every_result, hostile, with_scipy

import stances
from stances import Positions, agreement_matrix
from stances.tables import DEEPEST, FAINTEST, SHADE, Grid, render


@pytest.fixture(scope="module")
def results():
    """One of every result, by the name of its class."""
    report, votes = stances.load("paris-beijing-2025"), stances.load("un-landmark-votes")
    pytest.importorskip("scipy", reason="camps and maps need the extra plot")
    return every_result(report, votes) | with_scipy(votes)


class Strict(HTMLParser):
    """Reads a fragment whose tags all close, in order, and that holds nothing which runs or leaks."""

    ATTRIBUTES: ClassVar = {
        "div": {"style"},
        "p": {"style"},
        "td": {"style", "title"},
        "th": {"scope", "style", "title"},
    }
    TAGS: ClassVar = {"div", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi"}

    def __init__(self, text):
        super().__init__()
        self.open, self.n_cells = [], 0
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in self.TAGS
        assert {name for name, _ in attrs} <= self.ATTRIBUTES.get(tag, set())
        self.n_cells += tag in ("td", "th")
        for name, value in attrs:
            if name == "style":
                assert re.fullmatch(r"(max-height:40em;overflow:auto|overflow-x:auto;margin:\.5em 0|margin:\.3em 0|"
                                    r"background:rgba\(\d+,\d+,\d+,0\.\d\d\))", value)  # fmt: skip
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError("a comment in a fragment")


def test_notebooks_show_every_result(results):
    """Each result is one well-formed fragment of few cells."""
    for result in [*results.values(), *hostile()]:
        text = result._repr_html_()
        assert text.startswith("<div ")
        assert 0 < Strict(text).n_cells < 6000
        for grid in result.grids():
            Strict(render(grid, "html"))


def test_large_results_do_not_flood_a_notebook():
    """A notebook shows the first rows and columns of a large table, and says how many more there are."""
    table = Positions.from_codes([[0] * 500] * 193, scale=stances.VOTE)
    text = table._repr_html_()
    assert Strict(text).n_cells == 61 * 20
    assert "440 more rows and 174 more columns are not shown here" in text
    assert Strict(agreement_matrix(table)._repr_html_()).n_cells < 100
    assert Strict(render(table.grids()[0], "html")).n_cells == 501 * 194


def test_long_labels_are_whole_in_a_title():
    """A long label is cut in its cell, and its title has the whole, escaped."""
    label = '"<' + "x" * 300
    text = render(Grid("", ("name",), ((label,),)), "html")
    assert f'title="&quot;&lt;{"x" * 300}"' in text
    assert text.count("x" * 119) == 2


# --- colours ---------------------------------------------------------------------------

THEMES = {  # background and text of a cell
    "JupyterLab light": ((255, 255, 255), (33, 33, 33)),
    "JupyterLab light, odd row": ((245, 245, 245), (33, 33, 33)),
    "JupyterLab dark": ((17, 17, 17), (255, 255, 255)),
    "JupyterLab dark, odd row": ((33, 33, 33), (255, 255, 255)),
    "VS Code dark": ((30, 30, 30), (204, 204, 204)),
    "VS Code light": ((255, 255, 255), (59, 59, 59)),
    "page of the report, dark": ((17, 17, 17), (238, 238, 238)),
    "black on white": ((255, 255, 255), (0, 0, 0)),
}


def luminance(color):
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in color)]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_shade_is_readable(theme):
    """Text keeps a contrast of 4.5 on every shade, in light and in dark notebooks."""
    background, text = THEMES[theme]
    for step in range(101):
        alpha = FAINTEST + (DEEPEST - FAINTEST) * step / 100
        behind = [alpha * s + (1 - alpha) * b for s, b in zip(SHADE, background, strict=True)]
        assert contrast(behind, text) >= 4.5


def test_the_contrast_is_that_of_wcag():
    """Black on white is 21, and the grey that just passes is #767676."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76,) * 3, (255,) * 3) == pytest.approx(4.54, abs=0.01)


def test_colour_is_never_alone(seed):
    """A shaded cell holds its number, and what is thin or undefined is never shaded."""
    matrices = [agreement_matrix(seed), agreement_matrix(stances.load("un-landmark-votes"), "cohen_kappa")]
    assert not matrices[0].grids()[0].shades
    for matrix in matrices:
        grid = matrix.grids()[0]
        for i, j in itertools.product(range(len(grid.rows)), range(1, len(grid.header))):
            cell = grid.rows[i][j]
            if (i, j) in grid.shades:
                assert re.match(r"[<>]?-?\d\.\d\d of \d+", cell)
            else:
                assert cell.startswith("(") or "on record" in cell or not re.match(r"-?\d\.", cell)
