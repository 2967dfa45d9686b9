"""Shelves: an index for each scope of the library, kept in step with it, searched without the others."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SentenceError
from knowledge.library.holdings import Document, Kept, Library, Scope
from knowledge.library.passages import Passage
from knowledge.library.search import lexical_index
from knowledge.library.search.lexical_index import LexicalIndex
from knowledge.library.search.lexical_tables import Entry

Report = Callable[[int], None]
QUICK = 5000


def silent(_passages: int) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True)
class Way:
    """How an index is brought up to date: whom to tell, all anew or not, how much at most, how long to wait."""

    report: Report = silent
    anew: bool = False
    limit: int | None = None
    wait: float = 60


class Shelves:
    """The indexes of the library's scopes below a folder; in memory when there is none or it can't be written."""

    def __init__(self, library: Library, folder: Path | None) -> None:
        self._library, self._folder = library, folder
        self._open: dict[Scope, LexicalIndex] = {}
        self._lock = threading.Lock()

    def indexes(self, scopes: Sequence[Scope], *, patient: bool = False) -> list[LexicalIndex]:
        """The indexes of those scopes that hold anything, brought up to date; as they were when that fails.

        Without patience, what takes long or somebody else is at already is left to them.
        """
        found = []
        for scope in scopes:
            with suppress(SentenceError, sqlite3.Error, OSError):
                self._sync(scope, Way(limit=None if patient else QUICK, wait=60 if patient else 0))
            if scope in self._open:
                found.append(self._open[scope])
        return found

    def refresh(self, scope: Scope, report: Report = silent, *, anew: bool = False) -> None:
        """Bring one index up to date, or make it anew; it can be searched meanwhile, and as it was if this fails."""
        try:
            self._sync(scope, Way(report, anew))
        except sqlite3.DatabaseError:
            self.heal((scope,))

    def heal(self, scopes: Sequence[Scope]) -> None:
        """Move damaged indexes aside and fill new ones from the library."""
        with self._lock:
            for scope in scopes:
                if scope in self._open:
                    self._open.pop(scope).close()
                if self._folder is not None:
                    lexical_index.set_aside(self._path(self._folder, scope))
        for scope in scopes:
            self._sync(scope, Way())

    def close(self) -> None:
        """Let go of the files."""
        for index in self._open.values():
            index.close()
        self._open.clear()

    def _sync(self, scope: Scope, way: Way) -> None:
        revision = self._library.revision(scope)
        with self._lock:
            index = self._of(scope) if revision or scope in self._open else None
            if index is None or (index.stamp == str(revision) and not way.anew):
                return
            with index.writing(way.wait):
                self._fill(scope, index, revision, way)

    def _fill(self, scope: Scope, index: LexicalIndex, revision: int, way: Way) -> None:
        held = index.versions
        wanted = self._library.documents(scope)
        added = [one for one in wanted if way.anew or held.get(one.document.id) != mark(one.document)]
        if way.limit is not None and sum(one.passages for one in added) > way.limit:
            return
        kept = {one.document.id for one in wanted} - {one.document.id for one in added}
        index.change(self._entries(added, way.report), [one for one in held if one not in kept], str(revision))

    def _of(self, scope: Scope) -> LexicalIndex:
        if scope not in self._open:
            self._open[scope] = self._made(scope)
        return self._open[scope]

    def _made(self, scope: Scope) -> LexicalIndex:
        if self._folder is not None:
            with suppress(OSError):
                return lexical_index.growing(self._path(self._folder, scope))
        return lexical_index.in_memory(())

    def _path(self, folder: Path, scope: Scope) -> Path:
        return folder / f"{file_name(scope)}.sqlite"

    def _entries(self, kept: Sequence[Kept], report: Report) -> Iterator[Entry]:
        for one in kept:
            until = one.document.valid_until.isoformat() if one.document.valid_until else ""
            yield Entry(one.document.id, mark(one.document), until, self._told(one.document.id, report))

    def _told(self, document: str, report: Report) -> Iterator[Passage]:
        for passage in self._library.passages(document):
            yield passage
            report(1)


def mark(document: Document) -> str:
    """What changes when a document must be indexed again."""
    return hashlib.sha256(repr(document).encode("utf-8", "replace")).hexdigest()[:32]


def file_name(scope: Scope) -> str:
    """The name of a scope's file: letters and digits only, whatever the collection is called."""
    whole = hashlib.sha256(f"{scope.collection}\0{scope.bureau}".encode("utf-8", "replace")).hexdigest()[:16]
    return f"docs-{scope.bureau or 'all'}-{whole}"
