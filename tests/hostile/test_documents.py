"""JSON, TOML and other containers: what is doubtful is refused, by its path."""

import pickle

import pytest

from stances import Actor, DatasetError, load
from stances.errors import FieldError
from stances.files import parse
from stances.issue_rules import read_rules


def refusal(content, name="data.json"):
    """What is said of bytes that are no dataset."""
    with pytest.raises(DatasetError) as caught:
        parse(content if isinstance(content, bytes) else content.encode(), name)
    return str(caught.value)


def weighing(weight):
    """A document with one question of this weight."""
    return f'{{"questions": [{{"id": "q", "text": "?", "scale": "vote", "weight": {weight}}}]}}'


CASES = {
    "J01 infinity": (weighing("Infinity"), "number 'Infinity' is not allowed in JSON"),
    "J02 deep down": ('{"actors": [{"id": "a", "id": "b"}]}', "key 'actors[0].id' is given twice"),
    "J02 behind other values": ('{"id": "x", "note": 3, "stances": [1, {"actor": "A"}, {"a": [{"b": 1, "b": 1}]}]}', "key 'stances[2].a[0].b' is given twice"),
    "J02 in an object that stands twice": ('{"a": {"b": 1, "b": 2}, "a": {}}', "key 'a' is given twice"),
    "J03 objects": ('{"a":' * 100_000, "is nested more than 64 levels deep"),
    "J04 beyond all numbers": (weighing("1e999999"), "questions[0].weight: weight inf is not a finite number"),
    "J04 four hundred digits": (weighing("1" * 400), "questions[0].weight"),
    "J05 a number for an id": ('{"actors": [{"id": 1}]}', "actors[0].id: actor 1 is not text"),
    "J05 a number as text": (weighing('"1"'), "weight '1' is not a number"),
    "J05 a number for a level": ('{"stances": [{"actor": "F", "question": "q", "position": 1}]}', "stances[0].position: position 1 is not text"),
    "J05 a count with a point": ('{"sources": [{"id": "s", "passages": 1.9}]}', "passages 1.9 is not a whole number"),
    "J05 an object for a list": ('{"stances": {}}', "stances {} is not a list"),
    "J06 in a title": ('{"title": "\\udc00"}', "title: title '\\udc00' holds half of a surrogate pair"),
    "J07 a text": ('"x"', "holds a str at its top"),
    "J07 nothing": ("null", "holds a NoneType at its top"),
    "J07 two lines": ('{"id": "a"}\n{"id": "b"}\n', "is not JSON: Extra data in line 2"),
    "J08 newer": ('{"schema_version": 2}', "written by a newer stances; this version of stances reads 1"),
    "J08 a truth": ('{"schema_version": true}', "schema_version True"),
    "J08 a fraction": ('{"schema_version": 1.0}', "schema_version 1.0"),
    "J08 older": ('{"schema_version": 0}', "schema_version 0"),
}  # fmt: skip


@pytest.mark.hostile(*CASES)
@pytest.mark.parametrize("case", CASES)
def test_documents_that_are_refused(case):
    """Every doubtful document is refused with the place and the reason."""
    content, said = CASES[case]
    assert said in refusal(content)


@pytest.mark.hostile("J10")
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_pickles_are_never_loaded(protocol):
    """A pickle is known by its first bytes, under any name, and refused as what can run code."""
    content = pickle.dumps(print, protocol)
    for name in ("data.json", "votes.csv", "noname"):
        assert "is a pickle, which can run code" in refusal(content, name)


FORMATS = {
    "J09 yaml": "data.yaml", "J10 npz": "data.npz", "J10 pickle": "data.pkl",
    "J11 zip": "data.zip", "J14 spreadsheet": "data.xlsx",
}  # fmt: skip


@pytest.mark.hostile(*FORMATS)
@pytest.mark.parametrize("case", FORMATS)
def test_other_formats_are_refused_by_name(case):
    """Whatever a file of another format holds, its ending is refused, and the error names those read."""
    assert "datasets are folders, .csv or .json files" in refusal(b"x: &a [*a, *a]", FORMATS[case])


STARTS = {
    "C26 an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an XLS or DOC file"),
    "C26 a database": (b"SQLite format 3\0", "is a SQLite database"),
    "C26 a web page": (b"<!DOCTYPE html>", "is a web page or XML"),
    "C26 JSON": (b'{"id": "x"}', "is JSON"),
    "C26 gzip": (b"\x1f\x8b\x08\0", "is a gzip file"),
    "C26 PDF": (b"%PDF-1.7", "is a PDF file"),
    "C26 Parquet": (b"PAR1", "is a Parquet file"),
}


@pytest.mark.hostile(*STARTS)
@pytest.mark.parametrize("case", STARTS)
def test_what_a_table_really_is(case):
    """A file that is no table is told by its first bytes."""
    content, said = STARTS[case]
    assert said in refusal(content, "votes.csv")


TOML = {
    "J03 lists": "x = " + "[" * 500 + "]" * 500,
    "J03 dotted keys": "a." * 2000 + "b = 1",
    "J03 just too deep": "x = " + "[" * 70 + "]" * 70,
    "J04 digits": "x = " + "1" * 5000,
}


@pytest.mark.hostile("J03")
@pytest.mark.parametrize("key", ["rules", "other", "[[rules]]\nissue"])
def test_rules_that_are_nested_without_end(key, tmp_path):
    """A file of rules with thousands of dotted keys is refused, and the error can be printed."""
    (tmp_path / "rules.toml").write_text(f"{key}." + "a." * 2000 + "b = 1", "utf-8")
    with pytest.raises(DatasetError) as caught:
        read_rules(tmp_path / "rules.toml")
    assert "nested more than 64 levels" in str(caught.value)


@pytest.mark.hostile("L09", "J03")
def test_a_value_too_deep_to_be_printed_is_named():
    """The error about a list in a list in a list can be printed."""
    deep = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FieldError, match="list nested too deeply to be shown"):
        Actor(deep)


@pytest.mark.hostile(*TOML)
@pytest.mark.parametrize("case", TOML)
def test_codebooks_that_are_refused(case, tmp_path):
    """Depth and digits without measure end in our error, not in that of the parser or of a walk."""
    (tmp_path / "codebook.toml").write_text(TOML[case], "utf-8")
    (tmp_path / "stances.csv").write_text("actor,question,position\n", "utf-8")
    with pytest.raises(DatasetError, match=r"codebook\.toml: (is nested|is not usable)"):
        load(tmp_path)
