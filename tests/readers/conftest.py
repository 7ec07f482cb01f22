"""What the tests of readers share."""

import importlib.util

import pytest

from stances.readers import plain_csv


@pytest.fixture(scope="module", params=["strict reader alone", "plain text by pyarrow"])
def both_ways(request):
    """Read every CSV file by the strict reader, then every plain one by pyarrow, however small it is."""
    if importlib.util.find_spec("pyarrow") is None and request.param != "strict reader alone":
        pytest.skip("pyarrow is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_csv, "WORTHWHILE", float("inf") if request.param == "strict reader alone" else 0)
        yield
