"""One update from the inbox to the outbox: claimed, heard, handled, and saved with its replies in one transaction."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from telegram import Bot, Document, Update
from telegram.constants import ChatAction, FileSizeLimit
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.ports import Assistant, Post, StaleError, Work
from bot.replies import Incoming
from bot.settings import Settings
from bot.store import Received, Store, StoreError
from bot.telegram import words
from bot.telegram.hear import Heard, chat_number, hear
from bot.telegram.render import posts
from bot.telegram.sender import CHANNEL

log = logging.getLogger(__name__)
T = TypeVar("T")

HANDLERS: Final = 64
# An update that failed so often, or was in hand so often when the process died, is answered with an apology.
MISTAKES: Final = 2
TRIES: Final = 6
RACES: Final = 8
FETCHES: Final = 4
ALBUMS: Final = 1000
TYPING_AFTER: Final = 0.7
TYPING_EVERY: Final = 4.5
LONGEST_WAIT: Final = 10.0


class Threads:
    """Where blocking work goes: the store's own threads, so that slow handlers never keep it waiting."""

    def __init__(self, store_threads: int):
        self._store = ThreadPoolExecutor(store_threads, "store")
        self._handlers = ThreadPoolExecutor(HANDLERS, "handle")

    async def store(self, work: Callable[..., T], *given: Any) -> T:
        """What the store says; StoreError as it raises it."""
        return await asyncio.get_running_loop().run_in_executor(self._store, work, *given)

    async def handle(self, work: Callable[..., T], *given: Any) -> T:
        """What a handler says."""
        return await asyncio.get_running_loop().run_in_executor(self._handlers, work, *given)

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


@dataclass(frozen=True)
class Turns:
    """Handles updates; `wake` is told which chats have something to be sent."""

    bot: Bot
    settings: Settings
    store: Store
    assistant: Assistant
    threads: Threads
    wake: Callable[[str], None]
    albums: dict[str, str] = field(default_factory=dict)

    async def handle(self, chat: str, row: int) -> None:
        """Be done with one update of the inbox: answered, or given up after some tries."""
        mistakes = 0
        while received := await self.threads.surely(self.store.inbox.claim, row):
            if received.tries > TRIES or mistakes >= MISTAKES:
                await self._finish(received, words.FAILED, "failed too often")
                return
            try:
                await self._answer(received)
                return
            except StaleError:
                log.info("update %s of %s was handled elsewhere", row, chat)
            except Exception:
                mistakes += 1
                log.exception("update %s of %s failed, try %s", row, chat, received.tries)

    async def _answer(self, received: Received) -> None:
        update = Update.de_json(received.payload, self.bot)
        heard = hear(update, self.bot.bot, self.settings)
        if heard.document:
            heard = await self._fetch(heard, heard.document, self._folder(received))
        if heard.incoming is None:
            await self._finish(received, "" if self._answered(received.chat, heard.album) else heard.answer)
            return
        async with self._typing(received.chat):
            await self._turn(received, heard.incoming, heard.pressed)
        if heard.document:
            self._forget(received)

    def _answered(self, chat: str, album: str) -> bool:
        """Whether another picture of the same album was answered already."""
        if len(self.albums) > ALBUMS:
            self.albums.clear()
        before = self.albums.pop(chat, "")
        if album:
            self.albums[chat] = album
        return bool(album) and before == album

    async def _turn(self, received: Received, incoming: Incoming, pressed: str) -> None:
        for left in range(RACES - 1, -1, -1):
            saved = await self.threads.surely(self.store.load, incoming.chat)
            outcome = await self.threads.handle(self.assistant.handle, incoming, saved)
            work = Work(received.id, CHANNEL, posts(outcome.replies, incoming.chat, pressed))
            try:
                await self.threads.surely(self.store.commit, saved, outcome, incoming.user, work)
                break
            except StaleError:
                if not left:
                    raise
        self._wake(work)

    async def _finish(self, received: Received, answer: str, dead: str | None = None) -> None:
        letters = [Post(received.chat, {"text": answer, "entities": []})] if answer else []
        work = Work(received.id, CHANNEL, letters)
        with suppress(StaleError):
            await self.threads.surely(self.store.finish, work, dead)
        self._forget(received)
        self._wake(work)

    def _wake(self, work: Work) -> None:
        for chat in dict.fromkeys(post.chat for post in work.posts):
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
            return replace(heard, incoming=replace(heard.incoming, file=path) if heard.incoming else None)
        return Heard(answer=words.NOT_FETCHED)

    @asynccontextmanager
    async def _typing(self, chat: str) -> AsyncIterator[None]:
        task = asyncio.create_task(self._type(chat_number(chat)))
        try:
            yield
        finally:
            task.cancel()

    async def _type(self, chat: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING)
            await asyncio.sleep(TYPING_EVERY)


def _safe(name: str) -> str:
    """A file name from outside as one that can't lead elsewhere, short, and still a Word file's."""
    stem = "".join(char for char in Path(name.replace("\\", "/")).stem if char.isprintable())
    return (stem.lstrip(".")[:60] or "file") + ".docx"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
