"""One update from the inbox to the outbox: claimed, heard, handled, and saved with its replies in one transaction."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.delivery.messages import note, posts, with_contents
from bot.delivery.protocol import FORM, PAPERS, Channel, File, Heard, Refused
from bot.delivery.sender import Sender
from bot.delivery.sentences import ANSWER_EDITED, FAILED, NOT_FETCHED
from bot.delivery.streaming import Streaming, replacing
from bot.delivery.threads import Threads
from bot.desk.life import DESK
from bot.desk.tickets.life import went_out
from bot.process.crashpoints import point
from bot.process.logs import request
from bot.process.metrics import Metrics
from bot.store import Received, Store
from bot.store.matters import MATTER, About
from bot.turn.acts import Act, Change
from bot.turn.channel import PULLED
from bot.turn.outcome import Outcome, Post, Saved, Work
from bot.turn.ports import Assistant, StaleError, TakenError
from bot.turn.replies import Incoming, unheard

log = logging.getLogger(__name__)

# An update that failed so often, or was in hand so often when the process died, is answered with an apology.
MISTAKES: Final = 2
TRIES: Final = 6
RACES: Final = 8
FETCHES: Final = 4
ALBUMS: Final = 1000
HELD_SECONDS: Final = 0.1
BUSY_AFTER: Final = 0.7
BUSY_EVERY: Final = 4.5


@dataclass(frozen=True)
class Turns:
    """Handles updates of `channel`; their files lie below `folder`, what comes of them goes to `sender`.

    `again` is told a chat that another process has in hand: this one received something of it, and looks again soon.
    """

    channel: Channel
    folder: Path
    store: Store
    assistant: Assistant
    threads: Threads
    sender: Sender
    again: Callable[[str], None]
    metrics: Metrics | None = None
    albums: dict[str, str] = field(default_factory=dict)
    behind: set[str] = field(default_factory=set)

    @property
    def _name(self) -> str:
        return self.channel.source[0]

    async def handle(self, chat: str, _item: object) -> None:
        """Be done with the chat's oldest update, if it is to be had: answered, or given up after some tries."""
        mistakes, patience = 0, self.channel.overtaking
        while taken := await self.threads.surely(self.store.take, self.channel.source, chat, patience):
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
        if (self.store.lease or patience) and await self._waits(chat):
            self.behind.add(chat)
            asyncio.get_running_loop().call_later(HELD_SECONDS, self.again, chat)

    async def _waits(self, chat: str) -> bool:
        return await self.threads.surely(self.store.inbox.waits, self.channel.source, chat)

    async def _behind(self, chat: str) -> None:
        """A chat that was looked at in vain has no more looks than one to come: whatever else waits gets the next."""
        if chat in self.behind:
            self.behind.discard(chat)
            if await self._waits(chat):
                self.behind.add(chat)
                self.again(chat)

    async def _once(self, received: Received, saved: Saved, mistakes: int) -> None:
        if received.tries <= TRIES and mistakes < MISTAKES:
            await self._answer(received, saved)
            return
        if self.metrics:
            self.metrics.given_up()
        await self._finish(received, note(received.chat, FAILED), "failed too often")

    async def _answer(self, received: Received, saved: Saved) -> None:
        heard = self.channel.hear(received.payload)
        if heard.staff and not (saved.state or {}).get("desk"):
            heard = Heard(answer=heard.answer)
        if heard.file:
            heard = await self._fetch(heard, heard.file, self._folder(received))
        if heard.incoming is None:
            await self._finish(received, await self._said(received.chat, heard))
            return
        if heard.thread or heard.replied:
            about = await self._about(received.chat, heard.thread, heard.replied)
            replying = bool(heard.replied) and not about.aside
            heard = replace(heard, incoming=replace(heard.incoming, matter=about.matter, replying=replying))
        with self._busy(received.chat):
            await self._turn(received, saved, heard)
        if heard.file:
            self._forget(received)

    async def _about(self, chat: str, thread: str, message: str) -> About:
        return await self.threads.surely(self.store.topics.of, self._name, chat, thread, message)

    async def _said(self, chat: str, heard: Heard) -> Post | None:
        """What to say to what no conversation hears; another thing to an edit of what went out to an asker."""
        about = await self._about(chat, "", heard.said) if heard.edited else About()
        if about.matter:
            text = ANSWER_EDITED.format(number=about.matter.rpartition("/")[2])
            return note(chat, text, heard.thread, about.matter)
        return None if self._answered(chat, heard.album) or not heard.answer else note(chat, heard.answer, heard.thread)

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
        shown = Streaming(self.channel, self.store.outbox, self.threads, received)
        incoming = replace(incoming, so_far=shown.tell if incoming.private else unheard)
        for left in range(RACES - 1, -1, -1):
            try:
                outcome = await self.threads.handle(self.assistant.handle, incoming, saved)
            finally:
                await shown.close()
            point("handled")
            work = Work(received.id, self._name, await self._letters(received, heard, outcome, shown.stands), hand=True)
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
        self._count(incoming, outcome, time.monotonic() - began)
        if letter:
            self.sender.hand(letter)
        self._wake(work, letter.chat if letter else "")

    def _count(self, incoming: Incoming, outcome: Outcome, seconds: float) -> None:
        if self.metrics:
            kind = "text" if incoming.text is not None else "press" if incoming.press is not None else "file"
            self.metrics.turn(kind, seconds)
            for answer in outcome.answers:
                self.metrics.answered(answer.status)

    async def _letters(self, received: Received, heard: Heard, outcome: Outcome, shown: bool) -> Sequence[Post]:
        """What a turn sends, each letter addressed and with its file; `shown` when something stands for the answer."""
        letters: Sequence[Post] = posts(outcome.replies, received.chat, heard.pressed)
        if shown:
            letters = replacing(letters, received)
        if heard.thread:
            letters = [_beside(post, received.chat, heard.thread) for post in letters]
        if any(post.chat.startswith(DESK) for post in letters):
            letters = await self.threads.surely(self.store.addressed, letters)
        if any(reply.file for reply in outcome.replies):
            letters = await self.threads.handle(with_contents, letters)
        return letters

    async def _sent_on(self, chat: str, heard: Heard, acts: Sequence[Act[Change]]) -> None:
        """Keep which message of the desk's people went out to an asker: who edits it must learn that it stays."""
        matter = next((matter for act in acts if (matter := went_out(act))), "")
        if matter and heard.said:
            await self.threads.surely(self.store.outbox.note, self._name, chat, f"{MATTER}{matter}", heard.said)

    async def _finish(self, received: Received, answer: Post | None, dead: str | None = None) -> None:
        letters = [answer] if answer else []
        work = Work(received.id, self._name, replacing(letters, received) if received.tries > 1 else letters)
        with suppress(StaleError):
            await self.threads.surely(self.store.finish, work, dead)
        self._forget(received)
        self._wake(work)

    def _wake(self, work: Work, handed: str = "") -> None:
        pushed = (post.chat for post in work.posts if post.channel != PULLED)
        for chat in dict.fromkeys(chat for chat in pushed if chat != handed):
            self.sender.wake(chat)

    def _forget(self, received: Received) -> None:
        shutil.rmtree(self._folder(received), ignore_errors=True)

    def _folder(self, received: Received) -> Path:
        return self.folder / str(received.id)

    async def _fetch(self, heard: Heard, file: File, folder: Path) -> Heard:
        """The same with its file on disk, or what to answer when it can't be had."""
        path, wait = folder / _safe(file.name), 0.2
        for _ in range(FETCHES):
            fetched = await self.channel.fetch(file)
            if isinstance(fetched, Refused):
                return Heard(answer=fetched.why)
            if isinstance(fetched, bytes):
                await self.threads.handle(_write, path, fetched)
                point("fetched")
                return replace(heard, incoming=replace(heard.incoming, file=path) if heard.incoming else None)
            log.warning("file of %s: %s", folder.name, fetched.why)
            await asyncio.sleep(wait)
            wait *= 2
        return Heard(answer=NOT_FETCHED)

    @contextmanager
    def _busy(self, chat: str) -> Iterator[None]:
        """While it lasts longer than a moment, the chat shows that something is being made."""
        tasks: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        later = loop.call_later(BUSY_AFTER, lambda: tasks.append(loop.create_task(self._show_busy(chat))))
        try:
            yield
        finally:
            later.cancel()
            for task in tasks:
                task.cancel()

    async def _show_busy(self, chat: str) -> None:
        while True:
            await self.channel.busy(chat)
            await asyncio.sleep(BUSY_EVERY)


def _beside(post: Post, chat: str, thread: str) -> Post:
    """What is said in a chat goes to the topic in which it was spoken to."""
    return replace(post, payload={**post.payload, "thread": thread}) if post.chat == chat else post


def _safe(name: str) -> str:
    """A file name from outside as one that can't lead elsewhere, short, with an ending that we take files of."""
    path = Path(name.replace("\\", "/"))
    stem, ending = "".join(char for char in path.stem if char.isprintable()), path.suffix.lower()
    return (stem.lstrip(".")[:60] or "file") + (ending if ending in PAPERS else FORM)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
