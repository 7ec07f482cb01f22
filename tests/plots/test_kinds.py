"""The other figures: what is drawn is what the result holds."""

import numpy as np
import pytest

import stances
from stances import plots
from stances.errors import FieldError, TooFewActorsError
from stances.plots.leaves import branches_of

pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")

VOTES = "un-landmark-votes"


@pytest.fixture
def votes():
    """Twenty states on twenty resolutions."""
    return stances.load(VOTES)


def lines(ax, gid):
    """Return the x and y of the lines with a name."""
    return [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines if line.get_gid() == gid]


def notes(ax):
    """Return what stands below."""
    return ax.figure.texts[-1].get_text().replace("\n", " ")


def named(ax):
    """Return the names of the rows."""
    return [label.get_text() for label in ax.get_yticklabels()]


def test_branches_have_the_heights_of_the_tree(votes, drawn):
    """Each join is drawn at its divergence, and the dashed line lies between the last join and the first cut."""
    found = stances.camps(stances.agreement_matrix(votes))
    ax = drawn(found.plot())
    heights = sorted(max(x) for x, _ in lines(ax, "branch"))
    assert heights == sorted(found.dendrogram.merges[:, 2].tolist())
    assert named(ax) == list(found.dendrogram.order)
    (((at, _), _),) = lines(ax, "cut")
    below = [h for h in heights if h < at]
    assert len(below) == len(found.actors) - len(found)
    assert "Left out, sharing fewer than 5 questions with too many others: EU." in notes(ax)


def test_no_two_branches_cross(votes):
    """Of every join, the places of both branches lie within those of its members."""
    tree = stances.camps(stances.agreement_matrix(votes)).dendrogram
    made = branches_of(tree, dict.fromkeys(tree.actors, 1))
    assert all(a < b for _, a, b, _, _, _ in made)
    assert all(height >= max(one, other) - 1e-12 for height, _, _, one, other, _ in made)


def test_camps_differ_in_shape_and_stroke_too(votes, drawn):
    """In a dendrogram no camp is told by its colour alone."""
    ax = drawn(stances.camps(stances.agreement_matrix(votes), 4).plot())
    shapes = [line.get_marker() for line in ax.lines if line.get_label().startswith("camp")]
    assert len(set(shapes)) == 4


def test_a_dendrogram_of_too_few_is_refused(seed):
    """Fewer than four comparable actors make no tree."""
    with pytest.raises(TooFewActorsError, match="a dendrogram would mean nothing"):
        plots.dendrogram(stances.agreement_matrix(seed))


def test_points_of_a_map_are_its_points(votes, drawn):
    """Each actor stands where the map has it, in one scale on both axes, with the stress below."""
    found = stances.map_of(stances.agreement_matrix(votes))
    ax = drawn(found.plot())
    points = np.concatenate([c.get_offsets() for c in ax.collections])
    assert sorted(map(tuple, points.tolist())) == sorted(map(tuple, found.points.tolist()))
    assert ax.get_aspect() == 1.0
    assert "stress 0.06, fair" in notes(ax)
    assert "Only distances mean something" in notes(ax)
    assert sorted(t.get_text() for t in ax.texts) == sorted(found.actors)


def test_names_of_a_large_map_stay_apart(drawn, shared_file):
    """On the map of all 193 members no name lies over another or over a point; who is not named is listed."""
    matrix = stances.agreement_matrix(
        stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    )
    found = stances.map_of(matrix)
    ax = drawn(found.plot())
    ax.figure.draw_without_rendering()
    boxes = [_box(text) for text in ax.texts]
    assert len(boxes) > 60
    assert not [(a, b) for k, a in enumerate(boxes) for b in boxes[:k] if a.overlaps(b)]
    dots = ax.transData.transform(found.points)
    assert not any(box.contains(*dot) for box in boxes for dot in dots)
    unnamed = set(found.actors) - {text.get_text() for text in ax.texts}
    assert f"{len(unnamed)} names find no room" in notes(ax)
    assert all(actor in notes(ax) for actor in unnamed)


