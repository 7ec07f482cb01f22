"""One of every result over labels that mean harm, made once."""

import pytest
from hostile_texts import every_hostile_result


@pytest.fixture(scope="session")
def hostile_results():
    """Return results by name."""
    return every_hostile_result()
