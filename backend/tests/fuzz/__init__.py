"""Mutated input, in great numbers: what `make fuzz` runs."""
