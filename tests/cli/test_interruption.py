"""Ctrl-C ends a long computation at once, and leaves nothing half-written."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest


def heed():
    """Heed Ctrl-C also where the tests run in the background of a shell, which takes it from them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C, which is POSIX")
@pytest.mark.hostile("F06", "F13")
def test_nothing_is_left_of_an_interrupted_run(tmp_path):
    """A bootstrap of many resamples is stopped: exit status 130, a word on stderr, and no file."""
    codes = np.random.default_rng(1).integers(0, 3, (500, 1000))
    labels = np.array(["no", "abstain", "yes"])[codes]
    rows = (f"A{i:03d},q{j:04d},{label}\n" for (i, j), label in np.ndenumerate(labels))
    (tmp_path / "votes.csv").write_text("actor,question,position\n" + "".join(rows))
    program = (
        "import sys; from stances.cli import main; print('begun', flush=True); sys.exit(main(sys.argv[1:]))"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "agreement",
        "votes.csv",
        "--reader",
        "table",
        "--scale",
        "vote",
    ]
    command += ["--bootstrap", "999", "--format", "csv", "--output", "out.csv"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        preexec_fn=heed,  # noqa: PLW1509  # no other thread runs between fork and exec
        **pipes,
    ) as run:
        assert run.stdout.read(6) == b"begun\n"
        time.sleep(1)
        assert run.poll() is None, "the run is to be longer than this"
        run.send_signal(signal.SIGINT)
        try:
            _, said = run.communicate(timeout=60)
        finally:
            run.kill()
    assert run.returncode == 130
    assert b"interrupted" in said
    assert [path.name for path in tmp_path.iterdir()] == ["votes.csv"]
