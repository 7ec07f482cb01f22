"""Records are frozen, typed and checked on construction, with errors that help."""

import copy
import math
import pickle
import unicodedata
from fractions import Fraction

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from stances import (
    SUPPORT,
    VOTE,
    Actor,
    Basis,
    Evidence,
    Membership,
    Question,
    Scale,
    Silence,
    Source,
    Stance,
    StancesError,
    Voice,
)
from stances import validators as check
from stances.dates import PartialDate
from stances.errors import DuplicateIdError, FieldError
from stances.strategies import datasets, questions, scales

MISTAKES = {
    "blank in an id": (lambda: Actor("C N"), "SPACE"),
    "homoglyph in an id": (lambda: Actor("РUS"), "CYRILLIC CAPITAL LETTER ER"),
    "zero-width character in an id": (lambda: Actor("FRA\u200b"), "ZERO WIDTH SPACE"),
    "bidi override in an id": (lambda: Actor("FRA\u202e"), "RIGHT-TO-LEFT OVERRIDE"),
    "empty id": (lambda: Actor(""), "empty"),
    "id of None": (lambda: Actor(None), "not text"),
    "surrogate in a name": (lambda: Actor("FRA", "\ud800"), "surrogate"),
    "NUL in a name": (lambda: Actor("FRA", "a\0b"), "NUL"),
    "alias list as text": (lambda: Actor("FRA", aliases="Paris"), "not a list"),
    "no levels": (lambda: Scale("s", []), "between 1 and 127"),
    "too many levels": (lambda: Scale("s", [str(k) for k in range(128)]), "between 1 and 127"),
    "repeated level": (lambda: Scale("s", ["a", "a"]), "repeats"),
    "reserved level": (lambda: Scale("s", ["yes", "absent"]), "reserved for a silence"),
    "level with blanks around": (lambda: Scale("s", ["a", " b"]), "blanks around"),
    "values of another length": (lambda: Scale("s", ["a", "b"], [1]), "does not match"),
    "values that fall": (lambda: Scale("s", ["a", "b"], [2, 1]), "increase strictly"),
    "values that repeat": (lambda: Scale("s", ["a", "b"], [1, 1]), "increase strictly"),
    "infinite value": (lambda: Scale("s", ["a", "b"], [0, math.inf]), "finite"),
    "value as text": (lambda: Scale("s", ["a", "b"], ["0", "1"]), "not a number"),
    "values too far apart": (lambda: Scale("s", ["a", "b"], [-1e308, 1e308]), "spans more"),
    "ordered as text": (lambda: Scale("s", ["a", "b"], ordered="yes"), "true or false"),
    "scale by id": (lambda: Question("q", "?", "vote"), "is not a Scale"),
    "negative weight": (lambda: Question("q", "?", VOTE, weight=-1), "at least 0"),
    "weight that is no number": (lambda: Question("q", "?", VOTE, weight=math.nan), "finite"),
    "weight of True": (lambda: Question("q", "?", VOTE, weight=True), "not a number"),
    "weight too large": (lambda: Question("q", "?", VOTE, weight=10**400), "finite"),
    "issue twice": (lambda: Question("q", "?", VOTE, issues=["u", "u"]), "repeats an issue"),
    "bloc of itself": (lambda: Membership("EU", "EU"), "member of itself"),
    "membership backwards": (lambda: Membership("FRA", "EU", "1995", "1993"), "starts after it ends"),
    "no passages": (lambda: Source("s", passages=0), "whole number"),
    "passages by halves": (lambda: Source("s", passages=1.5), "whole number"),
    "unknown basis": (lambda: Stance("FRA", "q", "yes", basis="deeds"), "did you mean 'deed'"),
    "unknown voice": (lambda: Evidence("s", voice="owned"), "did you mean 'own'"),
    "confidence of 0": (lambda: Stance("FRA", "q", "yes", confidence=0), "above 0 and at most 1"),
    "confidence above 1": (lambda: Stance("FRA", "q", "yes", confidence=1.01), "above 0 and at most 1"),
    "salience below 0": (lambda: Stance("FRA", "q", "yes", salience=-0.1), "at least 0"),
    "inferred as number": (lambda: Stance("FRA", "q", "yes", inferred=1), "true or false"),
    "asked for a level": (lambda: Stance("FRA", "q", "yes", asked_by="CHN"), "with a silence only"),
    "asked by itself": (lambda: Stance("FRA", "q", "silent", asked_by="FRA"), "the actor itself"),
    "date off the calendar": (lambda: Stance("FRA", "q", "yes", date="2025-02-30"), "does not exist"),
    "date as number": (lambda: Stance("FRA", "q", "yes", date=2025), "not text"),
    "evidence that is none": (lambda: Stance("FRA", "q", "yes", evidence=["p. 3"]), "not a Evidence"),
    "position of None": (lambda: Stance("FRA", "q", None), "not text"),
}


