"""The poller acknowledges what `put` has returned from, so by then it must be on disk, whatever the database does."""

import asyncio
import sqlite3
from pathlib import Path

from telegram import Bot, Update

from bot.store import Store, open_store
from bot.telegram.lanes import Lanes
from bot.telegram.run import Intake
from bot.telegram.turns import Threads
from tests.botapi import TOKEN, BotApi
from tests.channels.harness import settings_for

SOURCE = ("telegram", TOKEN.partition(":")[0])


async def put_while_locked(api: BotApi, store: Store, lock: sqlite3.Connection) -> list[tuple[str, int]]:
    handed: list[tuple[str, int]] = []

    async def work(lane: str, row: int) -> None:
        handed.append((lane, row))

    threads, lanes = Threads(1), Lanes[int](work, 1)
    async with Bot(TOKEN, f"{api.url}/bot") as bot:
        intake = Intake(bot, store, threads, lanes)
        putting = asyncio.create_task(intake.put(Update.de_json({"update_id": 1, "message": api.message(5)}, bot)))
        await asyncio.wait([putting], timeout=0.2)
        assert not putting.done()
        assert store.inbox.unfinished(SOURCE) == []
        lock.execute("ROLLBACK")
        await putting
        kept = [(chat, row) for row, chat in store.inbox.unfinished(SOURCE)]
        await lanes.stop(5, drain=True)
        assert handed == kept
    threads.stop()
    return kept


def test_put_returns_when_the_update_is_on_disk_and_no_sooner(api: BotApi, data: Path) -> None:
    store = open_store(settings_for(api, data).database)
    lock = sqlite3.connect(data / "shenbao.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    kept = asyncio.run(put_while_locked(api, store, lock))
    assert [chat for chat, _ in kept] == ["tg:5"]
    lock.close()
    store.close()
