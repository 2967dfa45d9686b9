"""Other ways people ask: a question compared with example questions of each card, for wordings no concept knows."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.answers.interpretation import Reading
from knowledge.language.terms import query_terms

Example = tuple[str, str]
# What a question names tells it apart: one about a task is not like one about all of them, however alike the words.
NAMES = {
    "task": "task", "named": "task", "tasks": "tasks", "library": "library", "cluster": "cluster", "chain": "chain",
    "product": "chain", "section": "section", "aspect": "aspect", "city": "place", "outside": "place", "day": "day",
    "count": "count",
}  # fmt: skip
APART, FURTHER, MOST = 0.85, 0.1, 3


@dataclass(frozen=True)
class Ways:
    """Example questions, each as the card it belongs to and its terms, with the examples that hold each term."""

    cards: tuple[str, ...]
    norms: tuple[float, ...]
    names: tuple[tuple[str, ...], ...]
    holding: Mapping[str, Sequence[int]]

    def near(self, wanted: Iterable[str]) -> dict[str, float]:
        """How like its nearest example a question is, for each card: 1 for the very same terms; the likest first."""
        terms = set(wanted)
        named = names_in(terms)
        shared: dict[int, float] = {}
        own = 0.0
        for term in terms:
            weight = self._weights.get(term, self._unheard)
            own += weight
            for place in self.holding.get(term, ()):
                shared[place] = shared.get(place, 0.0) + weight
        found: dict[str, list[float]] = {}
        factors = {kinds: APART ** len(named ^ kinds) for kinds in set(self._kinds)}
        for place, weight in shared.items():
            alike = factors[self._kinds[place]] * weight / math.sqrt(own * self.norms[place])
            found.setdefault(self.cards[place], []).append(alike)
        best = ((card, _together(each)) for card, each in found.items())
        return dict(sorted(best, key=lambda item: -item[1]))

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {term: rarity(len(places), len(self.cards)) for term, places in self.holding.items()}

    @cached_property
    def _unheard(self) -> float:
        return rarity(0, len(self.cards))

    @cached_property
    def _kinds(self) -> tuple[frozenset[str], ...]:
        return tuple(map(frozenset, self.names))

    def packed(self) -> bytes:
        """The whole as bytes, for keeping."""
        return json.dumps([self.cards, self.norms, self.names, self.holding], ensure_ascii=False).encode()


def _together(likenesses: list[float]) -> float:
    """What the likest examples of a card come to, each further one counting for less; at most 1."""
    if len(likenesses) == 1:
        return min(1.0, likenesses[0])
    return min(1.0, sum(alike * FURTHER**place for place, alike in enumerate(sorted(likenesses, reverse=True)[:MOST])))


def unpacked(kept: bytes) -> Ways:
    """The ways that `packed` made into bytes."""
    cards, norms, names, holding = json.loads(kept)
    return Ways(tuple(cards), tuple(norms), tuple(map(tuple, names)), holding)


def made(examples: Iterable[tuple[str, frozenset[str]]]) -> Ways:
    """The ways of examples given as card and terms."""
    held = [(card, sorted(terms)) for card, terms in examples if terms]
    counts = Counter(term for _, terms in held for term in terms)
    norms = tuple(round(sum(rarity(counts[term], len(held)) for term in terms), 3) for _, terms in held)
    holding: dict[str, list[int]] = {}
    for place, (_, terms) in enumerate(held):
        for term in terms:
            holding.setdefault(term, []).append(place)
    names = tuple(tuple(sorted(names_in(terms))) for _, terms in held)
    return Ways(tuple(card for card, _ in held), norms, names, holding)


def names_in(terms: Iterable[str]) -> frozenset[str]:
    """The kinds of things that a question's terms name."""
    return frozenset(NAMES[term[1:]] for term in terms if term[1:] in NAMES and term[0] == "#")


def rarity(holding: int, total: int) -> float:
    """What a term weighs that `holding` of `total` examples hold: the square of its inverse frequency."""
    return math.log(1 + total / (1 + holding)) ** 2


def terms_of(reading: Reading, dropped: Sequence[str]) -> frozenset[str]:
    """What a question is compared by: its characters and their pairs, its other words, and the concepts it holds."""
    return frozenset({*query_terms(reading.text, dropped), *(f"#{name}" for name in reading.tokens)})


def load(paths: Iterable[Path]) -> list[Example]:
    """The examples of several files as (card, question); missing files add nothing."""
    tables = [tomllib.loads(path.read_text("utf-8"))["ways"] for path in paths if path.is_file()]
    return [(card, line) for table in tables for card, lines in table.items() for line in lines.split("\n") if line]
