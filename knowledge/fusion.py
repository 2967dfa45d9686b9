"""Several rankings made one."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.passages import Passage, Scored

K = 60


def fused(rankings: Sequence[Sequence[Scored]], top: int) -> list[Scored]:
    """Reciprocal rank fusion: the best `top` passages of all rankings, equal scores in order of first sight."""
    scores: dict[str, float] = {}
    passages: dict[str, Passage] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            passages.setdefault(one.passage.id, one.passage)
            scores[one.passage.id] = scores.get(one.passage.id, 0.0) + 1 / (K + rank)
    best = sorted(scores, key=lambda id_: -scores[id_])[:top]
    return [Scored(passages[id_], round(scores[id_], 6)) for id_ in best]
