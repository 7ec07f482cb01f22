"""The page of promises names tests that there are, at least one for each promise."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "explanation" / "reliability.md"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the docs are tested from a checkout")


def promises():
    """Return the rows of the table: a promise, and what holds it."""
    lines = PAGE.read_text("utf-8").splitlines()
    rows = [line.strip("|").split(" | ") for line in lines if line.startswith("| ")]
    return [
        (row[0].strip(), row[1]) for row in rows if len(row) == 2 and row[0].strip() not in ("promise", "---")
    ]


def names_of(path):
    """Return the tests of a file: functions, and names that stand for test cases."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_every_promise_is_held_by_a_test():
    """Each test that the page names is in the suite, and no promise is without one."""
    table = promises()
    assert len(table) > 10
    for promise, held_by in table:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", held_by)
        assert named, promise
        for file, name in named:
            assert name in names_of(TESTS / file), f"{file}::{name}"
