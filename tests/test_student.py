"""Quantiles of Student's t."""

import numpy as np
import pytest

from stances.student import half_width


def test_quantiles_equal_scipy():
    """The half width is scipy's quantile, for fractional degrees of freedom too."""
    stats = pytest.importorskip("scipy.stats", reason="scipy is an oracle of the dev extra")
    df = np.concatenate([np.linspace(1, 4, 100), np.geomspace(1, 1e9, 200)])
    for level in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
        assert half_width(level, df) == pytest.approx(stats.t.ppf((1 + level) / 2, df), rel=1e-6)


def test_printed_quantiles():
    """The table in every textbook: 12.706, 4.303, 2.262 and 1.960 for 1, 2, 9 and endless degrees of freedom."""
    assert half_width(0.95, [1, 2, 9, np.inf]) == pytest.approx([12.706, 4.303, 2.262, 1.960], abs=5e-4)


def test_below_one_degree_of_freedom_counts_as_one():
    """Less than one degree of freedom is no better than one."""
    assert half_width(0.95, [0.0, -3.0, 0.5]) == pytest.approx(half_width(0.95, 1.0))
