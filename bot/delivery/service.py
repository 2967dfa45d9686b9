"""A channel in service: what comes in is kept and handed on, what is written is sent, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.delivery.lanes import Lanes
from bot.delivery.messages import note
from bot.delivery.protocol import Channel, Json, Opener
from bot.delivery.sender import Sender
from bot.delivery.sentences import FLOOD
from bot.delivery.threads import HANDLERS, Threads
from bot.delivery.turns import Turns
from bot.delivery.watch import health, page
from bot.process.crashpoints import point
from bot.process.metrics import Metrics
from bot.process.serving import listening
from bot.process.settings import Settings
from bot.store import Store, StoreError
from bot.store.desk.letters import Plan
from bot.turn.outcome import Work
from bot.turn.ports import Assistant

log = logging.getLogger(__name__)

AT_ONCE: Final = HANDLERS
WRITERS: Final = 4
STOP_SECONDS: Final = 8.0
# How often within a lease, and how often where one is alone, is looked for what was left lying.
TENDINGS: Final = 10
ALONE_SECONDS: Final = 30.0
# So many messages of one chat at once are more than can be answered as they come.
MOST_AT_ONCE: Final = 30
CALM: Final = "flood"
CALM_SECONDS: Final = 60.0
EXPIRE_SECONDS: Final = 600.0
# Far below what a channel lets a bot send.
NOTIFY_SECONDS: Final = 5.0
AT_A_TIME: Final = 50


@dataclass(frozen=True)
class Service:
    """What a channel is in service for: `metrics` counts, `plan` is what people are told without having asked."""

    settings: Settings
    store: Store
    assistant: Assistant
    metrics: Metrics | None = None
    plan: Plan | None = None


class Intake:
    """Keeps what comes in, each update once; `wake` is told which chats have something new."""

    def __init__(self, channel: Channel, store: Store, threads: Threads, wake: Callable[[str], None]):
        self._channel, self._store, self._threads, self._wake = channel, store, threads, wake

    async def put(self, updates: Sequence[Json]) -> None:
        """Keep updates as they came, and hand them on; a database that is away is waited for."""
        point("received")
        known = [(raw, update) for raw in updates if (update := self._channel.update_of(raw))]
        kept = [update for _, update in known]
        new = await self._threads.surely(self._store.inbox.receive, self._channel.source, kept)
        point("kept")
        for raw, update in known:
            if update.number in new:
                self._wake(update.chat)
                self._channel.kept(raw)


class Delivery:
    """A channel and everything it is in service with, put together."""

    def __init__(self, opener: Opener, service: Service):
        settings, store, uploads = service.settings, service.store, service.settings.data / "uploads"
        self._service = service
        self._store = store
        self._threads = Threads(store.together, 1 if store.one_writer else WRITERS)
        self.channel = opener(settings, store, self._threads)
        self.sender = Sender(self.channel, store, self._threads.surely)
        work = self._threads, self.sender, self._again, service.metrics
        turns = Turns(self.channel, uploads, store, service.assistant, *work)
        self._lanes = Lanes[None](turns.handle, AT_ONCE)
        self.pulse = store.pulse()
        self.intake = Intake(self.channel, store, self._threads, self._came)
        self._flooding: set[str] = set()
        self._calming: set[asyncio.Task[None]] = set()
        self._due = {self._notify: 0.0, self._expire: 0.0}
        # Their updates are unfinished and fetch their files again.
        shutil.rmtree(uploads, ignore_errors=True)

    async def work(self) -> None:
        """Connect, go on where an earlier process stopped, receive; returns only by ChannelError.

        A network or a database that is away is waited for.
        """
        loop = asyncio.get_running_loop()
        self.pulse.start(lambda: loop.call_soon_threadsafe(self.pulse.alive))
        await self.channel.connect()
        await self._tend()
        await _first(self.channel.receive(self._put), self._keep_tending())

    async def _tend(self) -> None:
        """Take on what nobody has in hand, and fetch what comes in if nobody else does."""
        name = "poll:" + ":".join(self.channel.source)
        tended = await self._threads.surely(self._store.tend, self.channel.source, name)
        self.channel.allow(tended.ours)
        for chat, count in tended.updates.items():
            for _ in range(0 if self._lanes.busy(chat) else count):
                self._lanes.add(chat, None)
        self.sender.tend(tended.messages)

    async def _keep_tending(self) -> None:
        while True:
            await asyncio.sleep(self._store.lease / TENDINGS if self._store.lease else ALONE_SECONDS)
            await self._tend()
            for task, due in self._due.items():
                if time.monotonic() >= due:
                    self._due[task] = time.monotonic() + await task()

    async def _notify(self) -> float:
        """A few of the letters that people or desks are due; how long until the next."""
        if plan := self._service.plan:
            for chat in await self._threads.surely(self._store.notify, plan, AT_A_TIME):
                self.sender.wake(chat)
        return NOTIFY_SECONDS

    async def _expire(self) -> float:
        """Drop what is long done, and those who were silent for longer than the settings keep them; until the next."""
        days = self._service.settings.retention_days
        if count := await self._threads.surely(self._store.expire, days):
            log.info("%s chats were silent for %s days and are erased", count, days)
        return EXPIRE_SECONDS

    async def _put(self, updates: Sequence[Json]) -> None:
        """Keep updates; what is not kept yet stays with the channel while too much waits here."""
        await self._lanes.room()
        await self.intake.put(updates)

    def _came(self, chat: str) -> None:
        """Something came in from a chat; one that sends much more than can be answered is told so once."""
        waiting = self._lanes.add(chat, None)
        if waiting == 1:
            self._flooding.discard(chat)
        elif waiting > MOST_AT_ONCE and chat not in self._flooding:
            self._flooding.add(chat)
            task = asyncio.create_task(self._calm(chat))
            self._calming.add(task)
            task.add_done_callback(self._calming.discard)

    async def _calm(self, chat: str) -> None:
        name = self.channel.source[0]
        if await self._threads.surely(self._store.outbox.lately, name, chat, CALM, CALM_SECONDS):
            return
        await self._threads.surely(self._store.finish, Work(None, name, [note(chat, FLOOD, board=CALM)]))
        self.sender.wake(chat)

    def _again(self, chat: str) -> None:
        self._lanes.again(chat, None)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Within the block, what is counted and whether all is well can be read where the settings say."""
        if self._service.metrics is None:
            yield
            return
        routes = {
            "GET /metrics": page(self._service.metrics),
            "GET /healthz": health(self._threads, self._store, self.channel),
        }
        async with listening(self._service.settings.metrics, routes, "SHENBAO_METRICS"):
            yield

    async def stop(self) -> None:
        """End what is in hand within seconds; everything else is on disk for the next start."""
        await self._lanes.stop(STOP_SECONDS)
        await self.sender.stop(STOP_SECONDS)
        self.pulse.stop()
        with suppress(StoreError):
            await self._threads.store(self._store.leases.release)
        await self.channel.close()
        self._threads.stop()


async def _first(*works: Coroutine[Any, Any, object]) -> None:
    """What the first to end comes to; the others are ended with it."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def serve(opener: Opener, service: Service, stop: asyncio.Event) -> None:
    """Run a channel until `stop` is set; ChannelError when it is set up wrongly or refused from then on."""
    delivery = Delivery(opener, service)
    try:
        async with delivery.watched():
            await _first(delivery.work(), stop.wait())
    finally:
        await delivery.stop()


def run(opener: Opener, service: Service) -> None:
    """Run a channel until SIGINT or SIGTERM; a second one ends it at once. ChannelError when set up wrongly."""
    asyncio.run(_run(opener, service))


async def _run(opener: Opener, service: Service) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ended(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended, number)
    await serve(opener, service, stop)
