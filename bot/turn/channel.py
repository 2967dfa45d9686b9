"""On which channel a chat is, by its name: what is written to one that can't be pushed to waits until it speaks."""

from __future__ import annotations

from typing import Any, Final

from bot.turn.replies import Button, Reply

TELEGRAM: Final = "tg:"
PUSHED: Final = {TELEGRAM: "telegram"}
PULLED: Final = "pulled"


def channel_of(chat: str) -> str:
    """The channel that brings messages to a chat; PULLED where a person sees them on their next turn."""
    return next((name for start, name in PUSHED.items() if chat.startswith(start)), PULLED)


def reply_of(payload: dict[str, Any]) -> Reply:
    """A message on its way, as a reply again: its text and what can be pressed."""
    rows = payload.get("buttons", ())
    return Reply(payload["text"], buttons=tuple(tuple(Button(**button) for button in row) for row in rows))