@pytest.mark.parametrize(("make", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_named(make, message):
    """Each mistake raises a StancesError that is a ValueError, says what is wrong and has a code."""
    with pytest.raises(StancesError, match=message) as caught:
        make()
    assert isinstance(caught.value, ValueError)
    assert caught.value.code.startswith("S1")
    assert len(str(caught.value)) < 400
    assert pickle.loads(pickle.dumps(caught.value)) is not None


def test_words_become_members():
    """Words for a silence, a basis and a voice become members of their lists."""
    stance = Stance("CHN", "q", "silent", basis="deed", asked_by="FRA")
    assert stance.position is Silence.SILENT
    assert stance.basis is Basis.DEED
    assert Evidence("s").voice is Voice.OWN
    assert stance.is_silence
    assert not Stance("CHN", "q", "yes").is_silence


def test_left_out_is_none():
    """An empty optional text is the same as none."""
    assert Actor("FRA", "").name is None
    assert Stance("FRA", "q", "yes", date="").date is None


def test_exact_numbers_are_accepted():
    """A fraction is a number."""
    assert Question("q", "?", VOTE, weight=Fraction(1, 2)).weight == 0.5


@pytest.mark.hostile("L01")
def test_records_cannot_be_changed():
    """Records are frozen, and what they were made of is copied."""
    aliases = ["Paris"]
    actor = Actor("FRA", aliases=aliases)
    aliases.append("Rome")
    assert actor.aliases == ("Paris",)
    with pytest.raises(FrozenInstanceError):
        actor.id = "CHN"


@pytest.mark.hostile("L02")
def test_evolve_checks_again():
    """A changed copy is checked like a new record."""
    with pytest.raises(StancesError):
        evolve(Actor("FRA"), id="F R A")


@given(datasets())
@pytest.mark.hostile("L02")
def test_copies_are_equal(data):
    """Copy, deep copy and pickle give an equal dataset; hash agrees with equality."""
    for made in (copy.copy(data), copy.deepcopy(data), pickle.loads(pickle.dumps(data))):
        assert made == data
        assert hash(made) == hash(data)
    assert data != "data"


@given(scales(min_levels=1))
def test_unit_values_span_zero_to_one(scale):
    """Values scaled to [0, 1] keep their order, from 0 to 1."""
    values = scale.unit_values
    assert list(values) == sorted(set(values))
    assert (values[0], values[-1]) == (0.0, 1.0 if scale.n_levels > 1 else 0.0)


def test_the_middle_of_the_shipped_scales():
    """Abstain and mixed are in the middle."""
    assert VOTE.levels[VOTE.middle] == "abstain"
    assert SUPPORT.levels[SUPPORT.middle] == "mixed"


@pytest.mark.parametrize(("text", "ordered"), [("no < maybe < yes", True), ("red | green", False)])
def test_scales_declared_in_a_line(text, ordered):
    """A short text declares an ordered or an unordered scale."""
    scale = Scale.parse(text)
    assert scale.ordered is ordered
    assert str(scale) == f"{scale.id}: {text}"
    assert scale.id == "-".join(scale.levels)
    assert Scale.parse("vote") is VOTE
    with pytest.raises(StancesError, match="declares no levels"):
        Scale.parse("votes")


def test_memberships_hold_on_days():
    """A membership may hold from its first to its last day, or openly."""
    member = Membership("GBR", "EU", "1973", "2020-01-31")
    days = {
        day: member.holds_on(PartialDate.parse(day).first)
        for day in ("1972-12-31", "1973-01-01", "2020-01-31", "2020-02-01")
    }
    assert list(days.values()) == [False, True, True, False]
    assert Membership("FRA", "EU").holds_on(PartialDate.parse("1900").first)


def test_what_is_not_known_is_said():
    """A source prints what is not given."""
    assert str(Source("s", "A speech", date="2025")) == "A speech, publisher not given, 2025, url not given"


@given(questions())
def test_ids_of_questions_may_be_symbols(question):
    """A document symbol is an id."""
    assert evolve(question, id="A/RES/75/254[C]").id == "A/RES/75/254[C]"


def _named_slowly(value):
    """A name, looked at character by character."""
    label = check.label("actor", value)
    for character in label:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\u200c\u200d":
            raise FieldError("actor", value, f"holds the invisible character U+{ord(character):04X}")
    return label


@given(
    st.text(st.characters(), max_size=4)
    | st.text(st.sampled_from("aé \u200d\u200b\u2028\u3000\xa0\x85\x1f\ue000"), max_size=4)
)
def test_names_are_checked_at_a_glance_as_they_are_character_by_character(value):
    """What is printable needs no second look: the same names pass, and the same errors come."""
    told = []
    for look in (_named_slowly, lambda text: check.name("actor", text)):
        try:
            told.append(look(value))
        except StancesError as error:
            told.append(str(error))
    assert told[0] == told[1]


@given(st.lists(st.sampled_from("abc"), max_size=5))
def test_the_first_id_given_twice_is_told(ids):
    """The id that is named is the first one that was there before."""
    repeated = next((one for k, one in enumerate(ids) if one in ids[:k]), None)
    if repeated is None:
        check.distinct("actor", ids)
        return
    with pytest.raises(DuplicateIdError) as caught:
        check.distinct("actor", ids)
    assert caught.value.id == repeated
