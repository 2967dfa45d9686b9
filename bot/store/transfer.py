"""Everything in a database as rows that any other database takes: written out, and read back in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, Table, func, select, text

from bot.store import migrate, revisions
from bot.store.connection import StoreError, snapshot, writing
from bot.store.migrate import HEAD
from bot.store.outbox import QUEUED, SENDING
from bot.store.tables import leases, metadata
from bot.store.walls import open_all

CHUNK: Final = 500
# What only says who was at work.
PASSING: Final = (leases.name,)
FOREIGN: Final = "备份是更新版本的程序做的：请升级程序后再恢复"
UNFIT: Final = "备份里的内容对不上它自己的版本：什么都没有改动，请换一份"
BUSY: Final = "数据库正被另一个申报助手使用：请先停掉它，过十秒再恢复"
THERE: Final = "数据库里已经有内容：恢复会把它们全部换掉。确定的话，加上 --replace"

Row = Sequence[Any]


@contextmanager
def rows_of(engine: Engine) -> Iterator[Iterator[tuple[str, tuple[str, ...], Iterable[Row]]]]:
    """Every table with its columns and rows, all as they were at one moment; to be read within the block, in order."""
    with snapshot(engine) as connection:
        open_all(connection)
        tables = [table for table in metadata.sorted_tables if table.name not in PASSING]
        yield ((table.name, tuple(table.c.keys()), _rows(connection, table)) for table in tables)


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=CHUNK)
    for row in connection.execute(query):
        yield tuple(row)


class Restoring:
    """A transaction in which a database is made anew, at the revision its rows are from."""

    def __init__(self, connection: Connection, revision: str):
        self._connection = connection
        _emptied(connection)
        revisions.migrate(connection, revision)
        self._tables = MetaData()
        self._tables.reflect(connection)

    @property
    def order(self) -> list[str]:
        """The tables in the order in which they can be filled."""
        return [table.name for table in self._tables.sorted_tables]

    def fill(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Put rows into a table; how many there were. StoreError when it has no such columns."""
        table, count, rest = self._tables.tables[name], 0, iter(rows)
        if not set(columns) <= set(table.c.keys()):
            raise StoreError(UNFIT)
        while some := list(islice(rest, CHUNK)):
            self._connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in some])
            count += len(some)
        return count

    def finish(self) -> None:
        """Bring it to the revision of this program; what waited to be sent may have gone out since."""
        if self._connection.dialect.name == "postgresql":
            _count_on(self._connection, self._tables)
        outbox = self._tables.tables["outbox"]
        doubted = outbox.update().where(outbox.c.state == QUEUED).values(state=SENDING)
        self._connection.execute(doubted)
        revisions.migrate(self._connection, HEAD)


@contextmanager
def restoring(engine: Engine, revision: str, replace: bool) -> Iterator[Restoring]:
    """A database to be filled with rows of that revision: all of it or nothing.

    StoreError when it holds something and isn't to be replaced, when somebody uses it, or when the rows are newer.
    """
    if revision > migrate.HEAD:
        raise StoreError(FOREIGN)
    with writing(engine) as connection:
        open_all(connection)
        if _used(connection):
            raise StoreError(BUSY)
        if not replace and _filled(connection):
            raise StoreError(THERE)
        made = Restoring(connection, revision)
        yield made
        made.finish()


def _used(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return False
    now = func.extract("epoch", func.clock_timestamp())
    return connection.execute(select(func.count()).select_from(leases).where(leases.c.until > now)).scalar_one() > 0


def _filled(connection: Connection) -> bool:
    """Whether there is anything in any table."""
    return any(connection.execute(select(table).limit(1)).first() for table in metadata.sorted_tables)


def _emptied(connection: Connection) -> None:
    metadata.drop_all(connection)
    migrate.stamp.drop(connection)


def _count_on(connection: Connection, tables: MetaData) -> None:
    """Let the server number new rows from the last one on."""
    for table in tables.sorted_tables:
        for column in table.primary_key.columns:
            if column.server_default is not None:
                name = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
                highest = f"(SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name})"
                connection.execute(text(f"SELECT setval({name}, {highest}, false)"))
