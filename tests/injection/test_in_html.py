"""HTML is read back as a browser reads it: our elements and attributes alone, and every label as text."""

import re

import pytest
from hostile_texts import accepted, every_grid, grids, of_codes, package, poisoned, texts
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances.escapes import one_line, visible
from stances.report import report_of
from stances.tables import remark, render
from stances.validators import text as as_text

html5lib = package("html5lib")
OURS = {
    "div": {"style"}, "table": set(), "caption": set(), "thead": set(), "tbody": set(), "tr": set(), "bdi": set(),
    "th": {"scope", "style", "title"}, "td": {"style", "title"}, "p": {"style"},
}  # fmt: skip


def read(text):
    """Return a fragment as a browser sees it, which finds no fault with it."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(text)


def whole(element):
    """Return the text of an element: what a long one shows is cut, and its title has all."""
    return element.get("title") or "".join(element.itertext())


def assert_tables(grids, text):
    """The tables of a fragment are those grids, cell by cell, of our elements and attributes alone."""
    tree = read(text)
    elements = [e for e in tree.iter() if e is not tree]
    for element in elements:
        assert element.tag in OURS, element.tag
        assert set(element.attrib) <= OURS[element.tag]
    tables = list(tree.iter("table"))
    assert len(tables) == len(grids)
    for grid, table in zip(grids, tables, strict=True):
        rows = [[whole(cell) for cell in row] for row in table.iter("tr")]
        assert rows == [[visible(cell) for cell in row] for row in (grid.header, *grid.rows)]
        assert "".join(table.find("caption").itertext()) == visible(grid.title)
    notes = ["".join(p.itertext()) for p in tree.iter("p")]
    assert notes == [visible(note) for grid in grids for note in grid.notes]


@given(grids)
@pytest.mark.hostile("U03", "U09")
def test_any_table(grid):
    """A browser reads the labels that were written, whatever they are."""
    assert_tables([grid], render(grid, "html"))


@pytest.mark.hostile("U03", "U09")
def test_each_text_in_each_place(hostile_results):
    """Each hostile text in each place of a table, and every result there is, as HTML and in a notebook."""
    for grid in every_grid():
        assert_tables([grid], render(grid, "html"))
    for result in hostile_results.values():
        assert_tables(result.grids(), result.to_table("html"))
        tree = read(result._repr_html_())
        assert {e.tag for e in tree.iter() if e is not tree} <= set(OURS)
        assert {name for e in tree.iter() for name in e.attrib} <= {"scope", "style", "title"}
        assert not re.search("expression|url|import", " ".join(e.get("style", "") for e in tree.iter()))


@given(st.lists(texts, max_size=4))
@pytest.mark.hostile("U03")
def test_remarks_stay_comments(lines):
    """The lines below a table are one comment, and a browser finds no other node."""
    tree = read("<p>x</p>" + remark(lines, "html"))
    assert [node.text for node in tree if node.tag == "p"] == ["x"]
    assert len(tree) == 2
    assert not (tree[1].tail or "").strip()


# --- the page -----------------------------------------------------------------


def page(data):
    """Return the page of some data as a browser sees it, which finds no fault with it."""
    pytest.importorskip("jinja2", reason="the page needs the extra report")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(report_of(data).to_html())


def shape(tree):
    """Return what a browser makes of a page: each element with the names of its attributes, in order."""
    return [(str(e.tag), sorted(e.attrib)) for e in tree.iter() if isinstance(e.tag, str)]


def harmless(data):
    """Return the same data with a letter for each sign of the texts that mean harm."""
    plain = {t: "x" * len(t) for t in accepted(as_text)}
    return poisoned(data, [f"{k}{t}" for k, t in enumerate(plain.values())])


SOURCES = {"report": "paris-beijing-2025", "votes": "un-landmark-votes"}


@pytest.mark.hostile("U03", "U04")
@pytest.mark.parametrize("seed", SOURCES.values(), ids=SOURCES)
def test_the_page_of_them_has_the_elements_of_a_harmless_one(seed):
    """Not one element or attribute of the page comes from a label."""
    data = stances.load(seed)
    evil, plain = page(poisoned(data)), page(harmless(data))
    assert {s[0] for s in shape(evil)} == {s[0] for s in shape(plain)}
    assert {(t, n) for t, names in shape(evil) for n in names} <= {
        (t, n) for t, names in shape(plain) for n in names
    } | {("a", "href"), ("a", "rel")}
    assert_nothing_runs(evil)


def assert_nothing_runs(tree):
    """No handler, no script but the page's own, and links only within the page, to the web and to DOIs."""
    names = {name for e in tree.iter() for name in e.attrib}
    assert not {name for name in names if name.startswith("on")} | names & {
        "srcdoc",
        "formaction",
        "action",
        "src",
    }
    for element in tree.iter():
        for name in ("href", "xlink:href", "data", "cite", "poster", "background"):
            if name in element.attrib:
                assert re.match(r"#|https?://|data:,$", element.get(name)), element.get(name)


wicked = st.lists(texts, min_size=3, max_size=9).filter(lambda found: accepted(as_text, found))


@given(wicked)
@pytest.mark.hostile("U03", "U04")
def test_any_page(found):
    """Whatever stands in the names, questions, quotations and addresses, a browser reads it as text."""
    data = tiny(accepted(as_text, found))
    tree = page(data)
    assert_nothing_runs(tree)
    assert {e for e, _ in shape(tree)} <= {e for e, _ in shape(page(tiny(["x", "https://example.org"])))}
    for kind in ("script", "style"):
        for element in [*tree.iter(kind)]:
            element.text = ""
    shown = spaced("".join(tree.itertext()))
    assert all(spaced(one_line(question.text)) in shown for question in data.questions)


def spaced(text):
    """Return a text with one blank for whatever blanks there are."""
    return " ".join(text.split())


def tiny(found):
    """Return a small dataset whose texts are those, in turn."""
    at = iter(range(1000))

    def evil():
        return found[next(at) % len(found)]

    evidence = [stances.Evidence("s", quote=evil(), speaker=evil(), summary=evil())]
    return stances.Dataset(
        "d", title=evil(), licence=evil(), note=evil(), issues=[stances.Issue("i", evil())],
        questions=[stances.Question(f"q{k}", evil(), stances.VOTE, issues=["i"], url=evil()) for k in range(3)],
        actors=[stances.Actor(a, evil()) for a in "ABC"], sources=[stances.Source("s", evil(), publisher=evil(), url=evil())],
        stances=[stances.Stance(a, f"q{k}", "yes", evidence=evidence) for a in "ABC" for k in range(3)],
    )  # fmt: skip


def test_names_of_positions_in_the_page():
    """Names of positions, which need not be ids, are text in the page too."""
    tree, plain = page(of_codes()), page(of_codes([f"n{k}" for k in range(12)]))
    assert_nothing_runs(tree)
    assert set(map(str, shape(tree))) <= set(map(str, shape(plain)))
