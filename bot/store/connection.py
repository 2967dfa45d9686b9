"""The connection: how SQLite is set up, who may write when, and failures as one sentence."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from bot.store import migrate
from bot.store.failures import SQLITE, sentence
from knowledge.errors import SentenceError

T = TypeVar("T")

# The transaction that is open in this thread for several pieces of work.
_OPEN: Final = threading.local()

BUSY_MS: Final = 10_000
# A server that is away or hangs is noticed in seconds, and what it does for us ends in time.
SERVER: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "tcp_user_timeout": 15_000,
    "application_name": "shenbao",
}
LIMITS: Final = ("statement_timeout = '20s'", "lock_timeout = '10s'", "idle_in_transaction_session_timeout = '60s'")


class StoreError(SentenceError):
    """The database can't be used; the text is one Chinese line. Nothing was changed."""


def connect(address: str) -> Engine:
    """An engine on a sound database of our schema, made if it isn't there; else StoreError."""
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _folder(url)
    try:
        engine = _made(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(f"缺少 {url.drivername} 的数据库驱动：请先安装，或不设 SHENBAO_DATABASE_URL") from error
    try:
        _upgrade(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError("数据库地址看不懂：请检查 SHENBAO_DATABASE_URL") from error
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _made(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    pool = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 4}
    engine = create_engine(url, connect_args=SERVER, hide_parameters=True, **pool)
    event.listen(engine, "connect", _limit)
    return engine


def _folder(url: URL) -> None:
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"数据文件夹 {folder} 建不了（{error.strerror}）：请检查权限，或改 SHENBAO_DATA") from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Our own BEGIN below decides when a transaction starts, so Python's must not.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _limit(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for limit in LIMITS:
            cursor.execute(f"SET {limit}")
    connection.commit()


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: a transaction that reads first and writes later can't be retried by waiting.
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _upgrade(engine: Engine) -> None:
    try:
        with reading(engine) as connection:
            current = migrate.revision(connection) == migrate.HEAD
        if not current:
            with writing(engine) as connection:
                migrate.upgrade(connection)
    except migrate.NewerError as error:
        ours = int(migrate.HEAD)
        theirs = int(error.version) if error.version.isdigit() else error.version
        raise StoreError(f"数据库是更新版本的程序建的（第 {theirs} 版，本程序到第 {ours} 版）：请升级程序") from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: all of the block or nothing; StoreError when the database fails.

    Within `joined` the block is a part of the transaction that is open already.
    """
    if (shared := _shared(engine)) is not None:
        yield shared
        return
    with _guarded(engine), engine.connect() as connection, connection.execution_options(write=True).begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads, or a part of one that is open; StoreError when the database fails."""
    if (shared := _shared(engine)) is not None:
        yield shared
        return
    with _guarded(engine), engine.begin() as connection:
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees everything as it was when it began, however long it reads."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with _guarded(engine), engine.connect() as connection, connection.execution_options(**level).begin():
        yield connection


def _shared(engine: Engine) -> Connection | None:
    open_: Connection | None = getattr(_OPEN, "connection", None)
    return open_ if open_ is not None and open_.engine is engine else None


def together(engine: Engine, works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What each piece of work comes to, all of them in one transaction; one that fails takes no other along.

    Work may be begun a second time after it was undone.
    """
    try:
        try:
            with joined(engine):
                return [work() for work in works]
        except StoreError:
            raise
        except Exception as error:
            if len(works) == 1:
                return [error]
        with joined(engine) as connection:
            return [_apart(connection, work) for work in works]
    except StoreError as error:
        return [error] * len(works)


@contextmanager
def joined(engine: Engine) -> Iterator[Connection]:
    """One transaction for all that is read and written in the block, by whomever it calls."""
    if (shared := _shared(engine)) is not None:
        yield shared
        return
    with writing(engine) as connection:
        _OPEN.connection = connection
        try:
            yield connection
        finally:
            _OPEN.connection = None


def _apart(connection: Connection, work: Callable[[], T]) -> T | Exception:
    try:
        with connection.begin_nested():
            return work()
    except (IntegrityError, DataError) as error:
        return error
    except SQLAlchemyError:
        raise
    except Exception as error:
        return error


@contextmanager
def _guarded(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError):
        # What was asked for is wrong, not the database: asking again doesn't help.
        raise
    except SQLAlchemyError as error:
        raise StoreError(sentence(engine.url, error)) from error


def examine(engine: Engine) -> None:
    """Look through the whole database for damage; StoreError names it. Takes seconds on a large one."""
    if engine.url.get_backend_name() != "sqlite":
        return
    with reading(engine) as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreError(SQLITE["SQLITE_CORRUPT"].format(engine.url.database))
