"""Telegram as a running channel: polls, keeps, hands on, sends, and stops when told to."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram import words
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poll import KINDS, Poller
from bot.channels.telegram.sender import CHANNEL, Sender
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.watch import health, page
from bot.channels.telegram.webhook import hook, secret
from bot.channels.telegram.wire import wire
from bot.delivery.lanes import Lanes
from bot.delivery.threads import HANDLERS, Threads
from bot.process.metrics import Metrics
from bot.process.serving import listening
from bot.process.settings import Settings
from bot.store import Store, StoreError
from bot.store.desk.letters import Plan
from bot.turn.outcome import Post, Work
from bot.turn.ports import Assistant
from knowledge.errors import SentenceError

log = logging.getLogger(__name__)

AT_ONCE: Final = HANDLERS
DELIVERIES: Final = 40
WRITERS: Final = 4
STOP_SECONDS: Final = 8.0
# How often within a lease, and how often where one is alone, is looked for what was left lying.
TENDINGS: Final = 10
ALONE_SECONDS: Final = 30.0
FLOOD: Final = 30
CALM: Final = "flood"
CALM_SECONDS: Final = 60.0
EXPIRE_SECONDS: Final = 600.0
# Far below what Telegram lets a bot send.
NOTIFY_SECONDS: Final = 5.0
AT_A_TIME: Final = 50
REFUSED: Final = "Telegram 不认这个令牌：请检查 SHENBAO_TELEGRAM_TOKEN"


class ChannelError(SentenceError):
    """Telegram can't be used as it is set up; the text is one Chinese line."""


@dataclass(frozen=True)
class Beside:
    """What runs beside the conversation: who counts, and what people are told without having asked just then."""

    metrics: Metrics | None = None
    plan: Plan | None = None


ALONE: Final = Beside()


class Channel:
    """The parts, put together."""

    def __init__(self, settings: Settings, store: Store, assistant: Assistant, more: Beside = ALONE):
        self._store = store
        self._metrics = more.metrics
        self._settings = settings
        self._expires = 0.0
        self._plan = more.plan
        self._notifies = 0.0
        self._threads = Threads(store.together, 1 if store.one_writer else WRITERS)
        self.bot, polling = bot_of(settings)
        # Known before anybody is asked: it stands before the colon of the token.
        self.source = CHANNEL, self.bot.token.partition(":")[0]
        self.sender = Sender(self.bot, store, self._threads.surely)
        work = self.bot, settings, store, assistant, self._threads
        turns = Turns(
            self.source, *work, self.sender.wake, hand=self.sender.hand, again=self._again, metrics=more.metrics
        )
        self._lanes = Lanes[None](turns.handle, AT_ONCE)
        self.pulse = store.pulse()
        self._flooding: set[str] = set()
        self._calming: set[asyncio.Task[None]] = set()
        self.intake = Intake(self.bot, store, self._threads, self._came)
        self._poller = Poller(self.bot, polling, self._kept)
        self._polling = polling
        # Their updates are unfinished and fetch their files again.
        shutil.rmtree(settings.data / "uploads", ignore_errors=True)

    async def work(self) -> None:
        """Connect, go on where an earlier process stopped, poll; returns only by ChannelError.

        A network or a database that is away is waited for.
        """
        try:
            loop = asyncio.get_running_loop()
            self.pulse.start(lambda: loop.call_soon_threadsafe(self.pulse.alive))
            await self._connect()
            await self._tend()
            await self._introduce()
            log.info("Telegram: @%s is listening", self.bot.username)
            await _first(self._received(), self._keep_tending())
        except InvalidToken:
            # The library's text holds the token.
            raise ChannelError(REFUSED) from None

    async def _received(self) -> None:
        """Take what people do, for ever: fetched, or delivered to our address."""
        await (self._delivered() if self._settings.telegram_webhook else self._poller.run())

    async def _tend(self) -> None:
        """Take on what nobody has in hand, and poll if nobody else does."""
        name = "poll:" + ":".join(self.source)
        tended = await self._threads.surely(self._store.tend, self.source, name)
        self._poller.allow(tended.ours)
        for chat, count in tended.updates.items():
            for _ in range(0 if self._lanes.busy(chat) else count):
                self._lanes.add(chat, None)
        self.sender.tend(tended.messages)

    async def _keep_tending(self) -> None:
        while True:
            await asyncio.sleep(self._store.lease / TENDINGS if self._store.lease else ALONE_SECONDS)
            await self._tend()
            await self._notify()
            await self._expire()

    async def _notify(self) -> None:
        """Now and then, a few of the letters that people or desks are due."""
        now = time.monotonic()
        if self._plan is None or now < self._notifies:
            return
        self._notifies = now + NOTIFY_SECONDS
        for chat in await self._threads.surely(self._store.notify, self._plan, AT_A_TIME):
            self.sender.wake(chat)

    async def _expire(self) -> None:
        """Now and then, drop what is long done, and those who were silent for longer than the settings keep them."""
        days, now = self._settings.retention_days, time.monotonic()
        if now < self._expires:
            return
        self._expires = now + EXPIRE_SECONDS
        if count := await self._threads.surely(self._store.expire, days):
            log.info("%s chats were silent for %s days and are erased", count, days)

    async def _kept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep updates; what is not kept yet stays with Telegram while too much waits here."""
        await self._lanes.room()
        await self.intake.put(self.source, updates)

    def _came(self, chat: str) -> None:
        """Something came in from a chat; one that sends much more than can be answered is told so once."""
        waiting = self._lanes.add(chat, None)
        if waiting == 1:
            self._flooding.discard(chat)
        elif waiting > FLOOD and chat not in self._flooding:
            self._flooding.add(chat)
            task = asyncio.create_task(self._calm(chat))
            self._calming.add(task)
            task.add_done_callback(self._calming.discard)

    async def _calm(self, chat: str) -> None:
        if await self._threads.surely(self._store.outbox.lately, CHANNEL, chat, CALM, CALM_SECONDS):
            return
        letter = Post(chat, {"text": words.FLOOD, "entities": []}, CALM)
        await self._threads.surely(self._store.finish, Work(None, CHANNEL, [letter]))
        self.sender.wake(chat)

    def _again(self, chat: str) -> None:
        self._lanes.again(chat, None)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Within the block, what is counted and whether all is well can be read where the settings say."""
        if self._metrics is None:
            yield
            return
        routes = {
            "GET /metrics": page(self._metrics),
            "GET /healthz": health(self._threads, self._store, lambda: self._poller.trouble),
        }
        async with listening(self._settings.metrics, routes, "SHENBAO_METRICS"):
            yield

    async def _delivered(self) -> None:
        """Take what Telegram delivers to our address, for ever."""
        url, known = self._settings.telegram_webhook, secret(self._settings.telegram_token)
        routes = {f"POST {urlsplit(url).path or '/'}": hook(known, lambda update: self._kept([update]))}
        async with listening(self._settings.listen, routes, "SHENBAO_LISTEN"):
            await _until_reached(
                lambda: self.bot.set_webhook(url, secret_token=known, allowed_updates=KINDS, max_connections=DELIVERIES)
            )
            log.info("Telegram: @%s is delivered to", self.bot.username)
            await asyncio.Event().wait()

    async def _connect(self) -> None:
        await _until_reached(self.bot.initialize)
        await _until_reached(self._polling.initialize)
        if not self._settings.telegram_webhook:
            await _until_reached(self.bot.delete_webhook)

    async def _introduce(self) -> None:
        try:
            private = [BotCommand(name, text) for name, _, text in words.MENU]
            await self.bot.set_my_commands(private, BotCommandScopeAllPrivateChats())
            groups = [BotCommand(name, text) for name, text in words.GROUP_MENU]
            await self.bot.set_my_commands(groups, BotCommandScopeAllGroupChats())
        except TelegramError as error:
            log.warning("the menu could not be set: %s", error)

    async def stop(self) -> None:
        """End what is in hand within seconds; everything else is on disk for the next start."""
        await self._lanes.stop(STOP_SECONDS)
        await self.sender.stop(STOP_SECONDS)
        await self.intake.stop()
        self.pulse.stop()
        with suppress(StoreError):
            await self._threads.store(self._store.leases.release)
        with suppress(TelegramError):
            await self.bot.shutdown()
        await self._polling.shutdown()
        self._threads.stop()


