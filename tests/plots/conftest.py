"""Shared by the tests of figures, which need the extra plot."""

import io

import pytest

matplotlib = pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")


@pytest.fixture
def drawn():
    """Return a function that draws a figure to the last sign, where warnings are errors."""

    def draw(ax):
        ax.figure.savefig(io.BytesIO(), format="svg")
        return ax

    return draw
