"""Fuzzing: what the readers make of damaged and hostile files. Run ``python -m fuzz``."""
