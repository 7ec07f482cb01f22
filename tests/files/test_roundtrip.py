"""What is dumped is loaded again, exactly, in every form."""

import csv
import io
import json
import warnings
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import assume, given, reject
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Actor, Dataset, Dialect, Evidence, Issue, Question, Source, dump, load
from stances.errors import LossError
from stances.files import parse
from stances.files.folder import folder_contents
from stances.files.json_file import json_contents
from stances.files.tidy import tidy_contents
from stances.scales import Scale
from stances.strategies import datasets, evidences
from stances.strategies import stances as stance_records

SCHEMA = json.loads((Path(stances.__file__).parent / "files" / "dataset.schema.json").read_text("utf-8"))


@given(datasets())
def test_json_round_trip(data):
    """A JSON file holds all of a dataset."""
    assert parse(json_contents(data), "data.json") == data


@given(datasets())
def test_folder_round_trip(tmp_path_factory, data):
    """A folder holds all of a dataset."""
    folder = tmp_path_factory.mktemp("data")
    dump(data, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["codebook.toml", "stances.csv"]
    assert load(folder) == data


@given(datasets())
def test_dumps_are_stable(data):
    """The same dataset gives the same bytes."""
    assert json_contents(data) == json_contents(parse(json_contents(data), "data.json"))
    assert folder_contents(data) == folder_contents(evolve(data))


@given(datasets())
def test_dumped_json_fits_the_schema(data):
    """Whatever is dumped validates against the published JSON Schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is of the dev extra")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json_contents(data)))


PLANTED = {
    "unknown key": (["extra"], 1),
    "unknown key of a record": (["actors", 0, "nmae"], "France"),
    "id with a blank": (["actors", 0, "id"], "F R"),
    "voice off the list": (["stances", 0, "evidence", 0, "voice"], "loud"),
    "basis off the list": (["stances", 0, "basis"], "words"),
    "truth as text": (["stances", 0, "inferred"], "true"),
    "confidence above 1": (["stances", 0, "confidence"], 1.5),
    "date in words": (["stances", 0, "date"], "yesterday"),
    "level as number": (["stances", 0, "position"], 3),
    "reserved level": (["scales", 0, "levels"], ["silent", "yes"]),
    "a number beside a stance": (["stances", 0, "extra"], {"page": 3}),
    "a blank name beside a stance": (["stances", 0, "extra"], {" page": "3"}),
    "weight below 0": (["questions", 0, "weight"], -1),
    "list as text": (["actors", 0, "aliases"], "Paris"),
    "version of tomorrow": (["schema_version"], 2),
    "object for a list": (["stances"], {}),
    "null for an id": (["actors", 0, "id"], None),
}


@pytest.mark.parametrize(("path", "value"), PLANTED.values(), ids=PLANTED)
def test_schema_and_reader_refuse_alike(seed, path, value):
    """What the JSON Schema refuses the reader refuses, and the other way round."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is of the dev extra")
    document = json.loads(json_contents(seed))
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(document)
    with pytest.raises(stances.DatasetError):
        parse(json.dumps(document).encode(), "data.json")


@st.composite
def tidy_datasets(draw):
    """Datasets that a tidy CSV can hold: everything in them is named by a row."""
    scales = st.sampled_from([VOTE, SUPPORT, Scale.parse("low < middle < high"), Scale.parse("red | green")])
    asked = [
        Question(name, name, draw(scales), issues=draw(st.sampled_from([(), ("u",), ("g", "u")])))
        for name in "pq"
    ]
    evidence = evidences(sources=st.sampled_from(["s", "t"]))
    one = stance_records(
        questions=st.sampled_from(asked), actors=st.sampled_from(["CHN", "FRA", "USA"]), evidence=evidence
    )
    records = draw(
        st.lists(one, max_size=6, unique_by=lambda s: (s.actor, s.question, s.date, s.basis, s.coder))
    )
    used = {s.question for s in records}
    questions = [question for question in asked if question.id in used]
    actors = {s.actor for s in records} | {s.asked_by for s in records if s.asked_by}
    return Dataset(
        "tidy",
        issues=[Issue(i) for i in sorted({i for q in questions for i in q.issues})],
        questions=questions,
        actors=[Actor(actor) for actor in sorted(actors)],
        sources=[Source(source) for source in sorted({e.source for s in records for e in s.evidence})],
        stances=records,
    )


@given(tidy_datasets())
def test_tidy_round_trip(data):
    """One CSV file holds a dataset without a codebook."""
    back = parse(tidy_contents(data, "tidy.csv"), "tidy.csv")
    assert back == evolve(data, scales=back.scales)


