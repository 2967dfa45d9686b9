"""One message as the conversation's table sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from drafting.form.understood import Understood

Signal = Literal[
    "start", "greet", "help", "progress", "preview", "back", "undo", "skip", "export", "cancel",
    "confirm", "deny", "ask_policy", "facts", "unread", "remark", "reserved",
    "keep", "check", "goto", "versions", "compare", "restore", "fresh", "switch",
    "invite", "join", "people", "remove", "leave", "hand", "sure", "authors",
    "press", "file", "choose", "blank", "long", "section", "settle", "forget", "erase", "mine", "city", "desk",
]  # fmt: skip
SIGNALS: Final[tuple[Signal, ...]] = get_args(Signal)


@dataclass(frozen=True)
class Heard:
    """The kind of a message, its text (a button's id, a file's name) and what was understood of it."""

    signal: Signal
    text: str = ""
    got: Understood = Understood()
