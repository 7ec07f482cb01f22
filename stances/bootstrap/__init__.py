"""Bootstrap intervals: questions, or whole blocks of them, drawn again with replacement."""

from stances.bootstrap.blocks import blocks_of, check_blocks
from stances.bootstrap.percentiles import bootstrap_interval

__all__ = ["blocks_of", "bootstrap_interval", "check_blocks"]
