"""What BM25 reckons with: where terms stand, and what is searched."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

Ranked = list[tuple[int, float]]


@dataclass(frozen=True)
class Posting:
    """Where a term stands: places counted from `start` (two bytes each) and how often (a byte each)."""

    start: int
    places: bytes
    counts: bytes


@dataclass(frozen=True)
class Field:
    """What is searched: the length of the passage at each place and in all, and the ranges that may not be found."""

    lengths: array[int]
    words: int
    blocked: tuple[tuple[int, int], ...] = ()

    @property
    def mean(self) -> float:
        """The mean length."""
        return self.words / len(self.lengths) if self.words else 1.0
