"""Databases of every age on both kinds: brought along with what is in them, once, or refused with a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store import StoreError, migrate, open_store, revisions
from bot.store.connection import connect, writing
from bot.store.tables import metadata
from knowledge.library.holdings import Scope
from tests.store import old

ROOT = Path(__file__).parents[2]
OPENING = """
import sys
from bot.store import open_store
sys.stdin.read()
open_store(sys.argv[1]).close()
print("alembic" in sys.modules)
"""


@pytest.fixture
def address(bare: str) -> str:
    """Here a database is as old as a story makes it."""
    return bare


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def ways(connection: Connection) -> set[tuple[object, ...]]:
    """Everything a schema consists of that comparing it with our tables leaves out."""
    look = inspect(connection)
    found: set[tuple[object, ...]] = set()
    for table in look.get_table_names():
        for index in look.get_indexes(table):
            where = [str(value) for name, value in index.get("dialect_options", {}).items() if name.endswith("_where")]
            found.add((table, index["name"], *index["column_names"], *where))
        found |= {(table, *key["constrained_columns"], str(key["options"])) for key in look.get_foreign_keys(table)}
        found |= {(table, "unique", *one["column_names"]) for one in look.get_unique_constraints(table)}
        found |= {(table, "key", *look.get_pk_constraint(table)["constrained_columns"])}
    return found


def test_the_newest_revision_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migrate.HEAD]
    assert [one.revision for one in script.walk_revisions()] == sorted(
        (one.revision for one in script.walk_revisions()), reverse=True
    )


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_migrating_from_any_age_comes_to_the_tables_of_the_program(address: str, version: int) -> None:
    if version:
        old.make(address, version)
    engine = connect(address)
    with engine.connect() as connection:
        assert differences(connection) == []
        assert migrate.revision(connection) == migrate.HEAD
        assert not inspect(connection).has_table(migrate.COUNTER)
        found = ways(connection)
    with writing(engine) as connection:
        for table in [*reversed(metadata.sorted_tables), migrate.stamp]:
            table.drop(connection)
        connection.execute(text("CREATE TABLE schema_version (version INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO schema_version VALUES (1)"))
    with writing(engine) as connection:
        migrate.upgrade(connection)
    with engine.connect() as connection:
        assert differences(connection) == []
        assert ways(connection) == found
    engine.dispose()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_is_in_an_old_database_is_there_afterwards_and_goes_on(address: str, version: int) -> None:
    old.make(address, version)
    store = open_store(address)
    saved = store.load("tg:5")
    assert (saved.state, saved.consented) == ({"n": 1}, "2026-11")
    assert saved.draft and saved.draft.facts == {"lead": "甲"}
    assert [one["event"] for one in store.events("d1")] == [{"set": "甲"}]
    assert store.inbox.chats(("telegram", "7")) == ["tg:5"]
    received = store.inbox.claim(("telegram", "7"), "tg:5")
    assert received and received.payload == {"text": "hi"}
    letter = store.outbox.take("telegram", "tg:5")
    assert letter and letter.payload == {"text": "1"}
    assert len(store.answers("tg:5")) == (version >= 2)
    assert [one.text for one in store.documents.passages("k1")] == (["原文"] if version >= 3 else [])
    assert store.documents.revision(Scope("", "")) == (1000 if version >= 3 else 0)
    store.close()


def test_several_processes_that_start_at_once_migrate_once(address: str) -> None:
    old.make(address, 1)
    command = [sys.executable, "-c", OPENING, address]
    many = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for one in many:
        assert one.stdin is not None
        one.stdin.close()
    for one in many:
        assert one.stdout is not None
        assert one.stdout.read().strip() in ("True", "False")
        one.stdout.close()
        assert one.wait() == 0
    late = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=True)
    assert late.stdout.strip() == "False"
    engine = connect(address)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar() == 1
    engine.dispose()


def test_an_empty_database_is_made_without_loading_the_migrations(address: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENING, address], cwd=ROOT, input="", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_migration_that_fails_changes_nothing(address: str) -> None:
    old.make(address, 1)
    engine = old.plain(address)
    with engine.begin() as connection:
        # Of another program: its index can't be made.
        connection.execute(text("CREATE TABLE documents (id INTEGER)"))
    with pytest.raises(StoreError):
        open_store(address)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version FROM schema_version")).scalar() == 1
        assert not inspect(connection).has_table("answers")
        assert not inspect(connection).has_table("alembic_version")
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused(address: str) -> None:
    open_store(address).close()
    engine = old.plain(address)
    with engine.begin() as connection:
        connection.execute(migrate.stamp.update().values(version_num="9001"))
    with pytest.raises(StoreError, match=r"第 9001 版.*请升级程序"):
        open_store(address)
    engine.dispose()


def test_a_newer_one_of_the_old_counting_is_refused_too(address: str) -> None:
    old.make(address, 1)
    engine = old.plain(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    with pytest.raises(StoreError, match=r"第 99 版.*请升级程序"):
        open_store(address)
    engine.dispose()
