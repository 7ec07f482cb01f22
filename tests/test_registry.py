"""The registry: its files hold together, its dates agree with published totals, its names lead home."""

import csv
import gzip
import subprocess
import sys
import warnings
from collections import Counter
from datetime import UTC, datetime
from datetime import date as Day
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import registry
from stances.dates import PartialDate, Span
from stances.errors import (
    AmbiguousActorError,
    DatasetError,
    StancesWarning,
    UnknownActorError,
    UnknownBlocError,
    UnknownCowCodeError,
    UnregisteredActorError,
)
from stances.models import Membership
from stances.registry.folding import fold
from stances.registry.seed import shipped_registry
from stances.shipped import seeds

KINDS = {"state", "observer", "non_member", "bloc"}
SEVERAL = {"congo": ("COD", "COG"), "korea": ("KOR", "PRK")}
UN_TOTALS = {
    1945: 51, 1946: 55, 1947: 57, 1948: 58, 1949: 59, 1950: 60, 1954: 60, 1955: 76, 1956: 80, 1957: 82,
    1958: 82, 1960: 99, 1961: 104, 1962: 110, 1963: 113, 1964: 115, 1965: 117, 1966: 122, 1967: 123,
    1968: 126, 1970: 127, 1971: 132, 1973: 135, 1974: 138, 1975: 144, 1976: 147, 1977: 149, 1978: 151,
    1979: 152, 1980: 154, 1981: 157, 1983: 158, 1984: 159, 1990: 159, 1991: 166, 1992: 179, 1993: 184,
    1994: 185, 1998: 185, 1999: 188, 2000: 189, 2001: 189, 2002: 191, 2005: 191, 2006: 192, 2010: 192,
    2011: 193, 2023: 193,
}  # fmt: skip
EU_TOTALS = {
    "1957-12-31": 0, "1958-01-01": 6, "1973-01-01": 9, "1981-01-01": 10, "1986-01-01": 12, "1990-12-31": 12,
    "1995-01-01": 15, "2004-04-30": 15, "2004-05-01": 25, "2007-01-01": 27, "2013-07-01": 28,
    "2020-01-31": 28, "2020-02-01": 27,
}  # fmt: skip
NATO_TOTALS = {
    "1949-12-31": 12, "1952-12-31": 14, "1955-12-31": 15, "1982-12-31": 16, "1999-12-31": 19,
    "2004-12-31": 26, "2009-12-31": 28, "2017-12-31": 29, "2020-12-31": 30, "2023-04-03": 30,
    "2023-04-04": 31, "2024-03-06": 31, "2024-03-07": 32,
}  # fmt: skip
OTHER_NAMES = {
    ("EAT", "Tanzania"), ("SCG", "Yugoslavia"), ("SRB", "Yugoslavia"), ("SUN", "Russia"), ("UAR", "Egypt"),
}  # fmt: skip
ENTRIES = shipped_registry().entries
STATES = [key for key, entry in ENTRIES.items() if entry.actor.kind != "bloc"]


def rows(name):
    """Yield the rows of a shipped file."""
    with seeds().joinpath("registry").joinpath(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


# --- the files hold together


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("actors.csv", ("id",)),
        ("blocs.csv", ("id",)),
        ("sources.csv", ("id",)),
        ("cow.csv", ("actor", "code")),
        ("lifetimes.csv", ("actor",)),
    ],
)
def test_keys_are_given_once(name, key):
    """No id and no code of an actor stands twice in a file."""
    keys = [tuple(row[column] for column in key) for row in rows(name)]
    assert len(set(keys)) == len(keys)


def test_states_and_blocs_share_no_id():
    """A bloc has no state's id."""
    assert len(ENTRIES) == len(list(rows("actors.csv"))) + len(list(rows("blocs.csv")))


