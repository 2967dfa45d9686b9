"""The library as a question sees it: whether anything was added is found out without loading the database's library."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from knowledge.library.holdings import Kept, Library, Scope
from knowledge.library.passages import Passage

REVISION = "SELECT revision FROM scopes WHERE collection = ? AND bureau = ?"


class _Peephole:
    """One connection to a SQLite file, kept open while the file is the same one: opening costs more than asking."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._same: tuple[int, int] | None = None
        self._close: Callable[[], object] = lambda: None
        self._open: sqlite3.Connection | None = None

    def __call__(self, question: str, values: tuple[str, ...]) -> list[tuple[int]]:
        """The rows of the answer; sqlite3.Error or OSError when there is none to be had."""
        with self._lock:
            found = self._file.stat()
            if self._open is None or self._same != (found.st_dev, found.st_ino):
                self._close()
                self._open = sqlite3.connect(self._file, timeout=1, check_same_thread=False, isolation_level=None)
                self._close = weakref.finalize(self, self._open.close)
                self._same = found.st_dev, found.st_ino
            try:
                # All of it is fetched: a statement that is not read to its end would hold its reader's lock.
                return self._open.execute(question, values).fetchall()
            except sqlite3.Error:
                self._close()
                self._open = None
                raise


class LazyLibrary:
    """The documents of a store that is opened when passages are read; SQLite is asked for the revision directly."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._file = Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None
        self._peep = _Peephole(self._file) if self._file else None

    @cached_property
    def _kept(self) -> Library:
        # A question alone is answered without the database, whose library takes as long as the answer.
        from bot.store import open_store  # noqa: PLC0415

        store = open_store(self._address)
        # With whoever asks through it goes the store itself: nobody else closes it.
        weakref.finalize(self, store.close)
        return store.documents

    def revision(self, scope: Scope) -> int:
        """A number that grows with every change of the scope; 0 while there is no readable database."""
        if self._peep is None:
            return self._kept.revision(scope)
        with suppress(sqlite3.Error, OSError):
            rows = self._peep(REVISION, (scope.collection, scope.bureau))
            return int(rows[0][0]) if rows else 0
        return 0

    def documents(self, scope: Scope) -> Sequence[Kept]:
        """The documents of a scope, oldest first."""
        return self._kept.documents(scope)

    def passages(self, document: str) -> Iterable[Passage]:
        """The passages of a document, in its order."""
        return self._kept.passages(document)

    def scopes(self) -> Sequence[Scope]:
        """Every scope that ever held a document; none while there is no database."""
        return self._kept.scopes() if self._file is None or self._file.is_file() else ()
