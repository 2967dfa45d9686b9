"""Loops for `make soak`."""
