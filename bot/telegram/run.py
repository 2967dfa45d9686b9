"""Telegram as a running channel: polls, keeps, hands on, sends, and stops when told to."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

from pydantic import SecretStr
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.ports import Assistant
from bot.settings import Settings
from bot.store import Store, StoreError
from bot.telegram import words
from bot.telegram.intake import Intake
from bot.telegram.lanes import Lanes
from bot.telegram.poll import Poller
from bot.telegram.sender import CHANNEL, Sender
from bot.telegram.threads import Threads
from bot.telegram.turns import Turns
from bot.telegram.wire import wire
from knowledge.errors import SentenceError

log = logging.getLogger(__name__)

AT_ONCE: Final = 80
WRITERS: Final = 4
STOP_SECONDS: Final = 8.0
# How often within a lease what is in hand is renewed, and how often one who is alone looks for what was left lying.
TENDINGS: Final = 10
ALONE_SECONDS: Final = 30.0
REFUSED: Final = "Telegram 不认这个令牌：请检查 SHENBAO_TELEGRAM_TOKEN"


class ChannelError(SentenceError):
    """Telegram can't be used as it is set up; the text is one Chinese line."""


class Channel:
    """The parts, put together."""

    def __init__(self, settings: Settings, store: Store, assistant: Assistant):
        self._store = store
        self._threads = Threads(store.together, 1 if store.one_writer else WRITERS)
        self.bot, polling = _bot(settings.telegram_api, settings.telegram_token)
        # Known before anybody is asked: it stands before the colon of the token.
        self.source = CHANNEL, self.bot.token.partition(":")[0]
        self.sender = Sender(self.bot, store.outbox, self._threads.surely)
        work = self.bot, settings, store, assistant, self._threads
        turns = Turns(self.source, *work, wake=self.sender.wake, hand=self.sender.hand, again=self._again)
        self._lanes = Lanes[None](turns.handle, AT_ONCE)
        self.intake = Intake(self.bot, store, self._threads, lambda chat: self._lanes.add(chat, None))
        self._poller = Poller(self.bot, polling, lambda updates: self.intake.put(self.source, updates))
        self._polling = polling
        # Their updates are unfinished and fetch their files again.
        shutil.rmtree(settings.data / "uploads", ignore_errors=True)

    async def work(self) -> None:
        """Connect, go on where an earlier process stopped, poll; returns only by ChannelError.

        A network or a database that is away is waited for.
        """
        try:
            await self._connect()
            await self._tend()
            await self._introduce()
            log.info("Telegram: @%s is listening", self.bot.username)
            await _first(self._poller.run(), self._keep_tending())
        except InvalidToken:
            # The library's text holds the token.
            raise ChannelError(REFUSED) from None

    async def _tend(self) -> None:
        """Renew what is in hand, take on what nobody has in hand, and poll if nobody else does."""
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

    def _again(self, chat: str) -> None:
        self._lanes.again(chat, None)

    async def _connect(self) -> None:
        wait = 0.1
        while True:
            try:
                await self.bot.initialize()
                await self._polling.initialize()
                await self.bot.delete_webhook()
                return
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("Telegram can't be reached: %s", error)
            await asyncio.sleep(wait)
            wait = min(30.0, wait * 2)

    async def _introduce(self) -> None:
        try:
            await self.bot.set_my_commands([BotCommand(name, text) for name, _, text in words.MENU])
        except TelegramError as error:
            log.warning("the menu could not be set: %s", error)

    async def stop(self) -> None:
        """End what is in hand within seconds; everything else is on disk for the next start."""
        await self._lanes.stop(STOP_SECONDS)
        await self.sender.stop(STOP_SECONDS)
        await self.intake.stop()
        with suppress(StoreError):
            await self._threads.store(self._store.leases.release)
        with suppress(TelegramError):
            await self.bot.shutdown()
        await self._polling.shutdown()
        self._threads.stop()


def _bot(api: str, token: SecretStr | None) -> tuple[Bot, BaseRequest]:
    """The bot, and what it polls with."""
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


async def serve(settings: Settings, store: Store, assistant: Assistant, stop: asyncio.Event) -> None:
    """Run the channel until `stop` is set; ChannelError when it is set up wrongly or its token is withdrawn."""
    channel = Channel(settings, store, assistant)
    stopping = asyncio.create_task(stop.wait())
    working = asyncio.create_task(channel.work())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
        await channel.stop()


def run(settings: Settings, store: Store, assistant: Assistant) -> None:
    """Run the channel until SIGINT or SIGTERM; a second one ends it at once. ChannelError when set up wrongly."""
    asyncio.run(_run(settings, store, assistant))


async def _run(settings: Settings, store: Store, assistant: Assistant) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ended(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended, number)
    await serve(settings, store, assistant, stop)
