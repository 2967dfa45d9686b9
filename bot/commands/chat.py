"""`shenbao chat`: the conversation at a terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory

from bot.channels.terminal import converse
from bot.commands.common import settings
from bot.delivery.messages import outward
from bot.running import conversation, wiring
from bot.store import open_store
from bot.turn.ports import take_turn

PROMPT: Final = "› "


def run(_arguments: Namespace) -> int:
    """Talk with a person, whose chat holds the data folder."""
    configured = settings()
    with ExitStack() as held:
        held.enter_context(wiring.alone(configured))
        assistant = conversation.assistant(configured)
        store = held.enter_context(closing(open_store(configured.database)))
        converse(lambda said: take_turn(assistant, store, said, outward(store)), reader(), _write)
    return 0


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def reader() -> Callable[[], str | None]:
    """How lines are read, None at the end: with editing and history at a terminal, plainly from a pipe."""
    read: Callable[[], str] = input
    if sys.stdin.isatty() and sys.stdout.isatty():
        session: PromptSession[str] = PromptSession(PROMPT, history=InMemoryHistory())
        read = session.prompt

    def line() -> str | None:
        try:
            return read()
        except (EOFError, KeyboardInterrupt):
            return None

    return line
