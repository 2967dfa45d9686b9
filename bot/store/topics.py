"""Where a matter is spoken of on a channel: its thread in a chat, and what a message there is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from bot.store.desk_tables import topics
from bot.store.engine import reading, writing
from bot.store.tables import outbox

# Boards of this kind name what a message is about; such a message is never edited in place.
MATTER: Final = "@"


class Topics:
    """Threads by chat and matter; a chat that has no threads has an empty one."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def thread(self, channel: str, chat: str, matter: str) -> str | None:
        """The thread of a matter in a chat; None where none was ever made."""
        this = (topics.c.channel == channel, topics.c.chat == chat, topics.c.key == matter)
        with reading(self._engine) as connection:
            found: str | None = connection.execute(select(topics.c.thread).where(*this)).scalar()
        return found

    def keep(self, channel: str, chat: str, matter: str, thread: str) -> None:
        """A matter has this thread from now on."""
        this = (topics.c.channel == channel, topics.c.chat == chat, topics.c.key == matter)
        values = {"thread": thread, "made": self._clock()}
        with writing(self._engine) as connection:
            if not connection.execute(topics.update().where(*this).values(values)).rowcount:
                try:
                    with connection.begin_nested():
                        named = {"channel": channel, "chat": chat, "key": matter}
                        connection.execute(topics.insert().values(named | values))
                except IntegrityError:
                    connection.execute(topics.update().where(*this).values(values))

    def of(self, channel: str, chat: str, thread: str, message: str) -> str:
        """What a message there is about: by the one it answers, else by its thread; empty for nothing known."""
        with reading(self._engine) as connection:
            if message:
                its = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
                board = connection.execute(select(outbox.c.board).where(*its)).scalar() or ""
                if board.startswith(MATTER):
                    return str(board.removeprefix(MATTER))
            if not thread:
                return ""
            its = (topics.c.channel == channel, topics.c.chat == chat, topics.c.thread == thread)
            return connection.execute(select(topics.c.key).where(*its)).scalar() or ""
