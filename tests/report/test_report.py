"""The page without a browser: what it shows is what the library computes, and nothing can break out of it."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given

import stances
from stances import captions
from stances.errors import FieldError
from stances.report import report_of
from stances.report.packing import packed
from stances.strategies import datasets

jinja2 = pytest.importorskip("jinja2", reason="the page needs the extra report")
VOID = {"meta", "link", "br", "input", "rect"}


class Page(HTMLParser):
    """The tags, the attributes and the texts of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.tables, self.inside, self.raw = [], [], [], {}
        self.cell, self.matrix = None, False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.inside.append((tag, attributes))
        if tag == "table":
            self.matrix = "matrix" in attributes.get("class", "").split()
            self.tables += [[]] if self.matrix else []
        if tag == "tr" and self.matrix:
            self.tables[-1].append([])
        if tag in ("td", "th") and self.matrix:
            self.cell = [attributes.get("class"), ""]
            self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag == "table":
            self.cell, self.matrix = None, False
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if self.cell is not None:
            self.cell[1] += text
        if self.inside and self.inside[-1][0] in ("script", "style"):
            key = self.inside[-1][0] + self.inside[-1][1].get("type", "")
            self.raw[key] = self.raw.get(key, "") + text

    def attribute(self, name):
        """Return all values of an attribute."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def rows(self, table):
        """Return the texts of the body of a table, without the heads."""
        return [[" ".join(text.split()) for _, text in row[1:]] for row in self.tables[table][1:]]


def data_of(html):
    """Return what the script of a page reads."""
    return json.loads(Page(html).raw["scriptapplication/json"])


def unpacked(text):
    """Return whole numbers that a page carries."""
    content = base64.b64decode(text)
    return np.frombuffer(content[1:], dtype=f"<u{content[0]}")


@given(datasets(min_actors=2, max_actors=5, max_questions=6))
def test_every_table_shows_what_the_library_computes(data):
    """Every cell of every static matrix reads as the library's caption of it."""
    report = report_of(data, ["agreement", "exact"])
    page = Page(report.to_html())
    shown = [board for board in report.boards if len(board.rows) > 1]
    assert len(page.tables) == len(shown)
    for number, board in enumerate(shown):
        positions = data.positions()
        part = positions.select(issues=[board.issue]) if board.issue else positions
        matrix = stances.agreement_matrix(part, board.measure)
        lone = captions.lone_counts(part)
        kept = captions.sharing(matrix)
        expected = [[captions.cell(matrix, i, j, lone).replace(",", "") for j in kept] for i in kept]
        assert [[cell.replace(",", "") for cell in row] for row in page.rows(number)] == expected


@given(datasets(min_actors=2, max_actors=5, max_questions=6))
def test_every_view_carries_what_the_library_computes(data):
    """The numbers that the script shows are those of the matrix of that issue and basis."""
    document = data_of(report_of(data, ["agreement"]).to_html())
    for view in document["views"]:
        issue, basis, year = view["slice"]
        positions = data.positions(basis=basis) if basis else data.positions()
        positions = positions.select(issues=[issue]) if issue else positions
        keep = [not year or (q.date and str(q.date.first.year) == year) for q in positions.questions]
        matrix = stances.agreement_matrix(positions.take(np.array(keep, dtype=bool)))
        below = np.tril_indices(len(matrix.actors), -1)
        assert unpacked(view["shared"]).tolist() == matrix.n_shared[below].tolist()
        shown = view["measures"][0]
        texts = [shown["looks"][k][0] for k in unpacked(shown["cells"])]
        assert texts == [
            captions.undefined(matrix.why[i, j], 0) if matrix.why[i, j] else captions.value(matrix, i, j)
            for i, j in zip(*below, strict=True)
        ]


@given(datasets(min_actors=2, max_actors=5, max_questions=6))
def test_looks_rise_with_the_value(data):
    """Sorting by place sorts the undefined first, then the thin, then the solid by value."""
    document = data_of(report_of(data, ["agreement"]).to_html())
    for view in document["views"]:
        kinds = [
            ("none", "thin").index(look) if look in ("none", "thin") else 2
            for _, look in view["measures"][0]["looks"]
        ]
        assert kinds == sorted(kinds)


def test_same_data_same_bytes(seed):
    """The page of the same data is the same, byte by byte."""
    assert report_of(seed).to_html() == report_of(stances.load("paris-beijing-2025")).to_html()


def test_the_page_holds_only_what_its_policy_allows(seed):
    """Style and script carry the hashes of the policy; no attribute holds code, style or a foreign address."""
    html = report_of(seed).to_html()
    page = Page(html)
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"style", "src", "srcset"})
    assert all(re.match(r"(#|https://|data:,$)", href) for href in page.attribute("href"))
    assert len(set(page.attribute("id"))) == len(page.attribute("id"))
    targets = {href[1:] for href in page.attribute("href") if href.startswith("#")}
    assert targets <= set(page.attribute("id"))


