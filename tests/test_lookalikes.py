"""Names that look alike: other letters of case, and letters of several scripts in one word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import registry
from stances.lookalikes import mixed_words, twins

SCRIPTS = {
    "Latin": "abcxyzABCÀÉÎõüßłŻğİıđæœåñ\u1ec7\u01a1",
    "Greek": "αβγδωΑΒΓΔΩάέή",
    "Cyrillic": "абвгдяАБВГДЯїєґћ",
    "Armenian": "աբգդԱԲԳԴ",
    "Georgian": "აბგდ",
    "Hebrew": "אבגד",
    "Arabic": "ابتثپچگ\u200c",
    "Devanagari": "अआकखग\u093f\u0940\u094d",
    "Thai": "กขคง\u0e31\u0e48",
    "Ethiopic": "አበገ",
    "Japanese": "日本維新の会レイワー々ABC",
    "Korean": "더불어民主黨KR",
    "full width": "ＡＢＣ１２",
}
SIGNS = "0129 -'’.,&()/ªº\u0301\u0308"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.hostile("U12")
@given(data=st.data())
def test_one_script_is_no_mixture(script, data):
    """A name in letters of one script, with digits, marks and signs, is not doubted, composed or not."""
    name = data.draw(st.text(SCRIPTS[script] + SIGNS))
    assert mixed_words(name) == ()
    assert mixed_words(unicodedata.normalize("NFD", name)) == ()


ALPHABETS = [script for script in SCRIPTS if script not in ("Japanese", "Korean")]


@given(st.data())
def test_one_strange_letter_is_enough(data):
    """A word of one alphabet with one letter of another is told, wherever it stands and whatever is around."""
    own, other = data.draw(st.lists(st.sampled_from(ALPHABETS), min_size=2, max_size=2, unique=True))
    letters = {script: [c for c in SCRIPTS[script] if c.isalpha()] for script in (own, other)}
    word = data.draw(st.lists(st.sampled_from(letters[own]), min_size=1, max_size=8))
    word.insert(data.draw(st.integers(0, len(word))), data.draw(st.sampled_from(letters[other])))
    ((found, scripts),) = mixed_words(f"one ({''.join(word)}) and two")
    assert found == "".join(word)
    assert len(scripts) == 2


@pytest.mark.parametrize(
    ("name", "word", "scripts"),
    [
        ("\u0420US", "\u0420US", ("CYRILLIC", "LATIN")),  # a Cyrillic Er for the P
        ("Republic of \u0391ustria", "\u0391ustria", ("GREEK", "LATIN")),  # a Greek Alpha
        ("F\uff32A", "F\uff32A", ("FULLWIDTH", "LATIN")),
        ("党\u042f", "党\u042f", ("CJK", "CYRILLIC")),
        ("\u216feta-G\u043evernment", "G\u043evernment", ("CYRILLIC", "LATIN")),  # a Cyrillic o
    ],
)
@pytest.mark.hostile("U12")
def test_words_that_only_look_right(name, word, scripts):
    """The word is told with its scripts, and what stands around it is not."""
    assert mixed_words(name) == ((word, scripts),)


@pytest.mark.parametrize(
    "name",
    [
        "Côte d’Ivoire", "Türkiye", "TÜRKİYE", "Việt Nam", "Łódź", "Hawaiʻi", "Россия (Russia)", "日本維新の会", "NHK党",
        "れいわ新選組", "Tシャツ", "ＪＲ東日本", "더불어민주당", "ايران\u200cزمین", "हिन्दी", "5º Congreso", "20 µm", "YouTube-канал",
        "COVID-19", "Ελλάδα/Greece",
    ],
)  # fmt: skip
@pytest.mark.hostile("U12")
def test_real_names_are_not_doubted(name):
    """Names in use are fine, several scripts side by side too."""
    assert mixed_words(name) == ()


def test_no_name_of_the_registry_is_doubted():
    """All names and aliases of all states and blocs are in one script."""
    for actor in registry.actors():
        assert [mixed_words(name) for name in (actor.name, *actor.aliases) if mixed_words(name)] == []


@pytest.mark.hostile("U13")
@given(st.lists(st.text("abIiıfF-1")))
def test_twins_are_equal_but_for_case(ids):
    """Twins fold to the same and differ; whoever is among none folds like no other."""
    groups = twins(ids)
    for group in groups:
        assert len({name.casefold() for name in group}) == 1 < len(set(group))
    alone = set(ids) - {name for group in groups for name in group}
    assert len({name.casefold() for name in alone}) == len(alone)
    assert twins(sorted(ids)) == groups
