"""BM25 over postings, in plain Python for a few and in numpy for many."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence

from knowledge.language.terms import K1, B, rarity
from knowledge.library.search.postings import Field, Posting, Ranked

FEW = 20_000


def best(terms: Iterable[Sequence[Posting]], field: Field, top: int) -> Ranked:
    """The best places for the postings of each term of a query with their scores; the earlier of equals first."""
    held = [(sum(len(one.counts) for one in term), term) for term in terms]
    total = len(field.lengths)
    weighed = sorted(((rarity(size, total) * (K1 + 1), term) for size, term in held), key=lambda one: -one[0])
    few = sum(size for size, _ in held) <= FEW and "numpy" not in sys.modules
    if few:
        return _plain(weighed, field, top)
    from knowledge.library.search.scoring_arrays import ranked  # noqa: PLC0415 - numpy: 50 ms a small index never needs

    return ranked(weighed, field, top)


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
