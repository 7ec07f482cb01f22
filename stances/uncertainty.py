"""How an interval is asked for, and kept with its result so that it can be repeated."""

from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from stances import validators as check
from stances.errors import ChoiceError, FieldError
from stances.slices import SLICES

METHODS = ("influence", "bootstrap")
FEWEST, MOST = 10, 100_000  # resamples


def seed_of(rng: Any) -> "np.random.SeedSequence":
    """Return a seed sequence of its own for anything that SPEC 7 takes as `rng`.

    The same int or SeedSequence gives the same numbers each time, a Generator goes on, and None
    draws entropy from the system, which the result keeps.

    Raises
    ------
    FieldError
        If `rng` is a bool, below zero, or anything else.
    """
    if isinstance(rng, np.random.SeedSequence):
        return np.random.SeedSequence(_plain(rng.entropy), spawn_key=rng.spawn_key)
    bits: Any = rng.bit_generator if isinstance(rng, np.random.Generator) else rng
    if isinstance(bits, np.random.BitGenerator) and getattr(bits, "seed_seq", None) is not None:
        seeds: Any = bits.seed_seq
        child = seeds.spawn(1)[0]
        return np.random.SeedSequence(_plain(child.entropy), spawn_key=child.spawn_key)
    return np.random.SeedSequence(_plain(rng))


def _plain(seed: Any) -> Any:
    """Return a seed as an int, a list of ints, or None: what can be written down."""
    if seed is None:
        return None
    several = isinstance(seed, list | tuple) or (isinstance(seed, np.ndarray) and seed.ndim == 1)
    parts = list(seed) if several else [seed]
    whole = [isinstance(p, int | np.integer) and not isinstance(p, bool) and p >= 0 for p in parts]
    if not parts or not all(whole):
        advice = "give whole numbers from 0, a numpy Generator or SeedSequence, or None"
        raise FieldError("rng", seed, "is no seed", advice)
    return [int(part) for part in parts] if several else int(seed)


def _level(value: object) -> float:
    level = check.number("interval", value, 0.0, 1.0, above=True)
    if level >= 1.0:
        raise FieldError("interval", value, "is not below 1", "write 0.95 for 95 %")
    return level


def _method(value: object) -> str:
    if value not in METHODS:
        raise ChoiceError("method", value, METHODS)
    return str(value)


def _blocks(value: object) -> str | None:
    if value is not None and value not in SLICES:
        raise ChoiceError("blocks", value, SLICES)
    return None if value is None else str(value)


def _n_resamples(value: object) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not FEWEST <= value <= MOST:  # type: ignore[operator]  # a number by now
        raise FieldError("n_resamples", value, f"is not a whole number from {FEWEST} to {MOST}")
    return int(value)  # type: ignore[call-overload,no-any-return]  # likewise


@frozen
class Interval:
    """How the ends of intervals came about.

    Attributes
    ----------
    level : float
        Nominal coverage, in (0, 1).
    method : {"influence", "bootstrap"}
        From the pair table alone, or by drawing questions again.
    blocks : str or None
        What is drawn as one by the bootstrap: ``issue``, ``year`` or ``session``; single questions
        for None.
    n_resamples : int
        Of the bootstrap, from 10 to 100,000.
    seed : numpy.random.SeedSequence
        Of the bootstrap; ``rng=interval.seed`` gives the same numbers again.

    Raises
    ------
    FieldError, ChoiceError
        If a value makes no sense, or blocks are named without the bootstrap.
    """

    level: float = field(default=0.95, converter=_level)
    method: str = field(default="influence", converter=_method)
    blocks: str | None = field(default=None, converter=_blocks)
    n_resamples: int = field(default=1000, converter=_n_resamples)
    seed: "np.random.SeedSequence" = field(default=None, converter=seed_of, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.blocks is not None and self.method != "bootstrap":
            raise FieldError("blocks", self.blocks, "goes with method='bootstrap' only")

    @property
    def entropy(self) -> Any:
        """What the drawn numbers start from; None for the influence method, which draws none."""
        return self.seed.entropy if self.method == "bootstrap" else None

    def seeds(self) -> "list[np.random.SeedSequence]":
        """Return a seed for each resample, the same at every call."""
        return seed_of(self.seed).spawn(self.n_resamples)

    def child(self) -> "Interval":
        """Return the same request with the next seed, for one of several results."""
        return evolve(self, seed=self.seed.spawn(1)[0])

    def document(self) -> dict[str, Any]:
        """Return what a file says of it."""
        about: dict[str, Any] = {"level": self.level, "method": self.method}
        if self.method == "influence":
            return about
        drawn = {"blocks": self.blocks or "questions", "n_resamples": self.n_resamples}
        seed = {"entropy": self.entropy, "spawn_key": list(self.seed.spawn_key), "numpy": np.__version__}
        return about | drawn | seed

    def __str__(self) -> str:
        share = f"{100 * self.level:g} % intervals"
        if self.method == "influence":
            return f"{share}, as if the questions were drawn anew"
        what = f"{self.blocks}s" if self.blocks else "questions"
        return f"{share}, {what} drawn anew {self.n_resamples} times"
