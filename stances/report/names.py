"""What actors and issues are called on the page: the names of the data, else those of the registry."""

from collections.abc import Mapping

from attrs import frozen

from stances.bloc_positions import blocs_for
from stances.dataset import Dataset
from stances.positions import Positions
from stances.registry import actors as registered


@frozen
class Names:
    """Names for print, by id; what has none goes by its id.

    Attributes
    ----------
    actors, issues : mapping of str to str
    """

    actors: Mapping[str, str]
    issues: Mapping[str, str]

    def actor(self, actor: str) -> str:
        """Return the name of an actor."""
        return self.actors.get(actor, actor)

    def issue(self, issue: str) -> str:
        """Return the name of an issue."""
        return self.issues.get(issue, issue)


def names_of(data: Dataset | Positions, positions: Positions) -> Names:
    """Return the names of the actors and issues of a table.

    Positions name nobody: the registry does, but only where it knows each of them, as the same
    three letters may stand for a state here and for a party there.
    """
    known = {actor.id: actor.name or actor.id for actor in (*registered(), *blocs_for(data).actors)}
    if isinstance(data, Dataset):
        own = {actor.id: actor.name for actor in data.actors if actor.name}
        own |= {a.id: known[a.id] for a in data.actors if not a.name and a.kind == "state" and a.id in known}
        return Names(own, {issue.id: issue.name or issue.id for issue in data.issues})
    return Names(known if set(positions.actors) <= set(known) else {}, {})