@pytest.mark.parametrize("column", ["iso2", "m49"])
def test_codes_are_unique(column):
    """No two actors share an alpha-2 or M49 code."""
    codes = [row[column] for row in rows("actors.csv") if row[column]]
    assert len(set(codes)) == len(codes)


def test_codes_have_their_form():
    """Ids are three capital letters, alpha-2 two, and M49 three digits."""
    for row in rows("actors.csv"):
        assert len(row["id"]) == 3
        assert row["id"].isalpha()
        assert row["id"].isupper()
        assert row["iso2"] == "" or (len(row["iso2"]) == 2 and row["iso2"].isupper())
        assert row["m49"] == "" or (len(row["m49"]) == 3 and row["m49"].isdigit())
        assert row["kind"] in KINDS


def test_an_alpha_2_code_is_no_other_actors_id_or_name():
    """What is matched letter by letter is nobody else's name."""
    for entry in ENTRIES.values():
        for code in entry.codes:
            assert set(shipped_registry()._names.get(fold(code), ())) <= {entry.actor.id}


def test_every_reference_leads_somewhere():
    """Predecessors, members, blocs, sources and the actors of codes are all in the files."""
    blocs, sources = {row["id"] for row in rows("blocs.csv")}, {row["id"] for row in rows("sources.csv")}
    for entry in ENTRIES.values():
        assert set(entry.predecessors) <= set(STATES) - {entry.actor.id}
    for row in rows("memberships.csv"):
        assert row["actor"] in STATES
        assert row["bloc"] in blocs
        assert row["source"] in sources
    assert {row["source"] for row in rows("blocs.csv")} <= sources
    assert {row["actor"] for name in ("cow.csv", "lifetimes.csv") for row in rows(name)} <= set(STATES)
    assert {row["source"] for row in rows("lifetimes.csv")} <= sources


def test_every_source_is_used_and_has_an_address():
    """Each source has a publisher and an address, and something rests on it."""
    used = {row["source"] for name in ("blocs.csv", "lifetimes.csv", "memberships.csv") for row in rows(name)}
    for row in rows("sources.csv"):
        assert row["id"] in used
        assert row["title"]
        assert row["publisher"]
        assert row["url"].startswith("http")


def test_no_actor_precedes_itself():
    """Whoever follows the predecessors comes to an end."""
    for state in STATES:
        line, seen = list(ENTRIES[state].predecessors), set()
        while line:
            before = line.pop()
            assert before != state
            if before not in seen:
                seen.add(before)
                line += ENTRIES[before].predecessors


def test_spells_in_a_bloc_do_not_overlap():
    """An actor's second time in a bloc begins after the first has ended."""
    for bloc in registry.blocs().ids:
        spells = {}
        for record in registry.memberships(bloc):
            spells.setdefault(record.actor, []).append(record)
        for records in spells.values():
            for earlier, later in pairwise(sorted(records, key=lambda r: r.since.first)):
                assert earlier.until is not None
                assert earlier.until.last < later.since.first


def test_memberships_are_in_the_order_of_their_first_days():
    """Within a bloc the files, and so the records, go from the founders to the latest."""
    for bloc in registry.blocs().ids:
        days = [record.since.first for record in registry.memberships(bloc)]
        assert days == sorted(days)


def test_spans_of_codes_do_not_overlap():
    """A state with two Correlates of War codes has one on each day, and the later stands last."""
    several = {state: entry.cow for state, entry in ENTRIES.items() if len(entry.cow) > 1}
    assert set(several) == {"DEU", "YEM"}
    for codes in several.values():
        assert all((b.since.first - a.until.last).days == 1 for a, b in pairwise(codes))


def test_only_a_few_states_have_no_cow_code():
    """The Holy See and Palestine alone are not on the Correlates of War list."""
    assert {state for state in STATES if not ENTRIES[state].cow} == {"VAT", "PSE"}


# --- the dates agree with published totals


