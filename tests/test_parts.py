"""Counts of a dataset in parts: the same as of the whole, wherever they are made, and whatever goes wrong."""

import importlib.util
import logging
import os
import pickle
import signal
import tempfile
import time
from functools import partial
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from stances import VOTE, PairCounts, Positions, Scale, StancesError, StancesWarning, count_parts, from_table
from stances.counts import Plan
from stances.errors import (
    DatasetError,
    DuplicateIdError,
    FieldError,
    MissingExtraError,
    QuestionInTwoPartsError,
    UnorderedScaleError,
)
from stances.measures import MEASURES
from stances.parts import cluster as on_cluster
from stances.parts.tasks import hashed
from stances.readers.shuffled import joined, parted
from stances.readers.tables import read_table

GRADED = Scale("graded", ["a", "b", "c", "d"])
HEADER = ("actor", "question", "position")


def csv_part(folder, name, rows, header=HEADER):
    """Write a part of CSV, and return its path."""
    path = Path(folder, name)
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in [header, *rows]), "utf-8")
    return path


def parquet_parts(folder, rows, parts):
    """Write rows to Parquet, each to the part that its number says."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    for k in sorted(set(parts)):
        chosen = [row for row, part in zip(rows, parts, strict=True) if part == k]
        columns = zip(*chosen, strict=True)
        table = pa.table(dict(zip(HEADER, columns, strict=True)))
        parquet.write_table(table, Path(folder, f"p{k:02}.parquet"))
    return folder


def rows_of(codes, scale=GRADED):
    """Return the rows of a table of codes, levels by their label."""
    return [
        (f"A{i}", f"q{j}", scale.levels[codes[i, j]] if codes[i, j] >= 0 else "silent")
        for i, j in np.argwhere(codes != -1)
    ]


def assert_same(one, other):
    """Check that two counts hold the same numbers, bit by bit."""
    assert (one.rows, one.columns, one.measure) == (other.rows, other.columns, other.measure)
    assert len(one.strata) == len(other.strata)
    for mine, theirs in zip(one.strata, other.strata, strict=True):
        assert mine.scale == theirs.scale
        assert np.array_equal(mine.n_shared, theirs.n_shared)
        assert mine.sums.keys() == theirs.sums.keys()
        for name, array in mine.sums.items():
            assert np.array_equal(array, theirs.sums[name]), name


def whole(table, measure=None):
    """Return the counts of positions with their actors sorted, at once."""
    plan = Plan() if measure is None else Plan(MEASURES[measure], silences=False, squares=False)
    return PairCounts.of(table.rows(sorted(table.actors)), plan=plan)


@st.composite
def tables(draw):
    """Draw rows of a table, a part for each question, and one for each row."""
    n, q = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    cells = draw(st.lists(st.integers(-2, 3), min_size=n * q, max_size=n * q))
    codes = np.array(cells, dtype=np.int8).reshape(n, q)
    rows = draw(st.permutations(rows_of(codes)))
    of_question = {f"q{j}": draw(st.integers(0, 3)) for j in range(q)}
    of_row = [draw(st.integers(0, 3)) for _ in rows]
    return rows, [of_question[row[1]] for row in rows], of_row


@given(
    tables(), st.sampled_from([None, "agreement", "cohen_kappa_quadratic", "kendall_tau_b"]), st.booleans()
)
def test_parts_count_like_the_whole(table, measure, shuffle):
    """However questions, or with a shuffle rows, are put into parts, the counts are those of the whole."""
    rows, by_question, by_row = table
    with tempfile.TemporaryDirectory() as folder:
        due = whole(from_table(csv_part(folder, "whole.csv", rows), scale=GRADED), measure)
        parts = by_row if shuffle else by_question
        files = [
            csv_part(folder, f"{k}.csv", [r for r, part in zip(rows, parts, strict=True) if part == k])
            for k in range(4)
        ]
        found = count_parts(files, scale=GRADED, measure=measure, shuffle=shuffle)
    assert_same(found, due)


def test_counts_add_up_to_the_last_bit():
    """A distance on four levels is a third: sums of parts are rounded as the sum of the whole is."""
    rng = np.random.default_rng(3)
    table = Positions.from_codes(rng.integers(-1, 4, (12, 90)), scale=GRADED)
    plan = Plan(MEASURES["agreement"], silences=False, squares=False)
    parts = [PairCounts.of(table.take(range(k, k + 6)), plan=plan) for k in range(0, 90, 6)]
    total = parts[0]
    for part in parts[1:]:
        total += part
    assert_same(total, PairCounts.of(table, plan=plan))


def test_weights_that_are_no_whole_numbers_stay():
    """Only what rounding did is put right: weighted sums of thirds are left as they are."""
    table = Positions.from_codes(
        [[0, 1, 3, 2]] * 2 + [[1, 1, 0, 0]], scale=GRADED, weights=[0.7, 1.3, 0.9, 1.1]
    )
    plan = Plan(MEASURES["agreement"], silences=False, squares=False)
    parts = PairCounts.of(table.take([0, 1]), plan=plan) + PairCounts.of(table.take([2, 3]), plan=plan)
    due = PairCounts.of(table, plan=plan)
    assert np.allclose(parts.strata[0]["disagreement"], due.strata[0]["disagreement"], rtol=1e-15, atol=0)


def test_weights_count(tmp_path):
    """A column of weights is read, and the sums are those of the whole but for rounding."""
    header = (*HEADER, "weight")
    rows = [
        (a, f"q{j}", "yes" if (j + k) % 3 else "no", 0.1 * j + 0.5)
        for j in range(6)
        for k, a in enumerate("AB")
    ]
    files = [
        csv_part(tmp_path, f"{k}.csv", [r for r in rows if int(r[1][1]) % 2 == k], header) for k in (0, 1)
    ]
    due = PairCounts.of(from_table(csv_part(tmp_path, "w.csv", rows, header), scale="vote", weight="weight"))
    for shuffle in (False, True):
        found = count_parts(files, scale="vote", weight="weight", shuffle=shuffle)
        assert np.allclose(found.strata[0].cells, due.strata[0].cells, rtol=1e-14, atol=0)


def test_actors_given_are_those_counted(tmp_path):
    """A list of actors leaves others out, keeps its order, and holds those without a row."""
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("CHN", "r1", "no"), ("USA", "r1", "no")])
    second = csv_part(tmp_path, "2.csv", [("USA", "r2", "no")])
    counts = count_parts([first, second], scale="vote", actors=["USA", "NRU", "FRA"])
    assert counts.rows == ("USA", "NRU", "FRA")
    assert counts.n_shared.tolist() == [[2, 0, 1], [0, 0, 0], [1, 0, 1]]


def test_new_parts_are_added_to_old_counts(tmp_path):
    """Counts of last year, and of this year for the same actors, make those of both years."""
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("CHN", "r1", "no")])
    second = csv_part(tmp_path, "2.csv", [("FRA", "r2", "yes")])
    old = count_parts([first], scale="vote")
    both = old + count_parts([second], scale="vote", actors=old.rows)
    assert_same(both, count_parts([first, second], scale="vote"))


def test_frames_are_parts(tmp_path):
    """A part may be a frame, as an engine hands it over; a part without rows counts nothing."""
    pa = pytest.importorskip("pyarrow")
    full = pa.table({"actor": ["FRA", "CHN"], "question": ["r1", "r1"], "position": ["yes", "no"]})
    assert count_parts([full, full.slice(0, 0)], scale="vote").n_shared.tolist() == [[1, 1], [1, 1]]
    assert count_parts([full.slice(0, 0)], scale="vote").rows == ()
    with pytest.raises(QuestionInTwoPartsError, match=r"'r1' has rows in part 1 and in part 3"):
        count_parts([full, full.slice(0, 0), full], scale="vote")


def test_a_folder_or_a_file_of_parquet(tmp_path):
    """Of a folder its Parquet files are the parts; a single file is one part."""
    folder = parquet_parts(tmp_path, rows_of(np.eye(3, dtype=np.int8)), [0, 1, 2] * 3)
    Path(folder, "_SUCCESS").write_text("")
    counts = count_parts(folder, scale=GRADED, shuffle=True)
    assert counts.n_shared.tolist() == [[3, 3, 3]] * 3
    assert count_parts(str(folder / "p00.parquet"), scale=GRADED).n_shared.max() == 1


def test_a_question_in_two_parts_is_refused(tmp_path):
    """Counts add up over questions, not over rows: the error names a question, both parts, and the way out."""
    first = csv_part(tmp_path, "1.csv", [("FRA", "More tax?", "yes"), ("FRA", "r1", "no")])
    second = csv_part(tmp_path, "2.csv", [("CHN", " More tax? ", "yes"), ("CHN", "r2", "no")])
    with pytest.raises(QuestionInTwoPartsError) as raised:
        count_parts([first, second], scale="vote")
    error = raised.value
    assert (error.question, error.parts) == ("More tax?", (str(first), str(second)))
    assert "pass shuffle=True" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert count_parts([first, second], scale="vote", shuffle=True).n_shared[0, 1] == 1


def test_two_names_of_one_hash_are_no_clash(tmp_path, monkeypatch):
    """Should two questions have one hash, nothing is refused, as their names are compared."""
    monkeypatch.setattr("stances.parts.tasks.hashed", lambda name: 7)
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes")])
    second = csv_part(tmp_path, "2.csv", [("FRA", "r2", "yes")])
    assert count_parts([first, second], scale="vote").n_shared.tolist() == [[2]]


@pytest.mark.parametrize(
    ("name", "due"),
    [("r1", 3512079124192222595), ("Größe", 8433303749423783192), ("\ud800", 7497787021708494914)],
)
def test_a_hash_is_the_same_everywhere(name, due):
    """The hash of a question is fixed: processes and machines send it to the same bucket."""
    assert hashed(name) == due


@pytest.mark.parametrize("shuffle", [False, True])
def test_a_contradiction_is_told_with_file_and_row(tmp_path, shuffle):
    """Rows of a question that differ are found in a part, and after a shuffle between parts."""
    rows = [("FRA", "r1", "yes"), ("CHN", "r1", "no"), ("FRA", "r1", "no")]
    first = csv_part(tmp_path, "1.csv", rows[: 2 if shuffle else 3])
    second = csv_part(tmp_path, "2.csv", [("FRA", "r2", "no"), *(rows[2:] if shuffle else [])])
    with pytest.raises(DatasetError) as raised:
        count_parts([first, second], scale="vote", shuffle=shuffle)
    where = "1.csv, line 2 and 2.csv, line 3" if shuffle else "1.csv, line 2 and 1.csv, line 4"
    assert str(raised.value).startswith(f"{where}: 'FRA' on 'r1' is both 'yes' and 'no'")


def test_rows_of_another_width_are_told_after_a_shuffle(tmp_path):
    """A fault of a row that belongs to no question is not lost between the buckets."""
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("CHN", "r1")])
    with pytest.raises(DatasetError, match=r"1\.csv, line 3"):
        count_parts([first, first], scale="vote", shuffle=True)


def test_an_actor_that_cannot_be_named_is_told_with_its_row(tmp_path):
    """The list of actors is made without it, so that its place is told with all other faults."""
    part = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("A\u200bB", "r1", "no"), ("", "r1", "no")])
    with pytest.raises(DatasetError) as raised:
        count_parts([part], scale="vote")
    assert [fault.places[0].line for fault in raised.value.faults] == [3, 4]


def test_repeated_rows_are_counted_once_with_a_warning(tmp_path):
    """The warning of the reader names the part."""
    part = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("FRA", "r1", "yes")])
    with pytest.warns(StancesWarning, match=r"1\.csv: 1 row repeats"):
        assert count_parts([part], scale="vote").n_shared.tolist() == [[1]]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"parts": []}, FieldError),
        ({"actors": []}, FieldError),
        ({"actors": ["FRA", "FRA"]}, DuplicateIdError),
        ({"scale": "red | green", "measure": "kendall_tau_b"}, UnorderedScaleError),
        ({"measure": "agreemnt"}, StancesError),
        ({"scale": "no < no"}, StancesError),
        ({"actor": "state"}, DatasetError),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, options, error):
    """Arguments that make no sense are refused in the house's words."""
    part = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes")])
    given_options = {"parts": [part], "scale": "vote"} | options
    with pytest.raises(error):
        count_parts(given_options.pop("parts"), **given_options)


