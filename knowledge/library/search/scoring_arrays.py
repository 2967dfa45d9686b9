"""BM25 over many postings, in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge.language.terms import K1, B
from knowledge.library.search.postings import Field, Posting, Ranked

CUT = 8


def ranked(terms: Sequence[tuple[float, Sequence[Posting]]], field: Field, top: int) -> Ranked:
    """The best places by terms that weigh less and less; the earlier of equals first."""
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
    ahead = scores[scores > left]
    if len(ahead) < top:
        return None
    floor = np.partition(ahead, -top)[-top] - left
    chosen = np.flatnonzero(scores >= floor)
    return chosen if len(chosen) * CUT < len(scores) else None


def _finish(terms: Sequence[tuple[float, Sequence[Posting]]], scores: Any, norms: Any, chosen: Any) -> None:
    """Score the remaining terms at the chosen places alone; those of the others no longer matter."""
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
    held = scores[chosen]
    if len(chosen) > top:
        floor = np.partition(held, -top)[-top]
        chosen = chosen[held >= floor]
    best = sorted(((int(at), float(scores[at])) for at in chosen), key=lambda item: (-item[1], item[0]))
    return best[:top]