@pytest.mark.hostile("U03", "U04")
def test_labels_break_out_of_nothing(hostile):
    """Labels stay text: no tag, no attribute and no script is made of them, and turned lines show."""
    html = report_of(hostile).to_html()
    page = Page(html)
    assert [tag for tag, _ in page.tags].count("script") == 2
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "base", "object")]
    assert "\u202e" not in html
    assert "\\u202e" in html
    assert not [href for href in page.attribute("href") if "javascript" in href]
    assert "javascript:alert(1)" in html
    assert [name for _, name in data_of(html)["actors"] if "</script>" in name]


def test_the_seed_is_small(seed):
    """The page of the shipped report stays below 300 kB."""
    assert len(report_of(seed).to_html().encode()) < 300_000


def test_a_general_assembly_is_below_five_megabytes(assembly):
    """193 actors on four issues make a page below 5 MB that still holds each issue under each measure."""
    report = report_of(assembly)
    assert len(report.to_html().encode()) < 5_000_000
    assert {view["slice"] for view in report.views} >= {(issue, "", "") for issue in ("", *assembly.issues)}


def test_thin_values_head_no_ranking(seed):
    """The report's pairs share four questions at most, and none is called nearest."""
    said = {fact.about: fact.says for fact in report_of(seed).facts}
    assert "Nearest" not in said["Agreement"]
    assert "(1.00) of 4" in said["Agreement"]
    assert "China left 3 calls of France unanswered." in said["Silence"]
    assert "open-chinese-market" in said["Conflicts"]
    assert "Ukraine" in said["Not known"]


def test_solid_pairs_are_ranked_with_their_support():
    """Of votes, the nearest and the furthest pairs are named with the questions they rest on."""
    said = {fact.about: fact.says for fact in report_of(stances.load("un-landmark-votes")).facts}
    assert "Russia – United States 0.03 of 20" in said["Agreement"]
    assert "Spain – France 1.00 of 20" in said["Agreement"]


def test_every_section_stands_even_where_it_is_empty():
    """A dataset of nothing has all sections, each of which says that there is nothing."""
    page = Page(report_of(stances.Dataset("empty")).to_html())
    assert {"agreement", "silences", "voices", "wedges", "deeds", "ground", "lines", "questions"} <= set(
        page.attribute("id")
    )
    assert not page.tables


def test_measures_suit_scales_and_policies(seed):
    """Without order the nominal kin stands in; a policy without chance correction leaves agreement alone."""
    scale = stances.Scale("colour", ("red", "green", "blue"), ordered=False)
    unordered = stances.Positions.from_codes([[0, 1, 2], [0, 2, 2]], scale=scale)
    assert [m.name for m in report_of(unordered).measures] == ["agreement", "scott_pi", "gwet_ac1"]
    assert [m.name for m in report_of(seed, silence="half").measures] == ["agreement"]
    with pytest.raises(stances.StancesError):
        report_of(seed, ["cohen_kappa"], "half")


def test_a_basis_is_offered_where_it_says_something_else(seed):
    """The report tells words from deeds and assessments; votes are deeds alone, and nothing is to choose."""
    assert list(report_of(seed).bases) == ["", "word", "deed", "assessment"]
    assert list(report_of(stances.load("un-landmark-votes")).bases) == [""]
    assert list(report_of(seed, basis="deed").bases) == [""]


def test_only_what_is_narrowed_to_is_shown(seed):
    """A selection of questions and actors holds for records, matrices and evidence alike."""
    report = report_of(seed, narrow=lambda found: found.select(issues=["gaza"], actors=["CHN", "FRA"]))
    assert {entry.question.issues for entry in report.entries} == {("gaza",)}
    assert report.matrix.actors == ("CHN", "FRA")
    assert all(record.actor in ("China", "France") for entry in report.entries for record in entry.records)


def test_written_whole_or_not_at_all(seed, tmp_path):
    """A page that cannot be written leaves no file, and one that can holds what is returned."""
    report = report_of(seed)
    text = report.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == text
    with pytest.raises(FileNotFoundError):
        report.to_html(tmp_path / "nowhere" / "page.html")
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", "page.html.meta.json"}
    record = json.loads((tmp_path / "page.html.meta.json").read_text("utf-8"))
    assert [source["id"] for source in record["sources"]] == [source.id for source in seed.sources]


def test_progress_is_told(seed):
    """Each matrix that is computed is told, up to the last."""
    told = []
    report_of(seed, progress=lambda done, due: told.append((done, due)))
    assert told[-1][0] == told[-1][1] == len(told)


@pytest.mark.parametrize("array", [[0, 255], [256, 3], [70_000], [-5, 3], []])
def test_packed_numbers_come_back(array):
    """Whole numbers survive their packing, whatever their size."""
    content = base64.b64decode(packed(np.array(array, dtype=np.int64)))
    kind = "i1" if array and min(array) < 0 else f"<u{content[0]}"
    assert np.frombuffer(content[1:], dtype=kind).tolist() == array


