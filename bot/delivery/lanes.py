"""Work in lanes: one at a time and in order within a lane, many lanes at once, none slowed by a full one."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_WAITING: Final = 20_000


class Lanes(Generic[T]):
    """Runs `work(lane, item)` for what is added, at most `width` at a time.

    A lane asks for room once per item, so a full lane takes its turn with the others.
    """

    def __init__(self, work: Callable[[str, T], Awaitable[None]], width: int):
        self._work = work
        self._room = asyncio.Semaphore(width)
        self._waiting: dict[str, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False
        self._total = 0
        self._roomy = asyncio.Event()
        self._roomy.set()

    def add(self, lane: str, item: T) -> int:
        """Put an item at the end of its lane; how many wait there now."""
        self._count(1)
        if lane in self._waiting:
            self._waiting[lane].append(item)
            return len(self._waiting[lane])
        self._waiting[lane] = deque([item])
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return 1

    async def room(self) -> None:
        """Wait while more is waiting in all lanes together than should be taken on."""
        await self._roomy.wait()

    def _count(self, change: int) -> None:
        self._total += change
        (self._roomy.set if self._total < MOST_WAITING else self._roomy.clear)()

    def busy(self, lane: str) -> bool:
        """Whether the lane has something in hand or waiting."""
        return lane in self._waiting

    def again(self, lane: str, item: T) -> None:
        """Put an item in its lane unless one waits there already."""
        if not self._waiting.get(lane):
            self.add(lane, item)

    async def _run(self, lane: str) -> None:
        waiting = self._waiting[lane]
        while waiting:
            async with self._room:
                if self._stopped:
                    break
                item = waiting.popleft()
                self._count(-1)
                await self._one(lane, item)
        self._count(-len(waiting))
        del self._waiting[lane]

    async def _one(self, lane: str, item: T) -> None:
        try:
            await self._work(lane, item)
        except Exception:
            # The lane must go on with what comes next.
            log.exception("work in lane %s failed", lane)

    async def stop(self, seconds: float, drain: bool = False) -> None:
        """Begin nothing more, or with `drain` only what waits already; after so many seconds all is cut off."""
        self._stopped = not drain
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._stopped = True
