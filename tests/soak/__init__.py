"""Loops that run long: each module has COUNT and `run(seed, count)`, which gives its figures, `failures` among them."""
