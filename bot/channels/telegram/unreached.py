"""An asker who can't be written to any more: their desk is told, for it counts on its answer being read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.telegram import words
from bot.channels.telegram.hear import chat_number
from bot.channels.telegram.render import posts
from bot.desk.life import desk_chat
from bot.store import Letter, Store
from bot.turn.channel import PUSHED, TELEGRAM
from bot.turn.outcome import Work
from bot.turn.replies import Reply

Run = Callable[..., Awaitable[Any]]


def asked_of(letter: Letter) -> str:
    """The matter of a letter that goes to its asker; empty for any other, as those to a desk, which have a topic."""
    to_person = chat_number(letter.chat) > 0 and not letter.payload.get("topic")
    return str(letter.payload.get("matter", "")) if to_person else ""


async def tell(store: Store, run: Run, matter: str) -> list[str]:
    """Tell the desk of a matter that its asker is out of reach; the chats that something waits for now."""
    bureau, _, number = matter.rpartition("/")
    text = words.UNREACHED.format(number=number)
    letter = Reply(text, chat=desk_chat(bureau), matter=matter, topic=f"#{number}")
    letters = await run(store.addressed, posts((letter,), ""))
    await run(store.finish, Work(None, PUSHED[TELEGRAM], letters))
    return [one.chat for one in letters if one.channel == PUSHED[TELEGRAM]]
