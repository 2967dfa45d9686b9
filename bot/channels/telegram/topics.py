"""Forum topics: a thread of its own for each matter, in groups that have such."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.hear import chat_number
from bot.store import Letter
from bot.store.matters import Topics as Kept

log = logging.getLogger(__name__)

LONGEST: Final = 128
GONE: Final = ("thread not found", "topic_deleted", "topic_id_invalid")
Run = Callable[..., Awaitable[Any]]


class Topics:
    """Finds the topic of a letter, or opens it; a group without topics is remembered as one."""

    def __init__(self, bot: Bot, kept: Kept, run: Run, channel: str) -> None:
        self._bot, self._kept, self._run, self._channel = bot, kept, run, channel

    async def of(self, letter: Letter) -> int | None:
        """The thread a letter goes to, None for the chat itself."""
        if thread := letter.payload.get("thread"):
            return int(thread)
        title, matter, chat = letter.payload.get("topic"), letter.payload.get("matter"), chat_number(letter.chat)
        if not title or not matter or chat > 0:
            return None
        thread = await self._run(self._kept.thread, self._channel, letter.chat, matter)
        if thread is None:
            thread = await self._opened(chat, title)
            await self._run(self._kept.keep, self._channel, letter.chat, matter, thread)
        return int(thread) if thread else None

    async def lost(self, letter: Letter, error: BadRequest) -> bool:
        """Whether the letter didn't go because somebody deleted its topic; it gets a new one next time."""
        if not any(mark in error.message.lower() for mark in GONE):
            return False
        if letter.payload.pop("thread", None) or not letter.payload.get("topic"):
            return True
        thread = await self._opened(chat_number(letter.chat), letter.payload["topic"])
        await self._run(self._kept.keep, self._channel, letter.chat, letter.payload["matter"], thread)
        return True

    async def _opened(self, chat: int, title: str) -> str:
        try:
            topic = await self._bot.create_forum_topic(chat, title[:LONGEST])
        except BadRequest as error:
            log.info("chat %s has no topics: %s", chat, error)
            return ""
        return str(topic.message_thread_id)
