"""Messages on their way: queued with the turn that wrote them, sent in order within a chat, at most one in doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Row, bindparam, case, func, or_, select

from bot.store.connection import reading, writing
from bot.store.holding import ME, NOW, UNTIL, Holder, free, unlocked
from bot.store.tables import WAITING, conversations, outbox
from bot.turn.channel import PULLED, reply_of
from bot.turn.outcome import Post, Waiting, Work

QUEUED: Final = "queued"
SENDING: Final = "sending"
SENT: Final = "sent"
DEAD: Final = "dead"
# So much is told at once to somebody who was away.
MOST_TOLD: Final = 20

# Statements of every message are built once: building one costs as much as running it.
NEXT: Final = (
    outbox.select()
    .where(outbox.c.channel == bindparam("channel"), outbox.c.chat == bindparam("chat"), WAITING)
    .order_by(outbox.c.id)
    .limit(1)
)
LETTER: Final = outbox.c.id == bindparam("letter")
# Of two processes that want the same message one finds it taken; what can't be taken isn't locked.
MARK: Final = (
    outbox.update()
    .where(outbox.c.id.in_(unlocked(outbox, LETTER & WAITING & or_(outbox.c.state == QUEUED, free(outbox)))))
    .values(state=SENDING, tries=outbox.c.tries + 1, updated=NOW, holder=ME, until=UNTIL)
)
# A message that goes out at once, unless another waits for the chat; that much of it is decided in the database.
BEFORE: Final = (
    select(outbox.c.id).where(outbox.c.channel == bindparam("channel"), outbox.c.chat == bindparam("chat"), WAITING)
).exists()
HAND: Final = (
    outbox.insert()
    .values(
        channel=bindparam("channel"),
        chat=bindparam("chat"),
        board=bindparam("board"),
        payload=bindparam("payload"),
        state=case((BEFORE, QUEUED), else_=SENDING),
        not_before=bindparam("not_before"),
        tries=1,
        updated=NOW,
        holder=ME,
        until=UNTIL,
    )
    .returning(outbox.c.id, outbox.c.state)
)
# Once a message has arrived its text is forgotten. One that another process took over is that one's to note: it is on
# its way a second time, and what comes after it waits for that.
ARRIVED: Final = (
    outbox.update()
    .where(LETTER, or_(outbox.c.holder.is_(None), outbox.c.holder == ME))
    .values(state=SENT, message=bindparam("message"), payload="null", updated=bindparam("now"))
)


@dataclass(frozen=True)
class Letter:
    """A message to send; `doubt` says it may have arrived already, `wait` is in seconds, 0 when it is to go now.

    `mine` says that nobody but this process ever took it in hand, which knows better whether it was on its way; `until`
    is when others may take it over.
    """

    id: int
    chat: str
    payload: Any
    board: str
    tries: int
    wait: float
    doubt: bool
    mine: bool = False
    until: float = 0.0


@dataclass(frozen=True)
class Posted:
    """Where a board stands: its message, and how many messages came after it."""

    message: str
    later: int


@dataclass(frozen=True)
class Sent:
    """A letter that arrived; `message` is the new message's id, None when one was edited."""

    letter: int
    message: str | None


