"""The fixtures, and that nobody gets them who did not ask."""

import configparser
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest

from stances import VOTE
from stances.positions import ABSENT, NOT_ELIGIBLE
from stances.testing import made_up_votes
from stances.testing.plugin import seed_dataset, un_like_positions  # noqa: F401  # what opting in does

SETUP = Path(__file__).resolve().parents[2] / "setup.cfg"
USES = """
def test_fixtures(seed_dataset, un_like_positions):
    assert seed_dataset.id == "paris-beijing-2025"
    assert un_like_positions.n_actors == 12
"""


def test_the_seed_comes_as_a_fixture(seed_dataset):  # noqa: F811
    """`seed_dataset` is the shipped report."""
    assert seed_dataset.id == "paris-beijing-2025"


def test_the_votes_look_like_the_assembly(un_like_positions):  # noqa: F811
    """Twelve states, sixty votes, three sessions; every answer, absences, a late member, unanimity."""
    table = un_like_positions
    assert table.codes.shape == (12, 60)
    assert {question.scale for question in table.questions} == {VOTE}
    assert {question.session for question in table.questions} == {"1", "2", "3"}
    assert len(table.issues) == 4
    assert all(question.date for question in table.questions)
    assert set(np.unique(table.codes)) == {NOT_ELIGIBLE, ABSENT, 0, 1, 2}
    late = (table.codes == NOT_ELIGIBLE).sum(axis=1)
    assert list(late[:-1]) == [0] * 11
    assert 0 < late[-1] < 60
    unanimous = [(codes[codes >= 0] == 2).all() for codes in table.codes.T]
    assert 0 < sum(unanimous) < 20


def test_the_votes_are_always_the_same():
    """The made-up votes are a fixed table, which examples and published numbers can rest on."""
    one, other = made_up_votes(), made_up_votes()
    assert np.array_equal(one.codes, other.codes)
    assert one.questions == other.questions
    assert [int((one.codes == code).sum()) for code in (0, 1, 2, ABSENT, NOT_ELIGIBLE)] == [
        81,
        112,
        484,
        18,
        25,
    ]


@pytest.mark.parametrize("opted", [True, False])
def test_fixtures_are_there_for_who_asks(tmp_path, opted):
    """The plugin's fixtures exist where a test file or conftest names the plugin, and nowhere else."""
    line = 'pytest_plugins = ["stances.testing.plugin"]\n' if opted else ""
    (tmp_path / "test_mine.py").write_text(line + USES, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert ("1 passed" in done.stdout) == opted, done.stdout
    assert ("fixture 'seed_dataset' not found" in done.stdout) != opted


def test_nothing_is_loaded_into_every_pytest():
    """No entry point makes pytest load the library in other people's suites."""
    mine = [entry for entry in entry_points(group="pytest11") if entry.value.startswith("stances")]
    assert mine == []
    if SETUP.is_file():
        config = configparser.ConfigParser()
        config.read(SETUP, encoding="utf-8")
        assert "pytest11" not in dict(config["options.entry_points"])