def test_progress_here(tmp_path):
    """Every part is told twice: looked through or split, and counted."""
    files = [csv_part(tmp_path, f"{k}.csv", [("FRA", f"r{k}", "yes")]) for k in range(3)]
    told = []
    for shuffle in (False, True):
        count_parts(files, scale="vote", shuffle=shuffle, progress=lambda *step: told.append(step))
    assert told == [(k, 6) for k in range(1, 7)] * 2


def test_an_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    """The folder that rows are shuffled through is gone after an interrupt."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    files = [csv_part(tmp_path, f"{k}.csv", [("FRA", f"r{k}", "yes")]) for k in range(3)]
    seen = []

    def interrupt(done, due):
        seen.extend((tmp_path / "temporary").iterdir())
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count_parts(files, scale="vote", shuffle=True, progress=interrupt)
    assert seen
    assert not list((tmp_path / "temporary").iterdir())


@given(tables())
def test_rows_parted_and_joined_are_the_rows(table):
    """Each row is in one bucket, and knows its place there and after buckets are joined."""
    rows, _, _ = table
    with tempfile.TemporaryDirectory() as folder:
        read, _ = read_table(csv_part(folder, "t.csv", rows), HEADER)
    targets = [k % 3 for k in range(len(read.factors[1].values))]
    found = joined(parted(read, 1, targets, 3), "all")
    told = {
        found.place(k).line: tuple(f.values[f.numbers[k]] for f in found.factors)
        for k in range(len(found.lines))
    }
    assert told == {k + 2: tuple(map(str, row)) for k, row in enumerate(rows)}


def test_measures_pickle():
    """Whatever is asked of a worker can be sent to it, and is the same there."""
    assert {name: pickle.loads(pickle.dumps(measure)) for name, measure in MEASURES.items()} == dict(MEASURES)


def test_a_client_without_distributed(monkeypatch, tmp_path):
    """Where the extra is not installed, the error says how to install it."""
    monkeypatch.setattr(on_cluster, "find_spec", lambda name: None)
    part = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes")])
    with pytest.raises(MissingExtraError, match=r"pip install 'stances\[dask\]'"):
        count_parts([part], scale="vote", client=object())


def test_threads_of_a_process_are_found(monkeypatch):
    """Without threadpoolctl the variables of the environment tell, and else the number of cores."""
    monkeypatch.setattr(on_cluster, "find_spec", lambda name: None)
    for name in on_cluster.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert on_cluster.blas_threads() == (os.cpu_count() or 1)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert on_cluster.blas_threads() == 3
    with pytest.warns(StancesWarning, match=r"1 of 2 workers multiply with several threads \(w2: 3\)"):
        on_cluster._check_threads({"w1": 1, "w2": 3})


# on a cluster of real processes


@pytest.fixture(scope="module")
def client():
    """A client of two workers, each a process of one thread; closed after the tests of this file."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("a cluster needs the extra dask: python -m pip install 'stances[dask]'")
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**options, silence_logs=logging.CRITICAL) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A folder of nine parts of Parquet, and the same rows as positions."""
    rng = np.random.default_rng(11)
    codes = rng.integers(-2, 4, (12, 400)).astype(np.int8)
    rows = rows_of(codes)
    rng.shuffle(rows)
    rows = [tuple(map(str, row)) for row in rows]
    folder = tmp_path_factory.mktemp("archive")
    parquet_parts(folder, rows, [int(row[1][1:]) % 9 for row in rows])
    return folder, from_table(csv_part(tmp_path_factory.mktemp("whole"), "whole.csv", rows), scale=GRADED)


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("measure", [None, "agreement", "krippendorff_alpha"])
def test_a_cluster_counts_like_the_whole(client, archive, measure, shuffle):
    """Workers give the integers that the whole gives here at once."""
    folder, table = archive
    found = count_parts(folder, scale=GRADED, measure=measure, client=client, shuffle=shuffle)
    assert_same(found, whole(table, measure))
    assert_same(found, count_parts(folder, scale=GRADED, measure=measure, shuffle=shuffle))


def test_one_part_on_a_cluster(client, archive):
    """A single part needs no sum."""
    part = archive[0] / "p00.parquet"
    assert_same(count_parts(part, scale=GRADED, client=client), count_parts(part, scale=GRADED))


def test_workers_multiply_with_one_thread(client):
    """The processes of a LocalCluster are started so."""
    assert set(client.run(on_cluster.blas_threads).values()) == {1}


def test_a_worker_may_die_midway(client, archive):
    """A worker is killed once the first part has been counted; what it held is counted again."""
    folder, table = archive
    before = set(client.run(os.getpid).values())

    def kill(victim, done, due):
        if done == 10:  # nine parts were looked through, and one of nine counted
            os.kill(victim, signal.SIGKILL)

    found = count_parts(folder, scale=GRADED, client=client, progress=partial(kill, min(before)))
    assert_same(found, whole(table))
    client.wait_for_workers(2, timeout=60)
    assert min(before) not in set(client.run(os.getpid).values())


def test_a_worker_may_die_midway_in_a_shuffle(client, archive):
    """Rows that the dead worker had split are split again."""
    folder, table = archive
    victim = min(client.run(os.getpid).values())

    def kill(done, due):
        if done == 10:
            os.kill(victim, signal.SIGKILL)

    assert_same(count_parts(folder, scale=GRADED, client=client, shuffle=True, progress=kill), whole(table))
    client.wait_for_workers(2, timeout=60)


def test_progress_on_a_cluster(client, archive):
    """Steps are told as parts finish, in whatever order they do."""
    told = []
    for shuffle in (False, True):
        count_parts(
            archive[0], scale=GRADED, client=client, shuffle=shuffle, progress=lambda *step: told.append(step)
        )
    assert told == [(k, 18) for k in range(1, 19)] * 2


def test_faults_come_from_workers_as_they_are_here(client, tmp_path):
    """A contradiction, a clash of parts and a warning read as they do without a cluster."""
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("FRA", "r1", "no")])
    with pytest.raises(DatasetError, match=r"1\.csv, line 2 and 1\.csv, line 3: 'FRA' on 'r1'"):
        count_parts([first], scale="vote", client=client)
    second = csv_part(tmp_path, "2.csv", [("CHN", "r1", "yes"), ("CHN", "r1", "yes")])
    with pytest.raises(QuestionInTwoPartsError, match="'r1' has rows in"):
        count_parts([first, second], scale="vote", client=client)
    with pytest.warns(StancesWarning, match=r"2\.csv: 1 row repeats"):
        count_parts([second], scale="vote", client=client)


def test_an_interrupt_cancels_what_was_asked_for(client, archive):
    """After an interrupt the scheduler has nothing of it left to do."""

    def interrupt(done, due):
        if done == 11:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count_parts(archive[0], scale=GRADED, client=client, progress=interrupt)
    tries = 200
    while client.run_on_scheduler(_n_tasks) and tries:
        tries -= 1
        time.sleep(0.05)
    assert tries


def _n_tasks(dask_scheduler):
    return len(dask_scheduler.tasks)


def test_votes_on_a_cluster(client, tmp_path):
    """A part of CSV, and a frame, go to workers like files of Parquet."""
    pa = pytest.importorskip("pyarrow")
    first = csv_part(tmp_path, "1.csv", [("FRA", "r1", "yes"), ("CHN", "r1", "no")])
    second = pa.table({"actor": ["FRA"], "question": ["r2"], "position": ["no"]})
    counts = count_parts([first, second], scale=VOTE, client=client)
    assert counts.n_shared.tolist() == [[1, 1], [1, 2]]


def test_what_is_no_client_is_refused(tmp_path):
    """Anything but a client of Dask is told so."""
    pytest.importorskip("distributed")
    (tmp_path / "a.csv").write_text("actor,question,position\nA,q1,yes\n")
    with pytest.raises(StancesError, match=r"client 3 is no distributed\.Client"):
        count_parts([tmp_path / "a.csv"], scale="vote", client=3)
