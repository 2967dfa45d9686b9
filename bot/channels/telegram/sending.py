"""Messages as calls of the Bot API: sent, changed in place, shown while they come, and what came of each call."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram import words
from bot.channels.telegram.hear import chat_name, chat_number
from bot.channels.telegram.wire import unsure
from bot.delivery.messages import content
from bot.delivery.protocol import Arrival, Arrived, Moved, Refused, Trouble, Unreachable, Wait
from bot.store import Letter
from bot.store.matters import Topics as Kept

log = logging.getLogger(__name__)
Run = Callable[..., Awaitable[Any]]

PATIENCE: Final = 5.0
# Numbers of previews that every server can hold.
NUMBERS: Final = 2**31 - 1
# Titles of topics, and what is said of one that was deleted.
LONGEST: Final = 128
GONE: Final = ("thread not found", "topic_deleted", "topic_id_invalid")


class Topics:
    """Finds the topic of a letter, or opens it; a group without topics is remembered as one."""

    def __init__(self, bot: Bot, kept: Kept, run: Run, channel: str) -> None:
        self._bot, self._kept, self._run, self._channel = bot, kept, run, channel

    async def of(self, letter: Letter) -> int | None:
        """The thread a letter goes to, None for the chat itself."""
        if thread := letter.payload.get("thread"):
            return int(thread)
        title, matter, chat = letter.payload.get("topic"), letter.payload.get("matter"), chat_number(letter.chat)
        if not title or not matter or chat > 0:
            return None
        thread = await self._run(self._kept.thread, self._channel, letter.chat, matter)
        if thread is None:
            thread = await self._opened(chat, title)
            await self._run(self._kept.keep, self._channel, letter.chat, matter, thread)
        return int(thread) if thread else None

    async def lost(self, letter: Letter, error: BadRequest) -> bool:
        """Whether the letter didn't go because somebody deleted its topic; it gets a new one next time."""
        if not any(mark in error.message.lower() for mark in GONE):
            return False
        if letter.payload.pop("thread", None) or not letter.payload.get("topic"):
            return True
        thread = await self._opened(chat_number(letter.chat), letter.payload["topic"])
        await self._run(self._kept.keep, self._channel, letter.chat, letter.payload["matter"], thread)
        return True

    async def _opened(self, chat: int, title: str) -> str:
        try:
            topic = await self._bot.create_forum_topic(chat, title[:LONGEST])
        except BadRequest as error:
            log.info("chat %s has no topics: %s", chat, error)
            return ""
        return str(topic.message_thread_id)


class Sending:
    """What is sent to people by `bot`, into `topics` where there are any."""

    def __init__(self, bot: Bot, topics: Topics) -> None:
        self._bot, self._topics = bot, topics
        # Until the server refuses one.
        self._previews = True

    async def send(self, letter: Letter) -> Arrival:
        """A new message, plain where the server can't read its marks."""
        if menu := letter.payload.get("menu"):
            await self._show_menu(letter.chat, menu)
        return await _outcome(self._sent(letter))

    async def _sent(self, letter: Letter) -> str:
        try:
            return await self._post(letter, plain=False)
        except BadRequest as error:
            if await self._topics.lost(letter, error):
                return await self._post(letter, plain=False)
            log.warning("message %s goes out plain: %s", letter.id, error)
            return await self._post(letter, plain=True)

    async def edit(self, letter: Letter, message: str) -> Arrival:
        """A message that says what it should from now on."""
        marks: dict[str, Any] = {"entities": _entities(letter.payload), "reply_markup": _keyboard(letter.payload)}
        return await _outcome(self._edited(letter.chat, letter.payload["text"], message, **marks))

    async def _edited(self, chat: str, text: str, message: str, **more: Any) -> None:
        try:
            await self._bot.edit_message_text(text, chat_number(chat), int(message), **more)
        except BadRequest as error:
            if "not modified" not in error.message:
                raise

    async def busy(self, chat: str) -> None:
        """Show that we are typing."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(chat_number(chat), ChatAction.TYPING)

    async def preview(self, chat: str, number: int, text: str) -> Arrival | None:
        """A preview of the answer; None once the server is known to have none."""
        if not self._previews:
            return None
        try:
            draft = self._bot.send_message_draft(chat_number(chat), number % NUMBERS + 1, text, read_timeout=PATIENCE)
            return await _outcome(draft, BadRequest, InvalidToken)
        except (BadRequest, InvalidToken) as error:
            # An unknown method is answered like a wrong token.
            log.info("no previews here: %s", error)
            self._previews = False
            return None

    async def show(self, chat: str, text: str, message: str) -> Arrival:
        """A message with what there is."""
        if message:
            return await _outcome(self._edited(chat, text, message, read_timeout=PATIENCE))
        return await _outcome(self._shown(chat, text))

    async def _shown(self, chat: str, text: str) -> str:
        return str((await self._bot.send_message(chat_number(chat), text, read_timeout=PATIENCE)).message_id)

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

    async def _post(self, letter: Letter, plain: bool) -> str:
        payload, chat = letter.payload, chat_number(letter.chat)
        entities = None if plain else _entities(payload)
        place: dict[str, Any] = {"reply_markup": _keyboard(payload), "message_thread_id": await self._topics.of(letter)}
        if "file" not in payload:
            message = await self._bot.send_message(chat, payload["text"], entities=entities, **place)
            return str(message.message_id)
        held = await asyncio.to_thread(content, payload)
        send = self._bot.send_photo if payload["name"].endswith(".png") else self._bot.send_document
        caption = payload["text"].strip() or None
        file = InputFile(held, payload["name"])
        message = await send(chat, file, caption=caption, caption_entities=entities, **place)
        return str(message.message_id)


async def _outcome(call: Awaitable[Any], *others: type[TelegramError]) -> Arrival:
    """What came of a call that gives a message's number; errors of the `others` are raised."""
    try:
        message = await call
    except others:
        raise
    except RetryAfter as error:
        return Wait(pause(error))
    except ChatMigrated as error:
        return Moved(chat_name(error.new_chat_id))
    except Forbidden as error:
        return Unreachable(str(error))
    except TelegramError as error:
        return Trouble(str(error), unsure(error)) if passing(error) else Refused(str(error))
    return Arrived(message if isinstance(message, str) else None)


def pause(error: RetryAfter) -> float:
    """For how many seconds the server wants to hear nothing."""
    return error.retry_after.total_seconds() if isinstance(error.retry_after, timedelta) else error.retry_after


def passing(error: Exception) -> bool:
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
