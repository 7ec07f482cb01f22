"""merge: a class's files joined; faults by file, all at once; nothing lost and nothing counted twice."""

import pytest
from hypothesis import given

import stances
from stances import Silence, dump, load, merge
from stances.cli import main
from stances.errors import (
    ClashError,
    DatasetError,
    DuplicateIdError,
    FieldError,
    LevelError,
    NamelessContradictionError,
    StancesWarning,
)
from stances.strategies import datasets

HEAD = "actor,question,position"


@pytest.fixture
def folder(tmp_path):
    """A folder with the starter in `my-data`, whose own stances are faulty."""
    assert main(["new", str(tmp_path / "my-data")]) == 0
    (tmp_path / "my-data" / "stances.csv").write_text("actor;question;position")
    return tmp_path


@pytest.fixture
def sheet(folder):
    """Write one coder's sheet and return its path."""

    def write(name, *rows, head=HEAD):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([head, *rows]) + "\n")
        return path

    return write


def faults_of(*sources, **options):
    """The errors of a merge that fails, each with the names of its files."""
    with pytest.raises(DatasetError) as caught:
        merge(sources, **options)
    return [(type(f.error), [place.file for place in f.places]) for f in caught.value.faults]


def test_sheets_are_read_against_one_codebook(sheet, folder):
    """Sheets of coders become one dataset with the codebook's head, whose own stances are not looked at."""
    files = [sheet("ann.csv", "FRA,ceasefire,for"), sheet("ben.csv", "FRA,ceasefire,against")]
    for codebook in (folder / "my-data", folder / "my-data" / "codebook.toml"):
        data = merge(files, codebook=codebook, coder_from_filename=True)
        assert [(s.coder, s.position) for s in data.stances] == [("ann", "for"), ("ben", "against")]
        assert (data.id, data.title) == ("my-data", "What two actors say about one thing")
        assert len(data.uncoded) == 1


def test_codebooks_of_any_form(sheet, seed, folder):
    """The codebook of a shipped dataset or a JSON file will do; its stances are left out."""
    dump(seed, folder / "book.json")
    file = sheet("ann.csv", "FRA,gaza-reconstruction,supportive")
    for codebook in ("paris-beijing-2025", folder / "book.json"):
        assert len(merge([file], codebook=codebook).stances) == 1


def test_tidy_files_need_no_codebook(sheet):
    """Tidy files with a declared scale are joined under the name merged."""
    files = [sheet("ann.csv", "FRA,r1,yes"), sheet("ben.csv", "CHN,r2,silent")]
    data = merge(files, scale="vote", coder_from_filename=True)
    assert data.id == "merged"
    assert [(s.coder, s.position) for s in data.stances] == [("ann", "yes"), ("ben", Silence.SILENT)]
    assert [actor.id for actor in data.actors] == ["FRA", "CHN"]


def test_folders_give_their_names(sheet, folder):
    """Folders that share a codebook are joined, and the folder's name is the coder's."""
    for coder in ("ann", "ben"):
        dump(merge([sheet("x.csv", "FRA,ceasefire,for")], codebook=folder / "my-data"), folder / coder)
    data = merge([folder / "ann", folder / "ben"], coder_from_filename=True)
    assert [stance.coder for stance in data.stances] == ["ann", "ben"]
    assert data.id == "my-data"


def test_a_named_coder_is_kept(sheet):
    """A row that names its coder keeps it, and a warning names file and coder."""
    file = sheet("ann.csv", "FRA,r1,yes,coder-9", "CHN,r1,yes,", head=HEAD + ",coder")
    with pytest.warns(StancesWarning, match=r"ann.csv: names coders of its own, who are kept: coder-9"):
        data = merge([file], scale="vote", coder_from_filename=True)
    assert [stance.coder for stance in data.stances] == ["coder-9", "ann"]


def test_repeated_stances_are_counted_once(sheet):
    """A stance in two files is one stance with the evidence of both."""
    head = HEAD + ",source,locator"
    files = [sheet(f"{k}.csv", f"FRA,r1,yes,s,{k}", head=head) for k in (1, 2)]
    with pytest.warns(StancesWarning, match="in several files, and are counted once: 1"):
        data = merge(files, scale="vote")
    (stance,) = data.stances
    assert [evidence.locator for evidence in stance.evidence] == ["1", "2"]


def test_the_same_file_twice_is_read_once(sheet):
    """A file that is named twice is read once."""
    file = sheet("ann.csv", "FRA,r1,yes")
    assert merge([file, file], scale="vote", coder_from_filename=True) == merge(
        [file], scale="vote", coder_from_filename=True
    )


def test_contradictions_between_nameless_files(sheet):
    """Two levels for one act in two files without coders are told with both, and with what may be meant."""
    files = [sheet("ann.csv", "FRA,r1,yes"), sheet("ben.csv", "FRA,r1,no")]
    with pytest.raises(DatasetError, match=r"ann.csv and .*ben.csv: .*'yes' and 'no'.*--coder-from-filename"):
        merge(files, scale="vote")
    assert faults_of(*files, scale="vote") == [(NamelessContradictionError, [str(f) for f in files])]


