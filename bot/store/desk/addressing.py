"""Letters to a desk brought to where its people are now: their group, else to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.life import DESK
from bot.store.desk.bound import Desks
from bot.store.desk.bureaus import overlay
from bot.store.desk.crew import clerks
from bot.turn.channel import channel_of
from bot.turn.outcome import Post
from bot.turn.scope import operator


def addressed(desks: Desks, posts: Sequence[Post]) -> list[Post]:
    """The same letters, those to desks to chats that can be written to; to a desk without people none goes."""
    return [one for post in posts for one in (_each(desks, post) if post.chat.startswith(DESK) else (post,))]


def _each(desks: Desks, post: Post) -> Sequence[Post]:
    with desks.look(operator(post.chat.removeprefix(DESK))) as seen:
        room = overlay(seen)[0].staff_chat
        chats = (room,) if room else tuple(one.person for one in clerks(seen))
    return [replace(post, chat=chat, channel=channel_of(chat)) for chat in chats]