class Outbox:
    """The messages of all channels; a chat's are sent one after the other."""

    def __init__(self, engine: Engine, holder: Holder):
        self._engine = engine
        self._holder = holder

    def chats(self, channel: str) -> list[str]:
        """The chats that something waits for."""
        query = select(outbox.c.chat).where(outbox.c.channel == channel, WAITING).distinct()
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def take(self, channel: str, chat: str, sent: Sent | None = None) -> Letter | None:
        """The chat's next message, marked as being sent unless its time has not come; None when none waits.

        In the same transaction the one before is noted as `sent`; None, too, when that one was taken over meanwhile.
        """
        given = self._holder.given()
        with writing(self._engine) as connection:
            if sent and not self._arrived(connection, sent, given):
                return None
            row = connection.execute(NEXT, {"channel": channel, "chat": chat}).one_or_none()
            if row is None:
                return None
            wait = self._wait(row, given["now"])
            if not wait and connection.execute(MARK, {"letter": row.id, **given}).rowcount != 1:
                wait = self._holder.lease
        # Taken once, and by us: else what another one did with it is not for us to say.
        mine = row.holder == self._holder.name and row.tries == 1
        payload, doubt, until = json.loads(row.payload), row.state == SENDING, given["until_"]
        return Letter(row.id, chat, payload, row.board, row.tries + 1, wait, doubt, mine, until)

    def _arrived(self, connection: Connection, sent: Sent, given: dict[str, Any]) -> bool:
        """Whether it was ours to note that it arrived."""
        noted = {"letter": sent.letter, "message": sent.message, "now": given["now"], "me": given["me"]}
        return connection.execute(ARRIVED, noted).rowcount == 1

    def late(self, letter: Letter) -> bool:
        """Whether so much time went by since it was taken that another process may have it now."""
        return bool(self._holder.lease) and self._holder.clock() >= letter.until

    def _wait(self, row: Row[Any], now: float) -> float:
        """How long until its time comes, or until who has it in hand is taken for dead."""
        if row.holder not in (None, self._holder.name) and row.until > now and row.state == SENDING:
            return float(row.until - now)
        # A clock that was set back must not make a wait longer than it was meant to be.
        return max(0.0, min(row.not_before - now, row.not_before - row.updated)) if row.updated <= now else 0.0

    def later(self, letter: int, seconds: float, doubt: bool) -> None:
        """Try again in so many seconds, unless another took over; `doubt` keeps the mark that it may have arrived."""
        state = SENDING if doubt else QUEUED
        self._set(
            (outbox.c.id == letter) & (outbox.c.holder == self._holder.name),
            state=state,
            not_before=self._holder.clock() + seconds,
            holder=None,
        )

    def drop(self, letter: int, why: str) -> None:
        """It will never arrive."""
        self._set(outbox.c.id == letter, state=DEAD, why=why)

    def now(self) -> float:
        """The time by which letters are told apart in `drop_chat`."""
        return self._holder.clock()

    def drop_chat(self, channel: str, chat: str, why: str, since: float) -> None:
        """Nothing that waited for this chat at that time will ever arrive; what was written to it after may."""
        waited = WAITING & (outbox.c.updated <= since)
        self._set((outbox.c.channel == channel) & (outbox.c.chat == chat) & waited, state=DEAD, why=why)

    def move(self, channel: str, old: str, new: str) -> None:
        """The chat has a new name: what waits goes there, and the conversation goes on there."""
        with writing(self._engine) as connection:
            mine = (outbox.c.channel == channel) & (outbox.c.chat == old) & WAITING
            connection.execute(outbox.update().where(mine).values(chat=new, state=QUEUED, holder=None))
            taken = select(conversations.c.chat).where(conversations.c.chat == new).exists()
            moved = conversations.update().where(conversations.c.chat == old, ~taken).values(chat=new)
            connection.execute(moved)

    def board(self, channel: str, chat: str, board: str) -> Posted | None:
        """Where the chat's board of that name was sent last, if it was."""
        arrived = (outbox.c.channel == channel) & (outbox.c.chat == chat) & outbox.c.message.is_not(None)
        newest = outbox.select().where(arrived, outbox.c.board == board).order_by(outbox.c.id.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(newest).one_or_none()
            if row is None:
                return None
            count = select(func.count()).where(arrived, outbox.c.id > row.id)
            return Posted(row.message, connection.execute(count).scalar_one())

    def waits(self, channel: str, chat: str) -> bool:
        """Whether something is on its way to the chat."""
        with reading(self._engine) as connection:
            return connection.execute(NEXT, {"channel": channel, "chat": chat}).one_or_none() is not None

    def lately(self, channel: str, chat: str, board: str, seconds: float) -> bool:
        """Whether something of that name was written to the chat within so many seconds, by whomever."""
        mine = (outbox.c.channel == channel) & (outbox.c.chat == chat) & (outbox.c.board == board)
        query = select(outbox.c.id).where(mine, outbox.c.updated > self._holder.clock() - seconds).limit(1)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() is not None

    def note(self, channel: str, chat: str, board: str, message: str) -> None:
        """A board was sent by other ways; what is sent for it next finds it there."""
        row = {"channel": channel, "chat": chat, "board": board, "message": message, "payload": "null"}
        now = self._holder.clock()
        with writing(self._engine) as connection:
            connection.execute(outbox.insert(), row | {"state": SENT, "not_before": 0.0, "tries": 0, "updated": now})

    def _set(self, which: ColumnElement[bool], **values: object) -> None:
        with writing(self._engine) as connection:
            connection.execute(outbox.update().where(which).values(updated=self._holder.clock(), **values))

    def pulled(self, connection: Connection, chat: str) -> tuple[Waiting, ...]:
        """Within a transaction: what waits for a chat that is told when it speaks, oldest first, at most MOST_TOLD."""
        mine = (outbox.c.channel == PULLED, outbox.c.chat == chat, WAITING)
        rows = connection.execute(outbox.select().where(*mine).order_by(outbox.c.id).limit(MOST_TOLD)).all()
        return tuple(Waiting(row.id, reply_of(json.loads(row.payload))) for row in rows)

    def told(self, connection: Connection, letters: Sequence[Waiting]) -> None:
        """Within a transaction: these were shown to whom they are for."""
        if letters:
            seen = outbox.update().where(outbox.c.id.in_([one.id for one in letters]))
            connection.execute(seen.values(state=SENT, payload="null", updated=self._holder.clock()))

    def queue(self, connection: Connection, work: Work, own: str = "") -> Letter | None:
        """Within a transaction: the messages of a turn, in order; the first one if it is in hand already."""
        posts = list(work.posts)
        first = self._in_hand(connection, work, posts.pop(0)) if work.hand and posts and posts[0].chat == own else None
        waiting = {"state": QUEUED, "tries": 0, "updated": self._holder.clock()}
        rows = [{**_row(work, post), **waiting} for post in posts]
        if rows:
            connection.execute(outbox.insert(), rows)
        return first

    def _in_hand(self, connection: Connection, work: Work, post: Post) -> Letter | None:
        given = self._holder.given()
        row = connection.execute(HAND, {**_row(work, post), **given}).one()
        if row.state == QUEUED:
            return None
        return Letter(
            row.id, post.chat, post.payload, post.board, 1, 0.0, doubt=False, mine=True, until=given["until_"]
        )


def _row(work: Work, post: Post) -> dict[str, Any]:
    return {
        "channel": post.channel or work.channel,
        "chat": post.chat,
        "board": post.board,
        "payload": json.dumps(post.payload),
        "not_before": 0.0,
    }
