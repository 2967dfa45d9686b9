"""An answer shown while a model words it: a preview that vanishes by itself, which the answer follows.

Where there are no previews it is one message instead, changed in place, which the turn's first text replaces.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.delivery.messages import clean, cut
from bot.delivery.protocol import Arrival, Arrived, Channel, Wait
from bot.delivery.threads import Threads
from bot.store import Outbox, Received
from bot.turn.outcome import Post

log = logging.getLogger(__name__)

SO_FAR: Final = "so_far/"
AFTER: Final = 0.7
EVERY: Final = 1.1
MOST: Final = 4000


def board_of(received: Received) -> str:
    """The name under which the message of a turn is found again, by whoever finishes the turn."""
    return f"{SO_FAR}{received.id}"


def replacing(letters: Sequence[Post], received: Received) -> list[Post]:
    """The same, the first text for the chat in the place of what was shown so far."""
    fit = (
        at
        for at, post in enumerate(letters)
        if post.chat == received.chat and not post.board and "file" not in post.payload
    )
    first = next(fit, None)
    return [replace(post, board=board_of(received)) if at == first else post for at, post in enumerate(letters)]


class Streaming:
    """What one turn shows so far; lost is what can't be shown in time. `tell` may be called from any thread.

    A message is noted in the outbox as one that was sent, so that a turn that another process finishes finds it. A
    process that dies between the two leaves it beside the answer; a preview leaves nothing.
    """

    def __init__(self, channel: Channel, outbox: Outbox, threads: Threads, received: Received):
        self._channel, self._outbox, self._surely = channel, outbox, threads.surely
        self._at = channel.source[0], received.chat
        self._number = received.id
        self._name = board_of(received)
        self._loop = asyncio.get_running_loop()
        self._begun = time.monotonic()
        self._text = ""
        self._message = ""
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
        async with self._calling:
            arrival = Arrived() if self._closed else await self._show()
        if isinstance(arrival, Wait):
            self._told.set()
            return max(EVERY, arrival.seconds)
        if isinstance(arrival, Arrived):
            return EVERY
        log.info("what there is so far can't be shown: %s", arrival)
        return None

    async def _show(self) -> Arrival:
        if self._again and not self._message:
            posted = await self._surely(self._outbox.board, *self._at, self._name)
            self._message = posted.message if posted else ""
        chat = self._at[1]
        if self._message:
            return await self._channel.show(chat, self._text, self._message)
        # What waits was said before and comes first.
        if await self._surely(self._outbox.waits, *self._at):
            return Arrived()
        previewed = await self._channel.preview(chat, self._number, self._text)
        if previewed is not None:
            return previewed
        arrival = await self._channel.show(chat, self._text, "")
        if isinstance(arrival, Arrived) and arrival.message:
            self._message = arrival.message
            await self._surely(self._outbox.note, *self._at, self._name, self._message)
        return arrival
