"""What is fuzzed: every reader, on bytes in place of its files.

Anything but a valid result or our error is a finding.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen

import stances
from fuzz import samples
from stances import Dataset, Dialect, Positions, StancesError, StancesWarning
from stances.files import parse
from stances.files.json_file import json_contents
from stances.issue_rules.reading import read_rules


@frozen
class Target:
    """A reader and its files.

    Attributes
    ----------
    files : tuple of str
        Names of what it reads, in a folder of their own.
    read : callable
        From that folder to what the reader makes of it.
    sample : tuple of bytes
        Valid contents of the files.
    """

    files: tuple[str, ...]
    read: Callable[[Path], Any]
    sample: tuple[bytes, ...]

    def accepts(self, contents: Sequence[bytes]) -> bool:
        """Tell whether files are read (and are valid then) or refused by our error; all else escapes."""
        with TemporaryDirectory() as name, warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", StancesWarning)
            for file, content in zip(self.files, contents, strict=False):
                Path(name, file).write_bytes(content)
            try:
                result = self.read(Path(name))
            except StancesError as error:
                result = error
            check(result)
            return not isinstance(result, StancesError)


def check(result: Any) -> None:
    """Check that a result is whole: it can be printed, and a dataset written and read again."""
    if isinstance(result, Dataset):
        assert parse(json_contents(result), "again.json") == result
    elif isinstance(result, Positions):
        levels = [question.scale.n_levels for question in result.questions]
        assert result.codes.shape == (result.n_actors, result.n_questions)
        assert ((result.codes < levels) & (result.codes > -6)).all()
        assert (result.weights >= 0).all()
    assert str(result)


def _target(read: Callable[[Path], Any], **files: str) -> Target:
    """Return a target whose files are named by keywords, a double underscore for the dot."""
    names = tuple(name.replace("__", ".") for name in files)
    return Target(names, read, tuple(text.encode() for text in files.values()))


_ABOUT = {"date": "date", "issue": "issue", "weight": "weight", "session": "session"}
_GERMAN = Dialect(encoding="cp1252", delimiter=";", decimal=",", skip=2, times="drop", extra="keep")


def _parquet() -> dict[str, Target]:
    """Return the target of Parquet files, where pyarrow writes and reads them."""
    if find_spec("pyarrow") is None:
        return {}
    return {
        "parquet": Target(
            ("t.parquet",),
            lambda at: stances.from_table(at / "t.parquet", scale="vote", **_ABOUT),
            (samples.parquet(),),
        )
    }


TARGETS = {
    "folder": _target(stances.load, codebook__toml=samples.CODEBOOK, stances__csv=samples.STANCES),
    "json": _target(lambda at: stances.load(at / "d.json"), d__json=samples.DOCUMENT),
    "csv": _target(lambda at: stances.load(at / "d.csv", scale="support"), d__csv=samples.TIDY),
    "dialect": _target(
        lambda at: stances.load(at / "d.csv", scale="support", dialect=_GERMAN), d__csv=samples.GERMAN
    ),
    "un_votes": _target(lambda at: stances.read_un_votes(at / "ga.csv"), ga__csv=samples.UN_VOTES),
    "unvotes": _target(
        stances.read_unvotes,
        unvotes__csv=samples.UNVOTES,
        roll_calls__csv=samples.ROLL_CALLS,
        issues__csv=samples.ISSUES,
    ),
    "voeten_long": _target(lambda at: stances.read_voeten(at / "long.csv"), long__csv=samples.VOETEN_LONG),
    "voeten_wide": _target(lambda at: stances.read_voeten(at / "wide.csv"), wide__csv=samples.VOETEN_WIDE),
    "voteview": _target(
        lambda at: stances.read_voteview(at / "members.csv", at / "votes.csv"),
        members__csv=samples.MEMBERS,
        votes__csv=samples.CASTS,
    ),
    "wahlomat": _target(
        stances.read_wahlomat,
        party__json=samples.PARTY,
        statement__json=samples.STATEMENT,
        answer__json=samples.ANSWER,
        opinion__json=samples.OPINION,
        overview__json=samples.OVERVIEW,
    ),
    "ches": _target(lambda at: stances.read_ches(at / "ches.csv"), ches__csv=samples.CHES),
    "table": _target(
        lambda at: stances.from_table(at / "t.csv", scale="vote", **_ABOUT), t__csv=samples.TABLE
    ),
    **_parquet(),
    "rules": _target(lambda at: read_rules(at / "rules.toml"), rules__toml=samples.RULES),
    "blocs": _target(lambda at: stances.registry.read_blocs(at / "blocs.csv"), blocs__csv=samples.BLOCS),
}
