"""Bots as processes that can be killed, and what people see of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from bot.delivery import sentences
from tests.botapi import BotApi
from tests.channels.harness import main

MARK: Final = f"\n{sentences.AGAIN}"
# Forked from one that has everything loaded, which takes longer than most of these tests.
FORKS: Final = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.channels.harness", "bot.channels.telegram.bot", "psycopg"])


@dataclass(frozen=True)
class Child:
    """A bot that runs."""

    process: BaseProcess

    def wait(self, seconds: float) -> int | None:
        """Its exit code, the signal's number with a minus if it was killed; None when it still runs."""
        self.process.join(seconds)
        return self.process.exitcode

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process.pid
        os.kill(self.process.pid, number)


@contextmanager
def process(api: BotApi, data: Path, point: str = "") -> Iterator[Child]:
    """A bot with a small assistant, which may die at a point; it is killed at the end."""
    child = FORKS.Process(target=main, args=(api.url, data, point))
    child.start()
    try:
        yield Child(child)
    finally:
        child.kill()
        child.join()


def once(texts: list[str]) -> list[str]:
    """The messages without those that say they may be repeats and are."""
    kept: list[str] = []
    for text in texts:
        plain = text.removesuffix(MARK)
        if plain == text or plain not in kept:
            kept.append(plain)
    return kept
