"""Where blocking work goes: the store's writers, who put what waits together, and the handlers."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from bot.store import StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")

# One waits for a model in most of them, which costs little; begun only when none is idle.
HANDLERS: Final = 512
MOST: Final = 128
LONGEST_WAIT: Final = 10.0

Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]


class Threads:
    """`together` does several pieces of work in one transaction; so many writers do so at the same time.

    While a writer is busy what comes in waits, and goes into the database with one commit.
    """

    def __init__(self, together: Together, writers: int):
        self._together = together
        self._idle = writers
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._store = ThreadPoolExecutor(writers, "store")
        self._handlers = ThreadPoolExecutor(HANDLERS, "handle")

    async def store(self, work: Callable[..., T], *given: Any) -> T:
        """What the store says; StoreError as it raises it."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((partial(work, *given), future))
        if self._idle:
            self._idle -= 1
            task = asyncio.create_task(self._write())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await future

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while batch := self._waiting[:MOST]:
                del self._waiting[:MOST]
                try:
                    results = await loop.run_in_executor(self._store, self._together, [work for work, _ in batch])
                except Exception as error:
                    results = [error] * len(batch)
                for (_, future), result in zip(batch, results, strict=True):
                    _settle(future, result)
        finally:
            self._idle += 1

    async def handle(self, work: Callable[..., T], *given: Any) -> T:
        """What a handler says."""
        # What is logged there belongs to the same request.
        here = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._handlers, here.run, partial(work, *given))

    async def surely(self, work: Callable[..., T], *given: Any) -> T:
        """What the store says, once it can say it: a database that is away is waited for."""
        wait = 0.1
        while True:
            try:
                return await self.store(work, *given)
            except StoreError as error:
                log.error("store: %s", error)
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    def stop(self) -> None:
        """Begin nothing more."""
        self._store.shutdown(cancel_futures=True)
        self._handlers.shutdown(wait=False, cancel_futures=True)


def _settle(future: asyncio.Future[Any], result: Any) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
