"""What is written where it must not be: the target stays what it was."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import stances
from stances.atomic import write_files
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
        write_files({tmp_path / "pipe": b"x"})
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


WRITER = """
import sys
from pathlib import Path
import stances
from stances.atomic import write_files
for _ in range(50):
    write_files({Path("target.txt"): (sys.argv[1] * 100_000).encode()})
"""


@pytest.mark.hostile("F07")
def test_of_two_writers_one_wins(tmp_path):
    """Two processes that write one target leave a whole version at every moment, and no temporary."""
    target = tmp_path / "target.txt"
    target.write_text("a" * 100_000)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, letter], cwd=tmp_path) for letter in "ab"]
    while any(writer.poll() is None for writer in writers):
        assert target.read_text() in ("a" * 100_000, "b" * 100_000)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["target.txt"]


@pytest.mark.hostile("F05")
@pytest.mark.skipif(sys.platform != "linux", reason="the size of files is bounded as Linux does")
def test_a_full_disk_leaves_the_old_file(tmp_path):
    """Where no more can be written, the old file stays, no temporary does, and the status says so."""
    target = tmp_path / "out.csv"
    target.write_text("old")
    code = (
        "import resource, signal, sys; from stances.cli import main; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
        "sys.exit(main(['agreement', '--format', 'csv', '-o', 'out.csv']))"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"File too large" in done.stderr
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.hostile("L05")
def test_modules_in_the_folder_are_not_taken(tmp_path):
    """The command does not import files of the current folder, whatever they are called."""
    for name in ("csv", "attrs", "attr", "numpy", "stances", "click"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the folder')")
    script = tmp_path / "bin" / "stances"
    script.parent.mkdir()
    script.write_text("import sys\nfrom stances.cli import main\nsys.exit(main())\n")
    home = str(Path(stances.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": home}
    command = [sys.executable, str(script), "seeds"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert "paris-beijing-2025" in done.stdout
