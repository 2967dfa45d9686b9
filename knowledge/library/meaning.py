"""Search by meaning: keeps Chroma's collections in step with pack and library, and finds nothing while it can't."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final

from knowledge.library.holdings import Fixed, Library, LibraryError, Row, Scope
from knowledge.library.passages import Passage, Scored
from knowledge.library.search.chroma import Collections
from knowledge.library.shelves import Report, silent

REST: Final = 15.0
EMPTY: Final = "0"

log = logging.getLogger(__name__)


class Meaning:
    """The vector leg. `near` never raises and never waits for the model to fill a collection."""

    def __init__(
        self,
        opened: Callable[[], Collections],
        library: Library | None,
        fixed: Mapping[Scope, Fixed],
        rest: float = REST,
    ) -> None:
        """`rest` is for how many seconds nothing is tried after a failure."""
        self._opened, self._library, self._fixed, self._rest = opened, library, fixed, rest
        self._held: Collections | None = None
        self._lock = threading.Lock()
        self._until, self._paused = 0.0, False
        self._filling: threading.Thread | None = None

    def near(self, query: str, scopes: Sequence[Scope], top: int, day: date | None = None) -> list[Scored]:
        """The passages nearest to a query, best first; none while Chroma or the model is out of order."""
        if time.monotonic() < self._until:
            return []
        try:
            return sorted(self._found(query, scopes, top, day), key=lambda one: -one.score)[:top]
        except BaseException as error:
            self._pause(error)
            return []

    def prepare(self, scopes: Sequence[Scope], report: Report = silent, *, anew: bool = False) -> None:
        """Open Chroma and fill what is not up to date; LibraryError in one line when that can't be done."""
        with self._lock:
            try:
                self._held = held = self._held or self._opened()
                self._fill(held, scopes, report, anew)
            except BaseException as error:
                self._drop(self._held)
                raise _said(error) from None

    def prepare_all(self, report: Report = silent) -> None:
        """Fill what comes with the program and every scope of the library; LibraryError in one line."""
        self.prepare((*self._fixed, *(self._library.scopes() if self._library else ())), report)

    def settle(self) -> None:
        """Wait for the filling that is under way."""
        if self._filling is not None:
            self._filling.join()

    def close(self) -> None:
        """Let go of Chroma, after the filling that is under way."""
        self.settle()
        with self._lock:
            self._drop(self._held)

    def _found(self, query: str, scopes: Sequence[Scope], top: int, day: date | None) -> list[Scored]:
        stamps, held = self._stamps(scopes), self._held
        if held is None or not stamps:
            self._begin(tuple(stamps))
            return []
        vector = held.vector(query)
        try:
            held.examine()
            found = [held.near(vector, scope, stamp, top, day) for scope, stamp in stamps.items()]
        except BaseException:
            self._drop(held)
            raise
        if None in found:
            self._begin(scopes)
        else:
            self._well()
        return [one for some in found for one in some or ()]

    def _fill(self, held: Collections, scopes: Sequence[Scope], report: Report, anew: bool) -> None:
        for scope, stamp in self._stamps(scopes).items():
            if anew:
                held.forget(scope)
            if held.stamp(scope) != stamp:
                held.fill(scope, stamp, partial(self._rows, scope), report)

    def _begin(self, scopes: Sequence[Scope]) -> None:
        """Prepare in the background, once at a time."""
        if scopes and (self._filling is None or not self._filling.is_alive()):
            self._filling = threading.Thread(target=self._prepared, args=(tuple(scopes),), daemon=True)
            self._filling.start()

    def _prepared(self, scopes: Sequence[Scope]) -> None:
        try:
            self.prepare(scopes)
        except Exception as error:
            self._pause(error)

    def _drop(self, held: Collections | None) -> None:
        """Let go of a Chroma that failed: the next one looks at its files first."""
        if self._held is held:
            self._held = None
        if held is not None:
            # What is broken may fail once more on its way out.
            with suppress(Exception):
                held.close()

    def _pause(self, error: BaseException) -> None:
        """Search by words for a while, and say so once."""
        sentence = _said(error)
        self._until = time.monotonic() + self._rest
        if not self._paused:
            log.warning("%s", sentence)
        self._paused = True

    def _well(self) -> None:
        if self._paused:
            log.info("向量检索恢复了")
        self._paused = False

    def _stamps(self, scopes: Sequence[Scope]) -> dict[Scope, str]:
        """What the collections should be filled from, of those scopes that ever held anything."""
        return {scope: stamp for scope in scopes if (stamp := self._stamp(scope)) != EMPTY}

    def _stamp(self, scope: Scope) -> str:
        if scope in self._fixed:
            return self._fixed[scope].stamp
        return str(self._library.revision(scope)) if self._library else EMPTY

    def _rows(self, scope: Scope) -> Iterator[Row]:
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


def _said(error: BaseException) -> LibraryError:
    """An error as one Chinese sentence; what stops a program goes on to stop it."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
    if isinstance(error, LibraryError):
        return error
    # Chroma's Rust part panics with an exception that is no Exception.
    return LibraryError(f"向量检索出了问题（{type(error).__name__}），先按字词检索")
