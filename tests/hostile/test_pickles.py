"""Pickles of results: one of another version is refused, whatever its classes had become."""

import copy
import importlib.util
import pickle
import re
import subprocess
import sys

import attrs
import numpy as np
import pytest
from every_result import every_result, with_scipy

import stances
from stances import VOTE, PairCounts, Positions, pickling
from stances.errors import OtherVersionError, StancesError

HERE = stances.__version__
OTHER = "9.8.7"


def kept(monkeypatch, thing, protocol=pickle.DEFAULT_PROTOCOL):
    """The pickle of a thing as another version would have written it."""
    with monkeypatch.context() as patch:
        patch.setattr(pickling, "__version__", OTHER)
        return pickle.dumps(thing, protocol)


@pytest.fixture(scope="module")
def results():
    """One of every result, and counts, by the name of its class."""
    report, votes = stances.load("paris-beijing-2025"), stances.load("un-landmark-votes")
    found = every_result(report, votes) | {"PairCounts": PairCounts.of(votes.positions())}
    return found | (with_scipy(votes) if importlib.util.find_spec("scipy") else {})


@pytest.mark.hostile("L04")
@pytest.mark.parametrize("protocol", [0, pickle.HIGHEST_PROTOCOL])
def test_a_pickle_of_another_version_is_refused(results, monkeypatch, protocol):
    """Each result names both versions, and how to keep data; one of the same version comes back."""
    for kind, result in results.items():
        with pytest.raises(OtherVersionError, match=re.escape(OTHER)) as caught:
            pickle.loads(kept(monkeypatch, result, protocol))
        assert (caught.value.written_by, caught.value.read_by) == (OTHER, HERE), kind
        assert "dump()" in str(caught.value)
        assert str(pickle.loads(pickle.dumps(result, protocol))) == str(result) or kind == "PairCounts"


@pytest.mark.hostile("L04")
def test_whatever_became_of_its_class(monkeypatch):
    """The version is told where the class was moved, renamed, or has other fields than it had."""
    written = kept(monkeypatch, Positions.from_codes([[0]], scale=VOTE), 0)
    renamed = written.replace(b"cstances.positions\nPositions\n", b"cstances.elsewhere\nTable\n")
    assert renamed != written
    other_fields = written.replace(b"codes", b"cells")
    assert other_fields != written
    for content in (renamed, other_fields):
        with pytest.raises(StancesError, match=f"by stances {OTHER}, and this is stances {HERE}"):
            pickle.loads(content)


@pytest.mark.hostile("L02")
def test_every_result_can_be_copied(results):
    """Copies and deep copies print as their result does."""
    for kind, result in results.items():
        if kind != "PairCounts":
            assert str(copy.copy(result)) == str(copy.deepcopy(result)) == str(result)


def test_counts_can_be_copied(results):
    """Counts add up as their copies do, pickled or not."""
    counts = results["PairCounts"]
    for other in (copy.copy(counts), copy.deepcopy(counts), pickle.loads(pickle.dumps(counts))):
        assert ((other + counts).n_shared == 2 * counts.n_shared).all()


def arrays_of(thing):
    """Every array that a result holds, however deep."""
    if isinstance(thing, np.ndarray):
        yield thing
    elif isinstance(thing, dict | tuple | list):
        for part in thing.values() if isinstance(thing, dict) else thing:
            yield from arrays_of(part)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from arrays_of(getattr(thing, field.name))


@pytest.mark.hostile("L01")
def test_arrays_of_a_copy_cannot_be_written_to(results):
    """What was read-only before it was pickled or copied is read-only after."""
    counted = 0
    for kind, result in results.items():
        sealed = [not array.flags.writeable for array in arrays_of(result)]
        for other in (copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
            found = list(arrays_of(other))
            assert len(found) == len(sealed)
            assert all(not a.flags.writeable for a, due in zip(found, sealed, strict=True) if due), kind
            counted += len(found)
    assert counted > 50


def test_another_process_reads_it(tmp_path):
    """What this process wrote is read by another one of the same version, that has loaded nothing before."""
    data = stances.load("paris-beijing-2025")
    (tmp_path / "data.pickle").write_bytes(pickle.dumps(data))
    code = "import pickle; print(repr(pickle.load(open('data.pickle', 'rb'))))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.strip() == repr(data), done.stderr
