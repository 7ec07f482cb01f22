"""What is written where it must not be: the target stays what it was."""

import os
import stat
from pathlib import Path

import pytest

from stances.atomic import write_text
from stances.cli import main


@pytest.mark.hostile("F05", "F08")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux")
def test_a_device_is_neither_read_nor_replaced(capsys):
    """A device as target is refused before its endless contents are asked for, and stays a device."""
    assert main(["agreement", "-o", "/dev/full"]) == 3
    assert "/dev/full is no regular file" in capsys.readouterr().err
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.hostile("F05", "F08")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_named_pipe_is_no_target(tmp_path):
    """A pipe would wait for a writer of old contents; it is refused at once."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file"):
        write_text(tmp_path / "pipe", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
