"""The table of verbs: what it says is what the verbs say, and nothing is loaded before it is called."""

import subprocess
import sys

import click
import pytest

from stances.cli import cli, main
from stances.cli.verbs import VERBS


def loaded(*arguments):
    """Return the modules of the package, and numpy, that a fresh command has loaded."""
    code = f"""
import sys
from stances.cli import main
main({list(arguments)!r})
print(*(name for name in sys.modules if name.startswith("stances.") or name == "numpy"), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("name", sorted(VERBS))
def test_the_table_says_what_the_verb_says(name):
    """The sentence in the table is the first sentence of the command's own help."""
    command = cli.get_command(click.Context(cli), name)
    assert command.name == name
    assert command.get_short_help_str(1000) == VERBS[name].help


def test_help_lists_every_verb(capsys):
    """`stances --help` lists all verbs by name, each with its sentence as far as it fits."""
    assert main(["--help"]) == 0
    commands = capsys.readouterr().out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in commands] == sorted(VERBS)
    for line in commands:
        name, sentence = line.split(maxsplit=1)
        assert VERBS[name].help.startswith(sentence.removesuffix("..."))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []], ids=["help", "version", "nothing"])
def test_help_loads_no_library(arguments):
    """Help and version load the command line alone, and neither records nor numpy."""
    assert loaded(*arguments) == {"stances.face", "stances.cli", "stances.cli.verbs"}


def test_a_verb_loads_its_own_file():
    """`stances agreement` loads what a matrix needs, and neither readers nor other verbs."""
    found = loaded("agreement")
    assert "stances.cli.matrices" in found
    assert not {"stances.readers", "stances.trends", "stances.cli.trend", "stances.blocs"} & found


def test_a_misspelt_verb_gets_the_nearest(capsys):
    """A verb that is unknown ends with status 2 and the nearest known one."""
    assert main(["agrement"]) == 2
    assert "'agreement'" in capsys.readouterr().err


def test_the_version_tells_what_counts(monkeypatch, capsys):
    """`--version` names the engine, and the extra that would give a faster one."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["--version"]) == 0
    assert "counts with numpy; the extra fast is not installed" in capsys.readouterr().out