def test_a_single_pair_is_no_ranking():
    """Of one pair that rests on enough there is no nearest, and the sentence is of one."""
    codes = [[0, 1, 2, 1, 1, 0], [0, 1, 2, 1, 1, 0]]
    said = {f.about: f.says for f in report_of(stances.Positions.from_codes(codes, scale=stances.VOTE)).facts}
    assert said["Agreement"] == "One pair alone rests on enough, by agreement: a1 – a2 1.00 of 6."
    assert said["Support"].startswith("Of 1 pair of actors, 1 shares 5 questions or more")


def test_calls_are_counted_as_the_table_counts_silences():
    """A call counts once per question on which the table has a silence, with or without a passage."""
    questions = [stances.Question(f"q{k}", f"Question {k}?", stances.VOTE) for k in range(3)]
    passage = [stances.Evidence("s", summary="no answer")]
    silent = [
        stances.Stance("A", "q0", "silent", asked_by="B"),
        stances.Stance("A", "q1", "silent", asked_by="B", date="2023", evidence=passage),
        stances.Stance("A", "q1", "silent", asked_by="B", date="2024", evidence=passage),
        stances.Stance("A", "q2", "silent", asked_by="B", date="2030", evidence=passage),
    ]
    data = stances.Dataset(
        "calls", questions=questions, actors=[stances.Actor("A"), stances.Actor("B")],
        sources=[stances.Source("s")], stances=silent,
    )  # fmt: skip
    for rules, n in (({}, 3), ({"as_of": "2025-01-01"}, 1), ({"basis": "deed"}, 0)):
        report = report_of(data, **rules)
        said = {fact.about: fact.says for fact in report.facts}.get("Silence", "")
        assert ("A left" in said) == bool(n)
        assert f"A left {n} call" in said or not n
        assert len({one.entry.number for one in report.unanswered}) <= n


def test_measures_are_told_apart_by_their_names(seed):
    """One name may stand alone, twice the same is once; none, or two of one name, would show wrong values."""
    assert [m.name for m in report_of(seed, "exact").measures] == ["exact"]
    assert [m.name for m in report_of(seed, ["exact", "exact"]).measures] == ["exact"]
    with pytest.raises(FieldError, match="names none"):
        report_of(seed, [])
    codes = stances.Positions.from_codes([[0, 1, 2], [0, 2, 2]], scale=stances.VOTE)
    with pytest.raises(FieldError, match="names two of them"):
        report_of(codes, [1 - np.eye(3), np.abs(np.subtract.outer(range(3), range(3))) / 2])


def test_pairs_carry_the_interval_of_their_cell(seed):
    """Without scripts, the value above the questions of a pair has the interval that its cell has."""
    report = report_of(seed, interval=0.95)
    for pair in report.pairs:
        cell = report.matrix.cell(pair.comparison.first, pair.comparison.second)
        np.testing.assert_allclose(
            [pair.comparison.lower, pair.comparison.upper], [cell.lower, cell.upper], equal_nan=True
        )
    assert any(pair.comparison.lower == pair.comparison.lower for pair in report.pairs)


def test_the_foot_says_what_intervals_imagine(seed):
    """With intervals the foot says of what they are and what they imagine, once; without, nothing of them."""
    said = "Beside values stand 95 % intervals, as if the questions were drawn anew, which hand-picked ones were not."
    assert report_of(seed, interval=0.95).to_html().count(said) == 1
    assert "Beside values" not in report_of(seed).to_html()


def test_a_pair_lists_the_questions_that_its_support_counts():
    """A question of weight 0 stands behind no cell: neither among the shared ones nor among the silences."""
    codes = [[0, 1, 2, 2, 0], [0, 1, 2, 0, -2], [2, 2, 2, -2, -1]]
    weighted = stances.Positions.from_codes(codes, scale=stances.VOTE, weights=[5, 1, 1, 0, 2])
    report = report_of(weighted)
    for pair in report.pairs:
        found = pair.comparison
        assert len(found.shared) == found.n_shared == report.matrix.n_shared[pair.row, pair.column]
        assert all(item.question.weight for item in (*found.shared, *pair.unanswered))


def test_pairs_of_one_value_are_named_together():
    """Pairs whose values differ by the rounding of a sum alone are nearest, or furthest, together."""
    codes = [[2, 2, 0, 2, 2, 1], [2, 0, 1, 1, 0, 2], [1, 1, 2, 0, 1, 1]]
    votes = stances.Positions.from_codes(codes, scale=stances.VOTE)
    values = stances.agreement_matrix(votes, "scott_pi_linear")
    assert values["a1", "a2"] == pytest.approx(values["a2", "a3"], abs=1e-12)
    (said,) = [fact.says for fact in report_of(votes, "scott_pi_linear").facts if fact.about == "Agreement"]
    assert "Nearest, by scott_pi_linear: a2 – a3 -0.33 of 6 and a1 – a2 -0.33 of 6." in said
