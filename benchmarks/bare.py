"""The same sums in bare numpy, without names, supports, reasons or checks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.workloads import Codes

BLOCK = 2048
VOTERS = 8192
Floats32 = NDArray[np.float32]


def exact_agreement(codes: Codes, n_levels: int) -> NDArray[Any]:
    """Return the share of the shared questions with the same level, shape (n_actors, n_actors)."""
    agreed: Any = np.float32(0.0)
    shared: Any = np.float32(0.0)
    for start in range(0, codes.shape[1], BLOCK):
        block = codes[:, start : start + BLOCK]
        planes = np.concatenate([(block == k).astype(np.float32) for k in range(n_levels)], axis=1)
        asked = (block >= 0).astype(np.float32)
        agreed, shared = agreed + planes @ planes.T, shared + asked @ asked.T
    with np.errstate(invalid="ignore"):
        share: NDArray[Any] = agreed / shared
    return share


def nearest(voters: Codes, parties: Codes, n_levels: int, k: int) -> tuple[NDArray[Any], Floats32]:
    """Return the k parties that agree most with each voter, and how far, both (n_voters, k).

    The levels of a block of voters, side by side, times the agreement of each level with each party.
    """
    answered = (parties >= 0).T.astype(np.float32)
    steps = np.abs(np.arange(n_levels)[:, None, None] - parties.T[None]) / (n_levels - 1)
    table = ((1 - steps) * answered[None]).astype(np.float32).reshape(-1, len(parties))
    found = np.empty((len(voters), k), dtype=np.intp)
    values = np.empty((len(voters), k), dtype=np.float32)
    for start in range(0, len(voters), VOTERS):
        part = slice(start, start + VOTERS)
        found[part], values[part] = _best(_agreement(voters[part], table, answered, n_levels), k)
    return found, values


def _agreement(block: Codes, table: Floats32, answered: Floats32, n_levels: int) -> Floats32:
    taken = np.empty((len(block), n_levels, block.shape[1]), dtype=np.float32)
    for level in range(n_levels):
        np.copyto(taken[:, level], block == level)
    shared = (block >= 0).astype(np.float32) @ answered
    with np.errstate(invalid="ignore"):
        share: Floats32 = (taken.reshape(len(block), -1) @ table) / shared
    return share


def _best(agreement: Floats32, k: int) -> tuple[NDArray[np.intp], Floats32]:
    among = np.argpartition(-agreement, k - 1, axis=1)[:, :k]
    values = np.take_along_axis(agreement, among, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(among, order, axis=1), np.take_along_axis(values, order, axis=1)
