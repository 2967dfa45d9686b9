"""What the conversation needs done outside: a form filled, a model asked, pictures drawn; types only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from bot.turn.effects import Read, Word
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.narrative.judged import Judged
from knowledge.errors import SentenceError


class WriteError(SentenceError):
    """The Word file could not be made; the text says why, in Chinese."""


class Helper(Protocol):
    """A model that helps with drafting; what it gives is judged already, and it raises nothing."""

    def spending(self, spend: Callable[[], bool]) -> Helper:
        """The same, which asks `spend` before each call, and makes none where that says no."""

    def read(self, asked: Read) -> Understood:
        """What a text may mean, as far as it says so; empty where that can't be told."""

    def word(self, asked: Word) -> Judged:
        """A section in words that keep to what was said."""


class Writer(Protocol):
    """Who fills the official form."""

    def __call__(self, draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
        """The file's absolute path and the labels the blank had no place for; WriteError when there is no file."""


def no_prints(_docx: Path) -> tuple[Path, ...]:
    """No pages to look at."""
    return ()


def no_picture(_of: object, _chat: str) -> Path | None:
    """Nothing to look at."""
    return None


class Files(Protocol):
    """Who keeps the files made for a chat."""

    def put(self, chat: str, name: str, content: bytes) -> Path | None:
        """A file of that name with that content; None when it can't be written."""

    def clear(self, chat: str) -> None:
        """Remove every file made for the chat."""


class NoFiles:
    """Nothing is written, so nothing is there to be removed."""

    def put(self, _chat: str, _name: str, _content: bytes) -> Path | None:
        """None."""
        return None

    def clear(self, chat: str) -> None:
        """Do nothing."""


NO_FILES: Final = NoFiles()
