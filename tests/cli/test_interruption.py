"""Ctrl-C ends a long computation at once, and leaves nothing half-written."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C, which is POSIX")
@pytest.mark.hostile("F06", "F13")
def test_nothing_is_left_of_an_interrupted_run(tmp_path):
    """A bootstrap of many resamples is stopped: exit status 130, a word on stderr, and no file."""
    codes = np.random.default_rng(1).integers(0, 3, (500, 1000))
    labels = np.array(["no", "abstain", "yes"])[codes]
    rows = (f"A{i:03d},q{j:04d},{label}\n" for (i, j), label in np.ndenumerate(labels))
    (tmp_path / "votes.csv").write_text("actor,question,position\n" + "".join(rows))
    command = [
        sys.executable,
        "-m",
        "stances",
        "agreement",
        "votes.csv",
        "--reader",
        "table",
        "--scale",
        "vote",
    ]
    command += ["--bootstrap", "999", "--format", "csv", "--output", "out.csv"]
    run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    time.sleep(3)
    assert run.poll() is None, "the run is to be longer than this"
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"interrupted" in said
    assert [path.name for path in tmp_path.iterdir()] == ["votes.csv"]
