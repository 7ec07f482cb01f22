"""Shared by the tests of figures, which need the extra plot."""

import io

import pytest


@pytest.fixture
def drawn():
    """Return a function that draws a figure to the last sign, where warnings are errors."""

    def draw(ax):
        ax.figure.savefig(io.BytesIO(), format="svg")
        return ax

    return draw