@pytest.mark.parametrize(("year", "n_members"), UN_TOTALS.items())
def test_members_of_the_united_nations(year, n_members):
    """At the end of each year the United Nations had the published number of members."""
    assert len(registry.members("UN", f"{year}-12-31")) == n_members


@pytest.mark.parametrize(("day", "n_members"), EU_TOTALS.items())
def test_members_of_the_european_union(day, n_members):
    """The EU and its forerunner had the published number of members on each day."""
    assert len(registry.members("EU", day)) == n_members


@pytest.mark.parametrize(("day", "n_members"), NATO_TOTALS.items())
def test_members_of_nato(day, n_members):
    """NATO had the published number of members on each day."""
    assert len(registry.members("NATO", day)) == n_members


@given(day=st.dates(Day(1945, 10, 24), Day(2030, 12, 31)))
def test_there_are_always_five_permanent_members(day):
    """On any day five states, all of them members of the United Nations, sit permanently."""
    five = registry.members("P5", day)
    assert len(five) == 5
    assert set(five) <= set(registry.members("UN", day))


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("1971-10-24", "FRA GBR SUN TWN USA"),
        ("1971-10-25", "CHN FRA GBR SUN USA"),
        ("1991-12-23", "CHN FRA GBR SUN USA"),
        ("1991-12-24", "CHN FRA GBR RUS USA"),
    ],
)
def test_seats_that_passed_on(day, who):
    """China's and Russia's permanent seats passed on from one day to the next."""
    assert registry.members("P5", day) == tuple(who.split())


@pytest.mark.parametrize(
    ("bloc", "day", "who"),
    [
        ("BRICS", "2009-06-16", "BRA CHN IND RUS"),
        ("BRICS", "2011", "BRA CHN IND RUS ZAF"),
        ("BRICS", "2023-12-31", "BRA CHN IND RUS ZAF"),
        ("BRICS", "2024-01-01", "ARE BRA CHN EGY ETH IND IRN RUS ZAF"),
        ("BRICS", "2025-01-06", "ARE BRA CHN EGY ETH IDN IND IRN RUS ZAF"),
        ("G7", "1975", "DEU FRA GBR ITA JPN USA"),
        ("G7", "2000", "CAN DEU FRA GBR ITA JPN USA"),
        ("G8", "2000", "CAN DEU FRA GBR ITA JPN RUS USA"),
        ("G8", "2014-03-25", ""),
    ],
)
def test_members_of_the_smaller_blocs(bloc, day, who):
    """BRICS, G7 and G8 have the members that their summits name."""
    assert registry.members(bloc, day) == tuple(who.split())


def test_members_today_are_states_of_today():
    """No former state is a member without an end, and observers are no members."""
    assert len(registry.members("UN")) == 193
    assert not set(registry.members("UN")) & {"SUN", "CSK", "YUG", "SCG", "DDR", "YMD", "UAR", "EAT", "EAZ"}
    assert registry.members("UN-OBSERVERS") == ("PSE", "VAT")


def test_two_spells():
    """Indonesia, Egypt, Syria and Yugoslavia were members twice."""
    spells = Counter(record.actor for record in registry.memberships("UN"))
    assert {actor for actor, n in spells.items() if n > 1} == {"IDN", "EGY", "SYR", "YUG"}
    assert not registry.is_member("Indonesia", "UN", "1965-06-01")


# --- names


