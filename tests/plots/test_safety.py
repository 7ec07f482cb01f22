"""Labels, fonts, colours and files: whatever the label, whoever looks, the same bytes."""

import warnings
import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pytest

import stances
from stances import plots
from stances.errors import ChoiceError, FieldError, StancesWarning
from stances.plots.lettering import LABEL, Letters
from stances.plots.palette import BLUE, CAMPS, ORANGE, SCALE, SHAPES, ink_on, luminance

mpl = pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")

HOSTILE = ["$x^2$", "_hidden", "<script>alert(1)</script>", '"><&', "%s{}\\", "]]>", "x" * 300]
# Machado, G. M., Oliveira, M. M. and Fernandes, L. A. F. (2009), IEEE Transactions on Visualization and Computer
# Graphics 15, 1291-1298: severity 1.0, on linear RGB.
BLIND = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}


def of(labels):
    """Return a matrix whose actors have these ids, and share six questions."""
    codes = np.random.default_rng(1).choice([0, 1, 2], (len(labels), 6))
    return stances.agreement_matrix(stances.Positions.from_codes(codes, scale=stances.VOTE, actors=labels))


@pytest.mark.hostile("U04", "U18")
def test_hostile_labels_stay_text(tmp_path):
    """Formulas, tags and endless names come out as text, in a file that an XML parser reads."""
    ax = of(HOSTILE).plot()
    plots.save(ax, tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()
    assert not [
        element for element in root.iter() if element.tag.lower().endswith(("script", "foreignobject"))
    ]
    assert not [name for element in root.iter() for name in element.attrib if name.lower().startswith("on")]
    written = "".join(root.itertext())
    for label in HOSTILE[:-1]:
        assert label in written
    assert "x" * (LABEL - 1) + "…" in written
    assert "x" * LABEL not in written


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_the_same_figure_gives_the_same_bytes(tmp_path, ending):
    """A figure drawn twice is the same file twice, with no date in it."""
    matrix = stances.agreement_matrix(stances.load("un-landmark-votes"))
    for name in ("a", "b"):
        plots.save(matrix.plot(), tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_fonts_are_embedded_and_text_stays_text(tmp_path):
    """A PDF holds its fonts as TrueType, an SVG its names as text."""
    ax = stances.agreement_matrix(stances.load("un-landmark-votes")).plot()
    plots.save(ax, tmp_path / "a.pdf")
    assert b"/FontFile2" in (tmp_path / "a.pdf").read_bytes()
    plots.save(ax.figure, tmp_path / "a.svg")
    assert ">ISR<" in (tmp_path / "a.svg").read_text("utf-8")


def test_other_endings_and_other_things_are_refused(tmp_path):
    """Only three formats are written, and only figures; nothing is left behind."""
    ax = stances.agreement_matrix(stances.load("paris-beijing-2025")).plot()
    with pytest.raises(ChoiceError, match=r"'.jpg' is not one of .svg, .pdf, .png; did you mean '.png'"):
        plots.save(ax, tmp_path / "a.jpg")
    with pytest.raises(FieldError, match="neither a Figure nor an Axes"):
        plots.save("figure", tmp_path / "a.svg")
    with pytest.raises(OSError, match="there is no folder"):
        plots.save(ax, tmp_path / "none" / "a.svg")
    assert not list(tmp_path.iterdir())


@pytest.mark.hostile("U19")
def test_scripts_find_a_font_or_are_told(tmp_path):
    """Chinese, Japanese, Hebrew and Arabic names are drawn as they are, or as codes with one warning."""
    labels = ["中国", "日本", "ישראל", "مصر", "Ελλάδα"]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax = of(labels).plot()
        plots.save(ax, tmp_path / "a.png")
    assert {warning.category for warning in caught} <= {StancesWarning}
    drawn = [label.get_text() for label in ax.get_yticklabels()]
    for label in labels:
        assert label in drawn or any("\\u" in name for name in drawn)


@pytest.mark.hostile("U19")
def test_a_sign_of_no_font_is_its_code(tmp_path):
    """A sign that no font has is written as its code, and one warning says which."""
    with pytest.warns(StancesWarning, match=r"no installed font has \\U0010fffd") as caught:
        ax = of(["a\U0010fffd", "b", "c", "d"]).plot()
    assert len(caught) == 1
    assert "a\\U0010fffd" in [label.get_text() for label in ax.get_yticklabels()]
    plots.save(ax, tmp_path / "a.svg")


def test_what_cannot_be_seen_is_made_visible():
    """Control and direction characters are written as codes, and endless texts end in an ellipsis."""
    letters = Letters.of(["a"])
    assert letters.line("a\x1b[2J \u202eb\nc") == "a\\x1b[2J \\u202eb c"
    assert letters.line("x" * 10_000) == "x" * (LABEL - 1) + "…"


def test_lines_are_no_wider_than_asked():
    """Text is broken at spaces, and within a word only where the word alone is too wide."""
    text = "one two three " + "x" * 60 + " 中国 four"
    letters = Letters.of([text])
    lines = letters.wrapped(text, 8, 100)
    assert all(letters.width(line, 8) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_the_scale_is_even_in_grey():
    """From one end of the colours to the other lightness falls, and never rises."""
    light = [luminance(mpl.colormaps[SCALE](k / 255)) for k in range(256)]
    assert np.all(np.diff(light) < 0)
    assert light[0] > 0.6
    assert light[-1] < 0.03


@pytest.mark.parametrize("eyes", sorted(BLIND))
def test_camps_are_told_apart_by_all_eyes(eyes):
    """To the colour-blind, camps differ in colour by more than a glance needs, or at least in shape."""
    seen = [_lab(np.array(BLIND[eyes]) @ _linear(color)) for color in CAMPS[:6]]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 8
    two = [_lab(np.array(BLIND[eyes]) @ _linear(color)) for color in (BLUE, ORANGE)]
    assert float(np.linalg.norm(two[0] - two[1])) > 40
    assert len(set(SHAPES)) == len(CAMPS)


@pytest.mark.parametrize("eyes", sorted(BLIND))
def test_the_scale_falls_for_all_eyes(eyes):
    """To the colour-blind too the colours go from light to dark throughout."""
    lightness = [
        _lab(np.array(BLIND[eyes]) @ _linear(mpl.colormaps[SCALE](k / 63)[:3]))[0] for k in range(64)
    ]
    assert np.all(np.diff(lightness) < 0)


def test_numbers_stand_out_from_their_cells():
    """On every colour of the scale the ink has a contrast of 4.5 at least (WCAG AA)."""
    for k in range(256):
        cell = mpl.colormaps[SCALE](k / 255)
        one, other = sorted([luminance(cell), luminance(mpl.colors.to_rgb(ink_on(cell)))])
        assert (other + 0.05) / (one + 0.05) >= 4.5, k


def _linear(color):
    return np.array(
        [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(color)]
    )


def _lab(linear):
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
