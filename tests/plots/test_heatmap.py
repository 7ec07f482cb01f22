"""Heatmaps: what is drawn is what the matrix holds, and what it lacks is seen."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import captions, plots
from stances.errors import FieldError, StancesWarning
from stances.plots.cells import RINGS
from stances.strategies import matrices

pytest.importorskip("matplotlib", reason="the extra plot is not installed")
pytest.importorskip("scipy", reason="the extra plot is not installed")

NO, YES = 0, 2


@pytest.fixture
def votes():
    """The agreement of twenty states."""
    return stances.agreement_matrix(stances.load("un-landmark-votes"))


def found(ax, gid):
    """Return the artists of an Axes with a name."""
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def names(ax):
    """Return the actors as the axis names them, from the top."""
    return [label.get_text() for label in ax.get_yticklabels()]


def test_cells_are_the_values_in_the_order_of_camps(votes, drawn):
    """Each cell has the value of the matrix, rows and columns come by camps, the diagonal is blank."""
    ax = drawn(votes.plot())
    order = votes.sorted_by("camps").select(names(ax))
    (mesh,) = found(ax, "values")
    values = np.ma.getdata(mesh.get_array())
    off = ~np.eye(len(order.actors), dtype=bool)
    assert (values[off] == order.values[off]).all()
    assert np.ma.getmaskarray(mesh.get_array())[~off].all()
    assert names(ax) == [label.get_text() for label in ax.get_xticklabels()]
    assert mesh.get_clim() == (0.0, 1.0)


def test_camps_are_parted_by_lines(votes, drawn):
    """A line runs between the camps that `camps` finds, and nowhere else."""
    ax = drawn(votes.plot())
    camps = stances.camps(votes)
    numbers = [camps.of(actor).number for actor in names(ax)]
    changes = [k - 0.5 for k in range(1, len(numbers)) if numbers[k] != numbers[k - 1]]
    across = [line.get_ydata()[0] for line in found(ax, "border") if set(line.get_xdata()) == {0, 1}]
    assert across == changes
    assert len(changes) == len(camps) - 1


def test_thin_cells_are_framed_and_say_their_support(seed, drawn):
    """Values on fewer than five questions are in brackets with their support, in a cell that is only framed."""
    ax = drawn(stances.agreement_matrix(seed).plot())
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("(1.00)\nof 4") == 2
    assert texts.count("20\non record") == 1
    (holes,) = found(ax, "thin")
    assert len(holes.get_paths()) == 6
    assert np.ptp(holes.get_paths()[0].vertices[:, 0]) == pytest.approx(1 - 2 * RINGS[0])
    notes = ax.figure.texts[-1].get_text().replace("\n", " ")
    assert "Only framed: fewer than 5 shared questions" in notes
    assert "RUS, USA (1 position each)" in notes
    assert "Actors in the order given" in notes


def test_cells_without_numbers_say_their_support_below(drawn):
    """Where there is no room for numbers, the note gives the fewest and the most shared questions."""
    votes = stances.load("un-landmark-votes")
    matrix = stances.agreement_matrix(votes)
    rows = captions.sharing(matrix)
    supports = {int(matrix.n_shared[i, j]) for i in rows for j in rows if i < j}
    told = f"Support, in shared questions: {min(supports)} to {max(supports)}."
    assert told in drawn(matrix.plot()).figure.texts[-1].get_text().replace("\n", " ")
    panels = plots.small_multiples(stances.matrices_by(votes, "issue"))
    told = panels[0].figure.texts[-1].get_text().replace("\n", " ")
    for issue, part in stances.matrices_by(votes, "issue").items():
        rows = captions.sharing(part)
        supports = {int(part.n_shared[i, j]) for i in rows for j in rows if i < j} - {0}
        low, high = min(supports), max(supports)
        assert f"{issue} {low}" + (f" to {high}" if high > low else "") in told


def test_undefined_cells_are_crossed_out(drawn):
    """A pair without a shared question has no colour, a cross, and its reason."""
    codes = [[YES, -1, NO], [YES, YES, NO], [-1, YES, -1]]
    positions = stances.Positions.from_codes(codes, scale=stances.VOTE, actors=["A", "B", "C"])
    ax = drawn(stances.agreement_matrix(positions).plot())
    (mesh,), (crosses,) = found(ax, "values"), found(ax, "undefined")
    assert np.ma.getmaskarray(mesh.get_array()).tolist() == [
        [True, False, True],
        [False, True, False],
        [True, False, True],
    ]
    assert len(crosses.get_segments()) == 4
    assert [text.get_text() for text in ax.texts].count("none\nshared") == 2


def test_intervals_are_in_the_cells(seed, drawn):
    """With an interval each value has its ends beside it."""
    ax = drawn(stances.agreement_matrix(seed, interval=0.95).plot())
    assert "(1.00)\nof 4\n[0.42, 1.00]" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize(("measure", "kind", "limits"), [
    ("signorino_ritter_s", "agreement", (-1, 1)), ("cohen_kappa", "agreement", (-1, 1)), ("cohen_kappa", "divergence", (0, 2)),
])  # fmt: skip
def test_the_scale_is_that_of_the_measure(measure, kind, limits, drawn):
    """Colours go from end to end of the measure's range, below 0 too, and the key names measure and kind."""
    compute = stances.agreement_matrix if kind == "agreement" else stances.divergence_matrix
    ax = drawn(compute(stances.load("un-landmark-votes"), measure).plot())
    (mesh,) = found(ax, "values")
    assert mesh.get_clim() == limits
    (key,) = ax.child_axes
    assert measure in key.get_ylabel()
    assert f"more {kind}" in key.get_ylabel().replace("\n", " ")


