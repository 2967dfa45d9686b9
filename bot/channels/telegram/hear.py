"""What a person did on Telegram, as the conversation hears it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from telegram import CallbackQuery, Document, Message, Update, User
from telegram.constants import ChatType, FileSizeLimit

from bot.channels.telegram import words
from bot.hearing.wishes import typed
from bot.process.settings import Settings
from bot.turn.channel import TELEGRAM
from bot.turn.replies import Incoming

CHAT: Final = TELEGRAM
WORD: Final = ".docx"
# What else a desk's people send for their shelf.
DOCUMENTS: Final = (".pdf", ".xlsx", ".html", ".htm", ".md", ".txt")


@dataclass(frozen=True)
class Heard:
    """What to do with an update: hand it to the conversation, after fetching its file; or answer, or nothing.

    `pressed` is the message whose button was pressed, `album` the group of media a message came in,
    `thread` the topic it stands in, `replied` the message of ours that it answers, `said` the message itself;
    `edited` says that it is an earlier one whose words were changed. `staff` is true for a file that only
    somebody at a desk sends for a reason; it is answered for anybody else.
    """

    incoming: Incoming | None = None
    document: Document | None = None
    answer: str = ""
    pressed: str = ""
    album: str = ""
    thread: str = ""
    replied: str = ""
    said: str = ""
    edited: bool = False
    staff: bool = False


NOTHING: Final = Heard()


def chat_name(number: int) -> str:
    """The name of a Telegram chat in the store, apart from other channels' chats."""
    return f"{CHAT}{number}"


def chat_number(chat: str) -> int:
    """The Telegram chat of a name."""
    return int(chat.removeprefix(CHAT))


def hear(update: Update, me: User, settings: Settings) -> Heard:
    """What an update says; in groups only what is addressed to us."""
    if update.callback_query:
        return _press(update.callback_query, settings)
    message = update.effective_message
    if message is None or message.from_user is None:
        return NOTHING
    if message.from_user.is_bot or message.sender_chat:
        return _nobodys(message, me)
    if update.edited_message:
        return _edited(message)
    if not _addressed(message, me):
        return NOTHING
    base = _base(message, message.from_user, settings)
    door = f"https://t.me/{me.username}?start=join_" if me.username else ""
    return _message(message, replace(base, door=door), me)


def _nobodys(message: Message, me: User) -> Heard:
    """What is said in the name of a group or a channel is nobody's; whoever hides behind their own group is told so."""
    own = message.sender_chat and message.sender_chat.id == message.chat.id
    return Heard(answer=words.NAMELESS, thread=_thread(message)) if own and _addressed(message, me) else NOTHING


def _edited(message: Message) -> Heard:
    """Other words for a message that was heard already, whoever it is addressed to now."""
    if not message.text:
        return NOTHING
    answer = words.EDITED if _private(message) else ""
    return Heard(answer=answer, thread=_thread(message), said=str(message.message_id), edited=True)


def _base(message: Message, user: User, settings: Settings) -> Incoming:
    private = _private(message)
    return Incoming(
        chat=chat_name(message.chat.id),
        user=chat_name(user.id),
        bureau=settings.bureau,
        today=settings.today,
        drafting=settings.telegram_drafting and private,
        private=private,
        pictures=True,
        abroad=True,
        name=user.full_name,
    )


def _private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


def _press(query: CallbackQuery, settings: Settings) -> Heard:
    if not query.data or not isinstance(query.message, Message):
        return NOTHING
    base = _base(query.message, query.from_user, settings)
    about = _thread(query.message)
    return Heard(replace(base, press=query.data), pressed=str(query.message.message_id), thread=about)


def _message(message: Message, base: Incoming, me: User) -> Heard:
    if message.text is not None:
        return _text(message, replace(base, text=_words(message.text, me)), me)
    if message.document:
        # What stands under a forwarded file was said by somebody else.
        caption = "" if message.forward_origin else message.caption or ""
        return _document(message.document, replace(base, caption=caption))
    return Heard(answer=words.MEDIA, album=message.media_group_id or "") if message.effective_attachment else NOTHING


def _text(message: Message, said: Incoming, me: User) -> Heard:
    """What was typed; what was forwarded is somebody else's words, and orders nothing at a desk."""
    if message.forward_origin and typed(said.text or "", serves=True):
        return Heard(answer=words.FORWARDED, thread=_thread(message))
    return Heard(said, thread=_thread(message), replied=_replied(message, me), said=str(message.message_id))


def _document(document: Document, base: Incoming) -> Heard:
    ending = PurePath(document.file_name or "").suffix.lower()
    if ending not in (WORD, *DOCUMENTS):
        return Heard(answer=words.NOT_WORD)
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        return Heard(answer=words.TOO_BIG)
    return Heard(base, document, words.NOT_WORD, staff=True) if ending != WORD else Heard(base, document)


def _thread(message: Message) -> str:
    return str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""


def _replied(message: Message, me: User) -> str:
    """The message of ours that a person answers; every message in a topic answers the one that opened it."""
    answered = message.reply_to_message
    if not answered or not answered.from_user or answered.from_user.id != me.id or answered.forum_topic_created:
        return ""
    return str(answered.message_id)


def _addressed(message: Message, me: User) -> bool:
    if _private(message):
        return True
    if _replied(message, me):
        return True
    text = message.text or message.caption or ""
    command = re.match(r"/\w+(@\w+)?", text)
    if command and command[1]:
        return _is_me(command[1], me)
    mentions = {**message.parse_entities(["mention"]), **message.parse_caption_entities(["mention"])}
    return bool(command) or any(_is_me(name, me) for name in mentions.values())


def _is_me(mention: str, me: User) -> bool:
    return mention.removeprefix("@").casefold() == (me.username or "").casefold()


def _words(text: str, me: User) -> str:
    """The text without our own name; a command of the menu becomes its Chinese word."""
    if me.username:
        text = re.sub(rf"(^/\w+|(?<!\S))@{re.escape(me.username)}(?!\w)", r"\1", text, flags=re.IGNORECASE)
    text = text.strip() if text.strip() else words.HELP
    command = re.fullmatch(r"/(\w+)", text)
    return words.WORDS.get(command[1].lower(), text) if command else text
