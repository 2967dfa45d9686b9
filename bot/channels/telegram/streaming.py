"""An answer shown while a model words it: a preview that vanishes by itself, which the answer follows.

A server that knows no previews gets one message instead, edited in place, which the turn's first text replaces.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.hear import chat_number
from bot.channels.telegram.render import clean, cut
from bot.delivery.threads import Threads
from bot.store import Outbox, Received
from bot.turn.outcome import Post

log = logging.getLogger(__name__)

SO_FAR: Final = "so_far/"
AFTER: Final = 0.7
EVERY: Final = 1.1
PATIENCE: Final = 5.0
MOST: Final = 4000
# Numbers of previews that every server can hold.
NUMBERS: Final = 2**31 - 1


@dataclass
class Screen:
    """Where turns show what there is so far: `previews` until the server refuses one."""

    channel: str
    bot: Bot
    outbox: Outbox
    threads: Threads
    previews: bool = True

    async def preview(self, chat: int, number: int, text: str) -> bool:
        """Whether a preview shows it now; False once the server is known to have none."""
        if self.previews:
            try:
                await self.bot.send_message_draft(chat, number % NUMBERS + 1, text, read_timeout=PATIENCE)
            except (BadRequest, InvalidToken) as error:
                # An unknown method is answered like a wrong token.
                log.info("no previews here: %s", error)
                self.previews = False
        return self.previews


def board_of(received: Received) -> str:
    """The name under which the message of a turn is found again, by whoever finishes the turn."""
    return f"{SO_FAR}{received.id}"


def replacing(letters: Sequence[Post], received: Received) -> list[Post]:
    """The same, the first text for the chat in the place of what was shown so far."""
    fit = (
        at
        for at, one in enumerate(letters)
        if one.chat == received.chat and not one.board and "file" not in one.payload
    )
    first = next(fit, None)
    return [replace(one, board=board_of(received)) if at == first else one for at, one in enumerate(letters)]


class Streaming:
    """What one turn shows so far; lost is what can't be shown in time. `tell` may be called from any thread.

    A message is noted in the outbox as one that was sent, so that a turn that another process finishes finds it. A
    process that dies between the two leaves it beside the answer; a preview leaves nothing.
    """

    def __init__(self, screen: Screen, received: Received):
        self._screen = screen
        self._at = screen.channel, received.chat
        self._number = received.id
        self._name = board_of(received)
        self._loop = asyncio.get_running_loop()
        self._begun = time.monotonic()
        self._text = ""
        self._message = 0
        # A turn that was begun before may have shown something.
        self._again = received.tries > 1
        self._calling = asyncio.Lock()
        self._told = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def stands(self) -> bool:
        """Whether there may be a message that the answer has to replace."""
        return self._again or bool(self._message)

    def tell(self, text: str) -> None:
        """There is so much now."""
        self._loop.call_soon_threadsafe(self._take, text)

    def _take(self, text: str) -> None:
        if self._closed:
            return
        self._text = next(cut(clean(text), MOST))
        self._told.set()
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Show no more; on return no call is under way that could come after the answer."""
        self._closed = True
        async with self._calling:
            if self._task:
                self._task.cancel()

    async def _run(self) -> None:
        await asyncio.sleep(self._begun + AFTER - time.monotonic())
        while True:
            await self._told.wait()
            self._told.clear()
            wait = await self._tried()
            if wait is None:
                return
            await asyncio.sleep(wait)

    async def _tried(self) -> float | None:
        """Show what there is; how long to wait before the next time, None when it is of no use."""
        try:
            async with self._calling:
                if not self._closed:
                    await self._show()
        except RetryAfter as error:
            self._told.set()
            wait = error.retry_after
            return max(EVERY, wait.total_seconds() if isinstance(wait, timedelta) else wait)
        except TelegramError as error:
            log.info("what there is so far can't be shown: %s", error)
            return None
        return EVERY

    async def _show(self) -> None:
        outbox, surely = self._screen.outbox, self._screen.threads.surely
        if self._again and not self._message:
            posted = await surely(outbox.board, *self._at, self._name)
            self._message = int(posted.message) if posted else 0
        number, bot = chat_number(self._at[1]), self._screen.bot
        if self._message:
            await bot.edit_message_text(self._text, number, self._message, read_timeout=PATIENCE)
            return
        # What waits was said before and comes first.
        if await surely(outbox.waits, *self._at) or await self._screen.preview(number, self._number, self._text):
            return
        message = await bot.send_message(number, self._text, read_timeout=PATIENCE)
        self._message = message.message_id
        await surely(outbox.note, *self._at, self._name, str(self._message))
