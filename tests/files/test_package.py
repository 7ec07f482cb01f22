"""The data package: valid by Frictionless, true to its descriptor, and with nothing left out."""

import csv
import hashlib
import io
import json
import re
from collections import defaultdict

import pytest
from hypothesis import given, settings

import stances
from stances import Actor, Dataset, DatasetError, Evidence, Question, Source, Stance
from stances.cli import main
from stances.files.documents import make_document
from stances.files.json_file import json_contents
from stances.files.package import NAME, package_contents
from stances.scales import Scale
from stances.strategies import datasets

HOSTILE = Dataset(
    "Data:Set",
    title='=HYPERLINK("http://x"), "quoted"\nnext line',
    licence="© all rights",
    questions=[Question("A/RES/75/254[C]", '=1+1; a, b\n"c"', Scale("s", ["+yes", "-no", "NA"], [0.1, 1e-9 + 0.2, 7]))],
    actors=[Actor("NA", "Namibia; 'the'"), Actor("-1", "@x")],
    sources=[Source("r", "<script>\t|", url="javascript:alert(1)"), Source("t", url="https://example.org/a?b=c")],
    stances=[Stance("NA", "A/RES/75/254[C]", "-no", evidence=[Evidence("r", quote=" spaced ", locator="=2")])],
)  # fmt: skip


def tables(data):
    """Descriptor, and per table the rows with typed cells, as its schema says."""
    files = package_contents(data)
    descriptor = json.loads(files[NAME])
    found = {}
    for resource in descriptor["resources"]:
        rows = csv.reader(io.StringIO(files[resource["path"]].decode("utf-8"), newline=""), strict=True)
        header = next(rows)
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields]
        found[resource["name"]] = [
            {field["name"]: typed(cell, field) for cell, field in zip(row, fields, strict=True)}
            for row in rows
        ]
    return descriptor, found


def typed(cell, field):
    """One cell as the type of its field; None where it is missing."""
    if cell == "":
        return None
    casts = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}
    return casts.get(field["type"], str)(cell)


def obeys(value, constraints):
    """Whether a cell obeys the constraints of its field."""
    if value is None:
        return not constraints.get("required")
    return (
        value in constraints.get("enum", [value])
        and bool(re.search(constraints.get("pattern", ""), str(value)))
        and ("minimum" not in constraints or value >= constraints["minimum"])
        and ("maximum" not in constraints or value <= constraints["maximum"])
    )


@given(datasets())
def test_rows_keep_what_the_schema_says(data):
    """Every cell obeys its field, keys are unique, and foreign keys find what they name."""
    descriptor, found = tables(data)
    for resource in descriptor["resources"]:
        schema, rows = resource["schema"], found[resource["name"]]
        for field in schema["fields"]:
            assert all(obeys(row[field["name"]], field.get("constraints", {})) for row in rows), field
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        for link in schema.get("foreignKeys", ()):
            known = {row["id"] for row in found[link["reference"]["resource"]]}
            (column,) = link["fields"]
            assert {row[column] for row in rows} - {None} <= known


def rebuilt(descriptor, found):
    """The JSON document of a dataset, made of its package alone."""
    grouped = {
        name: defaultdict(list) for name in ("levels", "aliases", "question_issues", "evidence", "extra")
    }
    for name, groups in grouped.items():
        for row in found.get(name, ()):
            groups[next(iter(row.values()))].append(row)

    def plain(row, *, without=()):
        return {k: v for k, v in row.items() if v is not None and k not in without}

    head = {"title": descriptor.get("title"), "note": descriptor.get("description")}
    head["licence"] = descriptor["licenses"][0]["title"] if "licenses" in descriptor else None
    document = {"id": descriptor["stances"]["dataset"], **plain(head)}
    document["scales"] = [
        plain(row) | {
            "levels": [level["label"] for level in grouped["levels"][row["id"]]],
            "values": [level["value"] for level in grouped["levels"][row["id"]]],
        }
        for row in found["scales"]
    ]  # fmt: skip
    for scale in document["scales"]:
        if None in scale["values"]:
            del scale["values"]
    document["questions"] = [
        plain(row) | {"issues": [link["issue"] for link in grouped["question_issues"][row["id"]]]}
        for row in found["questions"]
    ]
    document["actors"] = [
        plain(row) | {"aliases": [link["alias"] for link in grouped["aliases"][row["id"]]]}
        for row in found["actors"]
    ]
    document["stances"] = [
        plain(row, without=("id", "level"))
        | {"evidence": [plain(e, without=("stance", "number")) for e in grouped["evidence"][row["id"]]]}
        | {"extra": {e["name"]: e["text"] for e in grouped["extra"][row["id"]]}}
        for row in found["stances"]
    ]
    for name in ("memberships", "uncoded"):
        document[name] = [plain(row, without=("id",)) for row in found[name]]
    return document | {name: [plain(row) for row in found[name]] for name in ("issues", "sources")}