async def _until_reached(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call of the Bot API, again and again while the network is away; InvalidToken is raised."""
    wait = 0.1
    while True:
        try:
            await call()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram can't be reached: %s", error)
        await asyncio.sleep(wait)
        wait = min(30.0, wait * 2)


def bot_of(settings: Settings) -> tuple[Bot, BaseRequest]:
    """The bot as it is set up, and what it polls with; ChannelError without a token."""
    api, token = settings.telegram_api, settings.telegram_token
    if token is None:
        raise ChannelError("还没有设 Telegram 令牌：请在 .env 里写 SHENBAO_TELEGRAM_TOKEN=…（向 @BotFather 领取）")
    try:
        polling = wire(2, read_seconds=10)
        request = wire(64, read_seconds=15)
        bot = Bot(
            token.get_secret_value(),
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=request,
            get_updates_request=polling,
        )
    except (RuntimeError, ImportError, ValueError) as error:
        raise ChannelError(f"网络代理的设置用不了（{error}）：请检查 ALL_PROXY、HTTPS_PROXY") from error
    return bot, polling


async def _first(*works: Coroutine[Any, Any, None]) -> None:
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


async def serve(
    settings: Settings, store: Store, assistant: Assistant, stop: asyncio.Event, more: Beside = ALONE
) -> None:
    """Run the channel until `stop` is set; ChannelError when it is set up wrongly or its token is withdrawn."""
    channel = Channel(settings, store, assistant, more)
    stopping = asyncio.create_task(stop.wait())
    working = asyncio.create_task(channel.work())
    try:
        async with channel.watched():
            await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
        await channel.stop()


def run(settings: Settings, store: Store, assistant: Assistant, more: Beside = ALONE) -> None:
    """Run the channel until SIGINT or SIGTERM; a second one ends it at once. ChannelError when set up wrongly."""
    asyncio.run(_run(settings, store, assistant, more))


async def _run(settings: Settings, store: Store, assistant: Assistant, more: Beside) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ended(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended, number)
    await serve(settings, store, assistant, stop, more)
