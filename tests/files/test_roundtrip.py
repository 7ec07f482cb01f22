"""What is dumped is loaded again, exactly, in every form."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Actor, Dataset, Evidence, Issue, Question, Source, dump, load
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
