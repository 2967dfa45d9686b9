"""BM25 over postings, in plain Python for a few and in numpy for many."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.language.terms import K1, B, rarity

FEW = 20_000
CUT = 8

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


def best(terms: Iterable[Sequence[Posting]], field: Field, top: int) -> Ranked:
    """The best places for the postings of each term of a query with their scores; the earlier of equals first."""
    held = [(sum(len(one.counts) for one in term), term) for term in terms]
    total = len(field.lengths)
    weighed = sorted(((rarity(size, total) * (K1 + 1), term) for size, term in held), key=lambda one: -one[0])
    few = sum(size for size, _ in held) <= FEW and "numpy" not in sys.modules
    return _plain(weighed, field, top) if few else _arrays(weighed, field, top)


def _plain(terms: Iterable[tuple[float, Sequence[Posting]]], field: Field, top: int) -> Ranked:
    scores: dict[int, float] = {}
    base, slope = K1 * (1 - B), K1 * B / field.mean
    for weight, postings in terms:
        for one in postings:
            for place, count in zip(array("H", one.places), one.counts, strict=True):
                at = one.start + place
                scores[at] = scores.get(at, 0.0) + weight * count / (count + base + slope * field.lengths[at])
    for start, end in field.blocked:
        scores = {at: score for at, score in scores.items() if not start <= at < end}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:top]


def _arrays(terms: Sequence[tuple[float, Sequence[Posting]]], field: Field, top: int) -> Ranked:
    import numpy as np  # noqa: PLC0415 - 150 ms that a small index never needs

    if not field.lengths or top <= 0:
        return []
    norms = np.float32(K1 * (1 - B)) + np.float32(K1 * B / field.mean) * np.frombuffer(field.lengths, np.uint16)
    scores = np.zeros(len(norms), np.float32)
    for start, end in field.blocked:
        scores[start:end] = -np.inf
    left, chosen = sum(weight for weight, _ in terms), None
    for done, (weight, postings) in enumerate(terms):
        dense = sum(len(one.counts) for one in postings) * CUT > len(norms)
        chosen = _hopeful(scores, left, top) if dense and done else None
        if chosen is not None:
            _finish(terms[done:], scores, norms, chosen)
            break
        for one in postings:
            places = np.frombuffer(one.places, np.uint16).astype(np.int64) + one.start
            often = np.frombuffer(one.counts, np.uint8).astype(np.float32)
            scores[places] += np.float32(weight) * often / (often + norms[places])
        left -= weight
    return _top(scores, np.flatnonzero(scores > 0) if chosen is None else chosen, top)


def _hopeful(scores: Any, left: float, top: int) -> Any:
    """The places that can still get among the best with at most `left` more; None when that is most of them."""
    import numpy as np  # noqa: PLC0415

    ahead = scores[scores > left]
    if len(ahead) < top:
        return None
    floor = np.partition(ahead, -top)[-top] - left
    chosen = np.flatnonzero(scores >= floor)
    return chosen if len(chosen) * CUT < len(scores) else None


def _finish(terms: Sequence[tuple[float, Sequence[Posting]]], scores: Any, norms: Any, chosen: Any) -> None:
    """Score the remaining terms at the chosen places alone; those of the others no longer matter."""
    import numpy as np  # noqa: PLC0415

    for weight, postings in terms:
        for one in postings:
            start, end = np.searchsorted(chosen, (one.start, one.start + 65536))
            if start == end:
                continue
            mine, places = chosen[start:end], np.frombuffer(one.places, np.uint16)
            wanted = (mine - one.start).astype(np.uint16)
            at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
            hit = places[at] == wanted
            often = np.frombuffer(one.counts, np.uint8)[at[hit]].astype(np.float32)
            scores[mine[hit]] += np.float32(weight) * often / (often + norms[mine[hit]])


def _top(scores: Any, chosen: Any, top: int) -> Ranked:
    """The best of the chosen places; the earlier of equals first."""
    import numpy as np  # noqa: PLC0415

    held = scores[chosen]
    if len(chosen) > top:
        floor = np.partition(held, -top)[-top]
        chosen = chosen[held >= floor]
    ranked = sorted(((int(at), float(scores[at])) for at in chosen), key=lambda item: (-item[1], item[0]))
    return ranked[:top]
