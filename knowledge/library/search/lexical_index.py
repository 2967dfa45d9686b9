"""The lexical index: our own postings in one SQLite file, added to in place; a cache, thrown away at will."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

from knowledge.library.passages import Passage, Scored
from knowledge.library.search.lexical_tables import FORMAT, SCHEMA, Entry, append, decode, drop, tidy
from knowledge.library.search.postings import Field, Posting
from knowledge.library.search.scoring import best


@dataclass(frozen=True)
class _State:
    """What is read once for as long as the file stays the same."""

    lengths: array[int]
    words: int
    starts: Mapping[int, int]
    gone: tuple[tuple[int, int], ...]
    until: tuple[tuple[str, int, int], ...]


class LexicalIndex:
    """Passages that can be searched; opened on a file that `build` wrote, held in memory, or added to in place."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.lock = threading.RLock()
        self._mark = -1
        self._state = self._read()

    @property
    def stamp(self) -> str:
        """What the index was built from."""
        return self.extra("stamp").decode()

    @property
    def versions(self) -> dict[str, str]:
        """The version of each document in it."""
        return dict(self._database.execute("SELECT id, version FROM document").fetchall())

    def extra(self, key: str) -> bytes:
        """A further value stored with the index, empty when there is none."""
        row = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else b""

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def search(self, query: Sequence[str], top: int) -> list[Scored]:
        """The best passages for the terms of a query; equal scores in the order the passages were added."""
        return search((self,), query, top)

    @contextmanager
    def writing(self, wait: float = 60) -> Iterator[None]:
        """Hold the file for `change` alone, all of the block or nothing; sqlite3.OperationalError when another does."""
        with self.lock, self._database:
            self._database.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
            self._database.execute("BEGIN IMMEDIATE")
            yield
        self._mark = -1

    def change(self, added: Iterable[Entry], removed: Iterable[str], stamp: str) -> None:
        """Within `writing`: add and remove documents and note the new stamp."""
        drop(self._database, removed)
        append(self._database, added)
        tidy(self._database)
        self._database.execute("REPLACE INTO meta VALUES ('stamp', ?)", (stamp.encode(),))

    @contextmanager
    def snapshot(self) -> Iterator[_State]:
        """One state of the file for as long as the block lasts, whoever adds to it meanwhile."""
        with self.lock:
            self._database.execute("BEGIN")
            try:
                yield self._fresh()
            finally:
                self._database.execute("COMMIT")

    def _fresh(self) -> _State:
        self._database.execute("SELECT 1 FROM meta LIMIT 1").fetchone()
        mark = self._database.execute("PRAGMA data_version").fetchone()[0]
        if mark != self._mark:
            self._state, self._mark = self._read(), mark
        return self._state

    def _read(self) -> _State:
        lengths, starts = array("H"), dict[int, int]()
        for first, held in self._database.execute("SELECT first, lengths FROM segment ORDER BY first"):
            starts[first] = len(lengths)
            lengths.frombytes(held)
        rows = self._database.execute("SELECT first, count, until FROM document ORDER BY first").fetchall()
        place = _Places(starts, len(lengths))
        ranges = [(until, *place.range(first, count)) for first, count, until in rows]
        gone = tuple(place.gaps((start, end) for _, start, end in ranges))
        until = tuple(one for one in ranges if one[0])
        return _State(lengths, sum(lengths), starts, gone, until)

    def _passage(self, place: int) -> Passage:
        start, first = max((start, first) for first, start in self._state.starts.items() if start <= place)
        row = self._database.execute("SELECT body FROM passage WHERE doc = ?", (first + place - start,)).fetchone()
        return decode(row[0])


