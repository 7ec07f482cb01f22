"""Words and deeds of one dataset as two tables of positions."""

from collections.abc import Iterable
from typing import Any

from stances.dataset import Dataset
from stances.errors import FieldError, NeedsDatasetError
from stances.expansion import select_actors
from stances.positions import Positions


def by_basis(
    data: object, rules: dict[str, Any], actors: str | Iterable[str] | None = None
) -> tuple[Positions, Positions]:
    """Return the words and the deeds of a dataset, each resolved for itself.

    Parameters
    ----------
    data : Dataset
        Anything else is refused.
    rules : dict
        Of `Dataset.positions`, but for ``basis`` and ``prefer``, which are settled here.
    actors : str or iterable of str, optional
        Only these, as `select_actors` takes them.

    Raises
    ------
    NeedsDatasetError
        If `data` are Positions, which no longer tell a word from a deed.
    FieldError
        If a rule names a basis, or `data` are no dataset.
    """
    if isinstance(data, Positions):
        raise NeedsDatasetError(("word and deed",))
    if not isinstance(data, Dataset):
        raise FieldError("data", data, "is no Dataset", "read one with stances.load(...)")
    for rule in ("basis", "prefer"):
        if rules.get(rule) is not None:
            raise FieldError(rule, rules[rule], "cannot be chosen where words and deeds are set side by side")
    given = {name: value for name, value in rules.items() if name not in ("basis", "prefer")}
    words, deeds = (data.positions(basis=basis, **given) for basis in ("word", "deed"))
    if actors is None:
        return words, deeds
    return select_actors(words, actors), select_actors(deeds, actors)


def rules_of(words: Positions) -> str:
    """Return the rules of both, as a caption says them."""
    return f"words against deeds{words.origin.rules.removeprefix('words')}"
