"""The library as a question sees it: whether anything was added is found out without loading the database's library."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.library import Kept, Scope
from knowledge.passages import Passage

if TYPE_CHECKING:
    from bot.store import Store

REVISION = "SELECT revision FROM scopes WHERE collection = ? AND bureau = ?"


class LazyLibrary:
    """The documents of a store that is opened when passages are read; SQLite is asked for the revision directly."""

    def __init__(self, address: str, opened: Callable[[], Store]) -> None:
        self._opened = opened
        self._file = Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None

    @cached_property
    def _store(self) -> Store:
        return self._opened()

    def revision(self, scope: Scope) -> int:
        """A number that grows with every change of the scope; 0 while there is no readable database."""
        if self._file is None:
            return self._store.documents.revision(scope)
        if not self._file.is_file():
            return 0
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._file, timeout=1)) as database:
            row = database.execute(REVISION, (scope.collection, scope.bureau)).fetchone()
            return int(row[0]) if row else 0
        return 0

    def documents(self, scope: Scope) -> Sequence[Kept]:
        """The documents of a scope, oldest first."""
        return self._store.documents.documents(scope)

    def passages(self, document: str) -> Iterable[Passage]:
        """The passages of a document, in its order."""
        return self._store.documents.passages(document)

    def scopes(self) -> Sequence[Scope]:
        """Every scope that ever held a document; none while there is no database."""
        return self._store.documents.scopes() if self._file is None or self._file.is_file() else ()
