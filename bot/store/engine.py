"""The connection: how SQLite is set up, who may write when, and failures as one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from bot.store.tables import SCHEMA, metadata, schema
from knowledge.errors import SentenceError

BUSY_MS = 10_000


class StoreError(SentenceError):
    """The database can't be used; the text is one Chinese line. Nothing was changed."""


def connect(address: str) -> Engine:
    """An engine on a sound database of our schema, made if it isn't there; else StoreError."""
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _folder(url)
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(f"缺少 {url.drivername} 的数据库驱动：请先安装，或不设 SHENBAO_DATABASE_URL") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
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


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: a transaction that reads first and writes later can't be retried by waiting.
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _upgrade(engine: Engine) -> None:
    with reading(engine) as connection:
        there = inspect(connection).has_table(schema.name)
        version = connection.execute(schema.select()).scalar() if there else None
    if version is None or version < SCHEMA:
        _create(engine)
    elif version > SCHEMA:
        raise StoreError(f"数据库是更新版本的程序建的（第 {version} 版，本程序到第 {SCHEMA} 版）：请升级程序")


def _create(engine: Engine) -> None:
    # Every schema so far only added tables, so making those that aren't there is all it takes.
    with writing(engine) as connection:
        metadata.create_all(connection)
        if connection.execute(schema.select()).scalar() is None:
            connection.execute(schema.insert().values(version=SCHEMA))
        connection.execute(schema.update().where(schema.c.version < SCHEMA).values(version=SCHEMA))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: all of the block or nothing; StoreError when the database fails."""
    with _guarded(engine), engine.connect() as connection, connection.execution_options(write=True).begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads; StoreError when the database fails."""
    with _guarded(engine), engine.begin() as connection:
        yield connection


@contextmanager
def _guarded(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(_sentence(engine.url, error)) from error


def _sentence(url: URL, error: SQLAlchemyError) -> str:
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if url.get_backend_name() != "sqlite":
        return f"数据库现在用不了（{type(cause).__name__}）：请检查 SHENBAO_DATABASE_URL 指的服务"
    name = getattr(cause, "sqlite_errorname", "")
    for start, sentence in SENTENCES.items():
        if name.startswith(start):
            return sentence.format(url.database)
    return f"数据库 {url.database} 出错（{name or type(cause).__name__}）"


SENTENCES = {
    "SQLITE_NOTADB": "数据库 {} 已损坏或不是数据库：文件没有改动，请换上备份，或把它移走后重新启动",
    "SQLITE_CORRUPT": "数据库 {} 已损坏：文件没有改动，请换上备份，或把它移走后重新启动",
    "SQLITE_CANTOPEN": "数据库 {} 打不开：请检查文件夹的权限，或改 SHENBAO_DATA",
    "SQLITE_READONLY": "数据库 {} 不能写入：请检查文件的权限，或改 SHENBAO_DATA",
    "SQLITE_FULL": "磁盘已满，数据库 {} 写不进去：请腾出空间",
    "SQLITE_IOERR": "读写数据库 {} 时磁盘出错：请检查磁盘",
    "SQLITE_BUSY": "数据库 {} 正被别的程序占用：请稍后再试",
}


def examine(engine: Engine) -> None:
    """Look through the whole database for damage; StoreError names it. Takes seconds on a large one."""
    if engine.url.get_backend_name() != "sqlite":
        return
    with reading(engine) as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreError(SENTENCES["SQLITE_CORRUPT"].format(engine.url.database))
