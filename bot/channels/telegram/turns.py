"""One update from the inbox to the outbox: claimed, heard, handled, and saved with its replies in one transaction."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from telegram import Bot, Document, Update
from telegram.constants import ChatAction, FileSizeLimit
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram import words
from bot.channels.telegram.hear import DOCUMENTS, WORD, Heard, chat_number, hear
from bot.channels.telegram.render import posts
from bot.channels.telegram.sender import CHANNEL
from bot.channels.telegram.streaming import Screen, Streaming, replacing
from bot.delivery.carried import with_contents
from bot.delivery.threads import Threads
from bot.desk.life import DESK
from bot.desk.tickets.life import went_out
from bot.process.crashpoints import point
from bot.process.logs import request
from bot.process.metrics import Metrics
from bot.process.settings import Settings
from bot.store import Letter, Received, Store
from bot.store.matters import MATTER, About
from bot.turn.acts import Act, Change
from bot.turn.channel import PULLED
from bot.turn.outcome import Post, Saved, Work
from bot.turn.ports import Assistant, StaleError, TakenError
from bot.turn.replies import unheard

log = logging.getLogger(__name__)

# An update that failed so often, or was in hand so often when the process died, is answered with an apology.
MISTAKES: Final = 2
TRIES: Final = 6
RACES: Final = 8
FETCHES: Final = 4
ALBUMS: Final = 1000
HELD_SECONDS: Final = 0.1
# Deliveries overtake each other on the way by so much, and rarely by more.
PATIENCE: Final = 0.25
TYPING_AFTER: Final = 0.7
TYPING_EVERY: Final = 4.5


@dataclass(frozen=True)
class Turns:
    """Handles updates of `source`; `wake` is told which chats have something to be sent, `hand` what is to be sent.

    `again` is told a chat that another process has in hand: this one received something of it, and looks again soon.
    """

    source: tuple[str, str]
    bot: Bot
    settings: Settings
    store: Store
    assistant: Assistant
    threads: Threads
    wake: Callable[[str], None]
    hand: Callable[[Letter], None]
    again: Callable[[str], None]
    metrics: Metrics | None = None
    albums: dict[str, str] = field(default_factory=dict)
    behind: set[str] = field(default_factory=set)

    @cached_property
    def screen(self) -> Screen:
        """Where answers are shown while they are worded."""
        return Screen(CHANNEL, self.bot, self.store.outbox, self.threads)

    async def handle(self, chat: str, _item: object) -> None:
        """Be done with the chat's oldest update, if it is to be had: answered, or given up after some tries."""
        mistakes = 0
        patience = PATIENCE if self.settings.telegram_webhook else 0.0
        while taken := await self.threads.surely(self.store.take, self.source, chat, patience):
            received, saved = taken
            point("claimed")
            with request(f"u{received.id}"):
                try:
                    await self._once(received, saved, mistakes)
                except StaleError:
                    log.info("update %s was handled elsewhere", received.id)
                except Exception:
                    mistakes += 1
                    log.exception("update %s failed, try %s", received.id, received.tries)
                else:
                    await self._behind(chat)
                    return
        if (self.store.lease or patience) and await self.threads.surely(self.store.inbox.waits, self.source, chat):
            self.behind.add(chat)
            asyncio.get_running_loop().call_later(HELD_SECONDS, self.again, chat)

    async def _behind(self, chat: str) -> None:
        """A chat that was looked at in vain has no more looks than one to come: whatever else waits gets the next."""
        if chat in self.behind:
            self.behind.discard(chat)
            if await self.threads.surely(self.store.inbox.waits, self.source, chat):
                self.behind.add(chat)
                self.again(chat)

    async def _once(self, received: Received, saved: Saved, mistakes: int) -> None:
        if received.tries <= TRIES and mistakes < MISTAKES:
            await self._answer(received, saved)
            return
        if self.metrics:
            self.metrics.given_up()
        await self._finish(received, _note(received.chat, words.FAILED), "failed too often")

    async def _answer(self, received: Received, saved: Saved) -> None:
        update = Update.de_json(received.payload, self.bot)
        heard = hear(update, self.bot.bot, self.settings)
        if heard.staff and not (saved.state or {}).get("desk"):
            heard = Heard(answer=heard.answer)
        if heard.document:
            heard = await self._fetch(heard, heard.document, self._folder(received))
        if heard.incoming is None:
            await self._finish(received, await self._told(received.chat, heard))
            return
        if heard.incoming and (heard.thread or heard.replied):
            about = await self._about(received.chat, heard.thread, heard.replied)
            replying = bool(heard.replied) and not about.aside
            heard = replace(heard, incoming=replace(heard.incoming, matter=about.matter, replying=replying))
        with self._typing(received.chat):
            await self._turn(received, saved, heard)
        if heard.document:
            self._forget(received)

    async def _about(self, chat: str, thread: str, message: str) -> About:
        about: About = await self.threads.surely(self.store.topics.of, CHANNEL, chat, thread, message)
        return about

    async def _told(self, chat: str, heard: Heard) -> Post | None:
        """What to say to what no conversation hears; another thing to an edit of what went out to an asker."""
        about = await self._about(chat, "", heard.said) if heard.edited else About()
        if about.matter:
            text = words.ANSWER_EDITED.format(number=about.matter.rpartition("/")[2])
            return _note(chat, text, heard.thread, about.matter)
        return (
            None if self._answered(chat, heard.album) or not heard.answer else _note(chat, heard.answer, heard.thread)
        )

    def _answered(self, chat: str, album: str) -> bool:
        """Whether another picture of the same album was answered already."""
        if len(self.albums) > ALBUMS:
            self.albums.clear()
        before = self.albums.pop(chat, "")
        if album:
            self.albums[chat] = album
        return bool(album) and before == album

    async def _turn(self, received: Received, saved: Saved, heard: Heard) -> None:
        incoming, began = heard.incoming, time.monotonic()
        assert incoming is not None
        shown = Streaming(self.screen, received)
        incoming = replace(incoming, so_far=shown.tell if incoming.private else unheard)
        for left in range(RACES - 1, -1, -1):
            try:
                outcome = await self.threads.handle(self.assistant.handle, incoming, saved)
            finally:
                await shown.close()
            point("handled")
            letters: Sequence[Post] = posts(outcome.replies, incoming.chat, heard.pressed)
            letters = replacing(list(letters), received) if shown.stands else letters
            if heard.thread:
                letters = [_beside(post, received.chat, heard.thread) for post in letters]
            if any(post.chat.startswith(DESK) for post in letters):
                letters = await self.threads.surely(self.store.addressed, letters)
            if any(reply.file for reply in outcome.replies):
                letters = await self.threads.handle(with_contents, letters)
            work = Work(received.id, CHANNEL, letters, hand=True)
            try:
                letter = await self.threads.surely(self.store.commit, saved, outcome, incoming.user, work)
                break
            except TakenError:
                raise
            except StaleError:
                if not left:
                    raise
            saved = await self.threads.surely(self.store.load, incoming.chat)
        point("committed")
        await self._sent_on(received.chat, heard, outcome.acts)
        if self.metrics:
            self.metrics.counted(incoming, outcome, time.monotonic() - began)
        if letter:
            self.hand(letter)
        self._wake(work, letter.chat if letter else "")

    async def _sent_on(self, chat: str, heard: Heard, acts: Sequence[Act[Change]]) -> None:
        """Keep which message of the desk's people went out to an asker: who edits it must learn that it stays."""
        matter = next((matter for act in acts if (matter := went_out(act))), "")
        if matter and heard.said:
            await self.threads.surely(self.store.outbox.note, CHANNEL, chat, f"{MATTER}{matter}", heard.said)

    async def _finish(self, received: Received, answer: Post | None, dead: str | None = None) -> None:
        letters = [answer] if answer else []
        work = Work(received.id, CHANNEL, replacing(letters, received) if received.tries > 1 else letters)
        with suppress(StaleError):
            await self.threads.surely(self.store.finish, work, dead)
        self._forget(received)
        self._wake(work)

    def _wake(self, work: Work, handed: str = "") -> None:
        pushed = (post.chat for post in work.posts if post.channel != PULLED)
        for chat in dict.fromkeys(chat for chat in pushed if chat != handed):
            self.wake(chat)

    def _forget(self, received: Received) -> None:
        shutil.rmtree(self._folder(received), ignore_errors=True)

    def _folder(self, received: Received) -> Path:
        return self.settings.data / "uploads" / str(received.id)

    async def _fetch(self, heard: Heard, document: Document, folder: Path) -> Heard:
        """The same with its file on disk, or what to answer when it can't be had."""
        path = folder / _safe(document.file_name or "")
        wait = 0.2
        for _ in range(FETCHES):
            try:
                content = await (await document.get_file()).download_as_bytearray()
            except TelegramError as error:
                log.warning("file of %s: %s", folder.name, error)
                if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                    return Heard(answer=words.TOO_BIG if "too big" in error.message else words.NOT_FETCHED)
                await asyncio.sleep(wait)
                wait *= 2
                continue
            if len(content) > FileSizeLimit.FILESIZE_DOWNLOAD:
                return Heard(answer=words.TOO_BIG)
            await self.threads.handle(_write, path, bytes(content))
            point("fetched")
            return replace(heard, incoming=replace(heard.incoming, file=path) if heard.incoming else None)
        return Heard(answer=words.NOT_FETCHED)

    @contextmanager
    def _typing(self, chat: str) -> Iterator[None]:
        """While it lasts longer than a moment, Telegram shows that we are typing."""
        tasks: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        later = loop.call_later(TYPING_AFTER, lambda: tasks.append(loop.create_task(self._type(chat_number(chat)))))
        try:
            yield
        finally:
            later.cancel()
            for task in tasks:
                task.cancel()

    async def _type(self, chat: int) -> None:
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING)
            await asyncio.sleep(TYPING_EVERY)


def _note(chat: str, text: str, thread: str = "", matter: str = "") -> Post:
    """A text of the channel's own, in a topic or not; with a matter it can be answered as one about that."""
    payload = {"text": text, "entities": [], **({"thread": thread} if thread else {})}
    return Post(chat, payload, f"{MATTER}{matter}" if matter else "")


def _beside(post: Post, chat: str, thread: str) -> Post:
    """What is said in a chat goes to the topic in which it was spoken to."""
    return replace(post, payload={**post.payload, "thread": thread}) if post.chat == chat else post


def _safe(name: str) -> str:
    """A file name from outside as one that can't lead elsewhere, short, with an ending that we take files of."""
    path = Path(name.replace("\\", "/"))
    stem, ending = "".join(char for char in path.stem if char.isprintable()), path.suffix.lower()
    return (stem.lstrip(".")[:60] or "file") + (ending if ending in DOCUMENTS else WORD)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
