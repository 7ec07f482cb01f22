"""`stances seeds`: the shipped datasets."""

from typing import Any

from stances.cli.command import command
from stances.cli.options import output_options
from stances.cli.output import emit
from stances.files import load
from stances.printable import Listing
from stances.shipped import shipped_datasets


@command()
@output_options
def seeds(**options: Any) -> None:
    """List the datasets that come with the library.

    \b
    stances seeds
    """
    data = [load(name) for name in shipped_datasets()]
    columns: dict[str, list[Any]] = {
        "dataset": [d.id for d in data],
        "title": [d.title for d in data],
        "actors": [len(d.actors) for d in data],
        "questions": [len(d.questions) for d in data],
        "stances": [len(d.stances) for d in data],
    }
    emit(Listing("Shipped datasets", columns, ("Next: stances agreement DATASET",)), options)
