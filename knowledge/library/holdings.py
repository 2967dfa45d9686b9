"""What is kept beside the pack: documents with their passages, who may see them, and who keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.errors import SentenceError
from knowledge.library.passages import Authority, Passage, Scored


@dataclass(frozen=True)
class Scope:
    """A shelf of its own: passages of different scopes never meet in one index.

    An empty `collection` is the one that gives background to answers; an empty `bureau` is for everybody.
    """

    collection: str = ""
    bureau: str = ""


GUIDES = Scope("@guides")
RULING = "ruling."
# Questions behind this word are ruled on as a whole: also where their point is asked about in other words.
ON = f"{RULING}*"


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

    def documents(self, scope: Scope) -> Sequence[Kept]:
        """The documents of a scope, oldest first."""

    def passages(self, document: str) -> Iterable[Passage]:
        """The passages of a document, in its order."""

    def scopes(self) -> Sequence[Scope]:
        """Every scope that ever held a document."""


@dataclass(frozen=True)
class Row:
    """A passage to be found by meaning: its key in the collection, what changes with it, the last day it holds."""

    key: str
    mark: str
    passage: Passage
    until: date | None = None

    @property
    def text(self) -> str:
        """What its vector is made from."""
        return "\n".join((*self.passage.ways[:1], self.passage.text))[:2000]


@dataclass(frozen=True)
class Fixed:
    """Passages that come with the program: what changes with them, and how they are had."""

    stamp: str
    passages: Callable[[], Sequence[Passage]]


class LibraryError(SentenceError):
    """A document or collection that can't be used; the text is one Chinese line."""


class Vectors(Protocol):
    """A ranking by meaning beside the one by words; it may be out of order, then it finds nothing."""

    def near(self, query: str, scopes: Sequence[Scope], top: int, day: date | None = None) -> Sequence[Scored]:
        """The passages nearest to a query that hold on a day, best first."""

    def prepare_all(self, report: Callable[[int], None]) -> None:
        """Fill all that is not up to date, telling how far it is; LibraryError when that can't be done."""

    def close(self) -> None:
        """Let go of what is held."""


def note_on(item: str) -> str:
    """The point of a note on an item of the form, as one word that no index takes apart."""
    return f"item{hashlib.sha256(item.encode()).hexdigest()[:12]}"


def ruling_on(card: str) -> str:
    """The word under which a ruling on what a card answers is found in an index."""
    return RULING + card.removeprefix("card:").lower()


def scopes(collection: str, bureau: str) -> tuple[Scope, ...]:
    """Where somebody who asks a bureau may look: what is for everybody, and what is that bureau's own."""
    return (Scope(collection), Scope(collection, bureau)) if bureau else (Scope(collection),)


def merged(rankings: Iterable[Sequence[Scored]], top: int, depth: int = 60) -> list[Scored]:
    """Reciprocal rank fusion: one ranking of several; `depth` says how slowly a lower rank loses."""
    scores: dict[tuple[str, str], float] = {}
    held: dict[tuple[str, str], Passage] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            key = (one.passage.source, one.passage.id)
            scores[key] = scores.get(key, 0.0) + 1 / (depth + rank)
            held.setdefault(key, one.passage)
    best = sorted(scores.items(), key=lambda item: -item[1])[:top]
    return [Scored(held[key], round(score, 5)) for key, score in best]