def test_faults_of_all_files_are_told_at_once(sheet, folder):
    """Each fault names its file as it was given; one good file does not hide the others' faults."""
    files = [
        sheet("ann.csv", "FRA,ceasefire,fro"),
        sheet("ben.csv", "FRA,ceasefire,for"),
        sheet("coder-3.csv", "FRA,ceasefire,for,more"),
        folder / "nobody.csv",
        folder / "my-data",
        folder / "empty",
    ]
    (folder / "empty").mkdir()
    found = faults_of(*files, codebook=folder / "my-data", coder_from_filename=True)
    assert found[0] == (LevelError, [str(files[0])])
    assert [names for _, names in found] == [
        [str(files[0])],
        [str(files[2])],
        [str(files[3])],
        [f"{files[4]}/stances.csv"],
        [str(files[5])],
    ]


def test_a_sheet_that_is_no_text(folder):
    """A sheet in another encoding is told with its file."""
    (folder / "ann.csv").write_bytes("actor".encode("utf-16"))
    with pytest.raises(DatasetError, match=r"ann.csv: is written in UTF-16; read it with dialect"):
        merge([folder / "ann.csv"], codebook=folder / "my-data")


def test_a_faulty_codebook_is_told_at_its_line(sheet, folder):
    """Faults of the codebook alone are told with their lines."""
    book = folder / "my-data" / "codebook.toml"
    book.write_text(book.read_text().replace('issues = ["ukraine"]', 'issues = ["ukrain"]'))
    with pytest.raises(DatasetError, match=r"codebook.toml, line \d+.*did you mean 'ukraine'"):
        merge([sheet("ann.csv", "FRA,ceasefire,for")], codebook=book)


def test_two_files_for_one_coder_are_refused(sheet):
    """Two files of the same name would make one coder of two, and are refused."""
    files = [sheet("a/stances.csv", "FRA,r1,yes"), sheet("b/stances.csv", "CHN,r1,yes")]
    assert faults_of(*files, scale="vote", coder_from_filename=True) == [
        (DuplicateIdError, [str(f) for f in files])
    ]
    assert len(merge(files, scale="vote").stances) == 2


def test_a_name_that_contradicts_a_row(sheet):
    """A nameless row that contradicts a row of the coder whom the file is named after is a fault of the file."""
    file = sheet("ann.csv", "FRA,r1,yes,ann", "FRA,r1,no,", head=HEAD + ",coder")
    with pytest.warns(StancesWarning, match="kept: ann"):
        ((_, names),) = faults_of(file, scale="vote", coder_from_filename=True)
    assert names == [str(file), str(file)]


def test_codebooks_that_differ_are_told(sheet, folder):
    """What two codebooks describe differently is told with both, and with the fields that differ."""
    for name, text in {"a": "Soon?", "b": "Now?"}.items():
        dump(merge([sheet("x.csv", "FRA,ceasefire,for")], codebook=folder / "my-data"), folder / name)
        book = folder / name / "codebook.toml"
        book.write_text(book.read_text().replace("A ceasefire should come as soon as possible.", text))
    with pytest.raises(DatasetError, match="question 'ceasefire' is described differently: text") as caught:
        merge([folder / "a", folder / "b"], coder_from_filename=True)
    (fault,) = caught.value.faults
    assert isinstance(fault.error, ClashError)
    assert [place.file for place in fault.places] == [str(folder / "a"), str(folder / "b")]


def test_scales_that_differ_are_told_once(sheet):
    """Two files that declare different levels clash on the question alone."""
    files = [
        sheet(f"{k}.csv", f"FRA,r1,b,{scale}", head=HEAD + ",scale")
        for k, scale in enumerate(("a < b", "b < c"))
    ]
    with pytest.raises(DatasetError) as caught:
        merge(files)
    (fault,) = caught.value.faults
    assert (fault.error.kind, fault.error.fields) == ("question", ("scale",))


def test_levels_that_differ_are_told_once(sheet, folder):
    """A scale that two codebooks give other levels is told as such, and not for each of its questions."""
    for name, level in {"a": "for", "b": "in favour"}.items():
        dump(merge([sheet("x.csv", "FRA,ceasefire,against")], codebook=folder / "my-data"), folder / name)
        book = folder / name / "codebook.toml"
        book.write_text(book.read_text().replace('"for"', f'"{level}"'))
    with pytest.raises(DatasetError) as caught:
        merge([folder / "a", folder / "b"], coder_from_filename=True)
    (fault,) = caught.value.faults
    assert (fault.error.kind, fault.error.id, fault.error.fields) == ("scale", "stance", ("levels",))


def test_nothing_to_merge_is_refused():
    """At least one source is due."""
    with pytest.raises(FieldError, match="at least one file"):
        merge([])


@given(datasets())
def test_merging_one_dataset_changes_nothing(tmp_path_factory, data):
    """A dataset merged alone is the same dataset."""
    file = tmp_path_factory.mktemp("merge") / "one.json"
    dump(data, file)
    assert merge([file]) == load(file)


def test_merge_is_public():
    """The function is named at the root."""
    assert stances.merge is merge
