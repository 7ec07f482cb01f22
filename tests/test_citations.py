"""Citations: read back by a strict parser of BibTeX, and by the essentials of the CSL-JSON schema."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import Dataset, Positions, Source, cite
from stances.cli import main
from stances.errors import ChoiceError, UncitedError
from stances.printable import Listing
from stances.strategies import datasets

PROJECT = Path(__file__).resolve().parent.parent
# the essentials of https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json
CSL_TYPES = {"dataset", "document", "software"}
CSL_TEXTS = {"publisher", "title", "version", "URL", "note"}

hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    str.strip
)
titles = (
    st.sampled_from(["}{", "{", "100 % & #1 _x_ $y$ ~^\\", 'a "b" @misc{c', "法国 é", "a\n\n}\n@x"]) | hostile
)


def entries_of(text):
    """Parse BibTeX as the program does: braces counted whatever stands before them."""
    found, at = [], 0
    while at < len(text):
        head = re.compile(r"\s*@([a-z]+)\{([^\s,{}#%~\\\"'()=]+),\n").match(text, at)
        if head is None:
            assert not text[at:].strip(), f"between entries stands {text[at : at + 40]!r}"
            break
        fields, at = {}, head.end()
        while not (end := re.compile(r"\}\n").match(text, at)):
            name = re.compile(r"  ([a-z]+) = ").match(text, at)
            assert name, text[at : at + 60]
            value, at = value_at(text, name.end())
            assert name[1] not in fields
            fields[name[1]] = value
        at = end.end()
        found.append((head[1], head[2], fields))
    return found


def value_at(text, at):
    """One value, and where the next field begins."""
    start, depth = at, 0
    while True:
        depth += (text[at] == "{") - (text[at] == "}")
        assert depth >= 0
        if depth == 0 and text[at] in ",\n":
            break
        at += 1
    value = text[start:at]
    return value, at + 1 if text[at] == "\n" else at + 2


PRINTED = {
    r"{\textbackslash}": "\\", r"{\textbraceleft}": "{", r"{\textbraceright}": "}", r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^", r"\%": "%", r"\&": "&", r"\#": "#", r"\_": "_", r"\$": "$",
    r"{\textquotedbl}": '"', r"{\textless}": "<", r"{\textgreater}": ">",
}  # fmt: skip


def printed(value):
    """What LaTeX prints of a value; it holds no command but those that print a sign."""
    text = re.sub(
        r"\{\\text[a-z]+\}|\\[%&#_$]", lambda found: chr(0xE000 + list(PRINTED).index(found[0])), value
    )
    assert not re.search(r"[\\%&#_$~^\"<>]", text), value
    text = text.strip("{}")
    assert not re.search(r"[{}]", text), value
    return "".join(list(PRINTED.values())[ord(c) - 0xE000] if 0xE000 <= ord(c) < 0xE010 else c for c in text)


def shown(text):
    """A text as every table shows it: one line, with control characters made visible."""
    from stances.escapes import one_line

    return " ".join(one_line(text).split())


@given(datasets(), st.lists(titles, min_size=3, max_size=3))
def test_bibtex_reads_back(data, texts):
    """Whatever titles hold, entries parse, keys differ without regard to case, and titles print as they are."""
    texts = [text for text in texts if not re.search("[\ue000-\ue00f]", text)] or ["t"]
    sources = [
        evolve(s, title=texts[k % len(texts)], publisher=texts[-1]) for k, s in enumerate(data.sources)
    ]
    data = evolve(data, title=texts[0], sources=sources)
    found = entries_of(cite(data))
    assert len(found) == len(data.sources) + 2
    keys = [key.lower() for _, key, _ in found]
    assert len(set(keys)) == len(keys)
    assert [printed(fields["title"]) for _, _, fields in found[:-1]] == [
        shown(title) for title in (data.title, *(s.title for s in data.sources))
    ]
    for source, (_, _, fields) in zip(data.sources, found[1:], strict=False):
        assert printed(fields["howpublished"]) == shown(source.publisher)
        assert ("url" in fields) == (source.url is not None)


@given(datasets())
def test_csl_json_fits_its_schema(data):
    """Each item has an id, a type and only properties of the schema, with dates in whole numbers."""
    items = json.loads(cite(data, style="csl-json"))
    assert len({item["id"].lower() for item in items}) == len(items) == len(data.sources) + 2
    for item in items:
        assert item["type"] in CSL_TYPES
        assert set(item) <= {"id", "type", "author", "issued"} | CSL_TEXTS
        assert all(isinstance(item[name], str) for name in CSL_TEXTS & set(item))
    for source, item in zip(data.sources, items[1:], strict=False):
        parts = [int(part) for part in str(source.date).split("-")] if source.date else None
        assert item.get("issued") == (parts and {"date-parts": [parts]})
        assert item.get("URL") == source.url
        assert item.get("publisher") == source.publisher


@pytest.mark.parametrize(
    ("date", "fields", "parts"),
    [
        ("2025", {"year": "{2025}"}, [2025]),
        ("2025-12", {"year": "{2025}", "month": "dec"}, [2025, 12]),
        ("2025-12-04", {"year": "{2025}", "month": "dec", "day": "{4}"}, [2025, 12, 4]),
        (None, {}, None),
    ],
)
def test_dates_are_as_precise_as_known(date, fields, parts):
    """A year is no first of January, in either style."""
    data = Dataset("d", sources=[Source("s", "A report", date=date)])
    entry = entries_of(cite(data))[1][2]
    assert {name: entry[name] for name in ("year", "month", "day") if name in entry} == fields
    item = json.loads(cite(data, "csl-json"))[1]
    assert item.get("issued") == (parts and {"date-parts": [parts]})


def test_what_is_not_given_is_left_out():
    """A source of which only the id is known has no other field, and nobody is invented."""
    found = entries_of(cite(Dataset("d", sources=[Source("s")])))
    assert found[1] == ("misc", "d:s", {"title": "{{s}}"})
    assert found[0] == ("misc", "d", {"title": "{{d}}", "note": "{Dataset}"})


def test_keys_stay_apart_whatever_the_case():
    """BibTeX takes keys that differ in case for one, so a number tells them apart."""
    data = Dataset("stances", sources=[Source("A"), Source("a")])
    due = ["stances-2", "stances:A", "stances:a-2", "stances"]
    assert [key for _, key, _ in entries_of(cite(data))] == due


def test_addresses_cannot_end_their_field():
    """A brace, a blank or a backslash in a URL is written in percent; what URLs hold stays."""
    data = Dataset("d", sources=[Source("s", url="https://x.org/a_b?c=1&d=%20#e}{ \\f")])
    assert entries_of(cite(data))[1][2]["url"] == "{https://x.org/a_b?c=1&d=%20#e%7D%7B%20%5Cf}"


def test_the_library_is_cited_as_its_citation_file_says():
    """CITATION.cff, setup.cfg, `__version__` and the entry tell the same version, title and licence."""
    cff = dict(
        re.findall(r"^(\w[\w-]*): \"?(.*?)\"?$", (PROJECT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    )
    config = configparser.ConfigParser()
    config.read(PROJECT / "setup.cfg")
    assert config["metadata"]["version"] == "attr: stances.__version__"
    assert cff["version"] == stances.__version__
    assert cff["license"] == config["metadata"]["license_expression"]
    item = json.loads(cite(Dataset("d"), "csl-json"))[-1]
    assert (item["title"], item["version"]) == (cff["title"], cff["version"])
    assert item["author"] == [{"literal": config["metadata"]["author"]}]
    assert f"name: {config['metadata']['author']}" in (PROJECT / "CITATION.cff").read_text("utf-8")


def test_results_are_cited_by_their_data(seed):
    """A result knows what it was made of, and is cited like the dataset."""
    due = cite(seed)
    results = [
        seed.positions(), stances.agreement_matrix(seed), stances.compare(seed, "CHN", "FRA"),
        stances.words_and_deeds(seed), stances.common_ground(seed), stances.fault_lines(seed),
        stances.agreement_matrix(seed).top(), stances.agreement_matrix(seed).select(["CHN", "FRA"]),
        seed.positions().select(actors=["CHN"]), stances.words_and_deeds(seed, "CHN"),
    ]  # fmt: skip
    assert {cite(result) for result in results} == {due}
    with pytest.raises(UncitedError, match="Listing does not know"):
        cite(Listing("t", {"a": [1]}))


def test_two_sides_are_both_cited(seed):
    """What compares two datasets cites both, and one of them once where both are the same."""
    changed = evolve(seed, id="second")
    keys = [key for _, key, _ in entries_of(cite(stances.diff(seed, changed)))]
    assert keys[:2] == [seed.id, "second"]
    assert cite(stances.diff(seed, seed)) == cite(seed)


def test_readers_name_the_file_they_read(tmp_path):
    """Votes of the UN cite the file of its Digital Library that they come from."""
    path = tmp_path / "ga.csv"
    path.write_text("ms_code,ms_vote,date,resolution\nFRA,Y,2022-03-02,A/RES/ES-11/1\n")
    assert "record/4060887" in cite(stances.read_un_votes(path))
    path.write_text("ms_code,ms_vote,date,resolution\nFRA,Y,2022-03-02,S/RES/2623(2022)\n")
    assert "record/4055387" in cite(stances.read_un_votes(path))


def test_positions_of_codes_have_a_name_alone():
    """Codes that come from nowhere known are cited by their name."""
    table = Positions.from_codes([[2]], scale=stances.VOTE, name="my votes")
    assert [key for _, key, _ in entries_of(cite(table))] == ["my-votes", "stances"]


def test_bibtex_itself_reads_it_and_latex_prints_it(tmp_path):
    """The program takes hostile titles without a warning, and what it makes of them compiles."""
    if shutil.which("bibtex") is None or shutil.which("pdflatex") is None:
        pytest.skip("LaTeX is not on this machine")
    texts = ["}{", "100 % & #1 _x_ $y$ ~^\\", 'a "b" @misc{c', "é ü", "a\n\n}\n@x", r"\input{secret}", "<b>"]
    sources = [Source(f"s{k}", text, publisher=text, date="2025-12") for k, text in enumerate(texts)]
    (tmp_path / "data.bib").write_text(cite(Dataset("d", title=texts[0], licence=texts[1], sources=sources)))
    lines = [
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{textcomp}\begin{document}",
        r"\nocite{*}\bibliographystyle{plain}\bibliography{data}\end{document}",
    ]
    (tmp_path / "paper.tex").write_text("\n".join(lines))
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    for command in (latex, ["bibtex", "paper"], latex):
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
        assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")[-1500:]
    log = (tmp_path / "paper.blg").read_text("latin-1")
    assert "error message" not in log
    assert (tmp_path / "paper.bbl").read_text("utf-8").count(r"\bibitem") == len(texts) + 2


def test_an_unknown_style_is_refused(seed):
    """The error names the styles, and the nearest."""
    with pytest.raises(ChoiceError, match=r"bibtex, csl-json.*did you mean 'bibtex'"):
        cite(seed, style="bibtext")


@pytest.mark.parametrize("style", ["bibtex", "csl-json"])
def test_the_verb_prints_what_the_function_returns(style, capsys, seed):
    """`stances cite` prints the same text."""
    assert main(["cite", "paris-beijing-2025", "--style", style]) == 0
    assert capsys.readouterr().out == cite(seed, style)