def _box(text):
    """Return the box of the letters of an annotation, without its line."""
    from matplotlib.text import Text

    return Text.get_window_extent(text)


def test_a_trend_has_a_point_per_value(votes, drawn):
    """Points are the values, hollow on fewer than five questions, with their interval and support."""
    found = stances.trend(votes, "FRA", "USA")
    ax = drawn(found.plot())
    points = [line for line in ax.lines if line.get_gid() == "value"]
    assert [p.get_ydata()[0] for p in points] == [period.cell.value for period in found.periods]
    assert [p.get_markerfacecolor() == "#FFFFFF" for p in points] == [True, False, False, True]
    assert [y for _, y in lines(ax, "interval")] == [[p.cell.lower, p.cell.upper] for p in found.periods]
    assert lines(ax, "largest") == [
        ([2022, 2023], [found.periods[1].cell.value, found.periods[2].cell.value])
    ]


def test_a_gap_stays_a_gap(drawn):
    """No line runs over a period without a value, and the period says why."""
    from stances import Question, Scale

    scale = Scale("v", ["no", "yes"])
    questions = [Question(f"q{k}", "?", scale, date=str(2000 + k)) for k in range(4)]
    positions = stances.Positions.from_codes(
        [[1, 1, -1, 1], [1, 0, 1, 1]], scale=scale, questions=questions, actors=["A", "B"]
    )
    ax = drawn(stances.trend(positions, "A", "B").plot())
    assert [x for x, _ in lines(ax, "step")] == [[2000, 2001]]
    assert len([line for line in ax.lines if line.get_gid() == "value"]) == 3
    assert "2002\nnone shared" in [label.get_text() for label in ax.get_xticklabels()]


def test_sessions_beside_others_stand_apart(votes, drawn):
    """What is no step in time stands behind a line, and no line leads there."""
    ax = drawn(stances.trend(votes, "CHN", "RUS", by="session").plot())
    (((border, _), _),) = lines(ax, "aside")
    assert all(max(x) < border for x, _ in lines(ax, "step"))
    beyond = [line for line in ax.lines if line.get_gid() == "value" and line.get_xdata()[0] > border]
    assert [line.get_marker() for line in beyond] == ["D", "D"]


def test_wedges_are_drawn_from_bloc_to_rival(votes, drawn):
    """Each row joins both divergences, and its interval stands beside it around the difference."""
    found = stances.wedges(votes, "EU", "USA", by=None, interval=0.95)
    ax = drawn(found.plot())
    rows = [row for row in found.rows if not row.why]
    assert [x for x, _ in lines(ax, "between")] == [[row.from_bloc, row.from_rival] for row in rows]
    (right,) = ax.child_axes
    assert [x for x, _ in lines(right, "interval")] == [[row.lower, row.upper] for row in rows]
    assert named(ax) == [row.member for row in rows]


def test_wedges_that_are_undefined_say_who_is_missing(seed, drawn):
    """A report that cannot show a wedge draws none, and says why."""
    ax = drawn(stances.wedges(seed, "EU", "CHN").plot())
    assert not ax.lines
    assert "cannot show a wedge" in notes(ax)


def test_words_and_deeds_stand_at_their_levels(seed, drawn):
    """Each gap joins the level of the word and that of the deed."""
    found = stances.words_and_deeds(seed)
    ax = drawn(found.plot())
    (gap,) = found.gaps
    (((word, deed), _),) = lines(ax, "gap")
    assert deed - word == pytest.approx(gap.step)
    assert named(ax) == ["CHN · open-chinese-market *"]
    assert "CHN: mean gap (0.50) of 1." in notes(ax)


