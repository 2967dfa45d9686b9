"""What every command begins with: the call pack, the day, the database, the data folder held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path

from bot.process.lock import only_one
from bot.process.settings import Settings
from bot.turn.days import CHINA
from knowledge.call import pack as packs
from knowledge.call.pack import Pack


def pack(settings: Settings) -> Pack:
    """The call pack in force; PackError in one line when it can't be used."""
    return packs.load(packs.locate(settings.call))


def today(settings: Settings) -> date:
    """The day it is in China, or the fixed day of the settings."""
    return settings.today or datetime.now(CHINA).date()


def clock(settings: Settings) -> str:
    """The time of day in China, empty where the settings fix the day."""
    return "" if settings.today else datetime.now(CHINA).strftime("%H:%M")


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder, and a SQLite file that lies elsewhere, until the block ends; LockError if another does."""
    with ExitStack() as held:
        held.enter_context(only_one(settings.data))
        file = settings.database.removeprefix("sqlite:///")
        if file != settings.database and Path(file).absolute().parent != settings.data:
            held.enter_context(only_one(Path(file).absolute().parent))
        yield
