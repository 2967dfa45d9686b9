"""Documents beside the notice: found for a question and shown as background, never as the notice's word."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from knowledge.answers.answer import Citation
from knowledge.answers.citing import sentences
from knowledge.answers.voices import VOICES, ruled_words
from knowledge.language.normal import normalise
from knowledge.language.terms import query_terms, terms
from knowledge.library.holdings import GUIDES, Scope, Vectors, merged, ruling_on, scopes
from knowledge.library.passages import Authority, Passage, Scored
from knowledge.library.search import lexical_index
from knowledge.library.search.lexical_index import LexicalIndex
from knowledge.library.shelves import Report, Shelves

# What a source says weighs by who speaks: a guide must fit better than the notice or a ruling to stand above them.
WEIGHT: Mapping[Authority, float] = {"province": 1.0, "fact": 1.0, "ruling": 1.0, "faq": 0.9, "guide": 0.8}
SHOWN, SHARE, RARE = 3, 0.45, 2


@dataclass(frozen=True)
class Wanted:
    """A search beside the notice: the folded query, the shelf, who asks and on which day."""

    query: str
    dropped: Sequence[str] = ()
    collection: str = ""
    bureau: str = ""
    today: date | None = None

    @cached_property
    def terms(self) -> list[str]:
        """The terms to look for."""
        return query_terms(self.query, self.dropped)[:400]

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Where the asker may look."""
        return scopes(self.collection, self.bureau)


class Background:
    """The library's shelves and the guides that come with the program."""

    def __init__(
        self, guides: LexicalIndex, shelves: Shelves | None, vectors: Vectors | None = None, pack: Scope = GUIDES
    ) -> None:
        self._guides, self._shelves, self._vectors, self._pack = guides, shelves, vectors, pack

    @property
    def by_meaning(self) -> bool:
        """Whether there is a search by meaning, which finds more once it is filled and nothing while it is away."""
        return self._vectors is not None

    def search(self, wanted: Wanted, top: int, beside: Sequence[LexicalIndex] = ()) -> list[Scored]:
        """The best passages of a collection, or of `beside`, the common documents and the guides together."""
        own = self._indexes(wanted)
        return self._found(
            own if wanted.collection else [*beside, *own, self._guides], wanted, top, own_pack=bool(beside)
        )

    def beside(self, wanted: Wanted) -> tuple[Citation, ...]:
        """Sentences of documents that hold much of a question, best first."""
        return self._quotes([*self._indexes(wanted), self._guides], wanted)

    def _found(self, own: Sequence[LexicalIndex], wanted: Wanted, top: int, *, own_pack: bool = False) -> list[Scored]:
        found = self._searched(own, wanted, top * 2)
        if self._vectors is not None:
            fixed = () if wanted.collection else (GUIDES, *((self._pack,) if own_pack else ()))
            near = self._vectors.near(wanted.query, (*wanted.scopes, *fixed), top * 2, wanted.today)
            found = merged((found, near), top * 2)
        weighed = (Scored(one.passage, round(one.score * WEIGHT[one.passage.authority], 4)) for one in found)
        return sorted(weighed, key=lambda one: -one.score)[:top]

    def _quotes(self, own: Sequence[LexicalIndex], wanted: Wanted) -> tuple[Citation, ...]:
        """The sentences of documents that hold much of a question, best first; none when nothing does."""
        asked = {term for term in wanted.terms if len(term) > 1}
        if not asked:
            return ()
        found = [one for one in self._found(own, wanted, SHOWN * 2) if one.passage.authority not in VOICES]
        return tuple(dict.fromkeys(quote for one in found if (quote := _quote(one.passage, asked))))[:SHOWN]

    def note(self, point: str, wanted: Wanted) -> Citation | None:
        """The newest note on a point, whole, a bureau's own before a common one."""
        for index in self._indexes(wanted)[::-1]:
            if found := self._rulings(index, [ruling_on(point)], wanted.today):
                return ruled_words(found[0], set())
        return None

    def _rulings(self, index: LexicalIndex, keys: Sequence[str], day: date | None) -> list[Passage]:
        with suppress(sqlite3.DatabaseError):
            hits = lexical_index.search((index,), keys, SHOWN, day)
            return [one.passage for one in hits if one.passage.authority == "ruling"]
        return []

    def prepare(self, report: Report) -> None:
        """Fill the search by meaning, if there is one."""
        if self._vectors is not None:
            self._vectors.prepare_all(report)

    def close(self) -> None:
        """Let go of the indexes."""
        if self._vectors is not None:
            self._vectors.close()
        self._guides.close()
        if self._shelves is not None:
            self._shelves.close()

    def _indexes(self, wanted: Wanted) -> list[LexicalIndex]:
        if self._shelves is None:
            return []
        return self._shelves.indexes(wanted.scopes, patient=bool(wanted.collection))

    def _searched(self, indexes: Sequence[LexicalIndex], wanted: Wanted, top: int) -> list[Scored]:
        if not wanted.terms or not indexes:
            return []
        try:
            return lexical_index.search(indexes, wanted.terms, top, wanted.today)
        except sqlite3.DatabaseError:
            # Damage deep in a file shows only when it is read: the shelves are filled anew from the library.
            if self._shelves is None:
                return []
            self._shelves.heal(wanted.scopes)
        with suppress(sqlite3.DatabaseError):
            return lexical_index.search(self._indexes(wanted), wanted.terms, top, wanted.today)
        return []


def _quote(passage: Passage, asked: set[str]) -> Citation | None:
    """The sentence of a passage nearest to what is asked; None when passage and title hold too little of it."""
    held = _held(" ".join((*passage.ways, passage.text)), asked)
    if len(held) < min(RARE, len(asked)) or len(held) < SHARE * len(asked):
        return None
    best = _nearest(passage, asked)
    return best if best.quote else None


def _nearest(passage: Passage, asked: set[str]) -> Citation:
    whole = [one for one in sentences(passage.text) if one.endswith("。")] or sentences(passage.text)
    best = max(whole, key=lambda one: len(_held(one, asked)), default="")
    return Citation(passage.source, passage.locator, best)


def _held(text: str, asked: set[str]) -> set[str]:
    """The terms asked for that a text holds."""
    return asked.intersection(_terms(text))


@lru_cache(maxsize=1024)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(normalise(text)))
