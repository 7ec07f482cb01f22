"""The benchmarks, on tiny workloads: every row comes out, and ours and theirs give the same. No time is asserted."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import stances

PROJECT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(
    not (PROJECT / "benchmarks").is_dir(), reason="the benchmarks are run from a checkout"
)


@pytest.fixture(autouse=True)
def checkout(monkeypatch):
    """The checkout, from which the benchmarks are imported."""
    monkeypatch.syspath_prepend(str(PROJECT))


@pytest.fixture
def plan():
    """Every workload, tiny, one round."""
    from benchmarks.contests import Plan
    from benchmarks.workloads import TINY

    return Plan(TINY, rounds=1)


@pytest.fixture
def engines(monkeypatch):
    """The names of the engines that were chosen, in order."""
    pytest.importorskip("simsimd")
    from stances.counts import engines

    chosen, only = [], engines.only
    monkeypatch.setattr(engines, "only", lambda name: chosen.append(name) or only(name))
    return chosen


def test_every_row_comes_out(plan):
    """Every workload has rows, each measured or with the reason why not, and no two results differ."""
    from benchmarks.page import table
    from benchmarks.suite import run

    rows = list(run(plan))
    assert {row.workload for row in rows} == set(plan.sizes)
    assert [row.what for row in rows if not row.agrees] == []
    assert all(row.ratio is not None or "not" in row.note or "no " in row.note for row in rows)
    assert table(rows).count("\n") == len(rows) + 3


def test_results_are_compared(plan):
    """Every peer that is installed is compared with us, cell by cell."""
    from benchmarks import joins, pair_by_pair, peers

    for group in (joins, pair_by_pair, peers):
        assert all(row.difference is not None for row in group.rows(plan) if row.ratio is not None)


def test_both_engines_are_timed(plan, engines):
    """With engines to choose from, fast runs beside numpy alone, and simsimd by hand gives the same."""
    from benchmarks import fast_path, peers

    rows = [*fast_path.rows(plan), *(row for row in peers.rows(plan) if "by hand" in row.what)]
    assert all(row.difference is not None and row.agrees and row.ratio > 0 for row in rows)
    assert {"simsimd", "numpy"} == set(engines)


def test_a_wrong_result_is_never_met():
    """A row whose results differ, or are undefined on one side only, is not met, however fast it is."""
    from benchmarks.contests import Row, at_least
    from benchmarks.workloads import largest

    half = largest(np.array([1.0, np.nan]), np.array([1.0, 0.5]))
    for difference in (0.5, half):
        assert Row("A", "fast", 1.0, 9.0, 9.0, at_least(5), difference).met == "no: results differ"
    assert Row("A", "fast", 1.0, 9.0, 9.0, at_least(5), 0.0).met == "yes"


def test_ratios_go_the_way_that_is_due():
    """At least is theirs over ours, at most is ours over theirs, and a part is scaled to the whole."""
    import time

    from benchmarks.contests import Contest, Plan, at_least, at_most

    def slow():
        return lambda: time.sleep(0.04)

    def quick():
        return lambda: time.sleep(0.01)

    plan = Plan({}, rounds=1)
    assert Contest("A", "x", quick, slow, at_least(1)).run(plan).ratio > 1
    assert Contest("A", "x", quick, slow, at_most(1)).run(plan).ratio < 1
    scaled = Contest("A", "x", quick, slow, at_least(1), theirs_scale=100.0).run(plan)
    assert scaled.ratio > 100
    assert scaled.theirs > 4


def test_a_missing_peer_gives_a_row(plan):
    """What is not installed leaves its row without numbers."""
    from benchmarks.contests import Contest

    row = Contest("A", "against nothing", lambda: None, lambda: None, needs=("no_such_peer.part",)).run(plan)
    assert (row.ratio, row.met, row.note) == (None, "", "no_such_peer is not installed")


def test_voters_are_matched(plan, monkeypatch):
    """The bare product and the join find the same nearest parties, and a library that does is timed."""
    from benchmarks import bare, voters

    def nearest(voters, parties, k):
        return SimpleNamespace(values=bare.nearest(voters.codes, parties.codes, 5, k)[1])

    monkeypatch.setattr(stances, "nearest", nearest, raising=False)
    rows = list(voters.rows(plan))
    assert len(rows) == 3
    assert all(row.agrees for row in rows)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is read from Linux")
def test_memory_is_told_by_part(plan):
    """A matrix of 20 actors holds its own arrays, each counted once, and the peak is above the start."""
    from benchmarks import memory

    found = memory.watch(plan.sizes["D"], "agreement")
    assert found["peak"] >= found["before"] > 0
    assert found["results"] >= 20 * 20 * 8
    assert found["inputs"] == 20 * 60


def test_the_page_keeps_its_place_for_the_table(plan):
    """The docs hold one place for the table, and writing changes nothing beside it."""
    from benchmarks import page
    from benchmarks.contests import Row

    text = page.PAGE.read_text("utf-8")
    assert len(page.PART.findall(text)) == 1
    once = page.written(text, [Row("A", "a_b | c", 1.0, 2.0, 2.0)])
    assert r"a\_b \| c" in once
    assert page.written(once, []) == page.written(text, [])
    assert page.PART.sub("", once) == page.PART.sub("", text)
    with pytest.raises(SystemExit, match=r"performance\.md"):
        page.written("no comments", [])


def test_the_command_prints_a_table():
    """`python -m benchmarks` tells progress on stderr and prints the table; it writes all or nothing."""
    command = [sys.executable, "-m", "benchmarks"]
    run = {"cwd": PROJECT, "capture_output": True, "text": True, "env": dict(os.environ)}
    done = subprocess.run([*command, "H", "--rounds", "1"], check=False, **run)
    assert done.returncode == 0, done.stderr
    assert "import stances, against import numpy" in done.stdout
    assert "import stances, against import numpy" in done.stderr
    refused = subprocess.run([*command, "H", "--write"], check=False, **run)
    assert (refused.returncode, "run of all workloads" in refused.stderr) == (2, True)
