"""Bringing a database to the schema of this program, once, however many processes start at the same time."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, select, text

from bot.store.tables import metadata
from bot.store.walls import build, reserve

HEAD: Final = "0008"
NONE: Final = ""
# What counted versions before there were revisions, and the last number it came to.
COUNTER: Final = "schema_version"
COUNTED: Final = 3
LOCK: Final = 0x5348454E  # any number that no other program on the server locks

# As Alembic makes it.
stamp: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class NewerError(Exception):
    """The database belongs to a newer program, whose version is given."""

    def __init__(self, version: str):
        super().__init__(version)
        self.version = version


def revision(connection: Connection) -> str:
    """The revision a database is at, "" for one that has none; NewerError when it is beyond ours."""
    there = inspect(connection).has_table(stamp.name)
    found = (connection.execute(select(stamp.c.version_num)).scalar() if there else None) or NONE
    if found > HEAD:
        raise NewerError(found)
    return found


def upgrade(connection: Connection) -> None:
    """Within a transaction that writes: make the schema, or what is missing of it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    found = revision(connection)
    if found == HEAD:
        return
    if found == NONE and _counted(connection) is None:
        # Nothing to bring along: what the migrations come to, without loading the library that runs them.
        metadata.create_all(connection)
        build(connection)
        reserve(connection)
        stamp.create(connection)
        connection.execute(stamp.insert().values(version_num=HEAD))
    else:
        # Alembic loads as long as the rest of the database, and only an old one is worth it.
        from bot.store.revisions import migrate  # noqa: PLC0415

        migrate(connection, HEAD)


def _counted(connection: Connection) -> int | None:
    """The version of a database from before there were revisions; None when it isn't one."""
    if not inspect(connection).has_table(COUNTER):
        return None
    found = int(connection.execute(text(f"SELECT version FROM {COUNTER}")).scalar() or 0)
    if found > COUNTED:
        raise NewerError(str(found))
    return found
