"""The rows of the bureaus' desks. Nothing here is read or written but through a `Bound`, which has a scope."""
