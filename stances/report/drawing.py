"""Blocs on the page: where their members stand between the bloc and the powers outside it."""

from collections.abc import Iterator

from attrs import frozen

from stances.bloc_positions import blocs_for
from stances.blocs import wedges
from stances.blocs.wedge_report import Wedge, Wedges
from stances.captions import THIN
from stances.dataset import Dataset
from stances.errors import RivalInsideError
from stances.overview import LARGE
from stances.positions import Positions
from stances.registry import Blocs

POWERS = "P5"  # rivals in large data: who can veto
AT_LEAST = 3  # members here, for a bloc that no dataset names


@frozen
class Drawn:
    """The members of a bloc between it and one rival.

    Attributes
    ----------
    wedges : Wedges
    nearer : tuple of Wedge
        Members nearer to the rival than to the bloc, on enough questions; the strongest first.
    """

    wedges: Wedges
    nearer: tuple[Wedge, ...]

    @property
    def n_defined(self) -> int:
        """Members with a value that rests on enough."""
        return sum(not row.why and row.n_questions >= THIN for row in self.wedges.rows)


def drawn_from(data: Dataset | Positions, positions: Positions, interval: float | None) -> tuple[Drawn, ...]:
    """Return the wedges of every bloc that the data name, or have members of, and every power outside it."""
    blocs = blocs_for(data)
    dataset = data if isinstance(data, Dataset) else None
    found = []
    for bloc, rival in _between(dataset, positions, blocs):
        try:
            result = wedges(
                positions, bloc, rival, by=None, interval=interval, blocs=blocs,
                assessments=dataset.stances if dataset else (), sources=dataset.sources if dataset else (),
            )  # fmt: skip
        except RivalInsideError:
            continue
        nearer = [r for r in result.rows if not r.why and r.n_questions >= THIN and r.value > 0]
        found.append(Drawn(result, tuple(nearer)))
    return tuple(found)


def _between(data: Dataset | None, positions: Positions, blocs: Blocs) -> Iterator[tuple[str, str]]:
    """Yield the blocs with their rivals: outside of the bloc, and no bloc itself."""
    named = dict.fromkeys(record.bloc for record in data.memberships) if data and data.memberships else ()
    here = set(positions.actors)
    for bloc in named or blocs.ids:
        members = {record.actor for record in blocs.memberships(bloc)} & here
        outside = here - members - {bloc} - set(blocs.ids)
        if not outside or len(members) < (1 if named else AT_LEAST):
            continue
        powers = {record.actor for record in blocs.memberships(POWERS)} if POWERS in blocs else set()
        rivals = outside if positions.n_actors <= LARGE else outside & powers
        yield from ((bloc, rival) for rival in sorted(rivals))


def claims_of(drawn: tuple[Drawn, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what third parties judge of these actors, each passage once."""
    return tuple(dict.fromkeys(claim.row() for one in drawn for claim in one.wedges.claims))
