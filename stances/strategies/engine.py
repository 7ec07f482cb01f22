"""Hypothesis, or a sentence that says how to install it."""

from collections.abc import Callable
from typing import Any

from stances.errors import MissingExtraError

try:
    from hypothesis import strategies as st
except ImportError:
    raise MissingExtraError("hypothesis", "'stances[test]'") from None

__all__ = ["Draw", "st"]

Draw = Callable[[st.SearchStrategy[Any]], Any]
