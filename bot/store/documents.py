"""Documents and their passages: what every search index is made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, case, select

from bot.store.connection import reading, writing
from bot.store.tables import documents, passages, scopes
from knowledge.library.holdings import Document, Kept, Scope
from knowledge.library.passages import Passage

CHUNK = 2000


class Documents:
    """The library in the database. A document comes in whole, with its passages, or not at all."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def add(self, document: Document, found: Iterable[Passage]) -> tuple[str, ...]:
        """Keep a document; the titles of what it takes the place of: same scope, and same id, file or content."""
        with writing(self._engine) as connection:
            return put(connection, document, found, self._clock())

    def remove(self, id_: str) -> str | None:
        """Forget a document; its title, None when there is no such document."""
        with writing(self._engine) as connection:
            return struck(connection, id_, self._clock())

    def all(self) -> tuple[Kept, ...]:
        """Every document with how many passages it has, scope by scope, oldest first."""
        order = (documents.c.collection, documents.c.bureau, documents.c.added, documents.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(documents.select().order_by(*order)).all()
        return tuple(Kept(_document(row), row.passages) for row in rows)

    def scopes(self) -> tuple[Scope, ...]:
        """Every scope that ever held a document."""
        with reading(self._engine) as connection:
            rows = connection.execute(scopes.select().order_by(scopes.c.collection, scopes.c.bureau)).all()
        return tuple(Scope(row.collection, row.bureau) for row in rows)

    def revision(self, scope: Scope) -> int:
        """A number that grows with every change of the scope."""
        with reading(self._engine) as connection:
            return connection.execute(select(scopes.c.revision).where(*_is(scopes, scope))).scalar() or 0

    def documents(self, scope: Scope) -> Sequence[Kept]:
        """The documents of a scope, oldest first."""
        order = (documents.c.added, documents.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(documents.select().where(*_is(documents, scope)).order_by(*order)).all()
        return [Kept(_document(row), row.passages) for row in rows]

    def passages(self, document: str) -> Iterator[Passage]:
        """The passages of a document, in its order, read a few thousand at a time."""
        place = 0
        while rows := self._some(document, place):
            for row in rows:
                ways = tuple(json.loads(row.ways))
                yield Passage(row.id, row.locator, row.text, row.source, row.authority, ways, (), row.bureau)
            place += len(rows)

    def _some(self, document: str, start: int) -> Sequence[Row[Any]]:
        query = (
            select(passages, documents.c.authority, documents.c.bureau)
            .join_from(passages, documents)
            .where(passages.c.document == document, passages.c.position >= start)
            .order_by(passages.c.position)
            .limit(CHUNK)
        )
        with reading(self._engine) as connection:
            return connection.execute(query).all()


def put(connection: Connection, document: Document, found: Iterable[Passage], now: float) -> tuple[str, ...]:
    """Within a transaction: keep a document; the titles of what it takes the place of."""
    replaced = _drop(connection, _same(document))
    count = _insert(connection, document, found, now)
    connection.execute(documents.update().where(documents.c.id == document.id).values(passages=count))
    _changed(connection, document.scope, now)
    return replaced


def struck(connection: Connection, id_: str, now: float) -> str | None:
    """Within a transaction: forget a document; its title, None when there is no such document."""
    row = connection.execute(documents.select().where(documents.c.id == id_)).one_or_none()
    if row is None:
        return None
    _drop(connection, documents.c.id == id_)
    _changed(connection, Scope(row.collection, row.bureau), now)
    return str(row.title)


def _is(table: Any, scope: Scope) -> tuple[Any, Any]:
    return table.c.collection == scope.collection, table.c.bureau == scope.bureau


def _same(document: Document) -> Any:
    alike = (documents.c.name == document.name) | (documents.c.version == document.version)
    return (documents.c.id == document.id) | and_(alike, *_is(documents, document.scope))


def _drop(connection: Connection, which: Any) -> tuple[str, ...]:
    rows = connection.execute(documents.select().where(which)).all()
    for row in rows:
        connection.execute(passages.delete().where(passages.c.document == row.id))
        connection.execute(documents.delete().where(documents.c.id == row.id))
    return tuple(row.title for row in rows)


def _insert(connection: Connection, document: Document, found: Iterable[Passage], now: float) -> int:
    kept = {name: getattr(document, name) for name in ("id", "name", "version", "title", "issuer", "authority")}
    days = {"dated": _iso(document.dated), "valid_until": _iso(document.valid_until)}
    connection.execute(documents.insert().values(**kept, **days, **asdict(document.scope), passages=0, added=now))
    rows = (
        {"document": document.id, "position": position, "ways": json.dumps(passage.ways, ensure_ascii=False)}
        | {name: getattr(passage, name) for name in ("id", "locator", "source", "text")}
        for position, passage in enumerate(found)
    )
    count = 0
    while batch := list(islice(rows, CHUNK)):
        connection.execute(passages.insert(), batch)
        count += len(batch)
    return count


def _changed(connection: Connection, scope: Scope, now: float) -> None:
    """Give the scope a revision no index was ever made from, not even one of a database that is gone or restored."""
    mine, second = _is(scopes, scope), int(now)
    next_ = case((scopes.c.revision >= second, scopes.c.revision + 1), else_=second)
    if not connection.execute(scopes.update().where(*mine).values(revision=next_)).rowcount:
        connection.execute(scopes.insert().values(**asdict(scope), revision=second))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _document(row: Row[Any]) -> Document:
    days = _day(row.dated), _day(row.valid_until)
    scope = Scope(row.collection, row.bureau)
    return Document(row.id, scope, row.title, row.name, row.version, row.issuer, *days, row.authority)
