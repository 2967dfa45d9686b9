"""Search by meaning: keeps Chroma's collections in step with pack and library, and finds nothing while it can't."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from knowledge.library import Library, Scope
from knowledge.passages import Passage, Scored
from knowledge.shelves import Report, silent

if TYPE_CHECKING:
    from knowledge.adapters.chroma import Collections, Row

REST: Final = 30.0


@dataclass(frozen=True)
class Fixed:
    """Passages that come with the program: what changes with them, and how they are had."""

    stamp: str
    passages: Callable[[], Sequence[Passage]]


class Meaning:
    """The vector leg. `near` never raises and never waits for the model to fill a collection."""

    def __init__(
        self, opened: Callable[[], Collections], library: Library | None, fixed: Mapping[Scope, Fixed]
    ) -> None:
        self._opened, self._library, self._fixed = opened, library, fixed
        self._held: Collections | None = None
        self._lock = threading.Lock()
        self._rest = 0.0
        self._filling: threading.Thread | None = None

    def near(self, query: str, scopes: Sequence[Scope], top: int, day: date | None = None) -> list[Scored]:
        """The passages nearest to a query, best first; none while Chroma or the model is out of order."""
        if time.monotonic() < self._rest or self._held is None:
            self._begin(scopes)
            return []
        try:
            if any(self._held.stamp(scope) != self._stamp(scope) for scope in scopes):
                self._begin(scopes)
            vector = self._held.vector(query)
            found = [one for scope in scopes for one in self._held.near(vector, scope, top, day)]
            return sorted(found, key=lambda one: -one.score)[:top]
        except BaseException as error:
            self._failed(error)
            return []

    def prepare(self, scopes: Sequence[Scope], report: Report = silent, *, anew: bool = False) -> None:
        """Open Chroma and fill what is not up to date; LibraryError in one line when that can't be done."""
        with self._lock:
            if self._held is None:
                self._held = self._opened()
            for scope in scopes:
                stamp = self._stamp(scope)
                if anew:
                    self._held.forget(scope)
                if self._held.stamp(scope) != stamp:
                    self._held.fill(scope, stamp, self._rows(scope), report)

    def close(self) -> None:
        """Let go of Chroma, after the filling that is under way."""
        if self._filling is not None:
            self._filling.join()
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held = None

    def _begin(self, scopes: Sequence[Scope]) -> None:
        """Prepare in the background, once at a time."""
        if time.monotonic() < self._rest or (self._filling is not None and self._filling.is_alive()):
            return
        self._filling = threading.Thread(target=self._prepared, args=(tuple(scopes),), daemon=True)
        self._filling.start()

    def _prepared(self, scopes: Sequence[Scope]) -> None:
        try:
            self.prepare(scopes)
        except BaseException as error:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        # Chroma's Rust part panics with an exception that is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise error
        self._rest = time.monotonic() + REST

    def _stamp(self, scope: Scope) -> str:
        if scope in self._fixed:
            return self._fixed[scope].stamp
        return str(self._library.revision(scope)) if self._library else "0"

    def _rows(self, scope: Scope) -> Iterator[Row]:
        from knowledge.adapters.chroma import Row  # noqa: PLC0415 - Chroma is loaded where it is opened

        if scope in self._fixed:
            for passage in self._fixed[scope].passages():
                yield Row(passage.id, _mark(passage), passage)
            return
        for kept in self._library.documents(scope) if self._library else ():
            for passage in self._passages(kept.document.id):
                until = kept.document.valid_until
                yield Row(f"{kept.document.id}:{passage.id}", f"{_mark(passage)}{until or ''}", passage, until)

    def _passages(self, document: str) -> Iterable[Passage]:
        return self._library.passages(document) if self._library else ()


def _mark(passage: Passage) -> str:
    return hashlib.sha256(repr(passage).encode("utf-8", "replace")).hexdigest()[:32]
