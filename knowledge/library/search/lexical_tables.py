"""The tables of the lexical index and how documents come into them and go again."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.language.terms import passage_terms
from knowledge.library.passages import Passage

FORMAT = "2"
SEGMENT = 20_000
SEGMENTS = 12
SCHEMA = """
PRAGMA page_size = 8192;
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document(id TEXT PRIMARY KEY, version TEXT NOT NULL, until TEXT NOT NULL,
                                    first INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segment(first INTEGER PRIMARY KEY, lengths BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS passage(doc INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posting(term TEXT, first INTEGER, places BLOB NOT NULL, counts BLOB NOT NULL,
                                   PRIMARY KEY(term, first)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Entry:
    """A document to be indexed; `until` is the last day it holds, empty for always."""

    id: str
    version: str
    until: str
    passages: Iterable[Passage]


def append(database: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Add documents behind those that are there; within the caller's transaction."""
    place = _end(database)
    pending = _numbered(database, entries, place)
    while batch := list(islice(pending, SEGMENT)):
        _segment(database, place, batch)
        place += len(batch)


def _end(database: sqlite3.Connection) -> int:
    row = database.execute("SELECT first, length(lengths) / 2 FROM segment ORDER BY first DESC LIMIT 1").fetchone()
    return row[0] + row[1] if row else 0


def _numbered(database: sqlite3.Connection, entries: Iterable[Entry], place: int) -> Iterator[Passage]:
    for entry in entries:
        first = place
        for passage in entry.passages:
            yield passage
            place += 1
        values = (entry.id, entry.version, entry.until, first, place - first)
        database.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", values)


def _segment(database: sqlite3.Connection, first: int, passages: Sequence[Passage]) -> None:
    lengths = array("H")
    postings: dict[str, tuple[array[int], bytearray]] = {}
    for place, passage in enumerate(passages):
        counted = passage_terms(passage.text, passage.ways)
        lengths.append(min(sum(counted.values()), 65535))
        for term, count in counted.items():
            places, counts = postings.setdefault(term, (array("H"), bytearray()))
            places.append(place)
            counts.append(min(count, 255))
    database.execute("INSERT INTO segment VALUES (?, ?)", (first, lengths.tobytes()))
    bodies = ((first + place, encode(passage)) for place, passage in enumerate(passages))
    database.executemany("INSERT INTO passage VALUES (?, ?)", bodies)
    terms = ((term, first, places.tobytes(), bytes(counts)) for term, (places, counts) in sorted(postings.items()))
    database.executemany("INSERT INTO posting VALUES (?, ?, ?, ?)", terms)


def drop(database: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Remove documents; their places stay blocked until the segment is tidied."""
    for one in ids:
        row = database.execute("SELECT first, count FROM document WHERE id = ?", (one,)).fetchone()
        if row:
            database.execute("DELETE FROM passage WHERE doc >= ? AND doc < ?", (row[0], row[0] + row[1]))
            database.execute("DELETE FROM document WHERE id = ?", (one,))


def tidy(database: sqlite3.Connection) -> None:
    """Write small segments again as one when there are many, and those that are mostly dead; within a transaction."""
    sizes = database.execute("SELECT first, length(lengths) / 2 FROM segment ORDER BY first").fetchall()
    alive = {first: _alive(database, first, size) for first, size in sizes}
    many = len(sizes) > SEGMENTS
    tired = [(first, size) for first, size in sizes if alive[first] * 2 < size or (many and alive[first] * 2 < SEGMENT)]
    if tired := _closed(database, tired):
        _rewrite(database, tired)


def _closed(database: sqlite3.Connection, tired: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The segments that share no document with one that stays as it is."""
    shared = (
        "SELECT count(*) FROM document WHERE first < :end AND first + count > :start"
        " AND (first < :start OR first + count > :end)"
    )
    bounds = [(first, {"start": first, "end": first + size}, size) for first, size in tired]
    return [(first, size) for first, held, size in bounds if not database.execute(shared, held).fetchone()[0]]


def _alive(database: sqlite3.Connection, first: int, size: int) -> int:
    query = "SELECT count(*) FROM passage WHERE doc >= ? AND doc < ?"
    return int(database.execute(query, (first, first + size)).fetchone()[0])


def _rewrite(database: sqlite3.Connection, tired: Sequence[tuple[int, int]]) -> None:
    entries = []
    for first, size in tired:
        query = "SELECT id, version, until, first, count FROM document WHERE first >= ? AND first < ?"
        for id_, version, until, start, count in database.execute(query, (first, first + size)).fetchall():
            entries.append(Entry(id_, version, until, _bodies(database, start, count)))
    for entry in entries:
        database.execute("DELETE FROM document WHERE id = ?", (entry.id,))
    append(database, entries)
    for first, size in tired:
        database.execute("DELETE FROM passage WHERE doc >= ? AND doc < ?", (first, first + size))
        database.execute("DELETE FROM posting WHERE first = ?", (first,))
        database.execute("DELETE FROM segment WHERE first = ?", (first,))


def _bodies(database: sqlite3.Connection, first: int, count: int) -> Iterator[Passage]:
    query = "SELECT body FROM passage WHERE doc >= ? AND doc < ? ORDER BY doc"
    for (body,) in database.execute(query, (first, first + count)):
        yield decode(body)


def encode(passage: Passage) -> str:
    """A passage as it is stored."""
    values = (passage.id, passage.locator, passage.text, passage.source, passage.authority)
    return json.dumps([*values, passage.ways, passage.stands_on, passage.bureau], ensure_ascii=False)


def decode(body: str) -> Passage:
    """A passage as it was stored."""
    id_, locator, text, source, authority, ways, stands_on, bureau = json.loads(body)
    return Passage(id_, locator, text, source, authority, tuple(ways), tuple(stands_on), bureau)
