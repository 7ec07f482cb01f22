"""Figures are read back by a strict parser of XML and a reader of PDF: no element, link or action of a label."""

import xml.etree.ElementTree as ET

import pytest
from hostile_texts import TEXTS, UNSHRUNK, accepted, of_codes, package, poisoned, texts
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances import plots
from stances.escapes import visible
from stances.plots.lettering import LABEL
from stances.validators import name

pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")
# signs that no font on this machine has are told of, and written as their codes
pytestmark = pytest.mark.filterwarnings("ignore::stances.StancesWarning")
ACTS = {"/JS", "/JavaScript", "/Launch", "/URI", "/AA", "/OpenAction", "/EmbeddedFiles", "/AcroForm"}


def figures(report, votes, own):
    """Return a figure of each kind."""
    matrix = stances.agreement_matrix(own)
    slices = {text: stances.agreement_matrix(votes) for text in TEXTS[:2]}
    results = [
        matrix, stances.camps(matrix), stances.map_of(matrix), stances.trend(votes, "CHN", "FRA", by="year"),
        stances.wedges(votes, "EU", "CHN"), stances.words_and_deeds(report), stances.cohesion(votes, "EU", by="issue"),
    ]  # fmt: skip
    drawn = {type(result).__name__: result.plot() for result in results}
    return drawn | {"small multiples": plots.small_multiples(slices)[0]}


@pytest.fixture(scope="module")
def drawn():
    """Return a figure of each kind with labels that mean harm, and one without."""
    report, votes = stances.load("paris-beijing-2025"), stances.load("un-landmark-votes")
    plain = of_codes([f"n{k}" for k in range(12)])
    return figures(poisoned(report), poisoned(votes), of_codes()), figures(report, votes, plain)


def svg(figure, folder):
    """Return a figure as XML, whose parser takes no fault."""
    plots.save(figure, folder / "figure.svg")
    return ET.parse(folder / "figure.svg").getroot()


def shape(root):
    """Return which elements there are, and which attributes they have."""
    return {(element.tag, name) for element in root.iter() for name in ("", *element.attrib)}


def assert_still(root):
    """Nothing of a drawing runs, and nothing leads outside of it."""
    for element in root.iter():
        assert element.tag.rpartition("}")[2].lower() not in (
            "script",
            "foreignobject",
            "a",
            "set",
            "animate",
        )
        for key, value in element.attrib.items():
            assert not key.lower().startswith("on")
            assert "href" not in key or value.startswith(("#", "data:image/png;base64,"))
            assert "url(" not in value.replace("url(#", "")


@pytest.mark.hostile("U04", "U18")
def test_drawings_have_the_elements_of_harmless_ones(drawn, tmp_path):
    """Each kind of figure is XML without fault, and no element or attribute of it comes from a label."""
    evil, plain = ({kind: svg(ax, tmp_path) for kind, ax in some.items()} for some in drawn)
    known = set().union(*map(shape, plain.values()))
    for root in evil.values():
        assert shape(root) <= known
        assert_still(root)
    written = "".join(evil["Matrix"].itertext())
    short = [text for text in of_codes().actors if text.isascii() and len(visible(text)) < LABEL]
    assert len(short) > 5
    assert all(text in written for text in short)


@settings(max_examples=6, phases=UNSHRUNK)
@given(
    st.lists(texts, min_size=8, max_size=30)
    .map(lambda found: accepted(name, found))
    .filter(lambda f: len(set(f)) > 2)
)
@pytest.mark.hostile("U04", "U18")
def test_any_heatmap(tmp_path_factory, found):
    """Whatever the names, the drawing is XML without fault that nothing leads out of."""
    names = [*dict.fromkeys(found)]
    votes = stances.Positions.from_codes([[0, 1, 2, 1, 0]] * len(names), scale=stances.VOTE, actors=names)
    assert_still(svg(stances.agreement_matrix(votes).plot(), tmp_path_factory.mktemp("svg")))


@pytest.mark.hostile("U04")
def test_documents_do_nothing(drawn, tmp_path):
    """No PDF of a figure has a script, an action, a link, a form or a file within."""
    pypdf = package("pypdf")
    for ax in drawn[0].values():
        plots.save(ax, tmp_path / "figure.pdf")
        reader = pypdf.PdfReader(tmp_path / "figure.pdf", strict=True)
        assert not ACTS & set(names_in(reader.trailer["/Root"]))
        assert not any(page.annotations for page in reader.pages)


def names_in(thing, met=None):
    """Yield the names that stand in a PDF, as keys and as values, from one object on."""
    met = set() if met is None else met
    thing = thing.get_object() if hasattr(thing, "get_object") else thing
    if id(thing) in met:
        return
    met.add(id(thing))
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield str(key)
            yield from names_in(value, met)
    elif isinstance(thing, list):
        for value in thing:
            yield from names_in(value, met)
    elif str(thing).startswith("/"):
        yield str(thing)
