"""Telegram as a running channel: polls, keeps, hands on, sends, and stops when told to."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Updater
from telegram.request import HTTPXRequest

from bot.ports import Assistant
from bot.serving import listening
from bot.settings import Settings
from bot.store import Store
from bot.telegram import words
from bot.telegram.hear import chat_name
from bot.telegram.lanes import Lanes
from bot.telegram.sender import CHANNEL, Sender
from bot.telegram.turns import Threads, Turns
from bot.telegram.webhook import hook, secret
from knowledge.errors import SentenceError

log = logging.getLogger(__name__)

AT_ONCE: Final = 128
KINDS: Final = ("message", "edited_message", "callback_query")
POLL_SECONDS: Final = 25
DELIVERIES: Final = 40
STOP_SECONDS: Final = 8.0
POLLING: Final = "Updater:start_polling:polling_task"
REFUSED: Final = "Telegram 不认这个令牌：请检查 SHENBAO_TELEGRAM_TOKEN"


class ChannelError(SentenceError):
    """Telegram can't be used as it is set up; the text is one Chinese line."""


class Intake(asyncio.Queue[object]):
    """Where the poller puts updates: on return one is in the inbox, and only then does the poller acknowledge it."""

    def __init__(self, bot: Bot, store: Store, threads: Threads, lanes: Lanes[int]):
        super().__init__()
        self._bot = bot
        self._store = store
        self._threads = threads
        self._lanes = lanes
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def source(self) -> tuple[str, str]:
        """Channel and bot, as the inbox tells updates apart."""
        return CHANNEL, str(self._bot.id)

    async def put(self, item: object) -> None:
        """Keep an update, once, and hand it on; a database that is away is waited for."""
        if not isinstance(item, Update) or item.effective_chat is None:
            return
        chat = chat_name(item.effective_chat.id)
        given = (self.source, item.update_id, chat, item.to_dict())
        row = await self._threads.surely(self._store.inbox.receive, *given)
        if row is None:
            return
        self._lanes.add(chat, row)
        if item.callback_query:
            # The button shows a clock until this is answered, so it can't wait for its turn.
            task = asyncio.create_task(self._acknowledge(item.callback_query.id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def replay(self) -> None:
        """Hand on what an earlier process received and didn't finish."""
        for row, chat in await self._threads.surely(self._store.inbox.unfinished, self.source):
            self._lanes.add(chat, row)

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


class Channel:
    """The parts, put together."""

    def __init__(self, settings: Settings, store: Store, assistant: Assistant):
        self._store = store
        self._threads = Threads(1 if store.one_writer else 8)
        self._settings = settings
        self.bot = bot_of(settings)
        self.sender = Sender(self.bot, store.outbox, self._threads.store)
        turns = Turns(self.bot, settings, store, assistant, self._threads, self.sender.wake)
        self._lanes = Lanes[int](turns.handle, AT_ONCE)
        self._intake = Intake(self.bot, store, self._threads, self._lanes)
        self._updater = Updater(self.bot, self._intake)
        # Their updates are unfinished and fetch their files again.
        shutil.rmtree(settings.data / "uploads", ignore_errors=True)

    async def work(self) -> None:
        """Connect, go on where an earlier process stopped, poll; returns only by ChannelError.

        A network or a database that is away is waited for.
        """
        await self._connect()
        for chat in await self._threads.surely(self._store.outbox.chats, CHANNEL):
            self.sender.wake(chat)
        await self._intake.replay()
        await self._introduce()
        await (self._delivered() if self._settings.telegram_webhook else self._polled())

    async def _polled(self) -> None:
        await self._updater.start_polling(
            timeout=POLL_SECONDS, bootstrap_retries=-1, allowed_updates=KINDS, error_callback=_polling_trouble
        )
        log.info("Telegram: @%s is listening", self.bot.username)
        # The updater tells nobody when its polling ends by itself, which leaves a bot that runs and hears nothing.
        polling = [task for task in asyncio.all_tasks() if task.get_name() == POLLING]
        await (asyncio.wait(polling) if polling else asyncio.Event().wait())
        raise ChannelError(REFUSED)

    async def _delivered(self) -> None:
        """Take what Telegram delivers to our address, for ever."""
        url, known = self._settings.telegram_webhook, secret(self._settings.telegram_token)
        routes = {f"POST {urlsplit(url).path or '/'}": hook(known, self._keep)}
        async with listening(self._settings.listen, routes, "SHENBAO_LISTEN"):
            await _until_reached(
                lambda: self.bot.set_webhook(url, secret_token=known, allowed_updates=KINDS, max_connections=DELIVERIES)
            )
            log.info("Telegram: @%s is delivered to", self.bot.username)
            await asyncio.Event().wait()

    async def _keep(self, update: dict[str, Any]) -> None:
        try:
            read = Update.de_json(update, self.bot)
        except (KeyError, TypeError, ValueError, AttributeError):
            # Refused, it would come again and again.
            log.exception("update %s can't be read and is left out", update.get("update_id"))
            return
        await self._intake.put(read)

    async def _connect(self) -> None:
        try:
            await _until_reached(self._updater.initialize)
        except InvalidToken:
            # The library's text holds the token.
            raise ChannelError(REFUSED) from None

    async def _introduce(self) -> None:
        try:
            await self.bot.set_my_commands([BotCommand(name, text) for name, _, text in words.MENU])
        except TelegramError as error:
            log.warning("the menu could not be set: %s", error)

    async def stop(self) -> None:
        """End what is in hand within seconds; everything else is on disk for the next start."""
        with suppress(TelegramError):
            if self._updater.running:
                await self._updater.stop()
        await self._lanes.stop(STOP_SECONDS)
        await self.sender.stop(STOP_SECONDS)
        await self._intake.stop()
        await self._updater.shutdown()
        # An updater that never got as far as being initialized leaves the bot's connections open.
        await self.bot.shutdown()
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


def bot_of(settings: Settings) -> Bot:
    """The Bot API as it is set up; ChannelError without a token."""
    api, token = settings.telegram_api, settings.telegram_token
    if token is None:
        raise ChannelError("还没有设 Telegram 令牌：请在 .env 里写 SHENBAO_TELEGRAM_TOKEN=…（向 @BotFather 领取）")
    try:
        return Bot(
            token.get_secret_value(),
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(connection_pool_size=64, read_timeout=15, pool_timeout=30),
            get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=10),
        )
    except (RuntimeError, ImportError, ValueError) as error:
        raise ChannelError(f"网络代理的设置用不了（{error}）：请检查 ALL_PROXY、HTTPS_PROXY") from error


def _polling_trouble(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("另一个程序正用同一个令牌收消息：请只留一个。稍后自动重试")
    else:
        log.warning("polling: %s", error)


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