@given(st.text())
def test_folding_twice_changes_nothing(text):
    """A folded name is its own fold."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("actor", ENTRIES)
def test_every_code_and_name_leads_home(actor):
    """All codes, names and aliases of an actor lead to it, but for the few that two of them bear."""
    entry = ENTRIES[actor]
    for name in (*entry.codes, entry.actor.name, *entry.actor.aliases):
        if fold(name) in SEVERAL and name not in entry.codes:
            assert shipped_registry().candidates(name) == SEVERAL[fold(name)]
        else:
            assert stances.actor(name).id == actor
            assert registry.find(name)[0].id == actor


def test_no_other_name_is_borne_by_two():
    """Only the declared names are ambiguous."""
    found = {name: ids for name, ids in shipped_registry()._names.items() if len(ids) > 1}
    assert found == SEVERAL


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Russia", "RUS"), ("Russian Federation", "RUS"), ("UK", "GBR"), ("Britain", "GBR"), ("Türkiye", "TUR"),
        ("Turkiye", "TUR"), ("Turkey", "TUR"), ("TÜRKÝYE", "TUR"), ("Czechia", "CZE"), ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"), ("COTE D'IVOIRE", "CIV"), ("Burma", "MMR"), ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"), ("Macedonia", "MKD"), ("Bolivia (Plurinational State of)", "BOL"),
        ("NA", "NAM"), ("  Viet  Nam ", "VNM"), ("Republic of China", "TWN"), ("FRG", "DEU"), ("GDR", "DDR"),
        ("European Union", "EU"), ("the Holy See", "VAT"), ("Malaya", "MYS"), ("St. Kitts & Nevis", "KNA"),
        ("São Tomé & Príncipe", "STP"), ("Sao Tome and Principe", "STP"), ("Guinea", "GIN"),
        ("Co\u0302te d'Ivoire", "CIV"),
    ],
)  # fmt: skip
def test_names_in_use(name, actor):
    """Names in common use lead to their actor."""
    assert stances.actor(name).id == actor


@pytest.mark.parametrize("name", ["na", "fra", "no", "Rusia", "156", "710", "…", "Federal Republic"])
def test_nothing_is_guessed(name):
    """Codes in small letters, near misses, numbers and parts of names are unknown."""
    with pytest.raises(UnregisteredActorError) as caught:
        stances.actor(name)
    assert isinstance(caught.value, UnknownActorError)
    assert caught.value.code == "S330"
    assert registry.resolve([name]) == ((name,), (name,))


@pytest.mark.parametrize("name", ["Congo", "Korea", "KOREA"])
def test_an_ambiguous_name_is_refused(name):
    """A name of two actors raises an error with both, and stays as it is where many are resolved."""
    with pytest.raises(AmbiguousActorError, match=r"may be .* or .*; write the code") as caught:
        stances.actor(name)
    assert len(caught.value.candidates) == 2
    assert registry.resolve([name]) == ((name,), (name,))


def test_suggestions_are_for_people():
    """An unknown name comes with those near it, or with where to look."""
    with pytest.raises(UnregisteredActorError, match=r"'Rusia'; did you mean Russia \(RUS\)\?"):
        stances.actor("Rusia")
    with pytest.raises(UnregisteredActorError, match="find"):
        stances.actor("qqqqqq")


def test_find_puts_the_likeliest_first():
    """The same name comes before the same start, that before a word inside; what holds nothing finds none."""
    assert [actor.id for actor in registry.find("guinea")] == ["GIN", "GNB", "GNQ", "PNG"]
    assert registry.find("uk")[0].id == "GBR"
    assert [actor.id for actor in registry.find("korea")] == ["KOR", "PRK"]
    assert registry.find("?!") == ()
    assert registry.find("qqqqqq") == ()


def test_resolve_keeps_order_and_reports_once():
    """There is one id per name, in order, and each name that stays is reported once."""
    ids, unknown = registry.resolve(["SPD", "France", "NA", "SPD", "FR", "CDU"])
    assert ids == ("SPD", "FRA", "NAM", "SPD", "FRA", "CDU")
    assert unknown == ("SPD", "CDU")


def test_namibia_is_not_missing():
    """The alpha-2 code NA is Namibia, both ways."""
    assert registry.from_iso2("NA") == "NAM"
    assert registry.iso2("NAM") == "NA"
    with pytest.raises(UnregisteredActorError):
        registry.from_iso2("CS")


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("DEU", 1980, 260), ("DEU", 1989, 260), ("DEU", 1990, 255), ("DEU", 1995, 255), ("DEU", None, 255),
        ("DDR", 1980, 265), ("YEM", 1980, 678), ("YEM", None, 679), ("YMD", 1980, 680), ("VNM", None, 816),
        ("YUG", 1980, 345), ("SRB", 2010, 345), ("SUN", 1980, 365), ("Russia", 2000, 365), ("USA", None, 2),
        ("VAT", None, None), ("EU", 2000, None), ("SPD", 2000, None), ("Korea", 2000, None),
    ],
)  # fmt: skip
def test_cow_codes_follow_history(name, year, code):
    """Germany, Yemen, Yugoslavia and Russia have the code of the year; what is no state has none."""
    assert registry.cow(name, year) == code


def test_no_member_was_one_before_or_after_it_was_there():
    """Every membership of a state lies within its lifetime, and former states ended."""
    for actor, entry in ENTRIES.items():
        life = entry.lifetime or Span(PartialDate(1), None)
        for bloc in registry.blocs().ids:
            for record in registry.memberships(bloc):
                if record.actor == actor:
                    assert life.first <= record.since.first
                    assert record.until is None or record.until.last <= life.last
    ended = {actor for actor, entry in ENTRIES.items() if entry.lifetime and entry.lifetime.end}
    assert ended == {"SUN", "CSK", "YUG", "SCG", "DDR", "YMD", "UAR", "EAT", "EAZ"}


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("USSR", "/1991"),
        ("GDR", "1949-10-07/1990-10-02"),
        ("West Germany", "1949-05-23/"),
        ("SSD", "2011-07-09/"),
    ],
)
def test_lifetimes(name, span):
    """Former states and those that came of them have a lifetime, by any of their names."""
    assert str(registry.lifetime(name)) == span


@pytest.mark.parametrize("name", ["CHE", "UKR", "EST", "TWN", "XKX", "EU", "SPD", "Korea"])
def test_no_lifetime(name):
    """Who joined the United Nations late, is disputed, is no state or is not known has none."""
    assert registry.lifetime(name) is None


def test_cow_letters_are_not_iso():
    """The Correlates of War call Austria AUS; their letters are given, and never read."""
    assert registry.cow_abbreviation(305) == "AUS"
    assert stances.actor("AUS").name == "Australia"
    with pytest.raises(UnknownCowCodeError):
        registry.cow_abbreviation(817)


def test_all_actors_are_listed():
    """States and others come by id, and blocs after them."""
    ids = [actor.id for actor in registry.actors()]
    assert ids == sorted(STATES) + list(registry.blocs().ids)
    assert registry.m49("SPD") is None
    assert registry.iso2("SPD") is None
    assert registry.note("FRA") == ""


def test_importing_reads_no_file():
    """`import stances` does not read the registry."""
    code = "import stances; from stances.registry.seed import shipped_registry as r; print(r.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["0"]


# --- blocs


@pytest.mark.parametrize(
    "on",
    [
        "2013",
        "2013-07",
        "2013-07-01",
        Day(2013, 7, 1),
        datetime(2013, 7, 1, 12, tzinfo=UTC),
        Span.parse("2012/2013"),
    ],
)
def test_any_date_will_do(on):
    """Days, months, years and spans are taken; of the longer ones the last day counts."""
    assert registry.is_member("Croatia", "EU", on)


def test_blocs_by_name():
    """A bloc is found by id, name or alias, and an unknown one names those near it."""
    assert registry.members("European Union") == registry.members("EU") == registry.members("eu")
    with pytest.raises(UnknownBlocError, match="did you mean 'NATO'"):
        registry.members("NATOO")
    with pytest.raises(UnknownBlocError):
        registry.Blocs((), (Membership("FRA", "PAIR"),))


def test_blocs_print():
    """Blocs print a row each and give a row per membership."""
    text = str(registry.blocs())
    assert "BRICS" in text
    assert len(registry.blocs().columns()["bloc"]) == len(list(rows("memberships.csv")))


def own(tmp_path, text):
    """Return the blocs in a file with this text."""
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return registry.read_blocs(path)


def test_blocs_of_your_own(tmp_path):
    """A small file makes blocs, whose actors may be named in any way."""
    blocs = own(tmp_path, "bloc,actor,since,until\nPAIR, Türkiye ,2001-02,\nPAIR,FR,,2010\nTRIO,Namibia,,\n")
    assert blocs.ids == ("PAIR", "TRIO")
    assert blocs.members("PAIR", "2001-01-31") == ("FRA",)
    assert blocs.members("PAIR", "2005-01-01") == ("FRA", "TUR")
    assert blocs.members("PAIR") == ("TUR",)
    assert "PAIR" in blocs
    assert "QUAD" not in blocs


def test_what_is_printed_can_be_read_again(tmp_path):
    """The CSV of blocs reads back as the same memberships."""
    again = own(tmp_path, registry.blocs().to_csv())
    assert again.records == registry.blocs().records


def test_blocs_join(tmp_path):
    """Shipped blocs and your own join; where both have one, yours stands."""
    both = registry.blocs() | own(tmp_path, "bloc,actor\nG7,France\nPAIR,France\n")
    assert both.members("G7") == ("FRA",)
    assert both.members("PAIR") == ("FRA",)
    assert both.members("EU") == registry.members("EU")
    with pytest.raises(TypeError):
        registry.blocs() | {"PAIR": ["FRA"]}


def test_unknown_members_stay_and_are_named(tmp_path):
    """A member that the registry does not know stays as it is, and a warning names it."""
    with pytest.warns(
        StancesWarning, match=r"own.csv: not in the registry and kept as they are: SPD"
    ) as caught:
        blocs = own(tmp_path, "bloc,actor\nLEFT,SPD\n")
    assert caught[0].filename == __file__
    assert blocs.members("LEFT") == ("SPD",)
    assert blocs.unknown == ("SPD",)
    assert "SPD" in str(blocs).splitlines()[-1]


def test_all_faults_of_a_file_at_once(tmp_path):
    """Every fault is told, with its line and column."""
    text = (
        "bloc,actor,since,until\nPAIR,Korea,1991,\nA PAIR,Rep. of Rusia,1991-13,\nPAIR,FRA,2001\n,FRA,,\nPAIR,,,\n"
        "PAIR,DEU,2002,2001\nDEU,DEU,,\nPAIR,FRA,,2020/\n"
    )
    with warnings.catch_warnings(), pytest.raises(DatasetError) as caught:
        own(tmp_path, text)
    found = [(f.places[0].line, f.places[0].column, f.error.code) for f in caught.value.faults]
    assert found == [
        (2, "actor", "S331"), (3, "bloc", "S101"), (3, "actor", "S330"), (3, "since", "S102"), (4, "", "S202"),
        (5, "bloc", "S101"), (6, "actor", "S101"), (7, "", "S102"), (8, "", "S101"), (9, "until", "S102"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfeb\x00", b"bloc;actor\nPAIR;FRA\n", b"bloc,member\nPAIR,FRA\n"]
)
def test_files_that_are_no_blocs(tmp_path, content):
    """A file that is empty, of another encoding or under another header is refused."""
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(DatasetError):
        registry.read_blocs(tmp_path / "own.csv")


# --- the development data lead home


def votes(path):
    """Yield the rows of a file of votes."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


