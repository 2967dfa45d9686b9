"""The poller acknowledges what `put` has returned from, so by then it must be on disk, whatever the database does."""

import asyncio
import sqlite3
from pathlib import Path

from bot.channels.telegram.bot import Telegram
from bot.delivery.service import Intake
from bot.delivery.threads import Threads
from bot.store import Store, open_store
from tests.botapi import TOKEN, BotApi
from tests.channels.harness import settings_for

SOURCE = ("telegram", TOKEN.partition(":")[0])


async def put_while_locked(api: BotApi, data: Path, store: Store, lock: sqlite3.Connection) -> list[str]:
    handed: list[str] = []
    threads = Threads(store.together, 1)
    channel = Telegram(settings_for(api, data), store, threads)
    intake = Intake(channel, store, threads, handed.append)
    updates = [{"update_id": number, "message": api.message(chat)} for number, chat in ((1, 5), (2, 5), (3, 6))]
    putting = asyncio.create_task(intake.put([*updates, {"update_id": 4, "poll": {}}]))
    await asyncio.wait([putting], timeout=0.2)
    assert not putting.done()
    assert store.inbox.chats(SOURCE) == []
    lock.execute("ROLLBACK")
    await putting
    await intake.put(updates)
    await channel.close()
    threads.stop()
    return handed


def test_put_returns_when_the_updates_are_on_disk_and_no_sooner(api: BotApi, data: Path) -> None:
    store = open_store(settings_for(api, data).database)
    lock = sqlite3.connect(data / "shenbao.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    handed = asyncio.run(put_while_locked(api, data, store, lock))
    assert handed == ["tg:5", "tg:5", "tg:6"]
    assert sorted(store.inbox.chats(SOURCE)) == ["tg:5", "tg:6"]
    lock.close()
    store.close()
