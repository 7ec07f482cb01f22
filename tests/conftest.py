"""Profiles and shared fixtures of the suite."""

import os
from pathlib import Path

import hypothesis
import numpy as np
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


@pytest.fixture(scope="session")
def hostile() -> stances.Dataset:
    """A dataset whose every label tries to break out of the page that shows it."""
    break_out = "</script><script>window.broken = true</script><img src=x onerror='window.broken = true'>"
    label = f"\u202e\"'><b onmouseover=alert(1)>{{{{7*7}}}} {break_out}"
    questions = [
        stances.Question(
            "q/1", f"One {label}", stances.Scale("own", ("no " + label, "yes & " + label)), issues=["i"]
        ),
        stances.Question("q/2", f"Two {label}", stances.VOTE, issues=["i"], url="javascript:alert(1)"),
    ]
    passage = stances.Evidence("s", quote=label, speaker=label, summary=label, locator="7")
    return stances.Dataset(
        "hostile",
        title=f"Title {label}",
        note=label,
        licence=label,
        issues=[stances.Issue("i", f"Issue {label}")],
        questions=questions,
        actors=[
            stances.Actor("A", f"First {label}"),
            stances.Actor("B", f"Second {label}"),
            stances.Actor("C"),
        ],
        sources=[stances.Source("s", label, publisher=label, url="javascript:alert(1)")],
        stances=[
            stances.Stance("A", "q/1", questions[0].scale.levels[0], evidence=[passage], coder="x"),
            stances.Stance("B", "q/1", questions[0].scale.levels[1], basis="deed", evidence=[passage]),
            stances.Stance("A", "q/2", "yes", evidence=[passage]),
            stances.Stance("B", "q/2", "silent", asked_by="A", evidence=[passage]),
        ],
    )


@pytest.fixture(scope="session")
def assembly() -> stances.Positions:
    """193 actors on 120 roll calls about four issues in six years: as large as the General Assembly."""
    rng = np.random.default_rng(193)
    issues = ("ukraine", "gaza", "trade", "multilateralism")
    questions = [
        stances.Question(
            f"A/RES/{74 + k % 6}/{k}",
            f"A question about {issues[k % 4]} that is as long as the title of a resolution usually is ({k})",
            stances.VOTE,
            issues=[issues[k % 4]],
            date=f"{2019 + k % 6}-12-{1 + k % 28:02}",
            url=f"https://example.org/{k}",
        )
        for k in range(120)
    ]
    side = rng.normal(size=(193, 1)) + 0.5 * rng.normal(size=(193, 120)) + rng.normal(size=120)
    codes = np.digitize(side, [-0.5, 0.2])
    codes[rng.random(codes.shape) < 0.1] = -3
    return stances.Positions.from_codes(
        codes,
        scale=stances.VOTE,
        actors=[f"A{k:03}" for k in range(193)],
        questions=questions,
        name="assembly",
    )