UN_FILES = [
    "data/unga/ga_voting_sample.csv",
    "data/unga/ga_voting_1990-1993.csv.gz",
    "data/unga/ga_voting_2019-2024.csv.gz",
    "data/unsc/sc_voting_2019-2024.csv.gz",
]


@pytest.mark.parametrize("path", UN_FILES)
def test_states_in_un_records_were_members(shared_file, path):
    """Every code and name in the records of the UN leads to a member of the UN on that day."""
    seen = {(row["ms_code"], row["ms_name"], row["date"]) for row in votes(shared_file(path))}
    for code, name in {(code, name) for code, name, _ in seen}:
        assert stances.actor(code).id == code
        if fold(name) not in SEVERAL:
            assert stances.actor(name).id == code
    by_day = {day: set(registry.members("UN", day)) for _, _, day in seen}
    assert [(code, day) for code, _, day in seen if code not in by_day[day]] == []


@pytest.mark.parametrize("path", UN_FILES[1:3])
def test_members_in_un_records_are_all_there(shared_file, path):
    """At each vote of the General Assembly, those listed are exactly the members of that day."""
    listed = {}
    for row in votes(shared_file(path)):
        listed.setdefault((row["date"], row["resolution"]), set()).add(row["ms_code"])
    for (day, _), codes in listed.items():
        assert codes == set(registry.members("UN", day))