def test_bars_are_the_means(votes, drawn):
    """A bar is as long as the mean, with its interval and its support; one row shows every index."""
    found = stances.cohesion(votes, "EU", by="issue", interval=0.95)
    ax = drawn(found.plot())
    assert [bar.get_width() for bar in ax.patches] == [row["pairwise"] for row in found.rows]
    assert [x for x, _ in lines(ax, "interval")] == [
        [row.means["pairwise"].lower, row.means["pairwise"].upper] for row in found.rows
    ]
    assert [t.get_text() for t in ax.texts] == ["1.00 of 5", "0.52 of 5", "1.00 of 5", "1.00 of 5"]
    assert len(drawn(stances.cohesion(votes, "EU").plot()).patches) == 5


def test_an_axes_of_ones_own_is_drawn_on_and_returned(votes, drawn):
    """Given an Axes, that one is returned, with title and notes at it; anything else is refused."""
    from matplotlib.figure import Figure

    matrix = stances.agreement_matrix(votes)
    for result in (matrix, stances.camps(matrix), stances.map_of(matrix), stances.trend(votes, "FRA", "USA"),
                   stances.wedges(votes, "EU", "USA"), stances.cohesion(votes, "EU")):  # fmt: skip
        given = Figure(figsize=(7, 5)).subplots()
        size = given.figure.get_size_inches().tolist()
        assert drawn(result.plot(ax=given)) is given
        assert given.get_title(loc="left")
        assert "un-landmark-votes" in given.texts[-1].get_text()
        assert given.figure.get_size_inches().tolist() == size
    with pytest.raises(FieldError, match="is no Axes"):
        matrix.plot(ax="here")


def test_no_setting_is_changed_and_nothing_is_shown(votes, drawn):
    """Drawing leaves matplotlib's settings as they were, and loads no window."""
    import sys

    import matplotlib as mpl

    before = dict(mpl.rcParams)
    drawn(stances.agreement_matrix(votes).plot())
    assert dict(mpl.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_every_figure_names_its_sources(seed, votes, drawn):
    """One source stands whole below the figure; of many the number and the publisher."""
    assert notes(drawn(stances.agreement_matrix(seed).plot())).endswith(f"Source: {seed.sources[0].title}.")
    assert notes(drawn(stances.camps(stances.agreement_matrix(votes)).plot())).endswith(
        "Sources: 20 documents of United Nations General Assembly."
    )


def test_rows_beyond_forty_are_counted():
    """A figure of more rows than it draws says how many, and no note of it tells what to type."""
    rng = np.random.default_rng(1)
    questions = [
        stances.Question(f"q{k}", f"Question {k}?", stances.VOTE, date=f"{1950 + k // 6}-01-01", issues=["i"])
        for k in range(6 * 45)
    ]
    states = ("AUT", "DEU", "FRA", "USA")
    found = stances.Positions.from_codes(
        rng.integers(0, 3, (4, len(questions))), scale=stances.VOTE, actors=states, questions=questions
    )
    drawn = stances.wedges(found, "NATO", "AUT", by="year")
    n = sum(not row.why for row in drawn.rows)
    assert n > 40
    for ax, left in (
        (plots.wedges(drawn), n - 40),
        (plots.cohesion(stances.cohesion(found, "NATO", by="year")), 5),
    ):
        told = ax.figure.texts[-1].get_text()
        assert f"{left} more rows are not drawn." in " ".join(told.split())
        assert "--" not in told
        assert len(ax.get_yticklabels()) == 40


def test_an_actor_called_next_keeps_its_note():
    """Only what tables tell to type is left out of a figure, not what is said of an actor of that name."""
    questions = [stances.Question("q", "Q?", stances.SUPPORT, issues=["i"])]
    records = [
        stances.Stance("Next", "q", level, basis=basis)
        for level, basis in (("opposed", "word"), ("supportive", "deed"))
    ]
    data = stances.Dataset(
        "d", issues=[stances.Issue("i")], questions=questions, actors=[stances.Actor("Next")], stances=records
    )
    told = plots.dumbbell(stances.words_and_deeds(data)).figure.texts[-1].get_text()
    assert "Next: mean gap (0.50) of 1." in told
    assert "stances compare" not in told
