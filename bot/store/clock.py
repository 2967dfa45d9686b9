"""The time of the database server, the same for all processes on it, whatever happens to this machine's clock."""

from __future__ import annotations

import time

from sqlalchemy import Engine, text

from bot.store.engine import reading


class ServerClock:
    """Seconds since 1970 as the server counts them; asked for once and whenever `sync` is called."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._ahead = 0.0
        self.sync()

    def __call__(self) -> float:
        """The time now."""
        return time.monotonic() + self._ahead

    def sync(self) -> None:
        """Ask the server again: a machine that slept has lost count."""
        with reading(self._engine) as connection:
            now = connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()
        self._ahead = float(now) - time.monotonic()
