"""Short guides of our own on what the notice only names: background with its public sources, no rule of the call."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge.library.intake.accepting import Said, take
from knowledge.library.passages import Passage

HERE = Path(__file__).parent


def files() -> list[Path]:
    """The guides that come with the program."""
    return sorted(HERE.glob("*.md"))


def stamp() -> str:
    """A hash of all guides."""
    hashed = hashlib.sha256()
    for path in files():
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def passages() -> tuple[Passage, ...]:
    """The passages of all guides."""
    return tuple(passage for path in files() for passage in take(path, Said()).passages)
