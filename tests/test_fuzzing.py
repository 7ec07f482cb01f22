"""Every reader on damaged files: something valid, or our error; nothing else ever comes out."""

import importlib.util
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances.files import parse

pytestmark = pytest.mark.skipif(
    not (Path(__file__).resolve().parent.parent / "fuzz").is_dir(), reason="fuzzing is done from a checkout"
)
if importlib.util.find_spec("fuzz") is not None:
    from fuzz.__main__ import main
    from fuzz.corpus import inputs, keep
    from fuzz.mutations import SEAM, damaged_in_one
    from fuzz.targets import TARGETS, Target
else:  # a test suite that was installed without its checkout
    TARGETS = {}

every_target = pytest.mark.parametrize("name", TARGETS)
THOROUGH = settings().max_examples >= 2000  # the profiles nightly and deep
few = settings(max_examples=settings().max_examples if THOROUGH else 20)


@every_target
def test_samples_are_valid(name):
    """The sample of each target is read, so that what is damaged was whole."""
    assert TARGETS[name].accepts(TARGETS[name].sample)


@every_target
def test_known_inputs(name):
    """What guided runs kept is read or refused."""
    for content in inputs(name):
        TARGETS[name].accepts(content.split(SEAM))


@every_target
@given(st.randoms(use_true_random=False))
@few
def test_damage_with_structure(name, random):
    """Cells, lines, delimiters and encodings may be damaged in a file of every reader."""
    TARGETS[name].accepts(damaged_in_one(SEAM.join(TARGETS[name].sample), random))


@every_target
@given(st.data())
@few
def test_any_bytes(name, data):
    """Any bytes may stand in place of one of a reader's files."""
    files = list(TARGETS[name].sample)
    at = data.draw(st.integers(0, len(files) - 1))
    files[at] = data.draw(
        st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
    TARGETS[name].accepts(files)


@every_target
def test_every_prefix_and_every_flip(name):
    """F16: every prefix, and every byte changed in one bit, of each file; in thorough profiles in each of its bits."""
    target = TARGETS[name]
    step = 1 if THOROUGH or name in ("folder", "json", "un_votes") else 7
    for at, content in enumerate(target.sample):
        for k in range(0, len(content), step):
            bits = range(8) if THOROUGH else [k % 8]
            flips = [content[:k] + bytes([content[k] ^ (1 << bit)]) + content[k + 1 :] for bit in bits]
            for changed in (content[:k], *flips):
                target.accepts([*target.sample[:at], changed, *target.sample[at + 1 :]])


def _only_abc(folder):
    return {b"abc": "fine"}[(folder / "a").read_bytes()]


def test_what_escapes_is_told(monkeypatch, tmp_path):
    """A reader that raises anything else stops the fuzzing, and the input is left in a file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(TARGETS, "broken", Target(("a",), _only_abc, (b"abc",)))
    with pytest.raises(KeyError):
        main(["broken", "--seconds", "1"])
    assert (tmp_path / "fuzz-finding").exists()


def test_idle_fuzzing_is_refused(monkeypatch):
    """Where not even the sample is read, nothing is fuzzed and called sound."""
    monkeypatch.setitem(TARGETS, "idle", Target(("a.json",), TARGETS["json"].read, (b"{}",)))
    with pytest.raises(LookupError, match="the valid sample of idle is not read here"):
        main(["idle", "--seconds", "1"])


def test_kept_inputs_come_back(monkeypatch, tmp_path):
    """What is kept is known, once, the smallest first, and no large input is kept."""
    monkeypatch.setattr("fuzz.corpus.KEPT", tmp_path)
    assert keep("json", [b"bb", b"a", b"a", b"c" * 5000]) == 2
    assert inputs("json")[1:] == [b"a", b"bb"]


FOUND = {
    "an id that is a list": ("d.json", b'{"actors": [{"id": ["A"]}]}', r"actors\[0\].id: actor \['A'\] is not text"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), FOUND.values(), ids=FOUND)
def test_findings_in_datasets(name, content, message):
    """The shrunk examples of what fuzzing found in datasets are refused with their place."""
    with pytest.raises(stances.DatasetError, match=message):
        parse(content, name)


@pytest.mark.hostile("F16")
def test_parquet_that_says_what_cannot_be(tmp_path):
    """The shrunk examples of Parquet are refused: a name that is no UTF-8, a code beyond its dictionary."""
    files = pytest.importorskip("pyarrow.parquet")
    (sample,) = TARGETS["parquet"].sample
    damaged = [sample.replace(b"actor", b"\xf4ctor"), next(beyond_dictionaries(files, sample))]
    for content in damaged:
        (tmp_path / "t.parquet").write_bytes(content)
        with pytest.raises(stances.DatasetError, match="is not a readable Parquet file"):
            stances.from_table(tmp_path / "t.parquet", scale="vote")


def beyond_dictionaries(files, sample):
    """Yield files with one bit changed, whose codes pyarrow itself finds beyond their dictionary."""
    for k in range(4, len(sample)):
        content = sample[:k] + bytes([sample[k] ^ 0x40]) + sample[k + 1 :]
        try:
            files.read_table(io.BytesIO(content), columns=["actor", "position"])
        except (OSError, ValueError) as error:
            if "dictionary bounds" in str(error):
                yield content


def test_an_unprintable_country_above_no_rows(tmp_path):
    """The shrunk example of a wide table of votes: the header is told, and no sign of it reaches the terminal."""
    (tmp_path / "wide.csv").write_text("rcid,\u202e\n", encoding="utf-8")
    with (
        pytest.warns(stances.StancesWarning, match=r"kept as they are: \\u202e"),
        pytest.raises(stances.DatasetError, match=r"wide.csv, line 1: actor '\\u202e' holds the invisible"),
    ):
        stances.read_voeten(tmp_path / "wide.csv")