class _Places:
    """Numbers in the file have gaps where segments were dropped; places in memory have none."""

    def __init__(self, starts: Mapping[int, int], total: int) -> None:
        self._starts, self._total = starts, total

    def range(self, first: int, count: int) -> tuple[int, int]:
        if not count:
            return 0, 0
        segment = max(one for one in self._starts if one <= first)
        start = self._starts[segment] + first - segment
        return start, start + count

    def gaps(self, ranges: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
        last = 0
        for start, end in sorted(ranges):
            if start > last:
                yield last, start
            last = end
        if last < self._total:
            yield last, self._total


def search(indexes: Sequence[LexicalIndex], query: Sequence[str], top: int, day: date | None = None) -> list[Scored]:
    """The best passages of several indexes as if they were one; what was valid only before `day` is not looked at."""
    with ExitStack() as held:
        states = [held.enter_context(index.snapshot()) for index in indexes]
        offsets = list(accumulate((len(one.lengths) for one in states), initial=0))
        lengths, blocked = array("H"), list[tuple[int, int]]()
        terms: dict[str, list[Posting]] = {}
        words = sum(one.words for one in states)
        for index, state, offset in zip(indexes, states, offsets, strict=False):
            lengths += state.lengths
            over = (one[1:] for one in state.until if day is not None and one[0] < day.isoformat())
            blocked += ((start + offset, end + offset) for start, end in (*state.gone, *over))
            for term, posting in _postings(index, query, offset):
                terms.setdefault(term, []).append(posting)
        ranked = best([terms[one] for one in sorted(terms)], Field(lengths, words, tuple(blocked)), top)
        return [_scored(indexes, offsets, place, score) for place, score in ranked]


def _scored(indexes: Sequence[LexicalIndex], offsets: Sequence[int], place: int, score: float) -> Scored:
    number = bisect_right(offsets, place, 0, len(indexes)) - 1
    return Scored(indexes[number]._passage(place - offsets[number]), round(score, 4))


def _postings(index: LexicalIndex, query: Sequence[str], offset: int) -> Iterable[tuple[str, Posting]]:
    marks = ",".join("?" * len(query))
    statement = f"SELECT term, first, places, counts FROM posting WHERE term IN ({marks})"
    for term, first, places, counts in index._database.execute(statement, tuple(query)):
        yield term, Posting(offset + index._state.starts[first], places, counts)


def in_memory(passages: Iterable[Passage], stamp: str = "", extras: Mapping[str, bytes] | None = None) -> LexicalIndex:
    """An index that leaves nothing on disk."""
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    _fill(database, passages, stamp, extras or {})
    return LexicalIndex(database)


def build(
    path: Path, passages: Iterable[Passage], stamp: str, extras: Mapping[str, bytes] | None = None
) -> LexicalIndex:
    """Write the index beside its place and move it there in one step; OSError when the folder can't be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    os.close(handle)
    try:
        database = sqlite3.connect(name, isolation_level=None)
        _fill(database, passages, stamp, extras or {})
        database.close()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    opened = opened_at(path, stamp)
    if opened is None:
        raise OSError(f"{path} 写入后读不出来")
    return opened


def _fill(database: sqlite3.Connection, passages: Iterable[Passage], stamp: str, extras: Mapping[str, bytes]) -> None:
    database.executescript(SCHEMA)
    meta = {"stamp": stamp.encode(), "format": FORMAT.encode(), **extras}
    with database:
        database.execute("BEGIN")
        append(database, [Entry("", "", "", passages)])
        database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


def opened_at(path: Path, stamp: str) -> LexicalIndex | None:
    """The index in a file; None when it is missing, damaged, of another format or built from something else."""
    if not path.is_file():
        return None
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    with suppress(sqlite3.Error, ValueError, UnicodeDecodeError):
        index = LexicalIndex(database)
        if index.stamp == stamp and index.extra("format").decode() == FORMAT:
            return index
    database.close()
    return None


def growing(path: Path) -> LexicalIndex:
    """The index that is added to in place, made if it isn't there; a damaged one goes aside. OSError for no place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(sqlite3.DatabaseError, ValueError):
        return _growing(path)
    set_aside(path)
    try:
        return _growing(path)
    except sqlite3.Error as error:
        raise OSError(f"{path}: {error}") from error


def set_aside(path: Path) -> None:
    """Move a damaged index out of the way."""
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if name.exists():
            name.replace(name.with_name(name.name + ".damaged"))


def _growing(path: Path) -> LexicalIndex:
    database = sqlite3.connect(path, timeout=60, check_same_thread=False, isolation_level=None)
    try:
        # Readers go on with what they see while a writer adds.
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.executescript(SCHEMA)
        database.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (FORMAT.encode(),))
        index = LexicalIndex(database)
        if index.extra("format").decode() != FORMAT:
            raise ValueError(FORMAT)
    except (sqlite3.Error, ValueError):
        database.close()
        raise
    return index
