"""Where updates come in, by polling or otherwise: on return they are in the inbox, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.hear import chat_name
from bot.delivery.threads import Threads
from bot.process.crashpoints import point
from bot.store import Store, Update

log = logging.getLogger(__name__)

Json = dict[str, Any]


class Intake:
    """Keeps updates as Telegram words them; `wake` is told which chats have something new."""

    def __init__(self, bot: Bot, store: Store, threads: Threads, wake: Callable[[str], None]):
        self._bot = bot
        self._store = store
        self._threads = threads
        self._wake = wake
        self._tasks: set[asyncio.Task[None]] = set()

    async def put(self, source: tuple[str, str], updates: Sequence[Json]) -> None:
        """Keep updates, each once, and hand them on; a database that is away is waited for."""
        point("received")
        known = [(one, Update(one["update_id"], chat, one)) for one in updates if (chat := chat_of(one))]
        new = await self._threads.surely(self._store.inbox.receive, source, [update for _, update in known])
        point("kept")
        for raw, update in known:
            if update.number in new:
                self._wake(update.chat)
                self._press(raw.get("callback_query"))

    def _press(self, query: Json | None) -> None:
        """The button shows a clock until this is answered, so it can't wait for its turn."""
        if query:
            task = asyncio.create_task(self._acknowledge(str(query["id"])))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("a press could not be acknowledged: %s", error)

    async def stop(self) -> None:
        """Drop what is under way to Telegram's buttons."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def chat_of(update: Json) -> str:
    """The name of the chat an update belongs to, "" when it belongs to none or is no update at all."""
    try:
        said = update.get("message") or update.get("edited_message") or update.get("callback_query", {}).get("message")
        return chat_name(int(said["chat"]["id"])) if said else ""
    except (AttributeError, KeyError, TypeError, ValueError):
        log.warning("update %s can't be read and is left out", update["update_id"])
        return ""
