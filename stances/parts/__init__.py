"""Counts of a dataset that lies in parts: here one after another, or on the workers of a cluster."""

from stances.parts.counting import count_parts

__all__ = ["count_parts"]
