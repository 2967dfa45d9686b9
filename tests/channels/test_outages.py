"""A database that is away, locked or full while people write: nothing is acknowledged before it is kept, nothing lost."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import open_store
from tests.botapi import BotApi
from tests.channels.harness import Parrot, running, settings_for
from tests.channels.processes import once, process
from tests.postgres import Server, served


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that may be stopped."""
    with served() as server:
        yield server


def test_a_server_that_goes_away_and_comes_back_costs_nothing_but_time(own: Server, api: BotApi, data: Path) -> None:
    with own.database() as address:
        (data / "database").write_text(address)
        with running(settings_for(api, data), Parrot(data)):
            for chat in (5, 6):
                api.say(chat, "a")
                api.until_texts(chat, "1 a")
            own.stop()
            for chat in (5, 6):
                api.say(chat, "two")
                api.say(chat, "c")
            with pytest.raises(AssertionError):
                api.until(api.idle, seconds=1.0)
            own.again()
            for chat in (5, 6):
                api.until(lambda: once(api.texts(chat)) == ["1 a", "一", "二", "3 c"])  # noqa: B023
            api.until(api.idle)
        assert len(api.messages) <= 10


def test_a_database_locked_by_somebody_is_waited_for(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "a")
        api.until_texts(5, "1 a")
        lock = sqlite3.connect(data / "shenbao.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        api.say(5, "b")
        with pytest.raises(AssertionError):
            api.until(api.idle, seconds=0.5)
        lock.execute("ROLLBACK")
        lock.close()
        api.until_texts(5, "1 a", "2 b")


def test_a_full_disk_keeps_updates_with_telegram_until_there_is_room(api: BotApi, data: Path) -> None:
    with process(api, data) as child:
        api.say(5, "a")
        api.until_texts(5, "1 a")
        api.until(api.idle)
        assert child.process.pid
        _, most = resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE, (1, most))
        for text in ("b", "two", "d"):
            api.say(5, text)
        with pytest.raises(AssertionError):
            api.until(api.idle, seconds=0.5)
        assert api.texts(5) == ["1 a"]
        resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE, (most, most))
        api.until(lambda: once(api.texts(5)) == ["1 a", "2 b", "一", "二", "4 d"])
    store = open_store(settings_for(api, data).database)
    store.examine()
    store.close()
