"""Profiles and shared fixtures of the suite."""

import os
from pathlib import Path

import hypothesis
import pytest

import stances

hypothesis.settings.register_profile("dev", max_examples=50, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
hypothesis.settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True)
hypothesis.settings.register_profile("nightly", max_examples=2000, deadline=None)
hypothesis.settings.register_profile("deep", max_examples=5000, deadline=None)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
)

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture
def seed() -> stances.Dataset:
    """The shipped report."""
    return stances.load("paris-beijing-2025")


@pytest.fixture
def shared_file():
    """Return a file of the development data, or skip where it is not on this machine."""

    def find(path: str) -> Path:
        if not (SHARED / path).exists():
            pytest.skip(f"{path} is development data that is not on this machine")
        return SHARED / path

    return find
