"""What is kept beside the pack: documents with their passages, who may see them, and who keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.errors import SentenceError
from knowledge.passages import Authority, Passage


@dataclass(frozen=True)
class Scope:
    """A shelf of its own: passages of different scopes never meet in one index.

    An empty `collection` is the one that gives background to answers; an empty `bureau` is for everybody.
    """

    collection: str = ""
    bureau: str = ""


@dataclass(frozen=True)
class Document:
    """A document as it was added; `version` changes with its content, `name` is the file it came from."""

    id: str
    scope: Scope
    title: str
    name: str
    version: str
    issuer: str = ""
    dated: date | None = None
    valid_until: date | None = None
    authority: Authority = "guide"

    @property
    def source(self) -> str:
        """How it is cited: its title, then issuer and date as far as they are known."""
        day = f"{self.dated.year}年{self.dated.month}月{self.dated.day}日" if self.dated else ""
        known = "，".join(part for part in (self.issuer, day) if part)
        return f"《{self.title}》（{known}）" if known else f"《{self.title}》"


@dataclass(frozen=True)
class Kept:
    """A document in the library, with how many passages it has."""

    document: Document
    passages: int


class Library(Protocol):
    """Who keeps documents. Every index is made from it and can be thrown away."""

    def revision(self, scope: Scope) -> int:
        """A number that grows with every change of the scope; 0 when nothing was ever in it."""
        ...

    def documents(self, scope: Scope) -> Sequence[Kept]:
        """The documents of a scope, oldest first."""
        ...

    def passages(self, document: str) -> Iterable[Passage]:
        """The passages of a document, in its order."""
        ...


class LibraryError(SentenceError):
    """A document or collection that can't be used; the text is one Chinese line."""


class Vectors(Protocol):
    """A ranking by meaning beside the one by words; it may be out of order, then it finds nothing."""

    def near(self, query: str, scopes: Sequence[Scope], top: int) -> Sequence[str]:
        """Ids of the passages nearest to a query, best first."""
        ...


def scopes(collection: str, bureau: str) -> tuple[Scope, ...]:
    """Where somebody who asks a bureau may look: what is for everybody, and what is that bureau's own."""
    return (Scope(collection), Scope(collection, bureau)) if bureau else (Scope(collection),)


def fused(rankings: Iterable[Sequence[str]], depth: int = 60) -> Mapping[str, float]:
    """Reciprocal rank fusion: a score for each id, best first; `depth` says how slowly a lower rank loses."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + 1 / (depth + rank)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))
