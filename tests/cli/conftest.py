"""The command line as tests run it."""

import pytest

from stances.cli import main


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run the command line in an empty folder and return status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call
