"""Sends what the outbox holds: in order within a chat, again after trouble, never for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from bot.delivery.lanes import Lanes
from bot.delivery.messages import posts
from bot.delivery.protocol import Arrival, Arrived, Channel, Moved, Refused, Trouble, Unreachable, Wait
from bot.delivery.sentences import AGAIN, UNREACHED
from bot.delivery.streaming import SO_FAR
from bot.desk.life import desk_chat
from bot.process.crashpoints import point
from bot.store import Letter, Sent, Store
from bot.store.matters import MATTER
from bot.turn.outcome import Work
from bot.turn.replies import Reply

log = logging.getLogger(__name__)

AT_ONCE: Final = 32
# A board further up than this is out of sight: it is sent anew instead of edited where nobody looks.
IN_SIGHT: Final = 3
FIRST_WAIT: Final = 0.25
LONGEST_WAIT: Final = 60.0
TRIES: Final = 60

Run = Callable[..., Awaitable[Any]]


class Sender:
    """One lane per chat; `run` calls a store method where it may block, and waits for a database that is away."""

    def __init__(self, channel: Channel, store: Store, run: Run):
        self._channel = channel
        self._name = channel.source[0]
        self._store = store
        self._outbox = store.outbox
        self._run = run
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
        letter: Letter | None = await self._run(self._outbox.take, self._name, chat, sent)
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
            arrival = await self._deliver(letter)
        except Exception as error:
            log.exception("message %s can't be sent", letter.id)
            arrival = Refused(str(error))
        match arrival:
            case Arrived(message):
                return Sent(letter.id, message)
            case Wait(seconds):
                await self._put_off(letter, seconds)
            case Moved(chat):
                await self._run(self._outbox.move, self._name, letter.chat, chat)
                self.wake(chat)
            case Unreachable(why):
                log.info("chat %s can't be reached: %s", letter.chat, why)
                # What was written since has its own try: the chat may be there again.
                await self._run(self._outbox.drop_chat, self._name, letter.chat, why, began)
                await self._tell_desk(letter)
            case Trouble(_, doubt) if letter.tries < TRIES:
                await self._put_off(letter, min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(letter.tries - 1, 10)), doubt)
            case Trouble(why, _) | Refused(why):
                log.error("message %s is given up: %s", letter.id, why)
                await self._run(self._outbox.drop, letter.id, why)
        return None

    async def _put_off(self, letter: Letter, seconds: float, doubt: bool = False) -> None:
        await self._run(self._outbox.later, letter.id, seconds, doubt or letter.doubt)

    async def _deliver(self, letter: Letter) -> Arrival:
        """What comes of it: a board is changed in place where it is in sight, everything else is a new message."""
        if letter.board and not letter.board.startswith(MATTER):
            posted = await self._run(self._outbox.board, self._name, letter.chat, letter.board)
            pressed = posted and posted.message == letter.payload.get("pressed")
            near = pressed or (posted and posted.later <= IN_SIGHT) or letter.board.startswith(SO_FAR)
            if posted and near:
                edited = await self._channel.edit(letter, posted.message)
                if not isinstance(edited, Refused):
                    return edited
        return await self._channel.send(_marked(letter) if letter.doubt else letter)

    async def _tell_desk(self, letter: Letter) -> None:
        """Tell the desk of a matter that its asker is out of reach: it counts on its answer being read."""
        matter = str(letter.payload.get("matter", ""))
        # What goes to a desk has a topic.
        if not matter or letter.payload.get("topic") or not self._channel.to_person(letter.chat):
            return
        bureau, _, number = matter.rpartition("/")
        told = Reply(UNREACHED.format(number=number), chat=desk_chat(bureau), matter=matter, topic=f"#{number}")
        letters = await self._run(self._store.addressed, posts((told,), ""))
        await self._run(self._store.finish, Work(None, self._name, letters))
        for post in letters:
            if post.channel == self._name:
                self.wake(post.chat)


def _marked(letter: Letter) -> Letter:
    """The letter with the mark that it may be a repetition."""
    return replace(letter, payload={**letter.payload, "text": f"{letter.payload['text']}\n{AGAIN}"})