def test_nobody_shares_is_told(drawn):
    """Where nobody shares a question there is no cell, and the reason in words."""
    positions = stances.Positions.from_codes([[YES, -1], [-1, NO]], scale=stances.VOTE, actors=["A", "B"])
    ax = drawn(stances.agreement_matrix(positions).plot())
    assert "Undefined between all actors" in ax.texts[0].get_text().replace("\n", " ")
    assert not found(ax, "values")


@given(matrices())
def test_any_matrix_is_drawn(matrix):
    """Any matrix is drawn without a warning of matplotlib, and names whom it shows once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StancesWarning)
        ax = plots.heatmap(matrix)
        ax.figure.draw_without_rendering()
    shown = names(ax) if ax.axison else []
    sharing = (matrix.n_shared - np.diag(matrix.n_shared.diagonal())).any(axis=1)
    assert len(shown) == (sharing.sum() if sharing.sum() > 1 else 0)


@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_from_one_to_forty_actors(n, n_questions, seed):
    """However many actors and silences there are, names stay apart and inside the figure."""
    codes = np.random.default_rng(seed).choice([-1, 0, 1, 2], (n, n_questions))
    positions = stances.Positions.from_codes(
        codes, scale=stances.VOTE, actors=[f"A{k:02d}" for k in range(n)]
    )
    ax = plots.heatmap(stances.agreement_matrix(positions))
    ax.figure.draw_without_rendering()
    for labels in (ax.get_yticklabels(), ax.get_xticklabels()):
        assert apart([label.get_window_extent() for label in labels if label.get_text()])
    assert inside(ax.figure)


def apart(boxes):
    """Tell whether no two boxes overlap."""
    return not any(
        a.shrunk(0.98, 0.98).overlaps(b.shrunk(0.98, 0.98)) for k, a in enumerate(boxes) for b in boxes[:k]
    )


def inside(figure):
    """Tell whether all that is drawn lies on the sheet."""
    box, sheet = figure.get_tightbbox(), figure.bbox_inches
    return box.x0 >= -0.01 and box.y0 >= -0.01 and box.x1 <= sheet.x1 + 0.01 and box.y1 <= sheet.y1 + 0.01


def test_the_whole_assembly_is_named(drawn, shared_file):
    """All 193 members have their name at both edges, none over another, on less than a page."""
    matrix = stances.agreement_matrix(
        stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    )
    ax = drawn(matrix.plot())
    assert sorted(names(ax)) == sorted(matrix.actors)
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert len(boxes) == 193
    assert apart(boxes)
    assert inside(ax.figure)
    assert max(ax.figure.get_size_inches()) < 8.3


def test_panels_share_order_and_scale(drawn):
    """All panels have the same actors in the same rows and one scale; the key stands once."""
    parts = stances.matrices_by(stances.load("un-landmark-votes"), "issue")
    panels = plots.small_multiples(parts)
    drawn(panels[0])
    order = names(panels[0])
    assert names(panels[2]) == order
    for ax, matrix in zip(panels, parts.values(), strict=True):
        (mesh,) = found(ax, "values")
        off = ~np.eye(len(order), dtype=bool)
        np.testing.assert_array_equal(
            np.ma.filled(mesh.get_array(), np.nan)[off], matrix.select(order).values[off]
        )
        assert mesh.get_clim() == (0, 1)
    assert sum(len(ax.child_axes) for ax in panels) == 1


def test_a_panel_without_values_says_why(seed, drawn):
    """An issue on which no two share a question is an empty panel with the reason."""
    panels = plots.small_multiples(stances.matrices_by(seed, "issue"))
    drawn(panels[0])
    (gaza,) = [ax for ax in panels if ax.get_title(loc="left") == "gaza"]
    assert "only CHN (2 positions) is on record" in gaza.texts[0].get_text().replace("\n", " ")


def test_panels_that_do_not_fit_are_refused(votes, seed):
    """Matrices of other actors or measures have no common order or scale."""
    with pytest.raises(FieldError, match="holds none"):
        plots.small_multiples({})
    with pytest.raises(FieldError, match="actors of b"):
        plots.small_multiples({"a": votes, "b": stances.agreement_matrix(seed)})
    with pytest.raises(FieldError, match="measure of b"):
        plots.small_multiples(
            {"a": votes, "b": stances.agreement_matrix(stances.load("un-landmark-votes"), "exact")}
        )


def test_the_reason_for_an_empty_figure_breaks_no_word(drawn):
    """Of three actors and no question, the reason stands in lines that are broken between words."""
    nothing = stances.Positions.from_codes(np.zeros((3, 0), dtype=int), scale=stances.VOTE)
    (text,) = drawn(stances.agreement_matrix(nothing).plot()).texts
    assert "(no_shared_questions)" in text.get_text()