def test_permanent_members_in_un_records(shared_file):
    """Those that the Security Council's records call permanent are the five."""
    rows = votes(shared_file("data/unsc/sc_voting_2019-2024.csv.gz"))
    permanent = {(row["date"], row["ms_code"]) for row in rows if row["permanent_member"] == "True"}
    for day in {day for day, _ in permanent}:
        assert {code for when, code in permanent if when == day} == set(registry.members("P5", day))


def test_states_in_unvotes(shared_file):
    """Codes and names of `unvotes` lead to the same member of that day; its Yugoslavia is Serbia."""
    dates = {row["rcid"]: row["date"] for row in votes(shared_file("data/unvotes/roll_calls.csv"))}
    seen = {
        (row["country_code"], row["country"], dates[row["rcid"]])
        for row in votes(shared_file("data/unvotes/unvotes.csv.gz"))
    }
    for code, name in {(code, name) for code, name, _ in seen}:
        assert registry.from_iso2(code) == stances.actor(name).id == registry.resolve([code])[0][0]
    by_day = {day: set(registry.members("UN", day)) for day in dates.values()}
    strange = {code for code, _, day in seen if registry.from_iso2(code) not in by_day[day]}
    assert strange == {"YU"}


def test_columns_of_the_wide_table(shared_file):
    """Every column of the wide table is an actor, and none but Taiwan is no member."""
    header = next(votes(shared_file("data/voeten_wide/ungaVoting_2010-2016.csv.gz"))).keys()
    codes = [name for name in header if len(name) == 3]
    assert registry.resolve(codes) == (tuple(codes), ())
    assert set(codes) - set(registry.members("UN", "2015-12-31")) == {"TWN"}


def test_correlates_of_war(shared_file):
    """Every code stands in the Correlates of War list, under its letters and the name of its state."""
    listed = {
        int(row["CCode"]): (row["StateAbb"], row["StateNme"])
        for row in votes(shared_file("data/cow/COW country codes.csv"))
    }
    for row in rows("cow.csv"):
        letters, name = listed[int(row["code"])]
        assert letters == row["abbreviation"]
        found = shipped_registry().candidates(name)
        assert row["actor"] in found or (row["actor"], name) in OTHER_NAMES, (row, name)


def test_states_that_correlates_of_war_lists_are_here(shared_file):
    """Only states that ended before 1945, South Vietnam and undivided Korea have codes and no actor here."""
    listed = {int(r["CCode"]): r["StateAbb"] for r in votes(shared_file("data/cow/COW country codes.csv"))}
    ours = {int(row["code"]) for row in rows("cow.csv")}
    assert {listed[code] for code in set(listed) - ours} == {
        "AUH", "BAD", "BAV", "HAN", "HSE", "HSG", "KOR", "MEC", "MOD", "PAP", "PMA", "RVN", "SAX", "SIC", "TUS",
        "WRT",
    }  # fmt: skip
