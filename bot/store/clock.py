"""The time of the database server, the same for all processes on it, whatever happens to this machine's clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine, text

from bot.store.connection import reading

# An answer that was so long under way says little about what time it is now.
SLOW: Final = 0.1


class ServerClock:
    """Seconds since 1970 as the server counts them; asked for once and whenever `sync` is called."""

    def __init__(self, engine: Engine, passing: Callable[[], float] = time.monotonic):
        self._engine = engine
        self._passing = passing
        self._ahead: float | None = None
        self.sync()

    def __call__(self) -> float:
        """The time now."""
        assert self._ahead is not None
        return self._passing() + self._ahead

    def sync(self) -> None:
        """Ask the server again: a machine that slept has lost count.

        What a busy machine measures is off by as long as it waited: it only moves the time out of what can't be.
        """
        with reading(self._engine) as connection:
            asked = self._passing()
            now = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
            heard = self._passing()
        low, high = now - heard, now - asked
        if self._ahead is None or heard - asked <= SLOW:
            self._ahead = (low + high) / 2
        self._ahead = min(max(self._ahead, low), high)
