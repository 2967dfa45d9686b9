"""Codes that let somebody in: into a draft, or to a desk."""

from __future__ import annotations

import secrets
from typing import Final

# Nothing in it looks like anything else in it.
ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE: Final = 8


def new_code() -> str:
    """A code that nobody can guess, with a digit in it: without one it could be a word that somebody typed."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
        if not code.isalpha():
            return code
