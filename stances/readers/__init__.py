"""Readers of tables that were made elsewhere: one per layout, all giving positions."""

from stances.readers.ches import read_ches
from stances.readers.tables import from_table
from stances.readers.telling import telling
from stances.readers.un_votes import read_un_votes
from stances.readers.unvotes import read_unvotes
from stances.readers.voeten import read_voeten
from stances.readers.voteview import read_voteview
from stances.readers.wahlomat import read_wahlomat

__all__ = [
    "from_table",
    "read_ches",
    "read_un_votes",
    "read_unvotes",
    "read_voeten",
    "read_voteview",
    "read_wahlomat",
    "telling",
]