@given(datasets())
def test_nothing_is_left_out(data):
    """A dataset can be made again of its package alone."""
    from stances.files import parse

    document = json.dumps(rebuilt(*tables(data))).encode("utf-8")
    assert parse(document, "again.json") == data


def test_hostile_texts_stand_as_they_are():
    """Formulas, breaks, quotes and NA are data: a package guards nothing and changes nothing."""
    descriptor, found = tables(HOSTILE)
    assert found["questions"][0]["text"] == HOSTILE.questions[0].text
    assert [row["id"] for row in found["actors"]] == ["NA", "-1"]
    assert found["stances"][0]["level"] == 1
    assert found["evidence"][0]["quote"] == " spaced "
    assert descriptor["sources"] == [
        {"title": "<script>\t|"},
        {"title": "t", "path": "https://example.org/a?b=c"},
    ]
    assert descriptor["name"] == "data-set"


@pytest.mark.parametrize("name", [*stances.shipped_datasets(), "hostile"])
def test_frictionless_finds_it_valid(name, tmp_path):
    """The reference implementation validates descriptor, types, constraints, keys, sizes and hashes."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is of the dev extra")
    data = HOSTILE if name == "hostile" else stances.load(name)
    stances.dump(data, tmp_path / "out" / NAME)
    report = frictionless.validate(str(tmp_path / "out" / NAME))
    assert report.valid, report.flatten(["type", "message"])
    rows = {task.name: task.stats.get("rows") or 0 for task in report.tasks}
    assert rows["stances"] == len(data.stances)


@settings(max_examples=10)
@given(datasets())
def test_frictionless_finds_any_dataset_valid(tmp_path_factory, data):
    """So it does for any dataset that can be made."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is of the dev extra")
    folder = tmp_path_factory.mktemp("package")
    stances.dump(data, folder / NAME)
    report = frictionless.validate(str(folder / NAME))
    assert report.valid, report.flatten(["type", "message"])


def test_frictionless_finds_a_planted_fault(seed, tmp_path):
    """A stance of nobody known, in a file whose size differs, is no valid package: the oracle looks."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is of the dev extra")
    stances.dump(seed, tmp_path / NAME)
    file = tmp_path / "stances.csv"
    file.write_text(file.read_text("utf-8").replace("1,CHN,", "1,NOBODY,", 1), "utf-8")
    found = {row[0] for row in frictionless.validate(str(tmp_path / NAME)).flatten(["type"])}
    assert {"foreign-key", "hash-count"} <= found


def test_sizes_and_hashes_are_those_of_the_files(seed):
    """The descriptor names bytes and SHA-256 of each file, and only files beside it."""
    files = package_contents(seed)
    resources = json.loads(files[NAME])["resources"]
    assert {resource["path"] for resource in resources} == set(files) - {NAME}
    for resource in resources:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_document_is_that_of_the_json_form(seed):
    """What the package tells of the shipped report is what its JSON form tells."""
    from stances.files import parse

    again = parse(json.dumps(rebuilt(*tables(seed))).encode("utf-8"), "again.json")
    assert make_document(again) == make_document(seed)
    assert json_contents(again) == json_contents(seed)


def test_convert_writes_a_package_that_is_not_read_back(tmp_path, monkeypatch, capsys):
    """The verb writes it, all files or none, and reading it back is refused by name."""
    monkeypatch.chdir(tmp_path)
    assert main(["convert", "paris-beijing-2025", "out/datapackage.json"]) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert before == package_contents(stances.load("paris-beijing-2025"))
    with pytest.raises(DatasetError, match="data package"):
        stances.load(tmp_path / "out" / NAME)


def test_a_package_is_written_whole_or_not_at_all(seed, tmp_path):
    """Where one of its files cannot be written, none is."""
    (tmp_path / "levels.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        stances.dump(seed, tmp_path / NAME)
    assert [path.name for path in tmp_path.iterdir()] == ["levels.csv"]
