"""Fixtures for your own tests; opt in by ``pytest_plugins = ["stances.testing.plugin"]``.

The line stands in the ``conftest.py`` of the folder that pytest is started from, or in a test file.
"""

from stances.dataset import Dataset
from stances.errors import MissingExtraError
from stances.files import load
from stances.positions import Positions
from stances.testing.votes import made_up_votes

try:
    import pytest
except ImportError:
    raise MissingExtraError("pytest", "'stances[test]'") from None


@pytest.fixture
def seed_dataset() -> Dataset:
    """Return the shipped report ``paris-beijing-2025``."""
    return load("paris-beijing-2025")


@pytest.fixture
def un_like_positions() -> Positions:
    """Return made-up votes of 12 states in 3 sessions; see `made_up_votes`."""
    return made_up_votes()
