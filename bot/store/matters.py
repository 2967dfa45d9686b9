"""Where a matter is spoken of on a channel: its thread in a chat, and what a message there is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from bot.store.connection import reading, writing
from bot.store.desk_tables import topics
from bot.store.tables import outbox

# Boards of this kind name what a message is about; such a message is never edited in place.
MATTER: Final = "@"


@dataclass(frozen=True)
class About:
    """The key of a matter, empty for none; `aside` says that the message answered is known to be about nothing."""

    matter: str = ""
    aside: bool = False


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

    def of(self, channel: str, chat: str, thread: str, message: str) -> About:
        """What a message there is about: by the one it answers, else by its thread; nothing where that isn't known."""
        with reading(self._engine) as connection:
            its = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
            board = connection.execute(select(outbox.c.board).where(*its)).scalar() if message else None
            if board and board.startswith(MATTER):
                return About(str(board.removeprefix(MATTER)))
            its = (topics.c.channel == channel, topics.c.chat == chat, topics.c.thread == thread)
            matter = connection.execute(select(topics.c.key).where(*its)).scalar() if thread else None
            return About(matter or "", aside=board is not None)