@given(datasets(min_actors=1))
def test_a_csv_loses_nothing_or_is_not_written(tmp_path_factory, data):
    """Either the CSV gives the same dataset back, or it is refused and not there."""
    target = tmp_path_factory.mktemp("data") / f"{data.id.replace(':', '-')}.csv"
    try:
        dump(data, target)
    except LossError:
        assert not target.exists()
    else:
        assert load(target).stances == data.stances


def test_default_values_are_not_written(seed):
    """Evidence in JSON has only what was given."""
    first = json.loads(json_contents(seed))["stances"][0]["evidence"][0]
    assert "speaker" not in first


def test_carriage_returns_survive(tmp_path):
    """The shrunk example of a summary that ended in a carriage return."""
    data = Dataset(
        "d",
        questions=[Question("q", "?", VOTE)],
        actors=[Actor("FRA")],
        sources=[Source("s")],
        stances=[stances.Stance("FRA", "q", "yes", evidence=[Evidence("s", summary="0\r")])],
    )
    dump(data, tmp_path / "d")
    assert load(tmp_path / "d") == data


def written(data, dialect, above):
    """A dataset as another program writes it: the same cells, in a dialect, under some lines."""
    header, *rows = csv.reader(io.StringIO(tidy_contents(data, "tidy.csv").decode(), newline=""))
    numbers = {header.index(name) for name in ("confidence", "salience") if name in header}
    buffer = io.StringIO(newline="")
    buffer.writelines(f"{line}\r\n" for line in above)
    writer = csv.writer(buffer, delimiter=dialect.delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow(c.replace(".", dialect.decimal) if k in numbers else c for k, c in enumerate(row))
    return buffer.getvalue().encode(dialect.encoding)


ENCODINGS, DELIMITERS = ["utf-8", "utf-16", "cp1252"], [",", ";", "\t", "|"]


@st.composite
def dialects(draw, near=None):
    """Dialects that spreadsheets write; those near another share most of its fields."""
    fields = {
        "encoding": st.sampled_from(ENCODINGS),
        "delimiter": st.sampled_from(DELIMITERS),
        "decimal": st.sampled_from([".", ","]),
        "skip": st.integers(0, 4) if near else st.just(0),
    }
    about = {
        name: getattr(near, name) if near and draw(st.integers(0, 3)) else draw(field)
        for name, field in fields.items()
    }
    return Dialect(**about | ({"decimal": "."} if about["delimiter"] == "," else {}))


titles = st.lists(
    st.sampled_from(["", "Stand: 4. Dezember", ";;", '"offen', "sep=;", "Übersicht, Teil 1"]), max_size=3
)


def encodable(data, dialect, above):
    """What is written in a dialect; rejected where its encoding does not have the letters."""
    try:
        return written(data, dialect, above)
    except UnicodeEncodeError:
        reject()


def same(data, back):
    """Tell whether a dataset came back from a CSV file, which names its scales anew."""
    return back == evolve(data, scales=back.scales)


@pytest.mark.hostile("C10", "C11", "C18", "C19", "C25")
@given(tidy_datasets(), dialects(), titles)
def test_dialect_round_trip(data, dialect, above):
    """What is written in a dialect and read with it is the same dataset."""
    dialect = evolve(dialect, skip=len(above))
    content = encodable(data, dialect, above)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "tidy.csv: is read as cp1252, but would be UTF-8")
        assert same(data, parse(content, "tidy.csv", dialect=dialect))


@pytest.mark.hostile("C10", "C11", "C18", "C19", "C25")
@given(tidy_datasets(), dialects(), titles, st.data())
def test_another_dialect_gives_nothing_else(data, dialect, above, draw):
    """What is read with another dialect than it was written in is refused, is the same, or a note tells it.

    Only what is written in cp1252 and is UTF-8 by chance cannot be told.
    """
    dialect = evolve(dialect, skip=len(above))
    other = draw.draw(dialects(near=dialect))
    content = encodable(data, dialect, above)
    assume(dialect.encoding != "cp1252" or other.encoding == "cp1252" or not is_utf8(content))
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        try:
            back = parse(content, "tidy.csv", dialect=other)
        except stances.DatasetError:
            return
    told = any("would be UTF-8 as well" in str(note.message) for note in notes)
    assert same(data, back) or (told and dialect.encoding != other.encoding)


def is_utf8(content):
    """Tell whether bytes are UTF-8 beyond ASCII."""
    try:
        return not content.isascii() and bool(content.decode())
    except UnicodeDecodeError:
        return False
