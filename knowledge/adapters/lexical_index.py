"""The lexical index: our own postings in one SQLite file, scored with BM25; a cache that can be thrown away.

Why our own and not FTS5 (characters and bigrams, two shared cores, made-up text, queries of 24 characters): at 10,000
passages 1.6 ms against 21.5 ms a query (p50); at 100,000 10 ms p50, 18 ms p95, 49 MB resident, 233 MB on disk, built in
130 s with 157 MB. bm25s and tantivy were not tried here: the one costs numpy at every start, the other 17 MB for a file
that one writer holds. Small indexes are scored in plain Python, so that a cold answer imports nothing but sqlite3.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from knowledge.lexical import K1, B, passage_terms, rarity
from knowledge.passages import Passage, Scored

FORMAT = "2"
WIDE, SEGMENT, LONGEST = 20_000, 10_000, 65_535
ENOUGH, FEW = 250_000, 8
SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE passage(doc INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE posting(term TEXT, segment INTEGER, docs BLOB NOT NULL, counts BLOB NOT NULL,
                     PRIMARY KEY(term, segment)) WITHOUT ROWID;
"""


class LexicalIndex:
    """Passages that can be searched; opened on a file that `build` wrote, or held in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._lengths = array("H")
        self._lengths.frombytes(self._meta("lengths"))
        self._total = len(self._lengths)
        self._mean = sum(self._lengths) / self._total if self._total else 1.0

    @property
    def stamp(self) -> str:
        """What the index was built from."""
        return self._meta("stamp").decode()

    def extra(self, key: str) -> bytes:
        """A further value stored with the index, empty when there is none."""
        return self._meta(f"extra:{key}")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _meta(self, key: str) -> bytes:
        row = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else b""

    def search(self, query: Sequence[str], top: int) -> list[Scored]:
        """The best passages for the terms of a query; equal scores in the order the passages were added."""
        postings = self._postings(query)
        narrow = sum(len(docs) for docs, _ in postings) <= WIDE
        best = self._narrow(postings, top) if narrow else self._wide(postings, top)
        return [Scored(self._passage(doc), round(score, 4)) for doc, score in best]

    def _postings(self, query: Sequence[str]) -> list[tuple[array[int], bytes]]:
        marks = ",".join("?" * len(query))
        sql = f"SELECT term, docs, counts FROM posting WHERE term IN ({marks}) ORDER BY term, segment"
        docs: dict[str, bytearray] = {}
        counts: dict[str, bytearray] = {}
        for term, some, often in self._database.execute(sql, tuple(query)):
            docs.setdefault(term, bytearray()).extend(some)
            counts.setdefault(term, bytearray()).extend(often)
        found = [(array("I", bytes(docs[term])), bytes(counts[term])) for term in docs]
        return _telling(sorted(found, key=lambda posting: len(posting[0])))

    def _narrow(self, postings: Iterable[tuple[array[int], bytes]], top: int) -> list[tuple[int, float]]:
        scores: dict[int, float] = {}
        for docs, counts in postings:
            weight = rarity(len(docs), self._total) * (K1 + 1)
            for doc, count in zip(docs, counts, strict=True):
                norm = K1 * (1 - B + B * self._lengths[doc] / self._mean)
                scores[doc] = scores.get(doc, 0.0) + weight * count / (count + norm)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:top]

    def _wide(self, postings: Iterable[tuple[array[int], bytes]], top: int) -> list[tuple[int, float]]:
        import numpy  # noqa: PLC0415 - 150 ms that a small index never needs

        norms = K1 * (1 - B + B * numpy.frombuffer(self._lengths, dtype=numpy.uint16) / self._mean)
        scores = numpy.zeros(self._total, dtype=numpy.float32)
        for docs, counts in postings:
            places = numpy.frombuffer(docs, dtype=numpy.uint32)
            often = numpy.frombuffer(counts, dtype=numpy.uint8).astype(numpy.float32)
            scores[places] += rarity(len(docs), self._total) * (K1 + 1) * often / (often + norms[places])
        count = min(top, self._total)
        best = numpy.argpartition(-scores, count - 1)[:count]
        ranked = sorted(((int(doc), float(scores[doc])) for doc in best), key=lambda item: (-item[1], item[0]))
        return [item for item in ranked if item[1] > 0]

    def _passage(self, doc: int) -> Passage:
        row = self._database.execute("SELECT body FROM passage WHERE doc = ?", (doc,)).fetchone()
        return _decode(row[0])


def _telling(postings: list[tuple[array[int], bytes]]) -> list[tuple[array[int], bytes]]:
    """The postings without those so common that they cost much and tell little; rarest first."""
    read = 0
    for place, (docs, _) in enumerate(postings):
        read += len(docs)
        if read > ENOUGH and place >= FEW:
            return postings[:place]
    return postings


def _encode(passage: Passage) -> str:
    values = (passage.id, passage.locator, passage.text, passage.source, passage.authority)
    return json.dumps([*values, passage.ways, passage.stands_on, passage.bureau], ensure_ascii=False)


def _decode(body: str) -> Passage:
    id_, locator, text, source, authority, ways, stands_on, bureau = json.loads(body)
    return Passage(id_, locator, text, source, authority, tuple(ways), tuple(stands_on), bureau)


def _fill(database: sqlite3.Connection, passages: Iterable[Passage], stamp: str, extras: Mapping[str, bytes]) -> None:
    database.executescript(SCHEMA)
    lengths, rest, segment = array("H"), iter(passages), 0
    while part := list(islice(rest, SEGMENT)):
        _add(database, part, lengths, segment)
        segment += 1
    meta = {"stamp": stamp.encode(), "lengths": lengths.tobytes(), "format": FORMAT.encode()}
    meta |= {f"extra:{key}": value for key, value in extras.items()}
    database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    database.commit()


def _add(database: sqlite3.Connection, part: list[Passage], lengths: array[int], segment: int) -> None:
    """Store a run of passages with postings of their own, so that memory stays bounded by the run."""
    postings: dict[str, tuple[array[int], bytearray]] = {}
    first = len(lengths)
    for doc, passage in enumerate(part, first):
        counted = passage_terms(passage.text, passage.ways)
        lengths.append(min(sum(counted.values()), LONGEST))
        for term, count in counted.items():
            docs, counts = postings.setdefault(term, (array("I"), bytearray()))
            docs.append(doc)
            counts.append(min(count, 255))
    rows = ((doc, passage.id, _encode(passage)) for doc, passage in enumerate(part, first))
    database.executemany("INSERT INTO passage VALUES (?, ?, ?)", rows)
    terms = ((term, segment, docs.tobytes(), bytes(counts)) for term, (docs, counts) in sorted(postings.items()))
    database.executemany("INSERT INTO posting VALUES (?, ?, ?, ?)", terms)


def in_memory(passages: Iterable[Passage], stamp: str = "", extras: Mapping[str, bytes] | None = None) -> LexicalIndex:
    """An index that leaves nothing on disk."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
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
        database = sqlite3.connect(name)
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


def opened_at(path: Path, stamp: str) -> LexicalIndex | None:
    """The index in a file; None when it is missing, damaged, of another format or built from something else."""
    if not path.is_file():
        return None
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        index = LexicalIndex(database)
        if index.stamp == stamp and index._meta("format").decode() == FORMAT:
            return index
    except (sqlite3.Error, ValueError, UnicodeDecodeError):
        pass
    database.close()
    return None
