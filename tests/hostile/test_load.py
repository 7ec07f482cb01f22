"""Many at once, and much in little."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from stances import VOTE, DatasetError, Positions, agreement_matrix, from_table
from stances.readers import parquet


@pytest.mark.hostile("L06")
def test_sixteen_threads_compute_the_same():
    """Sixteen threads that compare the same positions at once get one result, bit for bit."""
    codes = np.random.default_rng(1).integers(-1, 3, (60, 300))
    positions = Positions.from_codes(codes, scale=VOTE)
    alone = agreement_matrix(positions, measure="cohen_kappa", interval=0.95)
    with ThreadPoolExecutor(16) as pool:
        work = [
            pool.submit(agreement_matrix, positions, measure="cohen_kappa", interval=0.95) for _ in range(16)
        ]
        results = [one.result() for one in work]
    for result in results:
        for name in ("values", "lower", "upper", "n_shared"):
            assert getattr(result, name).tobytes() == getattr(alone, name).tobytes()


@pytest.mark.hostile("J12")
@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_ROWS"])
def test_parquet_is_measured_before_it_is_read(limit, tmp_path, monkeypatch):
    """Rows and bytes beyond a limit are refused by what the metadata say, before any column is read."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    columns = {
        "actor": ["FRA"] * 1000,
        "question": [f"r{k}" for k in range(1000)],
        "position": ["yes"] * 1000,
    }
    files.write_table(arrow.table(columns), tmp_path / "votes.parquet")
    assert from_table(tmp_path / "votes.parquet", scale="vote").n_questions == 1000
    monkeypatch.setattr(parquet, limit, 999)
    monkeypatch.setattr(files.ParquetFile, "iter_batches", None)
    with pytest.raises(DatasetError, match="has 1000 rows in"):
        from_table(tmp_path / "votes.parquet", scale="vote")
