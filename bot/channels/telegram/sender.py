"""Sends what the outbox holds: in order within a chat, again after trouble, never for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    MessageEntity,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram import words
from bot.channels.telegram.hear import chat_name, chat_number
from bot.channels.telegram.streaming import SO_FAR
from bot.channels.telegram.topics import Threads
from bot.channels.telegram.unreached import asked_of, tell
from bot.channels.telegram.wire import unsure
from bot.delivery.carried import content
from bot.delivery.lanes import Lanes
from bot.process.crashpoints import point
from bot.store import Letter, Sent, Store
from bot.store.matters import MATTER
from bot.turn.channel import PUSHED, TELEGRAM

log = logging.getLogger(__name__)

CHANNEL: Final = PUSHED[TELEGRAM]
AT_ONCE: Final = 32
# A board further up than this is out of sight: it is sent anew instead of edited where nobody looks.
IN_SIGHT: Final = 3
FIRST_WAIT: Final = 0.25
LONGEST_WAIT: Final = 60.0
TRIES: Final = 60

Run = Callable[..., Awaitable[Any]]


class Sender:
    """One lane per chat; `run` calls a store method where it may block, and waits for a database that is away."""

    def __init__(self, bot: Bot, store: Store, run: Run):
        self._bot = bot
        self._store = store
        self._outbox = store.outbox
        self._run = run
        self._topics = Threads(bot, store.topics, run, CHANNEL)
        self._lanes = Lanes[None](self._drain, AT_ONCE)
        # What this process began to send and has not heard the end of.
        self._tried: set[int] = set()
        # What the turn that wrote it took in hand at once, by chat; what was met in the outbox before that was told.
        self._handed: dict[str, Letter] = {}
        self._met: set[int] = set()

    def wake(self, chat: str) -> None:
        """Something waits for this chat."""
        self._lanes.add(chat, None)

    def hand(self, letter: Letter) -> None:
        """A letter that is in hand already, and goes out without being looked for."""
        if letter.id in self._met:
            self._met.discard(letter.id)
            return
        self._handed[letter.chat] = letter
        self.wake(letter.chat)

    def tend(self, chats: Iterable[str]) -> None:
        """Something may wait for these chats that nobody is sending."""
        for chat in chats:
            if not self._lanes.busy(chat):
                self.wake(chat)

    async def stop(self, seconds: float) -> None:
        """Send what can be sent within so many seconds; the rest stays in the outbox."""
        await self._lanes.stop(seconds, drain=True)

    async def _drain(self, chat: str, _item: None) -> None:
        sent = None
        while letter := await self._next(chat, sent):
            if letter.wait:
                self._wake_later(chat, letter.wait)
                return
            if self._outbox.late(letter):
                sent = None
                continue
            point("taken")
            sent = await self._send(self._known(letter))
            point("arrived")
            if sent is None:
                self._tried.discard(letter.id)

    async def _next(self, chat: str, sent: Sent | None) -> Letter | None:
        """The chat's next message; the one before is noted as sent."""
        if not sent and (handed := self._handed.pop(chat, None)):
            return handed
        letter: Letter | None = await self._run(self._outbox.take, CHANNEL, chat, sent)
        if sent:
            self._tried.discard(sent.letter)
            point("noted")
        if letter and letter.mine and letter.id not in self._tried and not self._handed.pop(chat, None):
            self._met.add(letter.id)
        return letter

    def _known(self, letter: Letter) -> Letter:
        """The letter with what this process knows of it: taken in hand but never begun, it can't have arrived."""
        known = replace(letter, doubt=letter.doubt and not (letter.mine and letter.id not in self._tried))
        self._tried.add(letter.id)
        return known

    def _wake_later(self, chat: str, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self.wake, chat)

    async def _send(self, letter: Letter) -> Sent | None:
        """The letter as sent; None when it was put off, moved or given up."""
        began = self._outbox.now()
        try:
            return Sent(letter.id, await self._deliver(letter))
        except RetryAfter as error:
            wait = error.retry_after
            await self._put_off(letter, wait.total_seconds() if isinstance(wait, timedelta) else wait)
        except ChatMigrated as error:
            new = chat_name(error.new_chat_id)
            await self._run(self._outbox.move, CHANNEL, letter.chat, new)
            self.wake(new)
        except Forbidden as error:
            log.info("chat %s can't be reached: %s", letter.chat, error)
            # What was written since has its own try: the chat may be there again.
            await self._run(self._outbox.drop_chat, CHANNEL, letter.chat, str(error), began)
            if matter := asked_of(letter):
                for chat in await tell(self._store, self._run, matter):
                    self.wake(chat)
        except Exception as error:
            await self._fail(letter, error)
        return None

    async def _fail(self, letter: Letter, error: Exception) -> None:
        if _passing(error) and letter.tries < TRIES:
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(letter.tries - 1, 10))
            await self._put_off(letter, wait, unsure(error))
            return
        log.error("message %s is given up: %s", letter.id, error, exc_info=not isinstance(error, TelegramError))
        await self._run(self._outbox.drop, letter.id, str(error))

    async def _put_off(self, letter: Letter, seconds: float, doubt: bool = False) -> None:
        await self._run(self._outbox.later, letter.id, seconds, doubt or letter.doubt)

    async def _deliver(self, letter: Letter) -> str | None:
        """The new message's id, or None when one was edited; an error when it didn't go."""
        if letter.board and not letter.board.startswith(MATTER):
            posted = await self._run(self._outbox.board, CHANNEL, letter.chat, letter.board)
            pressed = posted and posted.message == letter.payload.get("pressed")
            near = pressed or (posted and posted.later <= IN_SIGHT) or letter.board.startswith(SO_FAR)
            if posted and near and await self._edit(letter, int(posted.message)):
                return None
        if menu := letter.payload.get("menu"):
            await self._show_menu(letter.chat, menu)
        try:
            return await self._post(letter, plain=False)
        except BadRequest as error:
            if await self._topics.lost(letter, error):
                return await self._post(letter, plain=False)
            log.warning("message %s goes out plain: %s", letter.id, error)
            return await self._post(letter, plain=True)

    async def _show_menu(self, chat: str, menu: str) -> None:
        """The commands of a chat, for comfort only: whoever has no menu can still type."""
        scope = BotCommandScopeChat(chat_number(chat))
        try:
            if menu == "staff":
                shown = [*words.STAFF_MENU, *(one for one in words.MENU if chat_number(chat) > 0)]
                await self._bot.set_my_commands([BotCommand(name, text) for name, _, text in shown], scope)
            else:
                await self._bot.delete_my_commands(scope)
        except TelegramError as error:
            log.info("the menu of chat %s could not be set: %s", chat, error)

    async def _edit(self, letter: Letter, message: int) -> bool:
        """Whether the message now says what it should; False when it can't be edited any more."""
        try:
            await self._bot.edit_message_text(
                letter.payload["text"],
                chat_id=chat_number(letter.chat),
                message_id=message,
                entities=_entities(letter.payload),
                reply_markup=_keyboard(letter.payload),
            )
        except BadRequest as error:
            return "not modified" in error.message
        return True

    async def _post(self, letter: Letter, plain: bool) -> str:
        payload = letter.payload
        text = payload["text"] + ("\n" + words.AGAIN if letter.doubt else "")
        entities = None if plain else _entities(payload)
        chat, keyboard, thread = chat_number(letter.chat), _keyboard(payload), await self._topics.of(letter)
        if "file" not in payload:
            message = await self._bot.send_message(
                chat, text, entities=entities, reply_markup=keyboard, message_thread_id=thread
            )
            return str(message.message_id)
        held = await asyncio.to_thread(content, payload)
        send = self._bot.send_photo if payload["name"].endswith(".png") else self._bot.send_document
        message = await send(
            chat,
            InputFile(held, payload["name"]),
            caption=text.strip() or None,
            caption_entities=entities,
            reply_markup=_keyboard(payload),
            message_thread_id=thread,
        )
        return str(message.message_id)


def _passing(error: Exception) -> bool:
    """Whether trying again may help. BadRequest is a NetworkError to the library, but can't be mended so."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest) and "Too Large" not in error.message


def _entities(payload: dict[str, Any]) -> list[MessageEntity] | None:
    return [MessageEntity(**entity) for entity in payload["entities"]] or None


def _keyboard(payload: dict[str, Any]) -> InlineKeyboardMarkup | None:
    rows = payload.get("buttons")
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button["label"], callback_data=button["id"]) for button in row] for row in rows]
    )
