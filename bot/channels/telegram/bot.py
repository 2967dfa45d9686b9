"""Telegram as a channel: updates polled or delivered, files fetched, presses acknowledged, messages sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram import words
from bot.channels.telegram.hear import chat_name, chat_number, hear
from bot.channels.telegram.sending import Sending, Topics
from bot.channels.telegram.updates import KINDS, Poller, hook, secret
from bot.channels.telegram.wire import wire
from bot.delivery.protocol import ChannelError, File, Heard, Json, Put, Refused, Trouble
from bot.delivery.sentences import NOT_FETCHED
from bot.delivery.threads import Threads
from bot.process.serving import listening
from bot.process.settings import Settings
from bot.store import Store
from bot.store import Update as Kept
from bot.turn.channel import PUSHED, TELEGRAM

log = logging.getLogger(__name__)

NAME: Final = PUSHED[TELEGRAM]
DELIVERIES: Final = 40
# Deliveries overtake each other on the way by so much, and rarely by more.
OVERTAKING: Final = 0.25
REFUSED: Final = "Telegram 不认这个令牌：请检查 SHENBAO_TELEGRAM_TOKEN"


class Telegram(Sending):
    """The Bot API with the token of the settings; ChannelError without one."""

    def __init__(self, settings: Settings, store: Store, threads: Threads) -> None:
        self.bot, self._polling = bot_of(settings)
        super().__init__(self.bot, Topics(self.bot, store.topics, threads.surely, NAME))
        # Known before anybody is asked: it stands before the colon of the token.
        self.source = NAME, self.bot.token.partition(":")[0]
        self.overtaking = OVERTAKING if settings.telegram_webhook else 0.0
        self._settings = settings
        self._poller = Poller(self.bot, self._polling)
        self._acknowledging: set[asyncio.Task[None]] = set()

    @property
    def trouble(self) -> str:
        """What keeps updates from being fetched."""
        return self._poller.trouble

    def allow(self, ours: bool) -> None:
        """Poll, or leave that to another process."""
        self._poller.allow(ours)

    async def connect(self) -> None:
        """Reach the server."""
        with _known():
            await _until_reached(self.bot.initialize)
            await _until_reached(self._polling.initialize)
            if not self._settings.telegram_webhook:
                await _until_reached(self.bot.delete_webhook)

    async def receive(self, put: Put) -> None:
        """Take what people do, for ever: fetched, or delivered to our address."""
        with _known():
            await self._introduce()
            log.info("Telegram: @%s is listening", self.bot.username)
            await (self._delivered(put) if self._settings.telegram_webhook else self._poller.run(put))

    async def _delivered(self, put: Put) -> None:
        url, known = self._settings.telegram_webhook, secret(self._settings.telegram_token)
        routes = {f"POST {urlsplit(url).path or '/'}": hook(known, lambda update: put([update]))}
        async with listening(self._settings.listen, routes, "SHENBAO_LISTEN"):
            await _until_reached(
                lambda: self.bot.set_webhook(url, secret_token=known, allowed_updates=KINDS, max_connections=DELIVERIES)
            )
            log.info("Telegram: @%s is delivered to", self.bot.username)
            await asyncio.Event().wait()

    async def _introduce(self) -> None:
        try:
            private = [BotCommand(name, text) for name, _, text in words.MENU]
            await self.bot.set_my_commands(private, BotCommandScopeAllPrivateChats())
            groups = [BotCommand(name, text) for name, text in words.GROUP_MENU]
            await self.bot.set_my_commands(groups, BotCommandScopeAllGroupChats())
        except TelegramError as error:
            log.warning("the menu could not be set: %s", error)

    async def close(self) -> None:
        """Drop what is under way to Telegram's buttons, and the connections."""
        for task in self._acknowledging:
            task.cancel()
        await asyncio.gather(*self._acknowledging, return_exceptions=True)
        with suppress(TelegramError):
            await self.bot.shutdown()
        await self._polling.shutdown()

    def update_of(self, raw: Json) -> Kept | None:
        """The update's number and chat; None for one that belongs to no chat, or is none at all."""
        try:
            said = raw.get("message") or raw.get("edited_message") or raw.get("callback_query", {}).get("message")
            return Kept(raw["update_id"], chat_name(int(said["chat"]["id"])), raw) if said else None
        except (AttributeError, KeyError, TypeError, ValueError):
            log.warning("update %s can't be read and is left out", raw["update_id"])
            return None

    def kept(self, raw: Json) -> None:
        """The button shows a clock until this is answered, so it can't wait for its turn."""
        if query := raw.get("callback_query"):
            task = asyncio.create_task(self._acknowledge(str(query["id"])))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)

    async def _acknowledge(self, query: str) -> None:
        try:
            await self.bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("a press could not be acknowledged: %s", error)

    def hear(self, raw: Any) -> Heard:
        """What an update says."""
        return hear(Update.de_json(raw, self.bot), self.bot.bot, self._settings)

    async def fetch(self, file: File) -> bytes | Refused | Trouble:
        """A file as Telegram keeps it."""
        try:
            content = await (await file.at.get_file()).download_as_bytearray()
        except TelegramError as error:
            if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                log.warning("a file can't be had: %s", error)
                return Refused(words.TOO_BIG if "too big" in error.message else NOT_FETCHED)
            return Trouble(str(error))
        return Refused(words.TOO_BIG) if len(content) > FileSizeLimit.FILESIZE_DOWNLOAD else bytes(content)

    def to_person(self, chat: str) -> bool:
        """Groups have numbers below nought."""
        return chat_number(chat) > 0


@contextmanager
def _known() -> Iterator[None]:
    """Within the block a token that is not known is a mistake of the set-up."""
    try:
        yield
    except InvalidToken:
        # The library's text holds the token.
        raise ChannelError(REFUSED) from None


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
